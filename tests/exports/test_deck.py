"""The deck, walked shape by shape."""

from __future__ import annotations

import io
import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from selector.report import palette
from selector.report.exports.as_deck import made
from selector.report.exports.deck import charts, dots, fitting, ground, tables
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.story import Story
from tests.exports.made import (
    HOSTILE,
    OPTIONS,
    SHIPPED,
    SMALL,
    export,
    hostile,
    large,
    loaded,
    shipped,
)

TOUCH = Pt(0.5)  # rounding


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def texts(slide: Any) -> list[str]:
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found


def before_the_appendix(titles: list[str]) -> int:
    return next(place for place, title in enumerate(titles) if title.startswith("Appendix"))


def assert_sound(deck: Any) -> None:
    """Nothing outside its slide, nothing on another, no type under 10 pt, every chart told."""
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= -TOUCH, (number, shape.name)
            assert shape.left + shape.width <= deck.slide_width + TOUCH, (number, shape.name)
            assert shape.top + shape.height <= deck.slide_height + TOUCH, (number, shape.name)
            if shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr"), number
        laid = [shape for shape in slide.shapes if shape.name != dots.NAME]  # on purpose on a table
        for one, other in combinations(laid, 2):
            assert not overlap(one, other), (number, one.name, other.name)
        for size in sizes(slide):
            assert size >= 10, number


def overlap(one: Any, other: Any) -> bool:
    apart = (
        one.left + one.width <= other.left + TOUCH,
        other.left + other.width <= one.left + TOUCH,
        one.top + one.height <= other.top + TOUCH,
        other.top + other.height <= one.top + TOUCH,
    )
    return not any(apart)


def sizes(slide: Any) -> list[float]:
    frames = [s.text_frame for s in slide.shapes if s.has_text_frame]
    frames += [
        c.text_frame for s in slide.shapes if s.has_table for r in s.table.rows for c in r.cells
    ]
    runs = [run for frame in frames for p in frame.paragraphs for run in p.runs]
    return [run.font.size.pt for run in runs if run.font.size is not None]


@pytest.mark.parametrize("name", SHIPPED)
def test_slides_are_sound_and_few(name: str) -> None:
    deck = opened(export(name, ".pptx"))
    assert_sound(deck)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert 10 <= before_the_appendix(titles) <= 16
    assert shipped(name).analysis.version in " ".join(texts(deck.slides[0]))


def test_a_large_decision_in_three_scripts_is_sound(tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(large(), tmp_path)), OPTIONS))
    assert_sound(deck)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert 10 <= before_the_appendix(titles) <= 16
    shapes = [s for slide in deck.slides for s in slide.shapes if s.name != dots.NAME]
    charts = [shape.chart for shape in shapes if shape.has_chart]
    named = [chart.category_axis._element.xpath("c:tickLblSkip/@val") for chart in charts]
    assert set(map(tuple, named)) == {("1",)}, "every bar has its name"
    tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
    ranks = [row.cells[0].text for t in tables for row in t.rows if t.cell(0, 1).text == "Option"]
    assert [text for text in ranks if text.strip()] == [str(n) for n in range(1, 21)]
    assert all(len(table.columns) <= 10 and len(table.rows) <= 15 for table in tables)


def test_a_small_decision_and_one_with_nobody_left_are_sound(tmp_path: Path) -> None:
    assert_sound(opened(made(Story(loaded(SMALL, tmp_path)), OPTIONS)))
    nobody = {**SMALL, "id": "nobody", "requirements": [{"criterion": "speed", "at_most": 1}]}
    deck = opened(made(Story(loaded(nobody, tmp_path)), OPTIONS))
    assert_sound(deck)
    assert "No alternative is left" in deck.slides[0].shapes.title.text_frame.text
    assert "Loosen a requirement" in deck.slides[1].shapes.title.text_frame.text


def test_charts_show_the_figures_of_the_analysis() -> None:
    deck = opened(export("support-assistant", ".pptx"))
    story = shipped("support-assistant")
    charts = {
        slide.shapes.title.text_frame.text: shape.chart
        for slide in deck.slides for shape in slide.shapes if shape.has_chart
    }  # fmt: skip
    made_of = next(chart for title, chart in charts.items() if " earns " in title)
    sums = [
        sum(values) for values in zip(*(s.values for s in made_of.plots[0].series), strict=True)
    ]
    scores = [100 * (option.score or 0) for option in story.ranked]
    assert sums == pytest.approx(scores, abs=1e-9)
    often = next(chart for title, chart in charts.items() if "of 100 draws" in title)
    first = next(iter(often.plots[0].series)).values
    assert list(first) == pytest.approx([100 * (o.first or 0) for o in story.ranked], abs=1e-9)
    months = next(chart for title, chart in charts.items() if " a month in " in title)
    bills = story.analysis.cost().alternatives
    leader = story.standing.leader
    drawn = {s.name: list(s.values) for s in months.plots[0].series}
    assert drawn[story.labels[leader].short] == pytest.approx(bills[leader].by_month[1])


def test_the_ranking_has_the_scores_as_dots_beside_their_rows() -> None:
    deck, story = opened(export("support-assistant", ".pptx")), shipped("support-assistant")
    slide = deck.slides[1]
    frame = next(shape for shape in slide.shapes if shape.name == dots.NAME)
    table = next(shape for shape in slide.shapes if shape.has_table)
    rows = [row.height for row in table.table.rows]
    assert frame.top == pytest.approx(table.top + rows[0], abs=TOUCH)
    assert frame.height == pytest.approx(sum(rows[1:]), abs=TOUCH * len(rows))
    drawn = list(frame.chart.plots[0].series)
    spans, marks = drawn[: len(story.ranked)], drawn[len(story.ranked) :]
    for option, span, mark in zip(story.ranked, spans, marks, strict=True):
        figures = [float(x.text) for s in (span, mark) for x in s._element.xpath("c:xVal//c:v")]
        wanted = [100 * (x or 0.0) for x in (option.low, option.high, option.score)]
        assert figures == pytest.approx(wanted)
        colour = mark.marker.format.fill.fore_color.rgb
        assert f"#{colour}".lower() == palette.colour(option.place)


def test_the_dots_stand_in_their_column_where_there_is_none_for_the_bills(tmp_path: Path) -> None:
    for deck in (
        opened(made(Story(loaded(SMALL, tmp_path)), OPTIONS)),
        opened(export("support-assistant", ".pptx")),
    ):
        shapes = deck.slides[1].shapes
        frame = next(shape for shape in shapes if shape.name == dots.NAME)
        table = next(shape for shape in shapes if shape.has_table)
        widths = [column.width for column in table.table.columns]
        left = table.left + sum(widths[:2])
        assert left <= frame.left
        assert frame.left + frame.width <= left + widths[2]
        assert frame.width >= widths[2] - Pt(20)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_slide_has_notes_and_their_sources_are_those_of_the_end(name: str) -> None:
    deck, story = opened(export(name, ".pptx")), shipped(name)
    cited: set[int] = set()
    for slide in deck.slides:
        if slide.shapes.title.text_frame.text.startswith("Appendix"):
            continue
        told = slide.notes_slide.notes_text_frame.text
        assert told.strip(), slide.shapes.title.text_frame.text
        for runs in re.findall(r"[Ss]ources ([\d–, ]+)\.", told):
            for run in runs.split(", "):
                first, _, last = run.partition("–")
                cited |= set(range(int(first), int(last or first) + 1))
    assert cited
    assert cited <= {source.number for source in story.sources}


def test_a_list_is_one_text_that_people_can_edit() -> None:
    deck = opened(export("support-assistant", ".pptx"))
    slide = next(s for s in deck.slides if "turning points" in " ".join(texts(s)))
    lists = [s for s in slide.shapes if s.has_text_frame and len(s.text_frame.paragraphs) > 1]
    assert len(lists) == 3


def test_the_cost_of_what_is_knocked_out_is_marked_and_never_the_cheapest() -> None:
    deck = opened(export("support-assistant", ".pptx"))
    slide = next(s for s in deck.slides if "cheapest" in s.shapes.title.text_frame.text)
    assert "of those that meet what is required" in slide.shapes.title.text_frame.text
    chart = next(s.chart for s in slide.shapes if s.has_chart)
    out = [name for name in chart.plots[0].categories if "knocked out" in name]
    assert [name.split(":")[0] for name in out] == ["Anthropic API"]


def test_a_bill_that_is_not_known_says_so() -> None:
    deck, story = opened(export("coding-assistant", ".pptx")), shipped("coding-assistant")
    open_ = [o for o in story.options if not story.cost_of(o.id)]
    assert open_
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    rows = {row.cells[1].text: row.cells[len(row.cells) - 1].text for row in table.rows}
    assert {rows[o.name] for o in open_} == {"not known in full"}


def test_titles_say_who_is_out_and_what_is_not_proven(tmp_path: Path) -> None:
    titles = [
        slide.shapes.title.text_frame.text
        for name in ("support-assistant", "coding-assistant", "high-volume-chat")
        for slide in opened(export(name, ".pptx")).slides
    ]
    assert "1 of 7 options is knocked out; 1 has still to prove what is required" in titles
    assert "None of 10 options is knocked out; 1 has still to prove what is required" in titles
    assert "7 options, and nothing that any of them must meet" in titles
    level = {**SMALL, "id": "level", "alternatives": [
        {"id": x, "name": x, "performance": {"speed": 100, "care": 5}} for x in "ab"
    ]}  # fmt: skip
    first = opened(made(Story(loaded(level, tmp_path)), OPTIONS)).slides[0]
    assert first.shapes.title.text_frame.text == "We recommend a, level with b"


@pytest.mark.parametrize("name", SHIPPED)
def test_no_word_of_a_head_is_broken_and_no_slide_is_left_with_a_row(name: str) -> None:
    for slide in opened(export(name, ".pptx")).slides:
        for table in [s.table for s in slide.shapes if s.has_table]:
            for column, cell in enumerate(table.rows[0].cells):
                for run in (r for p in cell.text_frame.paragraphs for r in p.runs):
                    room = table.columns[column].width.pt - 14
                    for word in map(str.rstrip, fitting.pieces(run.text)):
                        assert fitting.width(word, run.font.size.pt, True) <= room + 1, word
            title = slide.shapes.title.text_frame.text
            assert len(table.rows) > 3 or " of " not in title, title


@pytest.mark.parametrize("full", [0, 1])
def test_rows_are_parted_as_evenly_as_they_can_be(full: int) -> None:
    head, room = [tables.Cell("Head")], [100.0]
    for lines in ([1] * 13, [3, 1, 1, 3, 1, 3, 1, 1, 1], [1, 1, 4, 4, 1, 1, 1, 2, 1, 3], [2] * 9):
        rows = [[tables.Cell("\n".join("x" * each))] for each in lines]
        tall = [tables.height(row, room, 10) for row in rows]
        most, slide = 6, tables.height(head, room, 10) + max(sum(tall) / 3, 2 * max(tall))
        pages, size = tables.paged(head, rows, room, 10, 10, most, slide, full)
        assert size == 10
        assert [row for page in pages for row in page] == rows
        ends = [sum(map(len, pages[:n])) for n in range(full, len(pages) + 1)]
        sums = []
        for inner in combinations(range(ends[0] + 1, len(rows)), len(ends) - 2):
            parts = list(pairwise((ends[0], *inner, len(rows))))
            filled = [sum(tall[a:b]) for a, b in parts]
            has_room = max(filled) + tables.height(head, room, 10) <= slide + 1e-6
            if has_room and max(b - a for a, b in parts) <= most:
                sums.append((sum((b - a) ** 2 for a, b in parts), sum(x**2 for x in filled)))
        own = list(pairwise(ends))
        assert sum((b - a) ** 2 for a, b in own) == min(sums)[0]
        assert sum(sum(tall[a:b]) ** 2 for a, b in own) == pytest.approx(min(sums)[1])


def test_no_row_is_left_alone_past_a_full_slide() -> None:
    rows = [[tables.Cell(str(n))] for n in range(10)]
    for most, counts in ((9, [5, 5]), (7, [7, 3]), (10, [10])):
        pages, _ = tables.paged([tables.Cell("Head")], rows, [100.0], 10, 10, most, 500, 1)
        assert [len(page) for page in pages] == counts


def test_each_line_of_a_long_link_is_a_run_of_its_own() -> None:
    """LibreOffice sets the lines of one link half on each other."""
    long = []
    for slide in opened(export("support-assistant", ".pptx")).slides:
        for table in [s.table for s in slide.shapes if s.has_table]:
            for cell in (cell for row in table.rows for cell in row.cells):
                runs = cell.text_frame.paragraphs[0].runs
                links = {run.hyperlink.address for run in runs}
                long += [runs] * (len(runs) > 1)
                for run in (run for run in runs if run.hyperlink.address):
                    assert links == {run.hyperlink.address}
                    room = table.columns[1].width.pt - 2 * tables.BESIDE + 0.1
                    assert fitting.width(run.text, run.font.size.pt) <= room
    assert long


def test_labels_in_blocks_are_read_on_their_ground() -> None:
    for tint in ground.TINTS:
        assert ground.contrast(ground.Ground().on(tint), tint) >= ground.READ, tint
    assert ground.contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.005), "WCAG's example"


def test_what_may_not_be_parted_stays_together() -> None:
    deck = opened(export("support-assistant", ".pptx"))
    told = " ".join(text for slide in deck.slides for text in texts(slide))
    assert "now 25\u00a0%" in told


def test_the_architecture_of_the_file_is_a_table_of_what_links_its_parts(tmp_path: Path) -> None:
    links = [["desk", "chosen", "questions"], ["chosen", "log"], *[["log", "desk"]] * 30]
    data = SMALL | {"architecture": {"parts": {"desk": "Desk", "log": "Log"}, "links": links}}
    deck = opened(made(Story(loaded(data, tmp_path), samples=500), OPTIONS))
    assert_sound(deck)
    slides = [s for s in deck.slides if "From" in texts(s)]
    assert "A is reached from Desk and passes on to Log (1 of 3)" in texts(slides[0])
    told = [texts(s)[texts(s).index("From") + 3 :] for s in slides]
    assert told[0][:9] == ["Desk", "A", "questions", "A", "Log", "", "Log", "Desk", ""]
    assert sum(map(len, told)) == 3 * 32
    assert "Desk → A: questions" in slides[0].notes_slide.notes_text_frame.text


def test_markup_and_formulas_are_text(tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(hostile(), tmp_path)), OPTIONS))
    assert_sound(deck)
    all_ = " ".join(text for slide in deck.slides for text in texts(slide))
    all_ += " ".join(s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide)
    for text in HOSTILE[4:7]:
        assert text in all_


def test_scripts_with_taller_fonts_have_taller_lines() -> None:
    for word in ("日本語", "منصة", "แพลตฟอร์ม"):
        assert fitting.height(word, 10, 400) == pytest.approx(10 * fitting.TALLER)
    assert fitting.height("Größe – „Ж“ Ω…", 10, 400) == pytest.approx(10 * fitting.LEADING)
    assert fitting.shortened("日本語" * 9, 10, 60, 31).count("\n") == 1


def test_a_long_name_of_a_bar_keeps_its_end() -> None:
    assert fitting.without_middle("short", 11, 200) == "short"
    shown = fitting.without_middle(f"{'Donaudampf' * 9} 18", 11, 200)
    assert shown.endswith(" 18")
    assert "…" in shown
    assert fitting.width(shown, 11) <= 200


def test_a_list_says_how_many_of_its_lines_stand_in_the_notes() -> None:
    deck = Deck("", "", None)
    slide = deck.slide("What is found")
    slide.bullets([f"line {n}" for n in range(40)], 45, 132, 400, 200)
    found = next(iter(opened(deck.saved()).slides))
    *lines, last = next(s for s in found.shapes if "line 0" in s.text).text.split("\n")
    notes = found.notes_slide.notes_text_frame.text.split("\n")
    assert last == f"{len(notes)} more in the notes"
    assert [*lines, *notes] == [f"line {n}" for n in range(40)]


def test_of_a_line_taller_than_its_place_as_much_stands_there_as_has_room() -> None:
    deck, whole = Deck("", "", None), "A long question of many words. " * 90
    deck.slide("What is found").bullets([whole, "more"], 45, 132, 400, 200)
    found = next(iter(opened(deck.saved()).slides))
    first, last = next(s for s in found.shapes if "A long" in s.text).text.split("\n")
    assert last == "1 more in the notes"
    assert whole.startswith(first.removesuffix("…"))
    assert len(first) > 300
    assert whole.strip() in found.notes_slide.notes_text_frame.text


def test_months_below_lines_have_room() -> None:
    months = [str(month) for month in range(1, 37)]
    shown = [list(filter(None, charts.spaced(months, 11, wide))) for wide in (800, 500, 1)]
    assert shown == [months, months[::2], months[::12]]
    assert charts.spaced(months, 11, 500)[:3] == ["1", "", "3"]


def test_a_space_that_binds_is_as_wide_as_any() -> None:
    assert fitting.width("≈\u00a01–90\u00a0days", 11) == fitting.width("≈ 1–90 days", 11)


def test_text_is_cut_only_where_it_does_not_fit() -> None:
    assert fitting.fitted("short", 200, 40, 20) == ("short", 20)
    text, size = fitting.fitted("word " * 200, 200, 40, 20)
    assert size == fitting.LEAST
    assert text.endswith("…")
    assert fitting.height(text, size, 200) <= 40
    for word in ("x" * 400, "日本語" * 60, "كلمة طويلة" * 40):
        lines = fitting.wrapped(word, 12, 100)
        assert all(fitting.width(line, 12) <= 100 for line in lines)
        assert "".join(lines).replace(" ", "") == word.replace(" ", "")


def test_the_file_says_what_it_is_and_nothing_of_the_template() -> None:
    file = opened(export("support-assistant", ".pptx"))
    about = file.core_properties
    assert about.title == "Platform for the support assistant"
    assert (about.author, about.last_modified_by, about.created.year) == ("", "", 2026)
    told = [part.partname for part in file.part.package.iter_parts()]
    assert not [name for name in told if name.startswith("/docProps/") and "core" not in name]
