"""The architecture around the choice, as a decision's own file has it: what links its parts."""

from __future__ import annotations

from collections.abc import Sequence

from selector.domain import words as plain
from selector.domain.record import CHOSEN
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.look import heads
from selector.report.exports.deck.tables import Cell
from selector.report.exports.story import Story
from selector.report.record import Drawn

SOME = 3  # parts that a title names


def parts(deck: Deck, story: Story) -> None:
    """What goes from one part to another; of whole stacks their pattern is drawn instead."""
    drawn = story.architecture
    if drawn is None or story.reference is not None:
        return
    name = story.labels[story.standing.leader].short
    called = {**drawn.parts, CHOSEN: name}
    rows = [
        [*(Cell(called[end], bold=end == CHOSEN) for end in (link.source, link.target)),
         Cell(link.carries)]
        for link in drawn.links
    ]  # fmt: skip
    links, others = len(drawn.links), len(drawn.parts) - 1
    under = (
        f"{others} part{'s' * (others != 1)} around the choice, {links} link{'s' * (links != 1)}; "
        "what was chosen is bold."
    )
    deck.table(
        _found(drawn, name), under, heads("From", "To", "What goes along it"), rows, (30, 30, 40),
        told=drawn.lines(), here=1, spread=True,
    )  # fmt: skip


def _found(drawn: Drawn, name: str) -> str:
    """Between which parts the choice stands, as a title."""
    before = [one.source for one in drawn.links if one.target == CHOSEN]
    after = [one.target for one in drawn.links if one.source == CHOSEN]
    into, out = _named(drawn, before), _named(drawn, after)
    told = [f"is reached from {into}"] * bool(into) + [f"passes on to {out}"] * bool(out)
    return f"{name} {' and '.join(told) or 'is linked to no other part'}"


def _named(drawn: Drawn, own: Sequence[str]) -> str:
    """The names of parts beside the choice, or how many they are; empty of none."""
    names = [drawn.parts[one] for one in dict.fromkeys(own) if one != CHOSEN]
    return plain.listed(names) if len(names) <= SOME else f"{len(names)} parts"
