"""Several people's weights and rankings: how far they agree, and what they make together.

Kendall's W: Kendall and Babington Smith 1939, "The problem of m rankings", Annals of Mathematical
Statistics 10 (3), 275-287, doi 10.1214/aoms/1177732186; with ties as in Kendall 1948, "Rank
Correlation Methods". Weights are put together by the weighted mean (as by linear pooling, Stone
1961) or the weighted geometric mean (Aczel and Saaty 1983, doi 10.1016/0022-2496(83)90028-7).
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selector.domain.problem import UsageError

Array = NDArray[np.float64]


def middle_ranks(ranks: Array) -> Array:
    """Ranks (items,) in which equal ones share the middle of their places, as W needs them."""
    _, inverse, counts = np.unique(ranks, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=np.float64)


def kendalls_w(ranks: ArrayLike) -> float | None:
    """Kendall's coefficient of concordance, 0 (no agreement) to 1 (the same ranking from all).

    `ranks` (judges, items), 1 best; equal ranks may share any number, such as 1, 1, 3 or 1.5, 1.5,
    3. With S the sum of squares of the items' rank sums about their mean, m judges, n items and T
    the sum of t^3 - t over each judge's groups of t equal ranks,

        W = 12 S / (m^2 (n^3 - n) - m T)

    None for fewer than two judges or items, or where every judge holds all items equal. Raises
    UsageError where `ranks` is no such table of numbers.

    >>> kendalls_w([[1, 2, 3], [1, 2, 3], [2, 1, 3]])
    0.7777777777777778
    """
    given = np.asarray(ranks, dtype=np.float64)
    if given.ndim != 2 or not np.isfinite(given).all():
        raise UsageError("ranks: give numbers of shape (judges, items)")
    judges, items = given.shape
    if judges < 2 or items < 2:
        return None
    table = np.stack([middle_ranks(row) for row in given])
    sums = table.sum(axis=0)
    squares = float(((sums - sums.mean()) ** 2).sum())
    ties = 0.0
    for row in table:
        sizes = np.unique(row, return_counts=True)[1].astype(np.float64)
        ties += float((sizes**3 - sizes).sum())
    whole = judges**2 * (items**3 - items) - judges * ties
    return None if whole <= 0 else min(1.0, 12 * squares / whole)


def pooled_weights(
    weights: ArrayLike,
    influence: ArrayLike,
    mean: Literal["arithmetic", "geometric"] = "arithmetic",
) -> Array:
    """The group's weights (criteria,) from each member's (members, criteria), by influence.

    With the geometric mean a criterion that anybody with influence gives nothing gets nothing.
    Raises UsageError where nobody has influence, or the geometric mean leaves no weight at all.
    """
    table = np.asarray(weights, dtype=np.float64)
    shares = np.asarray(influence, dtype=np.float64)
    if shares.sum() <= 0 or (shares < 0).any():
        raise UsageError("influence: give at least one member more than 0, and none less")
    shares = shares / shares.sum()
    if mean == "arithmetic":
        pooled = np.einsum("m,mc->c", shares, table)
    else:
        counted = shares > 0
        with np.errstate(divide="ignore"):
            logs = np.log(table[counted])
        pooled = np.exp(np.einsum("m,mc->c", shares[counted], logs))
    if pooled.sum() <= 0:
        raise UsageError("the geometric mean leaves no weight: everything is 0 to somebody")
    return np.asarray(pooled / pooled.sum(), dtype=np.float64)


def distances(weights: ArrayLike) -> Array:
    """How far each two members' weights are apart (members, members): the sum of differences."""
    table = np.asarray(weights, dtype=np.float64)
    apart = np.empty((len(table), len(table)))
    for member, own in enumerate(table):  # row by row: all at once is too large for a thousand
        apart[member] = np.abs(table - own).sum(axis=1)
    return apart
