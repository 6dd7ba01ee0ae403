"""The page Export: a button for each file, what it says first, and a template that is none."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from pptx import Presentation

import selector
from selector.report.exports import formats
from selector.ui.exporting import (
    HOLDS,
    MIME,
    ORDER,
    PREVIEWED,
    Part,
    Slide,
    Wish,
    has_secrets,
    preview,
    slides,
)
from selector.ui.parts.takeaway import MOST_LINES, MOST_ROWS, outline
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


@pytest.mark.parametrize(("what", "said"), [("Record", "## Decision Outcome"), ("Risks", "Cause")])
def test_a_preview_says_what_the_file_says(what: str, said: str) -> None:
    told = preview(Wish(selector.analyse(selector.load("high-volume-chat"))), what)
    assert said in (told if isinstance(told, str) else told[0])


def test_the_outline_of_the_slides_is_that_of_the_file() -> None:
    analysis = selector.analyse(selector.load("high-volume-chat"))
    wish = Wish(analysis)
    found = slides(wish)
    deck = Presentation(io.BytesIO(wish.made(".pptx"))).slides
    assert max(slide.last or slide.number for slide in found) == len(deck)
    assert found[0].title == deck[0].shapes.title.text_frame.text
    assert [found[0].shows, found[1].shows] == ["Words", "Chart"]  # beside the ranking
    said = [f"{slide.parts}" for slide in found]
    assert analysis.ranking[0].name.split(",")[0] in said[0]
    assert all(slide.title and slide.parts for slide in found)
    assert wish.story().stamp not in " ".join(said)
    whole = [part for slide in found for part in slide.parts]
    assert {"The question", "The answer"} <= {part.head for part in whole if part.lines}
    ranking = found[1].parts[-1].rows
    assert len(ranking) == 1 + len(analysis.ranking)
    assert "Points of 100" in ranking[0]
    assert "First month" in ranking[0]
    risks = next(part.rows for part in whole if part.rows and "Owner" in part.rows[0])
    assert len(risks) == 1 + len(wish.story().risks)
    assert next(slide for slide in found if " sources bear " in slide.title).last == len(deck)
    drawn = outline(found)
    assert drawn.count('class="slide"') == len(found)
    assert "&lt;b&gt;" in outline([Slide(1, "<b>", (Part("", ("<i>",)),))])


def test_a_card_says_how_much_it_has_no_room_for_and_keeps_every_column() -> None:
    lines = Part("What to find out", tuple(f"line {n}" for n in range(MOST_LINES + 3)))
    rows = Part(rows=((" ", "Owner"), *((f"{n}", "to be named") for n in range(MOST_ROWS + 40))))
    drawn = outline([Slide(1, "Title", (lines, rows))])
    assert drawn.count("<li>line") == MOST_LINES
    assert drawn.count("to be named") == MOST_ROWS
    assert "… and 3 more" in drawn
    assert "… and 40 more" in drawn
    assert "<h3>What to find out</h3>" in drawn
    assert '<td></td><th scope="col">Owner</th>' in drawn, "a head without words is none"
    whole = outline([Slide(1, "Title", (Part("", ("one", "two")),))])
    assert "more" not in whole


def test_the_risks_have_their_owners_as_on_the_slide() -> None:
    head, *rows = preview(Wish(selector.analyse(selector.load("high-volume-chat"))), "Risks")
    assert head == ["Cause", "Effect", "Control", "Owner", "AI RMF"]
    assert all(row[3] == "to be named" for row in rows)


def test_a_drawing_s_labels_are_lines_and_no_heads_of_nothing() -> None:
    found = slides(Wish(selector.analyse(selector.load("eu-bank-assistant"))))
    parts = [part for slide in found for part in slide.parts]
    assert all(part.lines or part.rows for part in parts)
    assert not any(line.isdigit() for part in parts for line in part.lines)
