"""A full disk or a locked database: told as 503, and nothing is lost or half there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from selector.workshop.web import House
from tests.workshop.rooms import DECISION, Room, bearer

ALL = {"money": 100, "quality": 50, "support": 50}
LONG = "x" * 1_000


@contextmanager
def full_disk(house: House) -> Iterator[None]:
    """The database cannot grow by another page."""
    engine = house.workshops.store.engine

    def limit(connection: Any, *_: Any, pages: int = 1) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # never below what is there

    def lift(connection: Any, *_: Any) -> None:
        limit(connection, pages=1_000_000)

    event.listen(engine, "checkout", limit)
    yield
    event.remove(engine, "checkout", limit)
    event.listen(engine, "checkout", lift)


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another program writes to the database, and does not come to an end."""
    engine = house.workshops.store.engine
    event.listen(engine, "checkout", lambda c, *_: c.execute("PRAGMA busy_timeout = 20"))
    other = sqlite3.connect(Path(engine.url.database or ""), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("COMMIT")
    other.close()


def told(answer: Any, why: str) -> None:
    """It says in words that the same may be sent again."""
    assert answer.status_code == 503, answer.text
    assert answer.headers["retry-after"] == "2"
    assert answer.json() == {"error": f"{why}; nothing was lost, try again."}


FAULTS = {
    "full": (full_disk, "The disk of the server is full"),
    "locked": (locked, "The storage cannot be reached just now"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_what_was_acknowledged_stays_and_the_rest_may_be_sent_again(
    room: Room, house: House, kind: str
) -> None:
    fault, why = FAULTS[kind]
    people = [room.join(f"P{n}") for n in range(24)]
    room.go("voting")
    at = f"{room.at}/participants"
    with fault(house):
        answers = [room.vote(one, ALL, sequence=1, comment=LONG) for one in people]
        kept = [answer.status_code == 200 for answer in answers]
        assert not all(kept)
        for answer, is_kept in zip(answers, kept, strict=True):
            if not is_kept:
                told(answer, why)
        if kind == "locked":
            move = {"phase": "revealed"}
            told(room.client.post(f"{room.at}/phase", json=move, headers=room.facilitator), why)
            told(room.client.post(at, json={"name": "New"}), why)
            told(room.client.post("/api/workshops", json={"decision": DECISION}), why)
        state = room.state()  # what is read goes on
        assert (state["phase"], state["participants"], state["ballots"]) == (
            "voting", 24, sum(kept),
        )  # fmt: skip
        for one, is_kept in zip(people, kept, strict=True):
            own = room.client.get(f"{room.at}/ballot", headers=bearer(one["participant_token"]))
            assert own.json()["version"] == int(is_kept)
    for one, is_kept in zip(people, kept, strict=True):
        again = room.vote(one, ALL, sequence=1, comment=LONG)
        assert again.json() == {"version": 1 + is_kept}
    assert (room.state()["participants"], room.state()["ballots"]) == (24, 24)
    room.go("revealed")
    assert room.results().json()["participants"] == 24


def test_a_page_says_when_to_try_again(room: Room, house: House, tmp_path: Path) -> None:
    house.workshops.store.engine.dispose()
    path = tmp_path / "rooms.sqlite3"
    aside = path.rename(tmp_path / "aside")
    path.mkdir()
    answer = room.client.get(f"/show/{room.code}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    path.rmdir()
    aside.rename(path)
    assert room.client.get(f"/show/{room.code}").status_code == 200
