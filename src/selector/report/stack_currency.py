"""Whole stacks in the currency of the business: limits, costs, knock-outs and notices of layers."""

from __future__ import annotations

from copy import copy

from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import LayerAnalysis
from selector.analysis.stack.derived import COST
from selector.domain.decision import Decision
from selector.domain.evidence import Evidence
from selector.report.currency import DOLLARS, asked_in, end_in, in_currency
from selector.report.money import Money, money_of


def stack_in_currency(composed: StackAnalysis) -> StackAnalysis:
    """The composing as it is told in the currency of the business; the same where that is USD.

    Bills stay in US dollars, for `stacked.money` to tell them.
    """
    if money_of(composed.decision).code == DOLLARS:
        return composed
    return composed.with_layers(tuple(map(_layer, composed.layers)))


def of_stacks(decision: Decision, composed: StackAnalysis, money: Money) -> Decision:
    """A decision among stacks with what a stack may cost, and does, in another currency.

    What it notes of layers is too.
    """
    told = {
        was.text: now.text
        for layer, own in zip(composed.layers, stack_in_currency(composed).layers, strict=True)
        for was, now in zip(layer.notices, own.notices, strict=True)
    }
    definition = decision.dictionary[COST]._replace(unit=money.code)
    return decision._replace(
        said=tuple(note._replace(text=told.get(note.text, note.text)) for note in decision.said),
        dictionary={**decision.dictionary, COST: definition},
        requirements=tuple(
            asked_in(asked, money.factor) if asked.fact == COST else asked
            for asked in decision.requirements
        ),
        alternatives=tuple(
            own._replace(facts={**own.facts, COST: _evidence(own.facts[COST], money.factor)})
            if COST in own.facts
            else own
            for own in decision.alternatives
        ),
    )


def _layer(layer: LayerAnalysis) -> LayerAnalysis:
    """A layer whose knock-outs and notices are in another currency; its candidates are the same."""
    made = copy(layer)
    made.told = in_currency(layer.analysis)
    return made


def _evidence(given: Evidence, factor: float) -> Evidence:
    """A cost that is known, in another currency."""
    return given._replace(
        value=end_in(given.value, factor),
        low=end_in(given.low, factor),
        high=end_in(given.high, factor),
        likely=end_in(given.likely, factor),
    )
