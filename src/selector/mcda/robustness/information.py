"""What finding out one thing is worth: the chance that it changes the choice, and what is at stake.

One value is drawn, all others stay where they count now. Where the winner then would be another,
who had not looked would have lost the difference of the two scores. The mean of that loss over all
draws is the expected value of perfect information on this one value (Raiffa and Schlaifer 1961;
Howard 1966, doi 10.1109/TSSC.1966.300074), in points of a score from 0 to 1.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TIE = 1e-12


class Worth(NamedTuple):
    """The share of draws in which the winner changes, and the mean loss if nobody looks."""

    chance: float
    expected_loss: float


def worth_of_knowing(scores: Array, rows: int | Sequence[int], moved: Array, winner: int) -> Worth:
    """What knowing one value is worth, of one alternative or of all `rows` that share it.

    `scores` (alternatives,) as they stand; `moved` (draws,) is what each draw adds to those of
    `rows`, its weight times how far the value lies from where it counts now.
    """
    mine = np.atleast_1d(rows)
    others = np.delete(scores, mine)
    if not len(others):
        return Worth(0.0, 0.0)
    if winner in mine:
        loss = float(others.max()) - (scores[winner] + moved)
    else:
        loss = float(scores[mine].max()) + moved - float(scores[winner])
    changes = loss > TIE
    return Worth(float(changes.mean()), float(np.where(changes, loss, 0.0).mean()))


def even_chances(count: int) -> Array:
    """Chances (count,) from 0 to 1, each in the middle of its equal stretch."""
    return (np.arange(count) + 0.5) / count
