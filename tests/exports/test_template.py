"""Decks on a company's template: its layouts and colours are used, its slides are not."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from selector.domain.problem import UsageError
from selector.report import palette
from selector.report.exports import Options
from selector.report.exports.as_deck import made
from selector.report.exports.deck import dots, ground
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.template import SLIDES
from selector.report.exports.deck.template import opened as opened_as_template
from tests.exports.made import export, shipped
from tests.exports.test_deck import assert_sound, opened

NAMES = ("Deckblatt", "Titel und Inhalt", "Kapiteltrenner", "Zwei Spalten", "Vergleich",
         "Nur Titel", "Leer", "Mit Text", "Mit Bild", "Senkrecht", "Ganz senkrecht")  # fmt: skip
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def company(folder: Path, colours: dict[str, str], names: tuple[str, ...] = ()) -> Path:
    """A template with a theme of its own; with names of its own, its layouts are of no kind."""
    own = Presentation()
    own.slide_width, own.slide_height = Pt(960), Pt(540)
    for part in (own.slide_master, *own.slide_layouts):
        for holder in part.placeholders:
            if holder._element.spPr.find(f"{_A}xfrm") is not None:
                holder.left, holder.width = holder.left * 4 // 3, holder.width * 4 // 3
                holder.top, holder.height = holder.top, holder.height
    for layout, name in zip(own.slide_layouts, names, strict=False):
        layout.name = name
        layout.element.attrib.pop("type", None)
    part = own.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for slot, colour in colours.items():
        for node in theme.iter(f"{_A}{slot}"):
            for old in list(node):
                node.remove(old)
            etree.SubElement(node, f"{_A}srgbClr", val=colour)
    part._blob = etree.tostring(theme)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Ours alone"
    own.save(str(folder / "company.pptx"))
    return folder / "company.pptx"


def layouts(deck: Any) -> dict[str, set[str]]:
    """The layouts in use, by what stands on the slides."""
    found: dict[str, set[str]] = {}
    for number, slide in enumerate(deck.slides):
        shapes = list(slide.shapes)
        title = slide.shapes.title.text_frame.text
        is_chart = any(s.has_chart and s.name != "Scores" for s in shapes)
        kind = "section" if title.startswith("Appendix") else "title" if not number else ""
        kind = kind or ("chart" if is_chart else "table" if any(s.has_table for s in shapes) else
                        "columns")  # fmt: skip
        found.setdefault(kind, set()).add(slide.slide_layout.name)
    return found


def test_each_slide_of_ours_stands_on_the_layout_of_its_kind() -> None:
    deck = opened(export("support-assistant", ".pptx"))
    assert layouts(deck) == {
        "title": {"Title"}, "section": {"Section"}, "chart": {"Chart"}, "table": {"Table"},
        "columns": {"Two columns"},
    }  # fmt: skip
    for layout in deck.slide_layouts:
        kinds = [p.placeholder_format.type.name for p in layout.placeholders]
        assert kinds[0] in ("TITLE", "CENTER_TITLE"), layout.name
        assert len(kinds) > 1, layout.name
    for slide in deck.slides:
        for shape in slide.placeholders:
            has_text = shape.has_text_frame and shape.text_frame.text
            assert has_text or shape.has_chart or shape.has_table, "none is left empty"
        charts = [s for s in slide.shapes if s.has_chart and s.name != "Scores"]
        assert all(s.is_placeholder for s in charts + [s for s in slide.shapes if s.has_table])


@pytest.mark.parametrize("names", [(), NAMES])
def test_a_company_s_layouts_are_found_by_kind_name_or_parts(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path = company(tmp_path, {"accent1": "B3122D"}, names)
    deck = opened(made(shipped("support-assistant"), Options(path)))
    assert_sound(deck)
    title, content, section, two = (
        (NAMES[0], NAMES[1], NAMES[2], NAMES[3])
        if names
        else ("Title Slide", "Title and Content", "Section Header", "Two Content")
    )
    assert layouts(deck) == {
        "title": {title}, "section": {section}, "chart": {content}, "table": {content},
        "columns": {two},
    }  # fmt: skip
    assert "Ours alone" not in [s.shapes.title.text_frame.text for s in deck.slides]
    whole = "".join(s.element.xml for slide in deck.slides for s in slide.shapes)
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    drawn = "".join(chart._chartSpace.xml for chart in charts)
    assert "B3122D" in drawn, "blocks are in the company's first accent"
    assert ground.TINTS[0] not in whole + drawn


def test_on_a_dark_template_all_is_read(tmp_path: Path) -> None:
    dark = "0B1B2B"
    path = company(tmp_path, {"dk1": "FFFFFF", "lt1": dark, "accent1": "2FB5A8"})
    deck = opened(made(shipped("high-volume-chat"), Options(path)))
    assert_sound(deck)
    for slide in deck.slides:
        for shape in slide.shapes:
            frames = [(shape.text_frame, dark)] if shape.has_text_frame else []
            cells = [c for r in shape.table.rows for c in r.cells] if shape.has_table else []
            for cell in cells:
                is_filled = cell.fill.type is not None and cell.fill.type == 1
                frames.append(
                    (cell.text_frame, str(cell.fill.fore_color.rgb) if is_filled else dark)
                )
            for frame, paper in frames:
                for run in (run for p in frame.paragraphs for run in p.runs):
                    if run.font.color.type is not None:
                        ink = str(run.font.color.rgb)
                        assert ground.contrast(ink, paper) >= ground.READ, (run.text, ink, paper)
    links = [link for slide in deck.slides for link in slide.element.iter(f"{_A}hlinkClick")]
    assert links
    assert all("hlinkClr" in etree.tostring(link).decode() for link in links), "as their text"
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    drawn = "".join(chart._chartSpace.xml for chart in charts).lower()
    assert palette.DARK[0][1:] in drawn
    assert palette.LIGHT[0][1:] not in drawn


@pytest.mark.parametrize(("wide", "tall"), [(720, 540), (2000, 1500), (690, 380), (720, 720)])
def test_on_slides_of_another_size_nothing_is_too_small_to_read(
    tmp_path: Path, wide: int, tall: int
) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Pt(wide), Pt(tall)
    path = tmp_path / "own.pptx"
    own.save(str(path))
    deck = opened(made(shipped("high-volume-chat"), Options(path)))
    assert_sound(deck)
    if (wide, tall) != (720, 540):
        return
    charts = [s for slide in deck.slides for s in slide.shapes if s.has_chart]
    ends = [s.top + s.height for s in charts if s.name != dots.NAME]
    assert min(ends) > 0.85 * deck.slide_height, "charts use the height that there is"
    lists = [s for slide in deck.slides for s in slide.shapes
             if s.has_text_frame and len(s.text_frame.paragraphs) > 2]  # fmt: skip
    runs = [s.text_frame.paragraphs[0].runs[0].font.size.pt for s in lists]
    assert runs
    assert min(runs) >= 11, "lists use it too"
    assert max(runs) >= 16, "and are at most as large as on our own slides"


def test_links_are_read_on_our_slides_and_in_a_company_s_own_colour_on_theirs(
    tmp_path: Path,
) -> None:
    for template, own in ((None, ""), (company(tmp_path, {"hlink": "8A1538"}), "8A1538")):
        deck = opened(made(shipped("support-assistant"), Options(template)))
        master = deck.slide_master
        theme = etree.fromstring(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
        told = [next(theme.iter(_A + slot))[0].get("val") for slot in ("hlink", "folHlink")]
        assert own in ("", told[0])
        if not own:
            assert all(ground.contrast(colour, ground.PAPER) >= ground.READ for colour in told)
            assert "0000FF" not in told
        assert "hlinkClr" not in "".join(s.element.xml for s in deck.slides)


@pytest.mark.parametrize(
    "part",
    ["ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml", "docProps/core.xml",
     "ppt/slideLayouts/slideLayout6.xml", "ppt/_rels/presentation.xml.rels"],
)  # fmt: skip
def test_a_template_with_a_broken_part_is_told(tmp_path: Path, part: str) -> None:
    whole, path = io.BytesIO(), tmp_path / "own.pptx"
    Presentation().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<a/>" if name == part else old.read(name))
    with pytest.raises(UsageError, match="name a PowerPoint file"):
        made(shipped("high-volume-chat"), Options(path))


def test_a_template_of_tiny_slides_is_told(tmp_path: Path) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = Pt(72), Pt(72)
    own.save(str(tmp_path / "own.pptx"))
    with pytest.raises(UsageError, match="smaller than"):
        made(shipped("high-volume-chat"), Options(tmp_path / "own.pptx"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"<xml/>"])
def test_a_template_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.pptx"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"name a PowerPoint file"):
        made(shipped("high-volume-chat"), Options(path))


@pytest.mark.parametrize(
    "kind",
    ["openxmlformats-officedocument.presentationml.template",
     "ms-powerpoint.presentation.macroEnabled"],
)  # fmt: skip
def test_a_template_of_powerpoint_s_own_kinds_is_taken(tmp_path: Path, kind: str) -> None:
    own, made_of = tmp_path / "company.potx", company(tmp_path, {})
    with zipfile.ZipFile(made_of) as parts, zipfile.ZipFile(own, "w") as copy:
        for name in parts.namelist():
            part = parts.read(name)
            if name == "[Content_Types].xml":
                assert SLIDES in part
                part = part.replace(SLIDES, f"application/vnd.{kind}.main+xml".encode())
                part = part.replace(
                    b"<Override ", b'<Default Extension="bin" ContentType="a/b"/><Override ', 1
                )
            if name == "ppt/_rels/presentation.xml.rels":
                macros = b'<Relationship Id="rId99" Type="x/vbaProject" Target="vba.bin"/>'
                part = part.replace(b"</Relationships>", macros + b"</Relationships>")
            copy.writestr(name, part)
        copy.writestr("ppt/vba.bin", b"macros")
    for given in (own, io.BytesIO(own.read_bytes())):
        file, _ = opened_as_template(given)
        content = io.BytesIO()
        file.save(content)
        assert not len(Presentation(content).slides)
        with zipfile.ZipFile(content) as parts:
            assert "ppt/vba.bin" not in parts.namelist()
            assert SLIDES in parts.read("[Content_Types].xml")


@pytest.mark.parametrize("number", [5, 6, 10])
def test_on_a_layout_without_place_for_a_cover_titles_are_titles_and_lie(
    tmp_path: Path, number: int
) -> None:
    own = Presentation(str(company(tmp_path, {})))
    for place, layout in reversed(list(enumerate(own.slide_layouts))):
        if place != number:
            for slide in list(own.slides._sldIdLst):
                own.part.drop_rel(slide.rId)
                own.slides._sldIdLst.remove(slide)
            own.slide_layouts.remove(layout)
    own.save(str(tmp_path / "one.pptx"))
    deck = Deck("", "", tmp_path / "one.pptx")
    deck.cover("The finding", ["a line", "another"], [])
    deck.slide("What is found")
    deck = opened(deck.saved())
    for slide, told in zip(deck.slides, ("The finding", "What is found"), strict=True):
        title = slide.shapes.title
        assert title.text_frame.text == told
        assert title.text_frame._bodyPr.get("vert") == "horz"
        assert title.width > 3 * title.height
    cover = next(iter(deck.slides))
    assert cover.shapes.title.top > deck.slide_height / 8, "as a cover, not as a head"
    lines = next(s for s in cover.shapes if s.has_text_frame and "a line" in s.text_frame.text)
    assert [p.text for p in lines.text_frame.paragraphs] == ["a line", "another"]


def test_a_cell_without_a_word_is_no_taller_than_its_type() -> None:
    deck = opened(export("support-assistant", ".pptx"))
    tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]
    empty = [
        p for t in tables for c in t.iter_cells() for p in c.text_frame.paragraphs if not p.text
    ]
    assert empty
    assert all(1000 <= int(p._p.xpath("a:endParaRPr/@sz")[0]) <= 1600 for p in empty)
