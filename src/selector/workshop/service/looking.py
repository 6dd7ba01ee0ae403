"""What can be seen of a room; all of it passes through `visible`."""

from __future__ import annotations

from sqlalchemy import Connection

from selector.workshop import tokens
from selector.workshop.outcome import decision_with
from selector.workshop.records import Ballot, Kept, Participant, Room
from selector.workshop.results import Results
from selector.workshop.service._base import Base, participant_of, room_of, utc_now, viewer_of
from selector.workshop.store import comments, rooms
from selector.workshop.store.comments import Comment
from selector.workshop.store.rooms import Counts
from selector.workshop.visible import ANYBODY, FACILITATOR, Viewer, may_see, see


class Looking(Base):
    """Reading calls."""

    def room(self, code: str) -> Room:
        """The room of a code as people type it; Refused 404 where there is none."""
        return self.store.read(lambda connection: room_of(connection, code))

    def look(self, code: str) -> tuple[Room, Counts]:
        """A room and its counts, which anybody may see."""

        def work(connection: Connection) -> tuple[Room, Counts]:
            room = room_of(connection, code)
            return room, rooms.counts(connection, room)

        return self.store.read(work)

    def viewer(self, code: str, token: str) -> Viewer:
        """Who has a token in a room: anybody without one; Refused 401 for a wrong one."""
        if not token:
            self.room(code)
            return ANYBODY

        def work(connection: Connection) -> Viewer:
            return viewer_of(connection, room_of(connection, code), token)

        return self.store.read(work)

    def own_ballot(self, code: str, token: str, round_: int | None = None) -> Ballot | None:
        """One's own ballot of a round, the present one if none is named."""

        def work(connection: Connection) -> Ballot | None:
            room = room_of(connection, code)
            viewer = viewer_of(connection, room, token)
            see(viewer, "own ballot", room)
            wanted = room.round if round_ is None else round_
            found = rooms.ballots_of(connection, room.id, wanted, viewer.participant)
            return found[0] if found else None

        return self.store.read(work)

    def participant(self, code: str, token: str) -> Participant:
        """Who one is, by one's token."""

        def work(connection: Connection) -> Participant:
            room = room_of(connection, code)
            return participant_of(connection, room, viewer_of(connection, room, token))

        return self.store.read(work)

    def results(self, code: str, round_: int | None = None, viewer: Viewer = ANYBODY) -> Results:
        """What a round said, the last revealed one if none is named; Refused 403 before that."""
        return self.results_of(*self._seen(code, round_, viewer))

    def results_text(
        self, code: str, round_: int | None = None, *, has_ballots: bool = True
    ) -> bytes:
        """The same as JSON, written once for all who ask at the reveal."""
        return self.results_text_of(*self._seen(code, round_), has_ballots=has_ballots)

    def _seen(self, code: str, round_: int | None, viewer: Viewer = ANYBODY) -> tuple[Room, int]:
        """A room and a round whose results may be seen: the last revealed if none is named."""
        room = self.room(code)
        wanted = (room.revealed or room.round) if round_ is None else round_
        see(viewer, "results", room, wanted)
        return room, wanted

    def oneself(
        self, code: str, token: str, round_: int | None = None
    ) -> tuple[Participant, Ballot | None, Results | None]:
        """Who one is, one's ballot of a round, and what the round said where that may be seen.

        Of what was given on another device no more is told than that it is there, and that after
        the reveal: whoever makes a link for a new device could open it, and read whose is what.
        """

        def work(connection: Connection) -> tuple[Room, Participant, Ballot | None]:
            room = room_of(connection, code)
            viewer = viewer_of(connection, room, token)
            somebody = participant_of(connection, room, viewer)
            see(viewer, "own ballot", room)
            wanted = room.round if round_ is None else round_
            found = rooms.ballots_of(connection, room.id, wanted, somebody.id)
            return room, somebody, found[0] if found else None

        room, somebody, ballot = self.store.read(work)
        if ballot is None:
            return somebody, None, None
        is_seen = may_see(ANYBODY, "results", room, ballot.round)
        if ballot.device not in ("", tokens.mark(token)):
            there = Ballot(somebody.id, ballot.round, {}, version=ballot.version)
            return somebody, there if is_seen else None, None
        return somebody, ballot, self.results_of(room, ballot.round) if is_seen else None

    def comments(self, code: str, viewer: Viewer = ANYBODY) -> list[Comment]:
        """What people want talked about, of the rounds that were revealed."""

        def work(connection: Connection) -> list[Comment]:
            room = room_of(connection, code)
            seen = [n for n in range(1, room.round + 1) if may_see(viewer, "comments", room, n)]
            found = comments.comments_of(connection, room.id, seen)
            found += [
                Comment(n, ballot.comment, ballot.participant, ballot.name)
                for n in seen
                for ballot in rooms.ballots_of(connection, room.id, n, says=True)
                if ballot.comment
            ]
            named = room.rules.is_named
            shown = (c if named else c._replace(participant="", name="") for c in found)
            return sorted(shown, key=lambda c: (c.round, c.text))

        return self.store.read(work)

    def people(self, code: str, token: str) -> list[Participant]:
        """Who is in the room, for the facilitator; not who has voted."""

        def work(connection: Connection) -> list[Participant]:
            room = room_of(connection, code)
            see(viewer_of(connection, room, token), "people", room)
            return rooms.people(connection, room.id)

        return self.store.read(work)

    def ballots(self, code: str, token: str, round_: int | None = None) -> list[Ballot]:
        """The ballots of a revealed round as the outcome takes them; names only where shown."""

        def work(connection: Connection) -> list[Ballot]:
            room = room_of(connection, code)
            viewer = viewer_of(connection, room, token)
            wanted = room.revealed if round_ is None else round_
            see(viewer, "outcome", room)
            see(viewer, "results", room, wanted)
            found = rooms.ballots_of(connection, room.id, wanted)
            if may_see(viewer, "names", room, wanted):
                return found
            return [ballot._replace(name="", participant="") for ballot in found]

        return self.store.read(work)

    def outcome(self, code: str, token: str) -> bytes:
        """The text of the decision's file with what the last revealed round said."""

        def work(connection: Connection) -> tuple[Room, Kept, list[Ballot]]:
            room = room_of(connection, code)
            see(viewer_of(connection, room, token), "outcome", room)
            kept = rooms.kept_of(connection, room.id)
            return room, kept, rooms.ballots_of(connection, room.id, room.revealed)

        room, kept, ballots = self.store.read(work)
        if not may_see(FACILITATOR, "names", room, room.revealed):
            ballots = [ballot._replace(name="") for ballot in ballots]
        found = self.results(code, room.revealed)
        today = utc_now().date()
        return decision_with(kept, room, self.analysis(room), found, ballots, today)

    def kept(self, code: str) -> Kept:
        """The decision that a room is about."""
        return self.store.read(lambda c: rooms.kept_of(c, room_of(c, code).id))
