"""LibreOffice recalculates the workbook and renders the deck."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from selector.analysis import Analysis
from selector.report.exports import as_csv, unchanged
from selector.report.exports.as_deck import made as deck
from selector.report.exports.as_workbook import made as workbook
from selector.report.exports.story import Story
from tests.exports.made import DAY, OPTIONS, SMALL, export, hostile, large, loaded, shipped
from tests.exports.test_workbook import area

CALC = "xlsx:Calc MS Excel 2007 XML"


def all_converted(contents: Mapping[str, bytes], kind: str, folder: Path) -> list[Path]:
    """Files by name in another format, made by LibreOffice with a profile of its own."""
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    out = folder / "out"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", kind, "--outdir", str(out), *(str(folder / name) for name in contents)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return [out / f"{Path(name).stem}.{kind.partition(':')[0]}" for name in contents]


def converted(content: bytes, name: str, kind: str, folder: Path) -> Path:
    """The file in another format."""
    return all_converted({name: content}, kind, folder)[0]


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook without the values that were kept: whoever opens it calculates."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("name", ["support-assistant", "small"])
def test_the_workbook_gives_the_engine_s_scores_after_other_weights(
    name: str, tmp_path: Path
) -> None:
    story = Story(loaded(SMALL, tmp_path)) if name == "small" else shipped(name)
    analysis = story.analysis
    book = openpyxl.load_workbook(io.BytesIO(workbook(story, OPTIONS)))
    sheet, _, cells = book.defined_names["weights"].attr_text.partition("!")
    draw = random.Random(1)
    weights = []
    for cell in book[sheet][cells.replace("$", "")][0]:
        cell.value = draw.random()
        weights.append(cell.value)
    path = converted(saved(book), "book.xlsx", CALC, tmp_path)
    again = openpyxl.load_workbook(path, data_only=True)
    rows = [analysis.table.alternatives.index(row.alternative) for row in analysis.ranking]
    values = analysis.value_table.central[rows]
    scores = values @ np.array(weights) / sum(weights)
    assert np.array(area(again, "values"), dtype=float) == pytest.approx(values, abs=1e-9)
    assert [row[0] for row in area(again, "scores")] == pytest.approx(scores.tolist(), abs=1e-9)
    ranks = [1 + int((scores > own + 1e-12).sum()) for own in scores]
    assert [row[0] for row in area(again, "ranks")] == ranks
    assert again["Matrix"]["B4"].value == "sum is not 1"
    first = analysis.ranking[ranks.index(1)].name
    now = f"{unchanged.CHANGED} By the sheet Matrix {first} is first now."
    assert again["Answer"]["A2"].value == now


def test_weights_that_are_none_are_told_in_words_and_give_no_score(tmp_path: Path) -> None:
    content = workbook(Story(loaded(SMALL, tmp_path)), OPTIONS)
    wrong = {
        "a weight is no number": ("50%", 1),
        "a weight is missing": (None, 1),
        "a weight is below 0": (-1, 2),
        "all weights are 0": (0, 0),
    }
    changed = {}
    for number, weights in enumerate(wrong.values()):
        book = openpyxl.load_workbook(io.BytesIO(content))
        book["Matrix"]["E4"], book["Matrix"]["F4"] = weights
        changed[f"{number}.xlsx"] = saved(book)
    paths = all_converted(changed, CALC, tmp_path)
    for path, told in zip(paths, wrong, strict=True):
        sheet = openpyxl.load_workbook(path, data_only=True)["Matrix"]
        assert sheet["B4"].value == told
        assert not any(cell.value for row in sheet["B5:D6"] for cell in row), told
        answer = openpyxl.load_workbook(path, data_only=True)["Answer"]
        assert answer["A2"].value == unchanged.CHANGED, told


def test_a_performance_that_is_found_out_counts_at_once_and_what_is_none_as_unknown(
    tmp_path: Path,
) -> None:
    levels = {"low": 0, "mid": 0.6, "high": 1}
    grade = {"id": "grade", "name": "Grade", "weight": 1, "value": {"levels": levels}}
    given = ("high", ["low", "mid"], "mid")
    rows = [
        row | {"performance": row["performance"] | {"grade": own}}
        for row, own in zip(SMALL["alternatives"], given, strict=True)
    ]
    data = SMALL | {"criteria": [*SMALL["criteria"], grade], "alternatives": rows}
    content = workbook(Story(loaded(data, tmp_path)), OPTIONS)
    changed = {}
    for name, entries in {
        "none": {"B3": "fast", "C3": "unknown", "D3": "higher"},
        "known": {"C4": 10, "D3": "mid", "D4": "unknown"},
    }.items():
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Performances"]
        was = [[cell.value for cell in row] for row in sheet["A3:D4"]]
        assert was == [["A", 100, 7, "high"], ["B", 200, "unknown", "a range"]]
        for place, entry in entries.items():
            sheet[place] = entry
        changed[f"{name}.xlsx"] = saved(book)
    none, known = (
        np.array(area(openpyxl.load_workbook(path, data_only=True), "values"), dtype=float)
        for path in all_converted(changed, CALC, tmp_path)
    )
    alone = 0.5  # as the only one of which Speed is known, B has no other to be set against
    assert none == pytest.approx(np.array([[0.5, 0.5, 0.5], [alone, 0.5, 0.3]]))
    assert known == pytest.approx(np.array([[1.0, 0.7, 0.6], [0.0, 1.0, 0.5]]))


def test_any_scale_counts_in_the_workbook_as_the_engine_has_it(tmp_path: Path) -> None:
    words = {"unknown": 0.1, "(Unknown)": 0.2, "a range": 0.3, "low": 0, "Low": 0.5, "LOW": 1,
             "Yes*": 0.35, "Yes": 0.8, "~1 hour": 0.9, "x_y": 0.4, "x y": 0.6}  # fmt: skip
    tiers = {"1": 0, "2": 0.5, "TRUE": 0.3, "3": 0.9, "y" * 300: 1}
    bent = [[x - 40, (x * 37 % 90) / 90] for x in range(90)]
    scales = {"word": {"levels": words}, "tier": {"levels": tiers}, "bent": {"points": bent}}
    criteria = [
        *({"id": x, "name": x, "weight": 1, "value": scale} for x, scale in scales.items()),
        {"id": "most", "name": "Most", "weight": 2, "goal": "max"},
        {"id": "least", "name": "Least", "weight": 3, "goal": "min"},
        {"id": "alike", "name": "Alike", "weight": 1, "goal": "max"},
    ]
    keys = [str(row["id"]) for row in criteria]
    filed = {
        "a": ["LOW", "1", 7.25, 3, 100, 5], "b": [None, "y" * 300, -90, [2, 9], 150, 5],
        "c": [["low", "LOW"], "TRUE", 49, None, {"low": 80, "likely": 90, "high": 400}, None],
        "d": ["x y", None, None, {"low": 1, "likely": 4, "high": 5}, 200, 5],
        "e": ["unknown", "3", 48.5, 4, None, [3, 8]],
    }  # fmt: skip
    later = {
        "same": {}, "ranges": {"b": [None, None, 33.125, 20, 1000, None], "a": ["Yes", "3", 1, -6]},
        "known": {"c": ["x_y", "2", -39.5, 0, 70, 9], "d": ["~1 hour", "1", 100, 9, 50, -3]},
        "alike": {x: ["Low", "2", 3, 7, 100, 1] for x in "abcd"},
    }  # fmt: skip

    def read(given: dict[str, list[Any]]) -> Analysis:
        rows = [
            {"id": x, "name": x.upper(), "performance": dict(zip(keys, own, strict=True))}
            for x, own in given.items()
        ]
        data = {"id": "scales", "title": "S", "as_of": DAY, "criteria": criteria,
                "alternatives": rows}  # fmt: skip
        return loaded(data, tmp_path)

    before = read(filed)
    content, wanted, changed = workbook(Story(before), OPTIONS), {}, {}
    for name, edits in later.items():
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book["Performances"]
        given = {x: list(own) for x, own in filed.items()}
        for row in sheet.iter_rows(min_row=3):
            own = str(row[0].value).lower()
            for column, entry in enumerate(edits.get(own, [])):
                given[own][column] = entry
                entered = "(unknown)" if column == 0 else "unknown"
                row[1 + column].value = entered if entry is None else entry
                if column == 1 and entry == "3":
                    row[1 + column].value = 3  # as some programs take it
        wanted[name] = read(given)
        changed[f"{name}.xlsx"] = saved(book)
    rows = [before.table.alternatives.index(row.alternative) for row in before.ranking]
    for path in all_converted(changed, CALC, tmp_path):
        again = openpyxl.load_workbook(path, data_only=True)
        values = wanted[path.stem].value_table.central[rows]
        found = np.array(area(again, "values"), dtype=float)
        assert found == pytest.approx(values, abs=1e-9), path.stem


@pytest.mark.parametrize("name", ["support-assistant", "large"])
def test_the_deck_is_rendered_page_by_page(name: str, tmp_path: Path) -> None:
    content = (
        export(name, ".pptx")
        if name != "large"
        else deck(Story(loaded(large(), tmp_path)), OPTIONS)
    )
    path = converted(content, "deck.pptx", "pdf", tmp_path)
    told = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = told.split("\f")[:-1]
    assert len(pages) >= 10
    version = shipped(name).analysis.version if name != "large" else "facts as of 24 Nov 2026"
    assert all(version in page for page in pages)


def test_a_spreadsheet_takes_nothing_in_the_table_for_a_formula(tmp_path: Path) -> None:
    story = Story(loaded(hostile(), tmp_path))
    path = converted(as_csv.made(story, OPTIONS), "table.csv", "xlsx", tmp_path)
    cells = [c for row in openpyxl.load_workbook(path).active.iter_rows() for c in row]
    assert len(cells) > 100
    assert [c.value for c in cells if c.data_type == "f" or c.hyperlink] == []
