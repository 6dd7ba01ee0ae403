"""What the weights imply, as the pages show it."""

from datetime import date

import selector
from selector.ui.parts.implied import section_of
from tests import strategies as made

CRITERIA = [
    {
        "id": "cost",
        "name": "Cost",
        "weight": 40,
        "unit": "USD per month",
        "goal": "min",
        "value": {"worst": 10_000, "best": 0},
    },
    {
        "id": "up",
        "name": "Up <b>",
        "weight": 12.4,
        "unit": "%",
        "value": {"worst": 99, "best": 100},
    },
    {"id": "private", "name": "Private", "weight": 47.6, "value": {"levels": {"no": 0, "yes": 1}}},
]


def shown(criteria: list[made.Data], most: int = 2) -> str:
    alternatives = [{"id": "a", "performance": {"cost": 5, "up": 99.5}}]
    data = {"id": "d", "title": "D", "as_of": date(2026, 11, 24)}
    return section_of(
        made.analysed({**data, "criteria": criteria, "alternatives": alternatives}), most
    )


def test_steps_are_said_in_money_and_points_and_what_runs_past_the_scale_is_told() -> None:
    markup = shown(CRITERIA, 1)
    assert "Then cost weighs too little." in markup
    assert (
        "Private is worth <b>12,000</b> US dollars a month to you, more than the whole scale of "
        "cost <span>· from no to yes; 47.6 points of 100</span>"
    ) in markup
    assert "<summary>1 more</summary>" in markup
    assert "Up &lt;b&gt; is worth <b>3,100</b> US dollars a month to you <span>" in markup
    assert "The whole scale of cost is 10,000 US dollars a month. Nobody was asked" in markup


def test_without_money_there_is_nothing_to_say() -> None:
    assert shown([{**CRITERIA[0], "weight": 0}, *CRITERIA[1:]]) == ""
    assert shown([{**CRITERIA[0], "unit": "hours"}, *CRITERIA[1:]]) == ""


def test_every_shipped_decision_has_a_few_steps_in_money() -> None:
    for name in ("support-assistant", "regulated-documents"):
        markup = section_of(selector.analyse(selector.load(name)))
        assert markup.split("<details")[0].count("<li>") == 2
