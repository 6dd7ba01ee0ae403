"""Knock-outs: does an alternative meet a requirement, fail it, or is that not proven?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from selector.domain import words
from selector.domain.criterion import Criterion
from selector.domain.decision import Alternative, Decision, Requirement
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.fact import FactDefinition
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
from selector.measure.figures import figures_of

Verdict = Literal["pass", "fail", "unproven"]


class Judged(NamedTuple):
    """A verdict and, in words, what is known that led to it."""

    verdict: Verdict
    known: str


def judge(
    requirement: Requirement,
    decision: Decision,
    alternative: Alternative,
    cells: Mapping[str, Cell],
) -> Judged:
    """The verdict on one requirement. `cells` are the alternative's, by leaf.

    A range passes or fails only as a whole, else it is unproven, as is what is unknown or disputed
    both ways. What is not applicable fails, unless the requirement says that it passes.
    """
    if requirement.any_of:
        parts = [judge(item, decision, alternative, cells) for item in requirement.any_of]
        known = words.listed([part.known for part in parts])
        verdicts = {part.verdict for part in parts}
        if "pass" in verdicts:
            return Judged("pass", known)
        return Judged("fail" if verdicts == {"fail"} else "unproven", known)
    if requirement.criterion:
        leaf = next(c for c in decision.criteria.leaves() if c.id == requirement.criterion)
        return _judge_cell(requirement, decision, leaf, cells[leaf.id])
    definition = decision.dictionary[requirement.fact]
    evidence = alternative.facts.get(requirement.fact, UNKNOWN)
    names = TRUTH if definition.type == "boolean" else definition.levels
    return _judge_evidence(requirement, evidence, names, definition)


def conditions(requirements: Iterable[Requirement]) -> Iterator[Requirement]:
    """What requirements ask, each by itself: of several of which one is enough, those."""
    for requirement in requirements:
        if requirement.any_of:
            yield from conditions(requirement.any_of)
        else:
            yield requirement


def in_words(requirement: Requirement, decision: Decision) -> str:
    """The requirement as people read it."""
    if requirement.any_of:
        return words.listed([in_words(item, decision) for item in requirement.any_of], last="or")
    unit = ""
    if requirement.criterion:
        leaf = next(c for c in decision.criteria.leaves() if c.id == requirement.criterion)
        name, unit = leaf.name, leaf.unit
        choices: dict[str, str] = {}
    else:
        definition = decision.dictionary[requirement.fact]
        name, unit, choices = definition.name, definition.unit, dict(definition.choices)
    parts = []
    for bound, value in (("at least", requirement.at_least), ("at most", requirement.at_most)):
        if value is not None:
            said = _said(value, unit)
            is_level = isinstance(value, str)
            if is_level and said.startswith(bound):  # never "at least “at least once”"
                parts.append(f"“{said}” or {'better' if bound == 'at least' else 'worse'}")
            else:
                parts.append(f"{bound} “{said}”" if is_level else f"{bound} {said}")
    if requirement.equals is not None:
        parts.append(_said(requirement.equals, unit))
    if requirement.includes:
        parts.append(words.listed([choices.get(c, c) for c in requirement.includes]))
    return f"{name}: {words.listed(parts)}"


def _said(value: object, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return words.with_unit(words.number(value), unit)
    return words.day(value) if isinstance(value, date) else words.plain(str(value))


def _judge_evidence(
    requirement: Requirement,
    evidence: Evidence,
    names: tuple[str, ...],
    definition: FactDefinition,
) -> Judged:
    name = definition.name
    if evidence.state == "unknown":
        return Judged("unproven", f"{name} is unknown")
    if evidence.state == "not_applicable":
        verdict: Verdict = "pass" if requirement.not_applicable_passes else "fail"
        return Judged(verdict, f"{name} does not apply")
    if evidence.state == "disputed":
        parts = [
            _judge_evidence(requirement, account, names, definition)
            for account in evidence.accounts
        ]
        verdicts = {part.verdict for part in parts}
        agreed = verdicts.pop() if len(verdicts) == 1 else "unproven"
        return Judged(agreed, f"{name} is disputed")
    if isinstance(evidence.value, tuple):
        return _judge_set(requirement, evidence, definition)
    if isinstance(evidence.value, str | date) and not names:
        return _judge_plain(requirement, evidence.value, name)
    figures = figures_of(evidence, names)
    if figures is None:
        return Judged("unproven", f"{name} is unknown")
    is_zero = bool(definition.zero) and figures.low == figures.high == 0
    said = ("no", "yes") if names == TRUTH else [words.plain(name) for name in names]
    ends = [said[int(end)] if said else words.number(end) for end in (figures.low, figures.high)]
    shown = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    shown = definition.zero if is_zero else words.with_unit(shown, definition.unit)
    verdict = _judge_figures(requirement, figures.low, figures.high, names)
    return Judged(verdict, f"{name} is {shown}")


def _judge_cell(
    requirement: Requirement, decision: Decision, leaf: Criterion, cell: Cell
) -> Judged:
    if cell.state == "not_applicable":
        verdict: Verdict = "pass" if requirement.not_applicable_passes else "fail"
        return Judged(verdict, f"{leaf.name} does not apply")
    names = level_names(leaf, decision.dictionary)
    if cell.state == "unknown" or cell.low is None or cell.high is None:
        at_most = requirement.at_most
        if cell.low is not None and isinstance(at_most, int | float) and cell.low > at_most:
            return Judged("fail", f"{leaf.name} is {cell.text}")
        return Judged("unproven", f"{leaf.name} is unknown")
    shown = cell.text or words.span(cell.low, cell.high)
    shown = shown if cell.is_worded else words.with_unit(shown, leaf.unit)
    return Judged(
        _judge_figures(requirement, cell.low, cell.high, names), f"{leaf.name} is {shown}"
    )


def _judge_figures(
    requirement: Requirement, low: float, high: float, names: tuple[str, ...]
) -> Verdict:
    def place(limit: object) -> float:
        if isinstance(limit, str):
            return float(names.index(limit))
        return float(limit)  # type: ignore[arg-type]

    verdicts: set[Verdict] = set()
    if requirement.at_least is not None:
        least = place(requirement.at_least)
        verdicts.add("pass" if low >= least else "fail" if high < least else "unproven")
    if requirement.at_most is not None:
        most = place(requirement.at_most)
        verdicts.add("pass" if high <= most else "fail" if low > most else "unproven")
    if requirement.equals is not None:
        wanted = place(requirement.equals)
        inside = low <= wanted <= high
        verdicts.add("pass" if low == high == wanted else "unproven" if inside else "fail")
    return _all(verdicts)


def _all(verdicts: set[Verdict]) -> Verdict:
    if "fail" in verdicts:
        return "fail"
    return "unproven" if "unproven" in verdicts else "pass"


def _judge_set(requirement: Requirement, evidence: Evidence, definition: FactDefinition) -> Judged:
    def told(choices: Iterable[str]) -> str:
        return words.listed([definition.choices.get(choice, choice) for choice in choices])

    name = definition.name
    value = evidence.value if isinstance(evidence.value, tuple) else ()
    missing = [choice for choice in requirement.includes if choice not in value]
    lacking = [choice for choice in missing if choice not in evidence.open_choices]
    if lacking:
        return Judged("fail", f"{name} does not include {told(lacking)}")
    if missing:
        return Judged("unproven", f"whether {name} includes {told(missing)} is unknown")
    return Judged("pass", f"{name} includes {told(requirement.includes)}")


def _judge_plain(requirement: Requirement, value: str | date, name: str) -> Judged:
    shown = words.day(value) if isinstance(value, date) else value
    verdicts: set[Verdict] = set()
    if requirement.equals is not None:
        verdicts.add("pass" if value == requirement.equals else "fail")
    if isinstance(value, date):
        if isinstance(requirement.at_least, date):
            verdicts.add("pass" if value >= requirement.at_least else "fail")
        if isinstance(requirement.at_most, date):
            verdicts.add("pass" if value <= requirement.at_most else "fail")
    return Judged(_all(verdicts), f"{name} is {shown}")
