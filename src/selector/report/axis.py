"""The axis on which scores stand as dots, their lines spanning what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor


def tens(ends: Iterable[tuple[float | None, float | None]]) -> tuple[int, int]:
    """Return where an axis begins and ends, in points of 100: tens around all that could be.

    `ends` are the least and the highest of each score, 0 to 1; None counts as 0. ValueError
    without any.
    """
    lows, highs = zip(
        *((100 * (low or 0.0), 100 * (high or 0.0)) for low, high in ends), strict=True
    )
    start, end = 10 * floor(min(lows) / 10), 10 * ceil(max(highs) / 10)
    return (start, end) if end > start else (start - 10, end + 10)
