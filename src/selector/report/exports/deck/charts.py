"""How charts look: plain axes, our type and colours, every bar named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from selector.report.exports.deck import fitting, markup
from selector.report.exports.deck.ground import EDGE, INK, LINE, QUIET, Ground

STEPS = (1, 2, 3, 4, 6, 12)  # of months that are named below lines
BETWEEN_NAMES = 5.0  # points at least


class Series(NamedTuple):
    """A row of figures of a chart, with its colour as RRGGBB; None is a gap."""

    name: str
    figures: Sequence[float | None]
    colour: str


def styled(
    chart: Any, kind: str, series: Sequence[Series], number: str, labels: bool, scale: float,
    ground: Ground,
) -> None:  # fmt: skip
    """Give a chart our type and colours, and a name to every bar."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    chart.has_title = False
    chart.font.size = Pt(max(10.0, 11 * scale))
    chart.font.color.rgb = RGBColor.from_string(ground(INK))
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = kind == "lines"
    if kind == "lines":
        value.major_gridlines.format.line.color.rgb = RGBColor.from_string(ground(LINE))
    value.visible = kind == "lines"
    value.format.line.fill.background()
    value.tick_labels.number_format = number
    value.tick_labels.number_format_is_linked = False
    category.format.line.color.rgb = RGBColor.from_string(ground(QUIET))
    category.has_major_gridlines = False
    category.major_tick_mark = value.major_tick_mark = XL_TICK_MARK.NONE
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _every_label(chart)
    if kind != "lines":
        category.reverse_order = True
        plot = chart.plots[0]
        plot.gap_width = 60
        plot.overlap = 100
    for row, drawn in zip(series, chart.plots[0].series, strict=True):
        colour = RGBColor.from_string(ground(row.colour))
        if kind == "lines":
            drawn.format.line.color.rgb = colour
            drawn.format.line.width = Pt(2.25)
            drawn.smooth = False
            continue
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = colour
        drawn.invert_if_negative = False
        if kind == "stacked":  # parts that stand side by side are told apart by an edge
            drawn.format.line.color.rgb = RGBColor.from_string(ground(EDGE))
            drawn.format.line.width = Pt(0.5)
        if labels:
            label = drawn.data_labels
            label.show_value = True
            label.number_format = number
            label.number_format_is_linked = False
            label.font.size = Pt(max(10.0, 10 * scale))
            label.font.color.rgb = RGBColor.from_string(
                ground.on(ground(row.colour)) if kind == "stacked" else ground(INK)
            )
            label.position = (
                XL_LABEL_POSITION.CENTER if kind == "stacked" else XL_LABEL_POSITION.OUTSIDE_END
            )


def spaced(names: Sequence[str], size: float, wide: float) -> list[str]:
    """Return the names below lines, each second and so on alone where all have no room.

    The others are empty: a step between names is not followed by LibreOffice.
    """
    room = max(fitting.width(name, size) for name in names) + BETWEEN_NAMES
    step = next((each for each in STEPS if len(names) / each * room <= wide), STEPS[-1])
    return ["" if place % step else name for place, name in enumerate(names)]


def _every_label(chart: Any) -> None:
    """Name every bar and month: without this, programs leave out names where they are long."""
    axis = chart.category_axis._element
    skip = markup.parsed(f'<c:tickLblSkip xmlns:c="{markup.CHART}" val="1"/>')
    axis.find(f"{{{markup.CHART}}}noMultiLvlLbl").addprevious(skip)
