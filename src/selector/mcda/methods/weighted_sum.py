"""The additive value model (Fishburn 1967; Keeney and Raiffa 1976), which people can follow.

score(a) = sum over j of w(j) v(a, j). It takes values, more is better, whatever their scale; a
performance without a value function is scaled to one first.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods import _scaling
from selector.mcda.methods._contract import Method, Result, ranked

Array = NDArray[np.float64]
TIE = _scaling.TIE

METHOD = Method(
    id="weighted_sum",
    name="Weighted sum of values",
    source="Fishburn 1967, Management Science 13 (7), doi 10.1287/mnsc.13.7.435",
    best="highest",
    score="the sum of weight times value",
    scaling="none",
    compensation="full",
)


def weighted_sum(values: Array, weights: Array) -> Array:
    """Scores (..., alternatives): the sum over criteria of weight times value.

    `values` (..., alternatives, criteria), more is better; `weights` (criteria,) that sum to 1.
    Each row is summed on its own (by einsum, not BLAS, whose blocking can differ by a row's
    place), so that permuting alternatives permutes scores to the last digit.
    """
    return np.asarray(np.einsum("...c,c->...", values, weights), dtype=np.float64)


def ranks_of(scores: Array) -> NDArray[np.int64]:
    """Ranks (alternatives,), 1 best; scores within 1e-12 share the lower number."""
    return ranked(scores)


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Scores and ranks of values; a column where less is better counts with its sign turned."""
    scores = weighted_sum(matrix * objectives, weights)
    return Result(scores, ranked(scores))
