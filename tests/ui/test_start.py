"""The page Start: what is answered moves the proposal, and whatever is wanted otherwise is kept."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from selector.catalog.library import Library
from selector.intake.answers import answers_of
from selector.intake.proposal import Wishes
from selector.intake.proposing import propose
from selector.intake.questions import questions
from selector.ui import intaking
from selector.ui.parts.html import unmarked
from tests.intake.test_proposals import ANSWERS, LIBRARY
from tests.ui.drawn import draw, markup

EVIL = "<img src=x onerror=alert(1)>"
HERE = "Open one that is here"


@pytest.fixture
def start() -> AppTest:
    test = draw("start", "support-assistant")
    assert not test.exception
    return test


def choose(test: AppTest, question: str, *answers: str) -> AppTest:
    """Choose among the answers to a question by their words."""
    asked = next(q for q in questions({}) if q.id == question)
    names = [name for name, words in asked.choices.items() if words in answers]
    assert len(names) == len(answers)
    field = next(f for f in test.get("button_group") if f.key == f"intake_{question}")
    field.set_value(names if asked.kind == "choices" else names[0])  # type: ignore[attr-defined]
    run = test.run()
    assert not run.exception
    return run


def write(test: AppTest, field: str, words: str) -> AppTest:
    """Write into a field and leave it."""
    test.text_input(key=f"intake_{field}").set_value(words)
    run = test.run()
    assert not run.exception
    return run


def ticked(test: AppTest) -> dict[str, bool]:
    """The parts of the proposal by what stands beside their boxes, and whether they are in."""
    return {box.label: bool(box.value) for box in test.checkbox}


def labels(*names: str) -> set[str]:
    return {unmarked(name) for name in names}


def test_nothing_is_answered_beforehand_and_what_is_assumed_is_said(start: AppTest) -> None:
    assert all(not f.value for f in start.get("button_group") if "intake" in str(f.key))  # type: ignore[attr-defined]
    assert all(f.value == "" for f in start.text_input)
    assert "7 alternatives, 0 requirements" in markup(start)
    assert "It is no high-risk use under the EU AI Act" in markup(start)
    assert len(ticked(start)) == 7


def test_an_answer_brings_requirements_with_their_reasons(start: AppTest) -> None:
    test = choose(choose(start, "data", "Personal"), "place", "The EU only")
    wanted = labels(
        "Can be held to processing in the EU: yes", "Trains on customer data by default: no"
    )
    assert wanted <= set(ticked(test))
    assert "GDPR (Regulation 2016/679), article 28(3)." in markup(test)
    assert "Nothing delicate goes into it" not in markup(test)


def test_a_requirement_is_taken_out_and_put_back(start: AppTest) -> None:
    test = choose(start, "place", "The EU only")
    label = labels("Can be held to processing in the EU: yes").pop()
    box = next(b for b in test.checkbox if b.label == label)
    test = box.uncheck().run()
    assert ticked(test)[label] is False
    assert "0 requirements" in markup(test)
    test = next(b for b in test.checkbox if b.label == label).check().run()
    assert ticked(test)[label] is True
    assert "1 requirement," in markup(test)


def test_an_alternative_is_taken_out_and_another_taken_in(start: AppTest) -> None:
    first = start.checkbox[0]
    test = first.uncheck().run()
    assert "6 alternatives" in markup(test)
    assert ticked(test)[first.label] is False
    test.session_state["intake_left_out"] = True
    test = test.run()
    left = next(b for b in test.checkbox if "Snowflake" in b.label)
    assert left.value is False
    test = left.check().run()
    assert "7 alternatives" in markup(test)
    assert "You asked for it." in markup(test)
    test = next(b for b in test.checkbox if "Snowflake" in b.label).uncheck().run()
    assert "6 alternatives" in markup(test)


def test_numbers_are_read_as_people_write_them(start: AppTest) -> None:
    test = write(start, "requests_per_month", "600k")
    assert test.text_input(key="intake_requests_per_month").value == "600,000"
    assert "600,000 requests a month, 1,500 to 6,000 tokens each" in markup(test)
    wrong = write(test, "requests_per_month", "many")
    assert wrong.text_input(key="intake_requests_per_month").value == "many"
    assert "“many” is not taken: write one number" in markup(wrong)
    assert "600,000 requests a month" in markup(wrong)
    range_given = write(wrong, "requests_per_month", "1 to 2")
    assert "write one number" in markup(range_given)
    empty = write(range_given, "requests_per_month", "")
    assert "is not taken" not in markup(empty)
    assert "No volume is given" in markup(empty)
    assert "write a number from 1 to" in markup(write(empty, "budget", "0"))


def test_what_today_is_called_is_asked_only_of_a_solution(start: AppTest) -> None:
    keys = {f.key for f in start.text_input}
    assert not {"intake_today_name", "intake_today_monthly"} & keys
    by_hand = choose(start, "today", "People do it by hand")
    assert "intake_today_name" not in {f.key for f in by_hand.text_input}
    assert "People do it by hand" in ticked(by_hand)
    ours = write(choose(by_hand, "today", "With a solution that we have"), "today_name", EVIL)
    assert unmarked(EVIL) in ticked(ours)
    assert "<img" not in markup(ours)


def test_free_words_are_text_wherever_they_stand(start: AppTest) -> None:
    test = write(start, "purpose_words", EVIL)
    assert "<img" not in markup(test)
    assert "&lt;img" in markup(test)
    assert "steers the screen" in markup(write(test, "purpose_words", "a\u202eb"))


def test_points_and_figures_are_set_and_taken_back(start: AppTest) -> None:
    test = write(start, "requests_per_month", "1000")
    test.session_state["intake_weights"] = test.session_state["intake_load"] = True
    test = write(test.run(), "points_cost", "50")
    assert "Cost 50" in markup(test)
    assert "Set by you." in markup(test)
    assert "write points from 0 to 100" in markup(write(test, "points_cost", "120"))
    test = next(b for b in test.button if b.key == "intake_points_back").click().run()
    assert "Cost 20" in markup(test)
    test = write(test, "figure_input_tokens", "500")
    assert "500 tokens each" in markup(test)
    assert "write whole months" in markup(write(test, "figure_months", "1.5"))


def test_the_criteria_set_can_be_another(start: AppTest) -> None:
    test = start.selectbox(key="intake_criteria").set_value("model-api").run()
    assert "criteria “Model API”" in markup(test)
    assert "Chosen by you." in markup(test)
    test = next(b for b in test.button if b.key == "intake_criteria_back").click().run()
    assert "criteria “AI platform”" in markup(test)


def test_a_prohibited_practice_stops(start: AppTest) -> None:
    test = choose(start, "ai_act", "Prohibited, such as social scoring")
    assert "article 5 of the EU AI Act" in markup(test)
    assert not [b for b in test.button if b.key == "intake_open"]
    test = next(b for b in test.button if b.key == "intake_forget").click().run()
    assert [b for b in test.button if b.key == "intake_open"]


def test_the_proposal_is_opened_as_a_decision_of_ones_own(start: AppTest) -> None:
    test = write(choose(start, "place", "The EU only"), "requests_per_month", "600k")
    test = next(b for b in test.button if b.key == "intake_open").click().run()
    assert not test.exception
    assert test.session_state["next_page"][0] == "decision"
    assert str(test.query_params["decision"]) not in Library().decision_ids()


def test_a_working_copy_is_not_listed_among_what_is_here(start: AppTest) -> None:
    test = next(b for b in start.button if b.key == "intake_open").click().run()
    view = next(f for f in test.get("button_group") if f.key == "start_view")
    view.set_value(HERE)  # type: ignore[attr-defined]
    test = test.run()
    assert not test.exception
    shipped = {str(b.key) for b in test.button if str(b.key).startswith("shipped_")}
    assert shipped == {f"shipped_{name}" for name in LIBRARY.decision_ids()}
    assert "`" not in markup(test)


def test_what_is_here_is_listed_with_what_it_is_about(home: Path) -> None:
    folder = home / "decisions"
    folder.mkdir()
    text = f"id: mine\ntitle: 'T {EVIL}'\nquestion: 'Q {EVIL}'\ncriteria: ai-platform\n"
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    (folder / "broken.yaml").write_text("[", encoding="utf-8")
    test = draw("start", "support-assistant")
    view = next(f for f in test.get("button_group") if f.key == "start_view")
    view.set_value(HERE)  # type: ignore[attr-defined]
    test = test.run()
    assert not test.exception
    assert "A company in the EU wants an assistant" in markup(test)
    assert "Q &lt;img" in markup(test)
    assert "<img" not in markup(test)
    assert "This file cannot be read" in markup(test)
    test = next(b for b in test.button if b.key == "shipped_coding-assistant").click().run()
    assert test.query_params["decision"] == "coding-assistant"
    assert test.session_state["next_page"][0] == "decision"


# --- in the link ----------------------------------------------------------------------------------

WISHES = st.builds(
    Wishes,
    criteria=st.sampled_from(["", "model-api", "governance-first"]),
    without=st.frozensets(st.sampled_from(["eu-only", "today", "vllm-kubernetes"])),
    also=st.frozensets(st.sampled_from(["groq-gpt-oss-20b", "a_b"])),
    points=st.dictionaries(st.sampled_from(["cost", "security"]), st.integers(0, 100).map(float)),
    figures=st.dictionaries(st.sampled_from(["months"]), st.integers(1, 600).map(float)),
)


@settings(deadline=None)
@given(ANSWERS, WISHES)
def test_a_link_says_all_that_was_answered_and_wanted(said: dict[str, Any], wishes: Wishes) -> None:
    dictionary = LIBRARY.dictionary()
    found, again = intaking.from_link(intaking.to_link(said, wishes), dictionary)
    assert again == wishes
    before, after = answers_of(said, dictionary), answers_of(found, dictionary)
    for name, value in before._asdict().items():
        other = getattr(after, name)
        assert other == (pytest.approx(value) if isinstance(value, float) else value), name


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_a_link_that_means_nothing_is_left_aside(text: str) -> None:
    found, wishes = intaking.from_link(text, LIBRARY.dictionary())
    propose(answers_of(found, LIBRARY.dictionary()), LIBRARY, wishes)


def test_a_reload_loses_no_answer(start: AppTest) -> None:
    test = choose(choose(start, "place", "The EU only"), "data", "Personal", "Health")
    test = write(write(test, "purpose_words", f"a, b: c+d {EVIL}"), "requests_per_month", "600k")
    again = draw("start", "support-assistant", q=str(test.query_params["q"]))
    assert not again.exception
    assert ticked(again) == ticked(test)
    assert "A, b: c+d &lt;img" in markup(again)
    assert again.text_input(key="intake_requests_per_month").value == "600,000"


def test_wishes_of_a_link_that_cannot_be_are_left_aside() -> None:
    link = "requests_per_month:1000,set:nothing,points.cost:700,load.months:1.5,out:nobody"
    test = draw("start", "support-assistant", q=link)
    assert not test.exception
    assert "criteria “AI platform”" in markup(test)
    assert "7 alternatives" in markup(test)


def test_a_click_that_comes_with_an_older_address_loses_nothing(start: AppTest) -> None:
    test = choose(start, "place", "The EU only")
    older = str(test.query_params["q"])
    test = choose(test, "data", "Personal")
    test.query_params["q"] = older  # as a browser sends it that has not heard of the last answer
    test = choose(test, "team", "People who run platforms")
    assert labels("Trains on customer data by default: no") <= set(ticked(test))
    assert "team:platforms" in str(test.query_params["q"])
