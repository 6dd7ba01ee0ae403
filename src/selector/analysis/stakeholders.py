"""The same decision by each stakeholder's weights, and by the weights of all together."""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from selector.domain import words
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.outcome import Notice, Ranked
from selector.domain.problem import UsageError
from selector.mcda.group import distances, kendalls_w, pooled_weights

if TYPE_CHECKING:
    from selector.analysis.core import Analysis

_SHOWN = 3  # the criteria named that divide two stakeholders most


class View(NamedTuple):
    """Weights of the leaves with the ranking they make. `influence` is None for the aggregate."""

    weights: Mapping[str, float]
    groups: Mapping[str, float]
    ranking: tuple[Ranked, ...]
    influence: float | None = None


class Divide(NamedTuple):
    """A criterion on which two stakeholders differ, with the weight that each gives it."""

    criterion: str
    weights: Mapping[str, float]
    difference: float


class Difference(NamedTuple):
    """How far two stakeholders' leaf weights are apart (L1, 0 to 2), and mostly on what."""

    between: tuple[str, str]
    distance: float
    criteria: tuple[Divide, ...]
    same_winner: bool


class Stakeholders(NamedTuple):
    """Each stakeholder's view, the aggregate's, and how far they agree.

    `aggregate` is by the mean of leaf weights, `geometric` by their geometric mean (None where
    that leaves no weight). `kendall_w` is None for fewer than two rankings or alternatives.
    """

    views: Mapping[str, View]
    aggregate: View | None
    geometric: View | None
    kendall_w: float | None
    differences: tuple[Difference, ...]
    notices: tuple[Notice, ...]


def stakeholders_of(analysis: "Analysis") -> Stakeholders:
    """The views of all stakeholders of a decision.

    Raises UsageError where stakeholders are named but none has any influence, or where points of
    one leave siblings without any weight.
    """
    people = analysis.decision.stakeholders
    if not people:
        return Stakeholders({}, None, None, None, (), ())
    leaves = [leaf.id for leaf in analysis.leaves]
    views: dict[str, View] = {}
    for person in people:
        own = analysis.with_weights(person.weights)
        views[person.name] = _view(own, person.influence)
    table = np.array([[view.weights[leaf] for leaf in leaves] for view in views.values()])
    influence = np.array([person.influence for person in people], dtype=np.float64)
    if influence.sum() <= 0:
        raise UsageError("stakeholders: nobody has any influence; give at least one more than 0")
    together = _pooled(analysis, pooled_weights(table, influence).tolist(), leaves)
    try:
        geometric = _pooled(
            analysis, pooled_weights(table, influence, "geometric").tolist(), leaves
        )
    except UsageError:
        geometric = None
    ranks = [
        [{row.alternative: row.rank for row in view.ranking}[a.id] for a in analysis.alternatives]
        for view in views.values()
    ]
    w = kendalls_w(ranks) if analysis.alternatives else None
    differences = _differences(views, table, leaves)
    return Stakeholders(views, together, geometric, w, differences, _notices(analysis, together))


def notices_of(analysis: "Analysis") -> tuple[Notice, ...]:
    """What the ranking must say of the stakeholders: that together they would choose another."""
    if sum(person.influence for person in analysis.decision.stakeholders) <= 0:
        return ()
    return stakeholders_of(analysis).notices


def _view(analysis: "Analysis", influence: float | None) -> View:
    return View(analysis.weights, analysis.group_weights, tuple(analysis.ranking), influence)


def _pooled(analysis: "Analysis", weights: list[float], leaves: list[str]) -> View:
    by_leaf = dict(zip(leaves, weights, strict=True))
    return _view(analysis.with_shares(shares_from(analysis.decision.criteria, by_leaf)), None)


def shares_from(criteria: CriteriaSet, weights: Mapping[str, float]) -> dict[str, float]:
    """The share of each node among its siblings that gives the leaves these global weights."""

    def whole(node: Criterion) -> float:
        return sum(weights[leaf.id] for leaf in node.leaves())

    shares: dict[str, float] = {}
    for _, siblings in criteria.siblings():
        parts = {node.id: whole(node) for node in siblings}
        total = sum(parts.values())
        # A group without weight: how its children share nothing is of no account.
        shares |= {n: part / total if total > 0 else 1 / len(parts) for n, part in parts.items()}
    return shares


def _differences(
    views: Mapping[str, View], table: np.ndarray, leaves: list[str]
) -> tuple[Difference, ...]:
    apart = distances(table)
    found = []
    for (i, one), (j, other) in combinations(enumerate(views), 2):
        gaps = np.abs(table[i] - table[j])
        most = [k for k in np.argsort(-gaps, kind="stable")[:_SHOWN].tolist() if gaps[k] > 1e-12]
        divides = tuple(
            Divide(leaves[k], {one: float(table[i, k]), other: float(table[j, k])}, float(gaps[k]))
            for k in most
        )
        same = _winners(views[one].ranking) == _winners(views[other].ranking)
        found.append(Difference((one, other), float(apart[i, j]), divides, same))
    return tuple(sorted(found, key=lambda difference: -difference.distance))


def _winners(ranking: tuple[Ranked, ...]) -> set[str]:
    return {row.alternative for row in ranking if row.rank == 1}


def _notices(analysis: "Analysis", together: View) -> tuple[Notice, ...]:
    own, theirs = _winners(tuple(analysis.ranking)), _winners(together.ranking)
    if own == theirs:
        return ()
    names = {a.id: a.name for a in analysis.alternatives}
    called = [words.listed([names[a] for a in names if a in group]) for group in (theirs, own)]
    text = (
        f"By the weights of all stakeholders together {called[0]} would be first; the ranking "
        f"uses the decision's own weights, by which {called[1]} is."
    )
    return (Notice("stakeholders-differ", text),)
