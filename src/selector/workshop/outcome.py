"""What a room said, taken into the decision's file: weights, stakeholders, approval, change log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from selector.analysis import Analysis
from selector.catalog.editing import Change, data_of, edited
from selector.domain.words import listed
from selector.workshop.records import Ballot, Kept, Room
from selector.workshop.results import Results, stakeholders_from
from selector.workshop.scored import scores_into
from selector.workshop.wording import consensus

_DIGITS = 6
_LEFT = (
    "What is known there is measured, or the same of all options, and gives no scale for scores."
)


def decision_with(
    kept: Kept,
    room: Room,
    analysis: Analysis,
    found: Results,
    ballots: Sequence[Ballot],
    today: date,
) -> bytes:
    """The text of the decision's file with what the room said, comments and order kept.

    The weights are those of all together, each person a stakeholder; what people scored are
    performances, as judgements. Whoever signed off stands under `approved`, and the change log says
    where weights and scores are from, and who had no opinion on what.
    """
    data = data_of(kept.text)
    weights = {name: round(100 * share, _DIGITS) for name, share in found.shares.items()}
    changes: list[Change] = [(("weights",), {"method": "direct", "values": weights})]
    people = stakeholders_from(analysis, room.rules, ballots)
    if people:
        changes.append((("stakeholders",), [dict(person) for person in people]))
    scores = scores_into(analysis, data, room.rules, ballots, found.round, today)
    changes += scores.changes
    by = room.signed or "The workshop"
    on = f"in round {found.round} of a workshop"
    what = f"Weights, from {_told(len(ballots))} {on}"
    entries = [{"on": today, "by": by, "what": what, "why": f"{consensus(found)}{_silent(found)}"}]
    if scores.scored:
        what = f"Scores on {listed(scores.scored)}, the means of what people gave {on}"
        near = _near(scores.near)
        entries.append({"on": today, "by": by, "what": what} | ({"why": near} if near else {}))
    if scores.left:
        what = f"The scores on {listed(scores.left)} {on} are not taken over"
        entries.append({"on": today, "by": by, "what": what, "why": _LEFT})
    changes.append((("changes",), [*_rows(data, "changes"), *entries]))
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


def _silent(found: Results) -> str:
    """On what some who weigh had no opinion, and what stands there; empty where all had."""
    rows = [
        f"{one.name} ({found.opinions - one.opinions} of {found.opinions})"
        for one in found.weighed
        if one.opinions < found.opinions
    ]
    if not rows:
        return ""
    told = "their weights there are those that the decision had before"
    return f" Some had no opinion, or were not asked, on {listed(rows)}; {told}."


def _near(names: Sequence[str]) -> str:
    if not names:
        return ""
    told = "its scale has no step of just that value, so that the nearest stands"
    return f"On {listed(names)} {told}."
