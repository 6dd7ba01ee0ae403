"""Events: the state now, then each change and nothing else, until the room or the server ends."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from selector.workshop.web import House, hub
from selector.workshop.web.hub import told
from tests.workshop.rooms import Room, run_apart

ALL = {"money": 73.125, "quality": 50, "support": 50}
PATIENCE = 20  # seconds, far more than anything here takes


async def _next(stream: AsyncIterator[bytes]) -> bytes:
    return await asyncio.wait_for(anext(stream), PATIENCE)


async def _rest(stream: AsyncIterator[bytes]) -> list[bytes]:
    """All that comes until it ends."""
    return [line async for line in stream]


async def _state(stream: AsyncIterator[bytes]) -> dict[str, Any]:
    """The next state that is told."""
    line = await _next(stream)
    while b"event: state" not in line:
        line = await _next(stream)
    found: dict[str, Any] = json.loads(line.decode().partition("data: ")[2])
    return found


async def _until(stream: AsyncIterator[bytes], **wanted: Any) -> list[dict[str, Any]]:
    """States as they are told, up to the first that is so."""
    seen = [await _state(stream)]
    while not wanted.items() <= seen[-1].items():
        seen.append(await _state(stream))
    return seen


def _now(house: House, room: Room) -> dict[str, Any]:
    return told(*house.workshops.look(room.code))


def test_the_state_now_and_then_each_change(house: House, room: Room) -> None:
    async def watch() -> list[dict[str, Any]]:
        stream = house.hub.watch(room.code, _now(house, room))
        first = await _next(stream)
        assert first.startswith(b"retry: ")
        seen = [json.loads(first.decode().partition("data: ")[2])]
        ada = await asyncio.to_thread(room.join, "Ada Lovelace")
        seen += await _until(stream, participants=1)
        await asyncio.to_thread(room.go, "voting")
        seen += await _until(stream, phase="voting")
        await asyncio.to_thread(room.vote, ada, ALL, comment="too dear")
        seen += await _until(stream, ballots=1)
        await asyncio.to_thread(room.vote, ada, ALL)  # again: there is nothing new to tell
        await asyncio.to_thread(room.go, "revealed")
        last = await _until(stream, phase="revealed")
        assert len(last) == 1
        await stream.aclose()
        return seen + last

    seen = run_apart(watch())
    assert (seen[0]["phase"], seen[0]["participants"]) == ("lobby", 0)
    assert (seen[-1]["round"], seen[-1]["revealed"], seen[-1]["ballots"]) == (1, 1, 1)
    assert all(one != other for one, other in pairwise(seen))
    counts_and_phase = {
        "phase", "round", "revealed", "participants", "ballots", "timer", "open_until"
    }  # fmt: skip
    assert all(set(state) == counts_and_phase for state in seen)
    text = json.dumps(seen)
    assert not any(word in text for word in ("Ada", "dear", "73.125", "money"))
    assert house.hub.watchers == 0


def test_all_who_watch_hear_the_same(house: House, room: Room) -> None:
    async def watch() -> None:
        streams = [house.hub.watch(room.code, _now(house, room)) for _ in range(20)]
        for stream in streams:
            await _state(stream)
        assert house.hub.watchers == 20
        await asyncio.to_thread(room.go, "voting")
        told_of = await asyncio.gather(*(_until(stream, phase="voting") for stream in streams))
        assert all(states == told_of[0] for states in told_of)
        await streams.pop().aclose()  # one who leaves takes nothing from the others
        await asyncio.to_thread(room.go, "revealed")
        await asyncio.gather(*(_until(stream, phase="revealed") for stream in streams))
        for stream in streams:
            await stream.aclose()

    run_apart(watch())
    assert house.hub.watchers == 0


def test_a_change_of_another_process_is_found_though_nobody_told(
    house: House, room: Room, tmp_path: Path
) -> None:
    async def watch() -> None:
        stream = house.hub.watch(room.code, _now(house, room))
        await _state(stream)
        other = House(f"sqlite:///{tmp_path / 'rooms.sqlite3'}")  # cannot tell the first
        token = room.made["facilitator_token"]
        try:
            await asyncio.to_thread(other.workshops.move, room.code, token, "voting")
            assert (await _state(stream))["phase"] == "voting"
        finally:
            other.close()
        await stream.aclose()

    run_apart(watch())


def test_in_silence_there_is_a_beat(
    house: House, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.05)

    async def watch() -> None:
        stream = house.hub.watch(room.code, _now(house, room))
        await _state(stream)
        assert [await _next(stream) for _ in range(2)] == [b": still here\n\n"] * 2
        await asyncio.to_thread(room.go, "voting")
        assert (await _state(stream))["phase"] == "voting"
        await stream.aclose()

    run_apart(watch())


def test_a_look_that_fails_ends_no_news(
    house: House, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong at one look, the next change is told to all who watched before."""
    monkeypatch.setattr(hub, "POLL", 0.05)
    look, failed = house.hub._look, threading.Event()

    def fails_once(code: str) -> Any:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("nobody knows why")
        return look(code)

    monkeypatch.setattr(house.hub, "_look", fails_once)

    async def watch() -> None:
        stream = house.hub.watch(room.code, _now(house, room))
        await _state(stream)
        while not failed.is_set():
            await asyncio.sleep(0.01)
        await asyncio.to_thread(room.go, "voting")
        await _until(stream, phase="voting")
        await stream.aclose()

    run_apart(watch())


@pytest.mark.parametrize("how", ["the room is deleted", "the server stops"])
def test_it_ends(house: House, room: Room, how: str) -> None:
    async def watch() -> None:
        stream = house.hub.watch(room.code, _now(house, room))
        await _state(stream)
        if how == "the server stops":
            house.hub.close()
        else:
            await asyncio.to_thread(room.client.delete, room.at, headers=room.facilitator)
        await asyncio.wait_for(_rest(stream), PATIENCE)

    run_apart(watch())
    assert house.hub.watchers == 0
