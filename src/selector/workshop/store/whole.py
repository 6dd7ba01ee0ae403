"""A room with all that is in it, row by row, to be kept elsewhere and put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from selector.workshop.store.tables import ballots, comments, files, invites, participants, rooms

PARTS: Mapping[str, Table] = {
    "files": files,
    "participants": participants,
    "invites": invites,
    "ballots": ballots,
    "comments": comments,
}
"""What belongs to a room, in an order in which it can be put back."""
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def taken_out(connection: Connection, room: int) -> tuple[dict[str, Any], Rows]:
    """The row of a room and those of its parts, without the numbers that this database gave."""
    row = connection.execute(select(rooms).where(rooms.c.id == room)).one()
    parts = {}
    for name, table in PARTS.items():
        keys = list(table.primary_key.columns)
        query = select(*_own(table)).where(table.c.room == room).order_by(*keys)
        parts[name] = [dict(found._mapping) for found in connection.execute(query)]
    own = dict(row._mapping)
    del own["id"]
    return own, parts


def put_in(connection: Connection, row: Mapping[str, Any], parts: Rows) -> int:
    """Write them as a new room and return its number; IntegrityError where its code is taken."""
    made = connection.execute(insert(rooms).values(dict(row))).inserted_primary_key
    number = int(made[0]) if made else 0
    for name, table in PARTS.items():
        found = [dict(one) | {"room": number} for one in parts[name]]
        if found:
            connection.execute(insert(table), found)
    return number


def _own(table: Table) -> list[Any]:
    left_out = {"room"} | ({"id"} if table is comments else set())
    return [column for column in table.c if column.name not in left_out]
