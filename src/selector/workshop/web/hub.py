"""Who watches a room hears of each change of phase or count, from whichever process it came."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool

from selector.domain.problem import SelectorError
from selector.workshop.records import Room
from selector.workshop.store.rooms import Counts

POLL = 2.0  # seconds after which a room is looked at though nobody told of a change
TOGETHER = 0.15  # seconds in which changes are told as one
TO_EACH = 0.0005  # seconds more for each who watches, so that telling leaves time for answering
BEAT = 15.0  # seconds of silence after which a line is sent, so that the connection stays
MOST_WATCHERS = 5_000
_log = logging.getLogger(__name__)


def told(room: Room, counts: Counts) -> dict[str, Any]:
    """What anybody may know of a room at any time."""
    return {
        "phase": room.phase,
        "round": room.round,
        "revealed": room.revealed,
        "participants": counts.participants,
        "ballots": counts.ballots,
        "timer": None if room.timer is None else room.timer.isoformat() + "Z",
        "open_until": None if room.open_until is None else room.open_until.isoformat() + "Z",
    }


class _Watched:
    """A room that somebody watches: what is known of it last, and a bell for the next."""

    def __init__(self) -> None:
        self.poked = asyncio.Event()
        self.changed = asyncio.Event()  # one for each change: who waits on the old one is woken
        self.state: Mapping[str, Any] | None = None
        self.line = b""  # the state as an event, written once for all
        self.number = 0
        self.watchers = 0
        self.task: asyncio.Task[None] | None = None

    def ring(self, state: Mapping[str, Any] | None) -> None:
        """Tell all who watch; None where there is nothing more to come."""
        self.state, self.number = state, self.number + 1
        self.line = b"" if state is None else _event(state)
        woken, self.changed = self.changed, asyncio.Event()
        woken.set()


class Hub:
    """The watched rooms of this process; `look` reads a room, and blocks."""

    def __init__(self, look: Callable[[str], tuple[Room, Counts]]) -> None:
        self._look = look
        self._rooms: dict[str, _Watched] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    @property
    def watchers(self) -> int:
        """How many watch, over all rooms."""
        return sum(room.watchers for room in self._rooms.values())

    def poke(self, code: str) -> None:
        """A room may have changed. May come from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring, code)

    def _ring(self, code: str) -> None:
        if code in self._rooms:
            self._rooms[code].poked.set()

    async def watch(self, code: str, state: Mapping[str, Any]) -> AsyncIterator[bytes]:
        """The lines of an event stream: the state now, then each change; a beat in silence."""
        self._loop = asyncio.get_running_loop()
        room = self._rooms.setdefault(code, _Watched())
        room.watchers += 1
        if room.task is None:
            room.state = state
            room.task = asyncio.create_task(self._follow(code, room))
        seen = room.number
        try:
            yield b"retry: 2000\n\n" + _event(room.state or state)
            while not self._is_closed:
                if room.number == seen:
                    try:
                        async with asyncio.timeout(BEAT):
                            await room.changed.wait()
                    except TimeoutError:
                        yield b": still here\n\n"
                        continue
                seen = room.number
                if room.state is None or self._is_closed:  # the room is gone, or the server stops
                    return
                yield room.line
        finally:
            room.watchers -= 1
            if room.watchers == 0:
                if room.task is not None:
                    room.task.cancel()
                if self._rooms.get(code) is room:
                    del self._rooms[code]

    async def _follow(self, code: str, room: _Watched) -> None:
        while not self._is_closed:
            # Not wait_for: in Python 3.11 it may swallow that this task is cancelled.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(POLL):
                    await room.poked.wait()
                await asyncio.sleep(TOGETHER + TO_EACH * room.watchers)
            room.poked.clear()
            try:
                state = told(*await run_in_threadpool(self._look, code))
            except SelectorError as error:
                if getattr(error, "status", 0) != 404:
                    continue  # the storage cannot be had just now
                state = None
            except Exception:  # whatever it is, who watches must not be left without news
                _log.exception("a room that is watched could not be looked at")
                continue
            if state != room.state:
                room.ring(state)
            if state is None:
                return

    def close(self) -> None:
        """Let all who watch go."""
        self._is_closed = True
        if self._loop is not None and not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._end_all(), self._loop)

    async def _end_all(self) -> None:
        for room in list(self._rooms.values()):
            room.ring(None)


def _event(state: Mapping[str, Any]) -> bytes:
    return f"event: state\ndata: {json.dumps(state)}\n\n".encode()
