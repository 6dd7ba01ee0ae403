"""What the methods of the literature are fed, whether they weigh or rank.

A criterion with a value function enters as its value, to be maximised; one without as its raw
performance with its objective; what is unknown at the middle of its scale.
"""

import numpy as np
from numpy.typing import NDArray

from selector.domain.criterion import Criterion
from selector.measure.table import Measured
from selector.measure.valuation import ColumnScale

Array = NDArray[np.float64]


def fed_matrix(
    leaves: tuple[Criterion, ...], measured: Measured
) -> tuple[Array, NDArray[np.bool_]]:
    """The matrix (alternatives, leaves) of the ranked alternatives, and where more is better."""
    matrix = measured.values.central.copy()
    is_max = np.ones(len(leaves), dtype=np.bool_)
    for column, leaf in enumerate(leaves):
        raw = raw_column(measured, leaf, column)
        if raw is not None:
            matrix[:, column] = raw
            is_max[column] = leaf.direction == "max"
    return matrix, is_max


def raw_column(measured: Measured, leaf: Criterion, column: int) -> Array | None:
    """The raw performances (alternatives,) of a leaf; None where it enters as its value."""
    if leaf.scale is not None:
        return None
    scale = measured.scales[leaf.id]
    found = []
    for row, cells in enumerate(measured.table.cells):
        cell = cells[column]
        if cell.central is not None and cell.high is not None:
            found.append(cell.central)
        elif scale.is_flat:
            return None
        else:
            value = float(measured.values.central[row, column])
            found.append(_performance(scale, value))
    return np.array(found, dtype=np.float64)


def _performance(scale: ColumnScale, value: float) -> float:
    """The performance that a straight or evenly stepped scale gives this value."""
    if not scale.levels:
        return scale.worst + value * (scale.best - scale.worst)
    first, last = scale.levels[0], scale.levels[-1]
    steps = len(scale.levels) - 1
    return 0.0 if first == last else (value - first) / (last - first) * steps
