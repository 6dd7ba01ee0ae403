"""SMAA by other methods: as the method's own kernel in a plain loop, and as pymcdm's."""

from typing import Any

import numpy as np
import pymcdm.methods as py
import pytest
from pymcdm import normalizations

from selector.domain.problem import UsageError
from selector.mcda import smaa
from selector.mcda.methods._contract import (
    method,
    run,
    sampled_method_ids,
    scores_over_samples,
)
from selector.mcda.robustness.acceptability import acceptability
from selector.mcda.robustness.by_method import Fed
from selector.mcda.robustness.draws import CellDraw, Spread, Weighting
from selector.mcda.robustness.streams import BLOCK

SHAPES = (
    ("usual", 0.0, 0.0, 0.0),
    ("u", 0.2, 0.0, 0.0),
    ("v", 0.0, 0.5, 0.0),
    ("level", 0.1, 0.4, 0.0),
    ("linear", 0.1, 0.6, 0.0),
    ("gaussian", 0.0, 0.0, 0.3),
)
CASES: list[tuple[str, dict[str, Any]]] = [
    ("topsis", {}),
    ("vikor", {}),
    ("vikor", {"v": 0.2}),
    ("promethee2", {}),
    ("promethee2", {"preferences": SHAPES}),
]
EACH = pytest.mark.parametrize(("name", "parameters"), CASES)
OBJECTIVES = np.array([1.0, -1.0, 1.0, 1.0, -1.0, 1.0])


def test_the_methods_that_are_drawn() -> None:
    assert set(sampled_method_ids()) == {"topsis", "vikor", "promethee2"}


@EACH
@pytest.mark.parametrize("varying", [(), (1,), (0, 3, 4), tuple(range(6))])
def test_scores_of_many_draws_are_those_of_each(
    name: str, parameters: dict[str, Any], varying: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(3)
    matrix, weights = rng.random((7, 6)), rng.dirichlet(np.ones(6), 60).T
    matrix[:, 5] = 0.4  # a column without differences
    drawn = {column: rng.random((7, 60)) for column in varying}
    found = scores_over_samples(name, matrix, drawn, OBJECTIVES, weights, **parameters)
    sign = -1 if method(name).best == "lowest" else 1
    for sample in range(60):
        own = matrix.copy()
        for column, figures in drawn.items():
            own[:, column] = figures[:, sample]
        one = run(name, own, OBJECTIVES, weights[:, sample], **parameters).result
        np.testing.assert_allclose(sign * found[:, sample], one.scores, rtol=0, atol=1e-12)


@EACH
@pytest.mark.parametrize("shape", [(2, 6), (5, 6), (40, 6)])
def test_ranks_are_counted_as_in_a_plain_loop(
    name: str, parameters: dict[str, Any], shape: tuple[int, int]
) -> None:
    rng = np.random.default_rng(shape[0])
    values, weights = rng.random(shape), rng.dirichlet(np.ones(shape[1]), 700)
    found = smaa(values, weights=weights, method=name, parameters=parameters)
    counts, wins = np.zeros((shape[0], shape[0])), np.zeros((shape[0], shape[0]))
    firsts = np.zeros(shape)
    for one in weights.astype(np.float32).astype(float):
        ranks = run(name, values, np.ones(6), one / one.sum(), **parameters).result.ranks
        counts[np.arange(shape[0]), ranks - 1] += 1
        wins += ranks[:, None] < ranks
        firsts[ranks == 1] += one
    np.testing.assert_allclose(found.rank_acceptability * 700, counts, atol=1e-9)
    np.testing.assert_allclose(found.pairwise_winning * 700, wins, atol=1e-9)
    first = counts[:, 0] > 0
    expected = firsts[first] / firsts[first].sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found.central_weights[first], expected, atol=1e-5)
    for row in np.flatnonzero(first):
        ranks = run(name, values, np.ones(6), found.central_weights[row], **parameters).result.ranks
        assert found.confidence[row] == (ranks[row] == 1)


PEERS = {
    "topsis": py.TOPSIS(normalizations.vector_normalization),
    "vikor": py.VIKOR(),
    "promethee2": py.PROMETHEE_II("usual"),
}


@pytest.mark.parametrize("name", PEERS)
def test_ranks_are_those_of_pymcdm_for_the_same_weights(name: str) -> None:
    rng = np.random.default_rng(8)
    values, weights = rng.random((6, 5)), rng.dirichlet(np.ones(5), 500)
    found = smaa(values, weights=weights, method=name)
    counts = np.zeros((6, 6))
    for one in weights:
        scores = PEERS[name](values, one, np.ones(5))
        oriented = -scores if name == "vikor" else scores
        ranks = (oriented[:, None] < oriented - 1e-9).sum(axis=1)
        counts[np.arange(6), ranks] += 1
    np.testing.assert_allclose(found.rank_acceptability * 500, counts, atol=1e-9)


@EACH
def test_ranges_are_drawn_and_fed_in_their_own_unit(name: str, parameters: dict[str, Any]) -> None:
    # A criterion without a value function enters as its performance, here 200 to 700 and falling.
    rng = np.random.default_rng(5)
    low = rng.random((4, 6)) * 0.8
    high = low.copy()
    high[1] += 0.2
    table = (low + high) / 2
    offset, slope = np.array([0, 700.0, 0, 0, 0, 0]), np.array([1, -500.0, 1, 1, 1, 1])
    objectives = np.array([1, -1.0, 1, 1, 1, 1])
    fed = Fed(name, offset + slope * table, objectives, offset, slope, parameters)
    still, fixed = Weighting("around", 0.0), np.full(6, 1 / 6)
    cell = CellDraw(2, 0, lambda chances: np.where(chances < 0.3, 0.1, 0.9))
    spread = Spread(low, high, (cell,))
    found = acceptability(spread, still, fixed, 20_000, 1, fed=fed)
    counts = np.zeros((4, 4))
    for _ in range(4000):
        drawn = low + rng.random((4, 6)) * (high - low)
        drawn[2, 0] = 0.1 if rng.random() < 0.3 else 0.9
        ranks = run(name, offset + slope * drawn, objectives, fixed, **parameters).result.ranks
        counts[np.arange(4), ranks - 1] += 1
    np.testing.assert_allclose(found.rank_acceptability, counts / 4000, atol=0.04)
    # Fixed weights are the central weights of all who are ever first.
    first = found.rank_acceptability[:, 0] > 0
    np.testing.assert_allclose(found.confidence[first], found.rank_acceptability[first, 0])


def test_equal_scores_share_the_better_rank() -> None:
    # Of two alternatives one has the lower S, the other the lower R: Q is one half for both.
    values = [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]
    weights = [[0.45, 0.3, 0.25]] * 10
    found = smaa(values, weights=weights, method="vikor")
    assert found.rank_acceptability.tolist() == [[1, 0], [1, 0]]
    assert found.pairwise_winning.tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize("name", ["topsis", "vikor", "promethee2"])
def test_neither_threads_nor_a_twin_nor_a_criterion_without_weight_disturb(name: str) -> None:
    high = np.random.default_rng(4).random((9, 5))
    high[8] = high[2]
    low = high.copy()
    low[4:6] *= 0.7
    one, two = (
        smaa((low, high), 2 * BLOCK + 77, 11, "around:0.4", [1, 2, 0, 1, 3], threads, method=name)
        for threads in (1, 2)
    )
    for left, right in zip(one, two, strict=True):
        np.testing.assert_array_equal(left, right)
    np.testing.assert_array_equal(one.rank_acceptability[2], one.rank_acceptability[8])
    without = smaa((low[:, [0, 1, 3, 4]], high[:, [0, 1, 3, 4]]), 2 * BLOCK, 11, method=name)
    assert without.rank_acceptability.shape == (9, 9)
    assert np.isnan(one.central_weights[:, 2]).sum() == (one.rank_acceptability[:, 0] == 0).sum()


@EACH
def test_nothing_varying_is_the_ranking_itself(name: str, parameters: dict[str, Any]) -> None:
    values = np.random.default_rng(4).random((5, 6))
    found = smaa(values, weights=[1, 2, 3, 1, 1, 1], method=name, parameters=parameters)
    weights = np.array([1, 2, 3, 1, 1, 1]) / 9
    ranks = run(name, values, np.ones(6), weights, **parameters).result.ranks
    assert (found.rank_acceptability.argmax(axis=1) + 1).tolist() == ranks.tolist()


@pytest.mark.parametrize("name", ["topsis", "vikor", "promethee2"])
def test_one_alternative_and_equal_ones_have_a_result(name: str) -> None:
    assert smaa([[0.3, 0.4]], 500, method=name).rank_acceptability.tolist() == [[1.0]]
    alike = smaa([[0.3, 0.4]] * 3, 500, method=name)
    assert alike.rank_acceptability[:, 0].tolist() == [1, 1, 1]


def test_a_method_that_is_not_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match=r"'edas' is not drawn; write weighted_sum, .* or vikor"):
        smaa([[0.1, 0.2]], 100, method="edas")
    with pytest.raises(UsageError, match="'topsi' is no method"):
        smaa([[0.1, 0.2]], 100, method="topsi")
    with pytest.raises(UsageError, match="has no parameter"):
        smaa([[0.1, 0.2]], 100, method="topsis", parameters={"v": 0.5})
    with pytest.raises(UsageError, match="from 0 to 1"):
        smaa([[0.1, 0.2]], 100, method="vikor", parameters={"v": 2})
