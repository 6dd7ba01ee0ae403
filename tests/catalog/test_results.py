"""Results of load and evaluation tools become rows of a measurements file."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import selector
from selector.catalog.results import rows_of

ROOT = Path(__file__).parents[2]


def _rows(folder: Path, data: object, **given: object) -> list[dict[str, str]]:
    path = folder / "result.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return list(csv.DictReader(io.StringIO(rows_of(path, "a", **given))))  # type: ignore[arg-type]


def test_a_load_test_of_vllm_gives_wait_and_speed(tmp_path: Path) -> None:
    data = {
        "date": "20261120-101500",
        "completed": 500,
        "median_ttft_ms": 850.0,
        "median_tpot_ms": 20.0,
    }
    first, speed = _rows(tmp_path, data, by="us")
    assert (first["fact"], first["value"], first["n"]) == ("time_to_first_token", "0.85", "500")
    assert (speed["fact"], speed["value"]) == ("output_speed", "50.0")
    assert {row["as_of"] for row in (first, speed)} == {"2026-11-20"}


def test_the_harness_gives_the_mean_of_its_tasks_with_a_range(tmp_path: Path) -> None:
    # Two tasks, 0.8 and 0.6, standard errors 0.03 and 0.04: mean 0.7, error of the mean
    # sqrt(0.0009 + 0.0016) / 2 = 0.025, so 70 % plus or minus 4.9.
    data = {
        "results": {
            "one": {"alias": "one", "acc,none": 0.8, "acc_stderr,none": 0.03},
            "two": {"alias": "two", "exact_match,strict": 0.6, "exact_match_stderr,strict": 0.04},
        },
        "n-samples": {"one": {"effective": 100}, "two": {"effective": 150}},
    }
    (row,) = _rows(tmp_path, data, as_of=date(2026, 11, 1))
    assert (row["fact"], row["value"], row["n"]) == ("own_test_score", "70.0", "250")
    assert (row["low"], row["high"], row["as_of"]) == ("65.1", "74.9", "2026-11-01")


def test_promptfoo_gives_wilsons_interval(tmp_path: Path) -> None:
    # Wilson (1927) for 81 of 263, a case Newcombe (1998) works: 0.2553 to 0.3662.
    stats = {"successes": 81, "failures": 180, "errors": 2}
    data = {"results": {"timestamp": "2026-11-20T09:00:00Z", "stats": stats}}
    (row,) = _rows(tmp_path, data)
    assert (row["low"], row["high"], row["n"]) == ("25.53", "36.62", "263")
    assert row["as_of"] == "2026-11-20"


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"a": 1}', '{"results": {"stats": {"successes": 0}}}']
)
def test_anything_else_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(selector.UsageError):
        rows_of(path, "a")


def test_the_example_file_works_beside_the_shipped_decision(tmp_path: Path) -> None:
    shipped = (ROOT / "decisions" / "support-assistant.yaml").read_text(encoding="utf-8")
    (tmp_path / "d.yaml").write_text(shipped + "\nmeasurements: [own.csv]\n", encoding="utf-8")
    example = ROOT / "docs" / "examples" / "measurements-example-invented.csv"
    shutil.copy(example, tmp_path / "own.csv")
    analysis = selector.analyse(selector.load(tmp_path / "d.yaml"))
    assert analysis.cell("bedrock-claude", "answer_quality").central == 84
