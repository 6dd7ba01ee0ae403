"""How fast a model that one hosts is: its own fact, else the benchmarks that the workload asks for.

Benchmarks of one family only, fast enough for the workload, and those whose requests are most like
its own.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from selector.cost.plan import Parameter
from selector.domain import words
from selector.domain.costing import HostingChoice
from selector.domain.pricing import Figure, Latency, Throughput
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.measure.notes import Note
from selector.measure.parameters import Parameters, span_of

THROUGHPUT = "instance_output_tokens_per_second"
FAMILIES = ("own", "silybench", "mlperf", "inferencex", "other")
"""The families of benchmarks, that which is nearest to one's own stack first."""
_MEANT = 99  # what a workload asks for is meant for so many of 100 answers


class Speed(NamedTuple):
    """The throughput of one copy: its parameter's name, "" with what is `missing` where unknown.

    `speeds` are the benchmarks that it is from, none where a fact counts; each ran on one of the
    `engines` of a copy. `counts_all`: input and output count together.
    """

    parameter: str
    speeds: tuple[Throughput, ...] = ()
    engines: int = 1
    counts_all: bool = False
    missing: str = ""
    notes: tuple[Note, ...] = ()


def speed_of(found: Parameters, choice: HostingChoice, name: str) -> Speed:
    """The throughput that counts; `name` is what runs, where the choice names no model."""
    workload = found.decision.workload
    if THROUGHPUT in found.facts:
        known = found.fact(THROUGHPUT, choice.instances)
        if known and found.found[known].span.low > 0:
            _, engines = _one_family(choice.speeds, choice.accelerators)
            return Speed(known, engines=engines, notes=_of_a_fact(workload))
        found.found.pop(found.prefix + THROUGHPUT, None)
    speeds, engines = _one_family(
        [speed for speed in choice.speeds if _is_fast_enough(speed, workload)], choice.accelerators
    )
    if not speeds:
        slow, engines = _one_family(choice.speeds, choice.accelerators)
        return Speed("", (), engines, missing=_missing(choice, name, workload, bool(slow)))
    speeds = _nearest(speeds, workload)
    figures = [_of_a_copy(speed, choice.accelerators, engines) for speed in speeds]
    middle = sorted(figure.likely for figure in figures)[len(figures) // 2]
    span = Span(min(f.low for f in figures), middle, max(f.high for f in figures))
    worst = max((s.basis.confidence for s in speeds), key=("high", "medium", "low").index)
    basis = speeds[0].basis._replace(
        sources=tuple(dict.fromkeys(source for s in speeds for source in s.basis.sources)),
        confidence=worst,
        note=_conditions(speeds, engines),
    )
    counts_all = speeds[0].counts == "total"
    parameter = Parameter(
        found.prefix + THROUGHPUT,
        f"Throughput of one copy ({speeds[0].family})",
        span,
        "tokens/s, input and output" if counts_all else "output tokens/s",
        "price",
        basis,
        speeds[0].id,
        falls=True,
    )
    notes = _of_benchmarks(speeds, workload)
    return Speed(found.add(parameter), speeds, engines, counts_all, notes=notes)


# --- which benchmarks count -----------------------------------------------------------------------


def _one_family(speeds: Sequence[Throughput], cards: int) -> tuple[tuple[Throughput, ...], int]:
    """The throughputs of the first family that has any on the cards of a copy, and its engines."""
    if whole := _first([speed for speed in speeds if speed.on(cards) is not None]):
        return whole, 1
    # Several engines side by side in one copy, each on as many cards as were measured.
    shared = _first([s for s in speeds if s.cards < cards and cards % s.cards == 0])
    most = max((speed.cards for speed in shared), default=cards)
    return tuple(speed for speed in shared if speed.cards == most), cards // most


def _first(speeds: Sequence[Throughput]) -> tuple[Throughput, ...]:
    by_family = (tuple(s for s in speeds if s.family == family) for family in FAMILIES)
    return next(filter(None, by_family), ())


def _nearest(speeds: tuple[Throughput, ...], workload: Workload | None) -> tuple[Throughput, ...]:
    """The benchmarks whose requests are most like the workload's, by the ratio of their lengths."""
    if workload is None:
        return speeds

    def far(speed: Throughput) -> float:
        if not speed.input_tokens or not speed.output_tokens:
            return math.inf
        wanted = (workload.input_tokens.likely, workload.output_tokens.likely)
        pairs = zip((speed.input_tokens, speed.output_tokens), wanted, strict=True)
        return sum(abs(math.log(had / max(want, 1))) for had, want in pairs)

    least = min(far(speed) for speed in speeds)
    near = [speed for speed in speeds if far(speed) <= least + 1e-9]
    return tuple(speed for speed in near if speed.counts == near[0].counts)


def _of_a_copy(speed: Throughput, cards: int, engines: int) -> Span:
    figure = speed.on(cards // engines) or speed.tokens_per_second
    return span_of(Figure(*(end * engines for end in figure)))


# --- the latency that is asked for ----------------------------------------------------------------


def _asked(workload: Workload | None) -> tuple[float | None, float | None]:
    """Seconds to the first token and for each further one; of a range its stricter end."""
    if workload is None:
        return None, None
    wishes = (workload.first_token_seconds, workload.seconds_per_token)
    first, each = (None if wish is None else wish.low for wish in wishes)
    return first, each


def _pairs(speed: Throughput, workload: Workload | None) -> list[tuple[float, Latency | None]]:
    """What is asked for, each with what is known of it."""
    known = (speed.first_token, speed.per_token)
    pairs = zip(_asked(workload), known, strict=True)
    return [(wish, latency) for wish, latency in pairs if wish is not None]


def _is_fast_enough(speed: Throughput, workload: Workload | None) -> bool:
    """Whether it is known to answer as fast as asked; one's own counts unless it says otherwise."""
    return all(
        speed.family == "own" if latency is None else float(latency.seconds) <= wish
        for wish, latency in _pairs(speed, workload)
    )


def _wish(workload: Workload | None) -> str:
    first, each = _asked(workload)
    return _told(
        None if first is None else Latency(Decimal(str(first))),
        None if each is None else Latency(Decimal(str(each))),
    )


def _told(first: Latency | None, each: Latency | None) -> str:
    """Latencies in words: 2 s to the first token and 50 ms a token (median)."""
    parts = []
    if first is not None:
        parts.append((f"{_short(first.seconds)} s to the first token", first))
    if each is not None:
        parts.append((f"{_short(1000 * each.seconds)} ms a token", each))
    same = len({latency.percentile for _, latency in parts}) == 1
    said = [
        text if same and place + 1 < len(parts) else f"{text}{_percentile(latency)}"
        for place, (text, latency) in enumerate(parts)
    ]
    return words.listed(said)


def _short(value: Decimal) -> str:
    return words.number(float(f"{value:.4g}"))


def _percentile(latency: Latency) -> str:
    if latency.percentile is None:
        return ""
    if latency.percentile == 50:
        return " (median)"
    return f" (percentile {words.number(float(latency.percentile))})"


def _missing(choice: HostingChoice, name: str, workload: Workload | None, is_slow: bool) -> str:
    """Why there is no throughput."""
    if not is_slow and choice.instance and not choice.model:
        return f"no throughput on {choice.instance} ('hosting' names no model)"
    if not is_slow:
        return f"no throughput for {choice.model_name or name} on {choice.machine_name or 'it'}"
    card = choice.accelerator.name if choice.accelerator is not None else choice.machine_name
    return (
        f"no published throughput of {choice.model_name or name} on {card} within "
        f"{_wish(workload)}; measure your own or ask for less"
    )


def _of_a_fact(workload: Workload | None) -> tuple[Note, ...]:
    if not (wish := _wish(workload)):
        return ()
    text = f"Its throughput is stated without a latency: whether it holds {wish} is not known."
    return (Note("latency", "unproven", text),)


def _of_benchmarks(speeds: tuple[Throughput, ...], workload: Workload | None) -> tuple[Note, ...]:
    """At which latency the throughput holds, where one is asked for."""
    if not (wish := _wish(workload)):
        return ()
    asked = [latency for speed in speeds for _, latency in _pairs(speed, workload)]
    known = [latency for latency in asked if latency is not None]
    if len(known) < len(asked):
        return _of_a_fact(workload)
    sure = all(k.percentile is not None and k.percentile >= _MEANT for k in known)
    held = [f"{_kind(speed)} at {_told(speed.first_token, speed.per_token)}" for speed in speeds]
    text = (
        f"Throughput of {words.listed(list(dict.fromkeys(held)))}; "
        f"asked for, in {_MEANT} of 100 answers: {wish}."
    )
    return (Note("latency", "passes" if sure else "unproven", text),)


def _kind(speed: Throughput) -> str:
    if not speed.input_tokens or not speed.output_tokens:
        return speed.family
    return f"{speed.family} ({speed.input_tokens:,} tokens in, {speed.output_tokens:,} out)"


def _conditions(speeds: tuple[Throughput, ...], engines: int) -> str:
    first = speeds[0]
    parts = [f"{first.family}, {first.precision}, {first.cards} × {first.accelerator}"]
    if first.input_tokens and first.output_tokens:
        parts.append(f"{first.input_tokens:,} in and {first.output_tokens:,} out")
    parts += [first.limit] if first.limit else []
    if engines > 1:
        parts.append(f"{engines} engines side by side in one copy, each as fast")
    return "; ".join(parts)
