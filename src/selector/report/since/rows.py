"""Facts, bills and what is stale of one analysis against another, as rows of plain data.

`of` in a row is the name of whom it speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost
from selector.domain.decision import Decision
from selector.domain.evidence import Evidence
from selector.measure.table import looked_at, stale_since
from selector.report.facts import value_text
from selector.report.money import money_of

NOT_ASKED = "not asked"


def names(then: Decision, now: Decision) -> dict[str, str]:
    """The names of all alternatives; of those on both sides what they are called now."""
    return {a.id: a.name for decision in (then, now) for a in decision.alternatives}


def _used(analysis: Analysis) -> dict[tuple[str, str], Evidence]:
    """The facts that cells and requirements look at, of those knocked out too."""
    found = {}
    for a in analysis.decision.alternatives:
        row = [analysis.cell(a.id, leaf.id) for leaf in analysis.leaves]
        for fact, evidence in looked_at(analysis.decision, a, row).items():
            found[a.id, fact] = evidence
    return found


def facts(then: Analysis, now: Analysis, beside: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """The facts in use that are otherwise; those `beside` are in use whatever is asked."""
    sides = [(_used(analysis), analysis.decision) for analysis in (then, now)]
    for used, decision in sides:
        for a in decision.alternatives:
            used.update({(a.id, f): a.facts[f] for f in beside if f in a.facts})
    called, known = names(then.decision, now.decision), now.decision.dictionary
    for alternative, fact in dict.fromkeys(key for used, _ in sides for key in used):
        before, after = (
            value_text(used[alternative, fact], decision.dictionary.get(fact))
            if (alternative, fact) in used
            else NOT_ASKED
            for used, decision in sides
        )
        if before != after:
            name = known[fact].name if fact in known else fact
            yield {"alternative": alternative, "of": called[alternative], "fact": fact,
                   "name": name, "before": before, "now": after}  # fmt: skip


def prices(then: Analysis, now: Analysis) -> Iterator[dict[str, Any]]:
    """The bills of the first month that are otherwise, in today's currency.

    Of one that is not known on either side, where a unit price moved.
    """
    before, after = then.cost().alternatives, now.cost().alternatives
    money, called = money_of(now.decision), names(then.decision, now.decision)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        amounts = [None if b is None or b.monthly is None else b.monthly.likely for b in (old, new)]
        items = _items(old, new)
        if amounts[0] != amounts[1] or (items and amounts[0] is None and old and new):
            told = [None if amount is None else money(amount) for amount in amounts]
            yield {"alternative": name, "of": called[name], "before": told[0], "now": told[1],
                   "items": items}  # fmt: skip


def _items(old: AlternativeCost | None, new: AlternativeCost | None) -> list[str]:
    """The items of a bill whose unit price is another."""
    before, after = (
        {line.item: line.unit_price.likely for line in bill.items if line.unit_price}
        if bill is not None
        else {}
        for bill in (old, new)
    )
    return [item for item in {**before, **after} if before.get(item) != after.get(item)]


def stale(
    decision: Decision, used: Mapping[tuple[str, str], Evidence], today: date
) -> Iterator[dict[str, str]]:
    """The facts of these that are past their shelf life on the day `today`."""
    called = names(decision, decision)
    for (alternative, fact), evidence in used.items():
        day = stale_since(decision, fact, evidence, today)
        if day is not None:
            name = decision.dictionary[fact].name
            yield {"alternative": alternative, "of": called[alternative], "fact": fact,
                   "name": name, "as_of": day.isoformat()}  # fmt: skip
