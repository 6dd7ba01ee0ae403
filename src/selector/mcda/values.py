"""Value functions: performances to values, 0 worst and 1 best (Keeney and Raiffa 1976, ch. 3).

All take and return arrays of any shape. Orientation to "more is better" happens here, once.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Points = Sequence[tuple[float, float]]


def linear_value(performance: Array, worst: float, best: float, clamp: bool = True) -> Array:
    """The value on the straight line from `worst` (0) to `best` (1).

    `worst` may be above `best`: then less is better. With `clamp` values stay within 0 and 1.
    """
    value = (performance - worst) / (best - worst)
    return np.clip(value, 0.0, 1.0) if clamp else value


def piecewise_value(performance: Array, points: Points) -> Array:
    """The value on straight pieces through `points` (x rising); flat beyond the first and last."""
    xs, vs = zip(*points, strict=True)
    return np.asarray(np.interp(performance, xs, vs), dtype=np.float64)


def piecewise_extremes(low: float, high: float, points: Points) -> tuple[float, float]:
    """The lowest and highest value over the interval of performances [low, high].

    A piece-wise linear function takes its extremes at the interval's ends or at a bend within.
    """
    ends = piecewise_value(np.array([low, high]), points)
    within = [value for x, value in points if low < x < high]
    return min(*ends.tolist(), *within), max(*ends.tolist(), *within)


def even_levels(count: int, goal: str = "max") -> Array:
    """Values of `count` levels named worst first (best first for goal `min`), evenly spaced."""
    values = np.linspace(0.0, 1.0, count)
    return values if goal == "max" else values[::-1].copy()
