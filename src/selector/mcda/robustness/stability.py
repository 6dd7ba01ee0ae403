"""The stretch of one weight on which the winner stays first, in closed form.

One node's share moves from 0 to 1 while its siblings keep their proportions and its parent its
weight, as a slider does. Under the weighted sum each score is then a straight line in that share,
so each rival takes over at most once, where two lines cross (Mareschal 1988, "Weight stability
intervals in multicriteria decision aid", doi 10.1016/0377-2217(88)90254-8).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FLAT = 1e-12


class Interval(NamedTuple):
    """The stretch [low, high] of the share, and the rows that take over past its ends (or None)."""

    low: float
    high: float
    below: int | None
    above: int | None


class Lines(NamedTuple):
    """Scores as lines in one share t, from `at_zero` to `at_one`: (alternatives,), or one row of
    them for each node."""

    at_zero: Array
    at_one: Array


def lines_of(outside: Array, parent_weight: float, own: Array, rest: Array) -> Lines:
    """Scores as the share of a node moves.

    `outside` (alternatives,) is the score from beyond the node's parent, `own` the value of what
    lies under the node, `rest` that of its siblings in their proportions (all zero shares: equal).
    """
    return Lines(outside + parent_weight * rest, outside + parent_weight * own)


def rest_shares(shares: Array) -> Array:
    """How the others divide what one leaves (siblings, siblings), a row for each that moves.

    `shares` (siblings,) sum to 1. Others without any share divide it equally.
    """
    count = len(shares)
    apart = 1.0 - np.eye(count)
    table = apart * shares
    sums = table.sum(axis=1, keepdims=True)
    return np.where(sums > 0, table / np.where(sums > 0, sums, 1.0), apart / max(1, count - 1))


def stable_intervals(lines: Lines, shares: Array, winner: int) -> list[Interval]:
    """For each node the stretch of its share, around where it stands, where `winner` leads.

    `lines` (nodes, alternatives), `shares` (nodes,).
    """
    at_zero = lines.at_zero[:, winner, None] - lines.at_zero
    at_one = lines.at_one[:, winner, None] - lines.at_one
    slope = at_one - at_zero
    is_rival = np.abs(slope) > FLAT
    is_rival[:, winner] = False
    crossing = np.divide(-at_zero, slope, out=np.zeros_like(slope), where=is_rival)
    from_below = is_rival & (slope > 0) & (at_zero < -FLAT) & (crossing > 0)
    from_above = is_rival & (slope < 0) & (at_one < -FLAT) & (crossing < 1)
    lows = np.where(from_below, crossing, 0.0)
    highs = np.where(from_above, crossing, 1.0)
    below, above = lows.argmax(axis=1).tolist(), highs.argmin(axis=1).tolist()
    has_below, has_above = np.any(from_below, axis=1), np.any(from_above, axis=1)
    low = np.minimum(lows.max(axis=1), shares).tolist()
    high = np.maximum(highs.min(axis=1), shares).tolist()
    return [
        Interval(
            low[node] if has_below[node] else 0.0,
            high[node] if has_above[node] else 1.0,
            below[node] if has_below[node] else None,
            above[node] if has_above[node] else None,
        )
        for node in range(len(shares))
    ]


def stable_interval(lines: Lines, share: float, winner: int) -> Interval:
    """The same for one node, with lines (alternatives,)."""
    one = Lines(lines.at_zero[None], lines.at_one[None])
    return stable_intervals(one, np.array([share]), winner)[0]
