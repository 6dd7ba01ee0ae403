"""The sentences on what the weights imply that one would pay."""

from datetime import date

from selector import Analysis
from selector.report.worth import sentences
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
        "id": "uptime",
        "name": "Uptime",
        "weight": 12.4,
        "unit": "%",
        "value": {"worst": 99, "best": 100},
    },
    {
        "id": "private",
        "name": "Private networking",
        "weight": 47.6,
        "value": {"levels": {"no": 0, "yes": 1}},
    },
    {"id": "unused", "name": "Unused", "weight": 0, "value": {"worst": 0, "best": 1}},
]


def analysed(criteria: list[made.Data]) -> Analysis:
    return made.analysed(
        {
            "id": "d",
            "title": "D",
            "as_of": date(2026, 11, 24),
            "criteria": criteria,
            "alternatives": [{"id": "a", "performance": {"cost": 5, "uptime": 99.5}}],
        }
    )


def test_each_swing_is_said_in_money_the_dearest_first() -> None:
    # 47.6 / 40 and 12.4 / 40 of 10,000, to two digits
    private, uptime = sentences(analysed(CRITERIA))
    assert (
        private
        == "You would pay up to 12,000 USD per month for private networking, from no to yes, which "
        "is more than the whole scale of cost."
    )
    assert uptime == "You would pay up to 3,100 USD per month for uptime, from 99 to 100 %."


def test_without_a_cost_criterion_nothing_is_said() -> None:
    assert sentences(analysed([{**CRITERIA[0], "unit": "hours"}, CRITERIA[1]])) == []


def test_a_month_is_said_where_only_the_name_of_the_cost_says_it() -> None:
    cost = {**CRITERIA[0], "unit": "EUR", "name": "Monthly lease"}
    (uptime,) = sentences(analysed([cost, CRITERIA[1]]))
    assert uptime == "You would pay up to 3,100 EUR a month for uptime, from 99 to 100 %."
    assert "a month" not in sentences(analysed([{**cost, "name": "Lease"}, CRITERIA[1]]))[0]
