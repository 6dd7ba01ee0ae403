"""What is written and read of rooms: each function works within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from selector.workshop.errors import Refused
from selector.workshop.records import Ballot, Kept, Participant, Role, Room, Rules
from selector.workshop.store.tables import ballots, comments, files, invites, participants, rooms

_ROOM = [column for column in rooms.c if column.name not in ("decision", "decision_name")]
_PARTICIPANT = [
    participants.c.id,
    participants.c.name,
    participants.c.role,
    participants.c.is_proxy,
    participants.c.gone_from,
]


class Counts(NamedTuple):
    """How many are in a room, and how many ballots its round has; those who left do not count."""

    participants: int
    ballots: int


# --- rooms ------------------------------------------------------------------------------------


def add_room(
    connection: Connection, room: Room, kept: Kept, facilitator: str, recovery: str, now: datetime
) -> Room:
    """A new room, with its id; IntegrityError where its code is taken."""
    values = _values(room) | {
        "code": room.code,
        "title": room.title,
        "rules": _rules_text(room.rules),
        "created": room.created or now,
        "used": now,
        "has_roster": room.has_roster,
        "is_rehearsal": room.is_rehearsal,
        "decision_name": kept.name,
        "decision": kept.text,
        "facilitator": facilitator,
        "recovery": recovery,
    }
    made = connection.execute(insert(rooms).values(values)).inserted_primary_key
    number = int(made[0]) if made else 0
    rows = [{"room": number, "name": n, "raw": raw} for n, raw in kept.files.items()]
    if rows:
        connection.execute(insert(files), rows)
    return room._replace(id=number, created=room.created or now, used=now)


def find_room(connection: Connection, code: str, hold: str = "") -> Room | None:
    """The room of a code. `hold` keeps its phase for this transaction: `share` or `change`."""
    query = select(*_ROOM).where(rooms.c.code == code)
    if hold:
        query = query.with_for_update(read=hold == "share")
    row = connection.execute(query).first()
    return None if row is None else _room(row)


def all_rooms(connection: Connection) -> list[Room]:
    """All rooms, the one made last first."""
    rows = connection.execute(select(*_ROOM).order_by(rooms.c.created.desc(), rooms.c.id.desc()))
    return [_room(row) for row in rows]


def _there(row: Any) -> Any:
    """The row; Refused 404 where the room was removed a moment ago."""
    if row is None:
        raise Refused(404, "This room was removed.")
    return row


def keys_of(connection: Connection, room: int) -> tuple[str, str]:
    """The digests of the facilitator's token and of the recovery key."""
    found = select(rooms.c.facilitator, rooms.c.recovery).where(rooms.c.id == room)
    row = _there(connection.execute(found).first())
    return str(row.facilitator), str(row.recovery)


def kept_of(connection: Connection, room: int) -> Kept:
    """The decision of a room with what it brought."""
    found = select(rooms.c.decision_name, rooms.c.decision).where(rooms.c.id == room)
    row = _there(connection.execute(found).first())
    rows = connection.execute(select(files.c.name, files.c.raw).where(files.c.room == room))
    return Kept(str(row.decision_name), bytes(row.decision), {r.name: bytes(r.raw) for r in rows})


def save_room(connection: Connection, room: Room, now: datetime) -> None:
    """Write a room as it stands now."""
    values = _values(room) | {"used": now}
    connection.execute(update(rooms).where(rooms.c.id == room.id).values(values))


def set_keys(connection: Connection, room: int, **digests: str) -> None:
    """Replace the facilitator's token or the recovery key; the old one is void."""
    connection.execute(update(rooms).where(rooms.c.id == room).values(digests))


def remove_room(connection: Connection, room: int) -> None:
    """Take a room away with all that is in it."""
    connection.execute(delete(rooms).where(rooms.c.id == room))


def unused_since(connection: Connection, then: datetime) -> list[int]:
    """The rooms that nobody has changed since then."""
    return list(connection.execute(select(rooms.c.id).where(rooms.c.used < then)).scalars())


def forget_people(connection: Connection, room: int) -> None:
    """Take names, roles' holders, comments and tokens out of a room; the numbers stay."""
    mine = participants.c.room == room
    connection.execute(update(participants).where(mine).values(name="", token=None))
    connection.execute(delete(comments).where(comments.c.room == room))
    connection.execute(delete(invites).where(invites.c.room == room))
    rows = connection.execute(select(ballots).where(ballots.c.room == room)).all()
    for row in rows:
        body = json.loads(row.body) | {"device": "", "comment": ""}
        which = (
            (ballots.c.room == room)
            & (ballots.c.round == row.round)
            & (ballots.c.participant == row.participant)
        )
        connection.execute(update(ballots).where(which).values(body=json.dumps(body)))


def _values(room: Room) -> dict[str, Any]:
    names = ("phase", "round", "revealed", "open_until", "timer", "signed", "note")
    return {name: getattr(room, name) for name in names}


def _room(row: Row[Any]) -> Room:
    values = {name: getattr(row, name) for name in Room._fields if name != "rules"}
    return Room(rules=_rules(row.rules), **values)


def _rules_text(rules: Rules) -> str:
    plain = rules._asdict() | {"roles": [role._asdict() for role in rules.roles]}
    return json.dumps(plain)


def _rules(text: str) -> Rules:
    plain = json.loads(text)
    roles = tuple(
        Role(
            role["name"],
            None if role["weighs"] is None else tuple(role["weighs"]),
            tuple(role["scores"]),
        )
        for role in plain["roles"]
    )
    return Rules(**(plain | {"scores": tuple(plain["scores"]), "roles": roles}))


# --- people -----------------------------------------------------------------------------------


def add_participant(
    connection: Connection, room: int, somebody: Participant, token: str | None, now: datetime
) -> Participant:
    """Somebody new, or whoever has that token already; `token` is a digest."""
    if token is not None:
        known = by_token(connection, room, token)
        if known is not None:
            return known
    values = somebody._asdict() | {"room": room, "token": token, "joined": now}
    try:
        with connection.begin_nested():
            connection.execute(insert(participants).values(values))
    except IntegrityError:  # the same device, at the same moment, through another process
        known = by_token(connection, room, token or "")
        if known is None:
            raise
        return known
    return somebody


def by_token(connection: Connection, room: int, token: str) -> Participant | None:
    """Who has the token of that digest."""
    mine = (participants.c.room == room) & (participants.c.token == token)
    row = connection.execute(select(*_PARTICIPANT).where(mine)).first()
    return None if row is None else Participant(*row)


def participant(connection: Connection, room: int, name: str) -> Participant | None:
    """The participant of that id."""
    if "\0" in name:  # PostgreSQL takes no such text, and nobody has such an id
        return None
    mine = (participants.c.room == room) & (participants.c.id == name)
    row = connection.execute(select(*_PARTICIPANT).where(mine)).first()
    return None if row is None else Participant(*row)


def people(connection: Connection, room: int) -> list[Participant]:
    """All who ever joined, by name; an order by time would say who came when."""
    rows = connection.execute(select(*_PARTICIPANT).where(participants.c.room == room))
    return sorted((Participant(*row) for row in rows), key=lambda one: (one.name, one.id))


def change_participant(connection: Connection, room: int, name: str, **values: Any) -> None:
    """Change what is kept of somebody."""
    mine = (participants.c.room == room) & (participants.c.id == name)
    connection.execute(update(participants).where(mine).values(values))


def add_invites(
    connection: Connection, room: int, rows: Iterable[tuple[str, str, str, str | None]]
) -> None:
    """One-time links: digest, name, role, and the participant whom one gives a new device."""
    names = ("invite", "name", "role", "participant")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    values = [row | {"room": room, "is_device": row["participant"] is not None} for row in found]
    if values:
        connection.execute(insert(invites), values)


def invite(connection: Connection, room: int, digest: str) -> Row[Any] | None:
    """The one-time link of that digest: name, role, participant."""
    mine = (invites.c.room == room) & (invites.c.invite == digest)
    return connection.execute(select(invites).where(mine)).first()


def take_invite(connection: Connection, room: int, digest: str, name: str) -> bool:
    """Mark a one-time link as taken by a participant; False where another was faster."""
    mine = (
        (invites.c.room == room) & (invites.c.invite == digest) & (invites.c.participant.is_(None))
    )
    return connection.execute(update(invites).where(mine).values(participant=name)).rowcount == 1


def drop_invite(connection: Connection, room: int, digest: str) -> bool:
    """Make a link void; False where it was already."""
    mine = (invites.c.room == room) & (invites.c.invite == digest)
    return connection.execute(delete(invites).where(mine)).rowcount == 1


# --- ballots ----------------------------------------------------------------------------------


def save_ballot(
    connection: Connection, room: int, ballot: Ballot, sequence: int | None, now: datetime
) -> int:
    """Keep a ballot and return its version; one with a lower `sequence` than is kept is ignored.

    Sequences are a device's own: what another one gave before is replaced.
    """
    mine = (
        (ballots.c.room == room)
        & (ballots.c.round == ballot.round)
        & (ballots.c.participant == ballot.participant)
    )
    known = (ballots.c.sequence, ballots.c.version, ballots.c.body)
    query = select(*known).where(mine).with_for_update()
    kept = connection.execute(query).first()
    if kept is None:
        values = _ballot_values(ballot) | {
            "room": room,
            "round": ballot.round,
            "participant": ballot.participant,
            "sequence": sequence or 0,
            "version": 1,
            "saved": now,
        }
        try:
            with connection.begin_nested():
                connection.execute(insert(ballots).values(values))
            return 1
        except IntegrityError:  # sent twice at the same moment, to two processes
            kept = connection.execute(query).one()
    is_late = sequence is not None and sequence < kept.sequence
    if is_late and json.loads(kept.body).get("device", ballot.device) == ballot.device:
        return int(kept.version)
    values = _ballot_values(ballot) | {
        "sequence": kept.sequence if sequence is None else sequence,
        "version": kept.version + 1,
        "saved": now,
    }
    connection.execute(update(ballots).where(mine).values(values))
    return int(kept.version) + 1


def _ballot_values(ballot: Ballot) -> dict[str, Any]:
    body = {
        "weights": dict(ballot.weights),
        "scores": {name: dict(row) for name, row in ballot.scores.items()},
        "gut_ranking": list(ballot.gut_ranking),
        "device": ballot.device,
        "comment": ballot.comment,
    }
    text = json.dumps(body, allow_nan=False)
    return {"body": text, "by_facilitator": ballot.by_facilitator}


def ballots_of(
    connection: Connection, room: int, round_: int, participant_id: str = "", says: bool = False
) -> list[Ballot]:
    """The ballots of a round that count, or the one of somebody; `says`: those with a comment."""
    counts = or_(participants.c.gone_from.is_(None), participants.c.gone_from > round_)
    query = (
        select(ballots, participants.c.name, participants.c.role)
        .join(participants)
        .where(ballots.c.room == room, ballots.c.round == round_, counts)
        .order_by(ballots.c.participant)
    )
    if participant_id:
        query = query.where(ballots.c.participant == participant_id)
    if says:  # few do, and all phones ask at the reveal: the others are not read
        query = query.where(ballots.c.body.not_like('%"comment": ""}'))
    return [_ballot(row) for row in connection.execute(query)]


def _ballot(row: Row[Any]) -> Ballot:
    body: Mapping[str, Any] = json.loads(row.body)
    return Ballot(
        row.participant,
        row.round,
        body["weights"],
        body["scores"],
        tuple(body["gut_ranking"]),
        body["comment"],
        row.sequence,
        row.version,
        row.by_facilitator,
        row.name,
        row.role,
        body.get("device", ""),  # none where it was kept before devices were
    )


def counts(connection: Connection, room: Room) -> Counts:
    """How many take part in the round, and how many ballots it has."""
    # In the lobby who was removed is gone from the first round, which is the next.
    now = max(room.round, 1)
    there = or_(participants.c.gone_from.is_(None), participants.c.gone_from > now)
    mine = participants.c.room == room.id
    joined = select(func.count()).select_from(participants).where(mine, there).scalar_subquery()
    given = (
        select(func.count())
        .select_from(ballots.join(participants))
        .where(ballots.c.room == room.id, ballots.c.round == room.round, there)
        .scalar_subquery()
    )
    row = connection.execute(select(joined, given)).one()
    return Counts(int(row[0]), int(row[1]))
