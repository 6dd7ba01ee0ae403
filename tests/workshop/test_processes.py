"""Several processes on one PostgreSQL: what one changes the others know, and nothing is lost."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from selector.workshop.errors import Refused
from selector.workshop.store import open_store
from selector.workshop.web import House, hub, routes
from selector.workshop.web.hub import told
from tests.postgres import Postgres
from tests.workshop.rooms import Room, run_apart

PATIENCE = 20  # seconds, far more than anything here takes
ALL = {"money": 100, "quality": 50, "support": 50}
pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def other(house: House, database: str) -> Iterator[House]:
    """The rooms of another process, on the same database."""
    made = House(database)
    yield made
    made.close()


def _client(house: House) -> TestClient:
    app = Starlette(routes=routes(house))
    return TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 50000))


def test_a_change_in_one_reaches_who_watches_the_other(
    room: Room, other: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody looks by themselves here, so that only a notice can have told."""
    monkeypatch.setattr(hub, "POLL", 10 * PATIENCE)

    async def watch() -> list[dict[str, Any]]:
        stream = other.hub.watch(room.code, told(*other.workshops.look(room.code)))
        seen = [await asyncio.wait_for(anext(stream), PATIENCE)]
        await asyncio.to_thread(room.join, "Ada")
        seen.append(await asyncio.wait_for(anext(stream), PATIENCE))
        await asyncio.to_thread(room.go, "voting")
        seen.append(await asyncio.wait_for(anext(stream), PATIENCE))
        await stream.aclose()
        return [json.loads(line.decode().partition("data: ")[2]) for line in seen]

    found = run_apart(watch())
    assert [state["participants"] for state in found] == [0, 1, 1]
    assert [state["phase"] for state in found] == ["lobby", "lobby", "voting"]


def test_many_changes_are_told_as_few(database: str) -> None:
    one, two = open_store(database), open_store(database)
    heard: list[str] = []
    last = threading.Event()

    def hear(code: str) -> None:
        heard.append(code)
        if code == "LAST":
            last.set()

    two.listen(hear)
    one.listen(heard.append)  # what one tells, one does not hear
    until = time.monotonic() + PATIENCE
    while "ROOM" not in heard and time.monotonic() < until:  # until the other has begun to listen
        one.announce("ROOM")
        time.sleep(0.02)
    before = len(heard)
    for _ in range(2_000):
        one.announce("ROOM")
    one.announce("LAST")
    assert last.wait(PATIENCE)
    assert len(heard) - before <= 10
    one.close()
    two.close()


def test_a_server_that_starts_again_loses_nothing(
    room: Room, house: House, other: House, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It crashes in the middle of a vote: 503 meanwhile, then all goes on, notices too."""
    heard: list[str] = []
    monkeypatch.setattr(other.hub, "poke", heard.append)
    people = [room.join(f"P{n}") for n in range(4)]
    room.go("voting")
    there = Room(_client(other), room.made)
    assert room.vote(people[0], ALL).status_code == 200
    assert there.vote(people[1], ALL).status_code == 200
    postgres.stop(at_once=True)
    try:
        for side in (room, there):
            with pytest.raises(Refused) as refused:
                (house if side is room else other).workshops.look(room.code)
            assert refused.value.status == 503
            body = {"round": 1, "weights": ALL}
            headers = {"authorization": f"Bearer {people[2]['participant_token']}"}
            answer = side.client.put(f"{room.at}/ballot", json=body, headers=headers)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    finally:
        postgres.start()
    assert room.state()["ballots"] == 2
    assert there.vote(people[2], ALL).json() == {"version": 1}
    assert room.vote(people[3], ALL).json() == {"version": 1}
    room.go("revealed")
    assert there.results().json()["participants"] == 4

    until = time.monotonic() + PATIENCE  # both have to find the server again
    while "AGAIN" not in heard and time.monotonic() < until:
        house.workshops.store.announce("AGAIN")  # which was told by nobody before
        time.sleep(0.05)
    assert "AGAIN" in heard


def test_what_is_forgotten_in_one_is_forgotten_in_all(open_room: Any, other: House) -> None:
    room = open_room(named=True)
    there = Room(_client(other), room.made)
    ada = room.join("Ada")
    room.go("voting")
    room.vote(ada, ALL)
    room.go("revealed")
    room.go("closed")
    for side in (room, there):
        assert "Ada" in side.results().text
    assert room.client.post(f"{room.at}/forget", headers=room.facilitator).status_code == 204
    for side in (room, there):
        assert "Ada" not in side.results().text
        assert side.results().json()["participants"] == 1
    assert room.client.delete(room.at, headers=room.facilitator).status_code == 204
    assert there.results().status_code == 404
