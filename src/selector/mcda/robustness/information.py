"""What finding out one thing is worth: the chance that it changes the choice, and what is at stake.

One value is drawn, all others stay where they count now. Where the winner then would be another,
who had not looked would have lost the difference of the two scores. The mean of that loss over all
draws is the expected value of perfect information on this one value (Raiffa and Schlaifer 1961;
Howard 1966, doi 10.1109/TSSC.1966.300074), in points of a score from 0 to 1.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TIE = 1e-12


class Worth(NamedTuple):
    """The share of draws in which the winner changes, and the mean loss if nobody looks."""

    chance: float
    expected_loss: float


def worth_of_knowing(scores: Array, row: int, moved: Array, winner: int) -> Worth:
    """What knowing one value of the alternative `row` is worth.

    `scores` (alternatives,) as they stand; `moved` (draws,) is what each draw adds to that of
    `row`, its weight times how far the value lies from where it counts now.
    """
    if len(scores) < 2:
        return Worth(0.0, 0.0)
    if row == winner:
        others = float(np.delete(scores, row).max())
        loss = others - (scores[row] + moved)
    else:
        loss = scores[row] + moved - float(scores[winner])
    changes = loss > TIE
    return Worth(float(changes.mean()), float(np.where(changes, loss, 0.0).mean()))


def even_chances(count: int) -> Array:
    """Chances (count,) from 0 to 1, each in the middle of its equal stretch."""
    return (np.arange(count) + 0.5) / count
