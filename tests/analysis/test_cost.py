"""What an analysis tells of costs: curves, what moves a gap, and which figures are shared."""

from typing import Any

import numpy as np
import pytest

from selector.analysis.cost import Cost
from selector.domain.problem import UsageError
from tests import strategies as made

DATED = made.yaml_day({"source": "https://example.com", "as_of": "2026-11-01"})


def fact(value: Any) -> dict[str, Any]:
    ends = {"value": value} if not isinstance(value, list) else dict(zip("lh", value, strict=True))
    keys = {"value": "value", "l": "low", "h": "high"}
    return {keys[key]: end for key, end in ends.items()} | DATED


@pytest.fixture(name="cost", scope="module")
def _cost() -> Cost:
    by_token = {"price_input_tokens": fact([0.5, 1.5]), "price_output_tokens": fact(4)}
    hosted = {"instance_hour": fact([8, 12]), "instance_output_tokens_per_second": fact(900)}
    content = made.yaml_day(
        {
            "id": "costs",
            "title": "Costs",
            "as_of": "2026-11-24",
            "criteria": [
                {"id": "cost", "measure": {"cost": "monthly"}, "value": {"worst": 1e5, "best": 0}}
            ],
            "alternatives": [
                {"id": "token", "facts": by_token},
                {"id": "own", "facts": hosted},
                {"id": "nothing"},
            ],
            "workload": {
                "requests_per_month": [800_000, 1_200_000],
                "input_tokens": 2000,
                "output_tokens": 500,
            },
        }
    )
    return made.analysed(content).cost()


def test_break_even_of_each_against_each_that_has_a_bill(cost: Cost) -> None:
    rows = {(row.alternative, row.against): row.found.requests for row in cost.break_even}
    assert rows == {("own", "token"): pytest.approx(1_825_000), ("token", "own"): None}


def test_a_curve_over_the_volume(cost: Cost) -> None:
    curves = cost.at_volumes(np.array([0.0, 1e6, 5e6]))
    assert curves["token"] == pytest.approx([0, 4000, 20_000])
    assert curves["own"] == pytest.approx([7300, 7300, 14_600])


def test_a_figure_of_the_workload_moves_both_bills_and_a_price_its_own(cost: Cost) -> None:
    # 4,000 by the token against 7,300: requests move only the first, as no step is passed
    found = {effect.parameter.label: effect for effect in cost.gap_effects("token", "own")}
    requests = found["Requests a month"]
    assert (requests.at_low, requests.at_high) == pytest.approx((-4100, -2500))
    hour = found["Price of the instance"]
    assert (hour.at_low, hour.at_high) == pytest.approx((4000 - 5840, 4000 - 8760))
    price = found["Price of input tokens"]
    assert (price.at_low, price.at_high) == pytest.approx((-4300, -2300))
    with pytest.raises(UsageError, match="nothing"):
        cost.gap_effects("token", "nothing")


def test_what_has_no_price_has_no_bill(cost: Cost) -> None:
    bill = cost.alternatives["nothing"]
    assert bill.monthly is None
    assert bill.unknown == ("no price is stated",)
    assert bill.by_month == ((), (), ())


def test_the_sensitivity_holds_each_range_once_the_largest_first(cost: Cost) -> None:
    effects = cost.alternatives["token"].effects
    assert [e.parameter.name for e in effects] == ["price_input_tokens", "requests_per_month"]
    assert [e.swing for e in effects] == pytest.approx([2000, 1600])
