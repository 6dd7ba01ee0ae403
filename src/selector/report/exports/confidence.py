"""What a redacted export leaves out: what was negotiated in confidence, and what would tell it.

A bill is told by more than its amount: by its value, by a gap between scores, by the weight at
which the order turns, by how often an option is first in draws that anybody can repeat, by the
mean of a column, by the end of a scale that is drawn from the bills, and by its place among others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost
from selector.analysis.robustness import Robustness
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.derived import stack_of
from selector.analysis.weights import FROM_DATA
from selector.domain import words as plain
from selector.domain.criterion import CostMeasure, Criterion, LayerMeasure
from selector.domain.decision import Requirement
from selector.domain.outcome import Excluded
from selector.domain.problem import UsageError
from selector.report import words

KEPT_IN_HOUSE = "kept in confidence"
UNTOLD = (
    "How sure it is and what would change it are left out, for they would tell what is "
    f"{KEPT_IN_HOUSE}"
)
_HARMLESS = ("local-scale", "no-workload")


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
    """The notices on a whole stack in plain words, without those on how bills stand to scales."""
    leaves = [leaf for layer in composed.layers for leaf in layer.analysis.leaves]
    costs = {leaf.id for leaf in leaves if is_cost(leaf)}
    kept = [n for n in composed.notices if n.criterion not in costs or n.code in _HARMLESS]
    return list(dict.fromkeys(notice.text for notice in kept))


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
    """The notices in plain words, without those on how bills stand to their scale.

    Where several have not yet proved the same, one line names them all.
    """
    costs = {leaf.id for leaf in analysis.leaves if is_cost(leaf)} if hidden else set()
    called = words.labels(analysis.decision)
    same: dict[tuple[str, ...], list[str]] = {}
    for row in analysis.ranking:
        same.setdefault(row.unproven_requirements, []).append(called[row.alternative].short)
    asked = {row.alternative: row.unproven_requirements for row in analysis.ranking}
    told = []
    for notice in analysis.notices:
        if notice.criterion in costs and notice.code not in _HARMLESS:
            continue
        wanted = asked.get(notice.alternative, ()) if notice.code == "unproven" else ()
        who = same[wanted] if wanted else []
        both = f"{plain.listed(who)} stay, but do not yet prove: {plain.listed(list(wanted))}."
        told.append(both if len(who) > 1 else notice.text)
    return list(dict.fromkeys(told))


def knock_outs(analysis: Analysis, hidden: frozenset[str]) -> Iterable[Excluded]:
    """What each alternative fails; of a hidden bill not by how much."""
    costs = {leaf.id for leaf in analysis.leaves if is_cost(leaf)}
    asked = analysis.decision.requirements
    for row in analysis.excluded:
        is_secret = row.alternative in hidden and _asks(asked[row.requirement_index], costs)
        yield row._replace(reason=f"What it costs is {KEPT_IN_HOUSE}") if is_secret else row


def _asks(requirement: Requirement, criteria: set[str]) -> bool:
    return requirement.criterion in criteria or any(
        _asks(part, criteria) for part in requirement.any_of
    )
