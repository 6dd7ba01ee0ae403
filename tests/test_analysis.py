"""The Python API of the contract, and the version that an answer carries."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

import selector
from selector.analysis import basis
from tests import strategies as made

DATA: made.Data = made.yaml_day(
    {
        "id": "api",
        "title": "API",
        "as_of": "2026-11-24",
        "criteria": [
            {"id": "speed", "weight": 60, "value": {"worst": 0, "best": 10}},
            {
                "id": "money",
                "weight": 40,
                "children": [
                    {"id": "price", "goal": "min", "value": {"worst": 10, "best": 0}},
                    {"id": "extras", "value": {"worst": 0, "best": 1}},
                ],
            },
        ],
        "alternatives": [
            {"id": "b", "name": "B", "performance": {"speed": 2, "price": 1, "extras": None}},
            {"id": "a", "name": "A", "performance": {"speed": [8, 10], "price": 9, "extras": 0.5}},
        ],
    }
)


@pytest.fixture
def analysis() -> selector.Analysis:
    return made.analysed(DATA)


# The API of the contract ---------------------------------------------------------------------


def test_load_takes_an_id_or_a_path_and_analyse_ranks_it(tmp_path: Path) -> None:
    assert selector.load("support-assistant").id == "support-assistant"
    path = tmp_path / "api.yaml"
    path.write_text(yaml.dump(DATA))
    for given in (path, str(path)):
        assert selector.analyse(selector.load(given)).ranking[0].alternative == "a"


def test_input_errors_list_every_problem_with_its_position(tmp_path: Path) -> None:
    path = tmp_path / "api.yaml"
    path.write_text("id: api\ntitle: 3\ncriteria: [{id: a}]\nbudget: no\n")
    with pytest.raises(selector.InputError) as error:
        selector.load(path)
    assert [(p.line, p.column) for p in error.value.problems] == [(2, 8), (4, 9)]
    assert all(p.path == str(path) for p in error.value.problems)
    assert isinstance(error.value, selector.SelectorError)


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(selector.UsageError, match="did you mean 'support-assistant'"):
        selector.load("support-asistant")


def test_ranking_rows_have_the_names_of_the_contract(analysis: selector.Analysis) -> None:
    row = analysis.ranking[0]
    assert (row.alternative, row.name, row.rank, row.unproven) == ("a", "A", 1, False)
    # speed 0.6 x 0.9, from 0.8 to 1; price 0.2 x 0.1; extras 0.2 x 0.5
    assert (row.low, row.score, row.high) == pytest.approx((0.6, 0.66, 0.72))


def test_performances_and_values_are_frames_with_gaps_where_nothing_is_known(
    analysis: selector.Analysis,
) -> None:
    frame = analysis.performances
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.index) == ["b", "a"]
    assert list(frame.columns) == ["speed", "price", "extras"]
    assert frame.loc["a", "speed"] == 9
    assert np.isnan(frame.loc["b", "extras"])
    assert frame.notna().sum().sum() == 5
    assert analysis.values.loc["b", "extras"] == 0.5
    assert analysis.values.to_numpy() == pytest.approx(np.array([[0.2, 0.9, 0.5], [0.9, 0.1, 0.5]]))


def test_weights_are_global_and_groups_apart(analysis: selector.Analysis) -> None:
    assert analysis.weights == pytest.approx({"speed": 0.6, "price": 0.2, "extras": 0.2})
    assert analysis.group_weights == pytest.approx({"money": 0.4})


def test_with_weights_is_a_new_analysis_that_measures_nothing_again(
    analysis: selector.Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert analysis.ranking
    monkeypatch.setattr(basis, "measured", lambda decision: pytest.fail("measured again"))
    other = analysis.with_weights({"speed": 0})
    assert other.ranking[0].alternative == "b"
    assert other.weights["speed"] == 0
    assert analysis.ranking[0].alternative == "a"
    assert other.value_table is analysis.value_table


def test_with_weights_refuses_what_it_cannot_use(analysis: selector.Analysis) -> None:
    for points, words in (
        ({"sped": 1}, "did you mean 'speed'"),
        ({"speed": -1}, "write 0 or more"),
        ({"speed": float("nan")}, "write 0 or more"),
        ({"speed": 0, "money": 0}, "sum to zero"),
    ):
        with pytest.raises(selector.UsageError, match=words):
            analysis.with_weights(points)


def test_an_unknown_method_is_refused() -> None:
    decision = selector.load("support-assistant")._replace(method="tarot")
    with pytest.raises(selector.UsageError, match="there is no method 'tarot'"):
        selector.analyse(decision)


def test_what_is_knocked_out_keeps_its_cells_and_its_reason() -> None:
    data = DATA | {"requirements": [{"criterion": "speed", "at_least": 5}]}
    analysis = made.analysed(data)
    assert [(e.alternative, e.requirement_index) for e in analysis.excluded] == [("b", 0)]
    assert analysis.cell("b", "speed").central == 2
    assert [row.alternative for row in analysis.ranking] == ["a"]
    with pytest.raises(KeyError):
        analysis.cell("nobody", "speed")


def test_why_a_requirement_is_asked_is_told_and_changes_no_answer() -> None:
    asked = {"criterion": "speed", "at_least": 5}
    bare = made.analysed(DATA | {"requirements": [asked]})
    told = made.analysed(DATA | {"requirements": [asked | {"reason": "People wait for it."}]})
    assert [row.why for row in bare.excluded] == [""]
    assert [row.why for row in told.excluded] == ["People wait for it."]
    assert told.decision.requirements[0].reason == "People wait for it."
    assert told.version == bare.version


def test_a_fact_of_the_last_day_there_is_does_not_overflow() -> None:
    data = copy.deepcopy(DATA)
    data["criteria"] = [{"id": "sla", "measure": {"fact": "uptime_sla"}}]
    dated = made.yaml_day({"value": 99, "source": "https://example.com", "as_of": "9999-12-31"})
    data["alternatives"] = [{"id": "a", "facts": {"uptime_sla": dated}}]
    assert made.analysed(data).ranking


def test_true_and_false_count_as_the_levels_of_these_names() -> None:
    data = copy.deepcopy(DATA)
    data["criteria"] = [{"id": "open", "value": {"levels": {True: 1, False: 0.25}}}]
    data["alternatives"] = [
        {"id": "yes", "performance": {"open": True}},
        {"id": "no", "performance": {"open": False}},
    ]
    scores = {row.alternative: row.score for row in made.analysed(data).ranking}
    assert scores == {"yes": 1, "no": 0.25}


@pytest.mark.parametrize("given", [[5, 5], {"triangular": [5, 5, 5]}])
def test_a_spread_of_one_number_is_that_number(given: Any) -> None:
    data = made.yaml_day(
        {
            "id": "one",
            "title": "One",
            "as_of": "2026-11-24",
            "criteria": [{"id": "c", "value": {"worst": 0, "best": 10}}],
            "alternatives": [
                {"id": "a", "performance": {"c": given}},
                {"id": "b", "performance": {"c": 4.9}},
            ],
        }
    )
    analysis = made.analysed(data)
    assert analysis.cell("a", "c")[1:4] == (5, 5, 5)
    found = analysis.robustness(samples=100)
    assert found.rank_acceptability["a"] == (1, 0)
    assert found.worth_finding_out == ()


# The version ---------------------------------------------------------------------------------


def home_with(folder: Path, change: Callable[[str], str] = lambda text: text) -> Path:
    """A home with one vendor and one decision on it, some text changed."""
    files = {
        "criteria/facts.yaml": "facts:\n  used: {name: Used, type: number, unit: s}\n"
        "  idle: {name: Idle, type: number}\n",
        "vendors/v.yaml": "id: v\nname: V\nkind: model-api\nfacts:\n"
        "  used: {value: 3, source: https://example.com, as_of: 2026-01-01}\n"
        "  idle: {value: 8, source: https://example.com, as_of: 2026-01-01}\n",
        "decisions/d.yaml": "id: d\ntitle: D\nas_of: 2026-11-24\n"
        "criteria:\n  - {id: c, measure: {fact: used}, value: {worst: 0, best: 10}, weight: 2}\n"
        "  - {id: e, value: {worst: 0, best: 1}, weight: 1}\n"
        "alternatives:\n  - {id: a, vendor: v, performance: {e: 0.5}}\n"
        "weights: {values: {c: 30, e: 20}}\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(change(text))
    return folder


def version_of(home: Path) -> str:
    return selector.analyse(selector.load("d", home)).version


def test_the_version_is_the_same_for_the_same_content_wherever_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = version_of(home_with(tmp_path / "one"))
    monkeypatch.chdir(tmp_path)
    assert version_of(home_with(tmp_path / "else" / "where")) == one

    def restyle(text: str) -> str:
        return "# a comment\n\n" + text.replace(
            "value: 3, source: https://example.com", "source: 'https://example.com', value: 3.0"
        )

    assert version_of(home_with(tmp_path / "restyled", restyle)) == one
    swapped = home_with(
        tmp_path / "swapped", lambda t: t.replace("{c: 30, e: 20}", "{e: 20, c: 30}")
    )
    assert version_of(swapped) == one


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("value: 3", "value: 4"),
        ("best: 10}", "best: 12}"),
        ("{c: 30, e: 20}", "{c: 30, e: 21}"),
        ("{e: 0.5}", "{e: 0.6}"),
        ("unit: s", "unit: ms"),
        ("unit: s", "unit: s, shelf_life_days: 30"),
        ("id: a, vendor", "id: b, vendor"),
    ],
)
def test_the_version_differs_where_something_in_use_differs(
    tmp_path: Path, was: str, now: str
) -> None:
    one = version_of(home_with(tmp_path / "one"))
    assert version_of(home_with(tmp_path / "two", lambda text: text.replace(was, now))) != one


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("value: 8", "value: 9"),
        ("{name: Idle", "{name: Idle too"),
        ("{c: 30, e: 20}", "{c: 30, e: 20}, reasons: {c: It is dear}"),
    ],
)
def test_the_version_is_the_same_where_only_the_unused_differs(
    tmp_path: Path, was: str, now: str
) -> None:
    one = version_of(home_with(tmp_path / "one"))
    assert version_of(home_with(tmp_path / "two", lambda text: text.replace(was, now))) == one


def test_the_version_follows_the_weights(analysis: selector.Analysis) -> None:
    assert analysis.with_weights({"speed": 61}).version != analysis.version
    same: dict[str, Any] = {name: 100 * share for name, share in analysis.shares.items()}
    assert analysis.with_weights(same).version == analysis.version
