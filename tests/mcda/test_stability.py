"""Stability intervals against brute force over the whole range of the share."""

import numpy as np
import pytest

from selector.mcda.robustness.stability import lines_of, stable_interval

GRID = np.linspace(0, 1, 20_001)
STEP = GRID[1]


@pytest.mark.parametrize("seed", range(60))
def test_the_interval_is_where_no_rival_is_ahead(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(2, 8))
    outside, own, rest = rng.random((3, rows))
    weight, share = rng.random(2)
    lines = lines_of((1 - weight) * outside, weight, own, rest)
    scores = lines.at_zero + share * (lines.at_one - lines.at_zero)
    winner = int(np.argmax(scores))
    found = stable_interval(lines, share, winner)
    all_scores = lines.at_zero[:, None] + GRID * (lines.at_one - lines.at_zero)[:, None]
    first = all_scores[winner] >= all_scores.max(axis=0) - 1e-12
    assert first[(found.low <= GRID) & (found.high >= GRID)].all()
    below, above = found.low - STEP > GRID, found.high + STEP < GRID
    assert not first[below].any()
    assert not first[above].any()
    if found.below is None:
        assert found.low == 0
    else:
        at = all_scores[:, np.flatnonzero(found.low > GRID)[-1]]
        assert at[found.below] == pytest.approx(at.max(), abs=1e-3)
    if found.above is None:
        assert found.high == 1
    else:
        at = all_scores[:, np.flatnonzero(found.high < GRID)[0]]
        assert at[found.above] == pytest.approx(at.max(), abs=1e-3)


def test_a_tie_at_the_share_ends_the_interval_there() -> None:
    # Both have 0.5 at a share of one half; the second leads above it.
    lines = lines_of(np.zeros(2), 1.0, np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    assert stable_interval(lines, 0.5, 0) == (0.0, 0.5, None, 1)


def test_equal_lines_never_take_over() -> None:
    lines = lines_of(np.zeros(2), 1.0, np.array([0.3, 0.3]), np.array([0.8, 0.8]))
    assert stable_interval(lines, 0.2, 0) == (0.0, 1.0, None, None)
