"""How the load is spread over the hours: what instances that come and go are paid for."""

import numpy as np

from selector.cost.load import Array

_COUNTED = 512  # instances that are counted one by one; beyond, Euler and Maclaurin's sum


def mean_instances(mean: Array, peak_to_mean: Array, least: Array) -> Array:
    """The mean number of instances over the hours of service.

    The load-duration curve is L(t) = p·t^(p−1) for t from 0 (quietest) to 1 (busiest): its mean
    is 1 and its peak p. At t as many run as L(t) × `mean` needs, rounded up, but `least` at the
    least; `mean` is the mean load in instances. The k-th instance runs for the share of time
    1 − (k / (p·mean))^(1/(p−1)) in which more than k are needed.
    """
    mean, p, least = np.broadcast_arrays(mean, peak_to_mean, least)
    peak = mean * p
    needed = np.ceil(peak - 1e-9)
    with np.errstate(divide="ignore"):
        exponent = np.where(p > 1, 1 / np.maximum(p - 1, 1e-12), np.inf)
    running = np.maximum(least, 0).astype(np.float64)
    counted = np.minimum(needed, _COUNTED)
    first, last = int(running.min(initial=0)), int(counted.max(initial=0))
    for k in range(first, last):
        counts = (k >= least) & (k < needed)
        running = running + np.where(counts, 1 - _quiet(k, peak, exponent), 0)
    beyond = needed > _COUNTED
    if beyond.any():
        a = np.maximum(_COUNTED, least)
        running = running + np.where(
            beyond, np.maximum(0, needed - a) - _sum_quiet(a, needed, peak, exponent), 0
        )
    return np.maximum(running, least)


def _quiet(k: Array | float, peak: Array, exponent: Array) -> Array:
    """The share of time in which no more than k instances are needed."""
    share = np.minimum(1, k / np.maximum(peak, 1e-300))
    with np.errstate(under="ignore"):
        quiet: Array = np.where(share >= 1, 1, np.where(np.isinf(exponent), 0, share**exponent))
    return quiet


def _sum_quiet(start: Array, end: Array, peak: Array, exponent: Array) -> Array:
    """The sum of `_quiet` for k from start to end − 1, to the second term of Euler–Maclaurin."""
    e = np.where(np.isinf(exponent), 0, exponent)
    last = np.maximum(end - 1, start)

    def area(k: Array) -> Array:
        below: Array = k / (e + 1) * _quiet(k, peak, exponent)
        return below

    def slope(k: Array) -> Array:
        return e / np.maximum(k, 1) * _quiet(k, peak, exponent)

    ends = (_quiet(start, peak, exponent) + _quiet(last, peak, exponent)) / 2
    total: Array = area(last) - area(start) + ends + (slope(last) - slope(start)) / 12
    return np.where(end > start, total, 0)
