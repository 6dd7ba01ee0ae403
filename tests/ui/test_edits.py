"""What can be edited, as changes of a file: each is made, and the file read again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from selector.catalog.editing import data_of, edited
from selector.ui.edits import (
    alternatives,
    basics,
    requirements,
    scales,
    scores,
    stakeholders,
)
from selector.ui.edits import text as texts
from selector.ui.edits._edit import fresh_id
from selector.ui.edits._tree import nodes
from tests.ui.edited import LIBRARY, OWN, SHIPPED, after, read, refused

DATA = data_of(OWN)
CASE = read(OWN)
SPEED = next(leaf for leaf in CASE.leaves if leaf.id == "speed")
PRICE = next(leaf for leaf in CASE.leaves if leaf.id == "price")


# --- the question -------------------------------------------------------------------------------


def test_the_question_title_day_and_budget_are_changed_and_comments_stay() -> None:
    changes = (
        *basics.title(DATA, "  Another   case "),
        *basics.question(DATA, "Which?"),
        *basics.day(DATA, date(2026, 12, 1)),
        *basics.budget(DATA, "2,500 USD", ()),
    )
    made = edited(OWN, *changes)
    decision = read(made).decision
    assert (decision.title, decision.question) == ("Another case", "Which?")
    assert (decision.as_of, decision.monthly_budget) == (date(2026, 12, 1), 2500)
    assert made.startswith(b"# ours\n")
    assert b"# of all" in made


def test_what_is_emptied_goes_and_what_cannot_be_is_refused() -> None:
    decision = after(basics.day(DATA, None)).decision
    assert decision.as_of is None
    refused("title", "Write a title", lambda: basics.title(DATA, "  "))
    refused(
        "budget",
        "Price is scaled by the budget",
        lambda: basics.budget(DATA, "", nodes(DATA, None)),
    )
    refused("budget", "above 0", lambda: basics.budget(DATA, "0", ()))
    refused("budget", "is not a figure", lambda: basics.budget(DATA, "much", ()))


def test_an_unchanged_field_makes_no_change() -> None:
    assert basics.title(DATA, "A case") == ()
    assert basics.day(DATA, date(2026, 11, 24)) == ()
    assert scales.change(DATA, "speed", {"worst": 0, "best": 100}) == ()


# --- alternatives -------------------------------------------------------------------------------


def test_offers_are_added_each_with_an_id_of_its_own() -> None:
    pairs = [("amazon-bedrock", "claude-haiku-frankfurt"), ("groq", ""), ("groq", "")]
    found = after(alternatives.add_offers(DATA, pairs)).decision.alternatives
    assert [a.id for a in found] == [
        "groq", "b", "amazon-bedrock-claude-haiku-frankfurt", "groq-2", "groq-3",
    ]  # fmt: skip
    refused("offers", "at least one", lambda: alternatives.add_offers(DATA, []))
    refused("offers", "at most", lambda: alternatives.add_offers(DATA, [("groq", "")] * 60))


def test_a_new_offer_bears_the_cost_that_all_others_share() -> None:
    data = data_of(SHIPPED)
    assert alternatives.shared_cost(DATA) is None
    changes = alternatives.add_offers(data, [("groq", "gpt-oss-120b")])
    new = after(changes, SHIPPED).decision.alternatives[-1]
    assert new.costing is not None
    assert "index" in new.costing.services


def test_one_of_ones_own_is_added_renamed_and_removed() -> None:
    data = data_of(edited(OWN, *alternatives.add_own(DATA, "What we have today", "status-quo")))
    assert data["alternatives"][2] == {
        "id": "what-we-have-today", "name": "What we have today", "kind": "status-quo",
    }  # fmt: skip
    named = after(alternatives.rename(DATA, 0, "Groq: fast")).decision.alternatives
    assert [(a.id, a.name) for a in named] == [("groq", "Groq: fast"), ("b", "B")]
    left = after(alternatives.remove(DATA, 0)).decision.alternatives
    assert [a.id for a in left] == ["b"]
    refused("own_name", "already", lambda: alternatives.add_own(DATA, "b", "status-quo"))
    refused("name_1", "no profile", lambda: alternatives.rename(DATA, 1, ""))
    refused("name_0", "already", lambda: alternatives.rename(DATA, 0, "B"))
    back = alternatives.rename(data_of(edited(OWN, *alternatives.rename(DATA, 0, "G"))), 0, "")
    assert back


def test_an_alternative_is_moved_past_its_neighbour_and_no_further() -> None:
    swapped = after(alternatives.move(DATA, 1, -1)).decision.alternatives
    assert [a.id for a in swapped] == ["b", "groq"]
    assert [a.id for a in after(alternatives.move(DATA, 0, 1)).decision.alternatives] == [
        "b", "groq",
    ]  # fmt: skip
    assert not alternatives.move(DATA, 0, -1)
    assert not alternatives.move(DATA, 1, 1)


def test_one_alternative_at_most_is_what_one_has_today() -> None:
    raw = edited(OWN, *alternatives.stand_for_today(DATA, 0))
    data = data_of(raw)
    assert alternatives.status_quo(data) == 0
    assert read(raw).decision.alternatives[0].kind == "status-quo"
    raw = edited(raw, *alternatives.stand_for_today(data, 1))
    assert [a.kind for a in read(raw).decision.alternatives] == ["model-api", "status-quo"]
    raw = edited(raw, *alternatives.stand_for_today(data_of(raw), None))
    assert alternatives.status_quo(data_of(raw)) is None


def test_a_fact_has_a_source_or_a_signed_reason() -> None:
    facts, day = LIBRARY.dictionary(), date(2026, 11, 24)
    give = alternatives.give_fact

    def given(fact: str, value: Any, rests: str, by: str = "") -> Any:
        changes = give(DATA, 0, facts[fact], value, rests, by, day)
        return after(changes).decision.alternatives[0].facts[fact]

    sourced = given("uptime_sla", "99.95 %", "https://example.com/sla")
    assert (sourced.value, sourced.sources[0].url) == (99.95, "https://example.com/sla")
    judged = given("eu_processing", False, "We asked them", "Ann")
    assert (judged.value, judged.is_judgement, judged.by) == (False, True, "Ann")
    assert given("attestations", ["soc2"], "https://example.com").value == ("soc2",)
    refused("fact_rests_on", "a guess", lambda: given("uptime_sla", "99", " "))
    refused("fact_by", "signed", lambda: given("uptime_sla", "99", "a feeling"))
    refused("fact_value", "runs from 0 to 100", lambda: given("uptime_sla", "101", "https://e.org"))
    refused("fact_value", "Write a number", lambda: given("uptime_sla", "", "https://e.org"))
    raw = edited(OWN, *give(DATA, 1, facts["uptime_sla"], "99", "https://e.org", "", day))
    assert data_of(edited(raw, *alternatives.forget_fact(data_of(raw), 1, "uptime_sla"))) == DATA


def test_an_id_is_made_of_a_name_and_is_always_one() -> None:
    assert fresh_id("Überall Größe!", (), "x") == "uberall-groe"
    assert fresh_id("東京", ("own",), "own") == "own-2"
    assert fresh_id("A" * 90, (), "x") == "a" * 40


# --- requirements -------------------------------------------------------------------------------

SUBJECTS = requirements.subjects(CASE.decision)


@pytest.mark.parametrize(
    ("subject", "condition", "first", "second", "told"),
    [
        ("fact:uptime_sla", "at_least", "99.9 %", None, {"at_least": 99.9}),
        ("fact:uptime_sla", "between", "99", "100", {"at_least": 99, "at_most": 100}),
        ("fact:eu_processing", "is", False, None, {"is": False}),
        ("fact:zero_retention", "at_least", "on_approval", None, {"at_least": "on_approval"}),
        ("fact:attestations", "includes", ["soc2"], None, {"includes": ["soc2"]}),
        ("criterion:speed", "at_most", "1,000", None, {"at_most": 1000}),
        ("criterion:effort", "is", "none", None, {"is": "none"}),
    ],
)
def test_a_requirement_fits_the_type_of_what_it_tests(
    subject: str, condition: str, first: Any, second: Any, told: dict[str, Any]
) -> None:
    found = SUBJECTS[subject]
    made = requirements.item(found, condition, first, second, True, True, " Said the board. ")
    more = {"unproven": "out", "when_not_applicable": "pass", "reason": "Said the board."}
    assert made == {found.key: found.id} | told | more
    asked = after(requirements.add(DATA, made)).decision.requirements[-1]
    assert asked._replace(origin=CASE.decision.origin) == requirements.record(made)._replace(
        origin=CASE.decision.origin
    )


def test_what_is_wanting_in_a_requirement_is_told_at_its_field() -> None:
    item = requirements.item
    refused("first", "in %", lambda: item(SUBJECTS["fact:uptime_sla"], "at_least", ""))
    refused("second", "lower end", lambda: item(SUBJECTS["criterion:speed"], "between", "5", "1"))
    refused("first", "at least one", lambda: item(SUBJECTS["fact:attestations"], "includes", []))
    asked = item(SUBJECTS["criterion:speed"], "at_least", "1")
    refused("first", "already", lambda: requirements.add(DATA, asked))


def test_a_requirement_is_changed_key_by_key_and_removed() -> None:
    made = requirements.item(SUBJECTS["criterion:speed"], "at_least", "60", reason="Waiting")
    raw = edited(OWN, *requirements.change(DATA, 0, made))
    assert b"# or nobody waits" in raw
    analysis = read(raw)
    assert [(row.alternative, row.why) for row in analysis.excluded] == [("b", "Waiting")]
    assert after(requirements.remove(DATA, 0)).decision.requirements == ()


def test_what_a_requirement_does_is_what_it_does_once_it_is_kept() -> None:
    data, before = data_of(SHIPPED), read(SHIPPED)
    called = {a.id: a.name for a in before.decision.alternatives}
    subjects = requirements.subjects(before.decision)
    for key in ("fact:uptime_sla", "criterion:uptime"):
        for out in (False, True):
            made = requirements.item(subjects[key], "at_least", "99.9", None, out)
            effect = requirements.effect(before, requirements.record(made))
            then = after(requirements.add(data, made), SHIPPED)
            place = len(then.decision.requirements) - 1
            lost = [row.alternative for row in then.excluded if row.requirement_index == place]
            assert [a.id for a, _ in effect.out] == lost
            told = requirements.effect_words(effect, called)
            assert told.startswith(f"Knocks out {len(lost)} of 7: ")
            assert not (out and effect.unproven)


# --- scales -------------------------------------------------------------------------------------


def test_ends_are_numbers_or_shares_of_the_budget() -> None:
    scale = scales.linear("200 % of the budget", "0 USD", PRICE, 1000)
    assert scale == {"worst": {"budget": 2}, "best": 0}
    found = after(scales.change(DATA, "price", scale))
    leaf = next(leaf for leaf in found.leaves if leaf.id == "price")
    assert (leaf.scale.worst, leaf.scale.best) == (2000, 0)  # type: ignore[union-attr]
    for written, share in (("budget", 1), ("1.5 x the budget", 1.5), ("80% of budget", 0.8)):
        assert texts.end("worst", written) == {"budget": share}
        assert texts.end("worst", texts.end_text({"budget": share})) == {"budget": share}


@pytest.mark.parametrize(
    ("field", "words", "ends"),
    [
        ("worst", "two", ("", "5")),
        ("best", "two different", ("5", "5")),
        ("best", "more is better", ("9", "5")),
        ("worst", "no budget", ("budget", "5")),
        ("worst", "a range", ("1 to 2", "5")),
        ("best", "not a figure", ("1", "high")),
    ],
)
def test_ends_that_make_no_scale_are_refused(field: str, words: str, ends: tuple[str, str]) -> None:
    refused(field, words, lambda: scales.linear(*ends, SPEED, None))


def test_a_scale_of_a_named_set_is_the_decisions_own_and_goes_back() -> None:
    data = data_of(SHIPPED)
    raw = edited(SHIPPED, *scales.change(data, "latency", {"worst": 2, "best": 0.5}))
    assert b"latency: {worst: 2, best: 0.5}" in raw
    back = scales.back_to_set(data_of(raw), "latency")
    assert data_of(edited(raw, *back)) == data


def test_points_and_levels_are_written_as_people_write_them() -> None:
    found = texts.points("points", "0 is 0; 1,000: 60\n2000 = 100")
    assert found == [[0, 0], [1000, 0.6], [2000, 1]]
    assert texts.points("points", texts.points_text(found)) == found
    after(scales.change(DATA, "speed", {"points": found}))
    made = scales.by_level({"much": "0", "some": "30", "none": "100"})
    assert made == {"levels": {"much": 0, "some": 0.3, "none": 1}}
    after(scales.change(DATA, "effort", made))
    for wrong in ("1", "0 is 0; 0 is 5", "0 is 0; 5 is 101", "x"):
        refused("points", "", lambda wrong=wrong: texts.points("points", wrong))
    refused("level_much", "“much”", lambda: scales.by_level({"much": ""}))


def test_what_the_alternatives_show_today_is_told() -> None:
    assert scales.today(CASE, SPEED) == ("50", "50 ms", 1, 2)


# --- scores -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leaf", "written", "says"),
    [
        ("speed", "60", 60),
        ("speed", "60-80", [60, 80]),
        ("speed", "60 to 80 ms", [60, 80]),
        ("speed", "60 to 80, likely 62", {"low": 60, "likely": 62, "high": 80}),
        ("speed", "unknown", None),
        ("effort", "Some", "some"),
        ("effort", "?", None),
    ],
)
def test_a_performance_is_written_as_people_write_it(leaf: str, written: str, says: Any) -> None:
    leaves = {leaf.id: leaf for leaf in CASE.leaves}
    dictionary = CASE.decision.dictionary
    raw = edited(OWN, *scores.score(DATA, {(0, leaf): written}, leaves, dictionary))
    data = data_of(raw)
    assert data["alternatives"][0]["performance"] == {leaf: says}
    read(raw)
    again = scores.given(data, 0, leaf)
    assert scores.score(data, {(0, leaf): again}, leaves, dictionary) == ()
    gone = scores.score(data, {(0, leaf): ""}, leaves, dictionary)
    assert "performance" not in data_of(edited(raw, *gone))["alternatives"][0]


def test_a_score_that_cannot_be_is_refused_at_its_cell() -> None:
    leaves = {leaf.id: leaf for leaf in CASE.leaves}
    judged = leaves["speed"]._replace(unit=scores.POINTS)
    for leaf, written, words in (
        (leaves["speed"], "fast", "not a figure"),
        (leaves["speed"], "80-60", "does not rise"),
        (leaves["effort"], "lots", "write much, some or none"),
        (judged, "120", "0 to 100"),
        (judged, "60 to 120", "0 to 100"),
    ):
        refused(
            f"score_1_{leaf.id}",
            words,
            lambda leaf=leaf, written=written: scores.score(
                DATA, {(1, leaf.id): written}, {leaf.id: leaf}, CASE.decision.dictionary
            ),
        )


# --- stakeholders -------------------------------------------------------------------------------


def test_somebody_is_added_changed_and_removed() -> None:
    raw = edited(OWN, *stakeholders.add(DATA, "Security"))
    data = data_of(raw)
    points = {"money": "20", "speed": "80.5"}
    raw = edited(raw, *stakeholders.change(data, 1, "CISO", "2", points))
    person = read(raw).decision.stakeholders[1]
    assert (person.name, person.influence) == ("CISO", 2)
    assert person.weights == {"money": 20, "speed": 80.5}
    data = data_of(raw)
    raw = edited(raw, *stakeholders.change(data, 1, "CISO", "2", {"money": "", "speed": "1"}))
    assert read(raw).decision.stakeholders[1].weights == {"speed": 1}
    assert data_of(edited(raw, *stakeholders.remove(data_of(raw), 1))) == DATA
    assert "stakeholders" not in data_of(edited(OWN, *stakeholders.remove(DATA, 0)))
    refused("new_person", "already", lambda: stakeholders.add(DATA, "finance"))
    refused("influence", "0 or more", lambda: stakeholders.change(DATA, 0, "F", "-1", {}))
    refused(
        "weight_money",
        "not a figure",
        lambda: stakeholders.change(DATA, 0, "F", "1", {"money": "x"}),
    )


def test_what_an_alias_shows_in_two_places_is_changed_in_one() -> None:
    raw = OWN.replace(b"weights: {money: 70%", b"weights: &w {money: 70%")
    raw = raw.replace(b"weights: {effort: 0, price: 5}", b"weights: *w")
    changes = stakeholders.change(data_of(raw), 0, "Finance", "1", {"money": "5", "speed": ""})
    decision = read(edited(raw, *changes)).decision
    assert decision.stakeholders[0].weights == {"money": 5}
    assert decision.scenarios[0].weights == {"money": 70, "speed": 30}
