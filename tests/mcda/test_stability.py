"""Stability intervals against brute force over the whole range of the share."""

import numpy as np
import pytest
from scipy.optimize import linprog

from selector.mcda.robustness.stability import Intervals, slopes_of, stable_intervals
from selector.mcda.weighting.tree import Tree, global_weights, tree_of

GRID = np.linspace(0, 1, 20_001)
STEP = GRID[1]


def one_node(at_zero: np.ndarray, at_one: np.ndarray, share: float, winner: int) -> Intervals:
    """The interval of one node, from the scores at both ends of its share."""
    scores = at_zero + share * (at_one - at_zero)
    rises = at_one - at_zero
    return stable_intervals(
        scores[winner] - scores, (rises[winner] - rises)[None], np.array([share])
    )


@pytest.mark.parametrize("seed", range(60))
def test_the_interval_is_where_no_rival_is_ahead(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(2, 8))
    at_zero, at_one = rng.random((2, rows))
    share = rng.random()
    winner = int(np.argmax(at_zero + share * (at_one - at_zero)))
    low, high, below, above = (float(part[0]) for part in one_node(at_zero, at_one, share, winner))
    all_scores = at_zero[:, None] + GRID * (at_one - at_zero)[:, None]
    first = all_scores[winner] >= all_scores.max(axis=0) - 1e-12
    assert first[(low <= GRID) & (high >= GRID)].all()
    assert not first[low - STEP > GRID].any()
    assert not first[high + STEP < GRID].any()
    if below == -1:
        assert low == 0
    else:
        at = all_scores[:, np.flatnonzero(low > GRID)[-1]]
        assert at[int(below)] == pytest.approx(at.max(), abs=1e-3)
    if above == -1:
        assert high == 1
    else:
        at = all_scores[:, np.flatnonzero(high < GRID)[0]]
        assert at[int(above)] == pytest.approx(at.max(), abs=1e-3)


def test_a_tie_at_the_share_ends_the_interval_there() -> None:
    # Both have 0.5 at a share of one half; the second leads above it.
    found = one_node(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.5, 0)
    assert [part.tolist() for part in found] == [[0.0], [0.5], [-1], [1]]


def test_equal_lines_never_take_over() -> None:
    found = one_node(np.array([0.8, 0.8]), np.array([0.3, 0.3]), 0.2, 0)
    assert [part.tolist() for part in found] == [[0.0], [1.0], [-1], [-1]]


def a_tree(rng: np.random.Generator) -> Tree:
    """Up to three levels: each node goes below an earlier one, or stands at the top."""
    parents: list[int] = []
    depths: list[int] = []
    for node in range(int(rng.integers(2, 12))):
        able = [-1, *(place for place in range(node) if depths[place] < 3)]
        parent = int(rng.choice(able))
        parents.append(parent)
        depths.append(1 if parent < 0 else depths[parent] + 1)
    leaves = [node for node in range(len(parents)) if node not in parents]
    return tree_of(parents, leaves)


def moved(tree: Tree, shares: np.ndarray, node: int, share: float) -> np.ndarray:
    """The weights of leaves when a node has this share and its siblings keep their proportions."""
    others = [o for o, p in enumerate(tree.parents) if p == tree.parents[node] and o != node]
    changed = shares.copy()
    held = shares[others]
    if others:
        parts = held / held.sum() if held.sum() > 0 else np.full(len(others), 1 / len(others))
        changed[others], changed[node] = parts * (1 - share), share
    return global_weights(tree.parents.tolist(), changed)[tree.leaves]


@pytest.mark.parametrize("seed", range(200))
def test_slopes_are_how_scores_move_with_each_share_of_a_tree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tree = a_tree(rng)
    shares = np.zeros(len(tree.parents))
    for parent in np.unique(tree.parents):
        own = np.flatnonzero(tree.parents == parent)
        points = rng.choice([0.0, 1.0, 2.5], len(own))
        points[rng.integers(len(own))] += 1.0
        shares[own] = points / points.sum()
    values = rng.random((int(rng.integers(1, 6)), len(tree.leaves)))
    weights = global_weights(tree.parents.tolist(), shares)
    slopes = slopes_of(tree, shares, weights, values)
    for node in range(len(shares)):
        ends = [values @ moved(tree, shares, node, share) for share in (0.0, 1.0)]
        np.testing.assert_allclose(slopes[node], ends[1] - ends[0], atol=1e-12)


@pytest.mark.parametrize("part", range(10))
def test_intervals_are_those_of_linear_programs_on_500_trees(part: int) -> None:
    for seed in range(50 * part, 50 * part + 50):
        rng = np.random.default_rng(seed)
        tree = a_tree(rng)
        shares = np.zeros(len(tree.parents))
        for parent in np.unique(tree.parents):
            own = np.flatnonzero(tree.parents == parent)
            shares[own] = rng.dirichlet(np.ones(len(own)))
        values = rng.random((int(rng.integers(2, 8)), len(tree.leaves)))
        weights = global_weights(tree.parents.tolist(), shares)
        scores = values @ weights[tree.leaves]
        winner = int(np.argmax(scores))
        slopes = slopes_of(tree, shares, weights, values)
        found = stable_intervals(scores[winner] - scores, slopes[:, winner, None] - slopes, shares)
        node = int(rng.integers(len(shares)))
        at_zero, at_one = (values @ moved(tree, shares, node, share) for share in (0.0, 1.0))
        leads = at_zero[winner] - at_zero
        rises = at_one[winner] - at_one - leads
        for sign, end in ((1, found.low), (-1, found.high)):
            best = linprog([sign], A_ub=-rises[:, None], b_ub=leads, bounds=[(0, 1)])
            assert end[node] == pytest.approx(best.x[0], abs=1e-7)
