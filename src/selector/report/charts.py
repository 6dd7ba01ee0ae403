"""Charts of money as Plotly figures, from plain records: for the pages, and for files.

Lines are labelled where they end, not in a legend; colours are those of the alternatives, on the
light or the dark paper of the look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from selector.report import live, palette

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 380  # pixels of a chart
_TOP, _BOTTOM, _LINE = 30, 46, 16  # pixels above and below the plot, and of a line of a label
_WIDE = 15  # letters of a line of a label
Part = dict[str, Any]  # of a figure, as Plotly writes it
_FONT = "Inter, system-ui, sans-serif"


class Curve(NamedTuple):
    """A line: its name, the place of its alternative in the decision file, and its points.

    `low` and `high` shade what it could be; they are empty where nothing is shaded.
    """

    name: str
    place: int
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


class Scheme(NamedTuple):
    """The colours of paper, text and lines."""

    paper: str
    ink: str
    soft: str
    line: str
    alternatives: tuple[str, ...]


@cache
def scheme(is_dark: bool) -> Scheme:
    """The colours of the look, light or dark."""
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", live.tokens()))
    tokens = {name: pair.split(", ")[is_dark] for name, pair in pairs.items()}
    alternatives = palette.DARK if is_dark else palette.LIGHT
    return Scheme(tokens["paper"], tokens["ink"], tokens["ink-3"], tokens["line"], alternatives)


def growth(curves: Sequence[Curve], axis: str, is_dark: bool = False) -> go.Figure:
    """Money over the months, one line for each alternative; `axis` says what is counted."""
    look = scheme(is_dark)
    top = max((max([*c.y, *c.high], default=0) for c in curves), default=0) * 1.04 or 1
    least = min((min([*c.y, *c.low], default=0) for c in curves), default=0)
    months = max((len(c.x) for c in curves), default=1)
    layout = _layout(look, "Month", axis)
    layout["xaxis"] |= {"tick0": 1, "dtick": 1 if months <= 12 else 6 if months <= 36 else 12}
    lines = _lines(curves, look, f"%{{x}} months: %{{y:,.0f}} {_safe(axis)}")
    _label(layout, curves, look, (min(least, 0) * 1.04, top))
    return _figure([*_bands(curves, look), *lines], layout)


def break_even(
    curves: Sequence[Curve],
    crossings: Sequence[tuple[float, float]],
    here: float,
    axis: str,
    is_dark: bool = False,
) -> go.Figure:
    """A month's bill over its requests, the crossings marked, and where the workload is.

    A crossing is its requests and the bill of the dearer one there; a jump may be no point of
    both lines.
    """
    look = scheme(is_dark)
    top = max((max(c.y, default=0) for c in curves), default=0) * 1.06 or 1
    right = max((c.x[-1] for c in curves if len(c.x)), default=1)
    layout = _layout(look, "Requests a month", axis)
    layout["xaxis"] |= {"range": [0, right], "tickformat": "~s"}
    data = _lines(curves, look, f"%{{x:,.0f}} requests: %{{y:,.0f}} {_safe(axis)}")
    _label(layout, curves, look, (0, top))
    if crossings:
        ring = {"size": 12, "color": look.paper, "line": {"color": look.ink, "width": 2.5}}
        data.append(
            {
                "x": [x for x, _ in crossings],
                "y": [y for _, y in crossings],
                "mode": "markers",
                "marker": ring,
                "hovertemplate": "%{x:,.0f} requests: the cheaper one changes<extra></extra>",
            }
        )
    if 0 < here <= right:
        line = {"color": look.soft, "width": 1.5, "dash": "dot"}
        layout["shapes"] = [
            {"x0": here, "x1": here, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        ]
        is_right = here > 0.6 * right
        layout["annotations"].append(
            {
                "x": here,
                "y": 1,
                "yref": "paper",
                "text": "your workload",
                "showarrow": False,
                "xanchor": "right" if is_right else "left",
                "yanchor": "top",
                "xshift": -12 if is_right else 12,  # a page that is zoomed takes some of it away
                "font": {"size": 12, "color": look.soft},
            }
        )
    return _figure(data, layout)


def _figure(data: list[Part], layout: Part) -> go.Figure:
    """The figure. Plotly need not check each time what a test has it check: that takes ten times
    as long as all else.
    """
    import plotly.graph_objects as go

    scatter = [{"type": "scatter", **trace} for trace in data]
    return go.Figure({"data": scatter, "layout": layout}, _validate=False)


def _layout(look: Scheme, across: str, upwards: str) -> Part:
    axis = {
        "gridcolor": look.line,
        "zeroline": False,
        "linecolor": look.soft,
        "tickfont": {"size": 12, "color": look.soft},
        "fixedrange": True,
        "automargin": True,
    }
    title = {"text": across, "font": {"size": 12, "color": look.soft}, "standoff": 8}
    return {
        "template": {},
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": _TOP, "b": _BOTTOM},
        "paper_bgcolor": look.paper,
        "plot_bgcolor": look.paper,
        "font": {"family": _FONT, "size": 13, "color": look.ink},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {"font": {"family": _FONT, "size": 13}},
        "separators": ".,",
        "xaxis": {**axis, "title": title, "showgrid": False, "showline": True},
        "yaxis": {**axis, "tickformat": ",~s", "showgrid": True, "ticklabelstandoff": 4},
        "annotations": [
            {
                "x": 0,
                "xref": "paper",
                "y": 1,
                "yref": "paper",
                "yshift": 8,
                "yanchor": "bottom",
                "xanchor": "left",
                "text": _safe(upwards),
                "showarrow": False,
                "font": {"size": 12, "color": look.soft},
            }
        ],
    }


def _colour(curve: Curve, look: Scheme) -> str:
    return look.alternatives[curve.place % len(look.alternatives)]


def _bands(curves: Sequence[Curve], look: Scheme) -> list[Part]:
    return [
        {
            "x": [*curve.x, *reversed(curve.x)],
            "y": [*curve.high, *reversed(curve.low)],
            "fill": "toself",
            "fillcolor": _faint(_colour(curve, look)),
            "line": {"width": 0},
            "hoverinfo": "skip",
            "mode": "lines",
        }
        for curve in curves
        if len(curve.low)
    ]


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.18)"


def _lines(curves: Sequence[Curve], look: Scheme, told: str) -> list[Part]:
    return [
        {
            "x": np.asarray(curve.x, dtype=np.float64),
            "y": np.asarray(curve.y, dtype=np.float64),
            "mode": "lines" if len(curve.x) > 1 else "markers",
            "line": {"color": _colour(curve, look), "width": 2.5},
            "marker": {"color": _colour(curve, look), "size": 9},
            "name": _safe(curve.name),
            "hovertemplate": f"<b>{_safe(curve.name)}</b><br>{told}<extra></extra>",
        }
        for curve in curves
    ]


def _label(layout: Part, curves: Sequence[Curve], look: Scheme, span: tuple[float, float]) -> None:
    """The names at the ends of the lines, pushed apart where they would lie on each other."""
    low, high = span
    layout["yaxis"]["range"] = [low, high]
    plot = HEIGHT - _TOP - _BOTTOM
    ends = [
        (plot * (curve.y[-1] - low) / (high - low), curve, _wrapped(curve.name))
        for curve in curves
        if len(curve.y)
    ]
    ends.sort(key=lambda end: end[0])
    sizes = [_LINE * len(lines) + 2 for _, _, lines in ends]
    places = apart([at for at, _, _ in ends], sizes, plot)
    for (at, curve, lines), place in zip(ends, places, strict=True):
        layout["annotations"].append(
            {
                "x": 1,
                "xref": "paper",
                "y": curve.y[-1],
                "yshift": place - at,
                "text": "<br>".join(map(_safe, lines)),
                "showarrow": False,
                "xanchor": "left",
                "xshift": 6,
                "align": "left",
                "font": {"size": 12, "color": _colour(curve, look)},
            }
        )
    letters = max((len(line) for _, _, lines in ends for line in lines), default=0)
    layout["margin"]["r"] = 14 + 7 * letters


def apart(wanted: Sequence[float], sizes: Sequence[float], room: float) -> list[float]:
    """Places (middles) as near to the wanted ones as can be, none overlapping; both rise."""
    places: list[float] = []
    edge = 0.0
    for at, size in zip(wanted, sizes, strict=True):
        place = max(at, edge + size / 2)
        places.append(place)
        edge = place + size / 2
    edge = max(room, sum(sizes))
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], edge - sizes[index] / 2)
        edge = places[index] - sizes[index] / 2
    return places


def _wrapped(name: str) -> list[str]:
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _WIDE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [line if len(line) <= 20 else f"{line[:19]}…" for line in lines[:2]]


def _safe(text: str) -> str:
    """Text that Plotly does not take for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
