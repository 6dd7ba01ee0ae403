"""TOPSIS: how close to the ideal and how far from the worst (Hwang and Yoon 1981).

v(a, j) = w(j) x(a, j) / sqrt(sum over b of x(b, j)^2), the vector normalisation. D+ and D- are the
Euclidean distances to the best and to the worst v of each column, and C = D- / (D+ + D-).

Source: Hwang and Yoon, Multiple Attribute Decision Making, Springer 1981,
doi 10.1007/978-3-642-48318-9. Where all alternatives are alike C is 0.5.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Drawn, Method, Result, ranked
from selector.mcda.methods._scaling import TIE, by_vector, spread

Array = NDArray[np.float64]

METHOD = Method(
    id="topsis",
    name="TOPSIS, closeness to the ideal",
    source="Hwang and Yoon 1981, doi 10.1007/978-3-642-48318-9",
    best="highest",
    score="closeness C, from 0 (the worst of all) to 1 (the best of all)",
    scaling="vector",
    compensation="full",
)


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Closeness (alternatives,), with the distances `d_plus` and `d_minus`."""
    oriented = _normalised(matrix) * objectives * weights
    d_plus = np.sqrt(((oriented - oriented.max(axis=0)) ** 2).sum(axis=1))
    d_minus = np.sqrt(((oriented - oriented.min(axis=0)) ** 2).sum(axis=1))
    scores = _closeness(d_plus, d_minus)
    return Result(scores, ranked(scores), {"d_plus": d_plus, "d_minus": d_minus})


def over_samples(matrix: Array, drawn: Drawn, objectives: Array, weights: Array) -> Array:
    """Closeness (alternatives, samples) for `weights` (criteria, samples).

    The squared distances are sums over columns of squared weight times squared difference, so that
    the columns that do not vary are one matrix product.
    """
    squared = weights**2
    oriented = _normalised(matrix) * objectives
    above = (oriented - oriented.max(axis=0)) ** 2
    below = (oriented - oriented.min(axis=0)) ** 2
    varying = list(drawn)
    above[:, varying] = below[:, varying] = 0.0
    d_plus, d_minus = above @ squared, below @ squared
    for column, figures in drawn.items():
        own = _normalised(figures) * objectives[column]
        d_plus += (own - own.max(axis=0)) ** 2 * squared[column]
        d_minus += (own - own.min(axis=0)) ** 2 * squared[column]
    return _closeness(np.sqrt(d_plus), np.sqrt(d_minus))


def _normalised(matrix: Array) -> Array:
    return np.where(spread(matrix) > 0, by_vector(matrix), 0.0)


def _closeness(d_plus: Array, d_minus: Array) -> Array:
    both = d_plus + d_minus
    return np.divide(d_minus, both, out=np.full_like(both, 0.5), where=both > TIE)
