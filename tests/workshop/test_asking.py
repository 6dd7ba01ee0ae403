"""What a room asks, what answers weigh, and why a ballot cannot be taken."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import selector
from selector.workshop.asking import (
    problems,
    questions,
    rule_problems,
    scored,
    shares_of,
)
from selector.workshop.records import Ballot, Role, Rules
from tests.workshop.rounds import analysis, ballot, rounds

FOUND = analysis()
GROUPS = Rules("groups")
ROLES = (Role("Finance", ("speed", "money")), Role("Security", ("safety",), ("audit", "keys")))


def asked(rules: Rules, role: str = "", **more: Any) -> list[str]:
    return [question.id for question in questions(analysis(**more), rules, role)]


def test_groups_are_the_top_of_the_tree() -> None:
    assert asked(Rules("groups")) == ["speed", "money", "safety"]


def test_leaves_come_with_what_stands_beside_them() -> None:
    found = asked(Rules("leaves"))
    assert found == ["speed", "money", "safety", "price", "extras", "audit", "keys"]
    shipped = selector.analyse(selector.load("support-assistant"))
    every = [leaf.id for leaf in shipped.leaves]
    assert sorted(q.id for q in questions(shipped, Rules("leaves"))) == sorted(every)
    groups = [group.id for group in shipped.decision.criteria.criteria]
    both = [q.id for q in questions(shipped, Rules("both"))]
    assert both[: len(groups)] == groups
    assert sorted(both[len(groups) :]) == sorted(every)


def test_siblings_stand_together_and_name_their_group() -> None:
    found = questions(analysis(), Rules("both"))
    assert [q.parent for q in found] == ["", "", "", "money", "money", "safety", "safety"]


def test_a_flat_set_has_its_leaves_at_the_top() -> None:
    flat = [{"id": "x"}, {"id": "y"}]
    choices = [{"id": "a", "performance": {"x": 1, "y": 2}}]
    for ask in ("groups", "leaves", "both"):
        assert asked(Rules(ask), criteria=flat, alternatives=choices) == ["x", "y"]  # type: ignore[arg-type]


def test_what_has_nothing_beside_it_is_not_asked() -> None:
    nested = [{"id": "all", "children": [{"id": "x"}, {"id": "y", "children": [{"id": "z"}]}]}]
    choices = [{"id": "a", "performance": {"x": 1, "z": 2}}]
    assert asked(Rules("groups"), criteria=nested, alternatives=choices) == ["x", "y"]
    assert asked(Rules("both"), criteria=nested, alternatives=choices) == ["x", "y"]
    alone = [{"id": "z"}]
    only = [{"id": "a", "performance": {"z": 2}}]
    assert asked(Rules("leaves"), criteria=alone, alternatives=only) == []


def test_a_role_is_asked_its_own_questions() -> None:
    rules = Rules("groups", roles=ROLES)
    assert asked(rules, "Finance") == ["speed", "money"]
    assert asked(rules, "Security") == ["safety"]
    assert asked(rules, "unknown") == asked(rules) == ["speed", "money", "safety"]
    assert asked(Rules("groups", roles=(Role("All"),)), "All") == ["speed", "money", "safety"]


def test_a_question_is_in_plain_words_with_the_step_it_is_about() -> None:
    speed, money, safety, price, _, audit, _ = questions(analysis(), Rules("both"))
    assert speed.text == "How much would going from 0 to 10 matter?"
    assert price.text == "How much would going from 10 to 0 USD matter?"
    assert audit.text == "How much does an audit matter?"
    assert audit.step == "from 0 to 1"
    assert money.text == "How much would the step from worst to best matter?"
    assert money.step == "price from 10 to 0 USD; extras from 0 to 1"
    assert safety.text == "How much does it matter to be safe, against bare?"
    assert money.leaves == ("price", "extras")
    assert price.leaves == ("price",)


def test_scores_are_asked_with_anchors_in_words() -> None:
    rules = Rules(scores=("audit", "speed"), roles=ROLES)
    speed, audit = scored(analysis(), rules)
    assert speed.id == "speed"
    assert [anchor.points for anchor in speed.anchors] == [0, 100]
    assert [tuple(anchor) for anchor in audit.anchors] == [
        (0, "None"), (50, "Some"), (100, "All"),
    ]  # fmt: skip
    assert audit.alternatives == (("a", "Alpha"), ("b", "Beta"), ("c", "Gamma"))
    assert [one.id for one in scored(analysis(), rules, "Security")] == ["audit", "keys"]
    assert scored(analysis(), rules, "Finance") == ()
    out = [{"criterion": "speed", "at_least": 100}]
    assert scored(analysis(requirements=out), rules) == ()


# --- what answers weigh -------------------------------------------------------------------------


def test_points_count_beside_each_other() -> None:
    shares = shares_of(analysis(), {"speed": 10, "money": 30, "safety": 40})
    assert [shares[n] for n in ("speed", "money", "safety")] == pytest.approx([1 / 8, 3 / 8, 1 / 2])
    assert shares["price"] == 0.75


def test_no_opinion_keeps_the_decisions_share_and_the_others_divide_the_rest() -> None:
    # Safety keeps its 20 %; 1 to 3 of the other 80 %.
    shares = shares_of(analysis(), {"speed": 20, "money": 60, "safety": None})
    assert [shares[n] for n in ("speed", "money", "safety")] == pytest.approx([0.2, 0.6, 0.2])
    assert shares_of(analysis(), {}) == pytest.approx(analysis().shares)


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_shares_of_siblings_sum_to_one_and_keep_the_proportions(made_round: Any) -> None:
    found, _, ballots = made_round
    for one in ballots:
        shares = shares_of(found, one.weights)
        for family in found.basis.families:
            assert sum(shares[name] for name in family) == pytest.approx(1)
            told = {n: one.weights.get(n) for n in family}
            for n, points in told.items():
                if points is None:
                    assert shares[n] == pytest.approx(found.shares[n])
            most = max(family, key=lambda n: told[n] or 0.0)
            for n, points in told.items():
                if points is not None and told[most]:
                    expected = shares[most] * points / (told[most] or 1.0)
                    assert shares[n] == pytest.approx(expected)


# --- what is refused ----------------------------------------------------------------------------


def refused(rules: Rules = Rules("both"), role: str = "", **more: Any) -> list[str]:  # noqa: B008
    return problems(analysis(), rules, role, ballot(**more))


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_what_answers_the_questions_is_taken(made_round: Any) -> None:
    found, rules, ballots = made_round
    for one in ballots:
        told = problems(found, rules, one.role, one)
        assert all("0 points" in text for text in told)
        families = found.basis.families
        groups = [[one.weights.get(n) for n in family] for family in families]
        zeros = [g for g in groups if any(p is not None for p in g) and not any(g)]
        assert len(told) == len(zeros)


def test_an_unknown_criterion_is_named_with_what_is_near() -> None:
    assert refused(weights={"sped": 3.0}) == ["There is no criterion 'sped'; did you mean 'speed'?"]


@pytest.mark.parametrize(
    "points", [-0.1, 100.1, math.nan, math.inf, -math.inf, True, "5", [1], 10**400]
)
def test_points_are_numbers_from_0_to_100(points: Any) -> None:
    assert refused(weights={"speed": points}) == [
        "“Speed” takes a number from 0 to 100, or no opinion."
    ]
    rules = Rules(scores=("audit",))
    assert refused(rules, scores={"a": {"audit": points}}) == [
        "“Alpha” on “Audit” takes a number from 0 to 100, or nothing."
    ]


def test_all_at_zero_says_nothing() -> None:
    (told,) = refused(weights={"speed": 0.0, "money": 0, "safety": None})
    assert "All that stand together have 0 points (Speed, Money)" in told
    assert refused(weights={"speed": 0.0, "money": 1, "price": None, "extras": None}) == []


def test_what_a_role_is_not_asked_is_refused() -> None:
    rules = Rules("groups", roles=ROLES)
    assert refused(rules, "Finance", weights={"safety": 3.0}) == [
        "The weight of “Safety and law” is not asked in the role 'Finance'."
    ]
    assert refused(rules, weights={"price": 3.0}) == [
        "The weight of “Price” is not asked in this room."
    ]
    assert refused(rules, "Finance", scores={"a": {"audit": 5}}) == [
        "Scores on “Audit” are not asked in the role 'Finance'."
    ]


def test_no_opinion_on_what_was_not_asked_says_nothing() -> None:
    assert refused(GROUPS, weights={"speed": 3.0, "price": None}) == []
    assert len(refused(GROUPS, weights={"sped": None})) == 1


def test_a_room_that_asks_for_no_scores_keeps_them_aside() -> None:
    assert refused(scores={"a": {"audit": 5}}) == []
    assert len(refused(scores={"z": {"audit": 5}, "a": {"money": 3}})) == 2


def test_a_ranking_by_feeling_names_each_once() -> None:
    assert refused(gut_ranking=("b", "a")) == []
    told = refused(gut_ranking=("b", "b", "x", "b"))
    assert told == [
        "“Beta” stands twice in the ranking by feeling; name each once.",
        "There is no alternative 'x'; there are: a, b, c.",
    ]


def test_every_reason_is_told_at_once() -> None:
    told = refused(weights={"x": 1, "speed": -1}, scores={"x": {}}, gut_ranking=("x",))
    assert len(told) == 4
    assert all(text[0].isupper() or text[0] == "“" for text in told)
    assert all(text[-1] in ".?" for text in told)


def test_rules_must_fit_the_decision() -> None:
    found = analysis()
    assert rule_problems(found, Rules("groups", ("audit",), roles=ROLES)) == []
    wrong = Rules(
        "groups",
        ("money",),
        roles=(Role(""), Role("A", ("price",)), Role("A", None, ("keyz",))),
        agreement=1.5,
        lead=math.nan,
    )
    told = rule_problems(found, wrong)
    assert len(told) == 7
    assert "Role 'A': there is no question about a weight 'price'" in " ".join(told)
    assert "did you mean 'keys'?" in " ".join(told)
    alone = [{"id": "g", "children": [{"id": "x"}]}, {"id": "h", "children": [{"id": "y"}]}]
    choices = [{"id": "a", "performance": {"x": 1, "y": 2}}]
    thin = analysis(criteria=alone, alternatives=choices)
    assert rule_problems(thin, GROUPS) == []
    assert rule_problems(thin, Rules("leaves")) == [
        "Inside the groups there is nothing to weigh; ask for the groups."
    ]


@given(st.dictionaries(st.text(max_size=4), st.none() | st.floats() | st.integers()))
@settings(max_examples=25, deadline=None)
def test_anything_as_weights_is_answered_in_words(weights: Any) -> None:
    told = problems(FOUND, Rules(), "", Ballot("p", 1, weights))
    assert all(isinstance(text, str) for text in told)
