"""A reference architecture on slides: the picture in native shapes, flows, what can fail."""

from __future__ import annotations

from typing import Any

from selector.domain import words as plain
from selector.report.diagram import Plan, Reference, laid_out
from selector.report.diagram.plan import Area, Box, Line
from selector.report.exports.deck import fitting
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.frame import LEFT, ROOM, TOP, clean
from selector.report.exports.deck.ground import ACCENT, INK, PAPER, QUIET, RIM, WARN, WASH
from selector.report.exports.deck.look import heads
from selector.report.exports.deck.slide import Slide
from selector.report.exports.deck.tables import Cell

DISC = 8.0  # the half width of a number's disc
TYPE = 10.0  # on the picture; nothing is smaller on a slide


def picture(deck: Deck, reference: Reference) -> None:
    """The diagram, of shapes that can be moved and edited; the flows in words in the notes."""
    crossing = sum(map(reference.crosses, reference.pattern.flows))
    whole = len(reference.pattern.flows)
    verb = "crosses" if crossing == 1 else "cross"
    title = f"{crossing or 'None'} of {whole} flows {verb} a boundary of trust"
    under = f"{reference.pattern.name}; what was chosen has a strong edge, orange arrows cross"
    apart = reference.apart_told()
    under += ", others run what is in an orange frame" * bool(apart)
    notes = [reference.pattern.summary, *apart]
    slide = deck.slide(title, under, [*notes, *reference.flow_lines()], "chart")
    plan = laid_out(reference)
    drawing = _Drawing(slide, plan)
    for area in plan.areas:
        drawing.area(area)
    for line in plan.lines:
        drawing.line(line)
    for box in plan.boxes:
        drawing.box(box)
    for line in plan.lines:
        drawing.number(line)


def flows(deck: Deck, reference: Reference) -> None:
    """What flows, in the order of the numbers in the picture."""
    classes = {kind.id: kind.name for kind in reference.pattern.data}
    rows = [
        [
            Cell(str(number), right=True, ink=QUIET),
            Cell(f"{reference.part(flow.source).called} → {reference.part(flow.target).called}"),
            Cell(flow.carries),
            Cell(plain.listed([classes[kind] for kind in flow.data])),
            Cell("yes" if reference.crosses(flow) else "", ink=WARN, bold=True),
        ]
        for number, flow in enumerate(reference.pattern.flows, 1)
    ]
    kinds = len({kind for flow in reference.pattern.flows for kind in flow.data})
    title = f"{len(rows)} flows carry {kinds} {'kind' if kinds == 1 else 'kinds'} of data"
    told = [f"{kind.name}: {kind.handling}." for kind in reference.pattern.data if kind.handling]
    deck.table(
        title, "In the order of the numbers in the picture; orange ones cross a boundary of trust",
        heads("", "From and to", "What", "Data", "Crosses"), rows, (4, 36, 27, 24, 9), told, most=9,
    )  # fmt: skip


def failures(deck: Deck, reference: Reference) -> None:
    """What can go wrong, and what helps."""
    rows = [
        [
            Cell(each.what, bold=True),
            Cell(each.effect),
            Cell(reference.names(each.roles)),
            Cell(reference.help(each.safeguards)),
        ]
        for each in reference.pattern.failures
    ]
    title = f"{len(rows)} failures were thought through, each with what helps against it"
    lacking = {one.id for one in reference.pattern.safeguards if reference.missing(one)}
    hit = sum(bool(lacking.intersection(each.safeguards)) for each in reference.pattern.failures)
    if hit:
        title = f"What helps against {hit} of {len(rows)} failures needs parts that are not chosen"
    told = [f"{one.name}: {reference.how(one)}" for one in reference.pattern.safeguards]
    deck.table(
        title, "What people notice, where it arises, and the safeguards (how they work: notes)",
        heads("What fails", "What people notice", "Where", "What helps"), rows,
        (26, 22, 24, 28), told,
    )  # fmt: skip


class _Drawing:
    """A plan on a slide: scaled to its room, in the middle."""

    def __init__(self, slide: Slide, plan: Plan) -> None:
        room = slide.foot - TOP
        self.slide = slide
        self.by = min(ROOM / plan.wide, room / plan.high)
        self.left = LEFT + (ROOM - plan.wide * self.by) / 2
        self.top = TOP + (room - plan.high * self.by) / 2

    def at(self, x: float, y: float, wide: float = 0, high: float = 0) -> tuple[float, ...]:
        """A place of the plan in points of the slide."""
        return (self.left + x * self.by, self.top + y * self.by, wide * self.by, high * self.by)

    def area(self, area: Area) -> None:
        x, y, wide, high = self.at(area.x, area.y, area.wide, area.high)
        fill, edge = (PAPER, WARN) if area.is_apart else (WASH, RIM)
        shape = self._shape("ROUNDED_RECTANGLE", (x, y, wide, high), fill, edge, 0.75)
        shape.adjustments[0] = min(0.5, 6 / min(wide, high))
        _dash(shape)
        if not area.name:
            return
        room = wide / 2 - 8 if area.is_apart else wide - 12  # a line may come in from above
        name = fitting.shortened(clean(area.name), TYPE, room, TYPE * 1.3)
        place = (x + 4, y) if area.is_apart else (x + 6, y + 2)
        self.slide.text(name, *place, room, TYPE * 1.4, TYPE, ink=QUIET)

    def box(self, box: Box) -> None:
        kinds = {
            "store": "CAN", "queue": "FLOWCHART_PREDEFINED_PROCESS", "person": "ROUNDED_RECTANGLE",
            "ground": "RECTANGLE", "model": "PLAQUE", "process": "ROUNDED_RECTANGLE",
        }  # fmt: skip
        part = box.part
        x, y, wide, high = self.at(box.x, box.y, box.wide, box.high)
        edge, weight = (ACCENT, 1.75) if part.chosen else (RIM, 1.0)
        shape = self._shape(kinds[part.role.kind], (x, y, wide, high), PAPER, edge, weight)
        if part.role.kind in ("person", "process"):
            shape.adjustments[0] = 0.5 if part.role.kind == "person" else 0.12
        if part.role.kind == "store":
            shape.adjustments[0] = 0.18
        if part.is_open:
            _dash(shape)
        shape._element.nvSpPr.cNvPr.set("descr", clean(part.in_words)[:2000])
        self._words(shape, box, wide, high)

    def _words(self, shape: Any, box: Box, wide: float, high: float) -> None:
        part = box.part
        room = wide - {"queue": 30, "person": 16, "model": 16}.get(part.role.kind, 8)
        size = max(TYPE, self.slide.deck.least)
        name, below = clean(part.name), clean(part.role.name if part.chosen else part.below)
        if part.role.kind == "ground":
            name, below = f"{name} · {below}" if below else name, ""
        lines = max(1, int(high * 0.92 / (size * fitting.LEADING)))
        own = fitting.shortened(name, size, room, size * 1.25 * min(2, lines), bold=True)
        told = [(own, True)]
        left = lines - len(fitting.wrapped(own, size, room, bold=True))
        shorter = ["not chosen"] if part.is_open else []  # that it is not there is said in any case
        for line in [below, *shorter] if below else []:
            if left >= len(fitting.wrapped(line, size, room)):
                told.append((line, False))
                break
        _write(shape.text_frame, told, size * self.slide.deck.scale,
               self.slide.ground(INK))  # fmt: skip

    def line(self, line: Line) -> None:
        points = [self.at(*point)[:2] for point in line.points]
        ink, weight = (WARN, 1.75) if line.crosses else (QUIET, 1.25)
        self._arrow(points, ink, weight)

    def _arrow(self, points: list[tuple[float, ...]], ink: str, weight: float) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_CONNECTOR
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        slide = self.slide
        placed = [tuple(slide.at(*point)) for point in points]
        if len(placed) == 2:
            (x, y), (to_x, to_y) = placed
            shape = slide.raw.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x, y, to_x, to_y)
        else:
            builder = slide.raw.shapes.build_freeform(*placed[0], scale=1.0)
            builder.add_line_segments(placed[1:], close=False)
            shape = builder.convert_to_shape()
            shape.fill.background()
            shape.shadow.inherit = False
        shape.line.color.rgb = RGBColor.from_string(self.slide.ground(ink))
        shape.line.width = Pt(weight * slide.deck.frame.scale)
        line = shape.line._get_or_add_ln()
        line.append(line.makeelement(qn("a:tailEnd"), {"type": "triangle", "len": "med"}))

    def number(self, line: Line) -> None:
        x, y = self.at(*line.at)[:2]
        place = (x - DISC, y - DISC, 2 * DISC, 2 * DISC)
        ink = WARN if line.crosses else QUIET
        shape = self._shape("OVAL", place, ink, ink, 0.0)
        size = max(TYPE, self.slide.deck.least)
        _write(
            shape.text_frame,
            [(str(line.number), True)],
            size * self.slide.deck.scale,
            self.slide.ground(PAPER),
            False,
        )

    def _shape(
        self, kind: str, place: tuple[float, ...], fill: str, edge: str, weight: float
    ) -> Any:
        from pptx.dml.color import RGBColor
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.oxml.ns import qn
        from pptx.util import Pt

        shape = self.slide.raw.shapes.add_shape(MSO_SHAPE[kind], *self.slide.at(*place))
        style = shape._element.find(qn("p:style"))  # has a shadow of its own
        shape._element.remove(style)
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(self.slide.ground(fill))
        if weight:
            shape.line.color.rgb = RGBColor.from_string(self.slide.ground(edge))
            shape.line.width = Pt(weight * self.slide.deck.frame.scale)
        else:
            shape.line.fill.background()
        return shape


def _write(
    frame: Any, lines: list[tuple[str, bool]], size: float, ink: str, wraps: bool = True
) -> None:
    """Put lines into a shape, in its middle."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = wraps
    frame.margin_left = frame.margin_right = Pt(3 if wraps else 0)
    frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for place, (text, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(ink)


def _dash(shape: Any) -> None:
    from pptx.enum.dml import MSO_LINE

    shape.line.dash_style = MSO_LINE.DASH
