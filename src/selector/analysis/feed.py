"""What the methods of the literature are fed, whether they weigh or rank.

A criterion with a value function enters as its value, to be maximised; one without as its raw
performance with its objective; what is unknown at the middle of its scale.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from selector.domain.criterion import Criterion
from selector.domain.performance import Cell
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
        cells = [row[column] for row in measured.table.cells]
        raw = raw_column(leaf, measured.scales[leaf.id], cells, matrix[:, column])
        if raw is not None:
            matrix[:, column] = raw
            is_max[column] = leaf.direction == "max"
    return matrix, is_max


def feed_of_values(leaves: tuple[Criterion, ...], measured: Measured) -> tuple[Array, Array]:
    """What a value is where the methods are fed: `offset` plus `slope` times it, each (leaves,)."""
    offset, slope = np.zeros(len(leaves)), np.ones(len(leaves))
    values = measured.values.central
    for column, leaf in enumerate(leaves):
        scale = measured.scales[leaf.id]
        cells = [row[column] for row in measured.table.cells]
        if not scale.is_flat and raw_column(leaf, scale, cells, values[:, column]) is not None:
            offset[column] = _performance(scale, 0.0)
            slope[column] = _performance(scale, 1.0) - offset[column]
    return offset, slope


def raw_column(
    leaf: Criterion, scale: ColumnScale, cells: Sequence[Cell], values: Array
) -> Array | None:
    """The raw performances (alternatives,) of a leaf; None where it enters as its value."""
    if leaf.scale is not None:
        return None
    found = []
    for cell, value in zip(cells, values.tolist(), strict=True):
        if cell.central is not None and cell.high is not None:
            found.append(cell.central)
        elif scale.is_flat:
            return None
        else:
            found.append(_performance(scale, value))
    return np.array(found, dtype=np.float64)


def _performance(scale: ColumnScale, value: float) -> float:
    """The performance that a straight or evenly stepped scale gives this value."""
    if not scale.levels:
        return scale.worst + value * (scale.best - scale.worst)
    first, last = scale.levels[0], scale.levels[-1]
    steps = len(scale.levels) - 1
    return 0.0 if first == last else (value - first) / (last - first) * steps
