"""The same decision by each stakeholder's weights, and by the weights of all together."""

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from selector.analysis.opinions import Cluster, Matter, Minority, clusters, matters, minority
from selector.analysis.settled import moved
from selector.domain import words
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.outcome import Notice, Ranked
from selector.domain.problem import UsageError
from selector.mcda.group import distances, kendalls_w, pooled_weights
from selector.mcda.methods._contract import method, ranked

if TYPE_CHECKING:
    from selector.analysis.core import Analysis

Mean = Literal["arithmetic", "geometric"]
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


class Pooled(NamedTuple):
    """An alternative by the mean of the scores that people's weights give it."""

    alternative: str
    name: str
    rank: int
    score: float


class Stakeholders(NamedTuple):
    """Each stakeholder's view, the aggregate's, and how far they agree.

    `aggregate` is by the mean of leaf weights, `geometric` by their geometric mean (None where
    that leaves no weight), `by_scores` by the mean of scores, which for the weighted sum is the
    aggregate once more (None for a method without scores). `kendall_w` is None for fewer than two
    rankings or alternatives. Of `clusters` there is one where no camps stand out; `silhouette` is
    None then. `matters` is by leaf and group.
    """

    views: Mapping[str, View]
    aggregate: View | None
    geometric: View | None
    kendall_w: float | None
    differences: tuple[Difference, ...]
    by_scores: tuple[Pooled, ...] | None
    clusters: tuple[Cluster, ...]
    silhouette: float | None
    minority: tuple[Minority, ...]
    matters: Mapping[str, Matter]
    notices: tuple[Notice, ...]


class _Group(NamedTuple):
    """The analysis by each one's weights, their leaf weights (people, leaves) and influence."""

    each: Mapping[str, "Analysis"]
    table: np.ndarray
    influence: np.ndarray

    def together(self, analysis: "Analysis", mean: Mean) -> "Analysis":
        """The analysis by the mean of their weights."""
        weights = pooled_weights(self.table, self.influence, mean).tolist()
        by_leaf = dict(zip(analysis.weights, weights, strict=True))
        return analysis.with_shares(shares_from(analysis.decision.criteria, by_leaf))


def _group(analysis: "Analysis") -> _Group:
    people = analysis.decision.stakeholders
    # What somebody says nothing of is as in the file: weights set for this answer are not theirs.
    filed = analysis.with_shares(analysis.filed_shares)
    each = {person.name: filed.with_weights(person.weights) for person in people}
    table = np.stack([own.leaf_weights for own in each.values()])
    return _Group(each, table, np.array([person.influence for person in people], dtype=np.float64))


def stakeholders_of(analysis: "Analysis") -> Stakeholders:
    """The views of all stakeholders of a decision.

    Raises UsageError where stakeholders are named but none has any influence, or where points of
    one leave siblings without any weight.
    """
    if not analysis.decision.stakeholders:
        return Stakeholders({}, None, None, None, (), None, (), None, (), {}, ())
    group = _group(analysis)
    if group.influence.sum() <= 0:
        raise UsageError("stakeholders: nobody has any influence; give at least one more than 0")
    leaves = list(analysis.weights)
    pairs = zip(group.each.items(), group.influence.tolist(), strict=True)
    views = {name: _view(own, influence) for (name, own), influence in pairs}
    pooled = group.together(analysis, "arithmetic")
    together = _view(pooled, None)
    try:
        geometric = _view(group.together(analysis, "geometric"), None)
    except UsageError:
        geometric = None
    ranks = [
        [{row.alternative: row.rank for row in view.ranking}[a.id] for a in analysis.alternatives]
        for view in views.values()
    ]
    firsts = [sorted(_winners(view.ranking)) for view in views.values()]
    camps, silhouette = clusters(list(views), group.table, leaves, firsts)
    rankings = {name: (view.influence or 0.0, view.ranking) for name, view in views.items()}
    counting = [group.each[name].shares for name, (influence, _) in rankings.items() if influence]
    return Stakeholders(
        views,
        together,
        geometric,
        kendalls_w(ranks) if analysis.alternatives else None,
        _differences(views, group.table, leaves),
        _by_scores(analysis, views),
        camps,
        silhouette,
        minority(rankings, together.ranking, analysis.decision.method == "weighted_sum"),
        matters(counting, pooled.stability),
        _notices(analysis, together),
    )


def notices_of(analysis: "Analysis") -> tuple[Notice, ...]:
    """What the ranking must say of the stakeholders: that together they would choose another."""
    group = _group(analysis)
    if group.influence.sum() <= 0:
        return ()
    return _notices(analysis, _view(group.together(analysis, "arithmetic"), None))


def _view(analysis: "Analysis", influence: float | None) -> View:
    return View(analysis.weights, analysis.group_weights, tuple(analysis.ranking), influence)


def _by_scores(analysis: "Analysis", views: Mapping[str, View]) -> tuple[Pooled, ...] | None:
    """The ranking by the mean of people's scores, by influence; None without scores."""
    entry = method(analysis.decision.method)
    if entry.best == "none":
        return None
    influence = np.array([view.influence for view in views.values()], dtype=float)
    found = [{row.alternative: row.score for row in view.ranking} for view in views.values()]
    table = np.array([[own[a.id] for a in analysis.alternatives] for own in found], dtype=float)
    scores = influence / influence.sum() @ table
    rows = [
        Pooled(a.id, a.name, rank, score)
        for a, rank, score in zip(
            analysis.alternatives, ranked(scores, entry.best).tolist(), scores.tolist(), strict=True
        )
    ]
    return tuple(sorted(rows, key=lambda row: row.rank))


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
    whose = "weights set for this answer" if moved(analysis) else "the decision's own weights"
    text = (
        f"By the weights of all stakeholders together {called[0]} would be first; the ranking "
        f"uses {whose}, by which {called[1]} is."
    )
    return (Notice("stakeholders-differ", text),)
