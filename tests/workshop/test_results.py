"""What a round's ballots say together, by hand."""

import json
from typing import Any

import numpy as np
import pytest

from selector.workshop.records import Ballot, Role, Rules
from selector.workshop.results import Results, results, stakeholders_from, to_json
from tests import strategies as made
from tests.workshop.rounds import analysis, ballot, data, top

FOUND = analysis()
GROUPS = Rules("groups")
FAST, CHEAP = top("fast", 90, 5, 5), top("cheap", 5, 90, 5)
SAFE = top("safe", 5, 5, 90)


def found(*ballots: Ballot, rules: Rules = GROUPS, before: Results | None = None) -> Results:
    return results(FOUND, rules, ballots, before)


def order(rows: Any) -> list[str]:
    return [row.alternative for row in rows]


# --- by hand ------------------------------------------------------------------------------------


def test_three_people_who_want_different_things() -> None:
    got = found(FAST, CHEAP, SAFE)
    assert got.opinions == 3
    assert {f.alternative: f.people for f in got.firsts} == {"a": 1, "b": 1, "c": 1}
    speed = got.of("speed")
    assert speed.mean == pytest.approx(1 / 3)
    assert (speed.low, speed.median, speed.high) == pytest.approx((0.05, 0.05, 0.9))
    assert (speed.lower, speed.upper) == pytest.approx((0.05, 0.475))
    # By equal weights: A 0.9, 0.2, 0.8; B 0.2, 0.925, 0.25; C 0.6, 0.375, 1. C is first.
    assert [row.score for row in got.ranking] == pytest.approx([1.975 / 3, 1.9 / 3, 1.375 / 3])
    assert order(got.ranking) == ["c", "a", "b"]
    # With speed s and the others half of the rest each: C 0.6875 - 0.0875 s, A 0.5 + 0.4 s. A takes
    # over at 0.1875 / 0.4875, which the fast one is past.
    assert speed.stable_high == pytest.approx(0.1875 / 0.4875)
    assert (speed.above, speed.past, speed.matters, speed.is_pressing) == ("a", 1, True, True)
    assert got.talk[0] in ("speed", "money")
    assert got.consensus.level == "none"
    assert [one.people for one in got.minority] == [1, 1]


def test_no_opinion_is_not_counted_and_the_decisions_share_stays() -> None:
    got = found(top("x", 10, 30, None), top("y", 40, 40, None))
    assert got.of("safety").opinions == 0
    assert got.of("safety").weight == pytest.approx(0.2)
    assert got.of("speed").mean == pytest.approx((0.2 + 0.4) / 2)
    assert [row.shares["safety"] for row in got.rows] == [None, None]
    some = found(top("x", 80, 20, 0), top("y", None, 60, 40))
    # Of speed only X said something: 0.8; money 0.2 and 0.3, safety 0 and 0.2; together 1.15.
    assert some.of("speed").opinions == 1
    assert some.of("speed").mean == pytest.approx(0.8)
    assert some.shares["speed"] == pytest.approx(0.8 / 1.15)
    assert some.shares["money"] == pytest.approx(0.25 / 1.15)


def test_level_firsts_count_in_equal_parts() -> None:
    # Speed alone: two alternatives that are as fast.
    twins = data()
    twins["alternatives"][1]["performance"] = twins["alternatives"][0]["performance"]
    got = results(made.analysed(twins), GROUPS, [FAST, top("x", 100, 0, 0)])
    assert [(f.alternative, f.people, f.alone, f.level) for f in got.firsts] == [
        ("a", 1.0, 0, 2),
        ("b", 1.0, 0, 2),
        ("c", 0.0, 0, 0),
    ]
    assert got.consensus.leader == ""


def test_within_a_group_somebody_counts_as_much_as_the_group_does_to_them() -> None:
    one = ballot("x", {"speed": 0, "money": 100, "safety": 0, "price": 100, "extras": 0})
    other = ballot("y", {"speed": 50, "money": 0, "safety": 50, "price": 0, "extras": 100})
    got = found(one, other, rules=Rules("both"))
    assert got.of("price").mean == pytest.approx(0.5)
    assert got.of("price").weight == pytest.approx(1.0)
    assert got.of("money").weight == pytest.approx(0.5)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("left", [0, 1, 3])
def test_few_people_and_few_alternatives(count: int, left: int) -> None:
    more = {"alternatives": data()["alternatives"][: max(left, 1)]}
    if not left:
        more["requirements"] = [{"criterion": "speed", "at_least": 100}]
    analysed = analysis(**more)
    rules = Rules("groups", ("audit",), True)
    ballots = [
        one._replace(scores={"a": {"audit": 40}}, gut_ranking=("a",))
        for one in (FAST, CHEAP)[:count]
    ]
    got = results(analysed, rules, ballots)
    again = results(analysed, rules, ballots, got)
    assert json.dumps(to_json(again), allow_nan=False)
    assert len(got.ranking) == left
    assert (got.kendall_w is None) == (count < 2 or left < 2)
    assert (got.consensus.level == "too few") == (count < 2 or left < 1)
    assert (got.gut is None) == (not count or not left)
    assert any(n.code == "nothing-to-rank" for n in got.notices) == (not left)
    assert (again.movement is None) == (not count)


def test_consensus_is_judged_by_what_was_set_before() -> None:
    wide = found(FAST, FAST, FAST, CHEAP)
    assert wide.consensus.leader == "a"
    assert wide.consensus.lead == 0.75
    assert wide.consensus.kendall_w is not None
    assert wide.consensus.level == ("reached" if wide.consensus.kendall_w >= 0.7 else "lead")
    strict = found(FAST, FAST, FAST, CHEAP, rules=Rules(lead=0.8, agreement=0.99))
    assert strict.consensus.level == "none"
    agreed = found(FAST, FAST, FAST, CHEAP, rules=Rules(lead=0.8, agreement=0.0))
    assert agreed.consensus.level == "agreement"
    lead = found(FAST, FAST, FAST, CHEAP, rules=Rules(lead=0.75, agreement=1.0))
    assert lead.consensus.level == "lead"


def test_camps_are_found_by_what_is_asked() -> None:
    near = [top(f"f{n}", 90 - n, 5, 5 + n) for n in range(5)]
    far = [top(f"c{n}", 5, 90 - n, 5 + n) for n in range(3)]
    got = found(*far, *near)
    assert [len(camp.members) for camp in got.camps] == [5, 3]
    assert got.silhouette is not None
    assert {row.criterion for row in got.camps[0].apart} <= {"speed", "money", "safety"}
    assert got.camps[0].apart[0].criterion in ("speed", "money")
    assert got.camps[0].firsts == {"a": 5}
    (few,) = got.minority
    assert (few.alternative, few.people) == ("b", 3)
    assert few.apart[0].criterion in ("speed", "money")


# --- roles, names, what is never told -----------------------------------------------------------


def test_roles_are_split_from_four_ballots_on() -> None:
    rules = Rules(roles=(Role("Finance"), Role("Tech")))
    tech = [top(f"t{n}", 80, 10, n, role="Tech") for n in range(4)]
    money = [top(f"f{n}", 10, 80, n, role="Finance") for n in range(3)]
    got = found(*tech, *money, rules=rules)
    (split,) = got.splits
    assert (split.role, split.ballots, split.opinions) == ("Tech", 4, 4)
    assert order(split.ranking)[0] == "a"
    own = [100 * 80 / (90 + n) / 100 for n in range(4)]
    assert split.medians["speed"] == pytest.approx(np.median(own))
    silent = [*tech[:3], top("t3", None, None, None, role="Tech")]
    (split,) = found(*silent, rules=rules).splits
    assert (split.ballots, split.opinions) == (4, 3)
    assert set(split.medians.values()) == {None}
    assert (split.ranking, split.firsts) == ((), ())


def test_names_stand_only_where_the_room_said_so() -> None:
    people = [
        one._replace(
            name=f"Somebody {i}", participant=f"id-{i}", role="Unique role", comment="Mine"
        )
        for i, one in enumerate((FAST, CHEAP, SAFE))
    ]
    told = json.dumps(to_json(found(*people)))
    for secret in ("Somebody", "id-", "Unique role", "Mine", "places"):
        assert secret not in told
    named = json.dumps(to_json(found(*people, rules=Rules(is_named=True))))
    assert "Somebody 0" in named
    assert "id-" not in named
    assert "Unique role" not in named


def test_the_keys_of_the_contract() -> None:
    got = to_json(found(FAST, CHEAP, SAFE))
    assert set(got["weights"]) >= {"mean", "median", "low", "high"}
    assert got["weights"]["low"] == pytest.approx({"speed": 0.05, "money": 0.05, "safety": 0.05})
    assert got["weights"]["high"] == pytest.approx({"speed": 0.9, "money": 0.9, "safety": 0.9})
    assert (got["round"], got["participants"]) == (1, 3)
    first = got["ranking"][0]
    assert {"alternative", "name", "rank", "score", "low", "high", "unproven"} <= set(first)
    assert set(got["matters"]) == {"speed", "money", "safety"}
    assert isinstance(got["consensus"], str)
    assert 0 <= got["kendall_w"] <= 1
    assert {"weights", "ranking"} <= set(got["ballots"][0])
    assert set(got["ballots"][0]["weights"]) == {"speed", "money", "safety"}
    assert sorted(row["rank"] for row in got["ballots"][0]["ranking"]) == [1, 2, 3]


# --- scores, feeling, movement ------------------------------------------------------------------


def test_scores_take_the_place_of_the_value_for_everybody() -> None:
    rules = Rules(scores=("audit",))
    scores = [{"b": {"audit": 100.0}}, {"b": {"audit": 60.0}, "c": {"audit": None}}, {}]
    ballots = [one._replace(scores=s) for one, s in zip((FAST, CHEAP, SAFE), scores, strict=True)]
    got = found(*ballots, rules=rules)
    (cell,) = got.scores.cells
    assert cell == ("b", "audit", 2, pytest.approx(0.8), 0.6, 1.0, 0.5)
    values = FOUND.values.copy()
    values.loc["b", "audit"] = 0.8
    plain = found(FAST, CHEAP, SAFE)
    assert order(got.scores.without) == order(plain.ranking)
    lead = {row.alternative: row for row in got.ranking}["b"]
    was = {row.alternative: row for row in plain.ranking}["b"]
    audit = got.shares["safety"] * got.shares["audit"]
    assert lead.score == pytest.approx(was.score + 0.3 * audit)
    assert lead.low == pytest.approx(was.score + 0.1 * audit)
    assert lead.high == pytest.approx(was.score + 0.5 * audit)
    for row, ranked in zip(got.rows, plain.rows, strict=True):
        own = {r.alternative: r.score for r in row.ranking}
        before = {r.alternative: r.score for r in ranked.ranking}
        share = (row.shares["safety"] or 0) * 0.5
        assert own["b"] == pytest.approx(before["b"] + 0.3 * share)


def test_scores_move_the_stretch_on_which_the_first_stays_first() -> None:
    rules = Rules(scores=("speed",))
    got = found(FAST, CHEAP, SAFE._replace(scores={"c": {"speed": 100}}), rules=rules)
    assert got.of("speed").stable_high == 1
    assert got.of("speed").above is None


def test_scores_that_nobody_asked_for_do_not_count() -> None:
    got = found(FAST._replace(scores={"a": {"audit": 0}}), CHEAP)
    assert got.scores.cells == ()
    assert [n.code for n in got.notices] == ["scores-not-asked"]
    assert got.ranking == found(FAST, CHEAP).ranking


def test_feeling_beside_the_weights() -> None:
    got = found(
        FAST._replace(gut_ranking=("a", "c", "b")),
        CHEAP._replace(gut_ranking=("a",)),
        SAFE._replace(gut_ranking=("gone", "c", "a")),
        top("none", None, None, None, gut_ranking=("b", "a", "c")),
    )
    assert got.gut is not None
    # Who names one alone leaves the places 2 and 3 to the others: 2.5 each.
    means = {row.alternative: row.mean_place for row in got.gut.ranking}
    assert means == {"a": 6 / 4, "b": 9.5 / 4, "c": 8.5 / 4}
    assert order(got.gut.ranking) == ["a", "c", "b"]
    assert [row.firsts for row in got.gut.ranking] == [2, 1, 1]
    assert (got.gut.people, got.gut.compared, got.gut.same) == (4, 3, 2)


def test_what_moved_since_the_round_before() -> None:
    before = found(FAST, CHEAP, SAFE)
    now = found(FAST, top("cheap", 90, 5, 5, round=2), top("new", 5, 5, 90), before=before).movement
    assert now is not None
    assert (now.both, now.moved, now.turned, now.joined, now.left) == (2, 1, 1, 1, 1)
    assert now.since == 1
    assert now.medians["speed"] == (pytest.approx(0.05), pytest.approx(0.9))
    assert now.firsts["a"] == (1, 2)
    assert now.ranks["a"] == (2, 1)
    # Little enough is not called a move: 2 points of 100.
    same = found(top("fast", 89, 6, 5), CHEAP, SAFE, before=before).movement
    assert same is not None
    assert same.moved == 0


def test_another_method_of_the_decision_is_told_and_not_used() -> None:
    other = analysis(method="topsis")
    got = results(other, GROUPS, [FAST, CHEAP])
    assert [n.code for n in got.notices] == ["room-by-weighted-sum"]
    assert got.ranking == found(FAST, CHEAP).ranking


# --- into the decision's file -------------------------------------------------------------------


def test_a_file_with_them_loads_and_ranks_as_the_room_does() -> None:
    ballots = [FAST, CHEAP, SAFE, top("half", 20, 60, None), top("none", None, None, None)]
    people = stakeholders_from(FOUND, GROUPS, ballots)
    assert [p["name"] for p in people] == [f"Participant {n}" for n in range(1, 5)]
    file = made.analysed(data(stakeholders=people))
    found_ = file.stakeholders()
    rows = [row for row in found(*ballots).rows if row.ranking]
    for row, view in zip(rows, found_.views.values(), strict=True):
        assert list(view.weights.values()) == pytest.approx(row.weights, abs=1e-6)
        assert order(view.ranking) == [placed.alternative for placed in row.ranking]
    whole = stakeholders_from(FOUND, GROUPS, ballots[:3])
    aggregate = made.analysed(data(stakeholders=whole)).stakeholders().aggregate
    assert aggregate is not None
    assert order(aggregate.ranking) == order(found(*ballots[:3]).ranking)


def test_names_in_the_file_are_given_ones_where_shown_and_never_twice() -> None:
    rules = Rules(is_named=True)
    people = [
        FAST._replace(name="Anna"),
        CHEAP._replace(name=" Anna\n"),
        SAFE._replace(name=""),
        top("x", 1, 1, 1, name="Participant 3"),
    ]
    names = {p["name"] for p in stakeholders_from(FOUND, rules, people)}
    assert len(names) == 4
    assert {"Anna", "Anna (2)"} <= names
    assert not any("Anna" in p["name"] for p in stakeholders_from(FOUND, GROUPS, people))
