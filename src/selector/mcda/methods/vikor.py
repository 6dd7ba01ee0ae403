"""VIKOR: a compromise between the benefit of the many and the regret of the one (Opricovic 1998).

r(a, j) = w(j) (best(j) - x(a, j)) / (best(j) - worst(j)); S(a) is their sum, R(a) the largest.
Q(a) = v (S - S*) / (S- - S*) + (1 - v) (R - R*) / (R- - R*), * the lowest and - the highest.

The first by Q is the compromise if it leads by 1 / (alternatives - 1) at least (acceptable
advantage) and is also first by S or by R (acceptable stability). Without stability the second by Q
joins it; without the advantage all that are nearer than that to the first.

Source: Opricovic and Tzeng 2004, European Journal of Operational Research 156 (2), 445-455,
doi 10.1016/S0377-2217(03)00020-1. A column without differences causes no regret; where S or R do
not differ, that part of Q is 0.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Drawn, Method, Parameter, Result, ranked
from selector.mcda.methods._scaling import TIE, by_range, spread

Array = NDArray[np.float64]

METHOD = Method(
    id="vikor",
    name="VIKOR, the compromise",
    source="Opricovic and Tzeng 2004, doi 10.1016/S0377-2217(03)00020-1",
    best="lowest",
    score="Q, from 0 (the best of all) to 1; smaller is better",
    scaling="range",
    compensation="part",
    parameters={"v": Parameter(0.5, 0, 1, "what the benefit of the many counts against regret")},
)


def _from_lowest(figures: Array) -> Array:
    """From 0 (lowest) to 1 (highest) along the first axis; 0 where there are no differences."""
    above = figures - figures.min(axis=0)
    width = np.broadcast_to(above.max(axis=0), above.shape)
    return np.asarray(np.divide(above, width, out=np.zeros_like(above), where=width > TIE))


def _shortfalls(matrix: Array, objectives: Array) -> Array:
    """How far each figure is from its column's best, from 0 to 1."""
    return np.where(spread(matrix) > 0, 1 - by_range(matrix, objectives), 0.0)


def evaluate(matrix: Array, objectives: Array, weights: Array, v: float = 0.5) -> Result:
    """Q (alternatives,), smaller is better, with S, R, both conditions and the compromise."""
    regrets = _shortfalls(matrix, objectives) * weights
    s, r = regrets.sum(axis=1), regrets.max(axis=1)
    q = v * _from_lowest(s) + (1 - v) * _from_lowest(r)
    ranks = ranked(q, "lowest")
    first = ranks == 1
    is_near = q - q.min() < 1 / max(1, len(q) - 1) - TIE
    has_advantage = bool((is_near <= first).all())
    is_best = (s <= s.min() + TIE) | (r <= r.min() + TIE)
    is_stable = bool(is_best[first].all())
    if not has_advantage:
        compromise = is_near | first
    elif is_stable:
        compromise = first
    else:
        compromise = first | (ranks == ranks[~first].min())
    order = np.argsort(q, kind="stable")
    return Result(
        q,
        ranks,
        {
            "s": s,
            "r": r,
            "compromise": tuple(int(row) for row in order if compromise[row]),
            "acceptable_advantage": has_advantage,
            "acceptable_stability": is_stable,
        },
    )


def over_samples(
    matrix: Array, drawn: Drawn, objectives: Array, weights: Array, v: float = 0.5
) -> Array:
    """Q (alternatives, samples), smaller is better, for `weights` (criteria, samples)."""
    fixed = _shortfalls(matrix, objectives)
    s = np.zeros((len(matrix), weights.shape[1]))
    r = np.zeros_like(s)
    for column, weight in enumerate(weights):
        if column in drawn:
            regrets = _shortfalls(drawn[column], objectives[column]) * weight
        else:
            regrets = fixed[:, column, None] * weight
        s += regrets
        np.maximum(r, regrets, out=r)
    return np.asarray(v * _from_lowest(s) + (1 - v) * _from_lowest(r))
