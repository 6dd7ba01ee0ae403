"""Ways to make columns in different units comparable; each method says which it uses.

All take `matrix` (alternatives, criteria) and return an array of the same shape. A column without
differences is recognised to 1e-12 of its size, so that rounding is never taken for a difference.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TIE = 1e-12


def spread(matrix: Array) -> Array:
    """Highest minus lowest of each column; exactly 0 where they differ by rounding alone."""
    width = matrix.max(axis=0) - matrix.min(axis=0)
    return np.where(width <= TIE * np.abs(matrix).max(axis=0), 0.0, width)


def _over(parts: Array, wholes: Array) -> Array:
    """Quotients; 0 where the whole is 0."""
    quotients = np.zeros_like(parts)
    np.divide(parts, wholes, out=quotients, where=wholes != 0)
    return quotients


def by_vector(matrix: Array) -> Array:
    """Each column over its Euclidean length; a column of zeros stays zero."""
    unit = _over(matrix, np.broadcast_to(np.abs(matrix).max(axis=0), matrix.shape))
    return _over(unit, np.broadcast_to(np.sqrt((unit**2).sum(axis=0)), matrix.shape))


def by_sum(matrix: Array) -> Array:
    """Each column over the sum of its magnitudes; a column of zeros stays zero."""
    unit = _over(matrix, np.broadcast_to(np.abs(matrix).max(axis=0), matrix.shape))
    return _over(unit, np.broadcast_to(np.abs(unit).sum(axis=0), matrix.shape))


def by_best(matrix: Array, objectives: Array) -> Array:
    """Each column against its best: x / max where more is better, min / x where less is."""
    normalised: Array = np.where(
        objectives > 0, matrix / matrix.max(axis=0), matrix.min(axis=0) / matrix
    )
    return normalised


def by_range(matrix: Array, objectives: Array) -> Array:
    """Each column from its worst (0) to its best (1); a column without differences is 0."""
    width = np.broadcast_to(spread(matrix), matrix.shape)
    above = np.where(objectives > 0, matrix - matrix.min(axis=0), matrix.max(axis=0) - matrix)
    return _over(above, width)
