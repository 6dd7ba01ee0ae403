"""Performances to values: each leaf's value function applied to its cells, with what that tells.

The rules for unknown, not applicable and disputed cells, for ranges and for local scales are those
of docs/formats.md, "From a performance to a value".
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from selector.domain import words
from selector.domain.criterion import (
    BudgetShare,
    Criterion,
    LevelScale,
    LinearScale,
    PointScale,
    ShareMeasure,
)
from selector.domain.decision import Decision
from selector.domain.levels import level_names
from selector.domain.outcome import Notice
from selector.domain.performance import Cell, PerformanceTable, ValueTable
from selector.domain.problem import InputError, Problem
from selector.mcda.values import even_levels, piecewise_extremes, piecewise_value


class Span(NamedTuple):
    """The value of one cell: the lowest it could be, as it counts, the highest."""

    low: float
    central: float
    high: float


class ColumnScale(NamedTuple):
    """The value function of one leaf, ready to use: straight, through points, by level, or flat.

    `is_flat` marks a local column without differences, which is worth 0.5 throughout.
    """

    worst: float = 0.0
    best: float = 1.0
    clamp: bool = True
    points: tuple[tuple[float, float], ...] = ()
    levels: tuple[float, ...] = ()
    is_flat: bool = False
    is_local: bool = False

    @property
    def attainable(self) -> tuple[float, float]:
        """The lowest and highest value there can be."""
        if self.points:
            return min(v for _, v in self.points), max(v for _, v in self.points)
        return (min(self.levels), max(self.levels)) if self.levels else (0.0, 1.0)

    def value(self, performance: float) -> float:
        """The value of one performance; of a level, by its place."""
        if self.is_flat:
            return 0.5
        if self.points:
            return float(piecewise_value(np.float64(performance), self.points))  # type: ignore[arg-type]
        if self.levels:
            return self.levels[int(performance)]
        # As linear_value does for arrays, in plain numbers: ten times as fast for one.
        value = (performance - self.worst) / (self.best - self.worst)
        return min(max(value, 0.0), 1.0) if self.clamp else value

    def extremes(self, low: float, high: float) -> tuple[float, float]:
        """The lowest and highest value over an interval of performances."""
        if self.points:
            return piecewise_extremes(low, high, self.points)
        if self.levels:
            within = self.levels[int(low) : int(high) + 1]
            return min(within), max(within)
        ends = self.value(low), self.value(high)
        return min(ends), max(ends)

    def goes_beyond(self, cell: Cell) -> bool:
        """Whether a performance lies past the ends of a clamped scale."""
        if self.levels or self.is_flat or self.is_local or not (self.clamp or self.points):
            return False
        xs = [x for x, _ in self.points] or [self.worst, self.best]
        known = [x for x in (cell.low, cell.central, cell.high) if x is not None]
        return any(x < min(xs) or x > max(xs) for x in known)


def column_scale(leaf: Criterion, cells: Sequence[Cell], decision: Decision) -> ColumnScale:
    """The value function of a leaf; without one, from its levels or from the cells themselves."""
    names = level_names(leaf, decision.dictionary)
    scale = leaf.scale
    if isinstance(scale, LinearScale):
        if isinstance(scale.worst, BudgetShare) or isinstance(scale.best, BudgetShare):
            raise TypeError("ends of budget are turned into money when a decision is read")
        return ColumnScale(scale.worst, scale.best, scale.clamp)
    if isinstance(scale, PointScale):
        return ColumnScale(points=scale.points)
    if isinstance(scale, LevelScale):
        return ColumnScale(levels=tuple(scale.levels[name] for name in names))
    if names:
        return ColumnScale(levels=tuple(even_levels(len(names), leaf.direction).tolist()))
    if _is_share(leaf) or _is_truth(leaf, cells):
        return ColumnScale(1.0, 0.0) if leaf.direction == "min" else ColumnScale()
    lows = [cell.low for cell in cells if cell.low is not None and cell.high is not None]
    highs = [cell.high for cell in cells if cell.low is not None and cell.high is not None]
    if not lows or min(lows) == max(highs):
        return ColumnScale(is_flat=True, is_local=True)
    ends = (min(lows), max(highs)) if leaf.direction == "max" else (max(highs), min(lows))
    return ColumnScale(*ends, is_local=True)


def _is_share(leaf: Criterion) -> bool:
    return isinstance(leaf.measure, ShareMeasure)


def _is_truth(leaf: Criterion, cells: Sequence[Cell]) -> bool:
    """Whether the decision itself answers this leaf with true and false."""
    answers = [
        evidence.value
        for cell in cells
        for evidence in cell.facts.values()
        if evidence.state == "value"
    ]
    return leaf.measure is None and bool(answers) and all(isinstance(a, bool) for a in answers)


def span_of(leaf: Criterion, scale: ColumnScale, cell: Cell) -> Span:
    """The value of one cell. Raises InputError where one is not applicable without a rule."""
    worst, best = scale.attainable
    if cell.state == "not_applicable":
        return _not_applicable(leaf, cell, worst, best)
    if cell.low is not None and cell.high is None:
        # A bill with prices missing: at least so much, at most as bad as the scale knows.
        top = best if scale.is_flat else max(worst, scale.value(cell.low))
        return Span(worst, (worst + top) / 2, top)
    if cell.low is None or cell.high is None:
        return Span(worst, (worst + best) / 2, best)
    low, high = scale.extremes(cell.low, cell.high)
    if cell.central is None:
        return Span(low, (low + high) / 2, high)
    central = scale.value(cell.central)
    return Span(min(low, central), central, max(high, central))


def _not_applicable(leaf: Criterion, cell: Cell, worst: float, best: float) -> Span:
    rule = leaf.not_applicable
    if rule is None:
        evidence = next(iter(cell.facts.values()))
        raise InputError(
            [
                Problem.at(
                    evidence.origin,
                    f"not applicable, and {leaf.id!r} has no rule for what that is worth",
                    f"add 'not_applicable: best', 'worst' or a value to {leaf.id!r}",
                )
            ]
        )
    value = {"best": best, "worst": worst}[rule] if isinstance(rule, str) else float(rule)
    return Span(value, value, value)


def value_table(
    decision: Decision, table: PerformanceTable, names: dict[str, str]
) -> tuple[ValueTable, dict[str, ColumnScale], list[Notice]]:
    """The values of all cells, the scale of each leaf, and notices about both.

    `names` are those of the alternatives, for the notices.
    """
    leaves = decision.criteria.leaves()
    shape = (len(table.alternatives), len(leaves))
    low, central, high = np.empty(shape), np.empty(shape), np.empty(shape)
    scales: dict[str, ColumnScale] = {}
    notices: list[Notice] = []
    problems: list[Problem] = []
    for column, leaf in enumerate(leaves):
        cells = [row[column] for row in table.cells]
        scale = scales[leaf.id] = column_scale(leaf, cells, decision)
        for row, cell in enumerate(cells):
            try:
                span = span_of(leaf, scale, cell)
            except InputError as error:
                problems += error.problems
                continue
            low[row, column], central[row, column], high[row, column] = span
        if cells:
            notices += _notices(leaf, scale, table, cells, names)
    if problems:
        raise InputError(dict.fromkeys(problems))
    return ValueTable(table.alternatives, table.leaves, low, central, high), scales, notices


def _notices(
    leaf: Criterion,
    scale: ColumnScale,
    table: PerformanceTable,
    cells: Sequence[Cell],
    names: dict[str, str],
) -> list[Notice]:
    notices = []
    if scale.is_local:
        notices.append(
            Notice(
                "local-scale",
                f"{leaf.name} has no scale of its own: its values compare these alternatives only, "
                "and adding one can change the order of others.",
                criterion=leaf.id,
            )
        )
    if scale.is_flat:
        notices.append(
            Notice(
                "constant-column",
                f"{leaf.name} does not tell the alternatives apart: each counts 0.5.",
                criterion=leaf.id,
            )
        )
    beyond = [
        names[alternative]
        for alternative, cell in zip(table.alternatives, cells, strict=True)
        if scale.goes_beyond(cell)
    ]
    if beyond:
        xs = [x for x, _ in scale.points] or [scale.worst, scale.best]
        ends = f"{words.number(xs[0])} to {words.number(xs[-1])}"
        notices.append(
            Notice(
                "scale-clamped",
                f"{leaf.name} of {words.listed(beyond)} lies past the scale "
                f"({words.with_unit(ends, leaf.unit)}) and counts as its end.",
                criterion=leaf.id,
            )
        )
    return notices
