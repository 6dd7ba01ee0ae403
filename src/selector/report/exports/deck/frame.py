"""Where things stand on a slide: a canvas of 960 × 540 points, laid into what a template leaves."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

WIDE, TALL = 960.0, 540.0  # points: 13.33 × 7.5 inches
LEFT, RIGHT, TOP, BOTTOM = 45.0, 45.0, 132.0, 46.0
ROOM = WIDE - LEFT - RIGHT
HEIGHT = TALL - TOP - BOTTOM
TITLE_TOP, TITLE_TALL, FOOT_TOP, FOOT_TALL = 26.0, 72.0, TALL - 34, 18.0
BETWEEN = 40.0  # points between lists side by side
LABELLED = 0.36  # of the width of a chart, for the names of its bars
EMU = 12_700  # of a point
LEAST_SCALE = 0.55  # a layout that leaves less than this part of the canvas is not followed


class Frame(NamedTuple):
    """Where the canvas begins on the slide, in EMU, and its size: 1 is 960 × 540 points."""

    left: float = 0.0
    top: float = 0.0
    scale: float = 1.0
    foot: float = FOOT_TOP * EMU  # where the line at the foot begins

    @property
    def further(self) -> float:
        """How much further down its foot stands than the canvas's, in points of the canvas."""
        return max(0.0, (self.foot - self.top) / (EMU * self.scale) - FOOT_TOP)

    def box(self, left: float, top: float, *sizes: float) -> list[int]:
        """Return a place of the canvas, and lengths behind it, in EMU."""
        corner = [self.left + left * EMU * self.scale, self.top + top * EMU * self.scale]
        return [*map(round, corner), *self.lengths(*sizes)]

    def lengths(self, *points: float) -> list[int]:
        """Return lengths of the canvas in EMU."""
        return [round(length * EMU * self.scale) for length in points]


def framed(file: Any, layout: Any) -> Frame:
    """Return the frame between the title of a layout and its foot; the slide's where it has none.

    What a company has beside, above and below stays free.
    """
    wide, tall = file.slide_width, file.slide_height
    scale = min(wide / (WIDE * EMU), tall / (TALL * EMU))
    whole = Frame(scale=scale, foot=tall - (TALL - FOOT_TOP) * EMU * scale)
    title = next(
        (p for p in layout.placeholders if p.placeholder_format.type.name == "TITLE"), None
    )
    if title is None or None in (title.left, title.top, title.width, title.height):
        return whole
    feet = [
        p.top + p.height
        for p in layout.placeholders
        if p.placeholder_format.type.name in ("DATE", "FOOTER", "SLIDE_NUMBER")
        and p.top is not None and p.top > tall / 2
    ]  # fmt: skip
    bottom = min([tall, *feet])
    scale = min(
        title.width / (ROOM * EMU),
        (bottom - title.top) / ((FOOT_TOP + FOOT_TALL - TITLE_TOP) * EMU),
    )
    found = Frame(
        title.left - LEFT * EMU * scale, title.top - TITLE_TOP * EMU * scale, scale,
        bottom - FOOT_TALL * EMU * scale,
    )  # fmt: skip
    is_inside = title.left >= 0 and title.top >= 0 and title.left + title.width <= wide
    return found if is_inside and scale >= LEAST_SCALE * whole.scale else whole


def clean(text: object) -> str:
    """Return text without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", str(text))
