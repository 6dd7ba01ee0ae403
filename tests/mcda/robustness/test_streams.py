"""Raw draws: the same wherever a block is made, even, and on a net when asked for."""

import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from selector.domain.problem import UsageError
from selector.mcda import smaa
from selector.mcda.robustness.streams import BLOCK, PseudoRandom, Sobol, _generator, stream_of


def drawn(way: str, purpose: str, samples: int = 40 * BLOCK) -> np.ndarray:
    stream = stream_of(way, 5, samples, 3, 2)
    rows = 2 if purpose == "cells" else 3
    return np.hstack([stream.raw(purpose, rows, block) for block in range(samples // BLOCK)])  # type: ignore[arg-type]


@pytest.mark.parametrize("way", ["random", "sobol"])
@pytest.mark.parametrize("purpose", ["uniform", "cells"])
def test_chances_are_even_and_below_one(way: str, purpose: str) -> None:
    chances = drawn(way, purpose)
    assert chances.dtype == np.float32
    assert chances.min() > 0
    assert chances.max() < 1
    for row in chances:
        assert stats.kstest(row.astype(float), "uniform").pvalue > 0.001
    assert abs(np.corrcoef(chances)[0, 1]) < 0.01


@pytest.mark.parametrize("way", ["random", "sobol"])
def test_exponentials_are_exponential(way: str) -> None:
    for row in drawn(way, "exponential"):
        assert row.min() >= 0
        assert np.isfinite(row).all()
        assert stats.kstest(row.astype(float), "expon").pvalue > 0.001


def test_the_points_are_those_of_scipy_in_its_order() -> None:
    engine = qmc.Sobol(5, scramble=True, bits=30, rng=_generator(5, 0, 3))
    points = engine.random(16 * BLOCK).T
    np.testing.assert_allclose(drawn("sobol", "uniform", 16 * BLOCK), points[:3], atol=1e-7)
    np.testing.assert_allclose(drawn("sobol", "cells", 16 * BLOCK), points[3:], atol=1e-7)


@pytest.mark.parametrize("samples", [1, BLOCK, BLOCK + 1, 2 * BLOCK + 1, 7 * BLOCK])
def test_a_longer_run_begins_like_a_shorter_one(samples: int) -> None:
    last = (samples - 1) // BLOCK
    for make in (PseudoRandom, lambda seed, size: Sobol(seed, size, 3, 2)):
        short, long = (make(9, size).raw("exponential", 3, last) for size in (samples, 10**6))
        np.testing.assert_array_equal(short, long)


# As in test_acceptability: a is first where its weight is above 0.375, c never.
BY_HAND = [[1.0, 0.0], [0.0, 0.6], [0.3, 0.3]]
EXACT = np.array([[0.625, 0.075, 0.3], [0.375, 0.125, 0.5], [0, 0.8, 0.2]])


@pytest.mark.parametrize(("samples", "times"), [(1024, 3), (16_384, 6)])
def test_sobol_points_come_nearer_to_the_areas_by_hand(samples: int, times: float) -> None:
    def error(way: str) -> float:
        off = [smaa(BY_HAND, samples, seed, draws=way).rank_acceptability for seed in range(40)]
        return float(np.sqrt(np.mean((np.array(off) - EXACT) ** 2)))

    assert error("sobol") < error("random") / times


def test_sobol_points_come_nearer_with_ranges_too() -> None:
    # a even on [0, 1], b even on [0.5, 1]: a wins on a triangle of 1/8 out of an area of 1/2.
    def error(way: str) -> float:
        values = ([[0.0], [0.5]], [[1.0], [1.0]])
        off = [smaa(values, 4096, seed, draws=way).rank_acceptability[0, 0] for seed in range(40)]
        return float(np.sqrt(np.mean((np.array(off) - 0.25) ** 2)))

    assert error("sobol") < error("random") / 3


@pytest.mark.parametrize("kind", ["uniform", "around:0.4", "order"])
def test_sobol_is_the_same_on_any_threads(kind: str) -> None:
    high = np.random.default_rng(4).random((9, 5))
    one, *others = (
        smaa((high * 0.8, high), 70_000, 11, kind, threads=threads, draws="sobol")
        for threads in (1, 2, 3)
    )
    for other in others:
        for left, right in zip(one, other, strict=True):
            np.testing.assert_array_equal(left, right)


def test_sobol_and_random_agree() -> None:
    high = np.random.default_rng(4).random((9, 5))
    one, other = (smaa((high * 0.8, high), 400_000, 1, draws=way) for way in ("random", "sobol"))
    np.testing.assert_allclose(one.rank_acceptability, other.rank_acceptability, atol=0.004)
    np.testing.assert_allclose(one.confidence, other.confidence, atol=0.004)


def test_another_way_to_draw_is_refused() -> None:
    with pytest.raises(UsageError, match="write random or sobol"):
        smaa([[0.1, 0.2]], 100, draws="halton")
    with pytest.raises(UsageError, match="draw at random"):
        stream_of("sobol", 1, 100, 21_000, 202)
