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
FLAT = 1e-12


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


def nearest_flip(values: Array, weights: Array, winner: int) -> WeightFlip | None:
    """The smallest change of weights after which `winner` is no longer alone first.

    `values` (alternatives, criteria), `weights` (criteria,) that sum to 1. None where no rival is
    anywhere better than the winner.
    """
    leads = values - values[winner]
    best = leads.max(axis=1)
    can_win = best > FLAT
    can_win[winner] = False
    if not can_win.any():
        return None
    rivals = np.flatnonzero(can_win)
    leads = leads[rivals]
    order = np.argsort(leads, axis=1, kind="stable")
    gains = best[rivals, None] - np.take_along_axis(leads, order, axis=1)
    movable = weights[order]
    gained = np.cumsum(movable * gains, axis=1)
    missing = np.maximum(0.0, -np.einsum("rc,c->r", leads, weights))
    # The criterion whose weight moves in part: the first at which enough is gained.
    part = np.minimum((gained < missing[:, None]).sum(axis=1), len(weights) - 1)
    here = np.arange(len(rivals))
    before = np.cumsum(movable, axis=1)[here, part] - movable[here, part]
    short = missing - (gained[here, part] - movable[here, part] * gains[here, part])
    gain = gains[here, part]
    last = np.divide(short, gain, out=np.zeros_like(short), where=gain > 0)
    moved = before + np.maximum(0.0, last)
    nearest = int(np.argmin(moved))
    changed = weights.copy()
    taken = order[nearest, : part[nearest]]
    changed[taken] = 0.0
    changed[order[nearest, part[nearest]]] -= max(0.0, float(last[nearest]))
    changed[int(np.argmax(leads[nearest]))] += float(moved[nearest])
    return WeightFlip(
        int(rivals[nearest]), np.maximum(changed, 0.0), 2 * max(0.0, float(moved[nearest]))
    )


def smallest_change(values: Array, weights: Array, winner: int, row: int) -> WeightFlip | None:
    """The smallest change of weights after which `row` is first, alone or level.

    By linear program over what each weight gains and loses. None where no weights put `row`
    before the winner and no other before `row`.
    """
    from scipy.optimize import linprog  # a third of a second, and only for those who ask

    others = np.delete(values - values[row], row, axis=0)  # each must come to 0 or less
    count = len(weights)
    # Can it be first at all, and not merely level because all the weight is where all are equal?
    ahead = values[winner] - values[row]
    ever = linprog(ahead, A_ub=others, b_ub=np.zeros(len(others)), A_eq=np.ones((1, count)), b_eq=1)
    if ever.status != 0 or ever.fun >= -1e-9:
        return None
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
    values: Array, weights: Array, winner: int, lowest: Array, highest: Array
) -> list[ValueFlip]:
    """For each cell whose change alone takes the lead from `winner`: the value it would need.

    A value of the winner falls until the next is level with it, or one of a rival rises until it
    is level with the winner; `lowest` and `highest` (criteria,) are the values there can be. The
    smallest change comes first.
    """
    scores = np.einsum("ac,c->a", values, weights)
    rivals = [row for row in range(len(values)) if row != winner]
    found = []
    for row in range(len(values)) if rivals else ():
        second = max(rivals, key=lambda r: float(scores[r]))
        other = second if row == winner else winner
        gap = max(0.0, float(scores[winner] - scores[second if row == winner else row]))
        sign = -1.0 if row == winner else 1.0
        for column in np.flatnonzero(weights > FLAT).tolist():
            change = sign * gap / float(weights[column])
            value = float(values[row, column]) + change
            if lowest[column] - FLAT <= value <= highest[column] + FLAT:
                becomes = other if row == winner else row
                found.append(ValueFlip(row, column, value, change, becomes))
    return sorted(found, key=lambda flip: abs(flip.change))
