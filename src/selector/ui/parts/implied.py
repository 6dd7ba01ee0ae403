"""What the weights imply one would pay: the question that tells whether they are meant."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.analysis.weights import in_money
from selector.domain import words as plain
from selector.report import words
from selector.report.worth import spoken, worths
from selector.ui.parts.html import lines, more, section, text

MOST = 2  # steps that are shown at once; the rest unfold


def section_of(analysis: Analysis, most: int = MOST) -> str:
    """Return what the dearest steps are worth in money and in points; the rest unfold.

    Empty where no criterion with a weight is in money.
    """
    money = in_money(analysis.decision, analysis.weights)
    if money is None:
        return ""
    cost = words.lower_first(next(c.name for c in analysis.leaves if c.id == money.criterion))
    unit = spoken(money.unit)
    is_sum = words.is_weighted_sum(analysis)
    items = []
    for worth in worths(analysis):
        past = f", more than the whole scale of {cost}" if worth.is_past else ""
        beside = f"{worth.step}; " if worth.step else ""
        points = f"{plain.points(worth.weight)} points of 100"
        share = points if is_sum else f"{words.percent(worth.weight)} of all weight"
        items.append(
            f"{text(worth.name)} is worth <b>{text(plain.number(worth.money))}</b> {text(unit)} "
            f"to you{text(past)} <span>· {text(beside)}{share}</span>"
        )
    if not items:
        return ""
    rest = items[most:]
    scale = text(f"The whole scale of {cost} is {plain.number(money.span)} {unit}.")
    if any(worth.is_past for worth in worths(analysis)):
        scale += " Nobody was asked about more than that."
    folded = more(f"{len(rest)} more", f'{lines(rest)}<p class="how">{scale}</p>') if rest else ""
    how = f"What the whole step would be worth paying. Too much? Then {cost} weighs too little."
    if not is_sum:
        how += " By the weighted sum."
    return section("What the weights imply", how, lines(items[:most]), folded)
