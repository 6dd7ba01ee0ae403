"""Two alternatives head to head: from the score of one to that of the other, step by step.

The steps are those of the weighted sum: the weight of a criterion times the difference of the two
values. They add up to the difference of the scores, whatever method ranks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from math import ceil, floor
from typing import NamedTuple

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.report import words
from selector.ui.comparing import TELLS, weight_of, worths
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import more, text

SHOWN = 8  # steps at once; the others are gathered
TICKS = 8  # on the axis at most, less one
LEVEL = 1e-12
Pair = tuple[str, str]


class Step(NamedTuple):
    """What a criterion or group adds, and from which score to which it leads; 0 to 1.

    `inside` are the steps of a group's criteria, which lead over the same stretch.
    """

    node: Criterion
    difference: float
    start: float
    end: float
    inside: tuple[Step, ...] = ()


class Fall(NamedTuple):
    """The way from the score of the other, `start`, to that of the one, `end`.

    `steps` are the largest, largest first; `rest` are the others, in the same order, after them.
    """

    start: float
    end: float
    steps: tuple[Step, ...]
    rest: tuple[Step, ...]

    @property
    def gap(self) -> float:
        """How far the one is ahead; negative where it is behind."""
        return self.end - self.start

    @property
    def rest_difference(self) -> float:
        """What the gathered steps add together."""
        return sum(step.difference for step in self.rest)


def fall_of(analysis: Analysis, pair: Pair, by_group: bool = False) -> Fall:
    """The steps from the second of the pair to the first, by leaf or by group of the top."""
    found = worths(analysis)
    one, other = (analysis.table.alternatives.index(a) for a in pair)

    def difference(node: Criterion) -> float:
        central = found[node.id].central
        return weight_of(analysis, node) * float(central[one] - central[other])

    def steps(nodes: Sequence[Criterion], start: float) -> list[Step]:
        made = []
        for node in sorted(nodes, key=lambda n: -abs(difference(n))):  # level ones as in the file
            inside = tuple(steps(tuple(node.leaves()), start)) if node.children else ()
            size = difference(node)
            made.append(Step(node, size, start, start + size, inside))
            start += size
        return made

    nodes = analysis.decision.criteria.criteria if by_group else analysis.leaves
    start, end = (analysis.scores[a][1] for a in reversed(pair))
    made = steps(nodes, start)
    telling = sum(abs(step.difference) >= TELLS for step in made)
    # One step alone is not gathered: its own name says more.
    shown = len(made) if by_group or len(made) <= SHOWN + 1 else min(SHOWN, telling)
    return Fall(start, end, tuple(made[:shown]), tuple(made[shown:]))


class Said(NamedTuple):
    """Figures in tenths of a point as they stand beside the bars; all add up to `gap`.

    `rest` has what the gathered steps add, and what rounding leaves.
    """

    steps: tuple[int, ...]
    rest: int
    gap: int


def said(fall: Fall) -> Said:
    """The figures of a fall, rounded so that their sum is the gap of the scores as shown."""
    steps = tuple(_tenths(step.difference) for step in fall.steps)
    gap = _tenths(plain.apart(fall.end, fall.start))
    return Said(steps, gap - sum(steps), gap)


def _tenths(share: float) -> int:
    return round(10 * plain.tenths(100 * share))


# --- in words -----------------------------------------------------------------------------------


def headline(analysis: Analysis, pair: Pair) -> str:
    """Return who is ahead of whom by how much, as the page's title."""
    fall = fall_of(analysis, pair)
    one, other = (_name(analysis, a) for a in pair)
    ahead = said(fall).gap
    gap = f"{plain.points(abs(ahead) / 1000)} points"
    if ahead == 0:
        return f"<h1>{one} and {other} are level</h1>"
    return f"<h1>{one} is {gap} {'ahead of' if ahead > 0 else 'behind'} {other}</h1>"


def _name(analysis: Analysis, alternative: str) -> str:
    called = words.labels(analysis.decision)[alternative].short
    return f'<span style="color:{colour_of(analysis, alternative)}">{text(called)}</span>'


def sentence(analysis: Analysis, pair: Pair) -> str:
    """Return on how many criteria each is better, what weighs most, and what is open."""
    fall = fall_of(analysis, pair)
    one, other = (words.labels(analysis.decision)[a].short for a in pair)
    steps = fall.steps + fall.rest
    better = [step for step in steps if step.difference > LEVEL]
    worse = [step for step in steps if step.difference < -LEVEL]
    level = len(steps) - len(better) - len(worse)
    told = f"{one} is better on {_criteria(len(better))}, {other} on {len(worse)}"
    parts = [f"{told}; on {level} they are level." if level else f"{told}."]
    most = [
        f"for {name} “{found[0].node.name}”"
        for found, name in ((better, one), (worse, other))
        if found
    ]
    parts += [f"What weighs most: {', '.join(most)}."] if most else []
    low = analysis.scores[pair[0]][0] - analysis.scores[pair[1]][2]
    high = analysis.scores[pair[0]][2] - analysis.scores[pair[1]][0]
    if high - low > LEVEL:
        ends = f"{signed(_tenths(low))} to {signed(_tenths(high))}"
        parts.append(f"What is open could make the gap anything from {ends} points.")
    if not words.is_weighted_sum(analysis):
        parts.append(_by_method(analysis, pair))
    return " ".join(parts)


def _criteria(count: int) -> str:
    return "1 criterion" if count == 1 else f"{count} criteria"


def _by_method(analysis: Analysis, pair: Pair) -> str:
    """That the steps are the weighted sum's, and how the decision's own method has the two."""
    one, other = (words.labels(analysis.decision)[a].short for a in pair)
    ranks = {row.alternative: row.rank for row in analysis.ranking}
    ahead, behind = (one, other) if ranks[pair[0]] < ranks[pair[1]] else (other, one)
    by = words.method_name(analysis.decision.method)
    says = f"puts {ahead} before {behind}"
    if ranks[pair[0]] == ranks[pair[1]]:
        says = "has the two level"
    return f"All this is of the weighted sum; this decision is ranked by {by}, which {says}."


def signed(tenths: int) -> str:
    """Tenths of a point as points with their sign."""
    return ("+" if tenths > 0 else "\u2212" if tenths < 0 else "") + f"{abs(tenths) / 10:.1f}"


def performances(analysis: Analysis, pair: Pair, node: Criterion) -> str:
    """Return the two performances on a criterion, or values of a group, in words."""
    if node.children:
        central = worths(analysis)[node.id].central
        rows = [analysis.table.alternatives.index(a) for a in pair]
        told = [f"{100 * float(central[row]):.0f}" for row in rows]
        return f"worth {told[0]} against {told[1]} of 100"
    one, other = (analysis.cell(a, node.id) for a in pair)
    first = words.cell_text(one)
    if words.cell_text(other) == first:
        return f"both {words.with_unit(one, node)}"
    return f"{first} against {words.with_unit(other, node)}"


# --- as markup ----------------------------------------------------------------------------------


class _Axis(NamedTuple):
    start: float
    end: float

    def place(self, score: float) -> float:
        return 100 * (score - self.start) / (self.end - self.start)

    def ticks(self) -> list[int]:
        width = 100 * (self.end - self.start)
        steps = (s * 10**power for power in count() for s in (1, 2, 5))
        step = next(step for step in steps if width / step <= TICKS)
        first = ceil(100 * self.start / step - 1e-9)
        return [step * i for i in range(first, floor(100 * self.end / step + 1e-9) + 1)]


def _axis(fall: Fall) -> _Axis:
    steps = [*fall.steps, *fall.rest]
    steps += [inner for step in steps for inner in step.inside]
    places = [fall.start, fall.end, *(step.end for step in steps)]
    low, high = floor(100 * min(places) - 0.5), ceil(100 * max(places) + 0.5)
    return _Axis(low / 100, high / 100)


def waterfall(analysis: Analysis, pair: Pair, by_group: bool = False) -> str:
    """Return the way from the second's score to the first's as bars, each with both performances.

    Groups and what is gathered unfold to their criteria.
    """
    fall = fall_of(analysis, pair, by_group)
    figures, axis = said(fall), _axis(fall)
    colours = (colour_of(analysis, pair[0]), colour_of(analysis, pair[1]))

    def row(step: Step, figure: str) -> str:
        return _row(
            text(step.node.name),
            text(performances(analysis, pair, step.node)),
            _bar(axis, step.start, step.end, colours),
            figure,
        )

    def inner(steps: Sequence[Step]) -> str:
        telling = [step for step in steps if abs(step.difference) > LEVEL]
        rows = [_item(row(step, _hundredths(step.difference))) for step in telling]
        told = f'<div role="list">{"".join(rows)}</div>' if rows else ""
        return f'<div class="inside">{told}{_level(analysis, pair, steps)}</div>'

    rows = []
    for step, tenths in zip(fall.steps, figures.steps, strict=True):
        head = row(step, signed(tenths))
        rows.append(_item(_unfold(head, inner(step.inside)) if step.inside else head))
    if fall.rest:
        start = fall.rest[0].start
        level = sum(abs(step.difference) <= LEVEL for step in fall.rest)
        name = f"The other {len(fall.rest)} criteria together"
        if len(fall.rest) == 1:
            name = "One more criterion"
        small = f"level on {level} of them" if level else "the smallest steps"
        bar = _bar(axis, start, fall.end, colours)
        rows.append(_item(_unfold(_row(name, small, bar, signed(figures.rest)), inner(fall.rest))))
    elif figures.rest:
        empty = _bar(axis, fall.end, fall.end, colours)
        rows.append(_item(_row("Rounding", "of the figures above", empty, signed(figures.rest))))
    first = _item(_total(analysis, pair[1], axis, "where the way starts"))
    last = _item(_total(analysis, pair[0], axis, "where it ends"))
    ticks = "".join(
        f'<span style="left:{axis.place(tick / 100):.2f}%">{tick}</span>' for tick in axis.ticks()
    )
    foot = (
        '<div class="leg axis" aria-hidden="true"><span></span>'
        f'<div class="ticks">{ticks}</div><span></span></div>'
    )
    return f'<div class="fall" role="list">{first}{"".join(rows)}{last}</div>{foot}'


def _level(analysis: Analysis, pair: Pair, steps: Sequence[Step]) -> str:
    """On which criteria the two are level, with what both have; empty where on none."""
    names = [
        f"{text(step.node.name)} <small>{text(performances(analysis, pair, step.node))}</small>"
        for step in steps
        if abs(step.difference) <= LEVEL
    ]
    return f'<p class="level"><b>Level:</b> {", ".join(names)}.</p>' if names else ""


def _item(inside: str) -> str:
    return f'<div role="listitem">{inside}</div>'


def _unfold(head: str, inside: str) -> str:
    return f"<details><summary>{head}</summary>{inside}</details>"


def _row(name: str, small: str, track: str, figure: str) -> str:
    return (
        f'<div class="leg"><span class="nm">{name} <small>{small}</small></span>'
        f'<div class="track" aria-hidden="true">{track}</div><span class="sc">{figure}</span></div>'
    )


def _total(analysis: Analysis, alternative: str, axis: _Axis, small: str) -> str:
    score = analysis.scores[alternative][1]
    colour = colour_of(analysis, alternative)
    called = words.labels(analysis.decision)[alternative].short
    dot = f'<b style="left:{axis.place(score):.2f}%;background:{colour}"></b>'
    return _row(f"<b>{text(called)}</b>", small, dot, f"<b>{plain.points(score)}</b>")


def _bar(axis: _Axis, start: float, end: float, colours: tuple[str, str]) -> str:
    """A bar over a step, in the colour of whom it helps, with lines to the steps beside it."""
    left, right = axis.place(min(start, end)), axis.place(max(start, end))
    colour = colours[0] if end >= start else colours[1]
    bar = f'<i style="left:{left:.2f}%;width:{right - left:.2f}%;background:{colour}"></i>'
    return (
        f'<u class="from" style="left:{axis.place(start):.2f}%"></u>'
        f'<u class="to" style="left:{axis.place(end):.2f}%"></u>'
        f"{bar if start != end else ''}"
    )


def sum_of(analysis: Analysis, pair: Pair) -> str:
    """Return that the steps add up, in figures."""
    start, end = (f"{100 * analysis.scores[a][1]:.2f}" for a in reversed(pair))
    gap = _hundredths(fall_of(analysis, pair).gap)
    return (
        f"All steps add up to {gap} points, from {start} to {end}. Figures are rounded; the last "
        "one before the end takes up what that leaves."
    )


def _hundredths(share: float) -> str:
    """Points with two decimals and a sign, for small steps."""
    shown = f"{abs(100 * share):.2f}"
    if float(shown) == 0:
        return "0"
    return f"{'+' if share > 0 else chr(0x2212)}{shown}"


def as_table(analysis: Analysis, pair: Pair) -> str:
    """Return every criterion with both performances, values, weight and points, and their sum."""
    found = worths(analysis)
    rows_of = [analysis.table.alternatives.index(a) for a in pair]
    one, other = (words.labels(analysis.decision)[a].short for a in pair)
    fall = fall_of(analysis, pair)
    body = []
    for step in fall.steps + fall.rest:
        leaf, central = step.node, found[step.node.id].central
        cells = [words.with_unit(analysis.cell(a, leaf.id), leaf) for a in pair]
        values = [f"{float(central[row]):.2f}" for row in rows_of]
        weight = f"{100 * analysis.weights[leaf.id]:.1f} %"
        figures = [*cells, *values, weight, _hundredths(step.difference)]
        columns = "".join(f"<td>{text(figure)}</td>" for figure in figures)
        body.append(f'<tr><th scope="row">{text(leaf.name)}</th>{columns}</tr>')
    heads = ("Criterion", one, other, f"worth, {one}", f"worth, {other}", "weight", "points")
    head = "".join(f'<th scope="col">{text(each)}</th>' for each in heads)
    total = "<td></td>" * 5 + f"<td><b>{_hundredths(fall.gap)}</b></td>"
    inside = (
        '<div class="scrolls" tabindex="0" role="region" aria-label="The steps as a table">'
        f'<table class="figures"><thead><tr>{head}</tr></thead><tbody>{"".join(body)}'
        f'<tr class="total"><th scope="row">Sum</th>{total}</tr></tbody></table></div>'
    )
    return more("All steps as a table", inside)
