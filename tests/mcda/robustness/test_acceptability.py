"""SMAA-2 against areas worked out by hand, plain loops, and itself on other threads and chunks."""

import numpy as np
import pytest

from selector.domain.problem import UsageError
from selector.mcda import smaa
from selector.mcda.robustness.acceptability import acceptability, rank_shares
from selector.mcda.robustness.draws import (
    CellDraw,
    Spread,
    WeightDraws,
    Weighting,
    weighting_of,
)
from selector.mcda.robustness.streams import BLOCK, PseudoRandom, _Kept

SAMPLES = 200_000
ERROR = 4 * (0.25 / SAMPLES) ** 0.5  # four standard errors of a share of one half


def close(found: object, expected: object) -> None:
    np.testing.assert_allclose(found, expected, atol=ERROR)  # type: ignore[arg-type]


# Two criteria with weights t and 1 - t, t even from 0 to 1. Scores: a: t, b: 0.6 (1 - t), c: 0.3.
# a is above b where t > 0.6 (1 - t), t > 0.375. a is above c where t > 0.3. b is above c where
# 1 - t > 0.5, t < 0.5. So first: b up to 0.375, a from there on; c never. Second: c on [0, 0.3],
# a on [0.3, 0.375], b on [0.375, 0.5], c from 0.5. Third: a on [0, 0.3], c on [0.3, 0.5], b on.
BY_HAND = [[1.0, 0.0], [0.0, 0.6], [0.3, 0.3]]


def test_ranks_of_two_criteria_are_the_lengths_worked_out_by_hand() -> None:
    found = smaa(BY_HAND, samples=SAMPLES, seed=7)
    close(found.rank_acceptability, [[0.625, 0.075, 0.3], [0.375, 0.125, 0.5], [0, 0.8, 0.2]])
    close(found.pairwise_winning, [[0, 0.625, 0.7], [0.375, 0, 0.5], [0.3, 0.5, 0]])


def test_central_weights_and_confidence_of_two_criteria_are_those_by_hand() -> None:
    found = smaa(BY_HAND, samples=SAMPLES, seed=7)
    # The middle of [0.375, 1] and of [0, 0.375].
    close(found.central_weights[:2], [[0.6875, 0.3125], [0.1875, 0.8125]])
    assert np.isnan(found.central_weights[2]).all()
    assert found.confidence[:2].tolist() == [1, 1]
    assert np.isnan(found.confidence[2])


def test_two_ranges_on_one_criterion_are_the_area_by_hand() -> None:
    # a even on [0, 1], b even on [0.5, 1]: a wins on a triangle of 1/8 out of an area of 1/2.
    found = smaa(([[0.0], [0.5]], [[1.0], [1.0]]), samples=SAMPLES)
    close(found.rank_acceptability, [[0.25, 0.75], [0.75, 0.25]])
    close(found.confidence, [0.25, 0.75])


def test_around_is_the_stretch_by_hand() -> None:
    # Weights t : 1 with t even on [0.75, 1.25] / even on [0.75, 1.25]; values swap: one half each.
    found = smaa([[1, 0], [0, 1]], samples=SAMPLES, weights="around:0.25")
    close(found.rank_acceptability, [[0.5, 0.5], [0.5, 0.5]])
    # b needs weight x on the second with 0.9 x > y: x, y even on [0.75, 1.25]: y < 0.9 x has the
    # area of the triangle from (0.8333, 0.75) to (1.25, 1.125): 0.4167 * 0.375 / 2 of 0.25.
    found = smaa([[1, 0], [0, 0.9]], samples=SAMPLES, weights="around:0.25")
    close(found.rank_acceptability[1, 0], (1.25 - 0.75 / 0.9) * (1.125 - 0.75) / 2 / 0.25)


def test_order_keeps_the_order_and_has_its_centroid_in_the_middle() -> None:
    draws = WeightDraws(Weighting("order"), np.array([0.2, 0.5, 0.3]), PseudoRandom(3, SAMPLES))
    weights = np.hstack([draws.block(number, BLOCK) for number in range(40)])
    weights = weights / weights.sum(axis=0)
    assert (weights[1] >= weights[2]).all()
    assert (weights[2] >= weights[0]).all()
    np.testing.assert_allclose(weights.mean(axis=1), [1 / 9, 11 / 18, 5 / 18], atol=0.003)


def test_equal_weights_have_no_order_between_them() -> None:
    draws = WeightDraws(Weighting("order"), np.array([0.25, 0.5, 0.25]), PseudoRandom(3, SAMPLES))
    weights = np.hstack([draws.block(number, BLOCK) for number in range(40)])
    assert (weights[1] >= weights[0]).all()
    assert (weights[1] >= weights[2]).all()
    assert np.mean(weights[0] > weights[2]) == pytest.approx(0.5, abs=0.01)
    assert np.corrcoef(weights[1], weights[0] - weights[2])[0, 1] == pytest.approx(0, abs=0.02)


def test_uniform_is_even_over_the_simplex() -> None:
    draws = WeightDraws(Weighting("uniform"), np.ones(3) / 3, PseudoRandom(5, SAMPLES))
    weights = np.hstack([draws.block(number, BLOCK) for number in range(40)])
    first = np.sort((weights / weights.sum(axis=0))[0])
    # The marginal of an even simplex of three: P(w < x) = 1 - (1 - x)^2.
    chances = (np.arange(len(first)) + 0.5) / len(first)
    assert np.abs(1 - (1 - first) ** 2 - chances).max() < 0.006


@pytest.mark.parametrize("kind", ["uniform", "around:0.4", "order"])
@pytest.mark.parametrize("has_ranges", [False, True])
def test_the_threads_do_not_change_the_result(kind: str, has_ranges: bool) -> None:
    rng = np.random.default_rng(4)
    high = rng.random((9, 5))
    values = (high * 0.8, high) if has_ranges else high
    results = [smaa(values, 70_000, 11, kind, threads=threads) for threads in (1, 2, 3)]
    for other in results[1:]:
        for one, two in zip(results[0], other, strict=True):
            np.testing.assert_array_equal(one, two)


def test_another_seed_is_another_result_and_the_same_the_same() -> None:
    values = np.random.default_rng(4).random((9, 5))
    one, same, other = (smaa(values, 20_000, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.rank_acceptability, same.rank_acceptability)
    assert (one.rank_acceptability != other.rank_acceptability).any()


def test_kept_draws_are_the_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(4).random((4, 5))
    kept = smaa((values * 0.9, values), 30_000)
    monkeypatch.setattr("selector.mcda.robustness.streams.KEPT_SAMPLES", 0)
    monkeypatch.setattr("selector.mcda.robustness.streams._KEPT", _Kept())
    anew = smaa((values * 0.9, values), 30_000)
    for one, two in zip(kept, anew, strict=True):
        np.testing.assert_array_equal(one, two)


def by_loop(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    counts = np.zeros((len(values), len(values)))
    for one in weights:
        scores = values @ one
        for row, score in enumerate(scores):
            counts[row, int((scores > score).sum())] += 1
    return counts / len(weights)


@pytest.mark.parametrize("size", [(2, 2), (7, 4), (20, 6), (40, 3)])
@pytest.mark.parametrize("samples", [1, 37, 1000, BLOCK, BLOCK + 5])
def test_given_weights_are_counted_as_by_a_plain_loop(size: tuple[int, int], samples: int) -> None:
    rng = np.random.default_rng(samples)
    values, weights = rng.random(size), rng.dirichlet(np.ones(size[1]), samples)
    found = smaa(values, weights=weights)
    assert found.samples == samples
    np.testing.assert_allclose(found.rank_acceptability, by_loop(values, weights), atol=2e-3)
    for row in range(size[0]):
        own = weights[(values @ weights.T).argmax(axis=0) == row]
        if len(own) and found.samples < 2000:
            np.testing.assert_allclose(found.central_weights[row], own.mean(axis=0), atol=2e-3)


def test_rows_and_columns_add_up() -> None:
    rng = np.random.default_rng(8)
    high = rng.random((6, 4))
    found = smaa((high / 2, high), 50_000)
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=0), 1)
    np.testing.assert_allclose(found.rank_acceptability.sum(axis=1), 1)
    pairs = found.pairwise_winning + found.pairwise_winning.T
    np.testing.assert_allclose(pairs[~np.eye(6, dtype=bool)], 1)


def test_equal_alternatives_share_the_better_rank_in_every_draw() -> None:
    found = smaa([[0.4, 0.9], [0.4, 0.9], [0.9, 0.4]], 20_000)
    np.testing.assert_array_equal(found.rank_acceptability[0], found.rank_acceptability[1])
    assert found.rank_acceptability[0, 2] == 0  # first together or second together
    assert found.pairwise_winning[0, 1] == found.pairwise_winning[1, 0] == 0
    assert found.rank_acceptability[0, 0] + found.rank_acceptability[2, 0] == pytest.approx(1)


def test_what_differs_only_where_no_weight_is_counts_as_equal() -> None:
    values = [[0.4, 0.9, 0.1], [0.4, 0.9, 0.8], [0.9, 0.4, 0.5]]
    found = smaa(values, 20_000, weights="around:0.25", centre=[0.5, 0.5, 0])
    assert found.pairwise_winning[0, 1] == found.pairwise_winning[1, 0] == 0


def test_nothing_varying_is_the_ranking_itself() -> None:
    found = smaa([[0.1, 0.2], [0.2, 0.1], [0.5, 0.5]], weights=[1, 1])
    assert found.rank_acceptability.tolist() == [[0, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert found.central_weights[2].tolist() == [0.5, 0.5]
    assert found.confidence[2] == 1


def test_one_alternative_is_always_first() -> None:
    found = smaa([[0.3, 0.4]], 5000)
    assert found.rank_acceptability.tolist() == [[1.0]]
    np.testing.assert_allclose(found.central_weights, [[0.5, 0.5]], atol=0.02)


def test_cells_of_a_shape_of_their_own_are_drawn_by_it() -> None:
    table = np.array([[0.5], [0.5]])
    cell = CellDraw(0, 0, lambda chances: np.where(chances < 0.3, 0.4, 0.9))
    spread = Spread(table, table, (cell,))
    found = acceptability(spread, Weighting("around", 0.25), np.ones(1), SAMPLES, 1)
    close(found.rank_acceptability[0], [0.7, 0.3])


def test_progress_is_told_and_can_end_the_work() -> None:
    spread = Spread(np.array([[0.2, 0.4], [0.4, 0.2]]), np.array([[0.2, 0.4], [0.4, 0.2]]))
    told: list[tuple[int, int]] = []
    centre = np.ones(2)

    def tell(done: int, wanted: int) -> None:
        told.append((done, wanted))

    acceptability(spread, Weighting("uniform"), centre, 100_000, 1, progress=tell)
    assert told[-1] == (100_000, 100_000)
    assert told == sorted(told)

    def stop(done: int, wanted: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        acceptability(spread, Weighting("uniform"), centre, 10**7, 1, progress=stop)


@pytest.mark.parametrize(
    "values",
    [
        [0.1, 0.2],
        [[]],
        [[0.1, float("nan")]],
        ([[0.5]], [[0.4]]),
        ([[0.1, 0.2]], [[0.3]]),
    ],
)
def test_values_that_are_none_are_refused(values: object) -> None:
    with pytest.raises(UsageError, match="values"):
        smaa(values, 100)  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", [[1, 2, 3], [-1, 2], [0, 0], [[1, 0], [0, 0]], [[1, 2, 3]]])
def test_weights_that_do_not_fit_are_refused(weights: object) -> None:
    with pytest.raises(UsageError, match="weights"):
        smaa([[0.1, 0.2]], 100, weights=weights)  # type: ignore[arg-type]


def test_no_samples_are_refused() -> None:
    with pytest.raises(UsageError, match="at least 1 sample"):
        smaa([[0.1, 0.2]], 0)


@pytest.mark.parametrize("text", ["unifrom", "around:2", "around:-0.1", "around:x", "order:1", ""])
def test_a_way_to_vary_weights_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a way to vary weights"):
        weighting_of(text)


def test_a_way_to_vary_weights_reads_and_writes() -> None:
    for text in ("uniform", "order", "around:0.25", "around:0"):
        assert str(weighting_of(text)) == text
    assert weighting_of("around") == ("around", 0.25)


def test_more_than_255_alternatives_are_ranked() -> None:
    values = np.linspace(0, 1, 300)[:, None]
    found = smaa(values, 2000)
    assert found.rank_acceptability[299, 0] == 1
    assert found.rank_acceptability[0, 299] == 1


@pytest.mark.parametrize("weighting", ["uniform", "around:0.25", "around:0", "order"])
@pytest.mark.parametrize("has_ranges", [False, True])
def test_the_shares_of_ranks_alone_are_those_of_the_whole(weighting: str, has_ranges: bool) -> None:
    high = np.random.default_rng(2).random((6, 4))
    spread = Spread(high * 0.8 if has_ranges else high, high)
    asked = spread, weighting_of(weighting), np.array([0.4, 0.3, 0.2, 0.1]), 30_000, 5
    np.testing.assert_array_equal(
        rank_shares(*asked), acceptability(*asked).rank_acceptability, strict=True
    )


@pytest.mark.parametrize("draws", ["random", "sobol"])
def test_cells_that_are_one_fact_are_drawn_at_one_chance(draws: str) -> None:
    # a and b share a first value, even on [0, 1]; b is 0.1 behind on the second: never first of
    # them. c has 0.5 on both: before a where 0.5 > (x + 0.6) / 2, x < 0.4.
    low = np.array([[0.0, 0.6], [0.0, 0.5], [0.5, 0.5]])
    high = np.array([[1.0, 0.6], [1.0, 0.5], [0.5, 0.5]])
    same = np.array([[0, 0], [0, 1], [2, 2]])
    fixed, centre = Weighting("around", 0.0), np.array([0.5, 0.5])
    found = acceptability(Spread(low, high, (), same), fixed, centre, SAMPLES, 1, None, None, draws)
    close(found.rank_acceptability[:, 0], [0.6, 0.0, 0.4])
    close(found.pairwise_winning[1], [0.0, 0.0, 0.5])
    shaped = (CellDraw(0, 0, np.sqrt), CellDraw(1, 0, np.sqrt))
    found = acceptability(Spread(low, high, shaped, same), fixed, centre, SAMPLES, 1)
    close(found.rank_acceptability[:, 0], [1 - 0.4**2, 0.0, 0.4**2])
    apart = acceptability(Spread(low, high), fixed, centre, SAMPLES, 1)
    assert apart.rank_acceptability[1, 0] > 0.3
