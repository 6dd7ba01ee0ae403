"""The workbook, as another reader sees it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from selector.report.exports.as_workbook import made
from selector.report.exports.book import clean
from selector.report.exports.story import Story
from tests.exports.made import HOSTILE, OPTIONS, SHIPPED, SMALL, export, hostile, loaded, shipped

NAMES = ("alternatives", "criteria", "weights", "values", "scores", "ranks")


def area(book: openpyxl.Workbook, name: str) -> list[list[object]]:
    """The cells of a defined name, row by row."""
    sheet, _, cells = book.defined_names[name].attr_text.partition("!")
    found = book[sheet.strip("'")][cells.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [[cell.value for cell in row] for row in rows]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_names_of_the_matrix_hold_what_the_engine_says(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(name, ".xlsx")), data_only=True)
    analysis = shipped(name).analysis
    ranking = analysis.ranking
    assert set(NAMES) <= set(book.defined_names)
    assert [row[0] for row in area(book, "alternatives")] == [row.name for row in ranking]
    assert area(book, "criteria")[0] == [leaf.name for leaf in analysis.leaves]
    assert area(book, "weights")[0] == pytest.approx(list(analysis.weights.values()), abs=1e-12)
    scores = [analysis.scores[row.alternative][1] for row in ranking]
    assert [row[0] for row in area(book, "scores")] == pytest.approx(scores, abs=1e-12)
    rows = [analysis.table.alternatives.index(row.alternative) for row in ranking]
    for line, at in zip(area(book, "values"), rows, strict=True):
        assert line == pytest.approx(analysis.value_table.central[at].tolist(), abs=1e-12)


def test_scores_values_and_ranks_are_formulas_and_weights_are_not() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("support-assistant", ".xlsx")))
    for name in ("values", "scores", "ranks"):
        assert all(str(x).startswith("=") for row in area(book, name) for x in row), name
    assert all(isinstance(x, float) for x in area(book, "weights")[0])


def test_what_people_wrote_is_text_in_every_sheet(tmp_path: Path) -> None:
    content = made(Story(loaded(hostile(), tmp_path)), OPTIONS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    seen = {
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type != "f" and isinstance(cell.value, str)
    }
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert {clean(text) for text in HOSTILE} <= seen
    assert not any(text in str(formula) for formula in formulas for text in HOSTILE)


def test_a_small_decision_says_who_is_out_and_why(tmp_path: Path) -> None:
    content = made(Story(loaded(SMALL, tmp_path)), OPTIONS)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    told = [str(cell.value) for row in book["Answer"].iter_rows() for cell in row if cell.value]
    assert any("Care is 1" in text for text in told)
    assert "Cost" not in book.sheetnames


def test_two_exports_of_one_decision_say_the_same() -> None:
    story = shipped("high-volume-chat")
    first, second = (openpyxl.load_workbook(io.BytesIO(made(story, OPTIONS))) for _ in range(2))
    for sheet in first.sheetnames:
        rows = [[[c.value for c in row] for row in b[sheet].iter_rows()] for b in (first, second)]
        assert rows[0] == rows[1]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sheet_prints_across_with_its_heads_and_numbers_on_each_page(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(name, ".xlsx")))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert "&P / &N" in str(sheet.oddFooter.right.text), sheet.title
        if sheet.title in ("Matrix", "Performances", "Facts", "Cost"):
            assert sheet.print_title_cols, sheet.title
            widths = [sheet.column_dimensions[c.column_letter].width for c in sheet[1]]
            scale = sheet.page_setup.scale or 100
            is_wide = sum(widths) > 160 * 70 / min(scale, 70)
            assert bool(sheet.col_breaks.brk) == is_wide, "what has no room goes over pages"
            assert scale in (60, 70, 100), "small type is not read on paper"
        else:
            assert sheet.page_setup.fitToHeight == 0, sheet.title
        if sheet.title not in ("Answer", "Robustness", "Record"):
            assert sheet.print_title_rows, sheet.title


def test_rows_are_as_tall_as_their_texts_and_scores_have_one_decimal() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("support-assistant", ".xlsx")))
    sheet = book["Risks"]
    for row in sheet.iter_rows(min_row=2):
        letters = max(len(str(cell.value)) / 50 for cell in row[:3] if cell.value)
        assert letters <= (sheet.row_dimensions[row[0].row].height or 15) / 15 + 0.2
    scores = [c for row in book["Answer"].iter_rows() for c in row if c.number_format == "0.0"]
    assert len(scores) == 4 * len(shipped("support-assistant").ranked)
