"""What is otherwise now than it was in an earlier analysis of the same decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost
from selector.domain.decision import Requirement
from selector.domain.evidence import Evidence
from selector.report import words
from selector.report.facts import value_text
from selector.report.money import money_of
from selector.report.versions import Difference, between


class Changed(NamedTuple):
    """What is otherwise now: rows of plain data, and whether the winner is.

    `edits` are what people set otherwise in the decision's file; the others what follows from
    that, and from facts and prices. `leaders` are those level first, mostly one; of the same ones
    the winner is the one it was, whichever stands first in the file.
    """

    edits: list[Difference]
    facts: list[dict[str, str]]
    prices: list[dict[str, Any]]
    weights: dict[str, dict[str, float | None]]
    ranking: list[dict[str, Any]]
    winner: dict[str, str]
    leaders: dict[str, list[str]]
    stale: list[dict[str, str]]

    @property
    def is_flipped(self) -> bool:
        """Whether others lead, or fewer or more are level first."""
        return set(self.leaders["before"]) != set(self.leaders["now"])


def changes(then: Analysis, now: Analysis, today: date) -> Changed:
    """Return what changed since, and which facts in use are stale on the day `today`."""
    leaders = {"before": _leaders(then), "now": _leaders(now)}
    before = winner(then)
    is_same = set(leaders["before"]) == set(leaders["now"])
    return Changed(
        between(then, now, facts=False),
        list(facts(then, now)),
        list(_prices(then, now)),
        _weights(then, now),
        _ranking(then, now),
        {"before": before, "now": before if is_same else winner(now)},
        leaders,
        list(_stale(now, today)),
    )


def winner(analysis: Analysis) -> str:
    """The id of the first, of those level the first in the file; empty where nobody is left."""
    return analysis.ranking[0].alternative if analysis.ranking else ""


def _leaders(analysis: Analysis) -> list[str]:
    return [row.alternative for row in analysis.ranking if row.rank == 1]


def _used(analysis: Analysis) -> dict[tuple[str, str], Evidence]:
    """The facts that cells and requirements look at, by alternative and fact."""
    found: dict[tuple[str, str], Evidence] = {}
    for alternative in analysis.decision.alternatives:
        for leaf in analysis.leaves:
            for fact, evidence in analysis.cell(alternative.id, leaf.id).facts.items():
                found[alternative.id, fact] = evidence
        for fact in _asked(analysis.decision.requirements):
            if fact in alternative.facts:
                found[alternative.id, fact] = alternative.facts[fact]
    return found


def _asked(requirements: Iterable[Requirement]) -> Iterable[str]:
    for requirement in requirements:
        yield from [requirement.fact] if requirement.fact else _asked(requirement.any_of)


def facts(then: Analysis, now: Analysis) -> Iterable[dict[str, str]]:
    """The facts in use that are otherwise, a row each."""
    before, after = _used(then), _used(now)
    known = now.decision.dictionary
    for key in dict.fromkeys((*before, *after)):
        alternative, fact = key
        told = []
        for side, analysis in ((before, then), (after, now)):
            definition = analysis.decision.dictionary.get(fact)
            told.append(value_text(side[key], definition) if key in side else "not asked")
        if told[0] != told[1]:
            name = known[fact].name if fact in known else fact
            yield {"alternative": alternative, "fact": fact, "name": name,
                   "before": told[0], "now": told[1]}  # fmt: skip


def _prices(then: Analysis, now: Analysis) -> Iterable[dict[str, Any]]:
    before, after = then.cost().alternatives, now.cost().alternatives
    money = money_of(now.decision)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        amounts = [None if b is None or b.monthly is None else b.monthly.likely for b in (old, new)]
        if amounts[0] == amounts[1]:
            continue
        yield {
            "alternative": name,
            "before": None if amounts[0] is None else money(amounts[0]),
            "now": None if amounts[1] is None else money(amounts[1]),
            "items": _items(old, new),
        }


def _items(old: AlternativeCost | None, new: AlternativeCost | None) -> list[str]:
    """The items of a bill whose unit price is another."""
    before, after = (
        {line.item: line.unit_price.likely for line in bill.items if line.unit_price}
        if bill is not None
        else {}
        for bill in (old, new)
    )
    return [item for item in {**before, **after} if before.get(item) != after.get(item)]


def _weights(then: Analysis, now: Analysis) -> dict[str, dict[str, float | None]]:
    names = dict.fromkeys((*then.weights, *now.weights))
    pairs = {name: (then.weights.get(name), now.weights.get(name)) for name in names}
    return {
        name: {"before": old, "now": new}
        for name, (old, new) in pairs.items()
        if old is None or new is None or abs(old - new) > words.LEVEL
    }


def _ranking(then: Analysis, now: Analysis) -> list[dict[str, Any]]:
    before = {row.alternative: row for row in then.ranking}
    after = {row.alternative: row for row in now.ranking}
    found = []
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or old.rank != new.rank:
            found.append(
                {
                    "alternative": name,
                    "before": old.rank if old else None,
                    "now": new.rank if new else None,
                }
            )
    return found


def _stale(analysis: Analysis, today: date) -> Iterable[dict[str, str]]:
    for (alternative, fact), evidence in _used(analysis).items():
        definition = analysis.decision.dictionary.get(fact)
        if definition and evidence.as_of and definition.is_stale(evidence.as_of, today):
            yield {"alternative": alternative, "fact": fact, "name": definition.name,
                   "as_of": evidence.as_of.isoformat()}  # fmt: skip
