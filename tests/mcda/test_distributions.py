"""The mean and the 2.5 and 97.5 % points against scipy's."""

import numpy as np
import pytest
from scipy import stats

from selector.mcda.distributions import summary

PEERS = {
    "normal": lambda p: stats.norm(p[0], p[1]),
    "lognormal": lambda p: stats.lognorm(p[1], scale=np.exp(p[0])),
    "beta": lambda p: stats.beta(p[0], p[1]),
    "triangular": lambda p: stats.triang((p[1] - p[0]) / (p[2] - p[0]), p[0], p[2] - p[0]),
}
CASES = [
    ("normal", (10, 2)),
    ("normal", (-3, 0.01)),
    ("lognormal", (0, 0.5)),
    ("lognormal", (2, 1)),
    ("beta", (2, 5)),
    ("beta", (0.5, 0.5)),
    ("beta", (30, 1)),
    ("triangular", (0, 1, 4)),
    ("triangular", (0, 0, 1)),
    ("triangular", (-5, 2, 2)),
]


@pytest.mark.parametrize(("kind", "parameters"), CASES)
def test_the_summary_equals_scipys(kind: str, parameters: tuple[float, ...]) -> None:
    peer = PEERS[kind](parameters)
    low, central, high = summary(kind, parameters)
    assert central == pytest.approx(peer.mean(), rel=1e-9)
    assert low == pytest.approx(min(peer.ppf(0.025), peer.mean()), rel=1e-9, abs=1e-12)
    assert high == pytest.approx(max(peer.ppf(0.975), peer.mean()), rel=1e-9)


def test_the_mean_of_a_skewed_distribution_stays_inside() -> None:
    low, central, high = summary("lognormal", (0, 5))  # its mean is past its 97.5 % point
    assert low < central == high


@pytest.mark.parametrize(("kind", "parameters"), [("normal", (3, 0)), ("triangular", (3, 3, 3))])
def test_no_spread_is_one_point(kind: str, parameters: tuple[float, ...]) -> None:
    assert summary(kind, parameters) == (3, 3, 3)


def test_there_is_no_other_distribution() -> None:
    with pytest.raises(ValueError, match="cauchy"):
        summary("cauchy", (0, 1))
