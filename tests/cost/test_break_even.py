"""Break-even volumes equal those that scanning the full model finds."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector.cost.break_even import BreakEven, Volumes, break_even, moved_by, volumes_of
from selector.cost.plan import Plan
from selector.cost.terms import Commitment
from tests.cost.made import HOSTING, TOKENS, at, plan, service

# By the token 4,000 a million requests; an instance 7,300 for up to 900 x 2,628,000 / 500
FULL = 900 * 2_628_000 / 500


def found(first: Plan, second: Plan) -> BreakEven:
    return break_even(volumes_of(first), volumes_of(second))


def cheaper(even: BreakEven, starts_cheaper: bool, requests: float) -> bool:
    """Whether the first is cheaper at so many requests, by the crossings."""
    below = [crossing for crossing in even.crossings if crossing.requests < requests]
    return below[-1].is_cheaper_above if below else starts_cheaper


def test_one_instance_against_the_token() -> None:
    # 7,300 / 4,000 = 1.825 million requests; at 4.73 million the second instance costs 14,600
    # against 18,922 by the token: the first stays cheaper
    even = found(plan(HOSTING), plan(TOKENS))
    assert even.requests == pytest.approx(1_825_000)
    assert [c.requests for c in even.crossings] == pytest.approx([1_825_000])
    assert found(plan(TOKENS), plan(HOSTING)).requests is None


def test_several_crossings_by_steps() -> None:
    # at 2,250 a million requests an instance is full at 10,643 by the token: 7,300 / 2,250 = 3.244
    # million; a second from 4.7304 (14,600 against 10,643): dearer again until 6.489 million; a
    # third from 9.4608 (21,900 against 21,287) until 9.733; a fourth from 14.19: 29,200 < 31,930
    dear = plan(TOKENS, figures={"price_in": 0.625, "price_out": 2})
    even = found(plan(HOSTING), dear)
    wanted = [7300 / 2250e-6, FULL, 14_600 / 2250e-6, 2 * FULL, 21_900 / 2250e-6]
    assert [c.requests for c in even.crossings] == pytest.approx(wanted)
    assert [c.is_cheaper_above for c in even.crossings] == [True, False, True, False, True]
    assert even.requests == pytest.approx(21_900 / 2250e-6)


def test_what_is_always_cheaper_is_so_from_nought() -> None:
    cheap = plan(TOKENS, figures={"price_in": 0.01, "price_out": 0.01})
    assert found(cheap, plan(TOKENS)).requests == 0
    assert found(plan(TOKENS), cheap).requests is None
    assert found(cheap, cheap) == BreakEven(None, (), np.inf)


def test_a_tier_and_a_least_bill_bend_the_line() -> None:
    # logs: 0.5 a GB, 1,000 kB each, at least 800: the same up to 1.6 million requests, then a line
    part = service((0, "gb"), minimum="least")
    logged = plan(around=(part,), figures={"gb": 0.5, "log_kb": 1000, "least": 800})
    tokens = plan(TOKENS, figures={"price_in": 0.2, "price_out": 0})  # 400 a million
    even = found(tokens, logged)
    assert even.requests == pytest.approx(0)
    dearer = plan(TOKENS, figures={"price_in": 0.26, "price_out": 0})  # 520 a million
    even = found(logged, dearer)
    assert even.requests == pytest.approx(800 / 520e-6)


def test_a_commitment_bends_the_line() -> None:
    term = Commitment("savings plan", "commit", "d")
    committed = plan(TOKENS, figures={"commit": 3000, "d": 0.25}, commitments=(term,))
    even = found(committed, plan(TOKENS))
    assert even.requests == pytest.approx(750_000)  # 3,000 by 4,000 a million


@pytest.mark.parametrize("bend", [100_050, 100_500, 101_500, 999_500, 1_000_900])
def test_a_bend_near_the_end_of_a_stretch_is_seen(bend: float) -> None:
    # stretches begin at powers of ten; the commitment is used up at `bend` requests
    term = Commitment("savings plan", "commit", "d")
    figures = {"commit": 0.003 * bend, "d": 0.25}
    made = plan(TOKENS, figures=figures, commitments=(term,))
    requests = np.concatenate([bend * (1 + np.linspace(-0.02, 0.02, 41)), [100_001.0]])
    assert volumes_of(made).value(requests) == pytest.approx(at(made, requests), rel=1e-6)


def test_what_is_cheaper_as_far_as_one_looks_but_not_in_the_long_run_does_not_stay_so() -> None:
    # a tier that ends far beyond the last copy that is looked at: free logs up to 1e7 GB
    part = service((0, "free"), (1e7, "dear"))
    logged = plan(
        TOKENS,
        figures={"price_in": 0.1, "price_out": 0.1, "free": 0, "dear": 99, "log_kb": 1e4},
        around=(part,),
    )
    small = plan(HOSTING, figures={"speed": 1, "hour": 1})
    even = found(logged, small)
    assert even.searched_to < 1e10
    assert even.requests is None


PRICES = st.floats(0.05, 20)
HOSTED = st.fixed_dictionaries(
    {
        "hour": st.floats(0.5, 80),
        "speed": st.floats(20, 5000),
        "replicas": st.integers(1, 4),
        "peak_to_mean": st.floats(1, 6),
    }
)


@st.composite
def plans(draw: Any) -> Plan:
    """A plan of any kind."""
    kind = draw(st.sampled_from(["tokens", "hosting", "spares", "both", "logs", "committed"]))
    figures: dict[str, Any] = {"price_in": draw(PRICES), "price_out": draw(PRICES)}
    if kind == "tokens":
        return plan(TOKENS, figures=figures)
    if kind == "logs":
        figures |= {"a": draw(PRICES), "b": draw(PRICES), "log_kb": draw(st.floats(1, 5000))}
        figures |= {"least": draw(st.floats(0, 5000))}
        part = service((0, "a"), (draw(st.floats(1, 5000)), "b"), minimum="least")
        return plan(TOKENS, figures=figures, around=(part,))
    if kind == "committed":
        figures |= {"commit": draw(st.floats(10, 1e5)), "d": draw(st.floats(0, 0.6))}
        term = Commitment("plan", "commit", "d")
        return plan(TOKENS, figures=figures, commitments=(term,))
    figures |= draw(HOSTED)
    if kind == "both":
        figures |= {"fallback_share": draw(st.floats(0.05, 0.9))}
        return plan(HOSTING, figures=figures, fallback=(TOKENS,))
    if kind == "spares":
        figures |= {"up": 99, "availability": draw(st.floats(99, 99.99))}
        return plan(HOSTING._replace(up="up"), figures=figures)
    return plan(HOSTING, figures=figures)


@settings(max_examples=40, deadline=None)
@given(plans(), plans(), st.integers(0, 2**32 - 1))
def test_break_even_equals_scanning(first: Plan, second: Plan, seed: int) -> None:
    one, two = volumes_of(first), volumes_of(second)
    even = break_even(one, two)
    limit = min(one.limit, two.limit, 1e9)
    rng = np.random.default_rng(seed)
    scanned = np.concatenate(
        [
            rng.uniform(0, limit, 200),
            limit * 10 ** rng.uniform(-6, 0, 200),
            *[[c.requests * (1 - 1e-4), c.requests * (1 + 1e-4)] for c in even.crossings[:200]],
        ]
    )
    scanned = np.sort(scanned[scanned < limit])
    difference = at(first, scanned) - at(second, scanned)
    places = np.array([c.requests for c in even.crossings] or [-1.0])
    starts = not even.crossings[0].is_cheaper_above if even.crossings else even.requests is not None
    for requests, gap in zip(scanned, difference, strict=True):
        near = np.abs(places - requests).min() <= 2e-5 * requests
        if near or abs(gap) <= 1e-6 * (1 + abs(float(at(first, [requests])[0]))):
            continue
        assert cheaper(even, bool(starts), float(requests)) == bool(gap < 0), requests


@settings(max_examples=40, deadline=None)
@given(plans(), st.integers(0, 2**32 - 1))
def test_the_lines_are_the_bill_of_the_full_model(made: Plan, seed: int) -> None:
    volumes: Volumes = volumes_of(made)
    limit = min(volumes.limit, 1e9)
    requests = np.random.default_rng(seed).uniform(0, limit, 300)
    assert volumes.value(requests) == pytest.approx(at(made, requests), rel=1e-7, abs=1e-5)


def test_instances_that_come_and_go_are_followed_closely() -> None:
    made = plan(HOSTING._replace(autoscales=True), figures={"peak_to_mean": 3})
    volumes = volumes_of(made)
    requests = np.linspace(0, volumes.limit * 0.99, 997)
    assert volumes.value(requests) == pytest.approx(at(made, requests), rel=2e-3)


def test_what_moves_the_break_even() -> None:
    # an hour of 8 to 12: 5,840 or 8,760 by 4,000 a million; at half the speed a copy is full at
    # 2.37 million, and the fourth, from 7.1 million on, costs 29,200: dearer until 7.3 million;
    # by the token at 3,000 a million the second copy is dearer until 4.87 million
    hosted = plan(HOSTING, figures={"hour": (8, 10, 12), "speed": (450, 900, 900)})
    tokens = plan(TOKENS, figures={"price_in": (0.5, 1, 1)})
    found = {each.parameter.name: each for each in moved_by(hosted, tokens)}
    assert set(found) == {"hour", "speed", "price_in"}
    assert (found["hour"].at_low, found["hour"].at_high) == pytest.approx((1.46e6, 2.19e6))
    assert found["speed"].at_high == pytest.approx(1.825e6)
    assert found["speed"].at_low == pytest.approx(7.3e6)
    assert found["price_in"].at_low == pytest.approx(14_600 / 3000e-6)
