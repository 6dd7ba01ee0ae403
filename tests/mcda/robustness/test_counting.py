"""Whichever way the draws are counted, the counts are those of a plain count."""

import numpy as np
import pytest

from selector.mcda.robustness.compiled import compare
from selector.mcda.robustness.counting import Counts, _compared, _sorted, _tabulated, counts_of


def plainly(scores: np.ndarray, weights: np.ndarray, tie: float) -> Counts:
    """Sample by sample, pair by pair."""
    rows, size = scores.shape
    ranks, wins = np.zeros((rows, rows), int), np.zeros((rows, rows), int)
    firsts = np.zeros((rows, len(weights)))
    for sample in range(size):
        ahead = scores[:, None, sample] > scores[None, :, sample] + tie
        before = ahead.sum(axis=0)
        wins += ahead
        ranks[np.arange(rows), before] += 1
        firsts[before == 0] += weights[:, sample] / weights[:, sample].sum()
    return Counts(ranks, wins, firsts)


@pytest.mark.parametrize("size", [1, 700, 1024, 4096])
@pytest.mark.parametrize("rows", [1, 2, 5, 24, 25, 60, 300])
def test_the_counts_are_those_of_a_plain_count(rows: int, size: int) -> None:
    size = min(size, 200_000 // rows)
    rng = np.random.default_rng(rows + size)
    weights = rng.random((4, size), dtype=np.float32)
    places = np.argsort(rng.random((rows, size)), axis=0)  # no two are level, some are below 0
    scores = (places - rows / 3).astype(np.float32)
    for tie in (0.0, 1e-12):
        found, expected = counts_of(scores, weights, tie), plainly(scores, weights, tie)
        np.testing.assert_array_equal(found.ranks, expected.ranks)
        np.testing.assert_array_equal(found.wins, expected.wins)
        np.testing.assert_allclose(found.first_weights, expected.first_weights, rtol=1e-4)


@pytest.mark.parametrize("rows", [3, 30])
def test_who_is_level_shares_the_better_rank(rows: int) -> None:
    rng = np.random.default_rng(rows)
    scores = rng.integers(0, 4, (rows, 500)).astype(np.float64)
    weights = rng.random((3, 500), dtype=np.float32)
    for tie in (0.0, 0.5, 1.5):
        found, expected = counts_of(scores, weights, tie), plainly(scores, weights, tie)
        np.testing.assert_array_equal(found.ranks, expected.ranks)
        np.testing.assert_array_equal(found.wins, expected.wins)


@pytest.mark.parametrize("size", [1, 127, 1000, 4096])
@pytest.mark.parametrize("rows", [1, 2, 7, 40, 300])
def test_sorting_and_the_compiled_loop_give_the_same_to_the_last_one(rows: int, size: int) -> None:
    size = min(size, 100_000 // rows)
    rng = np.random.default_rng(rows + size)
    scores = rng.normal(size=(rows, size)).astype(np.float32)
    alike = rng.random(size) < 0.1  # some samples with level scores, on both sides of 0
    scores[:, alike] = np.round(scores[:, alike], 1)
    ranks, wins = _compared(scores, 0.0)
    compiled = compare()
    assert compiled is not None, "install the tools for tests: numba is among them"
    is_first, by_loop, table = compiled(scores)
    np.testing.assert_array_equal(is_first, ranks == 0)
    np.testing.assert_array_equal(by_loop, wins)
    np.testing.assert_array_equal(table, _tabulated(ranks))
    by_sorting = _sorted(scores)
    np.testing.assert_array_equal(by_sorting[0], ranks)
    np.testing.assert_array_equal(by_sorting[1], wins)
