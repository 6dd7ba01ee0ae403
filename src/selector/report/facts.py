"""Facts in words: what one says, what its date means, and how its source is called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from selector.domain import words as plain
from selector.domain.criterion import Criterion, LayerMeasure
from selector.domain.evidence import Evidence, Source
from selector.domain.fact import FactDefinition

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.domain.decision import Decision

TIERS = {
    "contract": "vendor's contract",
    "vendor_docs": "vendor's documentation",
    "sdk": "vendor's software",
    "measured": "own test",
    "benchmark": "benchmark",
    "third_party": "third party",
}
DATED = {
    "page_date": "dated",
    "package_version": "of the package of",
    "commit_date": "of the commit of",
    "generated_at": "generated on",
    "read_undated": "undated, read on",
}


def value_text(evidence: Evidence, definition: FactDefinition | None, unit: str = "") -> str:
    """Return what a fact says, with its unit; `unit` is that of what no dictionary defines."""
    unit = definition.unit if definition else unit
    choices = definition.choices if definition else {}
    if evidence.state == "unknown":
        return "unknown"
    if evidence.state == "not_applicable":
        return "does not apply"
    if evidence.state == "disputed":
        told = [value_text(account, definition, unit) for account in evidence.accounts]
        return f"disputed: {' or '.join(told)}"
    value = evidence.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        known = ", ".join(choices.get(choice, choice) for choice in value) or "none"
        left = ", ".join(choices.get(choice, choice) for choice in evidence.open_choices)
        return f"{known}; unknown: {left}" if left else known
    if value == 0 and definition and definition.zero:
        return definition.zero
    if isinstance(value, int | float):
        return plain.with_unit(plain.number(value), unit)
    if isinstance(value, date):
        return plain.day(value)
    if value is None:
        return _range_text(evidence, unit)
    return plain.plain(str(value)) if definition and definition.type == "level" else str(value)


def _range_text(evidence: Evidence, unit: str) -> str:
    low, high, likely = evidence.low, evidence.high, evidence.likely
    if isinstance(low, str) or isinstance(high, str):
        return plain.plain(f"{low} to {high}")
    if low is None or high is None:
        return (
            plain.with_unit(plain.number(likely), unit) if isinstance(likely, float) else "a range"
        )
    most = f", most likely {plain.number(likely)}" if isinstance(likely, int | float) else ""
    return plain.with_unit(plain.span(low, high), unit) + most


def is_own(fact: str, leaf: Criterion) -> bool:
    """Whether it is the leaf's own figure, given by the file or of a layer, and no other's fact.

    The dictionary may hold another thing under the same id.
    """
    return fact == leaf.id and (leaf.measure is None or isinstance(leaf.measure, LayerMeasure))


def definition_of(fact: str, leaf: Criterion, decision: Decision) -> FactDefinition | None:
    """Return what the dictionary says of a fact under a leaf; None of the leaf's own figure."""
    return None if is_own(fact, leaf) else decision.dictionary.get(fact)


def _given_name(fact: str, decision: Decision) -> str:
    """What a performance is called that the file gives under the criterion's own id."""
    return next((leaf.name for leaf in decision.criteria.leaves() if leaf.id == fact), fact)


class Stated(NamedTuple):
    """What a fact under a leaf is: what the dictionary says of it, its name, and its unit.

    The dictionary's own unit is told by its definition.
    """

    definition: FactDefinition | None
    name: str
    unit: str


def stated(fact: str, leaf: Criterion, decision: Decision, unit: str = "") -> Stated:
    """Return what a fact is; `unit` is that of a figure of a bill, which no dictionary has."""
    found = definition_of(fact, leaf, decision)
    name = found.name if found else _given_name(fact, decision)
    return Stated(found, name, unit or (leaf.unit if is_own(fact, leaf) else ""))


def bill_units(analysis: Analysis, alternative: str) -> Mapping[str, str]:
    """The units of the figures of a bill, by what they are called."""
    own = next((each for each in analysis.decision.alternatives if each.id == alternative), None)
    planned = analysis.basis.bills.planned(own) if own else None
    return {} if planned is None else {p.label: p.unit for p in planned.plan.parameters.values()}


def called(source: Source) -> str:
    """Return a source as it is named in a link: its address shortened, or the package's item."""
    if not source.url:
        return str(source)
    bare = source.url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= 64 else f"{bare[:40]}…{bare[-20:]}"
