"""What would lower a bill, worked by hand."""

import math
from typing import Any

import pytest

from selector.cost.levers import Lever, levers_of
from selector.cost.plan import Plan
from selector.cost.tokens import Rates
from selector.domain.evidence import Source
from selector.domain.pricing import Basis
from selector.domain.span import Span
from tests.cost.made import HOSTING, TOKENS, billed, plan

ASSUMED = {
    "cacheable_share": Span(0.2, 0.5, 0.8),
    "batchable_share": Span(0, 0.1, 0.3),
    "routable_share": Span(0.2, 0.4, 0.6),
    "semantic_cache_hit_rate": Span(0.05, 0.2, 0.45),
    "reserved_discount_1y": Span(0.2, 0.3, 0.4),
    "quantisation_gain": Span(1.1, 1.3, 2),
    "idle_minutes": Span(5, 15, 30),
}
PEAKED = {"requests_per_month": 5.256e6, "peak_to_mean": 4}  # 4,000 tokens a second at the peak


def found(made: Plan) -> dict[str, Lever]:
    return {lever.id: lever for lever in levers_of(made, ASSUMED)}


def saving(made: Plan, lever: str) -> Any:
    return pytest.approx(tuple(found(made)[lever].saving))


def test_levers_of_a_model_by_the_token() -> None:
    # 4,000 a month: 2,000 of input at 1 (0.1 cached), 2,000 of output
    batch = (Rates("half_in", "half_in", "half_in", "half_out"),)
    smaller = TOKENS._replace(rates=(Rates("small", "small", "small", "small"),))
    prices = {"half_in": 0.5, "half_out": 2, "small": 0.4}
    made = plan(TOKENS._replace(batch=batch), figures=prices, routed=(smaller,))
    assert saving(made, "caching") == (360, 900, 1440)  # 0.9 x 2,000 x the share
    assert saving(made, "batching") == (0, 200, 600)  # half of 4,000 x the share
    assert saving(made, "routing") == (600, 1200, 1800)  # 4,000 - 1,000 for the small one
    assert saving(made, "semantic_caching") == (200, 800, 1800)
    savings = [lever.saving.likely for lever in levers_of(made, ASSUMED)]
    assert savings == sorted(savings, reverse=True)


def test_what_is_cached_already_is_not_offered_again() -> None:
    made = plan(TOKENS, figures={"cached_share": 0.6})
    assert "caching" not in found(made)


def test_levers_of_a_model_that_one_hosts() -> None:
    # 4,000 at 900 a second: 5 copies, 36,500
    made = plan(HOSTING._replace(precision="bf16"), figures=PEAKED)
    assert billed(made).monthly() == pytest.approx([36_500])
    assert saving(made, "reserved_capacity") == (7300, 10_950, 14_600)
    # at 990, 1,170 and 1,800 a second: 5, 4 and 3 copies
    assert saving(made, "quantisation") == (0, 7300, 14_600)
    assert 0 < found(made)["autoscaling"].saving.likely < 36_500
    assert "scale_to_zero" not in found(made)  # two requests a second: nobody is ever away


def test_the_last_instance_saves_only_what_it_is_off_while_nobody_asks() -> None:
    # 730 requests in 730 hours: within 15 minutes one comes in 1 - exp(-1/4) of the time
    figures = {"requests_per_month": 730, "hour": 10}
    off = [7300 * math.exp(-minutes / 60) for minutes in (30, 15, 5)]
    assert saving(plan(HOSTING, figures=figures), "scale_to_zero") == tuple(off)
    # neither two copies kept running nor a spare one make it more, nor what comes and goes anyway
    for part, more in (
        (HOSTING, {"replicas": 2}),
        (HOSTING._replace(spare="spare"), {"spare": 1}),
        (HOSTING._replace(autoscales=True), {}),
    ):
        assert saving(plan(part, figures=figures | more), "scale_to_zero") == tuple(off)


def test_a_listed_price_for_a_year_comes_before_an_assumed_discount() -> None:
    part = HOSTING._replace(reserved_hour="year")
    made = plan(part, figures=PEAKED | {"year": 6})
    assert saving(made, "reserved_capacity") == (14_600, 14_600, 14_600)
    listed = made.parameters["year"]._replace(
        label="Price of it, reserved for a year",
        unit="USD per hour",
        basis=Basis((Source("https://example.com/list"),)),
    )
    lever = found(made._replace(parameters={**made.parameters, "year": listed}))[
        "reserved_capacity"
    ]
    assert lever.rests_on == ()
    assert "reserved for a year: 6 USD per hour." in lever.caution
    assert [str(source) for source in lever.basis.sources] == ["https://example.com/list"]


def test_what_saves_nothing_is_no_lever() -> None:
    # 100 hours a month: a commitment for all 730 costs more
    made = plan(HOSTING, figures={"requests_per_month": 1000, "hours_per_month": 100})
    assert "reserved_capacity" not in found(made)
    assert "quantisation" not in found(made)
    assert found(plan(HOSTING._replace(is_owned=True), figures=OWNED)) == {}


OWNED = {"owned.price": 48_000, "owned.years": 4, "requests_per_month": 1000}
