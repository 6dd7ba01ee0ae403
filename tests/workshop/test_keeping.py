"""A room taken out and put back, by commands: all go on as if it had never moved."""

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from selector.cli import main
from selector.workshop.web import House, routes
from tests.workshop.rooms import Room, bearer

ALL = {"money": 100, "quality": 50, "support": 50}
Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, database: str) -> Run:
    """`selector workshop …` on the database of the rooms, or another; its exit code."""

    def ran(*arguments: str, on: str = database) -> int:
        monkeypatch.setenv("SELECTOR_DATABASE_URL", on)
        with pytest.raises(SystemExit) as ended:
            main(["workshop", *arguments])
        return int(ended.value.code or 0)

    return ran


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_a_room_moves_to_another_database(
    open_room: Any, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room = open_room(named=True, roster=["Ada", "Bob"])
    link, unused = (one["invite"] for one in room.made["invites"])
    device = secrets.token_hex(16)
    ada = room.join(invite=link, device=device)
    room.go("voting")
    room.vote(ada, ALL, comment="why?", sequence=3)
    file = tmp_path / "room.json"
    assert run("export", room.code, "--to", str(file)) == 2  # a vote is open
    assert not file.exists()
    room.go("revealed")
    said = room.results().json()
    assert run("export", room.code, "--to", str(file)) == 0
    assert file.stat().st_mode & 0o077 == 0
    fresh = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    assert run("import", str(file), on=fresh) == 0
    assert run("import", str(file), on=fresh) == 2  # it is there already
    assert "delete it first" in capsys.readouterr().err
    house = House(fresh)
    app = Starlette(routes=routes(house))
    client = TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 50000))
    there = Room(client, room.made)
    assert there.results().json() == said
    assert there.join(device=device) == ada
    own = client.get(f"{there.at}/ballot", headers=bearer(ada["participant_token"])).json()
    assert (own["comment"], own["sequence"], own["version"]) == ("why?", 3, 1)
    there.go("voting")
    assert there.vote(ada, ALL).json() == {"version": 1}
    assert there.join(invite=unused)["name"] == "Bob"
    house.close()


def _without(data: dict[str, Any]) -> None:
    del data["participants"]


def _stranger(data: dict[str, Any]) -> None:
    data["participants"] = []


def _digest(data: dict[str, Any]) -> None:
    data["room"]["facilitator"] = "' OR 1=1 --"


def _rules(data: dict[str, Any]) -> None:
    data["room"]["rules"] = '{"ask": "everything"}'


def _twice(data: dict[str, Any]) -> None:
    data["ballots"] *= 2


def _decision(data: dict[str, Any]) -> None:
    data["room"]["decision"] = "aWQ6IDo="


@pytest.mark.parametrize("spoil", [_without, _stranger, _digest, _rules, _twice, _decision])
def test_a_file_that_no_room_wrote_is_refused(
    room: Room,
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[dict[str, Any]], None],
) -> None:
    ada = room.join("Ada")
    room.go("voting")
    room.vote(ada, ALL)
    room.go("revealed")
    file = tmp_path / "room.json"
    assert run("export", room.code, "--to", str(file)) == 0
    data = json.loads(file.read_text())
    spoil(data)
    file.write_text(json.dumps(data))
    fresh = f"sqlite:///{tmp_path / 'other.sqlite3'}"
    assert run("import", str(file), on=fresh) == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert told.strip()
    assert run("list", on=fresh) == 0
    assert "no rooms" in capsys.readouterr().out


@pytest.mark.parametrize("raw", [b"", b"[" * 100_000, b"\xff", b"{}", b"null", b'"x"'])
def test_a_file_of_another_kind_is_refused(run: Run, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "room.json"
    file.write_bytes(raw)
    assert run("import", str(file)) == 2
    assert run("import", str(tmp_path / "nowhere.json")) == 2


def test_rooms_are_listed_forgotten_and_removed(
    room: Room, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    room.join("Ada")
    assert run("list", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["rooms"]
    assert [(one["code"], one["phase"]) for one in found] == [(room.code, "lobby")]
    assert run("list") == 0
    assert f"{room.code}  lobby" in capsys.readouterr().out
    assert run("forget", room.code) == 2  # it goes on
    room.go("closed")
    assert run("forget", room.code) == 0
    people = room.client.get(f"{room.at}/participants", headers=room.facilitator).json()
    assert [one["name"] for one in people["participants"]] == [""]
    assert run("tidy", "--days", "1") == 0
    assert room.state()["phase"] == "closed"
    assert run("delete", room.code) == 0
    assert room.client.get(room.at).status_code == 404
    assert run("delete", room.code) == 2
    assert run("tidy", "--days", "-1") == 2
