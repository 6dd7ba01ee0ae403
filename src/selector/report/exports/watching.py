"""How an answer is confirmed later: when to look again, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from selector.domain import words as plain
from selector.domain.criterion import CostMeasure
from selector.report import words
from selector.report.exports.story import Story
from selector.report.facts import definition_of

SHOWN = 5  # of each kind: turning points, figures, facts
DAYS = 3  # on which facts of the leader pass their shelf life


def watching(story: Story) -> list[tuple[str, list[str]]]:
    """Return what to watch, by kind with a head; plain text, a sentence each."""
    return [
        ("When to look again", when(story)),
        ("Weights that would turn it", story.conditions[:SHOWN]),
        ("Prices that would turn it", _figures(story, prices=True)),
        ("Other figures that would turn it", _figures(story, prices=False)),
        ("What to find out first", story.find_out[:SHOWN]),
    ]


def when(story: Story, chosen: str = "") -> list[str]:
    """Return when to look again at what was chosen, else the leader; nothing where nobody leads."""
    return list(_when(story, chosen or story.standing.leader)) if story.ranked else []


def _when(story: Story, leader: str) -> Iterator[str]:
    """Days on which facts of the leader grow stale, and what happens before that."""
    name = story.labels[leader].short
    past: dict[date, list[str]] = {}
    ahead: dict[date, list[str]] = {}
    for fact, (as_of, last) in _dated(story, leader).items():
        if last < story.day:
            past.setdefault(as_of, []).append(fact)
        else:
            ahead.setdefault(last, []).append(fact)
    for as_of in sorted(past):
        told, whose = plain.listed(_some(past[as_of])), "their" if len(past[as_of]) > 1 else "its"
        day = plain.day(as_of)
        yield f"Now, look up for {name}: {told}, of {day} and past {whose} shelf life."
    for last in sorted(ahead)[:DAYS]:
        yield f"By {plain.day(last)}, look up for {name}: {plain.listed(_some(ahead[last]))}."
    unproven = next(option.unproven for option in story.ranked if option.id == leader)
    if unproven:
        asked = plain.listed([words.lower_first(one) for one in unproven])
        yield f"Before the contract is signed, {name} has to prove {asked}."
    yield (
        f"Before the contract is signed, when it is renewed, and when a price list changes: facts "
        f"and prices here are those of {plain.day(story.day)}."
    )


def _dated(story: Story, alternative: str) -> dict[str, tuple[date, date]]:
    """The facts in use, as a sentence names them: the day each is of, its last fresh one."""
    found: dict[str, tuple[date, date]] = {}
    for leaf in story.analysis.leaves:
        cell = story.cell(alternative, leaf)
        for fact, evidence in cell.facts.items() if cell is not None else ():
            definition = definition_of(fact, leaf, story.analysis.decision)
            if definition is not None and evidence.as_of is not None:
                last = evidence.as_of + timedelta(days=definition.shelf_life_days)
                found[words.lower_first(definition.name)] = (evidence.as_of, last)
    return found


def _some(names: list[str]) -> list[str]:
    return plain.few(list(dict.fromkeys(names)), 3)


def _figures(story: Story, prices: bool) -> list[str]:
    """The single figures that would put another first: costs, or all but costs.

    The score of a layer is no price, whatever bills count in it.
    """
    return [
        told for leaf, told in story.told_flips if isinstance(leaf.measure, CostMeasure) == prices
    ][:SHOWN]
