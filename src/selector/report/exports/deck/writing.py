"""What is written on a slide: title, lines, lists, foot and notes, on the layout of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from selector.report.exports.deck import fitting, markup
from selector.report.exports.deck.frame import (
    BETWEEN,
    BOTTOM,
    EMU,
    FOOT_TALL,
    HEIGHT,
    LEFT,
    RIGHT,
    ROOM,
    TALL,
    TITLE_TALL,
    TITLE_TOP,
    TOP,
    WIDE,
    clean,
)
from selector.report.exports.deck.ground import INK, QUIET
from selector.report.exports.deck.layouts import opens

if TYPE_CHECKING:
    from selector.report.exports.deck.canvas import Deck

LEAST_TYPE = 14.0  # points that a line under the title of a part takes at least
OPENING = (96.0, 170.0, 24.0)  # where the title of a part begins, how tall it is, the room below
NAMED = (60, 44, 32, 24, 18, 14)  # letters left of long names in a title, until it has room
MORE, WHOLE = "{} more in the notes", "The whole stands in the notes"
AFTER = 8.0  # points between one line of a list and the next
UNIT = re.compile(r"(?<=\d) (?=%|(?:s|ms|months|points|[A-Z]{3})\b)|(?<=≈) ")


class Written:
    """One slide of text; lengths are points from its upper left corner, as on one of 960 × 540."""

    def __init__(self, deck: Deck, layout: Any) -> None:
        self.deck, self.raw = deck, deck.file.slides.add_slide(layout)
        self.ground = deck.ground(layout)
        deck.slides.append(self)
        self.notes: list[str] = []
        title = self.raw.shapes.title
        self._title = title
        own = None if title is None else title.element
        self._holders = [p.element for p in self.raw.placeholders if p.element is not own]

    def at(self, left: float, top: float, *sizes: float) -> list[int]:
        """Return a place, and lengths behind it, in the units of the file."""
        return self.deck.frame.box(left, top, *sizes)

    @property
    def foot(self) -> float:
        """Where what stands on the slide ends."""
        return TOP + self.deck.height

    def _reaching(self, top: float, tall: float) -> float:
        """The height of what begins there; what reaches the canvas's foot reaches the slide's."""
        return self.foot - top if top + tall > TALL - BOTTOM - 1 else tall

    def head(self, title: str, under: str, notes: Sequence[str]) -> None:
        """The title, the line below it, the foot, and the notes."""
        self._titled(title, TITLE_TOP, TITLE_TALL, 28)
        if under:
            self.text(under, LEFT, 102, ROOM, 28, min(16, self.deck.larger(14)), ink=QUIET)
        self._foot()
        for told in notes:
            self.note(told)

    def _titled(self, title: str, top: float, tall: float, most: float) -> None:
        """The title across the slide at that height, in a type of `most` at most."""
        shown, size = self._named(title, ROOM, tall, most)
        place = (LEFT, top, ROOM, tall)
        if self._title is not None:
            own = self._title
            own.left, own.top, own.width, own.height = self.at(*place)
            self._fill(own.text_frame, shown, size, bold=None, ink="", anchor="bottom", left=True)
        else:
            box = self.text(shown, *place, size, bold=True, anchor="bottom")
            markup.titled(box._element)

    def opens(self, title: str, lines: Sequence[str], notes: Sequence[str], most: float) -> None:
        """The title and a few lines where the layout has them, as at the head of a part."""
        own, foot = self._title, round(self.deck.frame.foot)
        if own is None or not self._is_usable(own):
            self._opens_anyhow(title, lines, notes, most)
            return
        unit = EMU * self.deck.frame.scale
        larger = self.deck.larger
        shown, size = self._named(title, own.width / unit - 2, own.height / unit, larger(most))
        self._fill(own.text_frame, shown, size, bold=None, ink="", anchor="")
        holder = next((p for p in self.raw.placeholders if p.element in self._holders), None)
        if lines and holder is not None:
            tall = min(holder.height, foot - holder.top)
            if tall > 2 * LEAST_TYPE * EMU:
                holder.left, holder.top, holder.width, holder.height = (
                    holder.left, holder.top, holder.width, tall,
                )  # fmt: skip
                wide = holder.width / unit - 2
                size = self.fitting(lines, wide, tall / unit, larger(18))
                kept = self._kept(lines, wide, tall / unit, size)
                self._fill(holder.text_frame, "\n".join(kept), size, bold=None, ink="", anchor="",
                           after=AFTER, plain=True)  # fmt: skip
                self._holders.remove(holder.element)
                lines = ()
        for told in (*lines, *notes):
            self.note(told)
        self._foot()

    def _opens_anyhow(
        self, title: str, lines: Sequence[str], notes: Sequence[str], most: float
    ) -> None:
        """The title and a few lines as on our own slides, where the layout has no place for it."""
        top, tall, below = OPENING
        top += (self.deck.height - HEIGHT) / 2
        self._titled(title, top, tall, self.deck.larger(most))
        top += tall + below
        self.bullets(lines, LEFT, top, ROOM, TALL - BOTTOM - top, 18)
        for told in notes:
            self.note(told)
        self._foot()

    def _is_usable(self, title: Any) -> bool:
        """Whether a layout opens a part, its title on the slide, above the foot, as one reads."""
        whole = (title.left, title.top, title.width, title.height)
        if None in whole or not opens(self.raw.slide_layout):
            return False
        right, end = title.left + title.width, title.top + title.height
        is_inside = min(title.left, title.top) >= 0 and right <= self.deck.file.slide_width
        return bool(is_inside and end <= self.deck.frame.foot and title.width >= title.height)

    def _named(self, title: str, wide: float, tall: float, most: float) -> tuple[str, float]:
        """A title with its type, long names shortened in their middle where it has no room."""
        title = _bound(clean(title))
        least = max(18.0, self.deck.least)
        shown, size = fitting.fitted(title, wide, tall, most, least, bold=True)
        for letters in NAMED:
            if not shown.endswith("…"):
                break
            shorter = fitting.with_short_names(title, self.deck.names, letters)
            shown, size = fitting.fitted(shorter, wide, tall, most, least, bold=True)
        if shown != title:
            self.note(title)
        return shown, size

    def _foot(self) -> None:
        frame, number = self.deck.frame, len(self.deck.file.slides)
        top = (frame.foot - frame.top) / (EMU * frame.scale)  # at the foot of the slide
        if self.deck.link:
            self.text("The same view, live", LEFT, top, 300, FOOT_TALL, 10, ink=QUIET,
                      link=self._relation(self.deck.link))  # fmt: skip
        told = f"{self.deck.stamp} · {number}"
        self.text(told, WIDE - RIGHT - 500, top, 500, FOOT_TALL, 10, ink=QUIET, right=True)

    def _adopted(self, element: Any, properties: Any, *kinds: str) -> bool:
        """Let a new shape stand in a placeholder of its layout, of the first kind that is free."""
        for holder in self._holders:
            if (holder.ph.get("type") or "obj") in kinds:
                self._holders.remove(holder)
                properties.insert(0, deepcopy(holder.ph))
                holder.getparent().remove(holder)
                return True
        return False

    def note(self, words: str) -> None:
        """Add a paragraph to the speaker's notes."""
        self.notes.append(clean(words))

    def written(self) -> None:
        """Put the notes where the speaker reads them, and take out what nothing stands in."""
        for empty in self._holders:  # it would ask for text
            empty.getparent().remove(empty)
        if self.notes:
            self.raw.notes_slide.notes_text_frame.text = "\n".join(self.notes)

    def text(
        self, words: str, left: float, top: float, wide: float, tall: float, size: float,
        bold: bool = False, ink: str = INK, right: bool = False, anchor: str = "top",
        link: str = "",
    ) -> Any:  # fmt: skip
        """A box of text, fitted; what does not fit stands whole in the notes."""
        words = _bound(clean(words))
        least = self.deck.least
        shown, fit = fitting.fitted(words, wide, tall, max(size, least), least, bold)
        if shown != words:
            self.note(words)
        box = self.raw.shapes.add_textbox(*self.at(left, top, wide, tall))
        self._fill(box.text_frame, shown, fit, bold, ink, right, anchor, link)
        return box

    def _fill(
        self, frame: Any, words: str, size: float, bold: bool | None = False, ink: str = INK,
        right: bool = False, anchor: str = "top", link: str = "", after: float = 0,
        plain: bool = False, left: bool = False,
    ) -> None:  # fmt: skip
        """Put lines into a frame; the layout says how they look where `bold`, `ink` or `anchor`
        do not. `plain` lines have none of its bullets and distances.
        """
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        if anchor:
            frame.vertical_anchor = MSO_ANCHOR.BOTTOM if anchor == "bottom" else MSO_ANCHOR.TOP
        look = markup.Look(
            size * self.deck.scale, bold, self.ground(ink), right, link, after * self.deck.scale,
            plain, is_bare=bold is None and not left, as_text=not self.ground.has_links,
        )  # fmt: skip
        told = "".join(markup.paragraph([line], look) for line in words.split("\n"))
        body = frame._txBody
        body.bodyPr.set("vert", "horz")  # whatever its layout says
        for old in body.p_lst:
            body.remove(old)
        body.extend(markup.paragraphs(told))

    def bullets(
        self, lines: Sequence[str], left: float, top: float, wide: float, tall: float,
        size: float = 14, title: str = "",
    ) -> float:  # fmt: skip
        """Lines one below the other under a small title; returns where they end.

        What has no room stands in the notes.
        """
        return self._list(lines, left, top, wide, self._reaching(top, tall),
                          self.deck.larger(size), title)  # fmt: skip

    def _list(
        self, lines: Sequence[str], left: float, top: float, wide: float, tall: float,
        size: float, title: str,
    ) -> float:  # fmt: skip
        """Lines under their title in a type of `size` at most; returns where they end."""
        if title:
            head = self.deck.larger(14)
            self.text(title, left, top, wide, head + 6, head, bold=True)
            top, tall = top + head + 10, tall - head - 10
        size = self.fitting(lines, wide, tall, size)
        shown = self._kept(lines, wide, tall, size)
        if shown:
            box = self.raw.shapes.add_textbox(*self.at(left, top, wide, _stack(shown, size, wide)))
            own = box._element.nvSpPr
            if self._adopted(box._element, own.nvPr, "body", "obj"):
                own.cNvSpPr.attrib.pop("txBox", None)
            self._fill(box.text_frame, "\n".join(shown), size, after=AFTER, plain=True)
        return top + _stack(shown, size, wide)

    def _kept(self, lines: Sequence[str], wide: float, tall: float, size: float) -> list[str]:
        """The lines that have room; the rest stand in the notes, and how many is told."""
        shown: list[str] = []
        left: list[str] = []
        every = [one_line(line) for line in lines]
        if every and _stack(every[:1], size, wide) > tall:
            return self._cut(every, wide, tall, size)
        for line in every:
            has_room = _stack([*shown, line], size, wide) <= tall
            (shown if has_room else left).append(line)
        while left and shown and _stack([*shown, MORE], size, wide) > tall:
            left.insert(0, shown.pop())
        for line in left:
            self.note(line)
        return [*shown, MORE.format(len(left))] if left and shown else shown

    def _cut(self, lines: Sequence[str], wide: float, tall: float, size: float) -> list[str]:
        """As much of the first line as has room; it and the rest stand in the notes."""
        for line in lines:
            self.note(line)
        more = MORE.format(len(lines) - 1) if lines[1:] else WHOLE
        room = tall - _stack([more], size, wide) - AFTER
        return [fitting.shortened(clean(lines[0]), size, wide, room).replace("\n", " "), more]

    def fitting(self, lines: Sequence[str], wide: float, tall: float, size: float) -> float:
        """The largest type, of `size` at most, in which a list has room; else the smallest."""
        size = max(size, self.deck.least)
        while size > self.deck.least + 1 and _stack(lines, size, wide) > tall:
            size -= 1
        return size

    def columns(
        self, lists: Sequence[tuple[str, Sequence[str]]], top: float, tall: float, size: float
    ) -> None:
        """Lists side by side under their titles, all in one size of type."""
        wide = (ROOM - BETWEEN * (len(lists) - 1)) / len(lists)
        tall, head = self._reaching(top, tall), self.deck.larger(14) + 10
        largest = self.deck.larger(size)
        size = min(self.fitting(lines, wide, tall - head, largest) for _, lines in lists)
        for place, (title, lines) in enumerate(lists):
            self._list(lines, LEFT + place * (wide + BETWEEN), top, wide, tall, size, title)

    def _relation(self, link: str) -> str:
        from pptx.opc.constants import RELATIONSHIP_TYPE

        if not link.startswith(("https://", "http://")):
            return ""
        own = self.raw.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return str(own)


def one_line(text: str) -> str:
    """A text without breaks; what may not be parted, as a number from its unit, stays together."""
    return _bound(re.sub(r"[ \t\n\r\v\f]+", " ", clean(text)).strip())


def _bound(text: str) -> str:
    """The text with each figure bound to its unit, that no line ends between them."""
    return re.sub(UNIT, "\u00a0", text)


def _stack(lines: Sequence[str], size: float, wide: float) -> float:
    return sum(fitting.height(clean(line), size, wide) + AFTER for line in lines)
