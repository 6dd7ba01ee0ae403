"""One slide: its title, text, tables, charts and notes, on the layout that it stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from selector.report.exports.deck import charts, fitting, markup
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.frame import (
    BETWEEN,
    BOTTOM,
    EMU,
    FOOT_TALL,
    LABELLED,
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
from selector.report.exports.deck.ground import INK, LINE, QUIET
from selector.report.exports.deck.tables import (
    ABOVE,
    BESIDE,
    HEAD_LINES,
    Cell,
    Row,
    head_size,
    height,
)

if TYPE_CHECKING:
    from selector.report.exports.deck.canvas import Deck

LEAST_TYPE = 14.0  # points that a line under the title of a part takes at least
NAMED = (60, 44, 32, 24, 18, 14)  # letters left of long names in a title, until it has room
AFTER = 8.0  # points between one line of a list and the next
SPREAD = 20.0  # by so much a row may grow where there is room
UNIT = re.compile(r"(?<=\d) (?=%|(?:s|ms|months|points|[A-Z]{3})\b)|(?<=≈) ")


class Slide:
    """One slide; lengths are points from its upper left corner, as on a slide of 960 × 540."""

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
        shown, size = self._named(title, ROOM, TITLE_TALL, 28)
        place = (LEFT, TITLE_TOP, ROOM, TITLE_TALL)
        if self._title is not None:
            own = self._title
            own.left, own.top, own.width, own.height = self.at(*place)
            self._fill(own.text_frame, shown, size, bold=None, ink="", anchor="bottom", left=True)
        else:
            box = self.text(shown, *place, size, bold=True, anchor="bottom")
            markup.titled(box._element)
        if under:
            self.text(under, LEFT, 102, ROOM, 28, min(16, self.deck.larger(14)), ink=QUIET)
        self._foot()
        for told in notes:
            self.note(told)

    def opens(self, title: str, lines: Sequence[str], notes: Sequence[str], most: float) -> None:
        """The title and a few lines where the layout has them, as at the head of a part."""
        own, foot = self._title, round(self.deck.frame.foot)
        if own is None or not self._is_usable(own):
            self.head(title, " ".join(lines), notes)
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

    def _is_usable(self, title: Any) -> bool:
        """Whether the title of a layout lies on its slide, above the foot, as a line is read."""
        if None in (title.left, title.top, title.width, title.height):
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
            plain, is_bare=bold is None and not left,
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
        """The lines that have room; the rest stand in the notes."""
        shown: list[str] = []
        for line in (_one_line(line) for line in lines):
            own = _stack([line], size, wide)
            if own > tall:
                self.note(line)
                continue
            shown.append(line)
            tall -= own
        return shown

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

    # --- tables -----------------------------------------------------------------------------
    def table(
        self, heads: Row, rows: Sequence[Row], room: Sequence[float], size: float, left: float,
        top: float, spread: bool = False,
    ) -> list[float]:  # fmt: skip
        """A native table; returns where rows below the heads begin, and where the last ends."""
        all_rows = [heads, *rows]
        small = head_size(heads, room, size, self.deck.least)
        tall = [height(heads, room, small, HEAD_LINES)]
        tall += [height(row, room, size) for row in rows]
        left_over = self.foot - top - sum(tall)
        most = SPREAD * self.deck.taller
        more = max(0.0, min(most, left_over / len(all_rows))) if spread else 0.0
        tall = [own + more for own in tall]
        frame = self.raw.shapes.add_table(
            len(all_rows), len(heads), *self.at(left, top, sum(room), sum(tall))
        )
        table = frame.table
        self._adopted(frame._element, frame._element.nvGraphicFramePr.nvPr, "tbl", "obj")
        markup.plain(frame)
        for column, width in enumerate(room):
            table._tbl.tblGrid.gridCol_lst[column].w = self.deck.frame.lengths(width)[0]
        for y, (row, own_height) in enumerate(zip(all_rows, tall, strict=True)):
            own = table._tbl.tr_lst[y]
            own.h = self.deck.frame.lengths(own_height)[0]
            for x, (raw, cell) in enumerate(zip(own.tc_lst, row, strict=True)):
                anchor = "b" if not y else "ctr" if more else "t"
                wide, high = room[x] - 2 * BESIDE, own_height - 2 * ABOVE
                made = self._cell(cell, wide, high, size if y else small, not y, anchor)
                own.replace(raw, made)
        return [top + own for own in accumulate(tall)]

    def _cell(
        self, cell: Cell, wide: float, tall: float, size: float, is_head: bool, anchor: str
    ) -> Any:
        words = clean(cell.text)
        bold = cell.bold or is_head
        shorter = fitting.without_middle if is_head else fitting.shortened
        shown = shorter(words, size, wide, tall, bold)
        if shown != words:
            self.note(words)
        ink = QUIET if is_head else cell.ink
        look = markup.Look(size * self.deck.scale, bold, ink if cell.fill else self.ground(ink),
                           cell.right, self._relation(cell.link))  # fmt: skip
        # LibreOffice lays the lines of one long link on each other: each is a run of its own
        lines = fitting.wrapped(shown, size, wide, bold) if cell.link else shown.split("\n")
        inside = markup.paragraph(lines if cell.link else [" ".join(lines)], look)
        margins = self.deck.frame.lengths(BESIDE, ABOVE)
        return markup.cell(inside, (margins[0], margins[1]), anchor, cell.fill, self.ground(LINE))

    def _relation(self, link: str) -> str:
        from pptx.opc.constants import RELATIONSHIP_TYPE

        if not link.startswith(("https://", "http://")):
            return ""
        own = self.raw.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return str(own)

    # --- charts -----------------------------------------------------------------------------
    def chart(
        self, kind: str, names: Sequence[str], series: Sequence[Series], told: str,
        box: tuple[float, float, float, float], number: str = "0", labels: bool = True,
        legend: bool = True, most: float | None = None,
    ) -> Any:  # fmt: skip
        """A native chart; `told` is what it shows in words. `kind`: bars, stacked, lines."""
        from pptx.chart.data import CategoryChartData
        from pptx.enum.chart import XL_CHART_TYPE

        data = CategoryChartData(number_format=number)
        wide = box[2] * LABELLED
        data.categories = [self._label(name, wide) for name in names]
        for row in series:
            data.add_series(self._label(row.name, wide), row.figures)
        kinds = {
            "bars": XL_CHART_TYPE.BAR_CLUSTERED, "stacked": XL_CHART_TYPE.BAR_STACKED,
            "lines": XL_CHART_TYPE.LINE,
        }  # fmt: skip
        place = self.at(*box[:3], self._reaching(box[1], box[3]))
        frame = self.raw.shapes.add_chart(kinds[kind], *place, data)
        own = frame._element.nvGraphicFramePr
        own.cNvPr.set("descr", clean(told)[:2000])
        self._adopted(frame._element, own.nvPr, "chart", "obj")
        self.note(told)
        chart = frame.chart
        charts.styled(chart, kind, series, number, labels, self.deck.scale, self.ground)
        chart.has_legend = legend
        if legend:
            from pptx.enum.chart import XL_LEGEND_POSITION
            from pptx.util import Pt

            chart.legend.position = XL_LEGEND_POSITION.BOTTOM
            chart.legend.include_in_layout = False
            chart.legend.font.size = Pt(max(10.0, 11 * self.deck.scale))
        if most is not None:
            chart.value_axis.maximum_scale = most
        return chart

    def _label(self, name: str, wide: float) -> str:
        """A label as a chart has room for it: names in it are shortened before any figure is.

        The whole one stands in the notes.
        """
        name = _one_line(name)
        shown = name
        size = max(11.0, self.deck.least)
        for letters in NAMED:
            if fitting.width(shown, size) <= wide:
                break
            shown = fitting.with_short_names(name, self.deck.names, letters)
        shown = fitting.without_middle(shown, size, wide)
        if shown != name:
            self.note(name)
        return shown


def _one_line(text: str) -> str:
    """A text without breaks; what may not be parted, as a number from its unit, stays together."""
    return _bound(re.sub(r"[ \t\n\r\v\f]+", " ", clean(text)).strip())


def _bound(text: str) -> str:
    """The text with each figure bound to its unit, that no line ends between them."""
    return re.sub(UNIT, "\u00a0", text)


def _stack(lines: Sequence[str], size: float, wide: float) -> float:
    return sum(fitting.height(clean(line), size, wide) + AFTER for line in lines)
