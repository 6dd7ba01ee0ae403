"""Clusters of opinion: who weighs alike, and on what a cluster stands apart.

Average linkage on the members' distances (Sokal and Michener 1958), cut where the mean silhouette
is highest (Rousseeuw 1987, "Silhouettes: a graphical aid to the interpretation and validation of
cluster analysis", Journal of Computational and Applied Mathematics 20, 53-65,
doi 10.1016/0377-0427(87)90125-7). Fewer clusters win a tie.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

REASONABLE = 0.5
"""The mean silhouette from which a structure is called reasonable: Kaufman and Rousseeuw 1990,
"Finding Groups in Data", doi 10.1002/9780470316801, table 4 of chapter 2. Below, all are one."""

ALIKE = 0.1
"""Weights that differ by no more than this in all (L1: 5 points of 100 moved) count as alike. A
judgement: points given by people are seldom surer than that."""

MOST = 20
"""The most clusters that are tried. A judgement: more camps than these nobody can talk with, and
the cost of a cut grows with its clusters."""


class Clusters(NamedTuple):
    """The cluster of each member (members,), numbered from 0 by their first member.

    `silhouette` is the mean over the members, None where all are one cluster.
    """

    labels: NDArray[np.int64]
    silhouette: float | None


def clusters_of(distances: ArrayLike, alike: float = ALIKE, most: int = MOST) -> Clusters:
    """Clusters of members by their `distances` (members, members), symmetric, 0 to themselves.

    All are one cluster where there are fewer than three, where none are farther apart than
    `alike`, or where no cut into at most `most` has a mean silhouette of `REASONABLE`.
    """
    apart = np.asarray(distances, dtype=np.float64)
    count = len(apart)
    best = Clusters(np.zeros(count, dtype=np.int64), None)
    if count < 3 or apart.max() <= alike:
        return best
    # Slow to import, and only groups need it.
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(apart, checks=False), method="average")
    for wanted in range(2, min(count, most + 1)):
        labels = _numbered(fcluster(tree, wanted, criterion="maxclust"))
        if labels.max() + 1 != wanted:  # ties in the tree: there is no cut into so many
            continue
        mean = float(silhouettes(apart, labels).mean())
        if mean >= REASONABLE and (best.silhouette is None or mean > best.silhouette + 1e-12):
            best = Clusters(labels, mean)
    return best


def silhouettes(distances: Array, labels: NDArray[np.int64]) -> Array:
    """How well each member (members,) lies in its cluster, -1 to 1; 0 for one alone.

    (b - a) / max(a, b), a the mean distance to the others of its own cluster, b that to the
    members of the nearest other one. Needs two clusters or more.
    """
    belongs = labels[:, None] == np.arange(labels.max() + 1)[None, :]
    sizes = belongs.sum(axis=0)
    sums = distances @ belongs
    own_size = sizes[labels]
    own = sums[belongs] / np.maximum(own_size - 1, 1)
    nearest = np.where(belongs, np.inf, sums / sizes).min(axis=1)
    larger = np.maximum(own, nearest)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.where(larger > 0, (nearest - own) / larger, 0.0)
    return np.where(own_size > 1, found, 0.0)


def set_apart(weights: ArrayLike, labels: NDArray[np.int64]) -> Array:
    """How much more each cluster weighs each criterion than the other members (clusters, criteria).

    Means over the members' `weights` (members, criteria); zeros where there is one cluster.
    """
    table = np.asarray(weights, dtype=np.float64)
    gaps = np.zeros((int(labels.max()) + 1, table.shape[1]))
    for cluster in range(len(gaps)):
        belongs = labels == cluster
        if not belongs.all():
            gaps[cluster] = table[belongs].mean(axis=0) - table[~belongs].mean(axis=0)
    return gaps


def _numbered(labels: NDArray[np.int_]) -> NDArray[np.int64]:
    """The same clusters, numbered from 0 in the order of their first members."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)
