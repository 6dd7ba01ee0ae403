"""The additive value model (Fishburn 1967; Keeney and Raiffa 1976), which people can follow."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
TIE = 1e-12


def weighted_sum(values: Array, weights: Array) -> Array:
    """Scores (alternatives,): the sum over criteria of weight times value.

    `values` (alternatives, criteria), more is better; `weights` (criteria,) that sum to 1.
    Each row is summed on its own (by einsum, not BLAS, whose blocking can differ by a row's
    place), so that permuting alternatives permutes scores to the last digit.
    """
    return np.asarray(np.einsum("ac,c->a", values, weights), dtype=np.float64)


def ranks_of(scores: Array) -> NDArray[np.int64]:
    """Ranks (alternatives,), 1 best; scores within 1e-12 share the lower number."""
    order = np.argsort(-scores, kind="stable")
    ranks = np.empty(len(scores), dtype=np.int64)
    for place, row in enumerate(order):
        before = order[place - 1]
        is_tie = place > 0 and scores[before] - scores[row] <= TIE
        ranks[row] = ranks[before] if is_tie else place + 1
    return ranks
