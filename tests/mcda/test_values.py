"""Value functions worked by hand, and their extremes against a fine grid."""

import numpy as np
import pytest

from selector.mcda.values import even_levels, linear_value, piecewise_extremes, piecewise_value


def test_a_straight_scale_clamps_unless_told_to_run_on() -> None:
    xs = np.array([0.0, 5, 10, 15])
    assert linear_value(xs, 0, 10).tolist() == [0, 0.5, 1, 1]
    assert linear_value(xs, 10, 0).tolist() == [1, 0.5, 0, 0]
    assert linear_value(xs, 0, 10, clamp=False).tolist() == [0, 0.5, 1, 1.5]


def test_pieces_are_straight_between_points_and_flat_beyond() -> None:
    points = [(0, 0.2), (10, 1), (20, 0)]
    found = piecewise_value(np.array([-5.0, 5, 15, 99]), points)
    assert found == pytest.approx([0.2, 0.6, 0.5, 0])


@pytest.mark.parametrize("seed", range(20))
def test_extremes_over_an_interval_are_those_of_a_fine_grid(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xs = np.unique(rng.integers(-50, 50, 5)).astype(float)
    points = [(float(x), float(v)) for x, v in zip(xs, rng.random(len(xs)), strict=True)]
    low, high = sorted(rng.integers(-60, 60, 2).astype(float))
    grid = piecewise_value(np.linspace(low, high, 10_001), points)
    bends = piecewise_value(np.array([x for x in xs if low <= x <= high] or [low]), points)
    both = np.concatenate([grid, bends])
    assert piecewise_extremes(low, high, points) == pytest.approx((both.min(), both.max()))


def test_levels_are_evenly_spaced_and_turn_round() -> None:
    assert even_levels(3).tolist() == [0, 0.5, 1]
    assert even_levels(3, "min").tolist() == [1, 0.5, 0]
