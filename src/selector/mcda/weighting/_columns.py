"""What the ways to weigh from data share: their checks, and shares of an amount for each column."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


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


def is_constant(table: Array) -> NDArray[np.bool_]:
    """Which columns (criteria,) tell no alternatives apart, but for rounding."""
    spread = table.max(axis=0) - table.min(axis=0)
    return np.asarray(spread <= 1e-12 * np.abs(table).max(axis=0))


def shares(amounts: Array) -> Array:
    """Amounts (criteria,) as weights of sum 1; those that are only rounding count as 0."""
    kept = np.where(amounts > 1e-15, amounts, 0.0)
    if kept.sum() <= 0:
        raise ColumnError("finds nothing that tells the alternatives apart")
    return np.asarray(kept / kept.sum())
