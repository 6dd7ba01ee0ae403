"""Text and cells as the elements of DrawingML: ten times as fast as one property after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CLOSE = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
_AS_TEXT = (  # a link in the colour of its text, not in that of the theme
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr val="tx" '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"/></a:ext>'
    "</a:extLst>"
)
_NAMES = f'xmlns:a="{DRAWING}" xmlns:r="{_R}"'


class Look(NamedTuple):
    """How a paragraph looks: type and the room `after` it in points, `ink` as RRGGBB.

    `link` is a relation's id; its colour is the theme's or, `as_text`, the ink. `bold` of None and
    no `ink` leave it to the layout. `plain` paragraphs have no bullets or distances of a layout; a
    `is_bare` one keeps its alignment.
    """

    size: float
    bold: bool | None
    ink: str
    right: bool = False
    link: str = ""
    after: float = 0
    plain: bool = False
    is_bare: bool = False
    as_text: bool = False


def paragraph(runs: Sequence[str], look: Look) -> str:
    """Return a paragraph of these runs, in one look; one of none is as tall as one of any."""
    inside = _AS_TEXT if look.as_text else ""
    click = f'<a:hlinkClick r:id="{look.link}">{inside}</a:hlinkClick>' if look.link else ""
    fill = f'<a:solidFill><a:srgbClr val="{look.ink}"/></a:solidFill>' if look.ink else ""
    bold = ' cap="none"' if look.bold is None else f' b="{int(look.bold)}"'
    head = (
        f'<a:r><a:rPr lang="en-GB" sz="{round(look.size * 100)}"{bold} dirty="0">'
        f"{fill}{click}</a:rPr><a:t>"
    )
    told = "".join(f"{head}{escape(run)}</a:t></a:r>" for run in runs if run)
    told = told or f'<a:endParaRPr lang="en-GB" sz="{round(look.size * 100)}" dirty="0"/>'
    room = f'<a:spcAft><a:spcPts val="{round(look.after * 100)}"/></a:spcAft>'
    room = room if look.after or look.plain else ""
    aligned = "" if look.is_bare else f' algn="{"r" if look.right else "l"}"'
    if look.plain:
        aligned += ' marL="0" indent="0"'
        room = f"{_CLOSE}{room}<a:buNone/>"
    return f"<a:p><a:pPr{aligned}>{room}</a:pPr>{told}</a:p>"


def cell(inside: str, margins: tuple[int, int], anchor: str, fill: str, line: str) -> Any:
    """Return a cell of a table around a paragraph, with a line below; lengths in EMU."""
    wide, tall = margins
    ground = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    return parsed(
        f'<a:tc {_NAMES}><a:txBody><a:bodyPr wrap="square"/><a:lstStyle/>{inside}</a:txBody>'
        f'<a:tcPr marL="{wide}" marR="{wide}" marT="{tall}" marB="{tall}" anchor="{anchor}">'
        f'<a:lnB w="6350"><a:solidFill><a:srgbClr val="{line}"/></a:solidFill></a:lnB>'
        f"{ground}</a:tcPr></a:tc>"
    )


def paragraphs(inside: str) -> list[Any]:
    """Return paragraphs as elements."""
    return list(parsed(f"<a:txBody {_NAMES}>{inside}</a:txBody>"))


def titled(box: Any) -> None:
    """Let a box be the title of its slide, as screen readers and outlines find it."""
    box.nvSpPr.cNvSpPr.attrib.pop("txBox", None)
    box.nvSpPr.cNvPr.set("name", "Title")
    box.nvSpPr.nvPr.insert(0, parsed(f'<p:ph xmlns:p="{PRESENTATION}" type="title"/>'))


def plain(frame: Any) -> None:
    """A table without the banding and colours of the default style."""
    table = frame._element.graphic.graphicData.tbl
    properties = table.tblPr
    for flag in ("bandRow", "firstRow"):
        properties.set(flag, "0")
    for style in list(properties):
        if style.tag.endswith("tableStyleId"):
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid


def parsed(text: str) -> Any:
    """Return the element that our own text stands for."""
    from pptx.oxml import parse_xml

    return parse_xml(text)
