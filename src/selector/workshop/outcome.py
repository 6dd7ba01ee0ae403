"""What a room said, taken into the decision's file: weights, stakeholders, approval, change log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from selector.analysis import Analysis
from selector.catalog.editing import Change, data_of, edited
from selector.workshop.records import Ballot, Kept, Room
from selector.workshop.results import Results, stakeholders_from
from selector.workshop.wording import consensus

_DIGITS = 6


def decision_with(
    kept: Kept,
    room: Room,
    analysis: Analysis,
    found: Results,
    ballots: Sequence[Ballot],
    today: date,
) -> bytes:
    """The text of the decision's file with what the room said, comments and order kept.

    The weights are those of all together, each person a stakeholder; whoever signed off stands
    under `approved`, and the change log says where the weights are from.
    """
    data = data_of(kept.text)
    weights = {name: round(100 * share, _DIGITS) for name, share in found.shares.items()}
    changes: list[Change] = [(("weights",), {"method": "direct", "values": weights})]
    people = stakeholders_from(analysis, room.rules, ballots)
    if people:
        changes.append((("stakeholders",), [dict(person) for person in people]))
    by = room.signed or "The workshop"
    entry: dict[str, Any] = {
        "on": today,
        "by": by,
        "what": f"weights, from {_told(len(ballots))} in round {found.round} of a workshop",
        "why": consensus(found),
    }
    changes.append((("changes",), [*_rows(data, "changes"), entry]))
    if room.signed:
        approval: dict[str, Any] = {"by": room.signed, "on": today, "role": "workshop"}
        if room.note:
            approval["note"] = room.note
        changes.append((("approved",), [*_rows(data, "approved"), approval]))
    return edited(kept.text, *changes)


def _rows(data: Any, key: str) -> list[Any]:
    rows = data.get(key) or []
    return list(rows) if isinstance(rows, list) else []


def _told(count: int) -> str:
    return "1 ballot" if count == 1 else f"{count} ballots"
