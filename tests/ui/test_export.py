"""The page Export: a button for each file, what it says first, and a template that is none."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

import selector
from selector.report.exports import formats
from selector.ui.exporting import HOLDS, MIME, ORDER, PREVIEWED, Wish, has_secrets, preview
from tests.ui.drawn import draw


def test_every_format_has_its_words_on_the_page() -> None:
    assert set(ORDER) == set(HOLDS) == set(MIME) == set(formats())


def test_the_page_offers_every_file_and_shows_what_it_says() -> None:
    test = draw("export", "high-volume-chat")
    assert not test.exception
    assert len(test.get("download_button")) == len(ORDER)
    for what in PREVIEWED:
        test.segmented_control(key="preview").set_value(what).run()
        assert not test.exception
    assert any("AI RMF" in str(block.proto) for block in test.get("html"))


def test_a_wish_under_the_visitor_s_weights_says_their_answer() -> None:
    analysis = selector.analyse(selector.load("support-assistant")).with_weights({"cost": 80})
    wish = Wish(analysis, link="https://selector.example/decision?decision=support-assistant")
    book = openpyxl.load_workbook(io.BytesIO(wish.made(".xlsx")), data_only=True)
    assert analysis.ranking[0].name in {c.value for row in book["Answer"].iter_rows() for c in row}
    assert wish.link.replace("&", "&amp;") in wish.made(".html").decode()
    with zipfile.ZipFile(io.BytesIO(wish.made(".pptx"))) as parts:
        links = [parts.read(n).decode() for n in parts.namelist() if n.endswith(".xml.rels")]
    assert any(wish.link in text for text in links)
    assert not has_secrets(analysis)


@pytest.mark.parametrize("what", PREVIEWED)
def test_a_preview_says_what_the_file_says(what: str) -> None:
    analysis = selector.analyse(selector.load("high-volume-chat"))
    told = preview(Wish(analysis), what)
    words = told if isinstance(told, str) else " ".join(cell for row in told for cell in row)
    assert {"Slides": "We recommend", "Record": "## Decision Outcome", "Risks": "Cause"}[
        what
    ] in words
