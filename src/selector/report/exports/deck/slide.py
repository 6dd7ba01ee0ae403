"""One slide: its title, text, tables, charts and notes, on the layout that it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from selector.report.exports.deck import charts, fitting, markup
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.frame import LABELLED, clean
from selector.report.exports.deck.ground import LINE, QUIET
from selector.report.exports.deck.tables import (
    ABOVE,
    BESIDE,
    HEAD_LINES,
    Cell,
    Row,
    head_size,
    height,
)
from selector.report.exports.deck.writing import NAMED, Written, one_line

ALONG = 0.88  # of the width of a chart, for the points of its lines
DRAWN = 0.8  # of its height, for bars
SPREAD = 20.0  # by so much a row may grow where there is room


class Slide(Written):
    """One slide with all that may stand on it."""

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
                           cell.right, self._relation(cell.link),
                           as_text=not self.ground.has_links)  # fmt: skip
        # LibreOffice lays the lines of one long link on each other: each is a run of its own
        lines = fitting.wrapped(shown, size, wide, bold) if cell.link else shown.split("\n")
        inside = markup.paragraph(lines if cell.link else [" ".join(lines)], look)
        margins = self.deck.frame.lengths(BESIDE, ABOVE)
        return markup.cell(inside, (margins[0], margins[1]), anchor, cell.fill, self.ground(LINE))

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
        wide, tall = box[2] * LABELLED, self._reaching(box[1], box[3])
        room = DRAWN * tall / max(1, len(names))
        if kind == "lines":
            names = charts.spaced(names, max(11.0, self.deck.least), box[2] * ALONG)
        data.categories = [self._label(name, wide, room) for name in names]
        for row in series:
            data.add_series(self._label(row.name, wide), row.figures)
        kinds = {
            "bars": XL_CHART_TYPE.BAR_CLUSTERED, "stacked": XL_CHART_TYPE.BAR_STACKED,
            "lines": XL_CHART_TYPE.LINE,
        }  # fmt: skip
        frame = self.raw.shapes.add_chart(kinds[kind], *self.at(*box[:3], tall), data)
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

    def _label(self, name: str, wide: float, room: float = 0.0) -> str:
        """A label as a chart has room for it: names in it are shortened before any figure is.

        It takes two lines at most, where the `room` below each other has them. The whole one
        stands in the notes.
        """
        name = one_line(name)
        shown = name
        size = max(11.0, self.deck.least)
        line = size * fitting.leading(name)
        tall = line * max(1, min(2, int(room / line)))
        for letters in NAMED:
            if fitting.height(shown, size, wide) <= tall:
                break
            shown = fitting.with_short_names(name, self.deck.names, letters)
        shown = fitting.without_middle(shown, size, wide, tall)
        if shown != name:
            self.note(name)
        return shown
