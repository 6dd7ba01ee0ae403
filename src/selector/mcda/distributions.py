"""Distributions of a performance: their mean and the stretch that holds 95 of 100 draws."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_TAIL = 0.025


def summary(kind: str, parameters: Sequence[float]) -> tuple[float, float, float]:
    """(low, central, high): the 2.5 % point, the mean and the 97.5 % point.

    `normal` takes mean and standard deviation, `lognormal` those of the logarithm, `beta` its two
    shapes, `triangular` low, mode and high. Low and high are widened to hold the mean, which a
    skewed distribution can have outside.
    """
    if kind == "normal":
        mean, sd = parameters
        low, high = mean - sd * _Z, mean + sd * _Z
    elif kind == "lognormal":
        mu, sigma = parameters
        mean = math.exp(mu + sigma * sigma / 2)
        low, high = math.exp(mu - sigma * _Z), math.exp(mu + sigma * _Z)
    elif kind == "beta":
        from scipy.special import betaincinv  # 0.3 s to import, and beta is rare

        a, b = parameters
        mean = a / (a + b)
        low, high = float(betaincinv(a, b, _TAIL)), float(betaincinv(a, b, 1 - _TAIL))
    elif kind == "triangular":
        left, mode, right = parameters
        mean = (left + mode + right) / 3
        low, high = (_triangular_point(p, left, mode, right) for p in (_TAIL, 1 - _TAIL))
    else:
        raise ValueError(f"there is no distribution {kind!r}")
    return min(low, mean), mean, max(high, mean)


_Z = 1.959963984540054  # the 97.5 % point of the standard normal distribution


def _triangular_point(p: float, left: float, mode: float, right: float) -> float:
    if right == left:
        return left
    if p <= (mode - left) / (right - left):
        return left + math.sqrt(p * (right - left) * (mode - left))
    return right - math.sqrt((1 - p) * (right - left) * (right - mode))


def quantile(kind: str, parameters: Sequence[float], chances: Array) -> Array:
    """The performances at these chances from 0 to 1: `summary`'s distributions, and `even`.

    `even` takes low and high. Chances of exactly 0 and 1 count as very nearly so.
    """
    inside = np.clip(chances, 1e-9, 1 - 1e-9)
    if kind == "even":
        low, high = parameters
        return low + chances * (high - low)
    if kind == "triangular":
        left, mode, right = parameters
        width = right - left
        if width == 0:
            return np.full_like(chances, left)
        rising = left + np.sqrt(chances * width * (mode - left))
        falling = right - np.sqrt((1 - chances) * width * (right - mode))
        return np.where(chances <= (mode - left) / width, rising, falling)
    from scipy.special import betaincinv, ndtri  # loaded only where such a performance is drawn

    if kind == "normal":
        mean, sd = parameters
        return np.asarray(mean + sd * ndtri(inside), dtype=np.float64)
    if kind == "lognormal":
        mu, sigma = parameters
        return np.asarray(np.exp(mu + sigma * ndtri(inside)), dtype=np.float64)
    if kind == "beta":
        a, b = parameters
        return np.asarray(betaincinv(a, b, inside), dtype=np.float64)
    raise ValueError(f"there is no distribution {kind!r}")
