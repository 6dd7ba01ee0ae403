"""LibreOffice recalculates the workbook and renders the deck."""

from __future__ import annotations

import io
import random
import subprocess
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from selector.report.exports import as_csv
from selector.report.exports.as_deck import made as deck
from selector.report.exports.as_workbook import made as workbook
from selector.report.exports.story import Story
from tests.exports.made import OPTIONS, SMALL, export, hostile, large, loaded, shipped
from tests.exports.test_workbook import area


def converted(content: bytes, name: str, kind: str, folder: Path) -> Path:
    """The file in another format, made by LibreOffice with a profile of its own."""
    source = folder / name
    source.write_bytes(content)
    out = folder / "out"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", kind, "--outdir", str(out), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return out / f"{source.stem}.{kind.partition(':')[0]}"


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
    changed = io.BytesIO()
    book.save(changed)  # without the values that were kept: whoever opens it calculates
    path = converted(changed.getvalue(), "book.xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    again = openpyxl.load_workbook(path, data_only=True)
    rows = [analysis.table.alternatives.index(row.alternative) for row in analysis.ranking]
    values = analysis.value_table.central[rows]
    scores = values @ np.array(weights) / sum(weights)
    assert np.array(area(again, "values"), dtype=float) == pytest.approx(values, abs=1e-9)
    assert [row[0] for row in area(again, "scores")] == pytest.approx(scores.tolist(), abs=1e-9)
    ranks = [1 + int((scores > own + 1e-12).sum()) for own in scores]
    assert [row[0] for row in area(again, "ranks")] == ranks


def test_an_unknown_performance_that_is_found_out_counts_at_once(tmp_path: Path) -> None:
    story = Story(loaded(SMALL, tmp_path))
    book = openpyxl.load_workbook(io.BytesIO(workbook(story, OPTIONS)))
    sheet = book["Performances"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "unknown"]
    assert len(found) == 1
    found[0].value = 10
    changed = io.BytesIO()
    book.save(changed)
    path = converted(changed.getvalue(), "book.xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    again = openpyxl.load_workbook(path, data_only=True)
    line = area(again, "alternatives").index(["B"])
    assert area(again, "values")[line][1] == pytest.approx(1.0)


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
