"""A rehearsal: simulated people who join and answer through the service, as everybody does."""

from __future__ import annotations

import numpy as np
from sqlalchemy import Connection

from selector.analysis import Analysis
from selector.workshop import asking
from selector.workshop.errors import Refused
from selector.workshop.records import MOST_POINTS, Ballot, Participant, Room
from selector.workshop.service._base import room_of, run_by, viewer_of
from selector.workshop.service.taking_part import TakingPart
from selector.workshop.store import rooms

MOST_SIMULATED = 100
_SPREAD = 0.7  # of the logarithm of points in the first round
_CLOSER = 0.6  # by which they come closer with each round
_SILENT = 0.05  # of answers are no opinion
_NAME = "Simulated"


class Rehearsing(TakingPart):
    """What is done in rooms that are a rehearsal, and in no others."""

    def rehearse(self, code: str, token: str, people: int = 12) -> int:
        """Let simulated people join and, where a vote is open, answer; how many there are.

        Asked again they stay the same, and answer the round that is open then. Their points lie
        around the decision's own weights, closer with each round; the room and the round are the
        seed. Refused 409 in a room that is no rehearsal.
        """
        if not 1 <= people <= MOST_SIMULATED:
            raise Refused(422, f"Between 1 and {MOST_SIMULATED} people can be simulated.")

        def look(connection: Connection) -> tuple[Room, list[Participant]]:
            room = room_of(connection, code)
            run_by(viewer_of(connection, room, token))
            return room, rooms.people(connection, room.id)

        room, there = self.store.read(look)
        if not room.is_rehearsal:
            raise Refused(409, "This room is no rehearsal; only people vote in it.")
        known = {one.name: one for one in there if one.is_proxy}
        roles = [*(role.name for role in room.rules.roles), ""]  # not everybody has one
        if room.phase in ("lobby", "voting"):
            for place in range(people):
                name = f"{_NAME} {place + 1}"
                if name not in known:
                    role = roles[place % len(roles)]
                    joined = self.join(code, name, role, facilitator=token)
                    known[name] = joined.participant
        simulated = [
            one
            for name, one in known.items()
            if name.startswith(f"{_NAME} ") and one.gone_from is None
        ]
        if room.phase == "voting":
            analysis = self.analysis(room)
            for place, one in enumerate(simulated):
                random = np.random.default_rng([room.id, room.round, place])
                ballot = _ballot(analysis, room, one.role, random)
                self.vote(code, token, ballot, on_behalf=one.id)
        return len(simulated)


def _ballot(analysis: Analysis, room: Room, role: str, random: np.random.Generator) -> Ballot:
    """A ballot around what the decision says already."""
    spread = _SPREAD * _CLOSER ** (room.round - 1)
    asked = [question.id for question in asking.questions(analysis, room.rules, role)]
    points = [analysis.shares[name] * np.exp(spread * random.standard_normal()) for name in asked]
    most = max(points, default=0.0) or 1.0
    weights: dict[str, float | None] = {
        name: None if random.random() < _SILENT else max(1.0, round(MOST_POINTS * value / most))
        for name, value in zip(asked, points, strict=True)
    }
    values = dict(zip(analysis.basis.ids, analysis.basis.values[1], strict=True))
    scores: dict[str, dict[str, float | None]] = {name: {} for name in values}
    for leaf in asking.scored(analysis, room.rules, role):
        column = analysis.basis.leaf_ids.index(leaf.id)
        for name, row in values.items():
            felt = MOST_POINTS * (row[column] + spread / 3 * random.standard_normal())
            scores[name][leaf.id] = round(float(np.clip(felt, 0, MOST_POINTS)))
    gut: tuple[str, ...] = ()
    if room.rules.has_gut:
        felt_of = {
            row.alternative: (row.score or 0.0) + spread / 5 * random.standard_normal()
            for row in analysis.ranking
        }
        gut = tuple(sorted(felt_of, key=felt_of.__getitem__, reverse=True))
    return Ballot("", room.round, weights, scores, gut)
