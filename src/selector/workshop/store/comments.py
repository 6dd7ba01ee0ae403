"""What people want talked about, as it is written and read within one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, or_, select

from selector.workshop.records import Room
from selector.workshop.store.tables import comments, participants


class Comment(NamedTuple):
    """Something to be talked about. `name` is empty where the room shows no names."""

    round: int
    text: str
    participant: str = ""
    name: str = ""


def add_comment(
    connection: Connection, room: Room, participant_id: str, text: str, now: datetime
) -> None:
    """Keep something to be talked about, unless the same person said the same in this round."""
    # Who says two things at once is served one after the other, for one may be the other again.
    one = (participants.c.room == room.id) & (participants.c.id == participant_id)
    connection.execute(select(participants.c.id).where(one).with_for_update())
    values = {
        "room": room.id,
        "round": max(1, room.round),
        "participant": participant_id,
        "text": text,
        "saved": now,
    }
    same = [comments.c[name] == values[name] for name in ("room", "round", "participant", "text")]
    if connection.execute(select(comments.c.round).where(*same)).first() is None:
        connection.execute(insert(comments).values(values))


def comments_of(connection: Connection, room: int, rounds: Sequence[int]) -> list[Comment]:
    """What was written in those rounds by who counts in them, in an order that tells no time."""
    gone = participants.c.gone_from
    there = or_(gone.is_(None), gone > comments.c.round)
    query = (
        select(comments.c.round, comments.c.text, comments.c.participant, participants.c.name)
        .select_from(
            comments.outerjoin(
                participants,
                (participants.c.room == comments.c.room)
                & (participants.c.id == comments.c.participant),
            )
        )
        .where(comments.c.room == room, comments.c.round.in_(rounds), there)
        .order_by(comments.c.round, comments.c.text)
    )
    return [
        Comment(r.round, r.text, r.participant, r.name or "") for r in connection.execute(query)
    ]


def count_comments(connection: Connection, room: int, participant_id: str) -> int:
    """How many somebody wrote."""
    mine = (comments.c.room == room) & (comments.c.participant == participant_id)
    return int(connection.execute(select(func.count()).where(mine)).scalar_one())
