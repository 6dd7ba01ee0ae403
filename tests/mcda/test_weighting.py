"""Weights from points and from orders, against their published definitions."""

from itertools import pairwise

import numpy as np
import pytest

from selector import UsageError
from selector.mcda.weighting.direct import replaced, shares_of
from selector.mcda.weighting.surrogate import weights_from_order
from selector.mcda.weighting.tree import global_weights

# The definitions are those of Barron and Barrett 1996, Decision quality using ranked attribute
# weights, Management Science 42(11), doi:10.1287/mnsc.42.11.1515: rank order centroid
# w_k = (1/n) sum_{i=k..n} 1/i, rank sum 2(n+1-k)/(n(n+1)), rank reciprocal (1/k)/sum(1/i).
# The fractions are worked from these by hand; so are their decimals.
CENTROID = {
    2: [3 / 4, 1 / 4],
    3: [11 / 18, 5 / 18, 2 / 18],
    4: [25 / 48, 13 / 48, 7 / 48, 3 / 48],
    5: [137 / 300, 77 / 300, 47 / 300, 27 / 300, 12 / 300],
}
DECIMALS = {
    2: [0.75, 0.25],
    3: [0.6111, 0.2778, 0.1111],
    4: [0.5208, 0.2708, 0.1458, 0.0625],
    5: [0.4567, 0.2567, 0.1567, 0.09, 0.04],
}
RANK_SUM = {3: [3 / 6, 2 / 6, 1 / 6], 5: [5 / 15, 4 / 15, 3 / 15, 2 / 15, 1 / 15]}
RECIPROCAL = {3: [6 / 11, 3 / 11, 2 / 11], 4: [12 / 25, 6 / 25, 4 / 25, 3 / 25]}


@pytest.mark.parametrize("count", CENTROID)
def test_rank_order_centroids_are_those_of_the_definition(count: int) -> None:
    found = weights_from_order(count, "roc")
    assert found == pytest.approx(CENTROID[count], abs=1e-15)
    assert found == pytest.approx(DECIMALS[count], abs=5e-5)


@pytest.mark.parametrize(("formula", "table"), [("rank_sum", RANK_SUM), ("reciprocal", RECIPROCAL)])
def test_other_formulas_follow_their_definition(
    formula: str, table: dict[int, list[float]]
) -> None:
    for count, weights in table.items():
        assert weights_from_order(count, formula) == pytest.approx(weights, abs=1e-15)


@pytest.mark.parametrize("formula", ["roc", "rank_sum", "reciprocal"])
@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_weights_of_an_order_fall_and_sum_to_one(formula: str, count: int) -> None:
    weights = weights_from_order(count, formula)
    assert sum(weights) == pytest.approx(1, abs=1e-12)
    assert all(a > b > 0 for a, b in pairwise(weights))


def test_there_is_no_other_formula() -> None:
    with pytest.raises(ValueError, match="tarot"):
        weights_from_order(3, "tarot")


def test_named_points_stand_beside_what_the_others_had_of_100() -> None:
    # 50, 30, 20; the first set to 100: 100, 30, 20 of 150
    shares = replaced({"a": 0.5, "b": 0.3, "c": 0.2}, {"a": 100})
    assert shares == pytest.approx({"a": 100 / 150, "b": 30 / 150, "c": 20 / 150})


@pytest.mark.parametrize("points", [{"a": -1}, {"a": float("nan")}, {"a": float("inf")}])
def test_points_that_are_no_weight_are_refused(points: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="'a'"):
        shares_of({**points, "b": 1})


def test_enormous_points_are_refused_rather_than_rounded_away() -> None:
    with pytest.raises(UsageError):
        shares_of({"a": 1e308, "b": 1e308})
    with pytest.raises(UsageError, match="sum to zero"):
        shares_of({"a": 0, "b": 0})


def test_shares_multiply_down_the_tree() -> None:
    # a 0.6 over b 0.25 and c 0.75, d 0.4
    weights = global_weights([-1, 0, 0, -1], np.array([0.6, 0.25, 0.75, 0.4]))
    assert weights == pytest.approx([0.6, 0.15, 0.45, 0.4])
