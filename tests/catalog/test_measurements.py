"""Own tests in a CSV file beside a decision come in as facts of tier `measured`."""

from pathlib import Path

import pytest

import selector
from selector.catalog.library import Library

DECISION = """
id: d
title: D
as_of: 2026-11-24
criteria:
  - {id: speed, measure: {fact: time_to_first_token}, value: {worst: 2, best: 0}}
  - {id: fit, value: {worst: 0, best: 10}}
alternatives: [{id: a}, {id: b}]
measurements: [own.csv]
"""


def _load(folder: Path, rows: str, decision: str = DECISION) -> selector.Analysis:
    (folder / "d.yaml").write_text(decision, encoding="utf-8")
    (folder / "own.csv").write_text(rows, encoding="utf-8")
    return selector.analyse(selector.load(folder / "d.yaml"))


def test_a_measured_range_becomes_the_performance(tmp_path: Path) -> None:
    analysis = _load(
        tmp_path,
        "alternative,fact,criterion,value,low,high,n,as_of,by,method\n"
        "a,time_to_first_token,,1.0,0.5,1.5,200,2026-11-20,us,load test\n"
        "b,,fit,8,,,,,,\n",
    )
    cell = analysis.cell("a", "speed")
    assert (cell.low, cell.central, cell.high) == (0.5, 1.0, 1.5)
    evidence = cell.facts["time_to_first_token"]
    assert (evidence.tier, evidence.confidence, evidence.by) == ("measured", "high", "us")
    assert evidence.note == "load test, n = 200"
    assert analysis.cell("b", "fit").central == 8
    assert analysis.cell("b", "speed").state == "unknown"


def test_every_problem_of_the_file_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(selector.InputError) as error:
        _load(
            tmp_path,
            "alternative,fact,value,low,high,as_of\n"
            "x,time_to_first_token,1,,,\n"
            "a,nothing,1,,,\n"
            "a,time_to_first_token,fast,,,\n"
            "a,time_to_first_token,3,1,2,\n"
            "a,time_to_first_token,1,,,2026-02-30\n",
        )
    places = [(p.line, p.column) for p in error.value.problems]
    assert places == [(2, 1), (3, 3), (4, 23), (5, 23), (6, 27)]
    assert all(p.path.endswith("own.csv") for p in error.value.problems)


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/hostname", "missing.csv"])
def test_only_files_beside_the_decision_are_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(selector.InputError) as error:
        _load(tmp_path, "alternative,fact\n", DECISION.replace("own.csv", name))
    assert error.value.problems[0].line == 9


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_are_the_same_from_a_disk_and_brought(
    tmp_path: Path, end: str
) -> None:
    raw = "alternative,criterion,value\nb,fit,8\n".replace("\n", end).encode()
    (tmp_path / "d.yaml").write_text(DECISION, encoding="utf-8")
    (tmp_path / "own.csv").write_bytes(raw)
    from_disk = selector.load(tmp_path / "d.yaml")
    brought = Library().decision_of(DECISION.encode(), "d.yaml", {"own.csv": raw})
    for decision in (from_disk, brought):
        assert selector.analyse(decision).cell("b", "fit").central == 8


def test_what_is_no_csv_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(selector.InputError, match="quote that is not closed") as error:
        _load(tmp_path, "alternative,criterion,value\nb,fit,8\nb,fit," + "9" * 200_000)
    assert [(p.line, p.column) for p in error.value.problems] == [(3, 1)]


def test_a_character_that_steers_the_screen_is_refused_where_it_stands(tmp_path: Path) -> None:
    rows = (
        "alternative,fact,value,by\na,time_to_first_token,1,us\nb,time_to_first_token,1,u\x1b[2Js\n"
    )
    with pytest.raises(selector.InputError) as error:
        _load(tmp_path, rows)
    (problem,) = error.value.problems
    assert problem.path.endswith("own.csv")
    assert (problem.line, problem.column) == (3, 26)
    assert "U+001B" in problem.what
