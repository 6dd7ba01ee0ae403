"""The risks of following an answer, found in the evidence: what is not known, thin, old or near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import copysign, inf
from typing import NamedTuple

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.derived import stack_of
from selector.analysis.stack.parts import Stack
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.decision import Requirement
from selector.measure.figures import figures_of
from selector.measure.requirements import judge
from selector.report import certainty, words
from selector.report.exports.confidence import asks, is_cost, parts_to_prove, to_prove
from selector.report.facts import definition_of

NAMED = 3  # parts or facts that a control names, before "2 more"
RULED_OUT = "It may have to be ruled out after it was chosen"
FIRST = "Find it out first"
IN_WRITING = "Get it in writing before the contract is signed"
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
    close = certainty.close_to(analysis, certainty.sampled(found).firsts()) if leads else ""
    return [
        *_unproven(analysis, leader, leader in hidden),
        *(_unproven(analysis, close, close in hidden) if close else ()),
        *_near(analysis, leader, leader in hidden),
        *(_thin(analysis, found) if leads else ()),
        *(_open(analysis, found) if leads else ()),
        *_licences(analysis, leader),
        *_stale(analysis, leader, leader in hidden),
    ]


def first_to_prove(analysis: Analysis, tried: Sequence[str]) -> str:
    """What options have to prove before they are tried, in a sentence; empty where nothing.

    Bills are what a pilot tells.
    """
    bills = _of_bills(analysis)
    called = words.labels(analysis.decision)
    same: dict[tuple[str, ...], list[str]] = {}
    for row in analysis.ranking:
        left = tuple(words.lower_first(x) for x in row.unproven_requirements if x not in bills)
        if left and row.alternative in tried:
            same.setdefault(left, []).append(called[row.alternative].short)
    told = [
        f"{plain.listed(who)} {'has' if len(who) == 1 else 'have'} to prove {plain.listed(left)}"
        for left, who in same.items()
    ]
    return f"Before it starts, {'; '.join(told)}." if told else ""


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
    bills = _of_bills(analysis)
    own = frozenset({leader}) if is_hidden else frozenset()
    for asked in to_prove(analysis, leader, row.unproven_requirements, own):
        if analysis.composed is not None and asked not in bills:
            continue  # that something of its parts is not proven, of which each is told below
        margin = margins.get(asked)
        could = f": it could be {margin.told}" if margin is not None and margin.told else ""
        cause = f"{name} does not yet prove: {words.lower_first(asked)}"
        unknown = _without_bill(analysis, leader) if asked in bills and not is_hidden else []
        if unknown:
            how = f"Find out in a pilot what these cost: {plain.listed(plain.few(unknown, NAMED))}"
            yield Risk(cause, RULED_OUT, how, "MAP 3.2")
        else:
            yield Risk(cause, RULED_OUT, f"{IN_WRITING}{could}", "GOVERN 6.1")
    if analysis.composed is not None:
        stack = stack_of(analysis.composed, leader)
        yield from _unproven_parts(analysis.composed, stack, name, is_hidden)


def _without_bill(analysis: Analysis, who: str) -> list[str]:
    """What of an option has no price: parts of a stack, else items of its bill."""
    if analysis.composed is not None:
        choices = stack_of(analysis.composed, who).choices.values()
        return list(dict.fromkeys(choice.name for choice in choices if choice.cost.unknown))
    if analysis.decision.workload is None:
        return []
    return list(analysis.cost().alternatives[who].unknown)


def _unproven_parts(
    composed: StackAnalysis, stack: Stack, name: str, is_hidden: bool
) -> Iterator[Risk]:
    """What the parts of a stack have still to prove, and whether people know how to run them."""
    chosen = [choice for choice in stack.choices.values() if choice.id]
    told = parts_to_prove(composed, stack) if is_hidden else [(c, c.unproven) for c in chosen]
    for choice, left in told:
        for wanted in left:
            yield Risk(
                f"{choice.name} in {name} does not yet prove: {words.lower_first(wanted)}",
                RULED_OUT,
                IN_WRITING if choice.provider else "Try it out before it is chosen",
                "GOVERN 6.1",
            )
    most = composed.spec.limits.new_skills
    unknown = [choice.name for choice in chosen if choice.skills is None]
    if most is not None and unknown:
        yield Risk(
            f"{name} does not yet prove: at most {most} new skill{'s' * (most != 1)}",
            "People may have to learn it, or be hired, after it was chosen",
            f"Find out before the choice what {plain.listed(plain.few(unknown, NAMED))} "
            f"{'asks' if len(unknown) == 1 else 'ask'} of people",
            "GOVERN 2.2",
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


def _of_bills(analysis: Analysis) -> set[str]:
    """What is asked of bills, in words."""
    return {asked for each, asked in _asked(analysis).items() if asks_of_a_bill(analysis, each)}


def _tells_a_bill(analysis: Analysis, requirement: Requirement) -> bool:
    """Whether figures of what is asked would tell a bill."""
    return analysis.composed is not None or asks_of_a_bill(analysis, requirement)


def asks_of_a_bill(analysis: Analysis, requirement: Requirement) -> bool:
    """Whether something is asked of a bill; of whole stacks the bill is a fact."""
    return asks(requirement, {leaf.id for leaf in analysis.leaves if is_cost(leaf)})


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
    shares, leader = certainty.sampled(found).firsts(), analysis.ranking[0].alternative
    rival = certainty.close_to(analysis, shares)
    if not rival:
        return
    called = words.labels(analysis.decision)
    by = certainty.ranked_by(analysis, found)
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
        yield Risk(
            f"{leaf.name} of {called[row.alternative].short}: {certainty.BECAUSE[row.because]}",
            f"Knowing it would put another first in {plain.of_100(row.chance)} of 100 cases{by}",
            _how(analysis, row.alternative, leaf),
            _function(leaf, "MEASURE 1.1"),
        )


def _how(analysis: Analysis, who: str, leaf: Criterion) -> str:
    """How an open performance is found out; of a layer of a stack, what of its choice is open."""
    if analysis.composed is not None:
        stack = stack_of(analysis.composed, who)
        choice = stack.choices.get(leaf.id)
        if choice is None:  # how well the parts go together
            open_ = [analysis.composed.named(joint) for joint in stack.open_joints]
            told = plain.listed(plain.few(open_, NAMED))
            return f"Find out first how these go together: {told}" if open_ else FIRST
        beneath = _beneath(analysis.composed.layer(leaf.id).analysis, choice.id)
        told = plain.listed(plain.few(beneath, NAMED))
        return f"Find out first, of {choice.name}: {told}" if beneath else FIRST
    facts = map(analysis.decision.dictionary.get, analysis.cell(who, leaf.id).facts)
    how = [known.find for known in facts if known is not None and known.find]
    return f"{FIRST}: {words.lower_first(how[0])}" if how else FIRST


def _beneath(layer: Analysis, who: str) -> list[str]:
    """What is open of a choice in its layer, what could move its score most first."""
    table, values = layer.table, layer.value_table
    row = table.alternatives.index(who)
    apart = layer.leaf_weights * (values.high[row] - values.low[row])
    found = sorted(zip(apart, layer.leaves, strict=True), key=lambda each: -each[0])
    return [words.lower_first(leaf.name) for most, leaf in found if most > words.LEVEL]


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
