"""What the weights imply that one would pay, in sentences."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from selector.analysis.weights import Money, in_money
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.problem import InputError
from selector.report.words import LEVEL, lower_first, swing

if TYPE_CHECKING:
    from selector.analysis import Analysis


def sentences(analysis: "Analysis") -> list[str]:
    """One for each leaf with a weight but the cost criterion, the dearest first.

    Empty where no criterion has money for its unit. The money is rounded to two digits: weights
    are no surer than that.
    """
    money = in_money(analysis.decision, analysis.weights)
    if money is None:
        return []
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    order = sorted(leaves, key=lambda name: -money.swings[name])
    return [
        f"You would pay up to {plain.number(float(f'{money.swings[name]:.2g}'))} {money.unit} for "
        f"{lower_first(leaves[name].name)}{_step(analysis, name)}{_past(money, leaves, name)}."
        for name in order
        if name != money.criterion and money.swings[name] > 0
    ]


def _past(money: Money, leaves: Mapping[str, Criterion], name: str) -> str:
    """That the money runs past the scale of cost, where it does."""
    if not is_past(money.swings[name], money.span):
        return ""
    return f", which is more than the whole scale of {lower_first(leaves[money.criterion].name)}"


def is_past(worth: float, span: float) -> bool:
    """Whether a worth is more than the whole scale of cost."""
    return worth > span * (1 + LEVEL)


def _step(analysis: "Analysis", name: str) -> str:
    """The step from worst to best that is paid for; nothing where data do not allow to say it."""
    leaf = next(leaf for leaf in analysis.leaves if leaf.id == name)
    try:
        step = swing(analysis, leaf)
    except InputError:
        return ""
    return f", {step}" if step else ""
