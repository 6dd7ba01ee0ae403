"""Each stakeholder's answer, all together, and where they differ."""

from datetime import date
from typing import Any

import pytest

import selector
from selector.analysis.stakeholders import shares_from
from selector.cli_results import stakeholders as printed
from selector.mcda.group import kendalls_w
from tests import strategies as made

DAY = date(2026, 11, 24)


def data(*people: Any, **more: Any) -> made.Data:
    return {
        "id": "group",
        "title": "Group",
        "as_of": DAY,
        "criteria": [
            {"id": "speed", "weight": 60, "value": {"worst": 0, "best": 10}},
            {
                "id": "money",
                "weight": 40,
                "children": [
                    {"id": "price", "value": {"worst": 10, "best": 0}},
                    {"id": "extras", "value": {"worst": 0, "best": 1}},
                ],
            },
        ],
        "alternatives": [
            {"id": "a", "name": "A", "performance": {"speed": 9, "price": 9, "extras": 0.5}},
            {"id": "b", "name": "B", "performance": {"speed": 2, "price": 1, "extras": 1}},
        ],
        "stakeholders": list(people),
        **more,
    }


FINANCE = {"name": "Finance", "weights": {"money": 90}}
TECH = {"name": "Tech", "influence": 2, "weights": {"speed": 90}}


def test_points_replace_the_decisions_weights_beside_what_the_others_had() -> None:
    found = made.analysed(data(FINANCE, TECH)).stakeholders()
    # Finance: speed 60 beside money 90; Tech: speed 90 beside money 40.
    assert found.views["Finance"].weights == pytest.approx(
        {"speed": 0.4, "price": 0.3, "extras": 0.3}
    )
    assert found.views["Tech"].weights["speed"] == pytest.approx(90 / 130)
    assert found.views["Tech"].influence == 2


def test_together_is_the_mean_of_leaf_weights_by_influence() -> None:
    analysis = made.analysed(data(FINANCE, TECH))
    found = analysis.stakeholders()
    assert found.aggregate is not None
    speed = (0.4 + 2 * 90 / 130) / 3
    assert found.aggregate.weights["speed"] == pytest.approx(speed)
    assert found.aggregate.groups == pytest.approx({"money": 1 - speed})
    assert sum(found.aggregate.weights.values()) == pytest.approx(1)
    # The mean of people's scores is the score of their mean weights.
    scores = {
        name: {row.alternative: row.score for row in view.ranking}
        for name, view in found.views.items()
    }
    together = {row.alternative: row.score for row in found.aggregate.ranking}
    for a in ("a", "b"):
        assert together[a] == pytest.approx((scores["Finance"][a] + 2 * scores["Tech"][a]) / 3)


def test_the_ranking_keeps_the_decisions_own_weights_and_says_where_others_would_differ() -> None:
    analysis = made.analysed(data({"name": "Finance", "weights": {"money": 400}}))
    assert analysis.ranking[0].alternative == "a"
    (notice,) = (n for n in analysis.notices if n.code == "stakeholders-differ")
    assert "B would be first" in notice.text
    assert "by which A is" in notice.text
    agreed = made.analysed(data(TECH))
    assert not [n for n in agreed.notices if n.code == "stakeholders-differ"]


def test_agreement_is_kendalls_w_of_their_ranks() -> None:
    found = made.analysed(data(FINANCE, TECH)).stakeholders()
    ranks = [[r.rank for r in sorted(v.ranking)] for v in found.views.values()]
    assert found.kendall_w == kendalls_w(ranks)
    assert made.analysed(data(FINANCE)).stakeholders().kendall_w is None


def test_differences_name_what_divides_two_most() -> None:
    (row,) = made.analysed(data(FINANCE, TECH)).stakeholders().differences
    assert row.between == ("Finance", "Tech")
    assert row.criteria[0].criterion == "speed"
    assert row.criteria[0].difference == pytest.approx(90 / 130 - 0.4)
    assert row.distance == pytest.approx(2 * (90 / 130 - 0.4))


def test_no_weight_for_one_leaves_nothing_by_the_geometric_mean_of_that_leaf() -> None:
    found = made.analysed(data({"name": "X", "weights": {"extras": 0}}, TECH)).stakeholders()
    assert found.geometric is not None
    assert found.geometric.weights["extras"] == 0
    one, other = (
        {"name": "One", "weights": {"money": 0}},
        {"name": "Other", "weights": {"speed": 0}},
    )
    assert made.analysed(data(one, other)).stakeholders().geometric is None


def test_without_influence_nobody_is_put_together() -> None:
    analysis = made.analysed(data({**FINANCE, "influence": 0}))
    with pytest.raises(selector.UsageError, match="influence"):
        analysis.stakeholders()
    assert analysis.ranking[0].alternative == "a"
    assert not [n for n in analysis.notices if n.code == "stakeholders-differ"]


def test_no_stakeholders_is_an_empty_answer() -> None:
    analysis = made.analysed(data())
    found = analysis.stakeholders()
    assert (found.views, found.aggregate, found.kendall_w) == ({}, None, None)
    assert list(printed.table(printed.data(analysis, found)))


def test_none_left_to_rank_still_has_weights() -> None:
    nobody = data(FINANCE, TECH, requirements=[{"criterion": "speed", "at_least": 10}])
    analysis = made.analysed(nobody)
    found = analysis.stakeholders()
    assert found.aggregate is not None
    assert (found.aggregate.ranking, found.kendall_w) == ((), None)
    assert list(printed.table(printed.data(analysis, found)))


def test_shares_give_back_the_leaf_weights() -> None:
    analysis = made.analysed(data())
    weights = {"speed": 0.5, "price": 0.5, "extras": 0.0}
    shares = shares_from(analysis.decision.criteria, weights)
    assert analysis.with_shares(shares).weights == weights
    only_speed = {"speed": 1.0, "price": 0.0, "extras": 0.0}
    shares = shares_from(analysis.decision.criteria, only_speed)
    assert shares["price"] == 0.5
    assert analysis.with_shares(shares).weights == only_speed
