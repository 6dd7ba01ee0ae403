"""MARCOS: utility against the best and the worst at hand (Stević and others 2020).

n(a, j) = x / best where more is better, best / x where less is; S(a) = sum over j of w(j) n(a, j).
K- = S / S(worst of all), K+ = S / S(best of all); f(K-) = K+ / (K+ + K-), f(K+) = K- / (K+ + K-);
f(K) = (K+ + K-) / (1 + (1 - f(K+)) / f(K+) + (1 - f(K-)) / f(K-)).

Source: Stević, Pamučar, Puška and Chatterjee 2020, Computers and Industrial Engineering 140,
106231, doi 10.1016/j.cie.2019.106231. Takes no negative numbers, and zeros only where nothing is
divided by them. Ours, because that of scikit-criteria 0.10 writes to standard output, where results
go, each time it is asked.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Flags, Method, Result, negative, ranked
from selector.mcda.methods._scaling import by_best

Array = NDArray[np.float64]

METHOD = Method(
    id="marcos",
    name="MARCOS, utility against best and worst",
    source="Stević and others 2020, doi 10.1016/j.cie.2019.106231",
    best="highest",
    score="the utility f(K)",
    scaling="best",
    compensation="full",
)


def unfit(matrix: Array, objectives: Array) -> tuple[str, tuple[int, ...]]:
    """Ratios to the best mean nothing with negative numbers."""
    return negative(matrix)


def zeros(matrix: Array, objectives: Array) -> Flags:
    """Columns that would be divided by zero, and all with a zero if the worst sums to nothing."""
    is_zero = matrix == 0
    divides = np.where(objectives > 0, is_zero.all(axis=0), is_zero.any(axis=0))
    worst_is_nothing = (is_zero.any(axis=0) & (objectives > 0)).all()
    return np.asarray(divides | (is_zero.any(axis=0) & worst_is_nothing))


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Utilities f(K) (alternatives,), with `k_minus`, `k_plus` and `f` once more."""
    totals = (by_best(matrix, objectives) * weights).sum(axis=1)
    lows, highs = matrix.min(axis=0), matrix.max(axis=0)
    worst = float((lows / highs * weights).sum())
    k_minus, k_plus = totals / worst, totals / weights.sum()
    f_minus, f_plus = k_plus / (k_plus + k_minus), k_minus / (k_plus + k_minus)
    f = (k_plus + k_minus) / (1 + (1 - f_plus) / f_plus + (1 - f_minus) / f_minus)
    return Result(f, ranked(f), {"f": f, "k_minus": k_minus, "k_plus": k_plus})
