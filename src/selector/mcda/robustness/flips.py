"""The smallest change of weights, or of one value, after which another alternative is first.

The change of weights is measured in L1: the sum of what each of them moves, all still summing to
1 and none below 0. Towards one rival alone it has a closed form, for each unit of weight gains
most when it goes from the criterion where the rival is worst against the winner to that where it
is best (a continuous knapsack, Dantzig 1957, doi 10.1287/opre.5.2.266). The nearest rival found
so is also the first to take over, so the nearest flip needs nothing more. The smallest change that
puts one given alternative before all others does need more, for a third may pass both on the way:
that is a linear program.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rows = NDArray[np.int64]
FLAT = 1e-12
_NEXT_TO_NOTHING = 1e-150  # so that one may divide by it


class WeightFlip(NamedTuple):
    """Weights (criteria,) at which the alternative `row` is level with the first, and how far."""

    row: int
    weights: Array
    distance: float


class ValueFlip(NamedTuple):
    """The value of one cell at which the winner is caught up, and by which row."""

    row: int
    column: int
    value: float
    change: float
    becomes: int


class Rivals(NamedTuple):
    """What the nearest flip needs of the values, whatever the weights, once for each winner.

    `leads` (alternatives, criteria) of the winner over each alternative; `best` (alternatives,) is
    the criterion that speaks most for it, and `most` how far it is ahead there; `barred` is 0, or
    infinite where that is nothing; `order` has its criteria from the one that speaks most against
    it, and `gain` what it is brought by a unit of weight that goes from there to the best.
    `earlier` (criteria, criteria) adds up what is before.
    """

    leads: Array
    best: Rows
    most: Array
    barred: Array
    order: Rows
    gain: Array
    earlier: Array


def rivals_of(values: Array, winner: int) -> Rivals:
    """The rivals of one row of `values` (alternatives, criteria)."""
    leads = values[winner] - values
    order = np.argsort(-leads, axis=1, kind="stable")
    most = -leads.min(axis=1)
    gain = most[:, None] + np.take_along_axis(leads, order, axis=1)
    earlier = np.triu(np.ones((leads.shape[1], leads.shape[1])), 1)
    best = leads.argmin(axis=1)
    barred = np.where(most > FLAT, 0.0, np.inf)
    return Rivals(leads, best, most, barred, order, np.maximum(gain, _NEXT_TO_NOTHING), earlier)


def nearest_flip(rivals: Rivals, weights: Array) -> WeightFlip | None:
    """The smallest change of weights (criteria,) after which the winner is no longer alone first.

    The weights sum to 1. None where no rival is anywhere better than the winner.
    """
    movable = weights[rivals.order]
    gained = movable * rivals.gain
    missing = gained.sum(axis=1) - rivals.most
    # What is gained is concave in the weight moved, made of one straight piece for each criterion:
    # enough is gained where the last of these pieces, each drawn out, reaches what is missing.
    before = movable @ rivals.earlier
    pieces = before + (missing[:, None] - gained @ rivals.earlier) / rivals.gain
    moved = pieces.max(axis=1) + rivals.barred
    nearest = int(moved.argmin())
    distance = max(0.0, float(moved[nearest]))
    if distance == np.inf:
        return None
    changed = weights.copy()
    taken = np.minimum(np.maximum(distance - before[nearest], 0.0), movable[nearest])
    changed[rivals.order[nearest]] -= taken
    changed[rivals.best[nearest]] += distance
    return WeightFlip(nearest, changed, 2 * distance)


def can_lead(values: Array, winner: int, row: int) -> bool:
    """Whether any weights put `row` before the winner, and no other before `row`.

    And not merely level, because all the weight is where all are equal. By linear program.
    """
    from scipy.optimize import linprog  # a third of a second, and only for those who ask

    others, ahead = _others(values, row), values[winner] - values[row]
    even = np.ones((1, len(ahead)))
    ever = linprog(ahead, A_ub=others, b_ub=np.zeros(len(others)), A_eq=even, b_eq=1)
    return ever.status == 0 and bool(ever.fun < -1e-9)


def _others(values: Array, row: int) -> Array:
    """What each other has before `row`: under its weights each comes to 0 or less."""
    return np.delete(values - values[row], row, axis=0)


def smallest_change(
    values: Array, weights: Array, winner: int, row: int, is_able: bool | None = None
) -> WeightFlip | None:
    """The smallest change of weights after which `row` is first, alone or level.

    By linear program over what each weight gains and loses. None where it cannot lead, whatever
    the weights; `is_able` says whether it can, where that is known.
    """
    from scipy.optimize import linprog

    if not (can_lead(values, winner, row) if is_able is None else is_able):
        return None
    others, count = _others(values, row), len(weights)
    found = linprog(
        np.ones(2 * count),
        A_ub=np.hstack([others, -others]),
        b_ub=-np.einsum("rc,c->r", others, weights),
        A_eq=np.hstack([np.ones((1, count)), -np.ones((1, count))]),
        b_eq=0,
        bounds=[(0, None)] * count + [(0, weight) for weight in weights.tolist()],
    )
    if found.status != 0:
        return None
    changed = np.maximum(weights + found.x[:count] - found.x[count:], 0.0)
    return WeightFlip(row, changed, float(np.abs(changed - weights).sum()))


def value_flips(
    values: Array,
    weights: Array,
    winner: int,
    lowest: Array,
    highest: Array,
    same: NDArray[np.int64] | None = None,
) -> list[ValueFlip]:
    """For each cell whose change alone takes the lead from `winner`: the value it would need.

    A value of the winner falls until the next is level with it, or one of a rival rises until it
    is level with the winner; `lowest` and `highest` (criteria,) are the values there can be. The
    smallest change comes first. Cells of a column with the same number in `same` (alternatives,
    criteria) change together, and are told once, of the best of them.
    """
    scores = np.einsum("ac,c->a", values, weights)
    best_first = np.argsort(-scores, kind="stable").tolist()
    best_first = [winner, *(row for row in best_first if row != winner)]
    found = []
    for column in np.flatnonzero(weights > FLAT).tolist():
        label = (np.arange(len(values)) if same is None else same[:, column]).tolist()
        first_of: dict[int, int] = {}
        for row in best_first:
            first_of.setdefault(label[row], row)
        ahead = list(first_of.values())  # the best of each fact, the winner first
        for row in ahead if len(ahead) > 1 else ():
            other = ahead[1] if row == winner else winner
            gap = max(0.0, float(scores[winner] - scores[ahead[1] if row == winner else row]))
            sign = -1.0 if row == winner else 1.0
            change = sign * gap / float(weights[column])
            value = float(values[row, column]) + change
            if lowest[column] - FLAT <= value <= highest[column] + FLAT:
                becomes = other if row == winner else row
                found.append(ValueFlip(row, column, value, change, becomes))
    return sorted(found, key=lambda flip: (abs(flip.change), flip.row, flip.column))
