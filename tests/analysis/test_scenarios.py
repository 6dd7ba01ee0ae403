"""Named sets of weights side by side, in Python and on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

import selector
from selector.analysis.scenarios import scenarios_of, under_scenario
from selector.cli import app
from tests import strategies as made

DATA: made.Data = {
    "id": "d",
    "title": "D",
    "criteria": [
        {
            "id": "g",
            "name": "Group",
            "weight": 50,
            "children": [
                {"id": "x", "name": "X", "weight": 30, "value": {"worst": 0, "best": 10}},
                {"id": "y", "name": "Y", "weight": 70, "value": {"worst": 0, "best": 10}},
            ],
        },
        {"id": "z", "name": "Z", "weight": 50, "value": {"worst": 0, "best": 10}},
    ],
    "alternatives": [
        {"id": "a", "name": "A, long", "performance": {"x": 10, "y": 0, "z": 5}},
        {"id": "b", "name": "B", "performance": {"x": 0, "y": 10, "z": 6}},
    ],
    "scenarios": [{"name": "All on X", "weights": {"x": 100, "y": 0, "z": 0}}],
    "stakeholders": [{"name": "Finance", "weights": {"z": 50}}],
}


def test_each_set_has_its_ranking_lead_and_differences() -> None:
    own, lean, finance = scenarios_of(made.analysed(DATA))
    # 0.5 x 0.3 + 0.5 x 0.5 = 0.40 against 0.5 x 0.7 + 0.5 x 0.6 = 0.65
    assert (own.kind, own.firsts, own.differs) == ("own", ("b",), ())
    assert own.lead == pytest.approx(0.25)
    assert (lean.kind, lean.name, lean.firsts) == ("scenario", "All on X", ("a",))
    assert lean.lead == pytest.approx(1.0)
    assert lean.shares == pytest.approx({"g": 1, "x": 1, "y": 0, "z": 0})
    assert [row.criterion for row in lean.differs] == ["x", "y", "g", "z"]
    assert (lean.differs[2].share, lean.differs[2].usual) == (1, 0.5)
    assert (finance.kind, finance.differs) == ("stakeholder", ())


def test_presets_are_sets_too() -> None:
    analysis = selector.analyse(selector.load("support-assistant"))
    presets = [row for row in scenarios_of(analysis) if row.kind == "preset"]
    assert [row.name for row in presets] == list(analysis.decision.criteria.presets)
    for row in presets:
        points = analysis.decision.criteria.presets[row.name]
        assert list(row.ranking) == analysis.with_weights(points).ranking


def test_a_scenario_changes_no_version() -> None:
    bare = {key: value for key, value in DATA.items() if key != "scenarios"}
    assert made.analysed(DATA).version == made.analysed(bare).version


def test_a_scenario_that_is_not_there_is_named_with_those_that_are() -> None:
    analysis = made.analysed(DATA)
    assert under_scenario(analysis, None) is analysis
    with pytest.raises(selector.UsageError, match="did you mean 'All on X'"):
        under_scenario(analysis, "All on x")


@pytest.mark.parametrize(
    ("scenarios", "said"),
    [
        ([{"weights": {"x": 1}}], "name"),
        ([{"name": "S", "weights": {"w": 1}}], "there is no criterion 'w'"),
        ([{"name": "S", "weights": {"g": 0, "z": 0}}], "sum to zero"),
        ([{"name": "S"}, {"name": "S"}], "the scenario 'S' stands twice"),
        ({"S": {"x": 1}}, "scenarios"),
    ],
)
def test_what_is_no_scenario_is_told(scenarios: Any, said: str) -> None:
    with pytest.raises(selector.InputError) as caught:
        made.read({**DATA, "scenarios": scenarios})
    assert said in str(caught.value)


def test_the_commands_print_scenarios(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(yaml.dump(DATA), encoding="utf-8")
    run = CliRunner().invoke
    told = run(app, ["scenarios", str(file)]).stdout
    assert "All on X        scenario     A      100.0  B" in told
    assert "All on X: X 100 % instead of 30 %, Y 0 % instead of 70 %" in told
    found = json.loads(run(app, ["scenarios", str(file), "--format", "json"]).stdout)
    assert [row["kind"] for row in found["scenarios"]] == ["own", "scenario", "stakeholder"]
    ranked = json.loads(
        run(app, ["rank", str(file), "--scenario", "All on X", "--format", "json"]).stdout
    )
    assert ranked["ranking"][0]["alternative"] == "a"
    assert ranked["version"] != found["version"]
