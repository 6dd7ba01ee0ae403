"""In another currency, all amounts of an export are in it, and nothing else of it changes."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from selector.report.exports import formats
from selector.report.exports.story import Story
from tests.exports.made import OPTIONS, RATE, decided, loaded
from tests.exports.test_deck import opened, texts
from tests.exports.test_workbook import area

SCALES = (
    {"worst": 3000, "best": 0},
    {"points": [[0, 1], [1200, 0.7], [3000, 0]]},
    None,
)


@pytest.mark.parametrize("scale", SCALES)
def test_values_scores_draws_and_version_stay(scale: dict[str, Any] | None, tmp_path: Path) -> None:
    asked = loaded(decided(True, scale), tmp_path)
    story, plain = Story(asked, samples=500), loaded(decided(False, scale), tmp_path)
    told = story.analysis
    assert told.version == asked.version
    assert [row.rank for row in told.ranking] == [row.rank for row in plain.ranking]
    assert np.array_equal(told.value_table.central, plain.value_table.central)
    assert story.robustness.rank_acceptability == plain.robustness(samples=500).rank_acceptability
    column = told.table.leaves.index("price")
    for row, cell in enumerate(told.table.cells):
        value = told.scales["price"].value(cell[column].central or 0.0)
        assert value == pytest.approx(told.value_table.central[row, column], abs=1e-12)
    assert told.cell("a", "price").central == pytest.approx(2000 / RATE)
    assert [row.alternative for row in told.excluded] == ["c"]


@pytest.mark.parametrize("scale", SCALES)
def test_no_amount_is_in_dollars_in_any_format(
    scale: dict[str, Any] | None, tmp_path: Path
) -> None:
    story = Story(loaded(decided(True, scale), tmp_path), samples=500)
    for kind in formats().values():
        content = kind.made(story, OPTIONS)
        if kind.suffix == ".pptx":
            deck = opened(content)
            told = " ".join(text for slide in deck.slides for text in texts(slide))
            told += " ".join(
                s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide
            )
        elif kind.suffix == ".xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            told = " ".join(str(c.value) for sheet in book for row in sheet.rows for c in row)
        else:
            told = content.decode()
        assert "EUR" in told, kind.suffix
        rated = "Amounts are in EUR: 1 EUR is 1.25 US dollars, as of 24 Nov 2026."
        assert rated in told or kind.suffix in (".csv", ".json"), kind.suffix
        rest = told.replace("\u00a0", " ").replace(rated, "")
        rest = rest.replace("It says, amounts in US dollars", "")  # a head of what sources say
        found = re.search(r".{0,40}(?<![\w+/])(USD|US dollars?)(?![\w+/]).{0,40}", rest)
        assert found is None, (kind.suffix, found)


def test_what_is_required_and_what_would_change_it_is_in_the_currency(tmp_path: Path) -> None:
    story = Story(loaded(decided(True, {"worst": 3000, "best": 0}), tmp_path), samples=500)
    assert story.analysis.requirements == ("Monthly cost: at most 4,000 EUR per month",)
    assert "7,200 EUR" in story.out[0].knocked_out[0].reason
    a = story.leaf("price")
    assert story.cell_text("b", a, unit=True) == "≈ 800–1,200 EUR per month"
    assert any("EUR per month" in told for told in story.performance_flips)
    assert story.implied == ["You would pay up to 1,200 EUR per month for care, from 0 to 10."]
    assert any("2,400 to 0 EUR per month" in told for told in story.warnings)


def test_the_workbook_s_formulas_count_in_the_currency(tmp_path: Path) -> None:
    story = Story(loaded(decided(True, {"worst": 3000, "best": 0}), tmp_path), samples=500)
    book = openpyxl.load_workbook(
        io.BytesIO(formats()[".xlsx"].made(story, OPTIONS)), data_only=True
    )
    rows = [story.analysis.table.alternatives.index(r.alternative) for r in story.analysis.ranking]
    assert np.array(area(book, "values"), float) == pytest.approx(
        story.analysis.value_table.central[rows], abs=1e-9
    )
