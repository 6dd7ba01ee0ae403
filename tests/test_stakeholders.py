"""Each stakeholder's answer, all together, and where they differ."""

from datetime import date
from typing import Any

import pytest

import selector
from selector.analysis.stakeholders import shares_from
from selector.cli_results import stakeholders as printed
from selector.mcda.group import kendalls_w
from selector.report.currency import in_currency
from selector.report.exports.hushed import hushed
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


def test_a_visitors_weights_are_put_into_nobodys_mouth() -> None:
    analysis = made.analysed(data(FINANCE, TECH))
    filed = analysis.stakeholders()
    for points in ({"price": 95.0}, {"speed": 5.0, "money": 95.0, "price": 0.0}):
        moved = analysis.with_weights(points)
        assert moved.stakeholders().views == filed.views
        first = [row.name for row in moved.ranking if row.rank == 1]
        told = [n.text for n in moved.notices if n.code == "stakeholders-differ"]
        assert bool(told) == (first != ["A"])  # A is first by all together
        assert all("A would be first; the ranking uses weights set for this" in x for x in told)
    assert first == ["B"]


def test_nor_into_that_of_those_who_weigh_whole_stacks() -> None:
    analysis = selector.analyse(selector.load("eu-bank-assistant"))
    filed = analysis.stakeholders().views
    moved = analysis.answering({"kubernetes": 200.0, "fit": 0.0})
    assert moved.shares["kubernetes"] > 0.5
    for one in (moved, in_currency(moved), hushed(moved)):
        for name, view in one.stakeholders().views.items():
            assert view.weights == pytest.approx(filed[name].weights)


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


def test_people_without_any_influence_are_refused() -> None:
    with pytest.raises(selector.InputError, match="nobody has any influence"):
        made.analysed(data({**FINANCE, "influence": 0}))


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


# Camps, the minority, and what matters ------------------------------------------------------


def test_the_minority_is_told_with_what_it_loses() -> None:
    # Finance: speed 0.4, so A has 0.36 + 0.6 x 0.3 = 0.54 and B 0.08 + 0.6 x 0.95 = 0.65.
    (row,) = made.analysed(data(FINANCE, TECH)).stakeholders().minority
    assert row[:4] == ("Finance", 1, "b", "a")
    assert row.loss == pytest.approx(0.11)
    assert made.analysed(data(TECH)).stakeholders().minority == ()


def test_a_disagreement_matters_where_somebody_is_past_the_stability_interval() -> None:
    # A and B are level where 0.9 s + 0.3 (1 - s) = 0.2 s + 0.95 (1 - s): s = 0.65 / 1.35.
    matters = made.analysed(data(FINANCE, TECH)).stakeholders().matters
    speed, money = matters["speed"], matters["money"]
    assert (speed.low, speed.high) == pytest.approx((0.4, 90 / 130))
    assert speed.stable_low == pytest.approx(0.65 / 1.35)
    assert (speed.matters, speed.below, speed.above) == (True, "b", None)
    assert (money.matters, money.above) == (True, "b")
    assert money.high == pytest.approx(0.6)
    assert not matters["price"].matters, "both give it half of its group"
    near = {"name": "Near", "weights": {"speed": 70}}
    apart = made.analysed(data(near, TECH)).stakeholders().matters["speed"]
    assert apart.low < apart.high
    assert not apart.matters, "they differ as they like"
    silent = made.analysed(data({**FINANCE, "influence": 0}, TECH)).stakeholders().matters
    assert not silent["speed"].matters, "who has no influence cannot change the winner"


def test_camps_are_told_with_what_sets_them_apart() -> None:
    people = [{"name": f"T{points}", "weights": {"speed": points}} for points in (200, 220, 240)]
    people += [{"name": f"F{points}", "weights": {"price": points}} for points in (900, 950)]
    for person in people[3:]:
        person["weights"]["money"] = 400
    analysis = made.analysed(data(*people))
    found = analysis.stakeholders()
    assert [camp.members for camp in found.clusters] == [("T200", "T220", "T240"), ("F900", "F950")]
    assert found.silhouette is not None
    assert found.silhouette > 0.8
    fast, cheap = found.clusters
    assert fast.winners == ("a",)
    assert cheap.winners == ("b",)
    speeds = [view.weights["speed"] for view in found.views.values()]
    speed = next(row for row in fast.apart if row.criterion == "speed")
    assert speed.weight == pytest.approx(sum(speeds[:3]) / 3)
    assert speed.others == pytest.approx(sum(speeds[3:]) / 2)
    lines = list(printed.table(printed.data(analysis, found)))
    assert any("2 camps of opinion" in line for line in lines)
    one = made.analysed(data(FINANCE, TECH)).stakeholders()
    assert [camp.members for camp in one.clusters] == [("Finance", "Tech")]
    assert one.clusters[0].apart == ()
    assert one.silhouette is None


def test_the_mean_of_scores_is_the_score_of_mean_weights_only_for_the_weighted_sum() -> None:
    usual = made.analysed(data(FINANCE, TECH)).stakeholders()
    assert usual.aggregate is not None
    assert usual.by_scores is not None
    assert [row.score for row in usual.by_scores] == pytest.approx(
        [row.score for row in usual.aggregate.ranking]
    )
    other = made.analysed(data(FINANCE, TECH, method="topsis")).stakeholders()
    assert other.by_scores is not None
    scores = [{r.alternative: r.score for r in view.ranking} for view in other.views.values()]
    for row in other.by_scores:
        mean = (scores[0][row.alternative] + 2 * scores[1][row.alternative]) / 3
        assert row.score == pytest.approx(mean)
    assert [row.loss for row in other.minority] == [None] * len(other.minority)
    assert made.analysed(data(FINANCE, TECH, method="electre1")).stakeholders().by_scores is None


def test_of_many_pairs_only_those_farthest_apart_are_printed() -> None:
    people = [{"name": f"P{n}", "weights": {"speed": 10 * n}} for n in range(1, 8)]
    analysis = made.analysed(data(*people))
    found = analysis.stakeholders()
    assert len(found.differences) == 21
    lines = list(printed.table(printed.data(analysis, found)))
    assert sum(" winner: " in line for line in lines) == 6
    assert "The other 15 pairs are nearer to each other." in lines
