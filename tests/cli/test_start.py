"""`selector start`: the form, the decision that follows, a file that is never written over."""

import json
from pathlib import Path

import pytest

from selector import cli
from tests.intake.test_proposals import LIBRARY

ANSWERS = "purpose: assistant\ndata: [personal]\nplace: eu\nrequests_per_month: 600_000\n"


def run(*arguments: object) -> object:
    with pytest.raises(SystemExit) as end:
        cli.main([*map(str, arguments)])
    return end.value.code


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def test_the_form_is_printed_and_can_be_given_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("start", "--questions") == 0
    form = tmp_path / "form.yaml"
    form.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("start", form) == 0
    assert "\ncriteria: ai-platform\n" in capsys.readouterr().out


def test_the_questions_are_there_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("start", "--questions", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["questions"]
    assert rows[0]["id"] == "purpose"
    assert rows[0]["choices"]["coding"] == "Help for our developers"
    assert {"id", "group", "words", "help", "kind", "choices", "part_of", "unit"} == set(rows[0])


def test_a_file_is_written_that_ranks_and_is_valid(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "decisions" / "ours.yaml"
    made.parent.mkdir()
    assert run("start", answers, "--to", made) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "7 alternatives, 3 requirements" in err
    assert run("validate", made, "--home", tmp_path) == 0
    assert run("rank", "ours", "--home", tmp_path) == 0


def test_what_is_there_is_not_written_over(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text("mine", encoding="utf-8")
    assert run("start", answers, "--to", kept) == 2
    assert "is there already" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "mine"
    assert run("start", answers, "--to", tmp_path / "no" / "where.yaml") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_each_part_has_its_reason_in_json(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("start", answers, "--format", "json") == 0
    made = json.loads(capsys.readouterr().out)
    assert {r["id"] for r in made["requirements"]} == {
        "no-training",
        "processing-contract",
        "eu-only",
    }
    for part in (*made["alternatives"], *made["left_out"], *made["requirements"]):
        assert part["reason"]
    assert made["workload"]["input_tokens"] == {
        "value": {"low": 1500, "likely": 3000, "high": 6000},
        "reason": made["workload"]["input_tokens"]["reason"],
        "assumed": True,
    }
    assert sum(w["points"] for w in made["weights"].values()) == 100
    assert {a["vendor"] for a in made["alternatives"]} <= set(LIBRARY.vendor_ids())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("purpose: cooking\n", "answers.yaml:1:10: 'cooking' is not one of the choices"),
        ("budget: [1]\n", "answers.yaml:1:9: [1] is not a number"),
        ("ai_act: prohibited\n", "selector: A practice that article 5 of the EU AI Act"),
        ("purpose: {\n", "answers.yaml:2:1: not YAML"),
    ],
)
def test_wrong_answers_are_told(
    answers: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.write_text(text, encoding="utf-8")
    assert run("start", answers) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_without_answers_the_way_to_the_form_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("start") == 2
    assert "selector start --questions prints the form" in capsys.readouterr().err
    assert run("start", "nowhere.yaml") == 2
    assert "cannot be read" in capsys.readouterr().err
