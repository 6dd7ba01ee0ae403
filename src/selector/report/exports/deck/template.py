"""The template of the deck: our own master, or a company's file."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from selector.domain.problem import UsageError
from selector.report.exports.deck.frame import (
    BETWEEN,
    HEIGHT,
    LEFT,
    ROOM,
    TITLE_TALL,
    TITLE_TOP,
    TOP,
)
from selector.report.exports.deck.ground import grounded
from selector.report.exports.deck.layouts import FEET, Layouts, matched
from selector.report.exports.deck.markup import parsed

LINK, VISITED = "30365F", "5B6773"
ACCENTS = ("30365F", "0072B2", "C2410C", "00795C", "9A3B86", "7A5C00")
NAMES = {0: "Title", 1: "Table", 2: "Section", 3: "Two columns", 7: "Chart"}
"""Our layouts by their place in the file that python-pptx starts from; the rest are taken out."""
MOST_BYTES = 50_000_000
MOST_UNPACKED = 200_000_000
_TITLE_BOX = (LEFT, TITLE_TOP, ROOM, TITLE_TALL)
_HALF = (ROOM - BETWEEN) / 2
_CHART = 0.66 * ROOM
PLACES = {
    "Title": ((LEFT, 96, ROOM, 170), (LEFT, 286, ROOM, 190)),
    "Section": ((LEFT, 120, ROOM, 120), (LEFT, 268, ROOM, 120)),
    "Table": (_TITLE_BOX, (LEFT, TOP, ROOM, HEIGHT)),
    "Chart": (_TITLE_BOX, (LEFT, TOP, _CHART, HEIGHT),
              (LEFT + _CHART + 24, TOP, ROOM - _CHART - 24, HEIGHT)),
    "Two columns": (_TITLE_BOX, (LEFT, TOP, _HALF, HEIGHT),
                    (LEFT + _HALF + BETWEEN, TOP, _HALF, HEIGHT)),
}  # fmt: skip
"""Where title and contents of our layouts stand, in points."""
PARTS = ("Title", "Section")  # that open a deck or a part
KINDS = {"Table": ("tbl", "tbl"), "Chart": ("chartAndTx", "chart")}
"""What those are in the file format that are made from a layout of another kind."""
LEAST_WIDE, LEAST_TALL = 24 * 360_000, 13 * 360_000  # EMU: on less, type of 10 pt has no room
OF_TEMPLATE = ("/extended-properties", "/thumbnail")  # what a package tells of the template itself
TYPES = "[Content_Types].xml"
KIND = re.compile(
    rb"application/[\w.-]+\.(?:presentation|template|slideshow)(?:\.macroEnabled)?\.main\+xml"
)
SLIDES = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def opened(template: Path | BinaryIO | None) -> tuple[Any, Layouts]:
    """Return an empty presentation and its layouts.

    UsageError where the company's template cannot be read.
    """
    from pptx import Presentation

    if template is None:
        file = Presentation(io.BytesIO(_ours()))
        by_name = {layout.name: layout for layout in file.slide_layouts}
        return file, Layouts(*(by_name[name] for name in ("Title", "Section", "Chart", "Table",
                                                          "Two columns")))  # fmt: skip
    is_path = isinstance(template, Path)
    wrong = f"{template if is_path else 'the file'} cannot be used as a template"
    try:
        if isinstance(template, Path) and template.stat().st_size > MOST_BYTES:
            raise UsageError(f"{wrong}: it is larger than 50 MB; leave its pictures out")
        with zipfile.ZipFile(template) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise UsageError(f"{wrong}: it unpacks to more than 200 MB; leave its pictures out")
            if set(re.findall(KIND, parts.read(TYPES))) != {SLIDES}:
                template = _as_slides(parts)
        file = Presentation(str(template) if isinstance(template, Path) else template)
        return file, _usable(file, wrong)
    except OSError as error:
        raise UsageError(f"{wrong} ({error.strerror}); name a PowerPoint file") from None
    except UsageError:
        raise
    except Exception:  # zip, XML and package errors of many kinds
        raise UsageError(f"{wrong}; name a PowerPoint file (.pptx or .potx)") from None


def signed(file: Any, title: str, comments: str, day: date) -> None:
    """Say in a file's properties what it is; nothing is left of who made the template, and when."""
    about = file.core_properties
    for name in ("author", "last_modified_by", "keywords", "subject", "category"):
        setattr(about, name, "")
    about.title, about.comments, about.revision = title, comments, 1
    about.created = about.modified = datetime.combine(day, time())
    package = file.part.package
    for told in [r.rId for r in package._rels.values() if r.reltype.endswith(OF_TEMPLATE)]:
        package.drop_rel(told)


def _as_slides(parts: zipfile.ZipFile) -> BinaryIO:
    """A template (.potx) or a file with macros (.pptm) as slides, which it is but for its type."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in parts.namelist():
            part = parts.read(name)
            copy.writestr(name, re.sub(KIND, SLIDES, part) if name == TYPES else part)
    content.seek(0)
    return content


def _usable(file: Any, wrong: str) -> Layouts:
    """The layouts of a template without its slides. UsageError where none can bear ours."""
    _emptied(file)
    if not len(file.slide_layouts):
        raise UsageError(f"{wrong}: it has no layouts; name another file")
    if file.slide_width < LEAST_WIDE or file.slide_height < LEAST_TALL:
        raise UsageError(f"{wrong}: its slides are smaller than 24 × 13 cm; name another")
    _ = file.core_properties.title
    found = matched(file)
    for layout in found:
        grounded(layout)  # a theme that cannot be read is told now
    return found


def _emptied(file: Any) -> None:
    """Take out the slides of a template and its macros, so that only its master is left."""
    slides = file.slides._sldIdLst
    for slide in list(slides):
        file.part.drop_rel(slide.rId)
        slides.remove(slide)
    for macros in [r.rId for r in file.part.rels.values() if r.reltype.endswith("/vbaProject")]:
        file.part.drop_rel(macros)


def _bar(layout: Any, under: int) -> None:
    """A short bar in our own colour between title and lines of the head of a part."""
    from pptx.util import Pt

    shape = (
        f'<p:sp xmlns:p="{_P[1:-1]}" xmlns:a="{_A[1:-1]}"><p:nvSpPr>'
        '<p:cNvPr id="99" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{Pt(LEFT)}" y="{under - Pt(14)}"/><a:ext cx="{Pt(64)}" cy="{Pt(4)}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
    )
    layout.shapes._spTree.append(parsed(shape))


def _placed(holders: Any, *boxes: tuple[float, float, float, float]) -> None:
    from pptx.util import Pt

    for holder, box in zip(holders, boxes, strict=True):
        holder.left, holder.top, holder.width, holder.height = map(Pt, box)


@cache
def _ours() -> bytes:
    """Our template: wide, five layouts, our colours and type."""
    from pptx import Presentation
    from pptx.util import Pt

    file = Presentation()
    file.slide_width, file.slide_height = Pt(960), Pt(540)
    for place, layout in reversed(list(enumerate(file.slide_layouts))):
        if place not in NAMES:
            file.slide_layouts.remove(layout)
        else:
            layout.name = NAMES[place]
    master = file.slide_master
    for part in (master, *file.slide_layouts):
        for holder in list(part.placeholders):
            if holder.placeholder_format.type.name in FEET:
                holder.element.getparent().remove(holder.element)
    _placed(master.placeholders, _TITLE_BOX, (LEFT, TOP, ROOM, HEIGHT))
    for layout in file.slide_layouts:
        _placed(layout.placeholders, *PLACES[layout.name])
        if layout.name in KINDS:
            kind, holder = KINDS[layout.name]
            layout.element.set("type", kind)
            layout.placeholders[1].element.ph.set("type", holder)
        for style in layout.element.iter(f"{_A}lvl1pPr", f"{_A}defRPr"):
            for said in ("cap", "algn", "b"):
                style.attrib.pop(said, None)
            for pale in style.findall(f"{_A}solidFill"):
                style.remove(pale)
        if layout.name in PARTS:
            for holder, anchor in zip(layout.placeholders, ("b", "t"), strict=True):
                holder.text_frame._bodyPr.set("anchor", anchor)
            _bar(layout, layout.placeholders[1].top)
    for style in master.element.iter(f"{_P}titleStyle"):
        for told in style.iter(f"{_A}lvl1pPr"):
            told.set("algn", "l")
        for told in style.iter(f"{_A}defRPr"):
            told.set("b", "1")
    _coloured(master)
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def _coloured(master: Any) -> None:
    """Set the theme's colours and typefaces."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    colours = dict(zip(("dk1", "lt1", "dk2", "lt2"), ("17202A", "FFFFFF", "30365F", "F4F6F8"),
                       strict=True))  # fmt: skip
    colours |= {f"accent{n}": colour for n, colour in enumerate(ACCENTS, 1)}
    colours |= {"hlink": LINK, "folHlink": VISITED}
    for name, colour in colours.items():
        for slot in theme.iter(f"{_A}{name}"):
            for old in list(slot):
                slot.remove(old)
            etree.SubElement(slot, f"{_A}srgbClr", val=colour)
    for font in (*theme.iter(f"{_A}majorFont"), *theme.iter(f"{_A}minorFont")):
        font.find(f"{_A}latin").set("typeface", "Arial")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
