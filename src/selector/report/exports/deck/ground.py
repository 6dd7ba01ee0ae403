"""The colours of a deck: ours, or what a company's theme has for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector.report import palette

INK, QUIET, LINE, PAPER = "17202A", "5B6773", "D7DDE3", "FFFFFF"
EDGE = "89A2C9"  # between blocks side by side
ACCENT, WARN, WASH, RIM = "30365F", "8A4B00", "F4F6F8", "A9B2BB"
TINTS = ("262B52", "3F5588", "5874A8", "89A2C9", "AEC0DA", "CBD6E6", "DFE5EE", "ECEFF4")
READ = 4.5  # least contrast of text to its ground
_STEPS = (-0.3, 0.0, 0.2, 0.42, 0.58, 0.72, 0.83, 0.91)  # of an accent to black, to white
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
LINKS = ("hlink", "folHlink")
_SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), *LINKS)
_ROLES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


class Ground:
    """Colours as RRGGBB for what stands on a layout; by our own names, ours where none differ."""

    def __init__(self, own: Mapping[str, str] | None = None, has_links: bool = True) -> None:
        self._own = own or {}
        self.has_links = has_links  # in a colour that is read

    def __call__(self, colour: str) -> str:
        """Return what stands for one of our colours."""
        return self._own.get(colour, colour)

    def on(self, colour: str) -> str:
        """Return the ink that is best read on a colour: dark, or that of paper."""
        return max((INK, PAPER), key=lambda ink: contrast(ink, colour))


def grounded(layout: Any) -> Ground:
    """Return the colours of a company's layout."""
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    master = layout.slide_master
    theme = etree.fromstring(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    scheme = {}
    for slot in _SLOTS:
        told = next((x for node in theme.iter(_A + slot) for x in node), None)
        if told is not None:
            scheme[slot] = (told.get("lastClr") or told.get("val") or "").upper()
    roles = next(master.element.iter(f"{_P}clrMap"), None)
    called = {role: roles.get(role, slot) if roles is not None else slot
              for role, slot in _ROLES.items()}  # fmt: skip

    def named(name: str) -> str:
        found = scheme.get(called.get(name, name), "")
        return found if _is_colour(found) else ""

    paper = _behind(layout, named) or _behind(master, named) or named("bg1") or PAPER
    inks = [ink for ink in (named("tx1"), named("bg1")) if ink and contrast(ink, paper) >= READ]
    ink = inks[0] if inks else max((INK, PAPER), key=lambda each: contrast(each, paper))
    accent = named("accent1") or TINTS[1]
    own = {
        INK: ink, PAPER: paper, LINE: mixed(ink, paper, 0.84), RIM: mixed(ink, paper, 0.6),
        WASH: mixed(ink, paper, 0.95), ACCENT: accent if contrast(accent, paper) >= 3 else ink,
        QUIET: _quiet(ink, paper), WARN: _read(WARN, paper, ink), EDGE: mixed(accent, PAPER, 0.42),
    }  # fmt: skip
    for tint, step in zip(TINTS, _STEPS, strict=True):
        own[tint] = mixed(accent, "000000" if step < 0 else "FFFFFF", abs(step))
    if contrast(PAPER, paper) > contrast(INK, paper):  # as on the pages that are dark
        twins = zip(palette.LIGHT, palette.DARK, strict=True)
        own |= {light[1:].upper(): dark[1:].upper() for light, dark in twins}
    links = [named(slot) for slot in LINKS]
    return Ground(own, all(link and contrast(link, paper) >= READ for link in links))


def _behind(part: Any, named: Any) -> str:
    """The plain colour behind a layout or a master; empty where there is none of its own."""
    found = next(part.element.iter(f"{_P}bg"), None)
    if found is None:
        return ""
    fill = next(found.iter(f"{_A}solidFill", f"{_P}bgRef"), None)
    told = next(iter(fill), None) if fill is not None else None
    if told is None or len(told):  # one that is changed by steps is not reckoned
        return ""
    value = (told.get("val") or "").upper()
    return value if _is_colour(value) else named(told.get("val") or "")


def _is_colour(text: str) -> bool:
    return len(text) == 6 and all(letter in "0123456789ABCDEF" for letter in text)


def _quiet(ink: str, paper: str) -> str:
    """The lightest mixture of ink and paper of a third at most that is well read."""
    return next(
        (c for c in (mixed(ink, paper, part / 20) for part in range(7, 0, -1))
         if contrast(c, paper) >= READ),
        ink,
    )  # fmt: skip


def _read(colour: str, paper: str, otherwise: str) -> str:
    return colour if contrast(colour, paper) >= READ else otherwise


def mixed(one: str, other: str, part: float) -> str:
    """Return the first colour with so large a part of the other."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (0, 2, 4)]


def _light(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
