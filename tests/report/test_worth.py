"""The sentences on what the weights imply that one would pay."""

from datetime import date

from selector import Analysis
from selector.report.worth import rounded, sentences, spoken, worths
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


def test_worths_say_points_and_what_runs_past_the_scale_of_cost() -> None:
    private, uptime = worths(analysed(CRITERIA))
    assert (private.leaf, private.money, private.is_past) == ("private", 12_000, True)
    assert (uptime.leaf, uptime.money, uptime.is_past) == ("uptime", 3_100, False)
    assert (round(private.weight, 3), round(uptime.weight, 3)) == (0.476, 0.124)


def test_a_half_is_rounded_up_as_browsers_do() -> None:
    assert [rounded(x) for x in (12_500, 13_500, 0.125, 9.96, 0)] == [13_000, 14_000, 0.13, 10, 0]


def test_units_are_said_in_words() -> None:
    assert spoken("USD per month") == "US dollars a month"
    assert spoken("EUR a month") == "EUR a month"
