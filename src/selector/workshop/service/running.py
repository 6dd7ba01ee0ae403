"""Making rooms and running them: phases, time, people, and who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from selector.analysis import analyse
from selector.domain.problem import SelectorError
from selector.workshop import asking, flow, tokens
from selector.workshop.errors import Refused
from selector.workshop.records import Kept, Phase, Room, Rules
from selector.workshop.service._base import room_of, run_by, utc_now, viewer_of
from selector.workshop.service.keeping import Keeping
from selector.workshop.service.taking_part import MOST_PEOPLE
from selector.workshop.store import rooms

MOST_ROOMS = 10_000
KEPT_DAYS = 365  # after so many without any change a room is removed
_TRIES = 20


class Opened(NamedTuple):
    """A new room with what is told once only: tokens and one-time links, by name."""

    room: Room
    facilitator_token: str
    recovery_key: str
    invites: tuple[tuple[str, str], ...] = ()


class Running(Keeping):
    """What those do who run a room, or the server."""

    def open(
        self,
        kept: Kept,
        rules: Rules,
        roster: Sequence[tuple[str, str]] = (),
        *,
        open_until: datetime | None = None,
        is_rehearsal: bool = False,
    ) -> Opened:
        """A new room on a decision. `roster` are names and roles, each of whom gets a link.

        InputError where the decision cannot be used, Refused 422 where the rules do not fit it.
        """
        decision = self._library().decision_of(kept.text, kept.name, kept.files)
        analysis = analyse(decision)
        problems = asking.rule_problems(analysis, rules)
        names = [name for name, _ in roster]
        problems += [f"{n!r} stands twice in the roster." for n in names if names.count(n) > 1][:1]
        known = {role.name for role in rules.roles}
        problems += [f"There is no role {r!r}." for _, r in roster if r and r not in known][:1]
        if len(names) > MOST_PEOPLE:
            problems.append(f"A room takes {MOST_PEOPLE} people.")
        if problems:
            raise Refused(422, " ".join(problems))
        facilitator, recovery = tokens.new_token(), tokens.new_token()
        links = [(name, role, tokens.new_token()) for name, role in roster]
        title = decision.title or decision.id
        now = utc_now()

        def work(connection: Connection) -> Room:
            if len(rooms.all_rooms(connection)) >= MOST_ROOMS:
                raise Refused(409, f"{MOST_ROOMS} rooms are kept; remove one first.")
            for _ in range(_TRIES):
                room = Room(0, tokens.new_code(), title, rules, has_roster=bool(roster))
                room = room._replace(open_until=open_until, is_rehearsal=is_rehearsal)
                try:
                    with connection.begin_nested():
                        digests = tokens.digest(facilitator), tokens.digest(recovery)
                        room = rooms.add_room(connection, room, kept, *digests, now)
                except IntegrityError:
                    continue
                rows = [(tokens.digest(link), name, role, None) for name, role, link in links]
                rooms.add_invites(connection, room.id, rows)
                return room
            raise Refused(503, "No free code was found; try again.")

        room = self.store.write(work)
        return Opened(room, facilitator, recovery, tuple((n, link) for n, _, link in links))

    def move(self, code: str, token: str, phase: Phase) -> Room:
        """Go to another phase; see flow.moved."""
        return self._run(code, token, lambda room: flow.moved(room, phase))

    def _prepare(self, code: str) -> None:
        """Work out what a room says before anybody is told that it is revealed.

        All ask at once then. What fails here is told to those who ask, the reveal stands.
        """
        with suppress(SelectorError):
            room = self.store.read(lambda connection: room_of(connection, code))
            for has_ballots in (True, False):
                self.results_text_of(room, room.revealed, has_ballots=has_ballots)

    def set_timer(self, code: str, token: str, seconds: float | None) -> Room:
        """Show how much time is left; nothing ends by itself."""
        then = None if seconds is None else utc_now() + timedelta(seconds=seconds)
        return self._run(code, token, lambda room: room._replace(timer=then))

    def open_until(self, code: str, token: str, then: datetime | None) -> Room:
        """Take ballots until a time."""
        return self._run(code, token, lambda room: room._replace(open_until=then))

    def sign_off(self, code: str, token: str, by: str, note: str = "") -> Room:
        """Close the room on its last revealed round, with who stands for it."""

        def change(room: Room) -> Room:
            if room.revealed == 0 or room.phase == "voting":
                raise Refused(409, "Reveal a round before it is signed off.")
            return flow.moved(room, "closed")._replace(signed=by, note=note)

        return self._run(code, token, change)

    def _run(self, code: str, token: str, change: Callable[[Room], Room]) -> Room:
        now = utc_now()

        def work(connection: Connection) -> Room:
            room = room_of(connection, code, hold="change")
            run_by(viewer_of(connection, room, token))
            changed = change(room)
            if changed != room:
                rooms.save_room(connection, changed, now)
            return changed

        room = self.store.write(work)
        if room.phase == "revealed":
            self._prepare(code)
        self.changed(code)
        return room

    def remove(self, code: str, token: str, participant: str) -> None:
        """Take somebody out: their ballots count no more, save in rounds that were revealed."""

        def work(connection: Connection) -> None:
            room = room_of(connection, code, hold="change")
            run_by(viewer_of(connection, room, token))
            somebody = rooms.participant(connection, room.id, participant)
            if somebody is None:
                raise Refused(404, "There is no such participant.")
            if somebody.gone_from is None:
                then = room.revealed + 1
                rooms.change_participant(connection, room.id, participant, gone_from=then)

        self.store.write(work)
        self.changed(code)

    def new_link(self, code: str, token: str, participant: str) -> str:
        """A one-time link by which somebody goes on with another device."""
        link = tokens.new_token()

        def work(connection: Connection) -> None:
            room = room_of(connection, code)
            run_by(viewer_of(connection, room, token))
            if rooms.participant(connection, room.id, participant) is None:
                raise Refused(404, "There is no such participant.")
            row = (tokens.digest(link), "", "", participant)
            rooms.add_invites(connection, room.id, [row])

        self.store.write(work)
        return link

    def hand_over(self, code: str, token: str = "", recovery: str = "") -> str:
        """A new facilitator's token, for the facilitator or by the recovery key; the old is void.

        Whoever calls this with neither must have checked that they may do anything here.
        """
        fresh = tokens.new_token()

        def work(connection: Connection) -> None:
            room = room_of(connection, code, hold="change")  # of two at once one comes first
            if recovery:
                _, digest = rooms.keys_of(connection, room.id)
                if not tokens.is_same(digest, tokens.digest(recovery)):
                    raise Refused(401, "This recovery key is not that of the room.")
            elif token:
                run_by(viewer_of(connection, room, token))
            rooms.set_keys(connection, room.id, facilitator=tokens.digest(fresh))

        self.store.write(work)
        return fresh

    def forget_people(self, code: str, token: str | None) -> None:
        """Take names, comments and devices out of a closed room; weights and results stay.

        A token of None is for whoever runs the server, here and in `delete`.
        """

        now = utc_now()

        def work(connection: Connection) -> None:
            room = room_of(connection, code, hold="change")
            if token is not None:
                run_by(viewer_of(connection, room, token))
            if room.phase != "closed":
                raise Refused(409, "Close the room first.")
            rooms.forget_people(connection, room.id)
            rooms.save_room(connection, room, now)  # no process shows what it computed before

        self.store.write(work)

    def delete(self, code: str, token: str | None) -> None:
        """Remove a room with all that is in it."""

        def work(connection: Connection) -> None:
            room = room_of(connection, code)
            if token is not None:
                run_by(viewer_of(connection, room, token))
            rooms.remove_room(connection, room.id)

        self.store.write(work)
        self.changed(code)

    def rooms(self) -> list[Room]:
        """All rooms; for whoever runs the server."""
        return self.store.read(rooms.all_rooms)

    def tidy(self, days: float = KEPT_DAYS) -> int:
        """Remove the rooms that nobody has changed for so many days; how many those were."""
        then = utc_now() - timedelta(days=days)

        def work(connection: Connection) -> int:
            old = rooms.unused_since(connection, then)
            for number in old:
                rooms.remove_room(connection, number)
            return len(old)

        return self.store.write(work)
