"""An answer with its cost criteria in the currency of the business, as its bills are told.

Bills are reckoned in US dollars, and so are the criteria that measure them. Where amounts are shown
in another currency, the cells, scales and requirements of those criteria are turned into it for
all that people read: values, scores, draws and the version stay those of the dollars, and so do
the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selector.analysis import Analysis
from selector.analysis.basis import Basis
from selector.domain import words
from selector.domain.criterion import CostMeasure, Criterion, LinearScale, PointScale, Preference
from selector.domain.decision import Decision, Requirement
from selector.domain.performance import Cell
from selector.measure.costs import rounded
from selector.measure.table import Measured, judged
from selector.report.money import Money, money_of

if TYPE_CHECKING:
    from selector.analysis.cost import Cost
    from selector.analysis.robustness import Robustness
    from selector.analysis.spread import Drawn
    from selector.analysis.stakeholders import Stakeholders

DOLLARS = "USD"


def in_currency(analysis: Analysis) -> Analysis:
    """The analysis as it is told in the currency of the business; the same where that is USD."""
    money = money_of(analysis.decision)
    names = frozenset(leaf.id for leaf in analysis.leaves if _is_turned(leaf))
    if money.code == DOLLARS or not (names or analysis.composed):
        return analysis
    return _Told(analysis, money, names)


def as_filed(told: Analysis, leaf: str, figure: float) -> float:
    """A figure of a leaf as it is told, in the unit that the decision's file has for it."""
    return figure / told.factor(leaf) if isinstance(told, _Told) else figure


def exchange(analysis: Analysis) -> list[str]:
    """The rate at which amounts are told, in a sentence; none where they are US dollars."""
    given = analysis.decision.business.currency
    if given is None or given.code == DOLLARS:
        return []
    day = f", as of {words.day(given.as_of)}" if given.as_of else ""
    return [f"Amounts are in {given.code}: 1 {given.code} is {given.usd:g} US dollars{day}."]


def _is_turned(leaf: Criterion) -> bool:
    return isinstance(leaf.measure, CostMeasure) and leaf.unit.startswith(DOLLARS)


class _Told(Analysis):
    """An analysis in another currency. What is drawn or billed is asked of the first one."""

    def __init__(self, of: Analysis, money: Money, turned: frozenset[str]) -> None:
        decision = _decision(of.decision, money, turned)
        if of.composed is not None:
            from selector.report.stack_currency import of_stacks

            decision = of_stacks(decision, of.composed, money)
        basis = _ToldBasis(decision, of, money, turned)
        super().__init__(decision, of.shares, basis, of.composed, of.filed_shares)
        self._of, self._money, self._turned = of, money, turned

    def factor(self, leaf: str) -> float:
        """What one of a leaf's own unit is in the unit it is told in."""
        return self._money.factor if leaf in self._turned else 1.0

    @cached_property
    def version(self) -> str:
        """The version of the answer, which no currency changes."""
        return self._of.version

    def cost(self) -> Cost:
        """The bills, in US dollars."""
        return self._of.cost()

    def stakeholders(self) -> Stakeholders:
        """The answer by each stakeholder's weights."""
        return self._of.stakeholders()

    def with_shares(self, shares: Mapping[str, float]) -> Analysis:
        """The same with other weights."""
        return _Told(self._of.with_shares(shares), self._money, self._turned)

    def robustness(self, *args: Any, **kwargs: Any) -> Robustness:
        """How sure the answer is; figures that would change it are in the other currency."""
        found = self._of.robustness(*args, **kwargs)
        flips = tuple(
            flip._replace(performance=flip.performance * self._money.factor)
            if flip.criterion in self._turned and flip.performance is not None
            else flip
            for flip in found.performance_flips
        )
        return found._replace(performance_flips=flips)


class _ToldBasis(Basis):
    """Cells, scales, knock-outs and notices in another currency; values as they were."""

    def __init__(
        self, decision: Decision, of: Analysis, money: Money, turned: frozenset[str]
    ) -> None:
        super().__init__(decision)
        self.bills = of.basis.bills
        self._of, self._money, self._turned = of, money, turned

    @cached_property
    def measured(self) -> Measured:
        """What was measured, told in the other currency."""
        own = self._of.measured
        ranked = dict(zip(own.table.alternatives, own.table.cells, strict=True))
        rows = {**ranked, **own.excluded_cells}
        cells = {
            alternative.id: tuple(
                _cell(cell, self._money.factor) if leaf.id in self._turned else cell
                for leaf, cell in zip(self._of.leaves, rows[alternative.id], strict=True)
            )
            for alternative in self.decision.alternatives
        }
        return judged(self.decision, cells)._replace(values=own.values)

    @property
    def drawn(self) -> Drawn:
        """The values as they may turn out, drawn from the bills."""
        return self._of.basis.drawn


def _decision(decision: Decision, money: Money, turned: frozenset[str]) -> Decision:
    """The decision with its cost criteria, and what is required of them, in another currency."""
    factor = money.factor
    criteria = tuple(_criterion(node, money, turned) for node in decision.criteria.criteria)
    return decision._replace(
        criteria=decision.criteria._replace(criteria=criteria),
        requirements=tuple(_requirement(r, factor, turned) for r in decision.requirements),
    )


def _criterion(node: Criterion, money: Money, turned: frozenset[str]) -> Criterion:
    if node.children:
        return node._replace(children=tuple(_criterion(x, money, turned) for x in node.children))
    if node.id not in turned:
        return node
    factor, scale, preference, veto = money.factor, node.scale, node.preference, node.veto
    if isinstance(scale, PointScale):  # its thresholds are values
        scale = PointScale(tuple((x * factor, value) for x, value in scale.points))
    else:
        if isinstance(scale, LinearScale):
            scale = scale._replace(
                worst=end_in(scale.worst, factor), best=end_in(scale.best, factor)
            )
        preference = _preference(preference, factor)
        veto = None if veto is None else veto * factor
    unit = node.unit.replace(DOLLARS, money.code, 1)
    return node._replace(unit=unit, scale=scale, preference=preference, veto=veto)


def end_in(end: Any, factor: float) -> Any:
    """An end of a scale; a share of the budget is one in any currency."""
    return end * factor if isinstance(end, int | float) else end


def _preference(given: Preference | None, factor: float) -> Preference | None:
    if given is None:
        return None
    ends = (given.indifference, given.preference, given.sigma)
    return Preference(given.shape, *(None if end is None else end * factor for end in ends))


def _requirement(given: Requirement, factor: float, turned: frozenset[str]) -> Requirement:
    if given.any_of:
        return given._replace(any_of=tuple(_requirement(r, factor, turned) for r in given.any_of))
    return asked_in(given, factor) if given.criterion in turned else given


def asked_in(given: Requirement, factor: float) -> Requirement:
    """A requirement on an amount, in another currency."""
    return given._replace(
        at_least=end_in(given.at_least, factor),
        at_most=end_in(given.at_most, factor),
        equals=end_in(given.equals, factor),
    )


def _cell(cell: Cell, factor: float) -> Cell:
    """A cell of a cost criterion; a bill of which some price is missing has its least alone."""
    low, central, high = (
        None if x is None else x * factor for x in (cell.low, cell.central, cell.high)
    )
    text = cell.text
    if low is not None and high is not None:
        text = words.span(rounded(low), rounded(high))
    elif low and text:
        text = f"at least {words.number(rounded(low))}"
    return cell._replace(low=low, central=central, high=high, text=text)
