"""Weights from judgements in pairs, against other ways to work them out."""

from itertools import combinations

import numpy as np
import pytest

from selector.mcda.weighting.ahp import (
    RANDOM_INDEX,
    SCALE,
    comparison_matrix,
    eigenvector_weights,
    links_all,
    to_revisit,
)
from selector.mcda.weighting.best_worst import best_worst_weights

RNG = np.random.default_rng(20161)
COUNTS = [3, 4, 5, 7, 9, 15]


def judged(count: int) -> list[tuple[int, int, float]]:
    """Random judgements of all pairs, from Saaty's scale."""
    return [(i, j, float(RNG.choice(SCALE))) for i, j in combinations(range(count), 2)]


def by_power(matrix: np.ndarray) -> tuple[np.ndarray, float]:
    """The principal eigenvector and eigenvalue by repeated multiplication."""
    weights = np.full(len(matrix), 1 / len(matrix))
    for _ in range(2_000):
        weights = matrix @ weights
        weights /= weights.sum()
    return weights, float(np.mean(matrix @ weights / weights))


@pytest.mark.parametrize("count", COUNTS)
def test_the_eigenvector_is_what_repeated_multiplication_leads_to(count: int) -> None:
    for _ in range(200 // len(COUNTS) + 1):
        matrix = comparison_matrix(count, judged(count))
        found = eigenvector_weights(matrix)
        weights, largest = by_power(matrix)
        assert found.weights == pytest.approx(weights, abs=1e-9)
        assert found.lambda_max == pytest.approx(largest, abs=1e-9)
        assert found.ratio == pytest.approx((largest - count) / (count - 1) / RANDOM_INDEX[count])


@pytest.mark.parametrize("count", [1, 2, 3, 6, 15, 20])
def test_judgements_that_agree_give_their_weights_and_nothing_to_revisit(count: int) -> None:
    wanted = RNG.dirichlet(np.ones(count))
    judgements = [(i, j, wanted[i] / wanted[j]) for i, j in combinations(range(count), 2)]
    found = eigenvector_weights(comparison_matrix(count, judgements))
    assert found.weights == pytest.approx(wanted, abs=1e-12)
    assert found.consistency_index == 0
    assert found.ratio == (0 if count <= 15 else None)
    assert to_revisit(judgements, found.weights) == []


def test_what_is_to_be_revisited_is_what_was_turned_round() -> None:
    wanted = np.array([8, 4, 2, 1]) / 15
    judgements = [(i, j, float(wanted[i] / wanted[j])) for i, j in combinations(range(4), 2)]
    place = judgements.index((0, 3, 8.0))
    judgements[place] = (0, 3, 1 / 8)
    before = eigenvector_weights(comparison_matrix(4, judgements))
    worst, suggested, factor = to_revisit(judgements, before.weights)[0]
    assert worst == place
    assert factor > 5
    assert suggested > 1 / 8
    judgements[place] = (0, 3, suggested)
    after = eigenvector_weights(comparison_matrix(4, judgements))
    assert after.consistency_index < before.consistency_index


@pytest.mark.parametrize("count", [3, 4, 5, 7, 9])
def test_missing_pairs_count_as_what_the_weights_say_of_them(count: int) -> None:
    for missing in range(1, count):
        judgements = judged(count)
        for _ in range(missing):
            kept = [
                j for j in judgements if j is not judgements[int(RNG.integers(len(judgements)))]
            ]
            judgements = kept if links_all(count, [j[:2] for j in kept]) else judgements
        found = eigenvector_weights(comparison_matrix(count, judgements))
        weights = found.weights
        known = {j[:2] for j in judgements}
        filled = [
            (i, j, float(weights[i] / weights[j]))
            for i, j in combinations(range(count), 2)
            if (i, j) not in known
        ]
        whole = eigenvector_weights(comparison_matrix(count, [*judgements, *filled]))
        assert whole.weights == pytest.approx(weights, abs=1e-9)
        assert whole.lambda_max == pytest.approx(found.lambda_max, abs=1e-9)
        assert (found.ratio is None) == (len(judgements) < count)


def test_few_judgements_that_agree_give_their_weights() -> None:
    wanted = np.array([0.4, 0.3, 0.2, 0.1])
    chain = [(i, i + 1, float(wanted[i] / wanted[i + 1])) for i in range(3)]
    alone = eigenvector_weights(comparison_matrix(4, chain))
    assert alone.weights == pytest.approx(wanted)
    assert (alone.ratio, alone.consistency_index) == (None, 0)
    ring = eigenvector_weights(comparison_matrix(4, [*chain, (0, 3, 4.0)]))
    assert ring.weights == pytest.approx(wanted)
    assert ring.ratio == 0


def test_chance_contradicts_itself_less_where_less_is_asked() -> None:
    ring = [(i, i + 1, 1.0) for i in range(5)] + [(0, 5, 9.0)]
    few = eigenvector_weights(comparison_matrix(6, ring))
    assert few.ratio is not None
    usual = few.consistency_index / few.ratio
    assert 0 < usual < RANDOM_INDEX[6] / 5
    whole = [(i, j, 9.0) for i, j in combinations(range(6), 2)]
    all_but_one = eigenvector_weights(comparison_matrix(6, whole[:-1]))
    assert all_but_one.ratio is not None
    assert all_but_one.consistency_index / all_but_one.ratio == pytest.approx(
        RANDOM_INDEX[6], rel=0.12
    )


def test_judgements_must_link_all_criteria() -> None:
    with pytest.raises(ValueError, match="must link all"):
        eigenvector_weights(comparison_matrix(4, [(0, 1, 2.0), (2, 3, 2.0)]))


@pytest.mark.parametrize(
    "matrix", [[[1, 2], [2, 1]], [[1, -2], [-0.5, 1]], [[1, 2, 3], [0.5, 1, 2]], [[2]]]
)
def test_what_is_no_reciprocal_matrix_is_refused(matrix: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="square matrix of positive numbers"):
        eigenvector_weights(np.array(matrix))


# The best-worst method --------------------------------------------------------------------------


def by_corners(to_best: np.ndarray, to_worst: np.ndarray, best: int, worst: int) -> np.ndarray:
    """The optimum of the linear model by looking at every corner of what is feasible."""
    count = len(to_best)
    rows = []
    for j in range(count):
        for first, second, times in ((best, j, to_best[j]), (j, worst, to_worst[j])):
            row = np.zeros(count + 1)
            row[first] += 1
            row[second] -= times
            if np.any(row):
                rows += [np.append(row[:-1], -1.0), np.append(-row[:-1], -1.0)]
    rows += [np.append(-np.eye(count)[j], 0.0) for j in range(count)]
    bounds = np.unique(np.array(rows), axis=0)
    total = np.append(np.ones(count), 0.0)
    right = np.append(1.0, np.zeros(count))
    chosen = np.array(list(combinations(range(len(bounds)), count)))
    systems = np.concatenate(
        [np.broadcast_to(total, (len(chosen), 1, count + 1)), bounds[chosen]], axis=1
    )
    systems = systems[np.abs(np.linalg.det(systems)) > 1e-9]
    corners = np.linalg.solve(systems, right[:, None])[:, :, 0]
    feasible = corners[(corners @ bounds.T <= 1e-9).all(axis=1)]
    return np.asarray(feasible[np.argmin(feasible[:, -1])])


def spanned(count: int) -> tuple[np.ndarray, np.ndarray, int, int]:
    """Random comparisons with the best and the worst."""
    best, worst = RNG.choice(count, 2, replace=False)
    span = int(RNG.integers(2, 10))
    to_best, to_worst = (RNG.integers(1, span + 1, count).astype(float) for _ in range(2))
    to_best[best] = to_worst[worst] = 1
    to_best[worst] = to_worst[best] = span
    return to_best, to_worst, int(best), int(worst)


@pytest.mark.parametrize("count", [3, 4])
def test_the_linear_program_finds_the_best_corner(count: int) -> None:
    for _ in range(60):
        case = spanned(count)
        found, corner = best_worst_weights(*case), by_corners(*case)
        assert found.xi == pytest.approx(corner[-1], abs=1e-9)
        assert found.weights == pytest.approx(corner[:-1], abs=1e-7)


def test_three_criteria_worked_by_hand() -> None:
    # c is best: 8 times a (the worst) and 2 times b; b is 5 times a. In parts of 28, with a 2, b 9
    # and c 17, the misses are 17 - 8 x 2 = 1, 17 - 2 x 9 = -1 and 9 - 5 x 2 = -1.
    found = best_worst_weights(np.array([8.0, 2, 1]), np.array([1.0, 5, 8]), 2, 0)
    assert found.weights == pytest.approx([2 / 28, 9 / 28, 17 / 28], abs=1e-12)
    assert found.xi == pytest.approx(1 / 28, abs=1e-12)
    assert found.ratio == pytest.approx(2 / 56)
    assert found.threshold == 0.1309


@pytest.mark.parametrize("wanted", [[8, 4, 4, 2, 1], [9, 3, 1], [5, 1]])
def test_comparisons_that_agree_give_their_weights(wanted: list[float]) -> None:
    weights = np.array(wanted, dtype=float)
    found = best_worst_weights(weights[0] / weights, weights / weights[-1], 0, len(weights) - 1)
    assert found.weights == pytest.approx(weights / weights.sum(), abs=1e-9)
    assert (found.xi, found.ratio) == (0, 0)


def test_where_best_and_worst_are_equal_all_are() -> None:
    found = best_worst_weights(np.ones(4), np.ones(4), 0, 3)
    assert found.weights.tolist() == [0.25] * 4


@pytest.mark.parametrize(
    ("to_best", "to_worst"), [([1, 0.5], [2, 1]), ([2, 3], [3, 1]), ([1, 3], [2, 1])]
)
def test_comparisons_that_cannot_be_are_refused(
    to_best: list[float], to_worst: list[float]
) -> None:
    with pytest.raises(ValueError, match=r"important|same"):
        best_worst_weights(np.array(to_best), np.array(to_worst), 0, 1)
