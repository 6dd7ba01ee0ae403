"""What is otherwise now than it was, and whether it turns the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.measure.table import in_use
from selector.report import words
from selector.report.record import change
from selector.report.since import rows
from selector.report.since.stacks import (
    Made,
    Stacks,
    is_bare,
    is_of_stacks,
    makeups,
    weights_of_layers,
)
from selector.report.versions import Difference, between


class Changed(NamedTuple):
    """What is otherwise now: rows of plain data, and whether the winner is.

    `edits` are what people set otherwise in the decision's file; the others what follows from
    that, and from facts and prices. `leaders` are those level first, mostly one; of the same ones
    the winner is the one it was, whichever stands first in the file. Of whole stacks `choices` are
    the layers with another choice, `made_of` what those level first are made of; rows of facts,
    prices and what is stale are of the parts. `is_whole` where all of that could be compared.
    """

    edits: list[Difference]
    facts: list[dict[str, str]]
    prices: list[dict[str, Any]]
    weights: dict[str, dict[str, float | None]]
    ranking: list[dict[str, Any]]
    choices: list[dict[str, str]]
    fits: list[dict[str, Any]]
    winner: dict[str, str]
    leaders: dict[str, list[str]]
    made_of: dict[str, dict[str, Any]]
    is_flipped: bool
    stale: list[dict[str, str]]
    is_whole: bool


def changes(then: Analysis, now: Analysis, today: date) -> Changed:
    """Return what changed since, and which facts in use are stale on the day `today`."""
    before, after = makeups(then, now)
    leaders = {"before": _leaders(then), "now": _leaders(now)}
    made = {key: name for name, key in after.items()}  # who is now what somebody was
    was = {before[name] for name in leaders["before"]}
    is_same = was == {after[name] for name in leaders["now"]}
    first = winner(then)
    winners = {"before": first, "now": made[before[first]] if is_same and first else winner(now)}
    stacks = Stacks(then, now, before, after)
    return Changed(
        between(then, now, facts=False),
        list(stacks.facts() if stacks.is_any else rows.facts(then, now)),
        list(stacks.prices() if stacks.is_any else rows.prices(then, now)),
        _weights(weights_of_layers(then, now), weights_of_layers(now, then)),
        _ranking(then, now, before, after),
        list(stacks.choices(winners)),
        list(stacks.fits()),
        winners,
        leaders,
        stacks.made_of(leaders),
        not is_same,
        list(stale(now, today)),
        not any(map(is_bare, (then, now))),
    )


def winner(analysis: Analysis) -> str:
    """The id of the first, of those level the first in the file; empty where nobody is left."""
    return analysis.ranking[0].alternative if analysis.ranking else ""


def stale(analysis: Analysis, today: date) -> list[dict[str, str]]:
    """What an answer rests on that is past its shelf life on a day; of stacks that of the best."""
    if analysis.composed is not None:
        return list(Stacks.stale(analysis.composed, today))
    return list(rows.stale(analysis.decision, in_use(analysis.measured, analysis.decision), today))


def told_in_log(then: Analysis, now: Analysis) -> list[str]:
    """What is otherwise in words, for the log: what was set, chosen, known; no prices."""
    found = changes(then, now, now.decision.day)
    told = [change(*one) for one in found.edits]
    for row in found.choices:
        told.append(change(row["name"], *(row[x].replace(",", "") for x in ("before", "now"))))
    there = set(_there(now))
    told += [
        change(f"{row['name']} of {row['of']}", row["before"], row["now"])
        for row in found.facts
        if (row.get("layer", ""), row["alternative"]) in there
    ]
    told += [change(row["name"], row["before"], row["now"]) for row in found.fits]
    return list(dict.fromkeys(told))


def _there(analysis: Analysis) -> Iterator[tuple[str, str]]:
    """The alternatives, of stacks the candidates with their layer."""
    if analysis.composed is None:
        yield from (("", a.id) for a in analysis.decision.alternatives)
        return
    for layer in analysis.composed.layers:
        yield from ((layer.layer.id, a.id) for a in layer.decision.alternatives)


def _leaders(analysis: Analysis) -> list[str]:
    return [row.alternative for row in analysis.ranking if row.rank == 1]


def _weights(
    before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, dict[str, float | None]]:
    pairs = {name: (before.get(name), after.get(name)) for name in (*before, *after)}
    return {
        name: {"before": old, "now": new}
        for name, (old, new) in pairs.items()
        if old is None or new is None or abs(old - new) > words.LEVEL
    }


def _ranking(
    then: Analysis, now: Analysis, before: Mapping[str, Made], after: Mapping[str, Made]
) -> list[dict[str, Any]]:
    """Who has another rank, under the id of now, or of then where it is there no longer."""
    old = {before[row.alternative]: row for row in then.ranking}
    new = {after[row.alternative]: row for row in now.ranking}
    ids = {made: name for side in (before, after) for name, made in side.items()}
    called = {
        **{before[a.id]: a.name for a in then.decision.alternatives},
        **{after[a.id]: a.name for a in now.decision.alternatives},
    }
    ranks = {
        made: tuple(side[made].rank if made in side else None for side in (old, new))
        for made in dict.fromkeys((*new, *old))
    }
    is_stacks = any(map(is_of_stacks, (then, now)))
    return [
        {
            "alternative": ids[made],
            "of": called[made] + ", as frozen" * (is_stacks and is_ is None),
            "before": was,
            "now": is_,
        }
        for made, (was, is_) in ranks.items()
        if was != is_
    ]
