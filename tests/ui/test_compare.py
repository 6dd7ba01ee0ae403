"""Compare: the matrix and its cards, value functions drawn as the engine has them, the steps from
one alternative to another, lines over criteria; and what the page's controls do.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from streamlit.testing.v1 import AppTest

import selector
from selector.domain import words
from selector.domain.performance import Cell
from selector.measure.valuation import ColumnScale
from selector.ui import comparing
from selector.ui.comparing import ALL, Look
from selector.ui.parts import curve, fact, matrix, parallel, waterfall
from tests.golden.cases import CASES, Case
from tests.strategies import analysed, decisions, yaml_day
from tests.ui.drawn import draw, markup
from tests.ui.test_comparing import case

RANKED = [c for c in CASES if "error" not in c.expected]


# --- the value function ---------------------------------------------------------------------------


def interpolated(line: curve.Line, performance: float) -> float:
    xs, vs = zip(*line.corners, strict=True)
    return float(np.interp(performance, xs, vs))


@given(decisions())
@settings(max_examples=60, deadline=None)
def test_the_drawn_line_is_the_value_function(data: dict[str, Any]) -> None:
    analysis = analysed(data)
    for leaf in analysis.leaves:
        scale = analysis.scales[leaf.id]
        for alternative in analysis.table.alternatives:
            cell = analysis.cell(alternative, leaf.id)
            line = curve.line_of(scale, cell)
            if line is None:
                continue
            for x in np.linspace(line.start, line.end, 23):
                assert interpolated(line, x) == pytest.approx(scale.value(x), abs=1e-9)
            for x in (cell.low, cell.central, cell.high):
                if x is not None and line.start <= x <= line.end:
                    assert line.bottom - 1e-9 <= scale.value(x) <= line.top + 1e-9


def test_a_cell_past_the_end_of_a_scale_is_drawn_on_a_level_stretch() -> None:
    line = curve.line_of(ColumnScale(0, 10), Cell("value", 12, 12, 12))
    assert line is not None
    assert line.corners == ((0, 0), (10, 1), (12, 1))
    far = curve.line_of(ColumnScale(0, 10), Cell("value", 1e6, 1e6, 1e6))
    assert far is not None
    assert far.end == 14  # it stands at the edge
    assert far.across(1e6) == 100


def test_a_line_that_runs_on_has_room_above_one() -> None:
    line = curve.line_of(ColumnScale(0, 10, clamp=False), Cell("value", 13, 13, 13))
    assert line is not None
    assert (line.bottom, line.top) == (0, 1.3)


@pytest.mark.parametrize("one", RANKED, ids=lambda one: one.name)
def test_every_cell_of_every_case_has_a_card(one: Case, tmp_path: Path) -> None:
    analysis = one.analysis(tmp_path)
    for alternative in analysis.table.alternatives:
        for leaf in analysis.leaves:
            card = fact.cell_card(analysis, alternative, leaf)
            scale = analysis.scales[leaf.id]
            told = curve.in_words(scale, leaf, analysis.decision)
            is_drawn = 'class="curve"' in card
            assert is_drawn != (bool(scale.levels) or scale.is_flat)
            assert is_drawn == ("A straight line" in told or "Straight pieces" in told)
        for group in analysis.decision.criteria.walk():
            if group.children:
                assert "of 100" in fact.group_card(analysis, alternative, group)


def drawn(one: str, alternative: str, leaf: str, tmp_path: Path) -> str:
    analysis = next(c for c in CASES if c.name == one).analysis(tmp_path)
    node = next(each for each in analysis.leaves if each.id == leaf)
    return fact.cell_card(analysis, alternative, node)


def test_what_is_not_known_spans_the_whole_curve(tmp_path: Path) -> None:
    data = case()
    card = fact.cell_card(data, "z", data.leaves[-1])
    assert 'class="band open" style="left:0.0%;width:100.0%"' in card
    assert "not known, so between 0.00 and 1.00, counted worth 0.50" in card


def test_levels_are_listed_with_the_one_of_the_cell_marked(tmp_path: Path) -> None:
    analysis = next(c for c in CASES if c.name == "27-levels-given").analysis(tmp_path)
    leaf = next(leaf for leaf in analysis.leaves if analysis.scales[leaf.id].levels)
    for alternative in analysis.table.alternatives:
        cell = analysis.cell(alternative, leaf.id)
        card = fact.cell_card(analysis, alternative, leaf)
        assert card.count('class="on"') == (cell.central is not None and not cell.is_range)
        is_open = cell.low is None or cell.is_range
        assert (card.count("possible</span>") > 1) == (is_open and cell.state != "not_applicable")


def test_ends_in_money_and_shares_are_said_with_their_units(tmp_path: Path) -> None:
    card = drawn("42-ends-in-shares-of-the-budget", "a", "bill", tmp_path)
    assert "A straight line from 12,000 USD (0) to 3,000 USD (1)" in card
    assert "Worth <b>0.50</b>" in card
    shares = drawn("35-share-of-a-set", *_first_share(tmp_path), tmp_path)
    assert "from none (0) to all" in shares


def _first_share(tmp_path: Path) -> tuple[str, str]:
    analysis = next(c for c in CASES if c.name == "35-share-of-a-set").analysis(tmp_path)
    return analysis.table.alternatives[0], analysis.leaves[0].id


def test_a_layer_is_not_taken_for_a_fact_of_its_name() -> None:
    analysis = selector.analyse(selector.load("eu-bank-assistant"))
    leaf = next(each for each in analysis.leaves if each.id in analysis.decision.dictionary)
    card = fact.cell_card(analysis, analysis.ranking[0].alternative, leaf)
    assert re.search(rf"<p><b>{leaf.name}: [\d.]+ points</b>", card)


# --- head to head ---------------------------------------------------------------------------------


@given(decisions(least=2))
@settings(max_examples=60, deadline=None)
def test_the_steps_lead_from_one_score_to_the_other(data: dict[str, Any]) -> None:
    analysis = analysed(data)
    one, other = analysis.table.alternatives[:2]
    for by_group in (False, True):
        fall = waterfall.fall_of(analysis, (one, other), by_group)
        steps = fall.steps + fall.rest
        assert fall.end == pytest.approx(analysis.scores[one][1], abs=1e-12)
        assert sum(step.difference for step in steps) == pytest.approx(fall.gap, abs=1e-9)
        sizes = [abs(step.difference) for step in steps]
        assert all(a >= b - 1e-12 for a, b in pairwise(sizes))
        place = fall.start
        for step in steps:
            assert step.start == pytest.approx(place, abs=1e-9)
            place = step.end
            if step.inside:
                inner = sum(each.difference for each in step.inside)
                assert inner == pytest.approx(step.difference, abs=1e-9)
                assert step.inside[0].start == step.start
        assert place == pytest.approx(fall.end, abs=1e-9)
        figures = waterfall.said(fall)
        assert sum(figures.steps) + figures.rest == figures.gap
        ends = [words.tenths(100 * score) for score in (fall.end, fall.start)]
        assert figures.gap == pytest.approx(10 * (ends[0] - ends[1]))
    leaves = {step.node.id for step in fall.steps + fall.rest for step in (step.inside or (step,))}
    assert leaves == {leaf.id for leaf in analysis.leaves}


def test_a_swapped_pair_turns_every_step_round() -> None:
    there, back = (waterfall.fall_of(case(), pair) for pair in (("z", "x"), ("x", "z")))
    assert {s.node.id: s.difference for s in there.steps + there.rest} == pytest.approx(
        {s.node.id: -s.difference for s in back.steps + back.rest}
    )


def test_what_stands_beside_the_bars_is_what_the_case_says() -> None:
    # y to z by hand: price 0.2 x (1.0 - 0.5), log 0.3 x (0.8 - 0.9), keys and speed level.
    fall = waterfall.fall_of(case(), ("z", "y"))
    assert [(s.node.id, round(s.difference, 12)) for s in fall.steps] == [
        ("price", 0.1),
        ("log", -0.03),
        ("keys", 0.0),
        ("fast", 0.0),
    ]
    assert waterfall.said(fall) == waterfall.Said((100, -30, 0, 0), 0, 70)
    assert re.sub("<[^>]+>", "", waterfall.headline(case(), ("z", "y"))) == (
        "z is 7.0 points ahead of y"
    )
    assert "behind" in waterfall.headline(case(), ("y", "z"))
    told = waterfall.sentence(case(), ("z", "y"))
    assert "z is better on 1 criterion, y on 1; on 2 they are level." in told
    # Speed of z is unknown: 0.3 x (0 - 0.5) to 0.3 x (1 - 0.5) around 7.0.
    assert "anything from \u22128.0 to +22.0 points" in told
    shown = waterfall.waterfall(case(), ("z", "y"))
    assert "8 against 9 days" in shown
    assert "both 5" in shown
    assert "+7.00" in waterfall.as_table(case(), ("z", "y"))


def test_many_small_steps_are_gathered_and_can_be_opened() -> None:
    leaves = [
        {"id": f"c{i}", "weight": i + 1, "value": {"worst": 0, "best": 10}} for i in range(20)
    ]
    x = {f"c{i}": i % 4 for i in range(20)}
    data: dict[str, Any] = {"id": "d", "title": "D", "as_of": "2026-11-24", "criteria": leaves}
    data["alternatives"] = [
        {"id": "x", "performance": x},
        {"id": "y", "performance": dict.fromkeys(x, 2)},
    ]
    analysis = analysed(yaml_day(data))
    fall = waterfall.fall_of(analysis, ("x", "y"))
    assert (len(fall.steps), len(fall.rest)) == (waterfall.SHOWN, 12)
    shown = waterfall.waterfall(analysis, ("x", "y"))
    assert "The other 12 criteria together" in shown
    assert "level on 5 of them" in shown
    assert all(f"c{i} " in shown for i in range(20))


# --- the matrix and the lines ---------------------------------------------------------------------


def test_a_folded_group_shows_what_its_criteria_are_worth_together() -> None:
    analysis = case()
    worths = comparing.worths(analysis)
    look = Look(fold=("safe", "gone"))
    data = matrix.data_of(analysis, look, comparing.arranged(analysis, look), worths, "z:price")
    assert data["folded"] == ["safe"]
    safe = data["rows"][0]
    assert (safe["id"], safe["group"], safe["weight"]) == ("safe", True, "50\u00a0%")
    # Own keys 0.4 x 0.5, audit log 0.6 x 0.8 (z), 0.9 (y), 0.1 (x).
    assert [cell[0] for cell in safe["cells"]] == ["68", "74", "26"]
    unknown = data["rows"][-1]["cells"][0]
    assert unknown == ["unknown", None, "unknown"]
    assert data["total"]["texts"] == ["69.0", "62.0", "15.0"]


def test_the_lines_run_over_groups_criteria_or_a_group() -> None:
    analysis = case()
    ids = {w: [n.id for n in parallel.axes_of(analysis, w)] for w in ("", ALL, "safe", "gone")}
    assert ids[""] == ids["gone"] == ["safe", "price", "use"]
    assert ids[ALL] == ["keys", "log", "price", "fast"]
    assert ids["safe"] == ["keys", "log"]
    worths = comparing.worths(analysis)
    data = parallel.data_of(analysis, Look(shown=("x", "y"), lit="z"), worths)
    assert [line["id"] for line in data["lines"]] == ["y", "x"]
    assert data["lit"] == "y"  # z is not shown
    assert data["lines"][0]["values"] == [74, 50, 50]
    told = parallel.sentence(analysis, worths, parallel.axes_of(analysis, ""), "x")
    assert told == "Of 3, x is weakest on safety, use and price."


def test_the_table_of_the_lines_says_what_they_could_be() -> None:
    shown = parallel.as_table(case(), Look(within=ALL), comparing.worths(case()))
    assert "<td>50 (0 to 100)</td>" in shown


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def a_case(home: Path) -> None:
    """The first case is in the home of every test."""
    RANKED[0].home(home)


def opened(**link: str) -> AppTest:
    """The page as a link opens it."""
    test = draw("compare", framed=False, **link)
    assert not test.exception
    return test


@pytest.mark.parametrize("view", comparing.VIEWS)
@pytest.mark.parametrize("one", RANKED[::6], ids=lambda one: one.name)
def test_every_view_shows_the_case(view: str, one: Case, home: Path) -> None:
    one.home(home)
    assert "h1" in markup(opened(view=view, by="group", within=ALL))


def test_controls_change_the_look_and_the_link(home: Path) -> None:
    test = opened()
    assert "look_pair_0" not in test.session_state
    assert set(test.query_params) == {"decision"}
    test.segmented_control(key="look_rows").set_value("weight").run()
    test.selectbox(key="look_only").set_value("apart").run()
    test.number_input(key="look_least").set_value(5).run()
    told = {key: test.query_params[key] for key in ("rows", "only", "least")}
    assert told == {"rows": "weight", "only": "apart", "least": "5"}
    test.text_input(key="look_words").set_value("nowhere at all").run()
    assert "No criterion fits the filters." in markup(test)
    next(button for button in test.button if button.label == "Show all").click().run()
    assert set(test.query_params) == {"decision", "rows"}
    test.segmented_control(key="look_view").set_value("pair").run()
    assert "ahead of" in markup(test) or "level" in markup(test)
    assert test.query_params["view"] == "pair"


def test_the_last_alternative_stays(home: Path) -> None:
    test = opened()
    ranked = test.multiselect(key="look_shown").options
    everyone = test.multiselect(key="look_shown").value
    test.multiselect(key="look_shown").set_value(everyone[:1]).run()
    assert f"1 of {len(ranked)} alternatives shown." in markup(test)
    test.multiselect(key="look_shown").set_value([]).run()
    assert test.multiselect(key="look_shown").value == everyone[:1]


def test_the_other_side_changes_places(home: Path) -> None:
    test = opened(view="pair")
    one, other = (test.selectbox(key=f"look_pair_{i}").value for i in range(2))
    before = markup(test)
    test.selectbox(key="look_pair_0").set_value(other).run()
    assert test.selectbox(key="look_pair_1").value == one
    assert markup(test) != before


def test_a_link_opens_the_cell(home: Path) -> None:
    analysis = RANKED[0].analysis(home)
    alternative, leaf = analysis.table.alternatives[-1], analysis.leaves[-1]
    test = opened(cell=f"{alternative}:{leaf.id}")
    assert leaf.name in re.findall("<h2>(.*?)</h2>", markup(test))[0]
    wrong = opened(cell="nobody:nothing")
    assert "<h2>" in markup(wrong)


def test_another_method_is_said_to_rank(home: Path) -> None:
    path = home / "decisions" / "case.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nmethod: topsis\n", encoding="utf-8")
    told = markup(opened(view="pair"))
    assert "All this is of the weighted sum; this decision is ranked by TOPSIS" in told


def test_one_that_is_left_has_nobody_to_meet(home: Path) -> None:
    next(c for c in CASES if c.name == "23-single-alternative").home(home)
    test = opened(view="pair")
    assert "Every cell" in markup(test)
    assert test.segmented_control(key="look_view").options == ["Matrix", "Parallel"]


def test_what_people_write_stays_text_in_every_view(home: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    leaf = {"name": f"Speed {evil}", "unit": evil, "value": {"worst": 0, "best": 1}}
    group = {"id": "g", "name": f"G {evil}", "children": [{"id": "a", **leaf}, {"id": "b", **leaf}]}
    names = {"x": f"One {evil}", "y": f"Two {evil}"}
    decision = {"id": "case", "title": evil, "criteria": [group]}
    decision["alternatives"] = [
        {"id": i, "name": name, "performance": {"a": place, "b": None}}
        for place, (i, name) in enumerate(names.items())
    ]
    Case("evil", {"decision": decision}).home(home)
    for view in comparing.VIEWS:
        for cell in ("x:a", "x:g"):
            shown = markup(opened(view=view, cell=cell, by="group"))
            assert "<img" not in shown, view
            assert "&lt;img" in shown, view
