"""The stretch of one weight on which the winner stays first, in closed form.

One node's share moves from 0 to 1 while its siblings keep their proportions and its parent its
weight, as a slider does. Under the weighted sum each score is then a straight line in that share,
so each rival takes over at most once, where two lines cross (Mareschal 1988).
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
    """Scores as lines in one share t, from `at_zero` to `at_one`, each (alternatives,)."""

    at_zero: Array
    at_one: Array


def lines_of(outside: Array, parent_weight: float, own: Array, rest: Array) -> Lines:
    """Scores as the share of a node moves.

    `outside` (alternatives,) is the score from beyond the node's parent, `own` the value of what
    lies under the node, `rest` that of its siblings in their proportions (all zero shares: equal).
    """
    return Lines(outside + parent_weight * rest, outside + parent_weight * own)


def stable_interval(lines: Lines, share: float, winner: int) -> Interval:
    """The stretch of the share, around where it stands, on which `winner` is not beaten."""
    low, high = 0.0, 1.0
    below: int | None = None
    above: int | None = None
    lead_at_zero = lines.at_zero[winner] - lines.at_zero
    lead_at_one = lines.at_one[winner] - lines.at_one
    slope = lead_at_one - lead_at_zero
    for rival in range(len(lead_at_zero)):
        if rival == winner or abs(slope[rival]) <= FLAT:
            continue
        crossing = float(-lead_at_zero[rival] / slope[rival])
        if slope[rival] > 0 and lead_at_zero[rival] < -FLAT and crossing > low:
            low, below = min(crossing, share), rival
        elif slope[rival] < 0 and lead_at_one[rival] < -FLAT and crossing < high:
            high, above = max(crossing, share), rival
    return Interval(low, high, below, above)
