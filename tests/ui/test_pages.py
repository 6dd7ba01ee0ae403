"""Every page on every golden case: with unknowns, disputes, one alternative, or none left."""

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from selector.catalog.library import Library
from selector.domain.frameworks import examined
from selector.mcda.methods._contract import method_ids
from selector.report import words
from selector.ui import router
from tests.golden.cases import CASES, Case
from tests.shipped import PLATFORMS
from tests.ui.drawn import draw as draw_page
from tests.ui.drawn import markup

RANKED = [case for case in CASES if "error" not in case.expected]
PAGES = [page.name for page in router.pages()]
# Pages that show figures of the answer; the others are drawn for two cases.
ANSWERS = ("decision", "weigh", "compare", "cost", "robustness")


def draw(name: str, weights: str = "", decision: str = "case") -> AppTest:
    """Run a page on a decision, under other weights."""
    return draw_page(name, decision, w=weights)


@pytest.mark.parametrize("case", RANKED, ids=lambda case: case.name)
def test_every_page_shows_the_case(case: Case, home: Path) -> None:
    case.home(home)
    for name in PAGES:
        if name not in ANSWERS and case not in RANKED[:2]:
            continue
        test = draw(name)
        assert not test.exception, name
        assert "This decision cannot be read" not in markup(test), name


@pytest.mark.parametrize("name", [n for n in PAGES if n not in ("vendors", "start")])
def test_what_people_write_never_becomes_markup(name: str, home: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    leaf = {"id": "a", "name": f"Speed {evil}", "unit": evil, "value": {"worst": 0, "best": 1}}
    decision: dict[str, Any] = {
        "id": "case",
        "title": f"Title {evil}",
        "question": evil,
        "criteria": [leaf, {"id": "b", "name": evil, "value": {"worst": 0, "best": 1}}],
        "alternatives": [
            {"id": "x", "name": f"One {evil}", "performance": {"a": 1, "b": 0}},
            {"id": "y", "name": f"Two {evil}", "performance": {"a": 0, "b": None}},
            {"id": "z", "name": f"Three {evil}", "performance": {"a": 0.1, "b": 1}},
        ],
        "requirements": [{"criterion": "a", "at_least": 0.05}],
    }
    Case("evil", {"decision": decision}).home(home)
    test = draw(name)
    assert not test.exception
    assert "<img" not in markup(test)
    assert "&lt;img" in markup(test)


def test_a_link_that_does_not_fit_is_told_and_ignored(home: Path) -> None:
    RANKED[0].home(home)
    for weights in ("nobody:5", "cost:minus", "cost:-3", "cost", ":::", "cost:nan"):
        test = draw("decision", weights)
        assert not test.exception, weights
        assert "w" not in test.query_params, weights


def test_a_link_to_an_unknown_decision_says_what_is_shown_instead(home: Path) -> None:
    RANKED[0].home(home)

    def script() -> None:
        import streamlit as st

        from selector.ui.state import State

        state = State()
        st.text(state.notice)
        st.text(state.decision_id)

    test = AppTest.from_function(script, default_timeout=60)
    test.query_params["decision"] = "nowhere"
    test.run()
    assert "no decision 'nowhere'" in test.text[0].value
    assert test.text[1].value != "nowhere"


def test_the_link_carries_the_weights_and_nothing_else(home: Path) -> None:
    RANKED[0].home(home)
    test = draw("decision", "cost:50")
    assert set(test.query_params) == {"decision", "w"}
    assert test.query_params["w"] == "cost:50"


def test_a_file_that_is_wrong_is_told_with_its_places(home: Path) -> None:
    RANKED[0].home(home)
    path = home / "decisions" / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")

    def script() -> None:
        from selector.ui.router import _runner, pages
        from selector.ui.state import State

        _runner(pages()[0], State())()

    test = AppTest.from_function(script, default_timeout=60)
    test.query_params["decision"] = "case"
    test.run()
    assert not test.exception
    assert "cannot be read" in markup(test)
    assert "nonsense" in markup(test)


@pytest.mark.parametrize("method", method_ids())
def test_every_page_names_the_method_that_ranks(method: str, home: Path) -> None:
    RANKED[0].home(home)
    path = home / "decisions" / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"\nmethod: {method}\n", encoding="utf-8")
    for name in PAGES:
        if name not in ANSWERS:
            continue
        test = draw(name)
        assert not test.exception, name
        is_named = words.method_name(method) in markup(test)
        if name in ("decision", "weigh"):
            assert is_named == (method != "weighted_sum"), name
            assert ("points of 100" in markup(test)) == (method == "weighted_sum"), name


@pytest.mark.parametrize("decision", PLATFORMS)
def test_the_scope_counts_what_is_examined(decision: str) -> None:
    test = draw("scope", decision=decision)
    found = examined(Library().decision(decision).criteria)
    counts = [sum(map(bool, parts.values())) for parts in found.values()]
    told = f"<h1>{counts[0]} of 72 subcategories and {counts[1]} of 6 pillars"
    assert (told in markup(test)) == bool(sum(counts))  # none at all is said in words
    assert markup(test).count('<i class="on"') == sum(counts)


def test_a_decision_that_no_framework_speaks_of_is_not_counted_against_them(home: Path) -> None:
    RANKED[0].home(home)
    shown = markup(draw("scope"))
    assert "<h1>No criterion is in either framework</h1>" in shown
    assert "0 of 72" not in shown
    assert shown.count("not examined") > 6  # folded


@pytest.mark.parametrize("decision", PLATFORMS)
def test_a_lead_is_the_same_in_the_head_and_among_the_sets_of_weights(decision: str) -> None:
    shown = markup(draw("weigh", decision=decision))
    by = re.search(r"leads [^.]*? by (\d+\.\d) points of 100", shown)
    assert by
    own = shown[shown.index("As in the file") :]
    assert own[own.index('class="lead">') :].startswith(f'class="lead">leads by {by[1]}<')


@pytest.mark.parametrize("decision", PLATFORMS)
def test_the_decision_says_how_old_its_facts_are(decision: str) -> None:
    told = markup(draw("decision", decision=decision))
    assert re.search(r"\d+ facts in use have a date, the oldest \d+ \w+ \d{4}; \w+ past", told)


def test_the_menu_shows_titles_as_they_were_written(home: Path) -> None:
    RANKED[0].home(home)
    path = home / "decisions" / "case.yaml"
    text = re.sub(r"(?m)^title: .*$", "", path.read_text(encoding="utf-8"))
    path.write_text(text + "\ntitle: '*Which* one?'\n", encoding="utf-8")

    def script() -> None:
        import streamlit as st

        from selector.ui.parts.side import _choose_decision
        from selector.ui.state import State

        state = State()
        st.text(state.titles["case"])
        _choose_decision(state)

    test = AppTest.from_function(script, default_timeout=60).run()
    assert not test.exception
    assert test.text[0].value == "*Which* one?"
    assert "*Which* one?" in test.selectbox[0].options
