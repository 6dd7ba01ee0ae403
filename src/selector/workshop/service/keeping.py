"""A room taken out of the database and put into another, for whoever runs the server."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from selector.analysis import analyse
from selector.workshop import asking
from selector.workshop.errors import Refused
from selector.workshop.records import Room
from selector.workshop.service import kept_form
from selector.workshop.service._base import Base, room_of
from selector.workshop.store import rooms, whole
from selector.workshop.visible import FACILITATOR, see


class Keeping(Base):
    """Export and import."""

    def take_out(self, code: str) -> bytes:
        """All of a room as JSON; Refused 403 while a vote is open, for ballots are in it."""

        def work(connection: Connection) -> bytes:
            room = room_of(connection, code)
            see(FACILITATOR, "room", room)
            return kept_form.written(*whole.taken_out(connection, room.id))

        return self.store.read(work)

    def put_in(self, raw: bytes, name: str) -> Room:
        """A room as it was taken out, under its code; phones and the facilitator go on.

        UsageError where the file cannot be used, Refused 409 where there is such a room.
        """
        row, parts = kept_form.read(raw, name)

        def work(connection: Connection) -> Room:
            if rooms.find_room(connection, row["code"]) is not None:
                raise Refused(409, f"There is a room {row['code']} here; delete it first.")
            try:
                with connection.begin_nested():
                    number = whole.put_in(connection, row, parts)
            except IntegrityError as error:
                raise Refused(422, f"{name}: a row stands twice, or belongs to none.") from error
            room = room_of(connection, row["code"])
            kept = rooms.kept_of(connection, number)
            analysis = analyse(self._library().decision_of(kept.text, kept.name, kept.files))
            problems = asking.rule_problems(analysis, room.rules)
            if problems:
                raise Refused(422, f"{name}: {' '.join(problems)}")
            return room

        return self.store.write(work)
