"""Which layout of a template each slide stands on: by its kind, then its name, then its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

FEET = ("DATE", "FOOTER", "SLIDE_NUMBER")
TITLES = ("TITLE", "CENTER_TITLE")
MOST_DOWN, LEAST_WIDE = 0.3, 0.5  # of a slide: where a title over content begins, how wide it is

WIDER = {
    "verdana": 1.18, "montserrat": 1.18, "courier": 1.22, "consolas": 1.12, "poppins": 1.15,
    "century gothic": 1.12, "lucida sans": 1.12, "work sans": 1.1, "open sans": 1.08,
    "noto sans": 1.08, "inter": 1.08, "raleway": 1.08, "georgia": 1.06, "rockwell": 1.06,
}  # fmt: skip
"""Typefaces that run wider than Arial, by so much at most."""


class Layouts(NamedTuple):
    """The layouts of the slides, by what stands on them."""

    title: Any
    section: Any
    chart: Any
    table: Any
    columns: Any


class _Wish(NamedTuple):
    """What a layout is known by: kinds of the file format, and words of its name."""

    kinds: tuple[str, ...]
    name: str


_TITLE = _Wish(("title",), r"title slide|cover|titelfolie|deckblatt|titre|portada")
_SECTION = _Wish(("secHead",), r"section|divider|chapter|abschnitt|kapitel")
_CHART = _Wish(("chart",), r"\bcharts?\b|\bgraphs?\b|diagramm?\b")
_TABLE = _Wish(("tbl",), r"\btables?\b(?! of)|tabelle")
_COLUMNS = _Wish(("twoObj", "twoColTx"), r"\btwo\b|\b2\b|columns?\b|spalten|zwei")
_CONTENT = _Wish(("obj", "titleOnly"), r"title and content|titel und inhalt|title only")


def matched(file: Any) -> Layouts:
    """Return the layouts of a company's file, which has at least one."""
    layouts = list(file.slide_layouts)

    def over_content(layout: Any) -> bool:
        title = _title(layout, TITLES[:1])
        if title is None or None in (title.top, title.width):
            return False
        is_high = title.top <= MOST_DOWN * file.slide_height
        return bool(is_high and title.width >= LEAST_WIDE * file.slide_width)

    def two(layout: Any) -> bool:
        return over_content(layout) and len(bodies(layout)) == 2

    usable = list(filter(over_content, layouts))
    plain = min(usable or layouts, key=_distance)
    content = next(_found(usable, _CONTENT), plain)
    return Layouts(
        next(_found(layouts, _TITLE, lambda x: _title(x, TITLES) is not None), plain),
        next(_found(layouts, _SECTION, lambda x: _title(x, TITLES) is not None), plain),
        next(_found(usable, _CHART), content),
        next(_found(usable, _TABLE), content),
        next(_found(usable, _COLUMNS, two), next(filter(two, usable), content)),
    )


def opens(layout: Any) -> bool:
    """Return whether a layout is one to open a deck or a part, not one for content."""
    return any(next(_found([layout], wish), None) is not None for wish in (_TITLE, _SECTION))


def kinds(layout: Any) -> list[str]:
    """Return the kinds of the placeholders of a layout."""
    return [p.placeholder_format.type.name for p in layout.placeholders]


def bodies(layout: Any) -> list[str]:
    """Return the kinds of the placeholders that content stands in."""
    return [kind for kind in kinds(layout) if kind not in (*TITLES, *FEET)]


def _found(
    layouts: Sequence[Any], wish: _Wish, suits: Callable[[Any], bool] = lambda _: True
) -> Iterator[Any]:
    """The layouts that are wished for, the surest first."""
    suited = list(filter(suits, layouts))
    for kind in wish.kinds:
        yield from (x for x in suited if x.element.get("type") == kind)
    yield from (x for x in suited if re.search(wish.name, x.name or "", re.IGNORECASE))


def _title(layout: Any, of: Sequence[str]) -> Any:
    return next((p for p in layout.placeholders if p.placeholder_format.type.name in of), None)


def _distance(layout: Any) -> tuple[bool, int]:
    """A layout with a title and little else comes first."""
    return "TITLE" not in kinds(layout), len(bodies(layout))


def typeface(layout: Any) -> float:
    """Return how much wider than Arial the type of a layout's theme runs; 1 where no wider."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    theme = layout.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    found = [
        told.get("typeface", "").lower()
        for font in etree.fromstring(theme.blob).iter(f"{drawing}majorFont", f"{drawing}minorFont")
        for told in font.iter(f"{drawing}latin")
    ]
    return max((more for name in found for known, more in WIDER.items() if name.startswith(known)),
               default=1.0)  # fmt: skip
