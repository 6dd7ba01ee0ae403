"""A plan as SVG, in the colours of the page that it stands in; text of people is escaped."""

from __future__ import annotations

from html import escape

from selector.report.diagram.filling import Reference
from selector.report.diagram.plan import Area, Box, Line, Plan, laid_out
from selector.report.exports.deck.fitting import shortened, wrapped

NAME, SMALL = 13.0, 11.0
ROUND = 11.0  # of a number's disc


def svg(reference: Reference, plan: Plan | None = None) -> str:
    """Return the picture as one `<svg>` element; it scales with its room."""
    plan = plan or laid_out(reference)
    told = escape(f"{reference.pattern.name}. " + " ".join(reference.flow_lines()), quote=True)
    inside = [
        *(_area(area) for area in plan.areas),
        *(_line(line) for line in plan.lines),
        *(_box(box) for box in plan.boxes),
        *(_number(line) for line in plan.lines),
    ]
    return (
        f'<svg class="architecture" viewBox="0 0 {plan.wide:g} {plan.high:g}" '
        f'role="img" aria-label="{told}" xmlns="http://www.w3.org/2000/svg">'
        f"<defs>{_tip('tip')}{_tip('tip-out')}</defs>{''.join(inside)}</svg>"
    )


def _tip(name: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" '
        'markerHeight="11" markerUnits="userSpaceOnUse" orient="auto">'
        f'<path class="{name}" d="M0 0.5L10 5L0 9.5z"/></marker>'
    )


def _area(area: Area) -> str:
    if area.is_apart:
        name = shortened(area.name, SMALL, area.wide / 2 - 12, SMALL * 1.3)
        return (
            f'<rect class="area apart" x="{area.x:g}" y="{area.y:g}" width="{area.wide:g}" '
            f'height="{area.high:g}" rx="6"/>'
            f'<text class="zone apart" x="{area.x + 6:g}" y="{area.y + 13:g}">{escape(name)}</text>'
        )
    return (
        f'<rect class="area" x="{area.x:g}" y="{area.y:g}" width="{area.wide:g}" '
        f'height="{area.high:g}" rx="8"/>'
        f'<text class="zone" x="{area.x + 10:g}" y="{area.y + 19:g}">{escape(area.name)}</text>'
    )


def _line(line: Line) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    kind, tip = ("flow crosses", "tip-out") if line.crosses else ("flow", "tip")
    return f'<polyline class="{kind}" points="{points}" marker-end="url(#{tip})"/>'


def _number(line: Line) -> str:
    x, y = line.at
    kind = "disc crosses" if line.crosses else "disc"
    return (
        f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{ROUND:g}"/>'
        f'<text class="number" x="{x:g}" y="{y + 4:g}">{line.number}</text>'
    )


def _box(box: Box) -> str:
    part = box.part
    kinds = ["part", part.role.kind]
    kinds += ["chosen"] if part.chosen else []
    kinds += ["open"] if part.is_open else []
    inside = f"<title>{escape(part.in_words)}</title>{_outline(box)}{_words(box)}"
    return f'<g class="{" ".join(kinds)}">{inside}</g>'


def _outline(box: Box) -> str:
    x, y, wide, high = box.x, box.y, box.wide, box.high
    kind = box.part.role.kind
    if kind == "store":  # a drum
        lip = 7
        return (
            f'<path d="M{x:g} {y + lip:g}a{wide / 2:g} {lip} 0 0 1 {wide:g} 0v{high - 2 * lip:g}'
            f'a{wide / 2:g} {lip} 0 0 1 {-wide:g} 0z"/>'
            f'<path class="lip" d="M{x:g} {y + lip:g}a{wide / 2:g} {lip} 0 0 0 {wide:g} 0"/>'
        )
    round_ = {"person": high / 2, "ground": 4.0}.get(kind, 7.0)
    whole = f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{round_:g}"/>'
    if kind == "queue":  # waiting things at its right end
        ends = (x + wide - 6 - 6 * k for k in range(3))
        whole += "".join(f'<path class="lip" d="M{e:g} {y:g}v{high:g}"/>' for e in ends)
    if kind == "model":  # a second edge
        whole += (
            f'<rect class="lip" x="{x + 4:g}" y="{y + 4:g}" width="{wide - 8:g}" '
            f'height="{high - 8:g}" rx="4"/>'
        )
    return whole


def _words(box: Box) -> str:
    part, (x, y) = box.part, box.middle
    room = box.wide - {"queue": 36, "person": 28}.get(part.role.kind, 18)
    if part.role.kind == "ground":
        words = f"{part.name} · {part.below}" if part.below else part.name
        line = shortened(words, NAME, room, NAME * 1.3, bold=True)
        return f'<text class="name" x="{x:g}" y="{y + 4.5:g}">{escape(line)}</text>'
    if part.role.kind == "queue":
        x -= 9
    if part.role.kind == "store":
        y += 4
    name = wrapped(shortened(part.name, NAME, room, NAME * 2.5, bold=True), NAME, room, bold=True)
    left = 3 - len(name)
    below = wrapped(shortened(part.below, SMALL, room, SMALL * 1.25 * left), SMALL, room)
    below = below if part.below else ()
    high = len(name) * 16 + len(below) * 13
    top = y - high / 2 + 12.5
    lines = [
        f'<text class="name" x="{x:g}" y="{top + 16 * k:g}">{escape(one)}</text>'
        for k, one in enumerate(name)
    ]
    top += 16 * len(name) - 1.5
    lines += [
        f'<text class="below" x="{x:g}" y="{top + 13 * k:g}">{escape(one)}</text>'
        for k, one in enumerate(below)
    ]
    return "".join(lines)
