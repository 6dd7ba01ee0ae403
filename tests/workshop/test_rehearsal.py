"""A rehearsal: made-up people go through the service as everybody does, and are marked as such."""

from collections import Counter
from typing import Any

import pytest

from tests.workshop.rooms import Room


def _rehearse(room: Room, people: int = 12) -> Any:
    return room.client.post(
        f"{room.at}/rehearse", json={"people": people}, headers=room.facilitator
    )


def test_all_steps_are_walked_with_simulated_people(open_room: Any) -> None:
    roles = [{"name": "Finance"}, {"name": "Security", "scores": ["support"]}]
    room: Room = open_room(rehearsal=True, gut=True, roles=roles, ask="both")
    assert _rehearse(room).json() == {"simulated": 12}
    assert (room.state()["participants"], room.state()["ballots"]) == (12, 0)
    listed = room.client.get(f"{room.at}/participants", headers=room.facilitator).json()
    counted = Counter(one["role"] for one in listed["participants"])
    assert counted == {"Finance": 4, "Security": 4, "": 4}
    room.go("voting")
    ada = room.join("Simulated 1")  # somebody real, whatever the name
    assert _rehearse(room).json() == {"simulated": 12}
    assert (room.state()["participants"], room.state()["ballots"]) == (13, 12)
    assert room.vote(ada, {"money": 100, "quality": 20}).status_code == 200
    room.go("revealed")
    first = room.results().json()
    assert (first["participants"], first["proxies"], first["rehearsal"]) == (13, 12, True)
    assert len({ballot["weights"]["money"] for ballot in first["ballots"]}) > 6
    assert first["gut"]["people"] == 12
    room.go("voting")
    _rehearse(room)
    room.go("revealed")
    second = room.results().json()
    assert second["movement"]["both"] == 12
    width = [
        sum(row["upper"] - row["lower"] for row in found["criteria"]) for found in (first, second)
    ]
    assert width[1] < width[0]  # they come closer
    signed = room.client.post(f"{room.at}/signoff", json={"by": "us"}, headers=room.facilitator)
    assert signed.status_code == 200
    taken = room.client.get(f"{room.at}/decision", headers=room.facilitator)
    assert taken.status_code == 403
    assert "rehearsal" in taken.json()["error"]
    for path in (f"/show/{room.code}", f"/run/{room.code}"):
        assert "ehearsal" in room.client.get(path).text


def test_what_is_answered_comes_again(open_room: Any) -> None:
    room: Room = open_room(rehearsal=True)
    room.go("voting")
    _rehearse(room, 5)
    _rehearse(room, 5)
    assert (room.state()["participants"], room.state()["ballots"]) == (5, 5)
    room.go("revealed")
    assert room.results().json()["participants"] == 5


@pytest.mark.parametrize("people", [0, 101, "many"])
def test_so_many_are_not_simulated(open_room: Any, people: Any) -> None:
    assert _rehearse(open_room(rehearsal=True), people).status_code == 422


def test_in_a_room_that_counts_nobody_is_made_up(room: Room) -> None:
    room.go("voting")
    assert _rehearse(room).status_code == 409
    assert room.state()["participants"] == 0
    assert room.client.post(f"{room.at}/rehearse", json={}).status_code == 401
    ada = {"authorization": f"Bearer {room.join()['participant_token']}"}
    assert room.client.post(f"{room.at}/rehearse", json={}, headers=ada).status_code == 403
    assert room.results().status_code == 403
