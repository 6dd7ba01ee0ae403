"""What the weights imply that one would pay, in sentences."""

from decimal import ROUND_HALF_UP, Context
from typing import TYPE_CHECKING, NamedTuple

from selector.analysis.weights import in_money
from selector.domain import words as plain
from selector.domain.problem import InputError
from selector.report.words import LEVEL, lower_first, swing

if TYPE_CHECKING:
    from selector.analysis import Analysis

_TWO = Context(prec=2, rounding=ROUND_HALF_UP)  # as a browser's toPrecision(2) rounds


class Worth(NamedTuple):
    """What the step from worst to best on a leaf is worth by the weights.

    `money` is rounded to two digits, `weight` a share of all, `step` empty where data do not allow
    to say it. `is_past`: it is more than the whole scale of cost, `span`.
    """

    leaf: str
    name: str
    step: str
    weight: float
    money: float
    is_past: bool


def worths(analysis: "Analysis") -> list[Worth]:
    """One for each leaf with a weight but the cost criterion, the dearest first.

    Empty where no criterion with a weight has money for its unit.
    """
    money = in_money(analysis.decision, analysis.weights)
    if money is None:
        return []
    found = [
        Worth(
            leaf.id,
            leaf.name,
            step_of(analysis, leaf.id),
            analysis.weights[leaf.id],
            rounded(money.swings[leaf.id]),
            is_past(money.swings[leaf.id], money.span),
        )
        for leaf in analysis.leaves
        if leaf.id != money.criterion and money.swings[leaf.id] > 0
    ]
    return sorted(found, key=lambda worth: -money.swings[worth.leaf])


def sentences(analysis: "Analysis") -> list[str]:
    """The same in a sentence each. Weights are no surer than two digits, so money is not either."""
    money = in_money(analysis.decision, analysis.weights)
    if money is None:
        return []
    names = {leaf.id: leaf.name for leaf in analysis.leaves}
    past = f", which is more than the whole scale of {lower_first(names[money.criterion])}"
    return [
        f"You would pay up to {plain.number(worth.money)} {money.unit} for "
        f"{lower_first(worth.name)}{worth.step and f', {worth.step}'}"
        f"{past if worth.is_past else ''}."
        for worth in worths(analysis)
    ]


def rounded(amount: float) -> float:
    """An amount to two digits."""
    return float(_TWO.create_decimal_from_float(amount))


def is_past(worth: float, span: float) -> bool:
    """Whether a worth is more than the whole scale of cost."""
    return worth > span * (1 + LEVEL)


def spoken(unit: str) -> str:
    """A unit of money as it is said in a sentence: US dollars a month."""
    return unit.replace("USD", "US dollars").replace(" per ", " a ")


def step_of(analysis: "Analysis", leaf_id: str) -> str:
    """The step from worst to best that is paid for; nothing where data do not allow to say it."""
    leaf = next(leaf for leaf in analysis.leaves if leaf.id == leaf_id)
    try:
        return swing(analysis, leaf)
    except InputError:
        return ""
