"""Where everything of a reference architecture stands: boxes, zones, and lines between boxes.

Lengths are pixels of a drawing; other drawings scale them. Roles have their places in the pattern.
A line is straight between neighbours in a row or column; else it turns twice, in the gutter between
two columns, where no box stands.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from selector.domain.pattern import Flow, Role
from selector.report.diagram.filling import Part, Reference

HIGH = 62.0  # a box
BAR = 34.0  # the height of what the others run on
DOWN = 112.0  # from one row to the next
BAR_DOWN = 46.0  # from a bar to the next
PAD, HEAD = 16.0, 30.0  # of a zone around its boxes, and above them for its name
EDGE = 12.0  # around all
STEP = 13.0  # between lines that share a side or a gutter
ROUND_ONE, ABOVE_ONE = 8.0, 18.0  # around a box that others run, and above it for their name
NAMED = 14.0  # more above a zone's boxes where such names stand there

Point = tuple[float, float]


class Spacing(NamedTuple):
    """How wide a box is, and how far it is from one column to the next."""

    wide: float
    across: float

    def left(self, column: int) -> float:
        """Where the boxes of a column begin."""
        return EDGE + PAD + column * self.across


ROOMY = Spacing(150.0, 212.0)
CLOSE = Spacing(136.0, 180.0)  # beside something else: the same words in less width


class Box(NamedTuple):
    """A rectangle, with what stands in it."""

    part: Part
    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.wide / 2, self.y + self.high / 2


class Area(NamedTuple):
    """A zone: its name and rectangle. `is_apart`: one part, run by others in the midst of ours."""

    name: str
    x: float
    y: float
    wide: float
    high: float
    is_apart: bool = False


class Line(NamedTuple):
    """A flow: its number, the points it runs through, and where the number stands."""

    number: int
    flow: Flow
    points: tuple[Point, ...]
    at: Point
    crosses: bool


class Plan(NamedTuple):
    """The geometry of a picture; `wide` and `high` hold all of it."""

    wide: float
    high: float
    boxes: tuple[Box, ...]
    areas: tuple[Area, ...]
    lines: tuple[Line, ...]


def laid_out(reference: Reference, spacing: Spacing = ROOMY) -> Plan:
    """Return where everything stands."""
    roles = [part.role for part in reference.parts]
    apart = {part: who for who, parts in reference.apart().items() for part in parts}
    rows = _row_tops(roles, any(part.role.row == 0 for part in apart))
    span = {zone.id: _columns(roles, zone.id) for zone in reference.pattern.zones}
    boxes = tuple(_box(part, rows, span[part.role.zone], spacing) for part in reference.parts)
    areas = tuple(
        _area(zone.name, [box for box in boxes if box.part.role.zone == zone.id], apart)
        for zone in reference.pattern.zones
        if any(box.part.role.zone == zone.id for box in boxes)
    )
    areas += tuple(_apart(box, apart[box.part]) for box in boxes if box.part in apart)
    lines = _Router(reference, {box.part.role.id: box for box in boxes}, spacing).lines()
    wide = max(area.x + area.wide for area in areas) + EDGE
    high = max(area.y + area.high for area in areas) + EDGE
    return Plan(wide, high, boxes, areas, lines)


def _columns(roles: Iterable[Role], zone: str) -> tuple[int, int]:
    inside = [role.column for role in roles if role.zone == zone]
    return (min(inside), max(inside)) if inside else (0, 0)


def _row_tops(roles: Sequence[Role], has_names: bool) -> dict[int, float]:
    """The top of each row; a row of bars alone is lower. `has_names`: above boxes of the first."""
    tops: dict[int, float] = {}
    top = EDGE + HEAD + NAMED * has_names
    for row in range(max(role.row for role in roles) + 1):
        tops[row] = top
        here = [role for role in roles if role.row == row]
        is_bars = bool(here) and all(role.kind == "ground" for role in here)
        after = [role for role in roles if role.row == row + 1]
        bars_follow = bool(after) and all(role.kind == "ground" for role in after)
        top += BAR_DOWN if is_bars else HIGH + PAD + 6 if bars_follow else DOWN
    return tops


def _box(part: Part, rows: dict[int, float], span: tuple[int, int], spacing: Spacing) -> Box:
    role = part.role
    if role.kind == "ground":
        first, last = span
        wide = (last - first) * spacing.across + spacing.wide
        return Box(part, spacing.left(first), rows[role.row], wide, BAR)
    return Box(part, spacing.left(role.column), rows[role.row], spacing.wide, HIGH)


def _area(name: str, boxes: Sequence[Box], apart: Container[Part]) -> Area:
    left = min(box.x for box in boxes) - PAD
    top = min(box.y for box in boxes)
    has_names = any(box.y == top and box.part in apart for box in boxes)
    top -= HEAD + NAMED * has_names
    right = max(box.x + box.wide for box in boxes) + PAD
    bottom = max(box.y + box.high for box in boxes) + PAD
    return Area(name, left, top, right - left, bottom - top)


def _apart(box: Box, who: str) -> Area:
    """What others run: a frame of its own, named in short; around a bar there is no room for it."""
    is_bar = box.part.role.kind == "ground"
    above = (BAR_DOWN - BAR) / 2 - 1 if is_bar else ABOVE_ONE
    below = above if is_bar else ROUND_ONE
    name = who.removeprefix("others ")
    return Area(
        "" if is_bar else f"{name[:1].upper()}{name[1:]}", box.x - ROUND_ONE, box.y - above,
        box.wide + 2 * ROUND_ONE, box.high + above + below, True,
    )  # fmt: skip


class _Router:
    """Draws the lines; knows which sides and gutters are taken."""

    def __init__(self, reference: Reference, boxes: dict[str, Box], spacing: Spacing) -> None:
        self.reference = reference
        self.gutter = (spacing.across - spacing.wide) / 2
        self.boxes = boxes
        self.taken: dict[float, list[str]] = {}  # the sources of lines in a gutter, by its place
        self.straight = {
            (end, side)
            for flow in reference.pattern.flows
            for end, side in _straight_sides(flow, boxes)
        }

    def lines(self) -> tuple[Line, ...]:
        """All flows, in the pattern's order."""
        return tuple(
            self._line(number, flow) for number, flow in enumerate(self.reference.pattern.flows, 1)
        )

    def _line(self, number: int, flow: Flow) -> Line:
        source, target = self.boxes[flow.source], self.boxes[flow.target]
        points, at = self._route(source, target)
        return Line(number, flow, points, at, self.reference.crosses(flow))

    def _route(self, source: Box, target: Box) -> tuple[tuple[Point, ...], Point]:
        one, other = source.part.role, target.part.role
        (x, y), (to_x, to_y) = source.middle, target.middle
        if one.row == other.row and abs(one.column - other.column) == 1:
            right = other.column > one.column
            start = (source.x + source.wide if right else source.x, y)
            end = (target.x if right else target.x + target.wide, to_y)
            return (start, end), ((start[0] + end[0]) / 2, y)
        if one.column == other.column and abs(one.row - other.row) == 1:
            down = other.row > one.row
            start = (x, source.y + source.high if down else source.y)
            end = (to_x, target.y if down else target.y + target.high)
            return (start, end), (x, (start[1] + end[1]) / 2)
        return self._turned(source, target)

    def _turned(self, source: Box, target: Box) -> tuple[tuple[Point, ...], Point]:
        """Out to a gutter beside the source, along it, and in to the side of the target."""
        one, other = source.part.role, target.part.role
        right = other.column > one.column
        down = other.row > one.row
        side = "right" if right else "left"
        y, to_y = source.middle[1], target.middle[1]
        if (one.id, side) in self.straight:
            y += STEP if down else -STEP
        far = "left" if right else "right"
        if (other.id, far) in self.straight:
            to_y += -STEP if down else STEP
        edge = source.x + source.wide if right else source.x
        gutter = edge + self.gutter * (1 if right else -1)
        sharing = self.taken.setdefault(gutter, [])
        if one.id not in sharing:
            sharing.append(one.id)
        gutter += sharing.index(one.id) * STEP
        end = target.x if right else target.x + target.wide
        points = ((edge, y), (gutter, y), (gutter, to_y), (end, to_y))
        return points, (gutter, (y + to_y) / 2)


def _straight_sides(flow: Flow, boxes: dict[str, Box]) -> Iterable[tuple[str, str]]:
    """The sides that a straight line along a row takes."""
    one, other = boxes[flow.source].part.role, boxes[flow.target].part.role
    if one.row == other.row and abs(one.column - other.column) == 1:
        right = other.column > one.column
        yield one.id, "right" if right else "left"
        yield other.id, "left" if right else "right"
