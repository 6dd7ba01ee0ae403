"""The template of the deck: our own master, or a company's file."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from selector.domain.problem import UsageError

ACCENTS = ("30365F", "0072B2", "C2410C", "00795C", "9A3B86", "7A5C00")
NAMES = {0: "Title", 2: "Section", 3: "Two columns", 5: "Table", 6: "Chart"}
"""Our layouts by their place in the file that python-pptx starts from; the rest are taken out."""
MOST_BYTES = 50_000_000
MOST_UNPACKED = 200_000_000
LEAST_WIDE, LEAST_TALL = 24 * 360_000, 13 * 360_000  # EMU: on less, type of 10 pt has no room
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class Layouts(NamedTuple):
    """The layouts that slides stand on."""

    content: Any
    section: Any


def opened(template: Path | BinaryIO | None) -> tuple[Any, Layouts]:
    """Return an empty presentation and its layouts.

    UsageError where the company's template cannot be read.
    """
    from pptx import Presentation

    if template is None:
        file = Presentation(io.BytesIO(_ours()))
        by_name = {layout.name: layout for layout in file.slide_layouts}
        return file, Layouts(by_name["Table"], by_name["Section"])
    is_path = isinstance(template, Path)
    wrong = f"{template if is_path else 'the file'} cannot be used as a template"
    try:
        if isinstance(template, Path) and template.stat().st_size > MOST_BYTES:
            raise UsageError(f"{wrong}: it is larger than 50 MB; leave its pictures out")
        with zipfile.ZipFile(template) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise UsageError(f"{wrong}: it unpacks to more than 200 MB; leave its pictures out")
        file = Presentation(str(template) if is_path else template)
        return file, _usable(file, wrong)
    except OSError as error:
        raise UsageError(f"{wrong} ({error.strerror}); name a PowerPoint file") from None
    except UsageError:
        raise
    except Exception:  # zip, XML and package errors of many kinds
        raise UsageError(f"{wrong}; name a PowerPoint file (.pptx)") from None


def _usable(file: Any, wrong: str) -> Layouts:
    """The layouts of a template without its slides. UsageError where none can bear ours."""
    _emptied(file)
    if not len(file.slide_layouts):
        raise UsageError(f"{wrong}: it has no layouts; name another file")
    if file.slide_width < LEAST_WIDE or file.slide_height < LEAST_TALL:
        raise UsageError(f"{wrong}: its slides are smaller than 24 × 13 cm; name another")
    _ = file.core_properties.title
    content = min(file.slide_layouts, key=_distance)
    titled = [layout for layout in file.slide_layouts if _kinds(layout)[:1] == ["TITLE"]]
    section = next((x for x in titled if "section" in x.name.lower()), content)
    return Layouts(content, section)


def _kinds(layout: Any) -> list[str]:
    return [p.placeholder_format.type.name for p in layout.placeholders]


def _distance(layout: Any) -> tuple[bool, int]:
    """A layout with a title and little else comes first."""
    kinds = _kinds(layout)
    body = [k for k in kinds if k not in ("TITLE", "DATE", "FOOTER", "SLIDE_NUMBER")]
    return "TITLE" not in kinds, len(body)


def _emptied(file: Any) -> None:
    """Take out the slides of a template, so that only its master is left."""
    slides = file.slides._sldIdLst
    for slide in list(slides):
        file.part.drop_rel(slide.rId)
        slides.remove(slide)


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
    for holder in master.placeholders:
        kind = holder.placeholder_format.type.name
        if kind == "TITLE":
            holder.left, holder.top, holder.width, holder.height = Pt(45), Pt(26), Pt(870), Pt(72)
        elif kind == "BODY":
            holder.left, holder.top, holder.width, holder.height = Pt(45), Pt(124), Pt(870), Pt(370)
        else:
            holder.element.getparent().remove(holder.element)
    for layout in file.slide_layouts:
        for holder in list(layout.placeholders):
            if holder.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER"):
                holder.element.getparent().remove(holder.element)
                continue
            scale = 960 / 720
            holder.left, holder.width = round(holder.left * scale), round(holder.width * scale)
            if layout.name != "Title" and "TITLE" in holder.placeholder_format.type.name:
                holder.left, holder.top = Pt(45), Pt(26)
                holder.width, holder.height = Pt(870), Pt(72)
        for shouted in layout.element.iter(f"{_A}defRPr"):
            shouted.attrib.pop("cap", None)
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
    for name, colour in colours.items():
        for slot in theme.iter(f"{_A}{name}"):
            for old in list(slot):
                slot.remove(old)
            etree.SubElement(slot, f"{_A}srgbClr", val=colour)
    for font in (*theme.iter(f"{_A}majorFont"), *theme.iter(f"{_A}minorFont")):
        font.find(f"{_A}latin").set("typeface", "Arial")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
