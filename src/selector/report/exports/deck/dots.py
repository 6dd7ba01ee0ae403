"""Scores as dots beside the rows of a table: a native chart without ground, laid on the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from selector.report.exports.deck import markup
from selector.report.exports.deck.frame import clean
from selector.report.exports.deck.ground import QUIET
from selector.report.exports.deck.slide import Slide

SIZE = 10  # of a dot, in points
NAME = "Scores"  # of the shape, which lies on the table of its slide


class Dot(NamedTuple):
    """A score of 0 to 100 with what it could be, its colour, and how far down its row stands."""

    name: str
    low: float
    score: float
    high: float
    colour: str
    down: float


def draw(
    slide: Slide, dots: Sequence[Dot], ends: tuple[int, int],
    box: tuple[float, float, float, float], told: str,
) -> None:  # fmt: skip
    """Lay the dots on the slide; `box` is left, top, width and height in points."""
    from pptx.chart.data import XyChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
    from pptx.util import Pt

    data = XyChartData(number_format="0.0")
    for dot in dots:
        span = data.add_series(f"{clean(dot.name)}, could be")
        for points in (dot.low, dot.high):
            span.add_data_point(points, box[3] - dot.down)
    for dot in dots:
        data.add_series(clean(dot.name)).add_data_point(dot.score, box[3] - dot.down)
    frame = slide.raw.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *slide.at(*box), data)
    frame.name = NAME
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(told)[:2000])
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    for axis, least, most in ((chart.category_axis, *ends), (chart.value_axis, 0, box[3])):
        axis.minimum_scale, axis.maximum_scale = least, most
        axis.has_major_gridlines = axis.has_minor_gridlines = False
        axis.visible = False
    drawn = list(chart.plots[0].series)
    for span in drawn[: len(dots)]:
        span.smooth = False
        span.format.line.color.rgb = RGBColor.from_string(slide.ground(QUIET))
        span.format.line.width = Pt(1.5)
        span.marker.style = XL_MARKER_STYLE.NONE
    for dot, mark in zip(dots, drawn[len(dots) :], strict=True):
        mark.format.line.fill.background()
        mark.marker.style = XL_MARKER_STYLE.CIRCLE
        mark.marker.size = max(5, round(SIZE * slide.deck.scale))
        mark.marker.format.fill.solid()
        mark.marker.format.fill.fore_color.rgb = RGBColor.from_string(slide.ground(dot.colour))
        mark.marker.format.line.fill.background()
    _bare(chart)


def _bare(chart: Any) -> None:
    """Let the chart take its whole frame, without a ground."""
    plot = chart._chartSpace.chart.plotArea
    for old in plot.findall(f"{{{markup.CHART}}}layout"):
        plot.remove(old)
    ends = "".join(
        f'<c:{part} val="{value}"/>'
        for part, value in (
            ("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"),
            ("x", 0), ("y", 0), ("w", 1), ("h", 1),
        )
    )  # fmt: skip
    names = f'xmlns:c="{markup.CHART}" xmlns:a="{markup.DRAWING}"'
    plot.insert(
        0, markup.parsed(f"<c:layout {names}><c:manualLayout>{ends}</c:manualLayout></c:layout>")
    )
    clear = f"<c:spPr {names}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    plot.append(markup.parsed(clear))
    chart._chartSpace.chart.addnext(markup.parsed(clear))
