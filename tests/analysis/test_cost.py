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


def test_a_bill_known_as_a_whole_has_no_break_even() -> None:
    # 5,000 a month at 600,000 requests says nothing of what another volume would cost
    today = {"value": 5000, "reason": "the bill of October"}
    price = {"price_input_tokens": fact(1), "price_output_tokens": fact(4)}
    hosted = {"instance_hour": fact(10), "instance_output_tokens_per_second": fact(900)}
    content = {
        "id": "costs",
        "title": "Costs",
        "as_of": "2026-11-24",
        "criteria": [
            {"id": "cost", "measure": {"cost": "monthly"}, "value": {"worst": 1e5, "best": 0}}
        ],
        "alternatives": [
            {"id": "today", "kind": "status-quo", "cost": {"monthly": today}},
            {"id": "token", "facts": price},
            {"id": "own", "facts": hosted},
        ],
        "workload": {"requests_per_month": 600_000, "input_tokens": 2000, "output_tokens": 500},
    }
    cost = made.analysed(made.yaml_day(content)).cost()
    pairs = [(row.alternative, row.against) for row in cost.break_even]
    assert pairs == [("token", "own"), ("own", "token")]
    assert set(cost.at_volumes(np.array([1e6]))) == {"token", "own"}
    assert any("no break-even" in note.text for note in cost.alternatives["today"].notes)
    with pytest.raises(UsageError, match="'today' is known as a whole"):
        cost.between("token", "today")
    assert cost.alternatives["token"].payback_months == 0, "what it saves is known all the same"


def test_what_a_break_even_rests_on(cost: Cost) -> None:
    # 5,840 or 8,760 by 4,000 a million; 7,300 by 3,000 or 5,000 a million. At 3,000 the second
    # instance, from 4.73 million on, costs 14,600 and is dearer until 4.87 million
    found = {m.parameter.name: (m.at_low, m.at_high) for m in cost.moved("own", "token")}
    assert found["instance_hour"] == pytest.approx((1.46e6, 2.19e6))
    assert found["price_input_tokens"] == pytest.approx((14_600 / 3000e-6, 1.46e6))
    assert "requests_per_month" not in found


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


def test_hours_of_work_of_different_kinds_are_not_one_figure() -> None:
    # an API takes 1 to 12 hours, likely 4, one's own stack 16 to 80: each moves its own bill
    content = made.yaml_day(
        {
            "id": "people",
            "title": "People",
            "as_of": "2026-11-24",
            "criteria": [
                {"id": "cost", "measure": {"cost": "monthly"}, "value": {"worst": 1e5, "best": 0}}
            ],
            "alternatives": [
                {"id": "token", "facts": {"price_output_tokens": fact(4)}},
                {
                    "id": "own",
                    "facts": {
                        "instance_hour": fact(1),
                        "instance_output_tokens_per_second": fact(900),
                    },
                },
            ],
            "workload": {
                "requests_per_month": 1_000_000,
                "output_tokens": 500,
                "people": {"hourly_cost": 100},
            },
        }
    )
    found = made.analysed(content).cost().gap_effects("token", "own")
    gap = 2000 + 400 - 730 - 3200
    ends = sorted((effect.at_low, effect.at_high) for effect in found)
    assert [end for pair in ends for end in pair] == pytest.approx(
        [gap - 300, gap + 800, gap + 1600, gap - 4800]
    )
