"""Flips against linear programs and brute force, dominance, and what finding out is worth."""

import numpy as np
import pytest
from scipy.optimize import linprog

from selector.mcda.robustness.dominance import dominance
from selector.mcda.robustness.flips import nearest_flip, rivals_of, smallest_change, value_flips
from selector.mcda.robustness.information import even_chances, worth_of_knowing


def problem(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Random values, some at the ends of the scale, random weights, some zero; and the winner."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 9)), int(rng.integers(1, 12))
    values = np.clip(rng.normal(0.5, 0.4, size), 0, 1)
    weights = rng.dirichlet(np.ones(size[1])) * (rng.random(size[1]) > 0.15)
    if weights.sum() == 0:
        weights[0] = 1
    weights = weights / weights.sum()
    return values, weights, int(np.argmax(values @ weights))


def distance_to(values: np.ndarray, weights: np.ndarray, rows: np.ndarray) -> float | None:
    """The least L1 change after which rows @ w <= 0, written with |w' - w| <= t."""
    n = len(weights)
    eye = np.eye(n)
    found = linprog(
        np.r_[np.zeros(n), np.ones(n)],
        A_ub=np.block([[eye, -eye], [-eye, -eye], [rows, np.zeros_like(rows)]]),
        b_ub=np.r_[weights, -weights, np.zeros(len(rows))],
        A_eq=np.r_[np.ones(n), np.zeros(n)][None],
        b_eq=[1],
    )
    return float(found.fun) if found.status == 0 else None


@pytest.mark.parametrize("part", range(10))
def test_the_nearest_flip_is_that_of_linear_programs_on_500_problems(part: int) -> None:
    for seed in range(50 * part, 50 * part + 50):
        values, weights, winner = problem(seed)
        found = nearest_flip(rivals_of(values, winner), weights)
        rivals = [r for r in range(len(values)) if (values[r] - values[winner]).max() > 1e-12]
        pairs = [distance_to(values, weights, (values[winner] - values[r])[None]) for r in rivals]
        if found is None:
            assert not rivals
            continue
        assert found.distance == pytest.approx(min(d for d in pairs if d is not None), abs=1e-9)
        assert found.weights.sum() == pytest.approx(1)
        assert (found.weights >= 0).all()
        assert np.abs(found.weights - weights).sum() == pytest.approx(found.distance, abs=1e-9)
        scores = values @ found.weights
        assert scores[found.row] == pytest.approx(scores[winner], abs=1e-9)
        assert scores.max() == pytest.approx(scores[winner], abs=1e-9)


@pytest.mark.parametrize("seed", range(120))
def test_the_smallest_change_for_each_is_that_of_another_linear_program(seed: int) -> None:
    values, weights, winner = problem(seed)
    distances = []
    for row in range(len(values)):
        if row == winner:
            continue
        found = smallest_change(values, weights, winner, row)
        others = np.delete(values - values[row], row, axis=0)
        expected = distance_to(values, weights, others)
        if found is None:
            # Never first, or only level where all the weight is on what tells nothing apart.
            ahead = best_lead(values, winner, row)
            assert ahead is None or ahead <= 1e-9
            continue
        assert expected is not None
        assert found.distance == pytest.approx(expected, abs=1e-9)
        scores = values @ found.weights
        assert scores[row] >= scores.max() - 1e-9
        distances.append(found.distance)
    nearest = nearest_flip(rivals_of(values, winner), weights)
    if distances and nearest is not None:
        assert min(distances) == pytest.approx(nearest.distance, abs=1e-9)


def best_lead(values: np.ndarray, winner: int, row: int) -> float | None:
    """The largest lead over the winner, where no other is ahead of the row."""
    found = linprog(
        values[winner] - values[row],
        A_ub=np.delete(values - values[row], row, axis=0),
        b_ub=np.zeros(len(values) - 1),
        A_eq=np.ones((1, values.shape[1])),
        b_eq=[1],
    )
    return -float(found.fun) if found.status == 0 else None


def test_the_flip_by_hand() -> None:
    # a leads by 0.6 - 0.4. Each point moved from the first to the second gains b twice itself.
    found = nearest_flip(rivals_of(np.array([[1.0, 0.0], [0.0, 1.0]]), 0), np.array([0.6, 0.4]))
    assert found is not None
    assert found.row == 1
    np.testing.assert_allclose(found.weights, [0.5, 0.5])
    assert found.distance == pytest.approx(0.2)


def test_level_already_is_no_distance() -> None:
    found = nearest_flip(rivals_of(np.array([[1.0, 0.0], [0.0, 1.0]]), 0), np.array([0.5, 0.5]))
    assert found is not None
    assert found.distance == 0
    assert found.weights.tolist() == [0.5, 0.5]


def test_who_is_nowhere_better_can_never_be_first() -> None:
    values, weights = np.array([[0.8, 0.5], [0.6, 0.5]]), np.array([0.5, 0.5])
    assert nearest_flip(rivals_of(values, 0), weights) is None
    assert smallest_change(values, weights, 0, 1) is None


def test_who_always_has_another_before_it_can_never_be_first() -> None:
    values = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]])
    assert smallest_change(values, np.array([0.6, 0.4]), 0, 2) is None
    assert smallest_change(values, np.array([0.6, 0.4]), 0, 1) is not None


@pytest.mark.parametrize("seed", range(60))
def test_a_value_that_flips_does_and_just_before_it_does_not(seed: int) -> None:
    values, weights, winner = problem(seed)
    ends = np.zeros(len(weights)), np.ones(len(weights))
    flips = value_flips(values, weights, winner, *ends)
    assert [abs(f.change) for f in flips] == sorted(abs(f.change) for f in flips)
    for flip in flips:
        assert -1e-9 <= flip.value <= 1 + 1e-9
        for factor, is_flipped in ((1.001, True), (0.999, False)):
            changed = values.copy()
            changed[flip.row, flip.column] += flip.change * factor
            scores = changed @ weights
            beaten = scores.max() > scores[winner] + 1e-15
            if abs(flip.change) > 1e-6:
                assert beaten == is_flipped
                assert not is_flipped or int(np.argmax(scores)) == flip.becomes
    # And no cell is left out: at the far end of the scale nothing else flips.
    found = {(f.row, f.column) for f in flips}
    for row, column in np.ndindex(values.shape):
        changed = values.copy()
        changed[row, column] = 0 if row == winner else 1
        scores = changed @ weights
        if scores.max() > scores[winner] + 1e-9:
            assert (row, column) in found


def test_dominance_by_hand() -> None:
    low = np.array([[0.5, 0.5], [0.5, 0.4], [0.9, 0.1]])
    assert dominance(low, low).tolist() == [
        [False, True, False],
        [False, False, False],
        [False, False, False],
    ]
    high = low + np.array([[0.0, 0.0], [0.1, 0.0], [0.0, 0.0]])
    assert not dominance(low, high).any()


def test_equal_ones_dominate_neither() -> None:
    table = np.array([[0.5, 0.5], [0.5, 0.5]])
    assert not dominance(table, table).any()


def test_worth_of_knowing_by_hand() -> None:
    # The rival lies 0.1 behind; its value, of weight 0.5, is even within 0.5 of where it counts,
    # so that its score moves evenly within 0.25: above 0.1 in 0.15 of 0.5, by 0.075 on the mean.
    moved = 0.5 * (even_chances(100_000) - 0.5)
    worth = worth_of_knowing(np.array([0.6, 0.5]), 1, moved, 0)
    assert worth.chance == pytest.approx(0.3, abs=1e-4)
    assert worth.expected_loss == pytest.approx(0.3 * 0.075, abs=1e-4)
    # The same of the winner, the other way round.
    worth = worth_of_knowing(np.array([0.6, 0.5]), 0, moved, 0)
    assert worth.chance == pytest.approx(0.3, abs=1e-4)
    assert worth.expected_loss == pytest.approx(0.3 * 0.075, abs=1e-4)


def test_nothing_is_worth_knowing_of_one_alone() -> None:
    assert worth_of_knowing(np.array([0.6]), 0, np.array([1.0, -1.0]), 0) == (0, 0)


def test_what_two_share_moves_both_and_is_told_once() -> None:
    # The first two share their first value: it cannot part them, only let the third past.
    values, weights = np.array([[0.8, 0.9], [0.8, 0.8], [0.5, 0.9]]), np.array([0.5, 0.5])
    same = np.array([[0, 0], [0, 1], [2, 2]])
    ends = np.zeros(2), np.ones(2)
    shared, second, *_ = value_flips(values, weights, 0, *ends, same)
    assert (second.row, second.column, second.becomes) == (1, 1, 1)  # the rival's own, by 0.1
    found = {(f.row, f.column): f for f in value_flips(values, weights, 0, *ends, same)}
    assert (shared.row, shared.column, shared.becomes) == (0, 1, 1)
    assert (1, 0) not in found
    assert found[0, 0].becomes == 2
    assert found[0, 0].change == pytest.approx(-0.3)
    # All share it: it changes nothing.
    everyone = np.zeros((3, 2), np.int64)
    assert value_flips(values, weights, 0, *ends, everyone) == []
    scores = values @ weights
    moved = 0.5 * (even_chances(1000) - 0.5)
    assert worth_of_knowing(scores, [0, 1, 2], moved, 0) == (0, 0)
    assert worth_of_knowing(scores, [0, 1], moved, 0) == worth_of_knowing(
        scores[[0, 2]], 0, moved, 0
    )
