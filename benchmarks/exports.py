"""Exports of a decision against the same number of cells and charts written with constants."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import selector
from benchmarks.timing import Result, compared
from selector.analysis import Analysis
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Evidence
from selector.report.exports import Options, formats
from selector.report.exports.story import Story

MADE = (".pptx", ".xlsx", ".html", ".md")


@cache
def _analysis() -> Analysis:
    """8 alternatives by 25 criteria in five groups, all known."""
    groups = tuple(
        Criterion(f"g{g}", f"Group {g}", tuple(
            Criterion(f"c{g}{i}", f"Criterion {g}.{i}", goal="max", weight=1.0) for i in range(5)
        ), weight=1.0)
        for g in range(5)
    )  # fmt: skip
    leaves = [leaf.id for group in groups for leaf in group.children]
    alternatives = tuple(
        Alternative(f"a{n}", f"Alternative {n}", performances={
            leaf: Evidence("value", float((37 * n + 11 * k) % 101)) for k, leaf in enumerate(leaves)
        })
        for n in range(8)
    )  # fmt: skip
    decision = Decision(
        "made", "Made", CriteriaSet("made", "Made", groups), alternatives=alternatives
    )
    return selector.analyse(decision)


@cache
def _story() -> Story:
    """The answer, computed once, as the app has it when somebody asks for a file."""
    story = Story(_analysis())
    story.robustness  # noqa: B018
    return story


def _ours() -> None:
    for suffix in MADE:
        formats()[suffix].made(_story(), Options())


def _counted() -> dict[str, Any]:
    """How many cells, tables and charts our files of it hold."""
    import openpyxl
    from pptx import Presentation

    story = Story(_analysis())
    book = openpyxl.load_workbook(io.BytesIO(formats()[".xlsx"].made(story, Options())))
    deck = Presentation(io.BytesIO(formats()[".pptx"].made(story, Options())))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    return {
        "sheets": [(s.max_row, s.max_column) for s in book],
        "slides": len(deck.slides),
        "texts": sum(s.has_text_frame for s in shapes),
        "tables": [(len(s.table.rows), len(s.table.columns)) for s in shapes if s.has_table],
        "charts": [
            (len(s.chart.plots[0].categories) or 1, len(s.chart.plots[0].series))
            for s in shapes if s.has_chart
        ],
        "page": len(formats()[".html"].made(story, Options())),
    }  # fmt: skip


def _constants(counted: dict[str, Any]) -> None:
    import jinja2
    import xlsxwriter
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    deck = Presentation()
    slides = [deck.slides.add_slide(deck.slide_layouts[5]) for _ in range(counted["slides"])]
    for number in range(counted["texts"]):
        box = slides[number % len(slides)].shapes.add_textbox(Pt(10), Pt(10), Pt(100), Pt(20))
        box.text_frame.text = "constant"
    for rows, columns in counted["tables"]:
        frame = slides[0].shapes.add_table(rows, columns, Pt(10), Pt(10), Pt(500), Pt(300))
        for y in range(rows):
            for x in range(columns):
                frame.table.cell(y, x).text_frame.text = "constant"
    for categories, series in counted["charts"]:
        data = CategoryChartData()
        data.categories = [str(n) for n in range(categories)]
        for number in range(series):
            data.add_series(str(number), [1.0] * categories)
        slides[0].shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, Pt(9), Pt(9), Pt(500), Pt(300), data)
    deck.save(io.BytesIO())
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    for rows, columns in counted["sheets"]:
        sheet = book.add_worksheet()
        for y in range(rows):
            for x in range(columns):
                sheet.write_string(y, x, "constant")
    book.close()
    template = jinja2.Environment(autoescape=True).from_string(
        "{% for row in rows %}<tr>"
        "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    )
    template.render(rows=[["constant"] * 10] * (counted["page"] // 200))


def four_files() -> Result:
    """Deck, workbook, page and record against constants in the same number of cells and charts."""
    counted = _counted()
    _ours()
    return compared(
        "slides, workbook, page, record, 8×25",
        _ours,
        "python-pptx, XlsxWriter, Jinja2 with constants",
        lambda: _constants(counted),
        3,
    )
