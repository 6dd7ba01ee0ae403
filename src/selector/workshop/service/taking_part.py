"""Joining a room, voting, and saying what should be talked about."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from selector.workshop import asking, flow, tokens
from selector.workshop.errors import Refused
from selector.workshop.paper import read_paper
from selector.workshop.records import Ballot, Participant, Room
from selector.workshop.service._base import (
    REMOVED,
    Base,
    participant_of,
    room_of,
    run_by,
    utc_now,
    viewer_of,
)
from selector.workshop.store import comments, rooms

MOST_PEOPLE = 2_000  # in a room
MOST_COMMENTS = 50  # of one participant


class Joined(NamedTuple):
    """Somebody who joined, with the token that their device keeps; empty for a proxy."""

    participant: Participant
    token: str


class TakingPart(Base):
    """What participants do."""

    def join(
        self,
        code: str,
        name: str = "",
        role: str = "",
        *,
        device: str = "",
        invite: str = "",
        facilitator: str = "",
    ) -> Joined:
        """Take part. The same `device` joins once, however often it asks.

        With `facilitator`, their token, it is somebody without a device, for whom they vote.
        """
        now = utc_now()

        def work(connection: Connection) -> Joined:
            room = room_of(connection, code, hold="share")
            if facilitator:
                run_by(viewer_of(connection, room, facilitator))
                if room.has_roster and name in _present(connection, room):
                    raise Refused(409, f"{name!r} is in the room already.")
                somebody = _newcomer(connection, room, name, role)._replace(is_proxy=True)
                rooms.add_participant(connection, room.id, somebody, None, now)
                return Joined(somebody, "")
            token = tokens.token_of_device(device, room.code) if device else ""
            token = token or tokens.new_token()
            digest = tokens.digest(token)
            known = rooms.by_token(connection, room.id, digest)
            if known is not None and known.gone_from is not None:
                raise Refused(403, REMOVED)
            if known is not None:
                return Joined(known, token)
            if room.has_roster or invite:
                return _by_link(connection, room, invite, token, role, now)
            somebody = _newcomer(connection, room, name, role)
            return Joined(rooms.add_participant(connection, room.id, somebody, digest, now), token)

        joined = self.store.write(work)
        self.changed(code)
        return joined

    def vote(
        self,
        code: str,
        token: str,
        ballot: Ballot,
        sequence: int | None = None,
        on_behalf: str = "",
    ) -> int:
        """Keep a ballot and return its version. `on_behalf` is a participant without a device."""
        now = utc_now()
        analysis = self.analysis(self.store.read(lambda connection: room_of(connection, code)))

        def work(connection: Connection) -> int:
            room = room_of(connection, code, hold="share")
            viewer = viewer_of(connection, room, token)
            if on_behalf:
                run_by(viewer)
                found = rooms.participant(connection, room.id, on_behalf)
                if found is None or found.gone_from is not None:
                    raise Refused(404, "There is no such participant.")
                if not found.is_proxy:  # whether they have answered or not: that is not told
                    raise Refused(409, "They answer on a device of their own.")
                somebody = found
            else:
                somebody = participant_of(connection, room, viewer)
            flow.check_ballot(room, ballot.round, now)
            own = ballot._replace(
                participant=somebody.id,
                role=somebody.role,
                by_facilitator=bool(on_behalf),
                device="" if on_behalf else tokens.mark(token),
            )
            problems = asking.problems(analysis, room.rules, somebody.role, own)
            if problems:
                raise Refused(422, " ".join(problems))
            return rooms.save_ballot(connection, room.id, own, sequence, now)

        version = self.store.write(work)
        self.changed(code)
        return version

    def enter_paper(self, code: str, token: str, text: str) -> int:
        """Keep ballots that were given on paper, all or none, and return how many.

        Each name is somebody without a device; entered again, theirs is replaced.
        """
        now = utc_now()
        analysis = self.analysis(self.store.read(lambda connection: room_of(connection, code)))

        def work(connection: Connection) -> int:
            room = room_of(connection, code, hold="share")
            run_by(viewer_of(connection, room, token))
            flow.check_ballot(room, room.round, now)
            asked = [question.id for question in asking.questions(analysis, room.rules)]
            known = {p.name: p for p in rooms.people(connection, room.id) if p.is_proxy}
            rows = read_paper(text, asked)
            problems = []
            if room.has_roster:  # there a name is one person
                there = {n for n, p in _present(connection, room).items() if not p.is_proxy}
                on_devices = (name for name, _, _ in rows if name in there)
                problems = [f"{name}: answers on a device of their own." for name in on_devices]
            for name, role, weights in rows:
                somebody = known.get(name)
                if somebody is None or somebody.gone_from is not None:
                    somebody = _newcomer(connection, room, name, role)._replace(is_proxy=True)
                    rooms.add_participant(connection, room.id, somebody, None, now)
                part = somebody.role
                ballot = Ballot(somebody.id, room.round, weights, by_facilitator=True, role=part)
                found = asking.problems(analysis, room.rules, part, ballot)
                problems += [f"{name}: {problem}" for problem in found]
                if not problems:
                    rooms.save_ballot(connection, room.id, ballot, None, now)
            if problems:
                raise Refused(422, " ".join(problems[:10]))
            return len(rows)

        count = self.store.write(work)
        self.changed(code)
        return count

    def comment(self, code: str, token: str, text: str) -> None:
        """Keep something to be talked about after the reveal.

        Said twice in a round it is there once, for a phone sends again what it had no answer to.
        """
        now = utc_now()

        def work(connection: Connection) -> None:
            room = room_of(connection, code)
            somebody = participant_of(connection, room, viewer_of(connection, room, token))
            if room.phase == "closed":
                raise Refused(409, "The room is closed.")
            comments.add_comment(connection, room, somebody.id, text, now)
            if comments.count_comments(connection, room.id, somebody.id) > MOST_COMMENTS:
                raise Refused(409, f"{MOST_COMMENTS} comments are enough; edit the last ones.")

        self.store.write(work)


def _newcomer(connection: Connection, room: Room, name: str, role: str) -> Participant:
    """Somebody who may come in; Refused where nobody may, or the role is not known."""
    if room.phase == "closed":
        raise Refused(409, "The room is closed.")
    if rooms.counts(connection, room).participants >= MOST_PEOPLE:
        raise Refused(409, f"The room is full: it takes {MOST_PEOPLE} people.")
    if role and room.rules.role(role) is None:
        raise Refused(422, f"There is no role {role!r} in this room.")
    return Participant(tokens.new_id(), name, role)


def _present(connection: Connection, room: Room) -> dict[str, Participant]:
    """Who is in a room and was not removed, by name."""
    return {p.name: p for p in rooms.people(connection, room.id) if p.gone_from is None}


def _by_link(
    connection: Connection, room: Room, link: str, token: str, role: str, now: datetime
) -> Joined:
    """Somebody who comes by a link of their own: to join once, or to go on with a new device."""
    if not link:
        raise Refused(403, "This room is by invitation; use the link that was sent to you.")
    invite, digest = tokens.digest(link), tokens.digest(token)

    def spent(status: int, why: str) -> Joined:
        """The link is used: by this very device, at the same moment, or else it is refused."""
        known = rooms.by_token(connection, room.id, digest)
        if known is None or known.gone_from is not None:
            raise Refused(status, f"{why}; ask for a new one.")
        return Joined(known, token)

    row = rooms.invite(connection, room.id, invite)
    if row is None:
        return spent(403, "This link is not valid any more")
    if row.is_device and row.participant is not None:
        somebody = rooms.participant(connection, room.id, row.participant)
        if somebody is None or somebody.gone_from is not None:
            raise Refused(403, REMOVED)
        if not rooms.drop_invite(connection, room.id, invite):  # another was faster
            return spent(403, "This link is not valid any more")
        rooms.change_participant(connection, room.id, somebody.id, token=digest, is_proxy=False)
        return Joined(somebody, token)
    if row.participant is not None:
        return spent(409, "This link was used before, on another device")
    # Whoever was entered for them meanwhile is the same person, who shall not count twice.
    entered = _present(connection, room).get(row.name)
    if entered is not None and not entered.is_proxy:  # by a link that was made for them since
        return spent(409, "You are in this room already, on another device")
    newcomer = entered or _newcomer(connection, room, row.name, row.role or role)
    if not rooms.take_invite(connection, room.id, invite, newcomer.id):
        return spent(409, "This link was used before, on another device")
    if entered is not None:
        own = entered._replace(is_proxy=False, role=row.role or entered.role)
        values = {"token": digest, "is_proxy": False, "role": own.role}
        rooms.change_participant(connection, room.id, own.id, **values)
        return Joined(own, token)
    return Joined(rooms.add_participant(connection, room.id, newcomer, digest, now), token)
