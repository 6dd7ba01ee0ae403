"""What rooms refuse: guesses, other sites, bodies of no use, markup in words."""

import asyncio
import socket
import subprocess
import sys
from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from selector.workshop import tokens
from selector.workshop.errors import Refused
from selector.workshop.web import guard
from selector.workshop.web.connections import send_at_once
from tests.workshop.conftest import DATABASES
from tests.workshop.rooms import Room, bearer, run_apart

ALL = {"money": 100, "quality": 50, "support": 50}


def test_another_site_cannot_ask(room: Room) -> None:
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = room.client.post(
            f"{room.at}/phase", json={"phase": "voting"}, headers=room.facilitator | headers
        )
        assert answer.status_code == 403
    own = room.facilitator | {"origin": "http://localhost:8501", "sec-fetch-site": "same-origin"}
    assert (
        room.client.post(f"{room.at}/phase", json={"phase": "voting"}, headers=own).status_code
        == 200
    )


def test_guessing_is_stopped_and_a_hall_still_joins(room: Room) -> None:
    found = [room.client.get(f"/api/workshops/{tokens.new_code()}") for _ in range(60)]
    assert {answer.status_code for answer in found} == {404, 429}
    assert found[-1].headers["retry-after"] == "60"
    assert room.client.get(room.at).status_code == 429
    hall = TestClient(room.client.app, base_url="http://localhost:8501", client=("10.0.0.9", 1))
    assert hall.get(room.at).status_code == 200


def test_a_guesser_in_the_hall_keeps_nobody_from_voting(room: Room, open_room: Any) -> None:
    """One address for all: who has a token of the room goes on, and finds no other room by it."""
    ada, other = room.join("Ada"), open_room()
    for _ in range(60):
        room.client.get(f"/api/workshops/{tokens.new_code()}")
    own = bearer(ada["participant_token"])
    assert room.client.get(room.at).status_code == 429
    assert room.client.get(room.at, headers=own).status_code == 200
    assert room.go("voting")["phase"] == "voting"
    ballot = {"round": 1, "weights": ALL}
    assert room.client.put(f"{room.at}/ballot", json=ballot, headers=own).status_code == 200
    for at in (other.at, f"/api/workshops/{tokens.new_code()}"):
        assert room.client.get(at, headers=own).status_code == 429
    assert room.client.get(room.at, headers=bearer("x" * 32)).status_code == 429


def test_who_goes_away_in_the_middle_is_no_failure(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    """A phone without coverage: no trace in the log, where real failures are looked for."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        assert message.get("status", 400) < 500

    scope = {
        "type": "http",
        "method": "POST",
        "path": f"{room.at}/participants",
        "raw_path": b"",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"50")],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8501),
        "scheme": "http",
        "root_path": "",
    }
    run_apart(room.client.app(scope, receive, send))  # type: ignore[arg-type]
    assert caplog.records == []


def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who sends a byte now and then holds a connection for long, not for ever."""
    monkeypatch.setattr(guard, "LONGEST", 0.05)
    parts = iter([b"{", b'"', b"a"])

    async def receive() -> dict[str, Any]:
        for part in parts:
            return {"type": "http.request", "body": part, "more_body": True}
        await asyncio.Event().wait()
        raise AssertionError

    request = Request({"type": "http", "method": "POST", "headers": []}, receive)
    with pytest.raises(Refused, match="too slowly") as refused:
        run_apart(guard.bytes_of(request, 1_000))
    assert refused.value.status == 408


def test_a_hall_of_phones_may_hold_their_connections() -> None:
    code = (
        "import resource as r; hard = r.getrlimit(r.RLIMIT_NOFILE)[1];"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, hard));"
        "from selector.workshop.web.connections import WANTED, open_more; open_more();"
        "soft = r.getrlimit(r.RLIMIT_NOFILE)[0];"
        "print(soft == WANTED or soft == hard)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "True"


def test_an_answer_in_two_parts_does_not_wait_for_the_first_to_be_acknowledged() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
        send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"{" + b'"a":' * 5 + b"1", "application/json", 400),
        (b"[" * 50_000 + b"]" * 50_000, "application/json", 413),
        (b"[" * 20_000 + b"]" * 20_000, "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'{"round": NaN, "weights": {}}', "application/json", 400),
        (b"{}", "text/plain", 400),
        (b"{}", "application/json", 422),
        (b'{"round": 1, "weights": {"money": 1e400}}', "application/json", 422),
        (b'{"round": 1, "weights": {"money": "100"}}', "application/json", 422),
        (b'{"round": 1, "weights": {"money": true}}', "application/json", 422),
        (b'{"round": 1, "weights": {"money": 101}}', "application/json", 422),
        (b'{"round": 1, "weights": {"money": 0, "quality": 0}}', "application/json", 422),
        (b'{"round": 1, "weights": {"\' OR 1=1 --": 5}}', "application/json", 422),
        (
            b'{"round": 1, "weights": {"money": 5}, "gut_ranking": ["a", "a"]}',
            "application/json",
            422,
        ),
        (b"x" * 70_000, "application/json", 413),
        (b"\xff\xfe", "application/json", 400),
    ],
)
def test_a_body_of_no_use_is_refused(room: Room, raw: bytes, kind: str, status: int) -> None:
    ada = room.join()
    room.go("voting")
    headers = bearer(ada["participant_token"]) | {"content-type": kind}
    answer = room.client.put(f"{room.at}/ballot", content=raw, headers=headers)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    assert room.state()["ballots"] == 0


def test_names_and_comments_are_text(open_room: Any) -> None:
    room = open_room(named=True)
    evil = "<script>alert(1)</script>'; DROP TABLE rooms; --\u202e\x00"
    ada = room.join(evil)
    assert ada["name"] == "<script>alert(1)</script>'; DROP TABLE rooms; --"
    room.go("voting")
    assert room.vote(ada, ALL, comment=evil).status_code == 200
    room.go("revealed")
    seen = room.client.get(f"{room.at}/comments")
    assert seen.headers["content-type"] == "application/json"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert seen.json()["comments"][0]["name"] == ada["name"]


@pytest.mark.parametrize("path", ["/join/{}", "/show/{}", "/run/{}", "/join/{}/qr.svg"])
def test_pages_are_closed_to_other_sites(room: Room, path: str) -> None:
    answer = room.client.get(path.format(room.code))
    assert answer.status_code == 200
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["cache-control"] == "no-store"
    missing = room.client.get(path.format("ABCDEF"))
    assert missing.status_code == 404


def test_a_phone_that_asks_for_a_room_that_is_gone_harms_nobody(room: Room) -> None:
    gone = tokens.new_code()
    assert {room.client.get(f"/api/workshops/{gone}").status_code for _ in range(60)} == {404}
    assert room.client.get(room.at).status_code == 200


def test_keys_are_not_guessed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELECTOR_ADMIN_KEY", "tulip")
    at = f"{room.at}/facilitator"
    found = [room.client.post(at, headers=bearer(f"guess{n}")).status_code for n in range(40)]
    assert set(found) == {401, 429}


@pytest.mark.parametrize("database", DATABASES, indirect=True)
@pytest.mark.parametrize("who", ["%00", "a%00b", "%ED%A0%80", "'; DROP TABLE rooms; --"])
def test_an_address_of_nobody_names_nobody(room: Room, who: str) -> None:
    room.go("voting")
    at, headers = f"{room.at}/participants/{who}", room.facilitator
    ballot = {"round": 1, "weights": {"money": 100}}
    for answer in (
        room.client.delete(at, headers=headers),
        room.client.post(f"{at}/link", json={}, headers=headers),
        room.client.put(f"{at}/ballot", json=ballot, headers=headers),
    ):
        assert answer.status_code == 404, answer.text


@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_names_on_paper_are_text(room: Room) -> None:
    room.go("voting")
    table = "\ufeffname,money\r\n\0Eve\u202e,5\r\nBob\x07,7\r\n"
    sent = room.client.post(f"{room.at}/paper", json={"csv": table}, headers=room.facilitator)
    assert sent.json() == {"ballots": 2}, sent.text
    people = room.client.get(f"{room.at}/participants", headers=room.facilitator).json()
    assert [one["name"] for one in people["participants"]] == ["Bob", "Eve"]
