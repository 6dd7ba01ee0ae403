"""AHP: weights from comparing criteria in pairs (the analytic hierarchy process).

The judgements fill a matrix A with a_ij = how many times as important i is as j and a_ji = 1/a_ij.
The weights are its principal eigenvector, A w = lambda_max w, with sum 1. The judgements hold
together to the degree that lambda_max is near n:

    index = (lambda_max - n) / (n - 1),   ratio = index / random index of n,   at most 0.10

Variant: the eigenvector of the whole matrix by numpy, no approximation by column or geometric
means. Random indices: Saaty 1980, for n = 3 to 15; other tables (0.52 for n = 3, say) give other
ratios for the same judgements. Nothing is normalised beforehand.

Pairs may be missing where the others link all criteria. A missing a_ij then counts as w_i / w_j:
the eigenvector is that of the matrix with 0 in its place and, on the diagonal, 1 more for each that
its row lacks (Harker). The random index is the mean of matrices that lack the same pairs, here
drawn with a fixed seed: the fewer are asked, the less chance contradicts itself, so the index of n
would be too lenient (Agoston and Csato). Where only n - 1 are asked, none checks another.

Source: Saaty, T. L., The Analytic Hierarchy Process, McGraw-Hill, New York, 1980. Missing pairs:
Harker, P. T., Incomplete pairwise comparisons in the analytic hierarchy process, Mathematical
Modelling 9 (11), 1987, 837-848, doi:10.1016/0270-0255(87)90503-3; Agoston, K. C. and Csato, L.,
Inconsistency thresholds for incomplete pairwise comparison matrices, Omega 108, 2022, 102576,
doi:10.1016/j.omega.2021.102576. Which judgement
to revisit: Saaty, T. L., Decision-making with the AHP: Why is the principal eigenvector necessary,
European Journal of Operational Research 145 (1), 2003, 85-91, doi:10.1016/S0377-2217(02)00227-8.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
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


DRAWS = 4000
"""So many matrices filled at random make the random index where pairs are missing."""


class Compared(NamedTuple):
    """Weights (criteria,) of sum 1 with the figures of their consistency.

    `ratio` is None where there are more criteria than random indices, and where no judgement
    checks another.
    """

    weights: Array
    lambda_max: float
    consistency_index: float
    ratio: float | None


def comparison_matrix(count: int, judgements: Iterable[Judgement]) -> Array:
    """The reciprocal matrix (criteria, criteria) of judgements (i, j, times as important).

    Pairs that are not judged are 0.
    """
    matrix = np.eye(count)
    for first, second, times in judgements:
        matrix[first, second], matrix[second, first] = times, 1 / times
    return matrix


def eigenvector_weights(matrix: Array) -> Compared:
    """Weights and consistency of a reciprocal matrix of positive numbers (criteria, criteria).

    Missing pairs are 0. Raises ValueError where the matrix is not square, positive and reciprocal,
    or its judgements do not link all criteria.
    """
    count = len(matrix)
    is_square = matrix.shape == (count, count) and count > 0
    if (
        not is_square
        or np.any(matrix < 0)
        or not np.allclose((matrix * matrix.T)[_given(matrix)], 1)
    ):
        raise ValueError("comparisons make a square matrix of positive numbers with a_ji = 1/a_ij")
    if not links_all(count, np.argwhere(np.triu(matrix, 1)).tolist()):
        raise ValueError("comparisons must link all criteria with each other")
    values, vectors = np.linalg.eig(_filled(matrix))
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    largest = float(values[place].real)
    index = (largest - count) / (count - 1) if count > 2 else 0.0
    index = 0.0 if index < 1e-12 else index  # the eigenvalue of consistent judgements is rounded
    usual = _random_index(count, tuple(map(tuple, np.argwhere(np.triu(matrix, 1)).tolist())))
    ratio = index / usual if usual else (0.0 if count < 3 else None)
    return Compared(vector / vector.sum(), largest, index, ratio)


def links_all(count: int, pairs: Iterable[Sequence[int]]) -> bool:
    """Whether pairs link all of `count` things, directly or through others."""
    group = list(range(count))
    for first, second in pairs:
        merged = {group[first], group[second]}
        group = [min(merged) if own in merged else own for own in group]
    return len(set(group)) <= 1


def _given(matrix: Array) -> NDArray[np.bool_]:
    """Where a judgement stands, in either half; the diagonal too."""
    return np.asarray((matrix != 0) | (matrix.T != 0) | np.eye(len(matrix), dtype=bool))


def _filled(matrices: Array) -> Array:
    """Harker's matrices (..., criteria, criteria): the diagonal counts what is missing."""
    missing = np.sum(matrices == 0, axis=-1)
    return np.asarray(matrices + missing[..., None] * np.eye(matrices.shape[-1]))


@lru_cache(maxsize=64)
def _random_index(count: int, pairs: tuple[tuple[int, ...], ...]) -> float | None:
    """The mean index of random matrices with these pairs; None where there is none, or it is 0."""
    if count not in RANDOM_INDEX or len(pairs) < count:
        return None
    if len(pairs) == count * (count - 1) // 2:
        return RANDOM_INDEX[count]
    rng = np.random.default_rng(1)
    drawn = rng.choice(SCALE, size=(DRAWS, len(pairs)))
    first, second = np.array(pairs).T
    matrices = np.tile(np.eye(count), (DRAWS, 1, 1))
    matrices[:, first, second], matrices[:, second, first] = drawn, 1 / drawn
    largest = np.linalg.eigvals(_filled(matrices)).real.max(axis=1)
    return float(np.mean((largest - count) / (count - 1)))


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
