"""How stakeholders part: camps of opinion, the minority, and which disagreements matter."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from selector.domain.outcome import Ranked, Stability
from selector.mcda.clusters import clusters_of, set_apart
from selector.mcda.group import distances

_SHOWN = 3  # the criteria named on which a camp stands apart
_LEAST = 0.005  # half a point of 100: a smaller difference is not worth a word


class Apart(NamedTuple):
    """A criterion on which a camp stands apart: its mean weight and that of the others."""

    criterion: str
    weight: float
    others: float


class Cluster(NamedTuple):
    """A camp of opinion: who weighs alike, on which leaves they stand apart, what they put first.

    `weights` are the means of its members' leaf weights. `winners` are all that some member puts
    first.
    """

    members: tuple[str, ...]
    weights: Mapping[str, float]
    apart: tuple[Apart, ...]
    winners: tuple[str, ...]


class Minority(NamedTuple):
    """Somebody who would choose another than all together, and what they lose by the choice.

    `loss` is how far, by their own weights, the choice of all is behind theirs, in score; None for
    other methods than the weighted sum, whose scores differ in kind.
    """

    stakeholder: str
    influence: float
    winner: str
    chosen: str
    loss: float | None


class Matter(NamedTuple):
    """How far apart stakeholders weigh a leaf or group, against where that changes the winner.

    All are shares among siblings: `low` and `high` the least and most that anybody with influence
    gives, `stable_low` and `stable_high` the stability interval at the weights of all together,
    past whose ends `below` and `above` take over. The disagreement `matters` where somebody is
    past an end.
    """

    low: float
    high: float
    stable_low: float
    stable_high: float
    below: str | None
    above: str | None
    matters: bool


def clusters(
    names: Sequence[str],
    weights: np.ndarray,
    leaves: Sequence[str],
    firsts: Sequence[Sequence[str]],
) -> tuple[tuple[Cluster, ...], float | None]:
    """The camps among stakeholders by their `weights` (stakeholders, leaves), and the silhouette.

    `firsts` are the alternatives that each puts first. There is one camp, without a silhouette,
    where none stand out.
    """
    found = clusters_of(distances(weights))
    gaps = set_apart(weights, found.labels)
    camps = []
    for number, gap in enumerate(gaps):
        rows = np.flatnonzero(found.labels == number).tolist()
        mean = weights[rows].mean(axis=0)
        order = np.argsort(-np.abs(gap), kind="stable")[:_SHOWN].tolist()
        most = [k for k in order if abs(gap[k]) > _LEAST]
        camps.append(
            Cluster(
                tuple(names[row] for row in rows),
                dict(zip(leaves, mean.tolist(), strict=True)),
                tuple(Apart(leaves[k], float(mean[k]), float(mean[k] - gap[k])) for k in most),
                tuple(dict.fromkeys(first for row in rows for first in firsts[row])),
            )
        )
    return tuple(camps), found.silhouette


def minority(
    views: Mapping[str, tuple[float, Sequence[Ranked]]], together: Sequence[Ranked], is_sum: bool
) -> tuple[Minority, ...]:
    """Those whose first is not among the first of all `together`; who loses most comes first.

    `views` are each one's influence and ranking; `is_sum` says that the scores are those of the
    weighted sum.
    """
    chosen = {row.alternative for row in together if row.rank == 1}
    found = []
    for name, (influence, ranking) in views.items():
        first = [row for row in ranking if row.rank == 1]
        if not first or chosen & {row.alternative for row in first}:
            continue
        best = next(row for row in ranking if row.alternative in chosen)
        loss = None
        if is_sum and first[0].score is not None and best.score is not None:
            loss = first[0].score - best.score
        found.append(Minority(name, influence, first[0].alternative, best.alternative, loss))
    return tuple(sorted(found, key=lambda one: -(one.loss or 0.0)))


def matters(
    shares: Sequence[Mapping[str, float]], stability: Mapping[str, Stability]
) -> dict[str, Matter]:
    """Which disagreements matter, by leaf and group with siblings.

    `shares` are those of each stakeholder with influence, `stability` that of all together. One
    weight is moved alone, the others as all together have them.
    """
    found = {}
    for name, stretch in stability.items():
        given = [own[name] for own in shares]
        low, high = min(given), max(given)
        matter = low < stretch.low - 1e-12 or high > stretch.high + 1e-12
        ends = stretch.low, stretch.high, stretch.below, stretch.above
        found[name] = Matter(low, high, *ends, matter)
    return found
