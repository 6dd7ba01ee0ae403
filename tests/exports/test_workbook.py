"""The workbook, as another reader sees it."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from selector.report.exports import unchanged
from selector.report.exports.as_workbook import made
from selector.report.exports.book import clean
from selector.report.exports.story import Story
from tests.exports.made import (
    HOSTILE,
    OPTIONS,
    SHIPPED,
    SMALL,
    decided,
    export,
    hostile,
    loaded,
    shipped,
)

SEARCH = "Amazon OpenSearch Serverless, classic: compute units"
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


def test_weights_and_performances_that_are_none_are_refused(tmp_path: Path) -> None:
    levels = {"grade": {"low": 0, "high": 1}, "more": {"a, b": 0, "c": 1}}
    graded = [
        {"id": i, "name": i, "weight": 1, "value": {"levels": each}} for i, each in levels.items()
    ]
    given = [{"grade": ["low", "high"], "more": "c"}, {"grade": "low", "more": "a, b"}]
    rows = [
        row | {"performance": row["performance"] | own}
        for row, own in zip(SMALL["alternatives"], given, strict=False)
    ]
    data = SMALL | {"criteria": [*SMALL["criteria"], *graded], "alternatives": rows}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    (rule,) = book["Matrix"].data_validations.dataValidation
    assert (str(rule.sqref), rule.type, rule.operator) == ("E4:H4", "decimal", "greaterThanOrEqual")
    assert (rule.formula1, rule.allowBlank, rule.errorStyle) == ("0", False, None)
    assert "0 or more" in rule.prompt
    assert "0 or more" in rule.error
    rules = {str(r.sqref): r for r in book["Performances"].data_validations.dataValidation}
    assert {where: rule.formula1 for where, rule in rules.items()} == {
        "B3:B4": 'OR(ISNUMBER(B3),B3="unknown")',
        "C3:C4": 'OR(ISNUMBER(C3),C3="unknown")',
        "D3:D4": '"low,high,unknown,a range"',
        "E3:E4": 'OR(EXACT(E3,"a, b"),EXACT(E3,"c"),EXACT(E3,"unknown"))',
    }
    assert all("unknown" in rule.error for rule in rules.values())
    marked = book["Performances"].conditional_formatting
    assert {str(each.sqref): each.rules[0].formula for each in marked} == {
        "B3:B4": ['NOT(OR(ISNUMBER(B3),B3="unknown"))'],
        "C3:C4": ['NOT(OR(ISNUMBER(C3),C3="unknown"))'],
        "D3:D4": [
            'NOT(OR(EXACT(D3,"low"),EXACT(D3,"high"),EXACT(D3,"unknown"),EXACT(D3,"a range")))'
        ],
        "E3:E4": ['NOT(OR(EXACT(E3,"a, b"),EXACT(E3,"c"),EXACT(E3,"unknown")))'],
    }


def test_levels_of_any_name_leave_formulas_that_spreadsheets_take(tmp_path: Path) -> None:
    names = (HOSTILE, ("short", "y" * 300))
    criteria = [
        {"id": f"c{n}", "name": "Grade", "weight": 1,
         "value": {"levels": {name: i / len(each) for i, name in enumerate(each)}}}
        for n, each in enumerate(names)
    ]  # fmt: skip
    rows = [
        {"id": f"a{n}", "name": f"A{n}", "performance": {"c0": name, "c1": names[1][n % 2]}}
        for n, name in enumerate(HOSTILE)
    ]
    data = {"id": "levels", "title": "Levels", "criteria": criteria, "alternatives": rows}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    shown = {row[1].value for row in book["Performances"].iter_rows(min_row=3)}
    assert shown == {clean(name.replace("_", " ")) for name in HOSTILE}
    values = area(book, "values")
    assert all("EXACT(Scales!" in str(each) for row in values for each in row)
    assert max(len(str(each)) for row in values for each in row) < 255
    told = [str(row[1].value) for row in book["Scales"].iter_rows(min_row=2)]
    assert told == [*(clean(name.replace("_", " ")) for name in HOSTILE), *names[1]]
    cells = [row[1] for title in ("Performances", "Scales") for row in book[title].iter_rows(3)]
    assert {cell.number_format for cell in cells} == {"@"}, "what is typed there stays text"


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
    assert "To prove, or why it is out" in told
    assert "Cost" not in book.sheetnames


def test_the_sheet_method_has_what_was_required_and_the_workload(tmp_path: Path) -> None:
    def told(data: dict[str, object]) -> list[str]:
        book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
        return [str(cell.value) for cell in book["Method"]["A"] if cell.value]

    small, billed = told(SMALL), told(decided(currency=True))
    assert "Care: at least 2. nobody would use it" in small
    assert not {"The workload", "Bills"} & {line.split(" are ")[0] for line in small}
    start = billed.index("What was required")
    assert billed[start + 1 : start + 4] == [
        "Monthly cost: at most 4,000 EUR per month.", "The workload",
        "1,000 requests in the first month, over 12 months.",
    ]  # fmt: skip
    assert "Bills are as the decision gives them." in billed


def test_two_exports_of_one_decision_say_the_same() -> None:
    story = shipped("high-volume-chat")
    first, second = (openpyxl.load_workbook(io.BytesIO(made(story, OPTIONS))) for _ in range(2))
    for sheet in first.sheetnames:
        rows = [[[c.value for c in row] for row in b[sheet].iter_rows()] for b in (first, second)]
        assert rows[0] == rows[1]


def widths(sheet: Worksheet) -> list[float]:
    """The width of every column in letters, those of columns that are told together too."""
    told = sheet.column_dimensions.values()
    return [group.width for group in told for _ in range(group.min, group.max + 1)]


def across(sheet: Worksheet) -> float:
    """How wide the widest printed page is, in letters."""
    found, ends = widths(sheet), [brk.id for brk in sheet.col_breaks.brk]
    kept = sheet.print_title_cols
    before = sum(found[: column_index_from_string(kept.split("$")[-1])]) if kept else 0.0
    pages = list(pairwise([0, *ends, len(found)]))
    return max(sum(found[start:end]) + (before if start else 0.0) for start, end in pages)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_sheet_prints_in_type_of_8_points_with_its_heads_on_each_page(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(name, ".xlsx")))
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert "&P / &N" in str(sheet.oddFooter.right.text), sheet.title
        room = (841.9 - 72 * (sheet.page_margins.left + sheet.page_margins.right)) / 5.56
        assert {cell.font.sz for row in sheet.iter_rows() for cell in row} <= {10, 16}, sheet.title
        assert across(sheet) <= room * 10 / 8, "it has room at 8 points, or goes over pages"
        if sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert sheet.page_setup.fitToHeight == 0, sheet.title
        else:
            assert sheet.page_setup.scale == 80, sheet.title
        if sheet.title in ("Matrix", "Performances", "Facts", "Cost"):
            assert sheet.print_title_cols, sheet.title
        if sheet.title not in ("Answer", "Robustness", "Record", "Method"):
            assert sheet.print_title_rows, sheet.title


def test_rows_are_as_tall_as_their_texts_and_scores_have_one_decimal() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("support-assistant", ".xlsx")))
    sheet = book["Risks"]
    for row in sheet.iter_rows(min_row=2):
        letters = max(len(str(cell.value)) / 50 for cell in row[:3] if cell.value)
        assert letters <= (sheet.row_dimensions[row[0].row].height or 15) / 12 + 0.2
    scores = [c for row in book["Answer"].iter_rows() for c in row if c.number_format == "0.0"]
    assert len(scores) == 4 * len(shipped("support-assistant").ranked)


def test_a_price_that_is_not_known_has_no_confidence_and_says_what_is_missing() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("coding-assistant", ".xlsx")), data_only=True)
    rows = [[cell.value for cell in row] for row in book["Cost"].iter_rows(min_row=2)]
    (row,) = [row for row in rows if row[1] == "instances for the peak" and row[5] is None]
    assert row[8] is None
    assert str(row[9]).startswith("no throughput for ")


@pytest.mark.parametrize("method", ["weighted_sum", "topsis"])
def test_the_answer_says_that_it_stands_as_exported(method: str, tmp_path: Path) -> None:
    data = SMALL | {"method": method}
    content = made(Story(loaded(data, tmp_path), samples=100), OPTIONS)
    told = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Answer"]["A2"].value
    assert told == unchanged.UNCHANGED
    kept = openpyxl.load_workbook(io.BytesIO(content))["Answer"]["A2"].value
    assert str(kept).startswith("=IF(") is (method == "weighted_sum")


def test_a_long_name_is_read_in_full_beside_its_values(tmp_path: Path) -> None:
    named = [dict(SMALL["alternatives"][0], name="A platform of many words, " * 4)]
    data = SMALL | {"alternatives": named + SMALL["alternatives"][1:]}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    for title, row in (("Matrix", 5), ("Performances", 3)):
        assert str(book[title].cell(row, 1).value).startswith("A platform")
        assert book[title].row_dimensions[row].height > 30, title


@pytest.mark.parametrize("name", ["support-assistant", "high-volume-chat"])
def test_figures_stand_under_heads_on_the_same_side_without_a_bare_point(name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(name, ".xlsx")))
    for sheet in book:
        head = {}
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            is_figure = isinstance(cell.value, int | float) or cell.data_type == "f"
            if cell.font.b and cell.fill.fgColor.rgb == "FFF4F6F8":
                head[cell.column] = cell
            elif is_figure and cell.column in head and not cell.font.i:  # no note
                side = "left" if cell.alignment.horizontal == "left" else "right"
                assert head[cell.column].alignment.horizontal == side, (sheet.title, cell)
                assert not cell.number_format.endswith(("#", "General")), (sheet.title, cell)


def test_facts_say_units_and_lead_to_their_own_sources() -> None:
    story = shipped("support-assistant")
    book = openpyxl.load_workbook(io.BytesIO(export("support-assistant", ".xlsx")))
    rows = list(book["Facts"].iter_rows(min_row=2))
    assert {c[0].value for c in rows} == {option.name for option in story.options}
    prices = {c[4].value for c in rows if c[3].value == SEARCH}
    assert prices == {"0.24 USD per OCU-hour"}, "of what is knocked out too"
    addresses = {source.number: source.url for source in story.sources}
    linked = [row for row in rows if row[9].hyperlink]
    assert len(linked) > 50
    for row in linked:
        numbers = map(int, str(row[11].value).split(", "))
        assert row[9].hyperlink.target in {addresses[n] for n in numbers}


def test_a_fact_that_the_file_gives_has_the_name_and_the_unit_of_its_criterion(
    tmp_path: Path,
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(SMALL, tmp_path)), OPTIONS)))
    rows = [[cell.value for cell in row[:5]] for row in book["Facts"].iter_rows(min_row=2)]
    assert ["A", "Speed", "100 ms", "Speed", "100 ms"] in [
        [str(x).replace("\u00a0", " ") for x in row] for row in rows
    ]


def test_a_layer_of_a_stack_is_not_taken_for_a_fact_of_its_name() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("eu-bank-assistant", ".xlsx")))
    rows = [[cell.value for cell in row[:5]] for row in book["Facts"].iter_rows(min_row=2)]
    assert len(rows) > 50
    assert all(row[1] == row[3] and "points" in str(row[4]) for row in rows)


def test_a_matrix_of_another_method_says_by_what_the_answer_ranks(tmp_path: Path) -> None:
    data = decided(False) | {"method": "topsis"}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    assert "Score" in [cell.value for row in book["Answer"].iter_rows() for cell in row]
    told = str(book["Matrix"]["B1"].value)
    assert "weighted sum" in told
    assert told.endswith("The answer ranks by TOPSIS.")
    heads = {
        cell.value for title in ("Robustness", "Weights") for row in book[title] for cell in row
    }
    assert {
        "Leads above it, by the weighted sum",
        "What to find out first, by the weighted sum",
    } <= heads
    assert any("ranked by TOPSIS" in str(row[0].value) for row in book["Method"])


def test_scores_of_which_less_is_better_stand_under_a_head_that_says_so(tmp_path: Path) -> None:
    data = decided(False) | {"method": "vikor"}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(data, tmp_path)), OPTIONS)))
    heads = [cell.value for row in book["Answer"].iter_rows() for cell in row]
    assert "Score, less is better" in heads
    assert any("ranked by VIKOR" in str(row[0].value) for row in book["Method"])


def test_no_sheet_is_left_with_heads_alone(tmp_path: Path) -> None:
    one = SMALL | {"alternatives": SMALL["alternatives"][:1], "requirements": []}
    book = openpyxl.load_workbook(io.BytesIO(made(Story(loaded(one, tmp_path)), OPTIONS)))
    assert all(sheet.max_row > 1 for sheet in book)
    assert book["Sources"]["A2"].value == "No source is named."
