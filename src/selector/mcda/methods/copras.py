"""COPRAS: benefits as they are, costs in inverse proportion (Zavadskas and Kaklauskas 1996).

d(a, j) = w(j) x(a, j) / sum over b of x(b, j); S+ sums the columns where more is better, S- the
others. Q(a) = S+(a) + sum over b of S-(b) / (S-(a) sum over b of 1 / S-(b)), and the utility is
100 Q / max Q. Without a column where less is better Q is S+.

Source: Zavadskas, Kaklauskas, Peldschus and Turskis 2007, Baltic Journal of Road and Bridge
Engineering 2 (4), 195-203. Takes no negative numbers, and no zeros where less is better.
By scikit-criteria on columns over their sums, but where all are to be maximised, which it refuses.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import aggregated
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
    shares = by_sum(matrix)
    if (objectives > 0).all():
        s_plus = (shares * weights).sum(axis=1)
        scores = 100 * s_plus / s_plus.max()
        details = {"q": s_plus, "s_plus": s_plus, "s_minus": np.zeros_like(s_plus)}
        return Result(scores, ranked(scores), details)
    from skcriteria.agg.copras import COPRAS

    found = aggregated(COPRAS(), shares, objectives, weights)
    scores = found["score"]
    details = {"q": found["significances"], "s_plus": found["S_max"], "s_minus": found["S_min"]}
    return Result(scores, ranked(scores), details)
