"""What the ways to weigh from data share: their checks, and which columns count."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ROUNDING = 1e-12


class ColumnError(ValueError):
    """Data from which a method cannot weigh: why, and in which columns (none: in all of them)."""

    def __init__(self, why: str, columns: Iterable[int] = ()) -> None:
        self.why = why
        self.columns = tuple(columns)
        super().__init__(why)


def checked(matrix: Array) -> Array:
    """The matrix (alternatives, criteria) as floats, with at least two rows and only numbers."""
    table = np.asarray(matrix, dtype=np.float64)
    if len(table) < 2:
        raise ColumnError(f"needs at least two alternatives, and there is {len(table) or 'none'}")
    if not np.isfinite(table).all():
        raise ColumnError("needs a number everywhere", np.flatnonzero(~np.isfinite(table).all(0)))
    return table


def varied_columns(table: Array, least: float = ROUNDING) -> NDArray[np.intp]:
    """The columns that tell alternatives apart, by more than `least` of their size.

    Raises ColumnError where there is none.
    """
    spread = table.max(axis=0) - table.min(axis=0)
    found = np.flatnonzero(spread > least * np.abs(table).max(axis=0))
    if not found.size:
        raise ColumnError("finds nothing that tells the alternatives apart")
    return found


def placed(weights: Array, columns: NDArray[np.intp], count: int) -> Array:
    """Weights of some columns among all `count`; the others have none.

    Raises ColumnError where they are no numbers.
    """
    if not np.isfinite(weights).all():
        raise ColumnError("leaves the range of numbers a computer has")
    whole = np.zeros(count)
    whole[columns] = weights
    return whole
