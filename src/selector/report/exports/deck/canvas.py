"""Slides as the content needs them: titles, text, tables over several slides, charts, notes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from selector.report.exports.deck import charts, fitting, markup
from selector.report.exports.deck.charts import INK, LINE, QUIET, Series
from selector.report.exports.deck.tables import (
    ABOVE,
    BESIDE,
    HEAD_LINES,
    Cell,
    Row,
    head_size,
    height,
    paged,
)

WIDE, TALL = 960.0, 540.0  # points: 13.33 × 7.5 inches
LEFT, RIGHT, TOP, BOTTOM = 45.0, 45.0, 132.0, 46.0
ROOM = WIDE - LEFT - RIGHT
LABELLED = 0.36  # of the width of a chart, for the names of its bars
AFTER = 8.0  # points between one line of a list and the next
SPREAD = 20.0  # by so much a row may grow where there is room
UNIT = re.compile(r"(?<=\d) (?=%|(?:s|ms|months|points|[A-Z]{3})\b)|(?<=≈) ")
LARGEST = 14.0  # the type of a table that has much room
BETWEEN = 40.0  # points between lists side by side


Over = Callable[["Slide", int, Sequence[float], Sequence[float]], None]


def clean(text: object) -> str:
    """Return text without what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", str(text))


class Deck:
    """A presentation under way. Every slide bears the stamp, its number, and the link back."""

    def __init__(self, stamp: str, link: str, template: Path | None) -> None:
        from selector.report.exports.deck.template import opened

        self.file, self.layouts = opened(template)
        self.stamp, self.link = clean(stamp), link
        self.slides: list[Slide] = []
        self._later: list[Callable[[], None]] = []
        width, height = self.file.slide_width, self.file.slide_height
        self.scale = min(width / (WIDE * 12700), height / (TALL * 12700))
        self.least = fitting.LEAST / min(1.0, self.scale)  # nothing under 10 pt on their slide

    # --- slides -----------------------------------------------------------------------------
    def slide(self, title: str, under: str = "", notes: Sequence[str] = ()) -> Slide:
        """Add a slide with a title that says what is found, and a line below it."""
        slide = Slide(self, self.file.slides.add_slide(self.layouts.content))
        slide.head(title, under, notes)
        return slide

    def section(self, title: str, under: str = "") -> None:
        """Add a slide that opens a part."""
        slide = Slide(self, self.file.slides.add_slide(self.layouts.section))
        slide.head(title, under, ())

    def table(
        self,
        title: str,
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
        may `spread`, a table of few rows takes the room that there is. Columns without a word
        are left out; slides past the first `here` come with the appendix. `notes` stand in the
        notes of every slide, `told` (one for each row) in those of its own. `over` may draw on a
        slide: it is given the place of the first row there, where each row begins and ends, and
        the widths of the columns that are kept.
        """
        kept = [x for x in range(len(heads)) if not rows or any(row[x].text for row in rows)]
        heads, widths = [heads[x] for x in kept], [widths[x] for x in kept]
        rows = [[row[x] for x in kept] for row in rows]
        room = [ROOM * w / sum(widths) for w in widths]
        size = max(size, self.least)
        pages, size = paged(
            heads, rows, room, size, self.least, most, TALL - TOP - BOTTOM,
            here is None or here > 1, LARGEST if spread else 0.0,
        )  # fmt: skip
        start = 0
        for number, page in enumerate(pages, 1):
            name = title if len(pages) == 1 else f"{title} ({number} of {len(pages)})"
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


class Slide:
    """One slide; lengths are points from its upper left corner, as on a slide of 960 × 540."""

    def __init__(self, deck: Deck, raw: Any) -> None:
        self.deck, self.raw = deck, raw
        deck.slides.append(self)
        self.notes: list[str] = []

    def at(self, *lengths: float) -> list[int]:
        """Return lengths in points in the units of the file, at the size of its slides."""
        return [round(length * 12700 * self.deck.scale) for length in lengths]

    def head(self, title: str, under: str, notes: Sequence[str]) -> None:
        """The title, the line below it, the foot, and the notes."""
        title = _bound(clean(title))
        shown, size = fitting.fitted(title, ROOM, 72, 28, 18, bold=True)
        if shown != title:
            self.note(title)
        own = self.raw.shapes.title
        if own is not None:
            own.left, own.top, own.width, own.height = self.at(LEFT, 26, ROOM, 72)
            self._fill(own.text_frame, shown, size, bold=True, anchor="bottom")
        else:
            self.text(shown, LEFT, 26, ROOM, 72, size, bold=True, anchor="bottom")
        for left in list(self.raw.placeholders):
            if own is None or left.placeholder_format.idx != own.placeholder_format.idx:
                left.element.getparent().remove(left.element)  # an empty one would ask for text
        if under:
            self.text(under, LEFT, 102, ROOM, 28, 14, ink=QUIET)
        self._foot()
        for told in notes:
            self.note(told)

    def _foot(self) -> None:
        number = len(self.deck.file.slides)
        if self.deck.link:
            link = self._relation(self.deck.link)
            self.text("The same view, live", LEFT, TALL - 34, 300, 18, 10, ink=QUIET, link=link)
        told = f"{self.deck.stamp} · {number}"
        self.text(told, WIDE - RIGHT - 500, TALL - 34, 500, 18, 10, ink=QUIET, right=True)

    def note(self, words: str) -> None:
        """Add a paragraph to the speaker's notes."""
        self.notes.append(clean(words))

    def written(self) -> None:
        """Put the notes where the speaker reads them."""
        if self.notes:
            self.raw.notes_slide.notes_text_frame.text = "\n".join(self.notes)

    def text(
        self, words: str, left: float, top: float, wide: float, tall: float, size: float,
        bold: bool = False, ink: str = INK, right: bool = False, anchor: str = "top",
        link: str = "",
    ) -> None:  # fmt: skip
        """A box of text, fitted; what does not fit stands whole in the notes."""
        words = _bound(clean(words))
        least = self.deck.least
        shown, fit = fitting.fitted(words, wide, tall, max(size, least), least, bold)
        if shown != words:
            self.note(words)
        box = self.raw.shapes.add_textbox(*self.at(left, top, wide, tall))
        self._fill(box.text_frame, shown, fit, bold, ink, right, anchor, link)

    def _fill(
        self, frame: Any, words: str, size: float, bold: bool = False, ink: str = INK,
        right: bool = False, anchor: str = "top", link: str = "", after: float = 0,
    ) -> None:  # fmt: skip
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if anchor == "bottom" else MSO_ANCHOR.TOP
        told = "".join(
            markup.paragraph(
                line, size * self.deck.scale, bold, ink, right, link, after * self.deck.scale
            )
            for line in words.split("\n")
        )
        body = frame._txBody
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
        if title:
            self.text(title, left, top, wide, 20, 14, bold=True)
            top, tall = top + 24, tall - 24
        size = self.fitting(lines, wide, tall, size)
        shown: list[str] = []
        for line in (_one_line(line) for line in lines):
            own = _stack([line], size, wide)
            if own > tall:
                self.note(line)
                continue
            shown.append(line)
            tall -= own
        if shown:
            box = self.raw.shapes.add_textbox(*self.at(left, top, wide, _stack(shown, size, wide)))
            self._fill(box.text_frame, "\n".join(shown), size, after=AFTER)
        return top + _stack(shown, size, wide)

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
        size = min(self.fitting(lines, wide, tall - 24, size) for _, lines in lists)
        for place, (title, lines) in enumerate(lists):
            self.bullets(lines, LEFT + place * (wide + BETWEEN), top, wide, tall, size, title)

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
        left_over = TALL - BOTTOM - top - sum(tall)
        more = max(0.0, min(SPREAD, left_over / len(all_rows))) if spread else 0.0
        tall = [own + more for own in tall]
        frame = self.raw.shapes.add_table(
            len(all_rows), len(heads), *self.at(left, top, sum(room), sum(tall))
        )
        table = frame.table
        _plain(frame)
        for column, width in enumerate(room):
            table.columns[column].width = self.at(width)[0]
        for y, (row, own_height) in enumerate(zip(all_rows, tall, strict=True)):
            own = table._tbl.tr_lst[y]
            own.h = self.at(own_height)[0]
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
        inside = markup.paragraph(
            shown.replace("\n", " "), size * self.deck.scale, bold,
            QUIET if is_head else cell.ink, cell.right, self._relation(cell.link),
        )  # fmt: skip
        margins = self.at(BESIDE, ABOVE)
        return markup.cell(inside, (margins[0], margins[1]), anchor, cell.fill, LINE)

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
        frame = self.raw.shapes.add_chart(kinds[kind], *self.at(*box), data)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(told)[:2000])
        self.note(told)
        chart = frame.chart
        charts.styled(chart, kind, series, number, labels, self.deck.scale)
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
        """A name as a chart has room for it; the whole one stands in the notes."""
        name = _one_line(name)
        shown = fitting.without_middle(name, 11, wide)
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


def _plain(frame: Any) -> None:
    """A table without the banding and colours of the default style."""
    table = frame._element.graphic.graphicData.tbl
    properties = table.tblPr
    for flag in ("bandRow", "firstRow"):
        properties.set(flag, "0")
    for style in list(properties):
        if style.tag.endswith("tableStyleId"):
            style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
