"""The risk register: what is nearly failed is found wherever it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import selector
from selector.domain.evidence import Evidence
from selector.report.exports.risks import Risk
from selector.report.exports.risks import risks as risks_of
from selector.report.exports.story import Story
from tests.exports.made import DAY, loaded, shipped
from tests.exports.test_currency import decided


def risks(data: dict[str, Any], folder: Path) -> list[Risk]:
    return Story(loaded(data, folder), samples=100).risks


def near(found: list[Risk]) -> list[Risk]:
    return [risk for risk in found if "meets by little" in risk.cause]


def with_most(most: float, currency: bool = False, **more: Any) -> dict[str, Any]:
    asked = {"criterion": "price", "at_most": most, **more}
    return decided(currency) | {"requirements": [asked]}


def cared(care: Any, **limit: Any) -> dict[str, Any]:
    return {
        "id": "near", "title": "Near", "as_of": DAY,
        "criteria": [
            {"id": "care", "name": "Care", "unit": "points", "weight": 1,
             "value": {"worst": 0, "best": 100}},
            {"id": "rest", "name": "Rest", "weight": 9, "value": {"worst": 0, "best": 1}},
        ],
        "alternatives": [
            {"id": "a", "name": "A", "performance": {"care": care, "rest": 1}},
            {"id": "b", "name": "B", "performance": {"care": 50, "rest": 0}},
        ],
        "requirements": [{"criterion": "care", **limit}],
    }  # fmt: skip


def test_a_bill_just_below_what_is_asked_is_nearly_failed(tmp_path: Path) -> None:
    (found,) = near(risks(with_most(1600), tmp_path))
    assert "monthly cost: at most 1,600 USD per month" in found.cause
    assert found.control.endswith("it stands at 1,000–1,500 USD per month")
    assert near(risks(with_most(2500), tmp_path)) == []


def test_it_is_told_in_the_currency_of_the_business(tmp_path: Path) -> None:
    (found,) = near(risks(with_most(1600, currency=True), tmp_path))
    assert "at most 1,280 EUR per month" in found.cause
    assert found.control.endswith("it stands at 800–1,200 EUR per month")


@pytest.mark.parametrize(
    ("care", "limit", "is_near"),
    [
        (84, {"at_least": 80}, True),
        (88, {"at_least": 80}, False),
        ([84, 99], {"at_least": 80}, True),  # by its lower end
        ([90, 99], {"at_least": 80}, False),
        ([10, 76], {"at_most": 80}, True),
        ([10, 60], {"at_most": 80}, False),
        (80, {"at_least": 80}, True),
        (80, {"at_least": 0}, False),
        (0, {"at_least": 0}, True),  # met exactly
        (1, {"at_least": 0}, True),
        (0, {"at_most": 0}, True),
    ],
)
def test_a_range_is_judged_by_the_end_that_would_fail(
    care: Any, limit: dict[str, float], is_near: bool, tmp_path: Path
) -> None:
    assert bool(near(risks(cared(care, **limit), tmp_path))) is is_near


@pytest.mark.parametrize(
    ("unit", "ends", "care", "least", "is_near"),
    [
        ("%", (99, 100), 100, 99, False),  # all that there can be
        ("%", (99, 100), 99.05, 99, True),
        ("year", (2025, 2040), 2040, 2027, False),
        ("year", (2025, 2040), 2028, 2027, True),
    ],
)
def test_of_a_scale_that_starts_far_from_nothing_the_room_on_it_counts(
    unit: str, ends: tuple[int, int], care: float, least: float, is_near: bool, tmp_path: Path
) -> None:
    data = cared(care, at_least=least)
    data["criteria"][0] |= {"unit": unit, "value": dict(zip(("worst", "best"), ends, strict=True))}
    data["alternatives"][1]["performance"]["care"] = ends[1]
    assert bool(near(risks(data, tmp_path))) is is_near


def test_a_range_across_the_limit_is_one_risk_that_says_how_far_it_reaches(tmp_path: Path) -> None:
    found = risks(cared([70, 95], at_least=80), tmp_path)
    (told,) = [risk for risk in found if "care: at least 80" in risk.cause]
    assert told.cause.startswith("A does not yet prove")
    assert told.control.endswith("it could be 70–95 points")


def test_where_one_of_several_is_enough_the_safest_counts(tmp_path: Path) -> None:
    one, other = ({"criterion": "care", "at_least": at} for at in (80, 40))
    data = cared(84) | {"requirements": [{"any": [one, other]}]}
    assert near(risks(data, tmp_path)) == []
    data = cared(84) | {"requirements": [{"any": [one, {"criterion": "rest", "at_least": 2}]}]}
    assert len(near(risks(data, tmp_path))) == 1


@pytest.mark.parametrize(("low", "told"), [(33_000, "meets by little"), (90_000, "")])
def test_a_fact_that_is_a_range_is_judged_by_its_worst_end(low: int, told: str) -> None:
    decision = selector.load("coding-assistant")
    asked = next(r for r in decision.requirements if r.at_least == 32_000)
    leader = shipped("coding-assistant").standing.leader
    known = Evidence("value", low=low, high=128_000, is_judgement=True)
    alternatives = tuple(
        a._replace(facts={**a.facts, asked.fact: known}) if a.id == leader else a
        for a in decision.alternatives
    )
    analysis = selector.analyse(decision._replace(alternatives=alternatives))
    found = near(Story(analysis, samples=100).risks)
    assert [told in risk.cause for risk in found] == [True] * bool(told)


def test_each_condition_on_a_stack_is_a_risk_that_somebody_can_see_to() -> None:
    found = Story(selector.analyse(selector.load("startup-one-cloud")), samples=500).risks
    told = {risk.cause: risk for risk in found}
    for stack, model in (("Stack 1", "Claude Haiku"), ("Stack 3", "Nova Lite")):  # and its rival
        asked = f"{stack} does not yet prove: "
        assert told[f"{asked}monthly cost of the whole stack: at most 10,000 USD"].control == (
            "Find out in a pilot what these cost: LangGraph, pgvector, MLflow and OpenTofu"
        )
        assert told[f"{asked}at most 0 new skills"].control == (
            f"Find out before the choice what Bedrock, {model} asks of people"
        )
    assert told["Model platform of Stack 1: a range"].control.startswith(
        "Find out first, of Bedrock, Claude Haiku: answer quality, time to first token, "
    )
    assert not any(risk.control == "Find it out first" for risk in found)


def test_a_bill_in_confidence_is_told_by_no_risk(tmp_path: Path) -> None:
    for most in (1600, 1200):  # met by little, and across
        data = with_most(most)
        analysis = loaded(data | {"id": f"most-{most}"}, tmp_path)
        open_ = " ".join(map(str, Story(analysis, samples=100).risks))
        assert "1,000–1,500 USD" in open_
        shut = risks_of(analysis, analysis.robustness(samples=100), frozenset({"b"}))
        assert "1,000" not in " ".join(map(str, shut))
