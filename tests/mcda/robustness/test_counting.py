"""Whichever way the draws are counted, the counts are those of a plain count."""

import numpy as np
import pytest

from selector.mcda.robustness.counting import Counts, counts_of


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
    for tie in (None, 0.0, 1e-12):
        found, expected = counts_of(scores, weights, tie), plainly(scores, weights, tie or 0.0)
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
