"""`selector compose`: its JSON, its table, and what it says where there is no stack."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selector.cli import app
from selector.domain.problem import UsageError
from tests.stack.test_composing import stacks_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    stacks_of(tmp_path)
    return tmp_path


def composed(home: Path, *more: str) -> tuple[int, str]:
    path = str(home / "decisions" / "whole.yaml")
    result = CliRunner().invoke(app, ["compose", path, *more, "--home", str(home)])
    return result.exit_code, result.output


def test_the_json_has_the_keys_of_the_contract(home: Path) -> None:
    code, text = composed(home, "--top", "3", "--format", "json", "--samples", "50")
    made = json.loads(text)
    assert code == 0
    assert len(made["stacks"]) == 3
    first = made["stacks"][0]
    assert first["rank"] == 1
    assert first["layers"] == {"red": "r1", "green": "g2", "blue": "b2"}
    assert first["score"] == pytest.approx(0.85)
    assert first["cost"] is None
    assert [row["fit"] for row in first["compatibility"]] == ["adapter", "native"]
    assert first["compatibility"][0]["members"] == ["r1", "g2"]
    assert (made["considered"], made["feasible"], made["feasible_is_exact"]) == (27, 22, True)


def test_fixing_and_weighing_on_the_command_line(home: Path) -> None:
    _, text = composed(home, "--fix", "green=g1", "--format", "json", "--samples", "10")
    assert json.loads(text)["stacks"][0]["layers"]["green"] == "g1"
    _, text = composed(home, "--set", "green=130", "--format", "json", "--samples", "10")
    assert json.loads(text)["stacks"][0]["layers"]["red"] == "r2"


def test_without_any_stack_it_says_why_and_ends_with_1(home: Path) -> None:
    code, text = composed(home, "--fix", "red=r1", "--fix", "green=g1")
    assert code == 1
    assert "No stack keeps all constraints" in text
    assert "R1 and G1 do not go together: Both want the same port." in text
    code, text = composed(home, "--fix", "red=r1", "--fix", "green=g1", "--format", "json")
    assert (code, json.loads(text)["stacks"]) == (1, [])


def test_the_table_names_the_best_and_what_differs(home: Path) -> None:
    code, text = composed(home, "--samples", "10")
    assert code == 0
    for said in ("85.0 points of 100", "G1 for G2", "Better in their layer", "22 of 27"):
        assert said in text


def test_what_is_no_choice_is_told_without_a_trace(home: Path) -> None:
    path = str(home / "decisions" / "whole.yaml")
    for wrong in ("red", "=r1", "read=r1", "red=g1"):
        result = CliRunner().invoke(app, ["compose", path, "--fix", wrong, "--home", str(home)])
        assert isinstance(result.exception, UsageError), wrong


def test_a_decision_without_a_workload_says_that_no_part_can_have_a_bill(home: Path) -> None:
    _, text = composed(home, "--samples", "10")
    assert "3 of 3 parts have no bill, for the decision has no workload." in text
