"""Slides as the content needs them, in their order: single ones, parts, tables over several."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

from selector.report.exports.deck import fitting
from selector.report.exports.deck.frame import HEIGHT, LEFT, ROOM, TOP, Frame, clean, framed
from selector.report.exports.deck.ground import Ground, grounded
from selector.report.exports.deck.layouts import typeface
from selector.report.exports.deck.slide import Slide
from selector.report.exports.deck.tables import Row, paged
from selector.report.exports.deck.writing import Written

LARGEST = 14.0  # the type of a table that has much room
MUCH_TALLER = 1.1  # than our slides: tables take the room that there is

Over = Callable[[Slide, int, Sequence[float], Sequence[float]], None]
Title = str | Callable[[int, int], str]
Kind = Literal["title", "section", "chart", "table", "columns"]


class Deck:
    """A presentation under way. Every slide bears the stamp, its number, and the link back."""

    def __init__(
        self, stamp: str, link: str, template: Path | None, names: Sequence[str] = ()
    ) -> None:
        from selector.report.exports.deck.template import opened

        self.file, self.layouts = opened(template)
        self.stamp, self.link = clean(stamp), link
        self.names = sorted({clean(name) for name in names}, key=len, reverse=True)
        self.slides: list[Written] = []
        self._later: list[Callable[[], None]] = []
        self._grounds: dict[str, Ground] = {}
        self._is_ours = template is None
        self.frame = Frame() if self._is_ours else framed(self.file, self.layouts.table)
        wider = 1.0 if self._is_ours else typeface(self.layouts.table)
        self.scale = self.frame.scale / wider  # of type
        self.least = fitting.LEAST / min(1.0, self.scale)  # nothing under 10 pt on their slide
        self.height = HEIGHT + self.frame.further  # of what stands below the head of a slide
        self.taller = self.height / HEIGHT

    def larger(self, size: float) -> float:
        """Return a size of type that is as on our own slides where theirs are narrow but tall."""
        return size * max(1.0, min(self.taller, 1 / self.scale))

    def ground(self, layout: Any) -> Ground:
        """Return the colours of what stands on a layout."""
        if self._is_ours:
            return Ground()
        if layout.name not in self._grounds:
            self._grounds[layout.name] = grounded(layout)
        return self._grounds[layout.name]

    # --- slides -----------------------------------------------------------------------------
    def slide(
        self, title: str, under: str = "", notes: Sequence[str] = (), kind: Kind = "table"
    ) -> Slide:
        """Add a slide with a title that says what is found, and a line below it."""
        slide = Slide(self, getattr(self.layouts, kind))
        slide.head(title, under, notes)
        return slide

    def cover(self, title: str, lines: Sequence[str], notes: Sequence[str]) -> None:
        """Add the first slide: the finding, and lines below it."""
        Slide(self, self.layouts.title).opens(title, lines, notes, 36)

    def section(self, title: str, under: str = "") -> None:
        """Add a slide that opens a part."""
        Slide(self, self.layouts.section).opens(title, [under] if under else [], (), 32)

    def table(
        self,
        title: Title,
        under: str,
        heads: Row,
        rows: Sequence[Row],
        widths: Sequence[float],
        notes: Sequence[str] = (),
        told: Sequence[str] = (),
        over: Over | None = None,
        size: float = 12.0,
        most: int = 12,
        spread: bool = False,
        here: int | None = None,
    ) -> None:
        """Add a table over as many slides as it takes; the heads stand on each.

        `widths` are shares of the slide's width; at most `most` rows stand on one slide. Where it
        may `spread`, a table of few rows takes the room that there is, as any does on slides that
        are taller than ours. Columns without a word
        are left out; slides past the first `here` come with the appendix. `notes` stand in the
        notes of every slide, `told` (one for each row) in those of its own. `over` may draw on a
        slide: it is given the place of the first row there, where each row begins and ends, and
        the widths of the columns that are kept. A `title` that is no text is given the place of
        the first row of a slide and that behind its last, and says what is found there.
        """
        spread = spread or self.taller > MUCH_TALLER
        kept = [x for x in range(len(heads)) if not rows or any(row[x].text for row in rows)]
        heads, widths = [heads[x] for x in kept], [widths[x] for x in kept]
        rows = [[row[x] for x in kept] for row in rows]
        room = [ROOM * w / sum(widths) for w in widths]
        size = max(size, self.least)
        pages, size = paged(
            heads, rows, room, size, self.least, most, self.height,
            int(here == 1), self.larger(LARGEST) if spread else 0.0,
        )  # fmt: skip
        start = 0
        for number, page in enumerate(pages, 1):
            if isinstance(title, str):
                name = title if len(pages) == 1 else f"{title} ({number} of {len(pages)})"
            else:
                name = title(start, start + len(page))
            line = under if number == 1 else ""
            if number == here and number < len(pages):
                line = f"{line} The rest stands in the appendix.".strip()
            more = [*notes, *(one for one in told[start : start + len(page)] if one)]
            draw = partial(
                self._page, name, line, more, heads, page, room, size, spread, over, start
            )
            start += len(page)
            if here is None or number <= here:
                draw()
            else:
                self._later.append(draw)

    def _page(
        self, title: str, under: str, notes: Sequence[str], heads: Row, rows: Sequence[Row],
        room: Sequence[float], size: float, spread: bool,
        over: Over | None, start: int,
    ) -> None:  # fmt: skip
        slide = self.slide(title, under, notes)
        edges = slide.table(heads, rows, room, size, LEFT, TOP, spread)
        if over is not None:
            over(slide, start, edges, room)

    @property
    def waits(self) -> bool:
        """Whether slides of tables are left for the appendix."""
        return bool(self._later)

    def rest(self) -> None:
        """Add the slides of tables that were left for the appendix."""
        for draw in self._later:
            draw()
        self._later = []

    def saved(self) -> bytes:
        """Return the file."""
        for slide in self.slides:
            slide.written()
        content = io.BytesIO()
        self.file.save(content)
        return content.getvalue()
