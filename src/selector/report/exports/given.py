"""What a decision gives for the bills and asks of all, as page, workbook and record tell it."""

from __future__ import annotations

from collections.abc import Iterator

from selector.analysis.stack.derived import stack_of
from selector.domain import words as plain
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.measure.parameters import WORKLOAD
from selector.measure.plans import Planned
from selector.report import stacked, words
from selector.report.bills import plain_months
from selector.report.exports.story import Story

LISTED = "Bills are at list prices without taxes unless negotiated ones are given"
FEW = 3  # names of those whose bill is given, before "2 more"
_TOLD = ("requests_per_month", "growth_per_month", "input_tokens", "output_tokens")  # in sentences
_SHARES = frozenset({name for name in WORKLOAD if name.endswith("_share")} | {"embedded_queries"})


def required(story: Story) -> list[tuple[str, str]]:
    """What every option must meet, with the reason if one is given; of stacks each layer's too."""
    composed = story.analysis.composed
    layers = stacked.required(composed) if composed is not None else []
    return [
        *of_all(story),
        *((f"{one.layer}: {words.lower_first(one.wanted)}", one.reason) for one in layers),
    ]


def of_all(story: Story) -> list[tuple[str, str]]:
    """What every option must meet as a whole, and the reason where one is given."""
    reasons = [requirement.reason for requirement in story.analysis.decision.requirements]
    asked = list(zip(story.analysis.requirements, reasons, strict=True))
    return asked + [(limit, "") for limit in _limits(story)]


def picked(story: Story) -> str:
    """Of how many stacks those that are ranked are the best; empty where none was composed."""
    composed = story.analysis.composed
    return stacked.picked(composed, kept=not story.hidden) if composed is not None else ""


def _limits(story: Story) -> Iterator[str]:
    """What is asked of a whole stack beside its bill, which is a requirement like any other."""
    if story.analysis.composed is None:
        return
    limits = story.analysis.composed.spec.limits
    if limits.vendors is not None:
        yield f"At most {limits.vendors} vendor{'s' * (limits.vendors != 1)} behind a whole stack"
    if limits.new_skills is not None:
        skills = f"skill{'s' * (limits.new_skills != 1)}"
        yield f"At most {limits.new_skills} {skills} that the team has not"


# --- the workload ---------------------------------------------------------------------------------


def workload(story: Story) -> str:
    """The load that the bills are for, in sentences; empty where there is none."""
    load = story.analysis.decision.workload
    if load is None:
        return ""
    told = [f"{growing(load)}, over {plain_months(load.months)}."]
    tokens = [
        f"{_figure(span)} {kind} tokens"
        for kind, span in (("input", load.input_tokens), ("output", load.output_tokens))
        if span.high > 0
    ]
    if tokens:
        told.append(f"A request has {plain.listed(tokens)}.")
    if rest := list(_rest(load, story)):
        told.append(f"Also given: {'; '.join(rest)}.")
    return " ".join(told)


def growing(load: Workload) -> str:
    """The requests of the first month and how they grow, without a full stop."""
    told = f"{_figure(load.requests_per_month)} requests in the first month"
    low, high = 100 * load.growth_per_month.low, 100 * load.growth_per_month.high
    more = ""
    if low < 0 < high:
        more = f", and from {plain.number(-low)} % fewer to {plain.number(high)} % more each month"
    elif high > 0:
        more = f", and {plain.span(low, high)} % more each month"
    elif low < 0:
        more = f", and {plain.span(-high, -low)} % fewer each month"
    return told + more


def _rest(load: Workload, story: Story) -> Iterator[str]:
    """The other figures that the decision writes, each by its name; defaults are left out."""
    for name, (label, unit) in WORKLOAD.items():
        span = getattr(load, name)
        if name in _TOLD or name not in load.given or span is None:
            continue
        if unit == "USD":
            figure = story.money.ends(span)
        elif name in _SHARES:
            figure = f"{_figure(span.times(100))} %"
        else:
            figure = plain.with_unit(_figure(span), "" if unit in label.lower() else unit)
        yield f"{words.lower_first(label)}: {figure}"
    if load.users is not None:
        yield f"users: {_figure(load.users)}"
    for name, said in (("region", load.region), ("purpose", load.purpose)):
        if said:
            yield f"{name}: {said}"


def _figure(span: Span) -> str:
    """A figure or its ends, with the likely one where that is not in their middle."""
    told = plain.span(span.low, span.high)
    is_middle = abs(span.likely - (span.low + span.high) / 2) <= 1e-9 * abs(span.high)
    return told if is_middle else f"{told} (likely {plain.number(span.likely)})"


# --- the bills ------------------------------------------------------------------------------------


def priced(story: Story) -> str:
    """At which prices the bills are made, in a sentence; empty where there is no bill."""
    if story.analysis.decision.workload is None:
        return ""
    plans = {o.short: _plans(story, o.id) for o in story.options if o.id not in story.hidden}
    billed = {name: found for name, found in plans.items() if found}
    whole = [name for name, found in billed.items() if all(p.plan.is_whole for p in found)]
    if not whole:
        return f"{LISTED}." if billed or story.hidden else ""
    if len(whole) == len(billed) and not story.hidden:
        return "Bills are as the decision gives them."
    whole = plain.few(whole, FEW)
    own = "that of {} is" if len(whole) == 1 else "those of {} are"
    return f"{LISTED}; {own.format(plain.listed(whole))} as the decision gives " + (
        "it." if len(whole) == 1 else "them."
    )


def _plans(story: Story, option: str) -> list[Planned]:
    """The plans of an option's bill: its own, or those of a stack's parts."""
    composed = story.analysis.composed
    if composed is None:
        found = [story.analysis.cost().planned[option]]
    else:
        parts = stack_of(composed, option).choices
        found = [
            composed.layer(name).analysis.cost().planned.get(choice.id)
            for name, choice in parts.items()
        ]
    return [planned for planned in found if planned is not None]
