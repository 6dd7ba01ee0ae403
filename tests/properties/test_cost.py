"""What holds of every bill: no cheaper with more, three ends that rise, items that sum up."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector.cost.people import People
from selector.cost.plan import FIGURES, Part, Plan, bill
from selector.cost.spread import spread_of
from selector.cost.terms import Commitment
from selector.domain.span import Span
from tests.cost.made import HOSTING, TOKENS, billed, plan, service

PRICE = st.floats(0.01, 30)


@st.composite
def ranges(draw: Any, low: float, high: float) -> Any:
    """A number, or three that rise."""
    if draw(st.booleans()):
        return draw(st.floats(low, high))
    return tuple(sorted(draw(st.floats(low, high)) for _ in range(3)))


@st.composite
def plans(draw: Any, commits: bool = True) -> Plan:
    """A plan with any parts, every figure a number or a range."""
    figures: dict[str, Any] = {
        "requests_per_month": draw(ranges(0, 1e8)),
        "input_tokens": draw(ranges(0, 20_000)),
        "output_tokens": draw(ranges(1, 3000)),
        "cached_share": draw(ranges(0, 0.7)),
        "cache_write_share": draw(ranges(0, 0.3)),
        "batch_share": draw(ranges(0, 1)),
        "peak_to_mean": draw(ranges(1, 8)),
        "growth_per_month": draw(ranges(-0.2, 0.2)),
        "hours_per_month": draw(ranges(100, 744)),
        "replicas": draw(ranges(1, 4)),
        "price_in": draw(ranges(0.01, 20)),
        "price_cached": draw(ranges(0.01, 20)),
        "price_out": draw(ranges(0.01, 60)),
        "off": draw(ranges(0, 60)),
        "hour": draw(ranges(0.3, 90)),
        "speed": draw(ranges(10, 9000)),
        "share": draw(ranges(0.3, 1)),
        "up": draw(ranges(97, 99.5)),
        "log_kb": draw(ranges(0, 500)),
        "first": draw(PRICE),
        "second": draw(PRICE),
        "least": draw(ranges(0, 900)),
        "people_hours": draw(ranges(0, 100)),
        "hourly_cost": draw(ranges(40, 200)),
        "commit": draw(ranges(1, 50_000)),
        "d": draw(ranges(0, 0.7)),
    }
    if draw(st.booleans()):
        figures["availability"] = draw(ranges(99, 99.99))
    hosting = HOSTING._replace(
        utilisation=draw(st.sampled_from(["", "share"])),
        up="up",
        autoscales=draw(st.booleans()),
        is_reserved=draw(st.booleans()),
    )
    serving: Part = TOKENS if draw(st.booleans()) else hosting
    around: tuple[Part, ...] = ()
    if draw(st.booleans()):
        around = (service((0, "first"), (50, "second"), minimum="least"), People())
    fallback: tuple[Part, ...] = ()
    if draw(st.booleans()):
        figures["fallback_share"] = draw(ranges(0, 1))
        fallback = (TOKENS._replace(named="fallback: "),)
    terms = (Commitment("plan", "commit", "d"),) if commits and draw(st.booleans()) else ()
    months = draw(st.integers(1, 6))
    return plan(
        serving,
        figures=figures,
        around=around,
        fallback=fallback,
        commitments=terms,
        months=months,
    )


@settings(max_examples=60, deadline=None)
@given(plans())
def test_low_likely_and_high_rise(made: Plan) -> None:
    spread = spread_of(made)
    for figure in FIGURES:
        low, likely, high = spread.span(figure)
        if likely == likely:  # no requests have no price for a thousand
            assert low <= likely <= high, figure
    months = spread.bill.by_month()
    assert (months.min(axis=0) <= months[0]).all()


@settings(max_examples=60, deadline=None)
@given(plans())
def test_the_items_sum_to_the_bill_of_each_case(made: Plan) -> None:
    spread = spread_of(made)
    months = spread.bill.by_month()
    parts = [np.broadcast_to(item.monthly, months.shape) for item in spread.bill.items]
    assert np.sum(parts, axis=0) == pytest.approx(months)
    for row in (spread.cheapest, spread.dearest):
        first = sum(float(part[row, 0]) for part in parts)
        assert first == pytest.approx(float(months[row, 0]))


@settings(max_examples=60, deadline=None)
@given(plans(), st.lists(st.floats(0, 1e9), min_size=2, max_size=30))
def test_more_requests_never_cost_less(made: Plan, volumes: list[float]) -> None:
    requests = np.sort(np.array(volumes))
    figures = made.likely() | {"requests_per_month": requests}
    costs = bill(made, figures).total()
    assert (np.diff(np.broadcast_to(costs, requests.shape)) >= -1e-9 * costs.max()).all()


@settings(max_examples=60, deadline=None)
@given(plans(commits=False))
def test_no_requests_cost_only_what_is_always_on(made: Plan) -> None:
    idle = made._replace(
        parameters={
            **made.parameters,
            "requests_per_month": made.parameters["requests_per_month"]._replace(
                span=Span.exactly(0)
            ),
        }
    )
    for item in billed(idle).items:
        is_on = item.category in ("hosting", "people") or "least bill" in item.name
        assert is_on or float(np.max(item.monthly)) == 0, item.name


@settings(max_examples=30, deadline=None)
@given(plans())
def test_scenarios_together_are_as_each_alone(made: Plan) -> None:
    spread = spread_of(made)
    likely = bill(made, made.likely())
    assert spread.bill.by_month()[0] == pytest.approx(likely.by_month()[0])
    narrow = {
        name: p._replace(span=Span.exactly(p.span.high)) for name, p in made.parameters.items()
    }
    alone = spread_of(made._replace(parameters=narrow))
    assert spread.span("total").low - 1e-6 <= alone.span("total").likely * (1 + 1e-9)
