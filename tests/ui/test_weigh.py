"""Weigh without a browser: dialogues, what they take into the file, scenarios, tighter scales."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.testing.v1 import AppTest

import selector
from selector.analysis.asking import question
from selector.domain.problem import UsageError
from selector.ui.state.weighing import Asking
from tests.ui.drawn import markup

CASE: dict[str, Any] = {
    "id": "case",
    "title": "A case",
    "as_of": date(2026, 11, 24),
    "criteria": [
        {
            "id": "g",
            "name": "Group <i>",
            "weight": 60,
            "children": [
                {"id": "x", "name": "X", "weight": 50, "value": {"worst": 0, "best": 1000}},
                {"id": "y", "name": "Y", "weight": 50, "value": {"worst": 0, "best": 10}},
            ],
        },
        {
            "id": "cost",
            "name": "Cost",
            "weight": 30,
            "unit": "USD per month",
            "goal": "min",
            "value": {"worst": 1000, "best": 0},
        },
        {"id": "z", "name": "Z", "weight": 10, "value": {"worst": 0, "best": 10}},
    ],
    "alternatives": [
        {"id": "a", "name": "A, one", "performance": {"x": 500, "y": 8, "cost": 600, "z": 1}},
        {"id": "b", "name": "B", "performance": {"x": 520, "y": 2, "cost": 100, "z": 9}},
    ],
}


def write(home: Path, **changes: Any) -> None:
    (home / "decisions").mkdir(exist_ok=True)
    text = yaml.dump({**CASE, **changes}, sort_keys=False)
    (home / "decisions" / "case.yaml").write_text(text, encoding="utf-8")


def weigh(*acts: tuple[Any, ...], decision: str = "case") -> AppTest:
    """Weigh after the state's methods were called, each with its arguments, once."""

    def script(acts: tuple[tuple[object, ...], ...]) -> None:
        import streamlit as st

        from selector.domain.problem import SelectorError
        from selector.ui import router
        from selector.ui.state import State

        state = State()
        if "acted" not in st.session_state:
            st.session_state["acted"] = True
            for name, *given in acts:
                try:
                    getattr(state, str(name))(*given)
                except SelectorError as error:
                    st.session_state["refused"] = str(error)
        next(page for page in router.pages() if page.name == "weigh").show(state)
        state.write_link()
        st.session_state["file"] = state.file()
        st.session_state["shares"] = state.analysis.shares

    test = AppTest.from_function(script, args=(acts,), default_timeout=60)
    test.query_params["decision"] = decision
    test.run()
    assert not test.exception
    return test


def written(test: AppTest) -> dict[str, Any]:
    """The decision's file as it stands."""
    found: dict[str, Any] = yaml.safe_load(test.session_state["file"])
    return found


def press(test: AppTest, key: str) -> AppTest:
    test.button(key=key).click().run()
    assert not test.exception
    return test


def answers(way: str, group: str, *given: Any) -> tuple[tuple[Any, ...], ...]:
    """The calls that begin a dialogue and answer it."""
    told = [("answer", place, value) for place, value in enumerate(given)]
    return (("open_asking",), ("start_asking", group, way), *told)


def test_the_dialogue_offers_swing_over_the_groups_first(home: Path) -> None:
    write(home)
    test = weigh(("open_asking",))
    assert test.radio(key="asking_by").value == "swing"
    assert test.selectbox(key="asking_of").value == ""
    assert test.selectbox(key="asking_of").options == [
        "Across the groups (3)",
        "Inside group <i> (2)",
    ]
    assert not test.get("bidi_component") or "How much does each" in markup(test)
    press(test, "asking_start")
    kept = test.session_state["asking"]["case"]
    assert (kept.way, kept.names, kept.answers) == ("swing", ("g", "cost", "z"), ())
    assert kept.question == question("swing", kept.names, ())


def test_what_is_taken_stands_in_the_file_with_its_answers(home: Path) -> None:
    write(home)
    test = weigh(*answers("swing", "", "cost", "g", "50", "25"))
    shown = markup(test)
    assert "<td><b>57 %</b></td><td>30 %</td>" in shown  # 100 of 175
    assert "B leads A by" in shown
    press(test, "asking_take")
    assert written(test)["weights"] == {
        "method": "swing",
        "values": {"cost": 100, "g": 50, "z": 25},
    }
    assert test.session_state["shares"]["cost"] == pytest.approx(100 / 175)
    assert "Weigh inside a group" in [button.label for button in test.button]


def test_a_step_worth_nothing_ends_the_questions(home: Path) -> None:
    write(home)
    test = weigh(*answers("swing", "", "cost", "g", "0", "0"))  # a second press comes too late
    assert "What your answers make of it" in markup(test)
    press(test, "asking_take")
    assert written(test)["weights"]["values"] == {"cost": 100, "g": 0, "z": 0}


def test_the_weights_of_a_group_leave_the_others_where_the_hand_put_them(home: Path) -> None:
    write(home)
    points = {"g": 20.0, "cost": 50.0, "z": 30.0, "x": 80.0, "y": 20.0}
    acts = (("receive", points), *answers("ranking", "g", ["y", "x"]))
    test = press(weigh(*acts), "asking_take")
    assert written(test)["weights"]["subtrees"] == {"g": {"method": "ranking", "order": ["y", "x"]}}
    found = test.session_state["shares"]
    assert found == pytest.approx({"g": 0.2, "cost": 0.5, "z": 0.3, "x": 0.25, "y": 0.75})


def test_a_dialogue_is_stepped_back_left_and_resumed(home: Path) -> None:
    write(home)
    test = weigh(*answers("bwm", "", "cost", "z", 4), ("step_back",), ("leave_asking",))
    assert test.session_state["asking"]["case"].answers == ("cost", "z")
    assert "2 questions are answered" in markup(test)
    press(test, "offer_resume")
    kept: Asking = test.session_state["asking"]["case"]
    assert kept.question is not None
    assert kept.question.about == ("cost", "z")


def test_what_does_not_answer_the_question_is_let_go(home: Path) -> None:
    write(home)
    wrong = (("answer", 0, "nobody"), ("answer", 1, "g"), ("answer", 0, None), ("answer", 0, 3))
    test = weigh(("open_asking",), ("start_asking", "", "swing"), *wrong)
    assert test.session_state["asking"]["case"].answers == ()
    test = weigh(*answers("swing", "", "g", "cost", "120", "-1", "nan"))
    assert test.session_state["asking"]["case"].answers == ("g", "cost")
    test = weigh(*answers("ahp", "", "1/0", [1], "1/3"))
    assert test.session_state["asking"]["case"].answers == ()


def test_contradicting_answers_are_told_and_one_can_be_mended(home: Path) -> None:
    write(home)
    test = weigh(*answers("ahp", "", "9", "9", "1/9"))
    assert "Your answers contradict each other" in markup(test)
    assert "You said: " in markup(test)
    fit = next(b for b in test.button if b.key == "asking_fit_0")
    before = test.session_state["asking"]["case"].answers
    press(test, fit.key)
    after = test.session_state["asking"]["case"].answers
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1
    press(test, "asking_again_0")
    assert test.session_state["asking"]["case"].again >= 0
    held = weigh(*answers("bwm", "", "g", "z", "6", "2", "3"))
    assert "Your answers hold together" in markup(held)
    assert "ξ 0.000" in markup(held)


def test_scenarios_are_kept_shown_loaded_renamed_and_removed(home: Path) -> None:
    write(home)
    points = {"g": 10.0, "cost": 80.0, "z": 10.0}
    test = weigh(("receive", points), ("keep_scenario", "  A lean   year <b> "))
    (kept,) = written(test)["scenarios"]
    assert kept["name"] == "A lean year <b>"
    assert kept["weights"] == {"g": 10, "cost": 80, "z": 10, "x": 50, "y": 50}
    shown = markup(test)
    assert "A lean year &lt;b&gt;" in shown
    assert "Cost 80 % (30 %)" in shown
    assert "B comes first in all of them." in shown
    test = weigh(("keep_scenario", "One"), ("receive", points), ("keep_scenario", "Two"))
    test.selectbox(key="set_chosen").set_value(("scenario", "One")).run()
    press(test, "set_load")
    assert test.session_state["points"] == {}
    assert test.session_state["turned"] == 1
    press(test, "set_remove")
    assert [one["name"] for one in written(test)["scenarios"]] == ["Two"]
    press(test, "set_remove")
    assert "scenarios" not in written(test)
    test = weigh(("keep_scenario", "One"), ("receive", points), ("keep_scenario", "Two"))
    test.selectbox(key="set_chosen").set_value(("scenario", "Two"))
    press(test, "set_remove")  # before the choice is drawn
    assert [one["name"] for one in written(test)["scenarios"]] == ["One"]
    test = weigh(("keep_scenario", "One"), ("rename_scenario", "One", "Three"))
    assert [one["name"] for one in written(test)["scenarios"]] == ["Three"]


@pytest.mark.parametrize(
    ("name", "said"), [(" ", "needs a name"), ("One", "already"), ("x" * 61, "at most 60")]
)
def test_a_name_that_cannot_be_taken_is_told(home: Path, name: str, said: str) -> None:
    write(home)
    test = weigh(("keep_scenario", "One"), ("keep_scenario", name))
    assert said in test.session_state["refused"]
    assert len(written(test)["scenarios"]) == 1
    assert issubclass(UsageError, selector.SelectorError)


def test_stakeholders_and_presets_are_lines_too() -> None:
    shown = markup(weigh(decision="coding-assistant"))
    analysis = selector.analyse(selector.load("coding-assistant"))
    people = [person.name for person in analysis.decision.stakeholders]
    assert people
    for name in (*people, "CTO", "FinOps", "As in the file"):
        assert f'<div class="nm">{name} ' in shown
    count = 1 + len(analysis.decision.criteria.presets) + len(people)
    assert shown.count('<div class="set" role="listitem">') == count


def test_a_scale_is_tightened_and_its_weight_asked_anew(home: Path) -> None:
    write(home)
    test = weigh(("tighten", "x"))
    assert written(test)["scales"] == {"x": {"worst": 500, "best": 520}}
    assert "The scale of X is tighter now" in markup(test)
    press(test, "offer_anew")
    assert test.selectbox(key="asking_of").value == "g"
    test = press(weigh(("tighten", "x")), "anew_not")
    assert "is tighter now" not in markup(test)
