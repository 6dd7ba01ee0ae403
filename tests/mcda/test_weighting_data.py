"""Weights from data: against pymcdm on random tables, and at their edges."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pymcdm import weights as peers

from selector.mcda.weighting._columns import ColumnError
from selector.mcda.weighting.critic import critic_weights
from selector.mcda.weighting.deviation import deviation_weights
from selector.mcda.weighting.entropy import entropy_weights
from selector.mcda.weighting.merec import merec_weights

Ours = Callable[[Any, Any], Any]
METHODS: dict[str, Ours] = {
    "entropy": lambda matrix, _: entropy_weights(matrix),
    "std": lambda matrix, _: deviation_weights(matrix),
    "critic": critic_weights,
    "merec": merec_weights,
}


PEERS: dict[str, Callable[[Any, Any], Any]] = {
    "entropy": lambda matrix, _: peers.entropy_weights(matrix),
    "std": lambda matrix, _: peers.standard_deviation_weights(matrix),
    # pymcdm scales every column as one to be maximised, so the others are turned round first
    "critic": lambda matrix, goals: peers.critic_weights(matrix * goals),
    "merec": peers.merec_weights,
}


@pytest.mark.parametrize("method", METHODS)
def test_an_independent_implementation_agrees_on_200_random_tables(method: str) -> None:
    rng = np.random.default_rng(7)
    for _ in range(200):
        shape = (int(rng.integers(3, 30)), int(rng.integers(2, 12)))
        matrix = rng.uniform(0.1, 100, shape)
        is_max = rng.random(shape[1]) < 0.5
        theirs = PEERS[method](matrix, np.where(is_max, 1, -1))
        assert METHODS[method](matrix, is_max) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_a_constant_column_has_no_weight_and_changes_nothing_else(method: str) -> None:
    matrix = np.array([[1.0, 5, 3], [2, 5, 1], [4, 5, 2]])
    is_max = np.array([True, True, False])
    weights = METHODS[method](matrix, is_max)
    assert weights[1] == 0
    assert weights.sum() == pytest.approx(1)
    assert np.isfinite(weights).all()
    if method != "merec":  # which divides by the number of criteria
        without = METHODS[method](matrix[:, [0, 2]], is_max[[0, 2]])
        assert weights[[0, 2]] == pytest.approx(without)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "matrix", [[[1.0, 2.0]], np.empty((0, 2)), [[3.0, 2.0], [3.0, 2.0]], [[1.0, np.nan], [2, 1]]]
)
def test_where_nothing_can_be_weighed_it_is_said(method: str, matrix: Any) -> None:
    with pytest.raises(ColumnError):
        METHODS[method](np.array(matrix), np.array([True, False]))


def test_entropy_takes_zeros_and_refuses_negative_numbers() -> None:
    # p of the first: 1 and 0, entropy 0; of the second even, entropy 1; a column of zeros is even
    assert entropy_weights(np.array([[4.0, 2, 0], [0, 2, 0]])).tolist() == [1, 0, 0]
    with pytest.raises(ColumnError, match="negative") as caught:
        entropy_weights(np.array([[1.0, -1], [2, 3]]))
    assert caught.value.columns == (1,)


@pytest.mark.parametrize("wrong", [0.0, -1.0])
def test_merec_refuses_what_has_no_logarithm(wrong: float) -> None:
    with pytest.raises(ColumnError, match="above zero") as caught:
        merec_weights(np.array([[1.0, 2], [wrong, 3]]), np.array([True, True]))
    assert caught.value.columns == (0,)


def test_critic_by_hand_and_where_all_repeat_each_other() -> None:
    # z: (0, 1/2, 1), (1, 1/2, 0): r = -1, equal spreads: half each; the third repeats the first,
    # so conflicts are 2, 4 and 2
    columns = np.array([[1.0, 30, 5], [2, 20, 6], [3, 10, 7]])
    every = np.array([True, True, True])
    assert critic_weights(columns, every) == pytest.approx([0.25, 0.5, 0.25])
    with pytest.raises(ColumnError, match="say the same"):
        critic_weights(columns, np.array([True, False, True]))
    assert critic_weights(columns[:, :1], every[:1]).tolist() == [1]


def test_merec_by_hand() -> None:
    # ln ratios: column 1 (0, ln 2), column 2 (ln 4, 0). S = ln(1 + ln 4 / 2), ln(1 + ln 2 / 2);
    # without column 1: the same and 0; without column 2: 0 and the same
    weights = merec_weights(np.array([[1.0, 4], [2, 1]]), np.array([True, True]))
    first, second = np.log(1 + np.log(2) / 2), np.log(1 + np.log(4) / 2)
    assert weights == pytest.approx([first / (first + second), second / (first + second)])


def test_differences_that_rounding_hides_are_none() -> None:
    near = np.array([[1.0, 1], [1 + 1e-9, 2], [1, 3]])
    assert entropy_weights(near).tolist() == [0, 1]
    with pytest.raises(ColumnError, match="nothing that tells"):
        entropy_weights(near[:, :1])


def test_sums_beyond_reckoning_are_refused_or_got_round_and_never_nan() -> None:
    matrix = np.array([[1e308, 1.0], [1.5e308, 2.0], [1.7e308, 4.0]])
    small = matrix / [1e308, 1]
    assert entropy_weights(matrix) == pytest.approx(entropy_weights(small))
    with np.errstate(all="ignore"), pytest.raises(ColumnError, match="range of numbers"):
        deviation_weights(matrix)
