"""The figures of cost that a visitor may change: what they are called, how they are written and
read, and how a link says them. Nothing here knows of Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from selector.analysis.cost import Cost
from selector.cost.plan import Parameter
from selector.domain.decision import Decision
from selector.domain.evidence import Source
from selector.domain.problem import UsageError
from selector.domain.span import Span
from selector.measure.parameters import WORKLOAD, span_of

FIRST = "requests_per_month"  # without it there is no bill
MAIN = (
    FIRST,
    "input_tokens",
    "output_tokens",
    "growth_per_month",
    "cached_share",
    "batch_share",
    "peak_to_mean",
    "months",
)
LABELS = {
    "months": ("Months looked at", "months"),
    "users": ("Users a month", ""),
    "value_per_request": ("Value of an answered request", "USD"),
    "discount_rate": ("What a later year counts less", "%"),
}
_SHARES = frozenset(
    {
        "cached_share",
        "cache_write_share",
        "batch_share",
        "growth_per_month",
        "changed_share",
        "embedded_queries",
        "discount_rate",
    }
)
_UNBOUNDED = ("growth_per_month", "changed_share", "embedded_queries")
_NUMBER = re.compile(r"[-+]?(\d{1,3}([, ]\d{3})+|\d+)?(\.\d+)?(e[-+]?\d+)?", re.IGNORECASE)
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_LIKELY = re.compile(r",?\s*likely\s+")
_TO = re.compile(r"\s*(?:\bto\b|\.\.|(?<=[\d%])\s*-)\s*")
MOST = 1e15
WANTED = "write a number such as 1,000,000, or a range such as 1,000,000 to 2,000,000"


class Field(NamedTuple):
    """A figure as the form shows it. `span` is None where nothing is said.

    `state` is `changed` by the visitor, `default` where nobody has written it, else empty;
    `reason` and `sources` are what an assumption rests on.
    """

    name: str
    label: str
    unit: str = ""
    span: Span | None = None
    is_share: bool = False
    most: float = float("inf")
    state: str = ""
    reason: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def text(self) -> str:
        """The figure as people write it."""
        return "" if self.span is None else written(self.span, self.is_share)


# --- what can be changed --------------------------------------------------------------------------


def load_fields(decision: Decision, changed: Iterable[str]) -> list[Field]:
    """The figures of the workload and of what it is worth, the main ones first."""
    rest = [name for name in WORKLOAD if name not in (*MAIN, "people_hours", "hourly_cost")]
    people = ["people_hours"] if decision.workload and decision.workload.wants_people else []
    names = (*MAIN, *rest, "users", *people, "value_per_request", "discount_rate")
    return [_field(decision, name, set(changed)) for name in names]


def _field(decision: Decision, name: str, changed: set[str]) -> Field:
    label, unit = LABELS.get(name) or WORKLOAD[name]
    span: Span | None = None
    is_given = False
    if name == "value_per_request":
        span = decision.business.value_per_request
        is_given = span is not None
    elif name == "discount_rate":
        span = Span.exactly(decision.business.discount_rate)
        is_given = span.likely > 0
    elif decision.workload is not None:
        value = getattr(decision.workload, name)
        span = Span.exactly(value) if isinstance(value, int) else value
        is_given = name in decision.workload.given
    state = "changed" if name in changed else "" if is_given or span is None else "default"
    is_share = name in _SHARES
    most = 1.0 if is_share and name not in _UNBOUNDED else float("inf")
    return Field(name, label, "" if is_share else unit, span, is_share, most, state)


def assumption_fields(decision: Decision, cost: Cost, changed: Iterable[str]) -> list[Field]:
    """The assumptions that the bills, or what would lower them, rest on; each with its reason."""
    used = {p.row or p.name for b in cost.alternatives.values() for p in b.parameters.values()}
    used |= {n for bill in cost.alternatives.values() for ll in bill.levers for n in ll.rests_on}
    own = set(changed)
    found = []
    for name, row in decision.assumed.items():
        if name not in used:
            continue
        span = decision.assumptions.get(name, span_of(row.figure))
        is_share = not row.unit
        found.append(
            Field(
                name,
                row.name,
                row.unit,
                span,
                is_share,
                1.0 if is_share and name not in _UNBOUNDED else float("inf"),
                "changed" if name in own else "" if name in decision.assumptions else "default",
                row.basis.assumption,
                row.basis.sources,
            )
        )
    return found


def bill_fields(alternative: str, parameters: Mapping[str, Parameter]) -> list[Field]:
    """The figures of one bill alone: its prices, facts and judgements."""
    found = []
    for name, p in parameters.items():
        if p.origin in ("workload", "assumption"):
            continue
        reason = " ".join(filter(None, (p.basis.assumption, p.basis.note)))
        state = "changed" if p.basis.assumption == "set by hand" else ""
        key = f"{alternative}.{name}"
        unit = p.unit
        found.append(
            Field(key, p.label, unit, p.span, False, state=state, reason=reason,
                  sources=p.basis.sources)
        )  # fmt: skip
    return found


# --- as people write it ---------------------------------------------------------------------------


def written(span: Span, is_share: bool = False) -> str:
    """A figure or range as people write it, such as 30 % or 1,000,000 to 2,000,000."""
    factor, sign = (100, " %") if is_share else (1, "")
    low, likely, high = (_number(factor * end) for end in span)
    if span.is_exact:
        return f"{likely}{sign}"
    is_middle = abs(span.likely - (span.low + span.high) / 2) <= 1e-9 * abs(span.high)
    middle = "" if is_middle else f", likely {likely}{sign}"
    return f"{low} to {high}{sign}{middle}"


def _number(value: float) -> str:
    text = f"{value:.10g}"
    whole, dot, rest = text.partition(".")
    return text if "e" in text else f"{int(whole):,}{dot}{rest}" if int(whole) else text


def read(text: str, field: Field) -> Span | None:
    """What people wrote as a figure; None where they wrote nothing.

    UsageError says in plain words what is wrong.
    """
    told = re.sub(r"[\u00a0\u202f]", " ", text).replace("\u2212", "-").replace("–", "-").strip()
    if not told:
        return None
    ends, *middle = _LIKELY.split(told.lower())
    parts = _TO.split(ends)
    if len(parts) > 2 or len(middle) > 1 or (middle and len(parts) < 2):
        raise UsageError(f"“{text}” is not a figure: {WANTED}")
    is_percent = "%" in told
    figures = [_read(part, text) for part in (*parts, *middle)]
    _, times = _split(parts[-1])
    if len(parts) > 1 and times and not _split(parts[0])[1]:  # 1 to 2 million
        shared = figures[0] * _TIMES[times]
        figures[0] = shared if shared <= figures[1] else figures[0]
    if field.is_share and is_percent:
        figures = [figure / 100 for figure in figures]
    low, high = figures[0], figures[min(1, len(parts) - 1)]
    likely = figures[-1] if middle else (low + high) / 2
    if not low <= likely <= high:
        raise UsageError(f"“{text}” does not rise: write the lower end first")
    if high > field.most:
        raise UsageError(f"“{text}” is more than the whole: write a share such as 30 %")
    return Span(low, likely, high)


def _split(part: str) -> tuple[str, str]:
    """A number as written, and the word for thousands or millions behind it."""
    told = part.replace("%", "").replace("usd", "").strip()
    match = re.fullmatch(r"(.*?)\s*(k|m|bn|thousand|million|billion)?", told)
    return (match[1], match[2] or "") if match else (told, "")


def _read(part: str, text: str) -> float:
    number, times = _split(part)
    if not any(map(str.isdigit, number)) or not _NUMBER.fullmatch(number):
        raise UsageError(f"“{text}” is not a figure: {WANTED}")
    value = float(re.sub(r"[, ]", "", number)) * _TIMES.get(times, 1)
    if abs(value) > MOST:
        raise UsageError(f"“{text}” is too large to reckon with")
    return value


# --- in a link ------------------------------------------------------------------------------------


def to_link(figures: Mapping[str, Span]) -> str:
    """The figures as a link says them: name:low..likely..high, parted by commas."""
    return ",".join(
        f"{name}:"
        + ("..".join(f"{end:.10g}" for end in ([span.likely] if span.is_exact else span)))
        for name, span in figures.items()
    )


def from_link(text: str) -> tuple[dict[str, Span], list[str]]:
    """The figures that a link names: low..high with or without a likely one between, or one
    number; and the parts that cannot be read.
    """
    found, wrong = {}, []
    for part in filter(None, text.split(",")):
        name, _, told = part.rpartition(":")
        try:
            ends = [float(end) for end in told.split("..")]
        except ValueError:
            ends = []
        is_risen = ends == sorted(ends) and all(abs(e) <= MOST for e in ends)
        if not name or not 1 <= len(ends) <= 3 or not is_risen:
            wrong.append(part)
            continue
        likely = ends[1] if len(ends) == 3 else (ends[0] + ends[-1]) / 2
        found[name] = Span(ends[0], likely, ends[-1])
    return found, wrong
