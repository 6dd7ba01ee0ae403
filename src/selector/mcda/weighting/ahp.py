"""AHP: weights from comparing every pair of criteria (the analytic hierarchy process).

The judgements fill a matrix A with a_ij = how many times as important i is as j and a_ji = 1/a_ij.
The weights are its principal eigenvector, A w = lambda_max w, with sum 1. The judgements hold
together to the degree that lambda_max is near n:

    index = (lambda_max - n) / (n - 1),   ratio = index / random index of n,   at most 0.10

Variant: the eigenvector of the whole matrix by numpy, no approximation by column or geometric
means. Random indices: Saaty 1980, for n = 3 to 15; other tables (0.52 for n = 3, say) give other
ratios for the same judgements. Nothing is normalised beforehand.

Source: Saaty, T. L., The Analytic Hierarchy Process, McGraw-Hill, New York, 1980. Which judgement
to revisit: Saaty, T. L., Decision-making with the AHP: Why is the principal eigenvector necessary,
European Journal of Operational Research 145 (1), 2003, 85-91, doi:10.1016/S0377-2217(02)00227-8.
"""

from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Judgement = tuple[int, int, float]

RANDOM_INDEX = dict(
    enumerate(
        (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59), start=3
    )
)
"""The mean index of matrices filled at random, by number of criteria (Saaty 1980)."""

ACCEPTABLE = 0.10
"""Up to this ratio judgements hold together well enough (Saaty 1980)."""

SCALE = (*(1 / n for n in range(9, 1, -1)), *map(float, range(1, 10)))
"""The judgements of Saaty's scale: 1/9 to 9."""


class Compared(NamedTuple):
    """Weights (criteria,) of sum 1 with the figures of their consistency.

    `ratio` is None where there are more criteria than random indices.
    """

    weights: Array
    lambda_max: float
    consistency_index: float
    ratio: float | None


def comparison_matrix(count: int, judgements: Iterable[Judgement]) -> Array:
    """The reciprocal matrix (criteria, criteria) of judgements (i, j, times as important)."""
    matrix = np.ones((count, count))
    for first, second, times in judgements:
        matrix[first, second], matrix[second, first] = times, 1 / times
    return matrix


def eigenvector_weights(matrix: Array) -> Compared:
    """Weights and consistency of a reciprocal matrix of positive numbers (criteria, criteria).

    Raises ValueError where the matrix is not square, positive and reciprocal.
    """
    count = len(matrix)
    is_square = matrix.shape == (count, count) and count > 0
    if not is_square or np.any(matrix <= 0) or not np.allclose(matrix * matrix.T, 1):
        raise ValueError("comparisons make a square matrix of positive numbers with a_ji = 1/a_ij")
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    largest = float(values[place].real)
    index = (largest - count) / (count - 1) if count > 2 else 0.0
    index = 0.0 if index < 1e-12 else index  # the eigenvalue of consistent judgements is rounded
    ratio = index / RANDOM_INDEX[count] if count in RANDOM_INDEX else (0.0 if count < 3 else None)
    return Compared(vector / vector.sum(), largest, index, ratio)


def to_revisit(
    judgements: Sequence[Judgement], weights: Array, most: int = 3
) -> list[tuple[int, float, float]]:
    """The judgements most at odds with the weights that all of them make together.

    A judgement a_ij is at odds by the factor a_ij w_j / w_i, or one over that. Returns, worst
    first, (place in `judgements`, what Saaty's scale has nearest to w_i / w_j, the factor); those
    that already say what is nearest are left out.
    """
    found = []
    for place, (first, second, times) in enumerate(judgements):
        if weights[first] <= 0 or weights[second] <= 0:
            continue
        wanted = float(weights[first] / weights[second])
        suggested = min(SCALE, key=lambda step: abs(log(step / wanted)))
        gap = abs(log(times / wanted))
        if abs(log(suggested / times)) > 1e-9 and gap > 1e-9:
            found.append((place, suggested, float(np.exp(gap))))
    return sorted(found, key=lambda row: -row[2])[:most]
