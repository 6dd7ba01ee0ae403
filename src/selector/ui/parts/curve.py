"""The value function of a criterion, drawn with a cell's place on it, and the same in words."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from selector.domain import words as plain
from selector.domain.criterion import CostMeasure, Criterion, ShareMeasure
from selector.domain.decision import Decision
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
from selector.measure.valuation import ColumnScale, Span
from selector.ui.parts.html import text

PAST = 0.4  # of the scale's width: so far past its ends is drawn at most
EDGE = 4.0  # per cent of the height kept free above and below, so that no line is cut
Point = tuple[float, float]


class Line(NamedTuple):
    """A value function over a stretch of performances: corners (performance, value), left to right.

    Between corners it is straight. `bottom` and `top` are the values at the ends of the upright
    axis: 0 and 1, or beyond where the function runs on.
    """

    corners: tuple[Point, ...]
    bottom: float
    top: float

    @property
    def start(self) -> float:
        """The least performance drawn."""
        return self.corners[0][0]

    @property
    def end(self) -> float:
        """The greatest performance drawn."""
        return self.corners[-1][0]

    def across(self, performance: float) -> float:
        """Where a performance stands, per cent from the left; past the ends at the end."""
        share = (performance - self.start) / (self.end - self.start)
        return 100 * min(1.0, max(0.0, share))

    def down(self, value: float) -> float:
        """Where a value stands, per cent from the top."""
        share = (value - self.bottom) / (self.top - self.bottom)
        return EDGE + (100 - 2 * EDGE) * (1 - min(1.0, max(0.0, share)))


def line_of(scale: ColumnScale, cell: Cell) -> Line | None:
    """The value function around a cell; None where it is flat, or of levels."""
    if scale.is_flat or scale.levels:
        return None
    points = scale.points or tuple(sorted([(scale.worst, 0.0), (scale.best, 1.0)]))
    start, end = _window(points, cell)
    if not end > start:
        return None
    inner = [x for x, _ in points if start < x < end]
    corners = tuple((x, scale.value(x)) for x in (start, *inner, end))
    values = [v for _, v in corners]
    return Line(corners, min(0.0, *values), max(1.0, *values))


def _window(points: tuple[Point, ...], cell: Cell) -> Point:
    """The part of the scale worth drawing: where the value moves, and what surrounds this cell."""
    first, last = points[0][0], points[-1][0]
    if cell.low is not None:
        before = [place for place, (x, _) in enumerate(points) if x <= cell.low]
        points = points[max(0, max(before, default=0) - 1) :]
    moving = [
        x
        for i, (x, v) in enumerate(points)
        if (i and points[i - 1][1] != v) or (i + 1 < len(points) and points[i + 1][1] != v)
    ]
    past = PAST * (last - first)
    known = [x for x in (cell.low, cell.high) if x is not None]
    within = [min(max(x, first - past), last + past) for x in known]
    return min(moving + within, default=0.0), max(moving + within, default=0.0)


# --- as markup ----------------------------------------------------------------------------------


def curve(scale: ColumnScale, cell: Cell, leaf: Criterion, decision: Decision, span: Span) -> str:
    """Return the value function with this cell on it; `span` is what the cell is worth."""
    told = in_words(scale, leaf, decision)
    if scale.is_flat:
        return f'<p class="quiet">{text(told)}</p>'
    if scale.levels:
        return _levels(scale, cell, level_names(leaf, decision.dictionary))
    line = line_of(scale, cell)
    if line is None:
        return f'<p class="quiet">{text(told)}</p>'
    corners = " ".join(f"{line.across(x):.2f},{line.down(v):.2f}" for x, v in line.corners)
    ends = [_end(x, leaf) for x in (line.start, line.end)]
    unit = "" if isinstance(leaf.measure, ShareMeasure) else leaf.unit
    place = f" This cell: {_placed(cell, span)}."
    above = plain.number(round(line.top, 2))
    return (
        f'<figure class="curve" role="img" aria-label="{text(f"{told}.{place}")}">'
        f'<div class="up"><span>{above}</span><span>{plain.number(round(line.bottom, 2))}</span>'
        f'</div><div class="plot"><i class="area" style="clip-path:polygon({_polygon(line)})"></i>'
        f"{_marks(line, cell, span)}{_stroke(corners)}{_dot(line, cell, span)}"
        f"{_budget(line, leaf, decision)}</div>"
        f'<div class="ends"><span>{text(ends[0])}</span><span>{text(ends[1])}</span></div>'
        f"<figcaption>Up: worth. Across: {text(unit or _lower(leaf))}.</figcaption></figure>"
    )


def _lower(leaf: Criterion) -> str:
    return "how many of them" if isinstance(leaf.measure, ShareMeasure) else leaf.name


def _end(performance: float, leaf: Criterion) -> str:
    if isinstance(leaf.measure, ShareMeasure):
        count = performance * len(leaf.measure.wanted)
        return {0: "none", len(leaf.measure.wanted): f"all {count:.0f}"}.get(
            round(count), plain.number(count)
        )
    return plain.number(performance)


def _polygon(line: Line) -> str:
    floor = line.down(max(line.bottom, 0.0))
    inner = ", ".join(f"{line.across(x):.2f}% {line.down(v):.2f}%" for x, v in line.corners)
    return f"0% {floor:.2f}%, {inner}, 100% {floor:.2f}%"


def _stroke(corners: str, kind: str = "") -> str:
    """A line through corners. Streamlit takes drawings out of markup, so it is a mask's picture."""
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' preserveAspectRatio='none'>"
        f"<polyline points='{corners}' fill='none' stroke='#000' stroke-width='2' "
        "stroke-linejoin='round' vector-effect='non-scaling-stroke'/></svg>"
    )
    return f'<i class="stroke {kind}" style="--m:url(data:image/svg+xml,{quote(drawing)})"></i>'


def _marks(line: Line, cell: Cell, span: Span) -> str:
    """What the cell could be, as a band across; what it could be worth, as a bar at the axis."""
    kind, left, right = "", 0.0, 100.0
    if cell.state == "not_applicable":
        return f'<b class="level" style="top:{line.down(span.central):.1f}%"></b>'
    if cell.low is None:
        kind = "open"
    elif cell.high is None:  # a bill with prices missing: at least so much
        kind, left = "open", line.across(cell.low)
    elif cell.high > cell.low:
        left, right = line.across(cell.low), line.across(cell.high)
    else:
        return ""
    top, bottom = line.down(span.high), line.down(span.low)
    return (
        f'<b class="band {kind}" style="left:{left:.1f}%;width:{max(1.0, right - left):.1f}%"></b>'
        f'<b class="reach" style="top:{top:.1f}%;height:{max(2.0, bottom - top):.1f}%"></b>'
    )


def _dot(line: Line, cell: Cell, span: Span) -> str:
    """The point of the cell, with lines to both axes; without a point, its worth as a line."""
    down = line.down(span.central)
    if cell.state == "not_applicable":
        return ""
    if cell.central is None:
        return f'<b class="level" style="top:{down:.1f}%"></b>'
    across = line.across(cell.central)
    guides = (
        f'<b class="drop" style="left:{across:.1f}%;top:{down:.1f}%"></b>'
        f'<b class="lead" style="width:{across:.1f}%;top:{down:.1f}%"></b>'
    )
    return f'{guides}<u style="left:{across:.1f}%;top:{down:.1f}%"></u>'


def _budget(line: Line, leaf: Criterion, decision: Decision) -> str:
    """The decision's budget as a mark on the axis of a monthly bill, where it is in sight."""
    budget = decision.monthly_budget
    if not _is_monthly(leaf) or budget is None or not line.start <= budget <= line.end:
        return ""
    across = line.across(budget)
    side = "left" if across > 60 else "right"
    return f'<em class="{side}" style="left:{across:.1f}%">budget</em>'


def _is_monthly(leaf: Criterion) -> bool:
    return isinstance(leaf.measure, CostMeasure) and leaf.measure.figure.startswith("monthly")


def _levels(scale: ColumnScale, cell: Cell, names: tuple[str, ...]) -> str:
    """Each level with what it is worth; those that the cell has, or could have, stand out."""
    shown = ("no", "yes") if names == TRUTH else [plain.plain(name) for name in names]
    low = 0 if cell.low is None else int(cell.low)
    high = len(shown) - 1 if cell.high is None else int(cell.high)
    rows = []
    for place, (name, value) in enumerate(zip(shown, scale.levels, strict=True)):
        kind = note = ""
        if cell.state != "not_applicable" and low <= place <= high:
            kind, note = ("on", "this cell") if low == high else ("may", "possible")
        said = f'<span class="unseen">, {note}</span>' if note else ""
        width = 100 * min(1.0, max(0.0, value))
        rows.append(
            f'<li class="{kind}"><span>{text(name)}{said}</span><i aria-hidden="true">'
            f'<u style="width:{width:.0f}%"></u></i><b>{value:.2f}</b></li>'
        )
    return f'<ul class="steps" aria-label="What each level is worth">{"".join(rows)}</ul>'


# --- in words -----------------------------------------------------------------------------------


def in_words(scale: ColumnScale, leaf: Criterion, decision: Decision) -> str:
    """Return how performances become values on this criterion, as a sentence without its stop."""
    if scale.is_flat:
        return "These alternatives do not differ here: each counts 0.5"
    if scale.levels:
        names = level_names(leaf, decision.dictionary)
        shown = ("no", "yes") if names == TRUTH else [plain.plain(name) for name in names]
        told = [f"{n} is worth {v:.2f}" for n, v in zip(shown, scale.levels, strict=True)]
        return plain.listed(told)
    if scale.points:
        told = [f"{_with_unit(x, leaf)} ({plain.number(v)})" for x, v in scale.points]
        return f"Straight pieces through {plain.listed(told)}; past its ends it counts as the end"
    ends = [f"{_with_unit(x, leaf)} ({v})" for x, v in ((scale.worst, 0), (scale.best, 1))]
    rest = "it counts as the end" if scale.clamp else "it runs on"
    local = ", the worst and the best of these alternatives" if scale.is_local else ""
    past = "" if scale.is_local or isinstance(leaf.measure, ShareMeasure) else f"; past them {rest}"
    budget = decision.monthly_budget
    of_budget = (
        f"; the budget is {_with_unit(budget, leaf)}" if _is_monthly(leaf) and budget else ""
    )
    return f"A straight line from {ends[0]} to {ends[1]}{local}{past}{of_budget}"


def _with_unit(performance: float, leaf: Criterion) -> str:
    if isinstance(leaf.measure, ShareMeasure):
        return _end(performance, leaf)
    return plain.with_unit(plain.number(performance), leaf.unit)


def _placed(cell: Cell, span: Span) -> str:
    worth = f"worth {span.central:.2f}"
    if cell.state == "not_applicable":
        return f"does not apply, {worth} by the rule of the criterion"
    if cell.low is None or cell.high is None:
        return f"not known, so between {span.low:.2f} and {span.high:.2f}, counted {worth}"
    if span.low != span.high:
        return f"{worth}, between {span.low:.2f} and {span.high:.2f}"
    return worth
