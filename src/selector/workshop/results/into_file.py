"""What people said, as a decision's file takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selector.analysis import Analysis
from selector.workshop.records import Ballot, Rules
from selector.workshop.results.people import people_of, room_of

_DIGITS = 6


def stakeholders_from(
    analysis: Analysis, rules: Rules, ballots: Sequence[Ballot]
) -> list[Mapping[str, Any]]:
    """A stakeholder for each ballot that weighs something: name, and points of 100 by criterion.

    Names are those given where the room shows them, else numbers in an order that says nothing.
    Among siblings of which anybody weighs one all are named, so that the file gives each person the
    weights that the room did: where somebody had no opinion, that is the decision's share of then.
    """
    people = people_of(room_of(analysis, {}), rules, ballots)
    nodes, taken = analysis.basis.nodes, set[str]()
    said = {nodes[column] for row in people.told for column in row.nonzero()[0].tolist()}
    named = {node for node in nodes if said.intersection(analysis.basis.family_of[node])}
    found: list[Mapping[str, Any]] = []
    for row, ballot in enumerate(people.ballots):
        if not people.weighs[row]:
            continue
        wanted = " ".join(ballot.name.split()) if rules.is_named else ""
        name = _unlike(wanted or f"Participant {len(found) + 1}", taken)
        taken.add(name)
        shares = dict(zip(nodes, people.shares[row].tolist(), strict=True))
        weights = {n: round(100 * share, _DIGITS) for n, share in shares.items() if n in named}
        found.append({"name": name, "weights": weights})
    return found


def _unlike(name: str, taken: set[str]) -> str:
    """The name, with a number where another has it."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found
