"""A workshop over HTTP, from opening to the end, and what it refuses on the way."""

import secrets
from typing import Any

import pytest
from starlette.testclient import TestClient

from selector.workshop import tokens
from tests.workshop.conftest import DATABASES
from tests.workshop.rooms import DECISION, Room, bearer

ALL = {"money": 100, "quality": 50, "support": 50}
OTHER = {"money": 0, "quality": 100, "support": None}
on_both = pytest.mark.parametrize("database", DATABASES, indirect=True)


@on_both
def test_a_whole_workshop(room: Room) -> None:
    state = room.state()
    assert (state["phase"], state["round"], state["participants"]) == ("lobby", 0, 0)
    assert [c["id"] for c in state["criteria"]] == ["money", "quality", "support"]
    assert [a["id"] for a in state["alternatives"]] == ["a", "b", "c"]
    # What is agreed on first is all that is in a group, not the first few.
    assert [c["within"] for c in state["criteria"]] == ["Price; Terms", "", ""]
    ada, bob = room.join("Ada"), room.join("Bob")
    room.go("voting")
    assert room.vote(ada, ALL).json() == {"version": 1}
    assert room.vote(bob, OTHER).json() == {"version": 1}
    assert room.vote(bob, OTHER).json() == {"version": 2}
    state = room.state()
    assert (state["phase"], state["round"]) == ("voting", 1)
    assert (state["participants"], state["ballots"]) == (2, 2)
    assert room.results().status_code == 403
    room.go("revealed")
    found = room.results().json()
    assert (found["round"], found["participants"]) == (1, 2)
    assert found["weights"]["mean"]["quality"] == pytest.approx((0.25 + 0.8) / 2 / 1.0, abs=0.1)
    assert {row["alternative"] for row in found["ranking"]} == {"a", "b", "c"}
    assert set(found["matters"]) == {"money", "quality", "support"}
    assert len(found["ballots"]) == 2
    assert "Ada" not in room.results().text
    assert room.results(round=2).status_code == 403
    room.go("voting")
    assert room.results(round=2).status_code == 403
    assert room.results(round=1).json() == found
    assert room.vote(ada, ALL).status_code == 200
    room.go("revealed")
    assert room.results().json()["round"] == 2
    signed = room.client.post(
        f"{room.at}/signoff", json={"by": "The board"}, headers=room.facilitator
    )
    assert signed.json()["phase"] == "closed"
    assert room.state()["signed"] == "The board"
    assert room.vote(ada, ALL).status_code == 409


def test_asking_twice_changes_nothing(room: Room) -> None:
    room.go("voting")
    assert room.go("voting")["round"] == 1
    room.go("revealed")
    assert room.go("revealed")["round"] == 1


@pytest.mark.parametrize(
    ("before", "phase"), [((), "revealed"), (("voting",), "lobby"), (("closed",), "voting")]
)
def test_phases_follow_each_other(room: Room, before: tuple[str, ...], phase: str) -> None:
    for step in before:
        room.go(step)
    answer = room.client.post(f"{room.at}/phase", json={"phase": phase}, headers=room.facilitator)
    assert answer.status_code == 409
    assert "error" in answer.json()


def test_a_ballot_for_another_round_is_refused(room: Room) -> None:
    ada = room.join()
    assert room.vote(ada, ALL).status_code == 409
    room.go("voting")
    assert room.vote(ada, ALL, round=2).status_code == 409
    room.go("revealed")
    assert room.vote(ada, ALL).status_code == 409


@on_both
def test_the_highest_sequence_counts(room: Room) -> None:
    ada = room.join()
    room.go("voting")
    room.vote(ada, {"money": 10, "quality": 5, "support": 0}, sequence=5)
    room.vote(ada, {"money": 99, "quality": 5, "support": 0}, sequence=4)
    own = room.client.get(f"{room.at}/ballot", headers=bearer(ada["participant_token"])).json()
    assert (own["weights"]["money"], own["sequence"], own["version"]) == (10, 5, 1)


@on_both
def test_a_device_joins_once(room: Room) -> None:
    device = secrets.token_hex(16)
    first, again = room.join("Ada", device=device), room.join("Ada", device=device)
    assert first == again
    assert room.state()["participants"] == 1
    assert room.join("Ada")["participant"] != first["participant"]


def test_a_device_has_another_token_in_each_room(open_room: Any) -> None:
    device = secrets.token_hex(16)
    one, other = open_room(), open_room()
    joined = one.join(device=device)
    other.join()
    assert other.join(device=device)["participant_token"] != joined["participant_token"]
    other.go("voting")
    assert other.vote(joined, ALL).status_code == 401


# --- who may do what ----------------------------------------------------------------------------


def _requests(room: Room, who: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """What only a facilitator may do."""
    return [
        ("POST", f"{room.at}/phase", {"phase": "voting"}),
        ("POST", f"{room.at}/time", {"seconds": 60}),
        ("POST", f"{room.at}/signoff", {"by": "me"}),
        ("POST", f"{room.at}/forget", {}),
        ("POST", f"{room.at}/facilitator", {}),
        ("DELETE", room.at, None),
        ("GET", f"{room.at}/participants", None),
        ("DELETE", f"{room.at}/participants/{who['participant']}", None),
        ("POST", f"{room.at}/participants/{who['participant']}/link", {}),
        (
            "PUT",
            f"{room.at}/participants/{who['participant']}/ballot",
            {"round": 1, "weights": ALL},
        ),
    ]


def test_roles_are_checked_on_every_route(room: Room, open_room: Any) -> None:
    ada, other = room.join(), open_room()
    tokens_and_status = {
        "": 401,
        ada["participant_token"]: 403,
        other.made["facilitator_token"]: 401,
        other.join()["participant_token"]: 401,
        tokens.new_token(): 401,
        "x": 401,
    }
    before = room.state()
    for token, status in tokens_and_status.items():
        headers = bearer(token) if token else {}
        for method, path, body in _requests(room, ada):
            answer = room.client.request(method, path, json=body, headers=headers)
            limited = answer.status_code == 429
            assert limited or answer.status_code == status, (method, path, token, answer.text)
    assert room.state() == before


@on_both
def test_the_facilitator_hands_over_and_recovers(room: Room) -> None:
    at = f"{room.at}/facilitator"
    fresh = room.client.post(at, headers=room.facilitator).json()["facilitator_token"]
    old = room.client.post(f"{room.at}/phase", json={"phase": "voting"}, headers=room.facilitator)
    assert old.status_code == 401
    again = room.client.post(at, json={"recovery": room.made["recovery_key"]}).json()
    stale = room.client.post(f"{room.at}/phase", json={"phase": "voting"}, headers=bearer(fresh))
    assert stale.status_code == 401
    room.facilitator = bearer(again["facilitator_token"])
    assert room.go("voting")["phase"] == "voting"
    wrong = room.client.post(at, json={"recovery": tokens.new_token()})
    assert wrong.status_code == 401


@on_both
def test_who_is_removed_counts_no_more(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    room.go("voting")
    room.vote(ada, ALL)
    room.vote(bob, OTHER)
    gone = room.client.delete(
        f"{room.at}/participants/{bob['participant']}", headers=room.facilitator
    )
    assert gone.status_code == 204
    assert (room.state()["participants"], room.state()["ballots"]) == (1, 1)
    assert room.vote(bob, OTHER).status_code == 403
    room.go("revealed")
    before = room.results().json()
    assert before["participants"] == 1
    room.client.delete(f"{room.at}/participants/{ada['participant']}", headers=room.facilitator)
    assert room.results().json() == before


def test_who_is_removed_in_the_lobby_is_counted_no_more(room: Room) -> None:
    ada, _ = room.join("Ada"), room.join("Bob")
    room.client.delete(f"{room.at}/participants/{ada['participant']}", headers=room.facilitator)
    assert room.state()["participants"] == 1


def test_a_proxy_is_voted_for_and_marked(room: Room) -> None:
    made = room.client.post(
        f"{room.at}/participants", json={"name": "Eve"}, headers=room.facilitator
    ).json()
    assert "participant_token" not in made
    room.go("voting")
    at = f"{room.at}/participants/{made['participant']}/ballot"
    sent = room.client.put(at, json={"round": 1, "weights": ALL}, headers=room.facilitator)
    assert sent.json() == {"version": 1}
    room.go("revealed")
    assert room.results().json()["proxies"] == 1


@on_both
def test_a_roster_lets_each_in_once(open_room: Any) -> None:
    room = open_room(roster=["Ada", {"name": "Bob"}])
    stranger = room.client.post(f"{room.at}/participants", json={"name": "Eve"})
    assert stranger.status_code == 403
    link = room.made["invites"][0]["invite"]
    device = secrets.token_hex(16)
    ada = room.join(invite=link, device=device)
    assert ada["name"] == "Ada"
    assert room.join(invite=link, device=device) == ada
    twice = room.client.post(f"{room.at}/participants", json={"invite": link})
    assert twice.status_code == 409
    at = f"{room.at}/participants/{ada['participant']}/link"
    fresh = room.client.post(at, json={}, headers=room.facilitator).json()["invite"]
    moved = room.join(invite=fresh)
    assert moved["participant"] == ada["participant"]
    room.go("voting")
    assert room.vote(ada, ALL).status_code == 401
    assert room.vote(moved, ALL).status_code == 200
    assert room.state()["participants"] == 1


def test_roles_have_their_own_questions(open_room: Any) -> None:
    roles = [
        {"name": "Finance", "weighs": ["money", "quality"]},
        {"name": "Security", "weighs": [], "scores": ["support"]},
    ]
    room = open_room(roles=roles)
    asked = room.client.get(room.at, params={"role": "Finance"}).json()
    assert [c["id"] for c in asked["criteria"]] == ["money", "quality"]
    ada, bob = room.join(role="Finance"), room.join(role="Security")
    room.go("voting")
    assert room.vote(ada, {"money": 100, "quality": 20}).status_code == 200
    assert room.vote(ada, ALL).status_code == 422
    scores = {"a": {"support": 90}, "b": {"support": 10}, "c": {"support": None}}
    assert room.vote(bob, {}, scores=scores).status_code == 200
    unknown = room.client.post(f"{room.at}/participants", json={"role": "Nobody"})
    assert unknown.status_code == 422


@on_both
def test_comments_are_seen_after_the_reveal(room: Room) -> None:
    ada = room.join("Ada")
    room.go("voting")
    room.vote(ada, ALL, comment="too dear")
    said = room.client.post(
        f"{room.at}/comments", json={"text": "why?"}, headers=bearer(ada["participant_token"])
    )
    assert said.status_code == 201
    assert room.client.get(f"{room.at}/comments").json() == {"comments": []}
    room.go("revealed")
    seen = room.client.get(f"{room.at}/comments").json()["comments"]
    assert [(c["text"], c["name"]) for c in seen] == [("too dear", ""), ("why?", "")]


@on_both
def test_ballots_are_taken_until_a_time(open_room: Any) -> None:
    room = open_room(open_until="2026-01-01T00:00:00Z")
    ada = room.join()
    room.go("voting")
    late = room.vote(ada, ALL)
    assert late.status_code == 409
    assert "time" in late.json()["error"]
    then = {"open_until": "2999-01-01T00:00:00+02:00"}
    room.client.post(f"{room.at}/time", json=then, headers=room.facilitator)
    assert room.vote(ada, ALL).status_code == 200


@on_both
def test_people_are_forgotten_once_closed(room: Room) -> None:
    ada = room.join("Ada")
    room.go("voting")
    room.vote(ada, ALL, comment="by Ada")
    room.go("revealed")
    at = f"{room.at}/forget"
    assert room.client.post(at, headers=room.facilitator).status_code == 409
    room.go("closed")
    assert room.client.post(at, headers=room.facilitator).status_code == 204
    people = room.client.get(f"{room.at}/participants", headers=room.facilitator).json()
    assert [one["name"] for one in people["participants"]] == [""]
    assert room.client.get(f"{room.at}/comments").json() == {"comments": []}
    assert room.results().json()["participants"] == 1


@on_both
def test_a_room_is_deleted(room: Room) -> None:
    assert room.client.delete(room.at, headers=room.facilitator).status_code == 204
    assert room.client.get(room.at).status_code == 404


# --- making rooms -------------------------------------------------------------------------------


def test_a_known_decision_is_named_by_its_id(open_room: Any) -> None:
    room = open_room(decision="support-assistant", ask="both")
    state = room.state()
    assert state["title"] == "Platform for the support assistant"
    assert {c["parent"] for c in state["criteria"]} > {""}
    assert all(c["question"] for c in state["criteria"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"decision": "nowhere"}, 422),
        ({"decision": {"id": "x"}}, 422),
        ({"decision": "id: x\n  y: ["}, 422),
        ({"decision": "../vendors/x"}, 422),
        ({"decision": DECISION, "ask": "everything"}, 422),
        ({"decision": DECISION, "roster": ["A", "A"]}, 422),
        ({"decision": DECISION, "scores": ["nothing"]}, 422),
        ({"decision": DECISION, "more": 1}, 422),
        ({"decision": DECISION, "agreement": 2}, 422),
    ],
)
def test_a_wrong_request_makes_no_room(
    client: TestClient, body: dict[str, Any], status: int
) -> None:
    answer = client.post("/api/workshops", json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}
    assert "Traceback" not in answer.text


def test_rooms_are_made_here_or_with_the_key(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = {"decision": DECISION}
    for headers in (
        {"host": "selector.example"},
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"x-real-ip": "127.0.0.1"},
    ):
        answer = client.post("/api/workshops", json=body, headers=headers)
        assert answer.status_code == 403, headers
    key = "k" * 32
    monkeypatch.setenv("SELECTOR_ADMIN_KEY", key)
    assert client.post("/api/workshops", json=body).status_code == 401
    assert client.post("/api/workshops", json=body, headers=bearer("k")).status_code == 401
    made = client.post(
        "/api/workshops", json=body, headers=bearer(key) | {"host": "selector.example"}
    )
    assert made.status_code == 201


def test_the_admin_has_a_room_back(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELECTOR_ADMIN_KEY", "k" * 32)
    fresh = room.client.post(f"{room.at}/facilitator", headers=bearer("k" * 32))
    assert fresh.status_code == 200


def test_a_room_in_the_place_of_another_shows_its_own_decision(open_room: Any) -> None:
    room = open_room()
    room.state()
    room.client.delete(room.at, headers=room.facilitator)
    options = DECISION["alternatives"][:2]
    fresh = open_room(decision=DECISION | {"title": "Another?", "alternatives": options})
    assert [a["id"] for a in fresh.state()["alternatives"]] == ["a", "b"]
