"""What once broke rooms: each of these was found by trying to."""

from __future__ import annotations

import copy
import json
import secrets
from itertools import pairwise
from typing import Any

import pytest
from starlette.testclient import TestClient

from selector.workshop.records import Room as Record
from selector.workshop.records import Rules
from selector.workshop.visible import FACILITATOR, may_see
from selector.workshop.web import guard
from tests.workshop.rooms import DECISION, Room, bearer

ALL = {"money": 100, "quality": 50, "support": 50}


@pytest.mark.parametrize(
    "asked",
    [
        {"roster": ["x" * 100]},
        {"roster": [""]},
        {"roster": ["\u200b"]},
        {"roster": [{"name": "\u202e\u200b"}]},
        {"roles": [{"name": "\u200b"}]},
        {"open_until": "0001-01-01T00:00:00+14:00"},
        {"open_until": "9999-12-31T23:00:00-14:00"},
    ],
)
def test_names_that_say_nothing_and_times_out_of_reach_are_refused(
    client: TestClient, asked: dict[str, Any]
) -> None:
    answer = client.post("/api/workshops", json={"decision": DECISION} | asked)
    assert answer.status_code == 422, answer.text


def test_words_that_say_nothing_are_refused(room: Room) -> None:
    ada = room.join()
    at, own = f"{room.at}/comments", bearer(ada["participant_token"])
    assert room.client.post(at, json={"text": "\u200b"}, headers=own).status_code == 422
    room.go("voting")
    room.go("revealed")
    signed = room.client.post(f"{room.at}/signoff", json={"by": "\u200b"}, headers=room.facilitator)
    assert signed.status_code == 422


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://[x"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "null", "host": ""}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"host": "["}, 403),
        ({"host": "[::1"}, 403),
        ({"via": "1.1 proxy"}, 403),
        ({"x-forwarded-port": "443"}, 403),
        ({"cf-connecting-ip": "127.0.0.1"}, 403),
        ({"content-length": "9" * 5000}, 413),
        ({"content-length": b"\xb2"}, 413),
        ({"content-length": "-1"}, 413),
        ({"content-encoding": "gzip"}, 400),
    ],
)
def test_headers_of_no_use_make_no_room(
    client: TestClient, headers: dict[str, Any], status: int
) -> None:
    body = json.dumps({"decision": DECISION}).encode()
    raw = b"\x1f\x8b" + body if "content-encoding" in headers else body
    sent = {"content-type": "application/json"} | headers
    answer = client.post("/api/workshops", content=raw, headers=sent)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}


def test_an_address_that_cannot_be_read_is_refused_as_any(room: Room) -> None:
    answer = room.client.post(f"{room.at}/facilitator", headers={"host": "["})
    assert answer.status_code == 401


def test_long_ids_and_many_criteria_are_answered(client: TestClient) -> None:
    leaf = {"value": {"worst": 0, "best": 10}}
    groups = [
        {
            "id": f"g{i}-{'x' * 150}",
            "name": f"G{i}",
            "children": [{"id": f"c{i}-{k}", "name": f"C{i}-{k}"} | leaf for k in range(10)],
        }
        for i in range(50)
    ]
    ids = [f"c{i}-{k}" for i in range(50) for k in range(10)]
    known = {name: place % 10 for place, name in enumerate(ids)}
    alternatives = [{"id": "a", "name": "A", "performance": known}]
    decision = {"id": "x", "title": "T", "criteria": groups, "alternatives": alternatives}
    made = client.post("/api/workshops", json={"decision": decision, "ask": "both"})
    assert made.status_code == 201, made.text
    room = Room(client, made.json())
    ada, asked = room.join(), room.state()["criteria"]
    assert len(asked) == 550
    room.go("voting")
    assert room.vote(ada, {one["id"]: 50 for one in asked}).status_code == 200


def test_data_of_a_deep_tree_is_no_attack() -> None:
    assert guard._depth([[[[]]]], 3) == 4
    assert guard.MOST_DEPTH_OF_DECISION >= 2 * 12


def test_a_bomb_of_aliases_is_refused(client: TestClient) -> None:
    letters = "abcdefghij"
    rows = [f"{letters[0]}: &{letters[0]} [x,x,x,x,x,x,x,x,x,x]"]
    for before, name in pairwise(letters):
        rows.append(f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]")
    for text in ("\n".join(rows), "id: x\na: " + "[" * 3000 + "]" * 3000):
        assert client.post("/api/workshops", json={"decision": text}).status_code == 422


def test_files_of_the_server_are_not_read(client: TestClient) -> None:
    for path in ("/etc/passwd", "../../../../etc/passwd", "file:///etc/passwd"):
        decision = copy.deepcopy(DECISION)
        decision["criteria"] = path
        answer = client.post("/api/workshops", json={"decision": decision})
        assert answer.status_code == 422
        assert "root" not in answer.text


# --- who counts once ----------------------------------------------------------------------------


def test_the_facilitator_votes_for_nobody_who_has_a_device(room: Room) -> None:
    """Nor does the answer say whether they have voted."""
    ada = room.join("Ada")
    room.go("voting")
    at = f"{room.at}/participants/{ada['participant']}/ballot"
    early = {"round": 1, "weights": {"money": 100, "quality": 0, "support": 0}}
    before = room.client.put(at, json=early, headers=room.facilitator)
    assert (before.status_code, room.state()["ballots"]) == (409, 0)
    assert room.vote(ada, ALL, sequence=0).status_code == 200
    again = room.client.put(at, json=early, headers=room.facilitator)
    assert (again.status_code, again.json()) == (409, before.json())
    own = room.client.get(f"{room.at}/ballot", headers=bearer(ada["participant_token"])).json()
    assert (own["weights"], own["by_facilitator"]) == (ALL, False)


def test_nobody_of_a_roster_counts_twice_by_a_second_link(open_room: Any) -> None:
    """Who lost their link is entered and given a new one; then the lost one is found again."""
    room: Room = open_room(roster=["Ada"])
    at = f"{room.at}/participants"
    entered = room.client.post(at, json={"name": "Ada"}, headers=room.facilitator).json()
    made = room.client.post(
        f"{at}/{entered['participant']}/link", json={}, headers=room.facilitator
    ).json()
    ada = room.join(invite=made["invite"])
    assert ada["participant"] == entered["participant"]
    found = {"invite": room.made["invites"][0]["invite"], "device": secrets.token_hex(16)}
    again = room.client.post(at, json=found)
    assert (again.status_code, room.state()["participants"]) == (409, 1)
    room.client.delete(f"{at}/{ada['participant']}", headers=room.facilitator)
    assert room.client.post(at, json=found).status_code == 201  # their place is free


def test_nobody_of_a_roster_counts_twice_by_paper(open_room: Any) -> None:
    room: Room = open_room(roster=["Ada", "Bob"])
    links = {one["name"]: one["invite"] for one in room.made["invites"]}
    room.join(invite=links["Ada"])
    room.go("voting")
    at, head = f"{room.at}/paper", "name,money,quality,support\n"
    twice = room.client.post(at, json={"csv": f"{head}Ada,1,2,3\n"}, headers=room.facilitator)
    assert twice.status_code == 422
    named = room.client.post(
        f"{room.at}/participants", json={"name": "Ada"}, headers=room.facilitator
    )
    assert named.status_code == 409
    paper = room.client.post(at, json={"csv": f"{head}Bob,1,2,3\n"}, headers=room.facilitator)
    assert paper.status_code == 200
    assert (room.state()["participants"], room.state()["ballots"]) == (2, 1)
    bob = room.join(invite=links["Bob"])  # finds what was entered for him
    assert (room.state()["participants"], room.state()["ballots"]) == (2, 1)
    assert room.vote(bob, ALL).json() == {"version": 2}


def test_what_somebody_wrote_goes_with_them(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    for one in (ada, bob):
        said = {"text": f"from {one['name']}"}
        headers = bearer(one["participant_token"])
        room.client.post(f"{room.at}/comments", json=said, headers=headers)
    room.client.delete(f"{room.at}/participants/{bob['participant']}", headers=room.facilitator)
    room.go("voting")
    room.go("revealed")
    seen = room.client.get(f"{room.at}/comments").json()["comments"]
    assert [one["text"] for one in seen] == ["from Ada"]
    room.client.delete(f"{room.at}/participants/{ada['participant']}", headers=room.facilitator)
    again = room.client.get(f"{room.at}/comments").json()["comments"]
    assert again == seen  # what was revealed stays


def test_a_recovery_key_in_a_body_of_untold_length_is_read(room: Room) -> None:
    raw = json.dumps({"recovery": room.made["recovery_key"]}).encode()
    sent = {"content-type": "application/json"}
    answer = room.client.post(f"{room.at}/facilitator", content=iter([raw]), headers=sent)
    assert answer.status_code == 200, answer.text


def test_only_the_head_of_events_ends(room: Room) -> None:
    answer = room.client.head(f"{room.at}/events")
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_a_round_that_was_closed_unrevealed_leaves_by_no_export() -> None:
    closed = Record(1, "ABC234", "", Rules(), phase="closed", round=2, revealed=1)
    assert not may_see(FACILITATOR, "room", closed)
    assert may_see(FACILITATOR, "room", closed._replace(revealed=2))
    assert may_see(FACILITATOR, "room", closed._replace(round=0, revealed=0))
