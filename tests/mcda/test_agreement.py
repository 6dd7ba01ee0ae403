"""Kendall's tau-b against an independent implementation, and each cause on a case made for it."""

import math

import numpy as np
import pytest

from selector.mcda.agreement import cause, kendall_tau_b
from selector.mcda.methods._contract import run


@pytest.mark.parametrize("seed", range(100))
def test_tau_b_equals_that_of_scipy(seed: int) -> None:
    from scipy.stats import kendalltau

    rng = np.random.default_rng(seed)
    one, other = rng.integers(1, 6, (2, rng.integers(2, 12)))
    theirs = kendalltau(one, other).statistic
    ours = kendall_tau_b(one, other)
    assert (ours is None) == math.isnan(theirs)
    assert ours is None or ours == pytest.approx(theirs, abs=1e-12)


def test_tau_b_by_hand() -> None:
    # Four of six pairs agree, and one is tied in each: 4 / sqrt(5 * 5).
    assert kendall_tau_b(np.array([1, 1, 3, 4]), np.array([1, 3, 3, 4])) == pytest.approx(4 / 5)
    assert kendall_tau_b(np.array([1]), np.array([1])) is None


def why(name: str, values: list[list[float]], weights: list[float]) -> tuple[str, int | None]:
    """The cause, checked to be asked of a method that does put another first."""
    table, shares = np.array(values), np.array(weights)
    ones = np.ones(len(shares))
    leader = int(np.argmin(run("weighted_sum", table, ones, shares).result.ranks))
    other = int(np.argmin(run(name, table, ones, shares).result.ranks))
    assert other != leader
    found = cause(name, (table, ones), table, shares, (leader, other), {})
    return found.kind, found.column


def test_two_that_are_nearly_level() -> None:
    assert why("weighted_product", [[1.0, 0.2], [0.595, 0.6]], [0.5, 0.5]) == ("level", None)


def test_a_scale_that_is_wider_than_the_alternatives() -> None:
    # On the whole scale the second column hardly differs; between these two it is all.
    assert why("mabac", [[0.9, 0.50], [0.6, 0.60]], [0.45, 0.55]) == ("scaling", 1)


def test_a_weak_point_that_strengths_cannot_make_up_for() -> None:
    values = [[1.0, 0.0, 1.0], [0.6, 0.55, 0.6]]
    assert why("vikor", [*values, [0.0, 1.0, 0.0]], [0.35, 0.35, 0.3]) == ("weak point", 1)


def test_who_is_ahead_more_than_by_how_much() -> None:
    assert why("promethee2", [[1.0, 0.5, 0.5], [0.0, 0.6, 0.6]], [0.4, 0.3, 0.3])[0] == "order"
