"""COPRAS: benefits as they are, costs in inverse proportion (Zavadskas and Kaklauskas 1996).

d(a, j) = w(j) x(a, j) / sum over b of x(b, j); S+ sums the columns where more is better, S- the
others. Q(a) = S+(a) + sum over b of S-(b) / (S-(a) sum over b of 1 / S-(b)), and the utility is
100 Q / max Q. Without a column where less is better Q is S+.

Source: Zavadskas, Kaklauskas, Peldschus and Turskis 2007, Baltic Journal of Road and Bridge
Engineering 2 (4), 195-203. Takes no negative numbers, and no zeros where less is better.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Flags, Method, Result, negative, ranked
from selector.mcda.methods._scaling import by_sum

Array = NDArray[np.float64]

METHOD = Method(
    id="copras",
    name="COPRAS, proportional assessment",
    source="Zavadskas and others 2007, Baltic Journal of Road and Bridge Engineering 2 (4)",
    best="highest",
    score="the utility in per cent of the best alternative's",
    scaling="sum",
    compensation="full",
)


def unfit(matrix: Array, objectives: Array) -> tuple[str, tuple[int, ...]]:
    """Shares of a sum mean nothing with negative numbers."""
    return negative(matrix)


def zeros(matrix: Array, objectives: Array) -> Flags:
    """Columns with zeros, less is better, if an alternative has nothing else there; empty ones."""
    is_less, is_zero = objectives < 0, matrix == 0
    has_nothing = is_less.any() and is_zero[:, is_less].all(axis=1).any()
    return np.asarray(is_zero.all(axis=0) | (is_zero.any(axis=0) & is_less & has_nothing))


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Utilities in per cent (alternatives,), with `q`, `s_plus` and `s_minus`."""
    shares = by_sum(matrix) * weights
    s_plus = shares[:, objectives > 0].sum(axis=1)
    s_minus = shares[:, objectives < 0].sum(axis=1)
    q = s_plus
    if (objectives < 0).any():
        q = s_plus + s_minus.sum() / (s_minus * (1 / s_minus).sum())
    scores = 100 * q / q.max()
    return Result(scores, ranked(scores), {"q": q, "s_plus": s_plus, "s_minus": s_minus})
