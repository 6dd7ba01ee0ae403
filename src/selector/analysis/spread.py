"""From cells to values as they may turn out: what robustness draws.

The rules are those of docs/methods.md, "What is drawn". Confidence and age act here only: they
pull the ends of a cell apart, in values, and never move the score.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.domain.criterion import (
    CostMeasure,
    Criterion,
    FactMeasure,
    LayerMeasure,
    ShareMeasure,
)
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Evidence
from selector.domain.levels import level_names
from selector.domain.performance import Cell, PerformanceTable, ValueTable
from selector.mcda.distributions import quantile
from selector.mcda.robustness.draws import CellDraw, Quantile, Spread
from selector.mcda.robustness.information import even_chances
from selector.mcda.values import linear_value, piecewise_value
from selector.measure.cells import cell_of
from selector.measure.valuation import ColumnScale, span_of

Array = NDArray[np.float64]
Because = Literal["unknown", "disputed", "range", "confidence"]
_STEPS = ("high", "medium", "low")


class OpenCell(NamedTuple):
    """A cell that may turn out otherwise: its place, why, and its value at each chance."""

    row: int
    column: int
    because: Because
    quantile: Quantile


class Drawn:
    """What robustness draws: the spread of all values, and each open cell on its own."""

    def __init__(self, spread: Spread, open_cells: tuple[OpenCell, ...]) -> None:
        self.spread = spread
        self.open_cells = open_cells  # of a fact that several share each of theirs
        self.ends = lru_cache(1)(self._ends)

    def _ends(self, count: int) -> Array:
        """The least and the greatest value of each open cell (cells, 2) at even chances."""
        chances = even_chances(count)
        rows = [cell.quantile(chances) for cell in self.open_cells]
        return np.array([[row.min(), row.max()] for row in rows]).reshape(-1, 2)


def drawn_values(
    decision: Decision,
    alternatives: tuple[Alternative, ...],
    table: PerformanceTable,
    values: ValueTable,
    scales: Mapping[str, ColumnScale],
) -> Drawn:
    """The values of the ranked alternatives as they may turn out."""
    low, high = values.central.copy(), values.central.copy()
    shaped: list[CellDraw] = []
    found: list[OpenCell] = []
    for column, leaf in enumerate(decision.criteria.leaves()):
        maker = _Maker(decision, leaf, scales[leaf.id])
        for row, alternative in enumerate(alternatives):
            cell = table.cells[row][column]
            made = maker.made(alternative, cell)
            if isinstance(made, tuple):
                low[row, column], high[row, column] = made
                if made[0] == made[1]:
                    continue
                draw = _even(*made)
            else:
                draw = made
                shaped.append(CellDraw(row, column, draw))
            found.append(OpenCell(row, column, _because(cell), draw))
    same = _same(decision, alternatives)
    return Drawn(Spread(low, high, tuple(shaped), same), tuple(found))


def _same(decision: Decision, alternatives: tuple[Alternative, ...]) -> NDArray[np.int64] | None:
    """Which cells (alternatives, criteria) are one fact: in a layer, those of stacks that share
    what is chosen there. None where there are no stacks.
    """
    leaves = list(decision.criteria.leaves())
    if not any(isinstance(leaf.measure, LayerMeasure) for leaf in leaves):
        return None
    same = np.arange(len(alternatives))[:, None] * np.ones(len(leaves), np.int64)
    for column, leaf in enumerate(leaves):
        if isinstance(leaf.measure, LayerMeasure):
            said = [alternative.performances.get(leaf.id) for alternative in alternatives]
            same[:, column] = [said.index(one) for one in said]
    return same


def _even(low: float, high: float) -> Quantile:
    return lambda chances: low + chances * (high - low)


def _because(cell: Cell) -> Because:
    if cell.state == "disputed":
        return "disputed"
    if cell.state == "unknown":
        return "unknown"
    return "range" if cell.is_range else "confidence"


class _Maker:
    """Makes the draws of one leaf: (low, high) where they are even, else a quantile function."""

    def __init__(self, decision: Decision, leaf: Criterion, scale: ColumnScale) -> None:
        self.decision, self.leaf, self.scale = decision, leaf, scale
        self.names = level_names(leaf, decision.dictionary)
        self.worst, self.best = scale.attainable
        self.is_bounded = scale.clamp or bool(scale.points or scale.levels)

    def made(self, alternative: Alternative, cell: Cell) -> tuple[float, float] | Quantile:
        """The draws of one cell."""
        span = span_of(self.leaf, self.scale, cell)
        if cell.state == "not_applicable":
            return span.central, span.central
        if cell.state == "unknown":
            return span.low, span.high
        if cell.state == "disputed":
            return self._disputed(alternative, cell)
        width = self._widening(cell)
        low, high = self._widened(span.low, span.high, width)
        if cell.low == cell.high:
            return low, high
        if self._is_straight(cell):
            return low, high
        if span.high <= span.low:  # a range on which the value function is flat
            return low, high
        performances = self._performances(cell)
        stretch = (high - low) / (span.high - span.low)
        # It holds what it needs and no more, for it may be sent to another machine.
        scale, is_bounded, worst, best = self.scale, self.is_bounded, self.worst, self.best

        def quantile_of_value(chances: Array) -> Array:
            drawn = low + (_valued(scale, performances(chances)) - span.low) * stretch
            return np.clip(drawn, worst, best) if is_bounded else drawn

        return quantile_of_value

    def _widened(self, low: float, high: float, width: float) -> tuple[float, float]:
        low, high = low - width, high + width
        if self.is_bounded and width:
            low, high = max(low, self.worst), min(high, self.best)
        return low, high

    def _widening(self, cell: Cell) -> float:
        """How far the value may be off on either side, by the weakest of the facts it rests on."""
        if self.scale.is_flat:
            return 0.0
        steps = [self._step(name, fact) for name, fact in cell.facts.items()]
        widths = self.decision.criteria.widening
        shares = [widths.get(_STEPS[step], 0.0) for step in steps if step is not None]
        return max(shares, default=0.0) * (self.best - self.worst)

    def _step(self, name: str, fact: Evidence) -> int | None:
        """0 for high confidence, 1 medium, 2 low; a stale fact one more. None where it says nil."""
        if fact.state not in ("value", "disputed"):
            return None
        accounts = fact.accounts or (fact,)
        definition = self.decision.dictionary.get(name)
        steps = []
        for account in accounts:
            is_stale = (
                definition is not None
                and account.as_of is not None
                and definition.is_stale(account.as_of, self.decision.day)
            )
            steps.append(min(2, _STEPS.index(account.confidence) + is_stale))
        return max(steps)

    def _is_straight(self, cell: Cell) -> bool:
        """Whether the cell's value is even between its ends, as on a straight scale."""
        scale = self.scale
        if scale.points or scale.levels or self._shape(cell)[0] != "even" or self._counts_places:
            return False
        ends = sorted((scale.worst, scale.best))
        low, high = _ends(cell)
        return not scale.clamp or scale.is_flat or (ends[0] <= low and high <= ends[1])

    @property
    def _counts_places(self) -> bool:
        return bool(self.names) and not isinstance(self.leaf.measure, ShareMeasure)

    def _shape(self, cell: Cell) -> tuple[str, tuple[float, ...]]:
        """The distribution of the cell's performance."""
        low, high = _ends(cell)
        fact = next(iter(cell.facts.values()), None)
        if fact is not None and fact.distribution is not None:
            return fact.distribution.kind, fact.distribution.parameters
        is_bill = isinstance(self.leaf.measure, CostMeasure) and self.leaf.id not in cell.facts
        has_likely = fact is not None and (fact.likely is not None or _is_number(fact.value))
        if cell.central is not None and (is_bill or has_likely):
            return "triangular", (low, cell.central, high)
        return "even", (low, high)

    def _performances(self, cell: Cell) -> Quantile:
        kind, parameters = self._shape(cell)
        if not self._counts_places:
            return lambda chances: quantile(kind, parameters, chances)
        # Levels: each place within the range is as likely as its stretch of half a place each way.
        ends = [parameters[0] - 0.5, *parameters[1:-1], parameters[-1] + 0.5]

        def places(chances: Array) -> Array:
            drawn = np.floor(quantile(kind, ends, chances) + 0.5)
            return np.clip(drawn, parameters[0], parameters[-1])

        return places

    def _disputed(self, alternative: Alternative, cell: Cell) -> tuple[float, float] | Quantile:
        """Each account is as likely as the others, and within it drawn as if it stood alone."""
        made = []
        for name, fact in cell.facts.items():
            for account in fact.accounts:
                one = cell_of(self.decision, self._with(alternative, name, account), self.leaf)
                drawn = self.made(alternative, one)
                made.append(_even(*drawn) if isinstance(drawn, tuple) else drawn)
        if not made:
            span = span_of(self.leaf, self.scale, cell)
            return span.low, span.high

        def among(chances: Array) -> Array:
            scaled = chances * len(made)
            which = np.minimum(scaled.astype(np.int64), len(made) - 1)
            within = scaled - which
            parts = np.stack([quantile_of(within) for quantile_of in made])
            return np.asarray(np.take_along_axis(parts, which[None], axis=0)[0])

        return among

    def _with(self, alternative: Alternative, name: str, account: Evidence) -> Alternative:
        measure = self.leaf.measure
        if self.leaf.id in alternative.performances:
            said = {**alternative.performances, self.leaf.id: account}
            return alternative._replace(performances=said)
        assert isinstance(measure, FactMeasure | ShareMeasure)  # noqa: S101 - only these dispute
        return alternative._replace(facts={**alternative.facts, name: account})


def _valued(scale: ColumnScale, performances: Array) -> Array:
    if scale.is_flat:
        return np.full_like(performances, 0.5)
    if scale.points:
        return piecewise_value(performances, scale.points)
    if scale.levels:
        return np.asarray(scale.levels)[performances.astype(np.int64)]
    return linear_value(performances, scale.worst, scale.best, scale.clamp)


def _ends(cell: Cell) -> tuple[float, float]:
    if cell.low is None or cell.high is None:
        raise TypeError("a cell with a value has a low and a high")
    return cell.low, cell.high


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
