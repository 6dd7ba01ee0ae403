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
    Beside the criteria that are not named the points weigh as on the ballot.
    """
    people = people_of(room_of(analysis, {}), rules, ballots)
    nodes, taken = analysis.basis.nodes, set[str]()
    found: list[Mapping[str, Any]] = []
    for row, ballot in enumerate(people.ballots):
        if not people.weighs[row]:
            continue
        wanted = " ".join(ballot.name.split()) if rules.is_named else ""
        name = _unlike(wanted or f"Participant {len(found) + 1}", taken)
        taken.add(name)
        told = zip(nodes, people.shares[row].tolist(), people.told[row].tolist(), strict=True)
        weights = {node: round(100 * share, _DIGITS) for node, share, is_told in told if is_told}
        found.append({"name": name, "weights": weights})
    return found


def _unlike(name: str, taken: set[str]) -> str:
    """The name, with a number where another has it."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found
