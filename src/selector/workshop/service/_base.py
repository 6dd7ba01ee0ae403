"""What every call on rooms rests on: the store, who asks, and what is computed once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Connection

from selector.analysis import Analysis, analyse
from selector.catalog.library import Library
from selector.report.currency import in_currency
from selector.workshop import tokens
from selector.workshop.errors import Refused
from selector.workshop.records import Ballot, Participant, Room
from selector.workshop.results import Results, results, to_json
from selector.workshop.store import Store, rooms
from selector.workshop.visible import ANYBODY, FACILITATOR, Viewer

REMOVED = "You were removed from this room; ask whoever runs it."


class Base:
    """The store of rooms. `changed` is called with the code of a room after each change."""

    def __init__(
        self,
        store: Store,
        library: Callable[[], Library] = Library,
        changed: Callable[[str], None] = lambda _code: None,
    ) -> None:
        self.store = store
        self.changed = changed
        self._library = library
        self._reading, self._computing = threading.Lock(), threading.Lock()
        self._analysis = lru_cache(64)(self._read_analysis)
        self._results = lru_cache(256)(self._compute)
        self._writing, self._text = threading.Lock(), lru_cache(32)(self._write)

    def analysis(self, room: Room) -> Analysis:
        """The decision of a room, under its own weights, as it is told in its currency."""
        with self._reading:  # by code too: the id of a room that was removed may come again
            return self._analysis(room.id, room.code)

    def _read_analysis(self, room_id: int, _code: str) -> Analysis:
        kept = self.store.read(lambda connection: rooms.kept_of(connection, room_id))
        decision = self._library().decision_of(kept.text, kept.name, kept.files)
        return in_currency(analyse(decision))

    def results_of(self, room: Room, round_: int) -> Results:
        """What a round said, computed once however many ask, until the room is used again."""
        with self._computing:
            return self._results(room.code, round_, room.used)

    def _compute(self, code: str, round_: int, _used: datetime | None) -> Results:
        def work(connection: Connection) -> tuple[Room, Mapping[int, list[Ballot]]]:
            room = room_of(connection, code)
            wanted = [n for n in (round_ - 1, round_) if n > 0]
            return room, {n: rooms.ballots_of(connection, room.id, n) for n in wanted}

        room, found = self.store.read(work)
        analysis = self.analysis(room)
        before = None
        if round_ - 1 in found:
            before = results(analysis, room.rules, found[round_ - 1])
        return results(analysis, room.rules, found[round_], before, round_)

    def results_text_of(self, room: Room, round_: int, *, has_ballots: bool = True) -> bytes:
        """The same as JSON, written once for all who ask at the reveal."""
        with self._writing:
            return self._text(room, round_, has_ballots)

    def _write(self, room: Room, round_: int, has_ballots: bool) -> bytes:
        found = to_json(self.results_of(room, round_)) | {"rehearsal": room.is_rehearsal}
        if not has_ballots:
            del found["ballots"]
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def room_of(connection: Connection, code: str, hold: str = "") -> Room:
    """The room of a code as people type it; Refused 404 where there is none."""
    plain = tokens.code_of(code)
    room = rooms.find_room(connection, plain, hold) if plain else None
    if room is None:
        raise Refused(404, "There is no room with this code.")
    return room


def viewer_of(connection: Connection, room: Room, token: str) -> Viewer:
    """Who has a token in a room; Refused 401 for a token that nobody has."""
    if tokens.is_token(token):
        digest = tokens.digest(token)
        facilitator, _ = rooms.keys_of(connection, room.id)
        if tokens.is_same(facilitator, digest):
            return FACILITATOR
        somebody = rooms.by_token(connection, room.id, digest)
        if somebody is not None:
            if somebody.gone_from is not None:
                raise Refused(403, REMOVED)
            return Viewer("participant", somebody.id)
    if not token:
        return ANYBODY
    raise Refused(401, "This token is not known in this room; join again.")


def participant_of(connection: Connection, room: Room, viewer: Viewer) -> Participant:
    """The participant who asks; Refused where it is somebody else."""
    if viewer.kind == "anybody":
        raise Refused(401, "Join the room first, and send the token that you were given.")
    if viewer.kind != "participant":
        raise Refused(403, "This is for participants; vote for somebody by their own address.")
    somebody = rooms.participant(connection, room.id, viewer.participant)
    if somebody is None:
        raise Refused(401, "This token is not known in this room; join again.")
    return somebody


def run_by(viewer: Viewer) -> None:
    """Refused where it is not the facilitator who asks."""
    if viewer.kind == "anybody":
        raise Refused(401, "Send the token of whoever runs the room.")
    if viewer.kind != "facilitator":
        raise Refused(403, "Only whoever runs the room can do this.")


def utc_now() -> datetime:
    """The time in UTC, without a zone, as it is stored."""
    return datetime.now(UTC).replace(tzinfo=None)
