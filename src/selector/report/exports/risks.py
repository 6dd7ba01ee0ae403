"""The risks of following an answer, found in the evidence: what is not known, thin, old or near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import copysign, inf
from typing import NamedTuple

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.decision import Requirement
from selector.measure.figures import figures_of
from selector.measure.requirements import judge
from selector.report import certainty, words
from selector.report.exports.confidence import is_cost
from selector.report.facts import definition_of

OPEN_SHOWN = 5  # open facts that are risks of their own, the likeliest to change the answer first
NEAR = 0.1  # a requirement met by less than this part of what it asks for is nearly failed
SOME_YEARS = 10.0  # beside which a year counts, for years are not counted from 0
LIKELY = 0.05  # a fact that changes the winner in fewer of the cases is no risk of its own


class Risk(NamedTuple):
    """A risk: what it comes from, what it does, what to do about it, who owns it.

    `function` is the part of the NIST AI Risk Management Framework that deals with it.
    """

    cause: str
    effect: str
    control: str
    function: str
    owner: str = "to be named"


def risks(
    analysis: Analysis,
    found: Robustness,
    hidden: frozenset[str] = frozenset(),
    chosen: str = "",
) -> list[Risk]:
    """Return the risks of choosing the leader, the gravest kinds first.

    Nothing is told of the bills of the alternatives in `hidden`. Where something else is `chosen`,
    they are its risks, without those of a lead that it has not.
    """
    if not analysis.ranking:
        return []
    leader = chosen or analysis.ranking[0].alternative
    leads = leader == analysis.ranking[0].alternative
    return [
        *_unproven(analysis, leader, leader in hidden),
        *_near(analysis, leader, leader in hidden),
        *(_thin(analysis, found) if leads else ()),
        *(_open(analysis, found) if leads else ()),
        *_licences(analysis, leader),
        *_stale(analysis, leader, leader in hidden),
    ]


def _function(leaf: Criterion, otherwise: str) -> str:
    parts = leaf.frameworks.get("nist_ai_rmf", ())
    return parts[0] if parts else otherwise


def _unproven(analysis: Analysis, leader: str, is_hidden: bool) -> Iterator[Risk]:
    row = next(row for row in analysis.ranking if row.alternative == leader)
    name = words.labels(analysis.decision)[row.alternative].short
    margins = {
        asked: _margin(analysis, requirement, leader)
        for requirement, asked in _asked(analysis).items()
        if not (is_hidden and _tells_a_bill(analysis, requirement))
    }
    for asked in row.unproven_requirements:
        margin = margins.get(asked)
        could = f": it could be {margin.told}" if margin is not None and margin.told else ""
        yield Risk(
            f"{name} does not yet prove: {words.lower_first(asked)}",
            "It may have to be ruled out after it was chosen",
            f"Get it in writing before the contract is signed{could}",
            "GOVERN 6.1",
        )


def _near(analysis: Analysis, leader: str, is_hidden: bool) -> Iterator[Risk]:
    """Requirements on a figure that the leader meets by little."""
    name = words.labels(analysis.decision)[leader].short
    for requirement, asked in _asked(analysis).items():
        if is_hidden and _tells_a_bill(analysis, requirement):
            continue
        margin = _margin(analysis, requirement, leader)
        if margin is not None and 0 <= margin.room < NEAR:
            yield Risk(
                f"{name} meets by little: {words.lower_first(asked)}",
                "A small change of terms would knock it out",
                f"Watch it: it stands at {margin.told}",
                "MANAGE 3.1",
            )


class _Margin(NamedTuple):
    """How much room the worst end of a figure leaves, as a part of what is asked; what it is."""

    room: float
    told: str = ""


def _asked(analysis: Analysis) -> dict[Requirement, str]:
    return dict(zip(analysis.decision.requirements, analysis.requirements, strict=True))


def _tells_a_bill(analysis: Analysis, requirement: Requirement) -> bool:
    """Whether figures of what is asked would tell a bill; of whole stacks the bill is a fact."""
    costs = {leaf.id for leaf in analysis.leaves if is_cost(leaf)}
    asked = requirement.any_of or (requirement,)
    return analysis.composed is not None or any(part.criterion in costs for part in asked)


def _margin(analysis: Analysis, requirement: Requirement, who: str) -> _Margin | None:
    """What a figure leaves to what is asked; of several of which one is enough, the safest.

    None where nothing is asked of a figure, or none is known.
    """
    if requirement.any_of:
        found = [_margin(analysis, part, who) for part in requirement.any_of]
        passed = [own for own in found if own is not None and own.room >= 0]
        alternative = next(a for a in analysis.decision.alternatives if a.id == who)
        cells = {leaf.id: analysis.cell(who, leaf.id) for leaf in analysis.leaves}
        others = [
            part
            for part, own in zip(requirement.any_of, found, strict=True)
            if own is None and judge(part, analysis.decision, alternative, cells).verdict == "pass"
        ]
        return max(passed, key=lambda own: own.room, default=None) if not others else None
    known = _figures(analysis, requirement, who)
    if known is None:
        return None
    low, high, unit, most = known
    told = plain.with_unit(plain.span(low, high), unit)
    rooms = [
        _room(sign * (value - end), end, most)
        for value, end, sign in ((low, requirement.at_least, 1), (high, requirement.at_most, -1))
        if isinstance(end, int | float) and not isinstance(end, bool)
    ]
    return _Margin(min(rooms), told) if rooms else None


def _room(apart: float, end: float, most: float) -> float:
    """What lies between a figure and the end asked, as a part of that end or of the whole scale.

    Counted is the greater part: of 99 % asked 100 % is 1 % more, and all that there can be.
    """
    parts = [apart / size for size in (abs(end), most) if size]
    return (max if apart > 0 else min)(parts, default=copysign(inf, apart) if apart else 0.0)


def _figures(
    analysis: Analysis, requirement: Requirement, who: str
) -> tuple[float, float, str, float] | None:
    """The least and the most of what a requirement speaks of, its unit, how long its scale is.

    The scale is 0 where there is none but what the alternatives themselves span.
    """
    if requirement.criterion:
        leaf = next(leaf for leaf in analysis.leaves if leaf.id == requirement.criterion)
        cell = analysis.cell(who, leaf.id)
        if cell.state not in ("value", "disputed") or cell.low is None or cell.high is None:
            return None
        scale = analysis.scales[leaf.id]
        most = 0.0 if scale.is_local else abs(scale.best - scale.worst)
        return cell.low, cell.high, leaf.unit, most
    alternative = next(a for a in analysis.decision.alternatives if a.id == who)
    evidence = alternative.facts.get(requirement.fact)
    found = figures_of(evidence, ()) if evidence is not None else None
    definition = analysis.decision.dictionary.get(requirement.fact)
    if found is None or definition is None or definition.type == "boolean":
        return None
    ends = definition.minimum, definition.maximum
    most = 0.0 if None in ends else (definition.maximum or 0.0) - (definition.minimum or 0.0)
    most = SOME_YEARS if definition.unit == plain.YEAR else most
    return found.low, found.high, definition.unit, most


def _thin(analysis: Analysis, found: Robustness) -> Iterator[Risk]:
    """The one that could come before the leader, which need not be less often first itself."""
    shares = certainty.sampled(found).firsts()
    leader = analysis.ranking[0].alternative
    if len(shares) < 2 or certainty.is_clear(shares[leader]):
        return
    called = words.labels(analysis.decision)
    by = certainty.ranked_by(analysis, found)
    rival = max((a for a in shares if a != leader), key=lambda a: shares[a])
    yield Risk(
        f"{called[leader].short} and {called[rival].short} are too close to call",
        f"With other plausible weights or facts {called[rival].short} is first: in "
        f"{plain.of_100(shares[rival])} of 100 draws{f' {by}' if by else ''}",
        f"Agree on the weights before the choice, and keep {called[rival].short} in the "
        "negotiation",
        "MAP 1.6",
    )


def _open(analysis: Analysis, found: Robustness) -> Iterator[Risk]:
    called = words.labels(analysis.decision)
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    by = f" {words.by_sum(analysis)}".rstrip()
    for row in [r for r in found.worth_finding_out if r.chance >= LIKELY][:OPEN_SHOWN]:
        leaf = leaves[row.criterion]
        cell = analysis.cell(row.alternative, row.criterion)
        how = [
            definition.find
            for definition in map(analysis.decision.dictionary.get, cell.facts)
            if definition is not None and definition.find
        ]
        yield Risk(
            f"{leaf.name} of {called[row.alternative].short}: {certainty.BECAUSE[row.because]}",
            f"Knowing it would put another first in {plain.of_100(row.chance)} of 100 cases{by}",
            f"Find it out first: {words.lower_first(how[0])}" if how else "Find it out first",
            _function(leaf, "MEASURE 1.1"),
        )


def _licences(analysis: Analysis, leader: str) -> Iterator[Risk]:
    if analysis.decision.workload is None:
        return
    name = words.labels(analysis.decision)[leader].short
    for note in analysis.cost().alternatives[leader].notes:
        told = f"{name}: {note.text.rstrip('.')}"
        if note.verdict == "passes":
            continue
        if note.kind == "licence":
            yield Risk(
                told,
                "Use beyond the licence has to stop, or be paid for",
                "Have the licence read against the intended use",
                "GOVERN 6.1",
            )
        elif note.verdict in ("fails", "unproven"):
            yield Risk(
                told,
                "Requests may be refused or wait, or the bill may differ",
                "Ask the provider, or test it under load",
                "MANAGE 3.1",
            )


def _stale(analysis: Analysis, leader: str, is_hidden: bool) -> Iterator[Risk]:
    decision = analysis.decision
    old: list[str] = []
    for leaf in analysis.leaves:
        if is_hidden and is_cost(leaf):
            continue
        for fact, evidence in analysis.cell(leader, leaf.id).facts.items():
            definition = definition_of(fact, leaf, decision)
            if definition and evidence.as_of and definition.is_stale(evidence.as_of, decision.day):
                old.append(f"{words.lower_first(definition.name)} ({plain.day(evidence.as_of)})")
    if old:
        yield Risk(
            f"Facts of {words.labels(decision)[leader].short} past their shelf life: "
            f"{_some(list(dict.fromkeys(old)))}",
            "What was chosen may no longer be what is offered",
            "Look them up again before the contract is signed",
            "MEASURE 3.1",
        )


def _some(names: Sequence[str]) -> str:
    shown = [*names[:4], f"{len(names) - 4} more"] if len(names) > 5 else list(names)
    return plain.listed(shown)
