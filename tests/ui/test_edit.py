"""The page Edit: what is changed in place, what follows, and what is refused at its field."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from tests.ui.drawn import draw, markup

VIEWS = ("Question", "Alternatives", "Requirements", "Criteria", "Scales", "Scores",
         "Stakeholders", "The file")  # fmt: skip
CASE = """\
# A case of ours.
id: case
title: A case
as_of: 2026-11-24
budget: {monthly: 1000}
criteria:
  - id: service
    name: Service
    weight: 60
    children:
      - {id: speed, name: Speed, goal: max, unit: ms, value: {worst: 0, best: 10_000}}
      - {id: fit, name: Fit, unit: points of 100, value: {worst: 0, best: 100}}
  - {id: price, name: Price, weight: 40, goal: min, value: {worst: {budget: 1}, best: 0}}
alternatives:
  - {id: x, name: One, performance: {speed: 300, fit: 80, price: 700}}   # the first
  - {id: y, name: Two, performance: {speed: 100, fit: 60-, price: 300}}
requirements:
  - {criterion: speed, at_least: 50, reason: People wait for it}
""".replace("60-", "[50, 70]")


@pytest.fixture
def case(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one case, and an empty folder for working copies; the case's path."""
    monkeypatch.setenv("SELECTOR_DATA", str(home / "data"))
    folder = home / "decisions"
    folder.mkdir()
    path = folder / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def edit(view: str, decision: str = "case") -> AppTest:
    """The page with one of its views open."""
    test = draw("edit", decision)
    test.session_state["edit_view"] = view
    return look(test)


def look(test: AppTest) -> AppTest:
    """Run the page again; it must not fail."""
    test.run()
    assert not test.exception, test.exception[0].message
    return test


def put(test: AppTest, key: str, value: Any) -> AppTest:
    """Set a field and leave it."""
    kinds = (test.text_input, test.selectbox, test.text_area, test.multiselect, test.date_input)
    for kind in kinds:
        for widget in kind:
            if widget.key == f"edit_{key}":
                widget.set_value(value).run()
                assert not test.exception, test.exception[0].message
                return test
    raise AssertionError(f"no field {key}")


def press(test: AppTest, key: str) -> AppTest:
    """Press a button."""
    test.button(key=f"edit_{key}").click().run()
    assert not test.exception, test.exception[0].message
    return test


def data(test: AppTest) -> Any:
    """The file as it stands now, read by another reader."""

    def script() -> None:
        import streamlit as st

        from selector.ui.state import State

        st.session_state["read"] = State().file()

    other = AppTest.from_function(script, default_timeout=60)
    for name in ("decision", "revision"):
        if name in test.session_state:
            other.session_state[name] = test.session_state[name]
    for name, value in test.query_params.items():
        other.query_params[name] = value
    return yaml.safe_load(other.run().session_state["read"])


def refusals(test: AppTest) -> list[str]:
    """The sentences at the fields."""
    return [e.proto.body for e in test.get("html") if 'class="alert refused"' in e.proto.body]


# --- the head -----------------------------------------------------------------------------------


def test_an_edit_says_who_led_before_and_who_leads_now(case: Path) -> None:
    test = edit("Scores")
    assert "in a copy of your own" in markup(test)
    test = put(test, "scores_leaf", "price")
    test = put(test, "scores_score_0_price", "100")
    assert data(test)["alternatives"][0]["performance"]["price"] == 100
    assert "Before your last edit: Two by" in markup(test)
    assert "Now: <b>One by" in markup(test)
    assert case.read_text() == CASE
    test = press(test, "undo")
    assert "Before your last edit: One by" in markup(test)
    assert data(test) == yaml.safe_load(CASE)
    test = press(test, "redo")
    assert data(test)["alternatives"][0]["performance"]["price"] == 100
    test = press(test, "origin")
    assert "in a copy of your own" in markup(test)


def test_what_stays_the_same_is_said_too(case: Path) -> None:
    test = put(edit("Question"), "question_title", "Another case")
    assert "Your last edit leaves that as it was: <b>Two by" in markup(test)
    assert data(test)["title"] == "Another case"
    test.session_state["points"] = {"price": 1.0}  # as Weigh leaves them
    assert "what follows from it shows here" in markup(look(test))


# --- each view ----------------------------------------------------------------------------------


def test_what_is_refused_is_said_at_its_field_and_stays_as_it_was_typed(case: Path) -> None:
    test = put(edit("Question"), "question_budget", "much")
    assert len(refusals(test)) == 1
    assert "“much” is not a figure" in refusals(test)[0]
    assert test.text_input(key="edit_question_budget").value == "much"
    test = put(test, "question_budget", "")
    assert "Price is scaled by the budget" in refusals(test)[0]
    test = put(test, "question_budget", "2,000")
    assert refusals(test) == []
    assert data(test)["budget"] == {"monthly": 2000}
    assert test.text_input(key="edit_question_budget").value == "2,000"


def test_alternatives_are_added_renamed_and_removed(case: Path) -> None:
    test = edit("Alternatives")
    test = put(test, "alternatives_offers", [("groq", "gpt-oss-120b")])
    test = press(test, "add_offers")
    test = put(test, "alternatives_own_name", "What we have today")
    test = press(test, "add_own")
    assert "everything unknown" in markup(test)
    assert test.text_input(key="edit_alternatives_own_name").value == ""
    test = press(test, "add_own")
    assert "Write what it is called" in refusals(test)[0]
    test = put(test, "alternatives_name_1", "The second")
    found = data(test)["alternatives"]
    assert [a.get("name") for a in found] == ["One", "The second", None, "What we have today"]
    test = put(test, "alternatives_name_1", "One")
    assert "already" in refusals(test)[0]
    assert test.text_input(key="edit_alternatives_name_1").value == "One"
    test = put(test, "alternatives_today", 1)
    kinds = [a.get("kind") for a in data(test)["alternatives"]]
    assert kinds == [None, "status-quo", None, None]
    test = press(test, "remove_0")
    assert len(data(test)["alternatives"]) == 3
    assert test.selectbox(key="edit_alternatives_today").value == 0
    assert refusals(test) == []


def test_a_fact_is_given_with_a_reason_that_is_signed(case: Path) -> None:
    test = edit("Alternatives")
    test.session_state["edit_facts_open"] = True
    test = look(test)
    if not any(w.key == "edit_facts_fact" for w in test.selectbox):
        pytest.fail("the fields of a fact are folded away")
    test = put(test, "facts_fact", "uptime_sla")
    test = put(test, "facts_fact_value_uptime_sla", "99.5")
    test = press(test, "keep_fact")
    assert "a guess" in refusals(test)[0]
    test = put(test, "facts_fact_rests_on", "We saw it for a year")
    test = put(test, "facts_fact_by", "Ann")
    test = press(test, "keep_fact")
    fact = data(test)["alternatives"][0]["facts"]["uptime_sla"]
    assert (fact["judgement"], fact["by"]) == (99.5, "Ann")
    test = press(test, "forget_fact")
    assert "facts" not in data(test)["alternatives"][0]


def test_a_requirement_shows_what_it_would_do_before_it_is_kept(case: Path) -> None:
    test = edit("Requirements")
    assert "People wait for it" in markup(test)
    assert "Knocks out none of 2." in markup(test)
    test = press(test, "add_requirement")
    assert "Choose what is asked" in refusals(test)[0]
    test = put(test, "new_requirement_subject", "criterion:speed")
    test = press(test, "add_requirement")
    assert "in ms" in refusals(test)[0]
    test = put(test, "new_requirement_first_criterion_speed", "200")
    assert "Knocks out 1 of 2: Two." in markup(test)
    assert data(test) == yaml.safe_load(CASE)
    test = put(test, "new_requirement_reason", "The phone rings")
    test = press(test, "add_requirement")
    asked = data(test)["requirements"]
    assert asked[1] == {"criterion": "speed", "at_least": 200, "reason": "The phone rings"}
    test = press(test, "change_1")
    test = put(test, "asked_1_condition_number", "between")
    test = put(test, "asked_1_second_criterion_speed", "9")
    test = press(test, "keep_asked")
    assert "lower end first" in refusals(test)[0]
    test = put(test, "asked_1_second_criterion_speed", "900")
    test = press(test, "keep_asked")
    assert data(test)["requirements"][1]["at_most"] == 900
    test = press(press(test, "remove_asked_1"), "remove_asked_0")
    assert data(test)["requirements"] == []


def test_a_scale_that_dwarfs_is_said_and_a_tighter_one_is_one_button(case: Path) -> None:
    test = edit("Scales")
    assert "they use 2" in markup(test)
    test = press(test, "tighter_speed")
    scale = data(test)["criteria"][0]["children"][0]["value"]
    assert scale == {"worst": 100, "best": 300}
    assert "now runs from 100 to 300 ms" in markup(test)
    test = put(test, "scales_best_speed", "50")
    test = press(test, "keep_scale")
    assert "more is better" in refusals(test)[0]
    test = put(test, "scales_best_speed", "500 ms")
    test = press(test, "keep_scale")
    assert data(test)["criteria"][0]["children"][0]["value"] == {"worst": 100, "best": 500}
    test = put(test, "scales_leaf", "price")
    test = put(test, "scales_worst_price", "150 % of the budget")
    test = press(test, "keep_scale")
    assert data(test)["criteria"][1]["value"]["worst"] == {"budget": 1.5}


def test_a_named_set_is_written_into_the_copy_by_the_first_change(case: Path) -> None:
    test = edit("Criteria", "support-assistant")
    assert "The first change here writes its criteria into your copy" in markup(test)
    test = put(test, "criteria_criterion", "latency")
    test = put(test, "criteria_criterion_name", "Seconds of silence")
    test = press(test, "keep_criterion")
    found = data(test)
    latency = next(c for g in found["criteria"] for c in g["children"] if c["id"] == "latency")
    assert latency["name"] == "Seconds of silence"
    assert "The first change here" not in markup(test)
    test = edit("Scales", "support-assistant")
    test = put(test, "scales_leaf", "latency")
    test = put(test, "scales_worst_latency", "3")
    test = press(test, "keep_scale")
    assert data(test)["criteria"] == "ai-platform"
    test = press(test, "back_scale")
    assert "scales" not in data(test)


def test_criteria_are_added_moved_and_removed(case: Path) -> None:
    test = edit("Criteria")
    test = put(test, "new_criterion_new_name", "Uptime")
    test = put(test, "new_criterion_new_parent", "service")
    test = put(test, "new_criterion_measured", "fact")
    test = put(test, "new_criterion_new_fact", "uptime_sla")
    test = press(test, "add_criterion")
    assert data(test)["criteria"][0]["children"][2]["measure"] == {"fact": "uptime_sla"}
    test = put(test, "criteria_criterion", "uptime")
    test = put(test, "criteria_parent", "")
    test = press(test, "keep_criterion")
    assert [c["id"] for c in data(test)["criteria"]] == ["service", "price", "uptime"]
    test = put(test, "criteria_criterion", "speed")
    test = press(test, "remove_criterion")
    assert "A requirement tests it" in refusals(test)[0]
    test = put(test, "criteria_criterion", "uptime")
    test = press(test, "remove_criterion")
    assert [c["id"] for c in data(test)["criteria"]] == ["service", "price"]


def test_scores_may_be_ranges_and_unknown_stays_unknown(case: Path) -> None:
    test = put(edit("Scores"), "scores_leaf", "fit")
    assert test.text_input(key="edit_scores_score_1_fit").value == "50 to 70"
    test = put(test, "scores_score_1_fit", "60-80")
    test = put(test, "scores_score_0_fit", "unknown")
    found = [a["performance"]["fit"] for a in data(test)["alternatives"]]
    assert found == [None, [60, 80]]
    test = put(test, "scores_score_0_fit", "200")
    assert "0 to 100" in refusals(test)[0]
    test = put(test, "scores_which", "One alternative on all criteria")
    assert test.text_input(key="edit_scores_score_0_fit").value == "200"
    test = put(test, "scores_score_0_fit", "")
    assert refusals(test) == []
    assert "fit" not in data(test)["alternatives"][0]["performance"]


def test_stakeholders_are_added_and_weigh(case: Path) -> None:
    test = put(edit("Stakeholders"), "people_new_person", "Finance")
    test = press(test, "add_person")
    test.session_state["edit_person_0"] = True
    test = put(look(test), "person_0_weight_price", "90")
    test = put(test, "person_0_influence", "2")
    test = press(test, "keep_person_0")
    assert data(test)["stakeholders"] == [
        {"name": "Finance", "influence": 2, "weights": {"price": 90}}
    ]
    test = press(test, "remove_person_0")
    assert "stakeholders" not in data(test)


def test_the_file_is_checked_line_by_line_and_kept_as_written(case: Path) -> None:
    test = edit("The file")
    area = test.text_area(key="edit_file_text")
    assert area.value == CASE
    wrong = CASE.replace("goal: min", "goal: less").replace("id: y", "id: x")
    test = put(test, "file_text", wrong)
    for button in ("check_text", "keep_text"):
        test = press(test, button)
        assert "<b>Line 13, column " in markup(test)
        assert "2 places are wrong" in markup(test)
        assert test.text_area(key="edit_file_text").value == wrong
    right = CASE.replace("# the first", "# still the first")
    test = put(test, "file_text", right)
    test = press(test, "check_text")
    assert "Nothing is wrong with it." in markup(test)
    test = press(test, "keep_text")
    assert test.text_area(key="edit_file_text").value == right
    test = press(test, "undo")
    assert test.text_area(key="edit_file_text").value == CASE


def test_a_decision_with_nobody_left_can_be_edited(case: Path) -> None:
    case.write_text(CASE.replace("at_least: 50", "at_least: 5000"), encoding="utf-8")
    test = edit("Requirements")
    assert "No alternative is left" in markup(test)
    for view in ("Alternatives", "Criteria", "Scales", "Scores", "Stakeholders", "Question"):
        edit(view)
    test = press(test, "remove_asked_0")
    assert "Before your last edit: nobody. Now: <b>Two by" in markup(test)


@pytest.mark.parametrize(
    "broken", ["id: [", "id: case\ntitle: A case\n", CASE.replace("max", "up")]
)
def test_a_file_that_cannot_be_read_is_mended_where_it_stands(case: Path, broken: str) -> None:
    case.write_text(broken, encoding="utf-8")
    edit("Question")
    for view in ("Alternatives", "Requirements", "Criteria", "Scales", "Scores"):
        assert "Mend it under The file" in markup(edit(view))
    test = put(edit("The file"), "file_text", CASE)
    test = press(test, "keep_text")
    assert "The file is kept as you wrote it" in markup(test)
    assert "Two" in markup(test)
    assert data(test) == yaml.safe_load(CASE)
    assert case.read_text() == broken


def test_what_people_write_never_becomes_markup_in_any_view(case: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    text = CASE.replace("name: Speed", f"name: 'Speed {evil}'").replace(
        "name: One", f"name: '{evil}'"
    )
    text = text.replace("People wait for it", f"'{evil}'").replace("unit: ms", f"unit: '{evil}'")
    text += f"stakeholders: [{{name: '{evil}', weights: {{price: 1}}}}]\n"
    case.write_text(text, encoding="utf-8")
    for name in VIEWS:
        test = edit(name)
        for place in ("edit_facts_open", "edit_person_0"):
            test.session_state[place] = True
        test = look(test)
        assert "<img" not in markup(test), name
    assert "&lt;img" in markup(edit("Requirements"))


@pytest.mark.parametrize("day", [date(1500, 1, 1), date(9999, 12, 31)])
def test_a_day_far_off_can_be_looked_at_and_changed(case: Path, day: date) -> None:
    case.write_text(CASE.replace("as_of: 2026-11-24", f"as_of: {day}"), encoding="utf-8")
    test = put(edit("Question"), "question_title", "Another")
    assert data(test)["as_of"] == day
    test = put(test, "question_day", date(2026, 11, 25))
    assert data(test)["as_of"] == date(2026, 11, 25)


def test_where_one_of_several_is_enough_each_is_told_and_the_file_is_a_button_away(
    case: Path,
) -> None:
    several = "  - any: [{criterion: speed, at_least: 200}, {criterion: price, at_most: <b>}]\n"
    case.write_text(CASE + several.replace("<b>", "500"), encoding="utf-8")
    test = press(edit("Requirements"), "change_1")
    shown = markup(test)
    assert "<b>Speed: at least 200 ms</b> <span>· alone: Knocks out 1 of 2: Two.</span>" in shown
    assert "<b>Price: at most 500</b> <span>· alone: Knocks out 1 of 2: One.</span>" in shown
    assert "It is number 2 under <code>requirements</code>" in shown
    test = press(test, "to_file")
    assert any(area.label == "Decision as YAML" for area in test.text_area)
