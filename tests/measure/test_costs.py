"""From price facts and a workload to the performance on a cost criterion, worked by hand."""

from typing import Any

import pytest

import selector
from selector.analysis.spread import drawn_values
from selector.domain.performance import Cell
from tests import strategies as made

SOURCE = {"source": "https://example.com", "as_of": "2026-11-01"}
LOAD = {"requests_per_month": 1_000_000, "input_tokens": 2000, "output_tokens": 500}
TOKENS = {"price_input_tokens": 1, "price_output_tokens": 4, "price_cached_input_tokens": 0.1}


def evidence(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value if "unknown" in value or "not_applicable" in value else value | dated()
    return {"value": value} | dated()


def dated() -> dict[str, Any]:
    return made.yaml_day({"source": "https://example.com", "as_of": "2026-11-01"})


def decision(facts: dict[str, Any], figure: str = "monthly", **more: Any) -> made.Data:
    return made.yaml_day(
        {
            "id": "costs",
            "title": "Costs",
            "as_of": "2026-11-24",
            "criteria": [{"id": "cost", "measure": {"cost": figure}, "value": more.pop("value")}]
            if "value" in more
            else [
                {
                    "id": "cost",
                    "measure": {"cost": figure},
                    "value": {"worst": 100_000, "best": 0},
                }
            ],
            "alternatives": [
                {"id": "a", "facts": {fact: evidence(value) for fact, value in facts.items()}}
            ],
            "workload": LOAD,
            **more,
        }
    )


def cost(facts: dict[str, Any], figure: str = "monthly", **more: Any) -> Cell:
    return made.analysed(decision(facts, figure, **more)).cell("a", "cost")


def figures(cell: Cell) -> tuple[float | None, float | None, float | None]:
    return cell.low, cell.central, cell.high


def test_the_month_of_a_model_paid_by_the_token() -> None:
    assert figures(cost(TOKENS)) == (4000, 4000, 4000)


def test_a_thousand_requests() -> None:
    assert figures(cost(TOKENS, "per_1000_requests")) == (4, 4, 4)


def test_the_mean_and_total_of_a_load_that_grows() -> None:
    # three months growing by half: 4,000 + 6,000 + 9,000 = 19,000
    load = LOAD | {"growth_per_month": 0.5, "months": 3}
    assert cost(TOKENS, "total", workload=load).central == pytest.approx(19_000)
    assert cost(TOKENS, "monthly_mean", workload=load).central == pytest.approx(19_000 / 3)
    assert cost(TOKENS, "monthly", workload=load).central == pytest.approx(4000)


def test_instances_grow_by_steps() -> None:
    # 730 h; 5.256e6 x 500 / 2,628,000 s = 1,000 tokens/s; doubling: 1,000, 2,000, 4,000;
    # 900 a second each: 2, 3, 5 instances x 7,300 USD = 73,000
    facts = {"instance_hour": 10, "instance_output_tokens_per_second": 900}
    load = LOAD | {"requests_per_month": 5.256e6, "growth_per_month": 1, "months": 3}
    assert cost(facts, "total", workload=load).central == pytest.approx(73_000)


def test_no_workload_no_requests_no_price() -> None:
    without = decision(TOKENS)
    del without["workload"]
    cell = made.analysed(without).cell("a", "cost")
    assert (cell.state, cell.note) == ("unknown", "no workload")
    idle = LOAD | {"requests_per_month": 0}
    assert cost(TOKENS, "per_1000_requests", workload=idle).state == "unknown"
    assert figures(cost(TOKENS, "monthly", workload=idle)) == (0, 0, 0)
    assert cost({}).note.startswith("missing price")


def test_a_missing_price_spans_from_the_subtotal_to_the_worst_end() -> None:
    # 2,000 known of a scale from 100,000 to 0: value at best 0.98, at worst 0, central 0.49
    analysis = made.analysed(decision(TOKENS | {"price_output_tokens": {"unknown": True}}))
    row = analysis.ranking[0]
    assert (row.low, row.score, row.high) == pytest.approx((0, 0.49, 0.98))
    assert any("output tokens" in text for text in analysis.warnings)


def test_a_subtotal_beyond_a_scale_that_runs_on_is_at_its_worst() -> None:
    analysis = made.analysed(
        decision(
            TOKENS | {"price_output_tokens": {"unknown": True}},
            value={"worst": 1000, "best": 0, "clamp": False},
        )
    )
    row = analysis.ranking[0]
    assert row.low is not None
    assert row.high is not None
    assert row.low <= row.score <= row.high


def test_where_there_is_no_cache_its_share_is_paid_as_input() -> None:
    facts = TOKENS | {"price_cached_input_tokens": {"not_applicable": True}}
    load = LOAD | {"cached_share": 0.4}
    assert cost(facts, workload=load).central == pytest.approx(4000)


def test_an_unknown_price_of_the_cache_is_missing_only_where_it_is_used() -> None:
    facts = TOKENS | {"price_cached_input_tokens": {"unknown": True}}
    assert cost(facts).central == 4000
    assert cost(facts, workload=LOAD | {"cached_share": 0.4}).state == "unknown"


def test_token_prices_that_do_not_apply_leave_it_to_the_instance() -> None:
    facts = {fact: {"not_applicable": True} for fact in TOKENS}
    facts |= {"instance_hour": {"low": 10, "high": 12}, "instance_output_tokens_per_second": 900}
    assert figures(cost(facts)) == (7300, 8030, 8760)


@pytest.mark.parametrize("throughput", [0, {"not_applicable": True}, {"unknown": True}])
def test_an_instance_of_no_known_speed_is_no_division_by_zero(throughput: Any) -> None:
    facts = {"instance_hour": 10, "instance_output_tokens_per_second": throughput}
    cell = cost(facts)
    assert (cell.state, cell.low) == ("unknown", 7300)


def test_a_batch_discount_is_given_in_percent() -> None:
    # half in batch at 50 %: 4,000 x 0.75
    load = LOAD | {"batch_share": 0.5}
    assert cost(TOKENS | {"batch_discount": 50}, workload=load).central == pytest.approx(3000)


def test_an_end_of_scale_in_shares_of_the_budget() -> None:
    # 4,000 of a budget of 16,000 at worst, 0 at best: 0.75
    data = decision(TOKENS, value={"worst": {"budget": 1}, "best": {"budget": 0}})
    row = made.analysed(data | {"budget": {"monthly": 16_000}}).ranking[0]
    assert row.score == pytest.approx(0.75)


def test_growth_beyond_reckoning_is_refused() -> None:
    with pytest.raises(selector.InputError, match="trillionfold"):
        cost(TOKENS, "total", workload=LOAD | {"growth_per_month": 10, "months": 600})


def test_a_load_that_may_be_nothing_has_the_cost_of_its_requests() -> None:
    # 4,000 by a million requests, whatever their number; of no requests there is none
    load = {"workload": LOAD | {"requests_per_month": [0, 3_000_000]}}
    assert figures(cost(TOKENS, "per_1000_requests", **load)) == (4, 4, 4)
    most = {"low": 0, "likely": 0, "high": 3_000_000}
    idle = {"workload": LOAD | {"requests_per_month": most}}
    cell = cost(TOKENS, "per_1000_requests", **idle)
    assert (cell.state, cell.note) == ("unknown", "no requests")
    (bill,) = made.analysed(decision(TOKENS, **idle)).cost().alternatives.values()
    assert bill.per_1000_requests is None


def off_by(facts: dict[str, Any], figure: str = "monthly", **more: Any) -> float:
    """How far below its central value the value of `a` is drawn at most."""
    found = made.analysed(decision(facts, figure, **more))
    drawn = drawn_values(
        found.decision, found.alternatives, found.table, found.value_table, found.scales
    )
    return float(found.value_table.central[0, 0] - drawn.spread.low[0, 0])


def sure(value: float, confidence: str = "high") -> dict[str, Any]:
    return {"value": value, "confidence": confidence}


def test_a_bill_is_as_unsure_as_the_weakest_of_its_items() -> None:
    """However little it costs: a bill with a figure nobody is sure of is not a sure bill."""
    both = {"price_input_tokens": sure(1), "price_output_tokens": sure(0.004)}
    assert off_by(both) == 0
    for confidence, share in {"medium": 0.05, "low": 0.15}.items():
        assert off_by(both | {"price_output_tokens": sure(0.004, confidence)}) == pytest.approx(
            share
        )
