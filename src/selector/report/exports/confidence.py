"""What a redacted export leaves out: what was negotiated in confidence, and what would tell it.

A bill is told by more than its amount: by its value, by a gap between scores, by the weight at
which the order turns, by how often an option is first in draws that anybody can repeat, by the
mean of a column, by the end of a scale that is drawn from the bills, and by its place among others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost
from selector.analysis.robustness import Robustness
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import Candidate
from selector.analysis.stack.derived import COST, stack_of
from selector.analysis.stack.parts import Stack
from selector.analysis.weights import FROM_DATA
from selector.domain import words as plain
from selector.domain.criterion import CostMeasure, Criterion, LayerMeasure
from selector.domain.decision import Requirement
from selector.domain.outcome import Excluded, Notice
from selector.domain.problem import UsageError
from selector.report import words
from selector.report.stack_currency import stack_in_currency

KEPT_IN_HOUSE = "kept in confidence"
UNTOLD = (
    "How sure it is and what would change it are left out, for they would tell what is "
    f"{KEPT_IN_HOUSE}"
)
_WHO_LEADS = ("method-unfit", "other-leader", "other-method", "stakeholders-differ")
# Notices that may be told beside hidden bills, by what they rest on. One that stands in no list is
# left out: what it tells has to be thought about first.
OF_THE_FILE = frozenset({
    "inconsistent-judgements", "local-scale", "needs-more", "no-stack", "no-workload",
    "nothing-to-rank", "other-method", "stack-scale", "stale-fact", "stale-fit",
    "unknown-fit", "unproven-stack", "weights-from-data", "zeros-shifted",
})  # fmt: skip
"""Rest on the file, on who is ranked and on what goes together; weights from bills are refused."""
OF_A_COLUMN = frozenset({"constant-column", "scale-clamped"})
"""Of all bills where the criterion is one of costs."""
OF_ONE = frozenset({"disputed-fact", "missing-price", "not-given", "thin-evidence", "unproven"})
"""Of one alternative; of one whose bill is hidden only where they say nothing of it."""
OF_SCORES = frozenset({"method-unfit", "other-leader", "stakeholders-differ", "zero-shifted"})
"""Move with the score of anybody: left out where any score is."""


def secret_bills(analysis: Analysis) -> frozenset[str]:
    """The alternatives whose bill rests on anything confidential, ranked or not.

    Of whole stacks those with such a part, or with one whose score would tell the bill of another.
    """
    if analysis.composed is not None:
        secret = secret_parts(analysis.composed)
        return frozenset(
            a.id
            for a in analysis.decision.alternatives
            if _has_any(analysis.composed, a.id, secret)
        )
    if analysis.decision.workload is None:
        return frozenset()
    return frozenset(
        bill.alternative for bill in analysis.cost().alternatives.values() if _is_secret(bill)
    )


def secret_parts(composed: StackAnalysis) -> Mapping[str, frozenset[str]]:
    """By layer, the candidates whose bill, or whose score by it, is kept in confidence."""
    hidden = {layer.layer.id: secret_bills(layer.analysis) for layer in composed.layers}
    return {
        layer.layer.id: hidden[layer.layer.id] | veiled(layer.analysis, hidden[layer.layer.id])
        for layer in composed.layers
    }


def tells_by_score(composed: StackAnalysis, secret: Mapping[str, frozenset[str]]) -> bool:
    """Whether the score of a stack would tell the bill of one of these parts."""
    return any(
        secret[layer.layer.id] and any(is_cost(leaf) for leaf in layer.analysis.leaves)
        for layer in composed.layers
    )


def notices_of_stack(composed: StackAnalysis) -> list[str]:
    """The notices on a whole stack in plain words, without those that would tell a hidden bill."""
    said = _said_of_layers(composed)
    return list(dict.fromkeys(filter(None, (said.get(n.text, n.text) for n in composed.notices))))


def _said_of_layers(composed: StackAnalysis) -> dict[str, str]:
    """What may be told of each notice of a layer or a stack that would tell a bill, by its text.

    Empty where nothing of it may be. Texts are those in US dollars and in the currency shown.
    """
    found: dict[str, str] = {}
    for layer in (*composed.layers, *stack_in_currency(composed).layers):
        hidden = secret_bills(layer.analysis)
        told, head = dict(_told(layer.told, hidden)), f"{layer.layer.name}: "
        for notice in layer.told.notices:
            text = told.get(notice, "")
            if text != notice.text:
                found[f"{head}{notice.text}"] = f"{head}{text}" if text else ""
    secret = secret_parts(composed)
    best = composed.winner
    if best is not None and any(c.id in secret[x] for x, c in best.choices.items()):
        asked = parts_to_prove(composed, best)
        kept = {f"{choice.name}: {one}" for choice, own in asked for one in own}
        of_bills = {f"{c.name}: {one}" for c, _ in asked for one in c.unproven} - kept
        limit = composed.spec.limits.monthly_cost
        if limit is not None and not _is_open(composed, best):
            told_limit = f"at most {composed.decision.business.told(limit)} a month: "
            of_bills |= {one for one in best.unproven if one.startswith(told_limit)}
        left = [one for one in best.unproven if one not in of_bills]
        for notice in composed.notices:
            if notice.code == "unproven-stack" and of_bills:
                told_ = f"The best stack does not yet prove: {'; '.join(left)}."
                found[notice.text] = told_ if left else ""
    return found


def parts_to_prove(
    composed: StackAnalysis, stack: Stack
) -> list[tuple[Candidate, tuple[str, ...]]]:
    """The parts of a stack with what each has still to prove, without what would tell a bill."""
    found = []
    for name, choice in stack.choices.items():
        own = composed.layer(name).analysis
        found.append((choice, to_prove(own, choice.id, choice.unproven, secret_bills(own))))
    return found


def _has_any(
    composed: StackAnalysis, alternative: str, secret: Mapping[str, frozenset[str]]
) -> bool:
    choices = stack_of(composed, alternative).choices
    return any(choice.id in secret[layer] for layer, choice in choices.items())


def _is_secret(bill: AlternativeCost) -> bool:
    """Whether anything of a bill is confidential, be it in no item of the first month."""
    return bill.is_confidential or any(p.basis.confidential for p in bill.parameters.values())


def veiled(analysis: Analysis, hidden: frozenset[str]) -> frozenset[str]:
    """The ranked alternatives whose scores, and values by cost, are left out.

    All of them where values or scores are drawn from the bills of others: by a scale without ends
    of its own, or by another method than the weighted sum. UsageError where the weights are.
    """
    ranked = frozenset(a.id for a in analysis.alternatives)
    costs = [leaf for leaf in analysis.leaves if is_cost(leaf)]
    if not hidden & ranked or not (costs or not words.is_weighted_sum(analysis)):
        return frozenset()
    if costs and analysis.decision.weights.method in FROM_DATA:
        raise UsageError(
            "the weights are taken from the alternatives, and would tell a confidential bill; "
            "set weights of your own to leave it out"
        )
    is_drawn = any(analysis.scales[leaf.id].is_local for leaf in costs)
    return ranked if is_drawn or not words.is_weighted_sum(analysis) else hidden & ranked


def is_cost(leaf: Criterion) -> bool:
    """Whether a criterion is a figure of the bill, or a layer that bills count in."""
    if isinstance(leaf.measure, LayerMeasure):
        return leaf.measure.of_bills
    return isinstance(leaf.measure, CostMeasure)


def without_figures(found: Robustness) -> Robustness:
    """The robustness without any figure that rests on a score."""
    return found._replace(
        rank_acceptability={}, central_weights={}, confidence={}, pairwise_winning={},
        stability={}, closest_flip=None, flips={}, performance_flips=(), worth_finding_out=(),
        dominates={}, dominates_whatever_comes={}, rank_reversals=(), by_method={},
    )  # fmt: skip


def warnings(analysis: Analysis, hidden: frozenset[str]) -> list[str]:
    """The notices in plain words, without those that would tell a hidden bill.

    Who else would be first comes first, what is of other options than the leader last. Where
    several have not yet proved the same, one line names them all.
    """
    called = words.labels(analysis.decision)
    same: dict[tuple[str, ...], list[str]] = {}
    asked = {
        row.alternative: to_prove(analysis, row.alternative, row.unproven_requirements, hidden)
        for row in analysis.ranking
    }
    for who, wanted in asked.items():
        same.setdefault(wanted, []).append(called[who].short)
    told = []
    leader = analysis.ranking[0].alternative if analysis.ranking else ""

    def place(row: tuple[Notice, str]) -> int:
        notice = row[0]
        return 0 if notice.code in _WHO_LEADS else 1 + (notice.alternative not in ("", leader))

    for notice, text in sorted(_told(analysis, hidden), key=place):
        wanted = asked.get(notice.alternative, ()) if notice.code == "unproven" else ()
        alike = same[wanted] if wanted else []
        both = f"{plain.listed(alike)} stay, but do not yet prove: {plain.listed(list(wanted))}."
        told.append(both if len(alike) > 1 else text)
    return list(dict.fromkeys(told))


def _told(analysis: Analysis, hidden: frozenset[str]) -> Iterator[tuple[Notice, str]]:
    """The notices that may be told, each with what of it may be; all where nothing is hidden."""
    if not hidden:
        yield from ((notice, notice.text) for notice in analysis.notices)
        return
    said = _said_of_layers(analysis.composed) if analysis.composed is not None else {}
    costs = {leaf.id for leaf in analysis.leaves if is_cost(leaf)}
    is_veiled = bool(veiled(analysis, hidden))
    known = {a.id: a for a in analysis.decision.alternatives}
    unproven = {row.alternative: row.unproven_requirements for row in analysis.ranking}
    for notice in analysis.notices:
        code, who, text = notice.code, notice.alternative, said.get(notice.text, notice.text)
        is_said = analysis.composed is not None and notice in analysis.decision.said
        if code == "unproven" and who in hidden:
            left = list(to_prove(analysis, who, unproven.get(who, ()), hidden))
            text = f"{known[who].name} stays, but does not yet prove: {plain.listed(left)}."
            text = text if left else ""
        is_told = (
            is_said  # of layers and of the whole stack, as it may be
            or code in OF_THE_FILE
            or (code in OF_A_COLUMN and notice.criterion not in costs)
            or (code in OF_SCORES and not is_veiled)
            or (code in OF_ONE and (who not in hidden or _is_harmless(analysis, notice, costs)))
        )
        if is_told and text:
            yield notice, text


def _is_harmless(analysis: Analysis, notice: Notice, costs: set[str]) -> bool:
    """Whether a notice on somebody whose bill is hidden would say the same of any bill."""
    if notice.code == "unproven":
        return True
    if notice.code == "thin-evidence":  # counts whether the bill is known
        return not costs
    return notice.criterion not in costs


def to_prove(
    analysis: Analysis, alternative: str, wanted: Sequence[str], hidden: frozenset[str]
) -> tuple[str, ...]:
    """What somebody has still to prove, in words; of a hidden bill not what is asked of it."""
    if alternative not in hidden:
        return tuple(wanted)
    costs = {leaf.id for leaf in analysis.leaves if is_cost(leaf)}
    asked = zip(analysis.decision.requirements, analysis.requirements, strict=True)
    secret = {told for one, told in asked if asks(one, costs)}
    composed = analysis.composed
    if composed is not None and _is_open(composed, stack_of(composed, alternative)):
        secret = set()
    return tuple(one for one in wanted if one not in secret)


def _is_open(composed: StackAnalysis, stack: Stack) -> bool:
    """Whether the bill of a stack is not known for a part of which nothing is confidential."""
    secret = secret_parts(composed)
    return any(c.cost.unknown and c.id not in secret[x] for x, c in stack.choices.items())


def knock_outs(analysis: Analysis, hidden: frozenset[str]) -> Iterable[Excluded]:
    """What each alternative fails; of a hidden bill not by how much."""
    costs = {leaf.id for leaf in analysis.leaves if is_cost(leaf)}
    asked = analysis.decision.requirements
    for row in analysis.excluded:
        is_secret = row.alternative in hidden and asks(asked[row.requirement_index], costs)
        yield row._replace(reason=f"What it costs is {KEPT_IN_HOUSE}") if is_secret else row


def asks(requirement: Requirement, costs: set[str]) -> bool:
    """Whether something is asked of a bill, be it as one of several of which one is enough."""
    return (
        requirement.criterion in costs
        or requirement.fact == COST
        or any(asks(part, costs) for part in requirement.any_of)
    )
