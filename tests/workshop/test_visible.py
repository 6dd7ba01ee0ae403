"""Before the reveal nothing of any ballot is in any answer of any route, for anybody."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from selector.workshop.records import Room as Record
from selector.workshop.records import Rules
from selector.workshop.visible import ANYBODY, FACILITATOR, Viewer, may_see
from selector.workshop.web import House, api, pages
from tests.workshop.rooms import Room, bearer

SECRET = {"money": 73.125, "quality": 41.375, "support": 12.625}
OTHER = {"money": 12.875, "quality": 93.625, "support": 27.125}
SCORES = {"a": {"support": 61.875}, "b": {"support": 17.625}, "c": {"support": None}}
WORDS, PARKED = "marker-of-a-ballot", "marker-of-a-comment"
GUT = ["c", "a", "b"]


def _marks(*ballots: dict[str, Any]) -> list[str]:
    """What would give a ballot away: its points, its shares to four figures, its words."""
    found = [WORDS, PARKED, "61.875", "17.625", '["c","a","b"]']
    for points in ballots:
        found += [str(value) for value in points.values()]
        shares = (value / sum(points.values()) for value in points.values())
        found += [f"{share:.4f}"[1:-1] for share in shares]
        found += [f"{value / max(points.values()):.5f}"[1:-1] for value in points.values()]
    return [mark for mark in found if mark not in (".0", ".000")]


def _paths(room: Room, people: list[str]) -> Iterator[str]:
    """Every address that can be read, with every question that it knows."""
    reading = [path for path, by in api.TABLE.items() if "GET" in by and "events" not in path]
    asked = ("", "?brief", "?role=Security", *(f"?round={n}" for n in (0, 1, 2, 3)))
    for path in [*reading, *pages.TABLE]:
        for who in people if "{participant}" in path else [""]:
            for criterion in ("money", "support") if "{criterion}" in path else [""]:
                at = path.format(code=room.code, participant=who, criterion=criterion)
                assert "{" not in at
                yield from (at + question for question in asked)


def _walk(room: Room, people: list[dict[str, Any]], marks: list[str]) -> int:
    """Read everything as everybody; how many answers there were."""
    seen = 0
    tokens = {"facilitator": room.facilitator, "nobody": {}}
    tokens |= {one["name"]: bearer(one["participant_token"]) for one in people}
    for path in _paths(room, [one["participant"] for one in people]):
        for who, headers in tokens.items():
            if path.startswith(f"{room.at}/ballot") and who == people[0]["name"]:
                continue  # one's own
            answer = room.client.get(path, headers=headers)
            assert answer.status_code not in (429, 500), (path, who)
            text = answer.text.replace(" ", "")
            found = [mark for mark in marks if mark in text]
            assert found == [], (path, who, found)
            seen += 1
    return seen


@pytest.mark.parametrize("named", [False, True])
def test_nothing_is_seen_before_the_reveal(open_room: Any, house: House, named: bool) -> None:
    roles = [{"name": "Security", "scores": ["support"]}]
    room: Room = open_room(named=named, gut=True, roles=roles)
    ada, bob = room.join("Ada", role="Security"), room.join("Bob")
    own = bearer(ada["participant_token"])

    def park() -> None:
        assert (
            room.client.post(f"{room.at}/comments", json={"text": PARKED}, headers=own).status_code
            == 201
        )

    heard: list[str] = []
    watching = threading.Thread(
        target=lambda: heard.append(room.client.get(f"{room.at}/events").text)
    )
    watching.start()
    while not house.hub.watchers:
        time.sleep(0.01)
    park()
    assert _walk(room, [ada, bob], _marks()) > 100  # in the lobby
    room.go("voting")
    park()
    told = {"comment": WORDS, "gut_ranking": GUT}
    assert room.vote(ada, SECRET, scores=SCORES, **told).status_code == 200
    assert _walk(room, [ada, bob], _marks(SECRET)) > 100  # while it is open
    assert room.state()["ballots"] == 1
    room.go("revealed")
    assert WORDS in room.client.get(f"{room.at}/comments").text  # the walk would have found it
    assert any(mark in room.results().text for mark in _marks(SECRET)[5:])
    room.go("voting")
    assert room.vote(ada, OTHER).status_code == 200
    later = [mark for mark in _marks(OTHER) if mark not in _marks()]
    _walk(room, [ada, bob], later)  # in the second round
    text = room.results(round=1).text
    assert room.results(round=2).status_code == 403
    room.client.delete(room.at, headers=room.facilitator)
    watching.join(20)
    assert "event: state" in heard[0]
    assert not any(mark in heard[0] for mark in [*_marks(SECRET, OTHER), "Ada", "Bob"])
    assert ("Ada" in text) is named


def test_who_closes_a_vote_without_a_reveal_sees_nothing_of_it(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    room.go("voting")
    room.vote(ada, SECRET, comment=WORDS)
    room.go("closed")
    _walk(room, [ada, bob], _marks(SECRET))
    assert room.results().status_code == 403


@pytest.mark.parametrize("what", ["results", "comments", "names", "outcome", "room"])
def test_the_rule_has_no_way_around(what: Any) -> None:
    rules = Rules(is_named=True)
    viewers = (ANYBODY, Viewer("participant", "p"), FACILITATOR)
    voting = Record(1, "ABC234", "", rules, phase="voting", round=1)
    assert not any(may_see(viewer, what, voting, 1) for viewer in viewers)
    again = voting._replace(round=2, revealed=1)
    if what != "outcome":  # it is of the round that was revealed
        assert not any(may_see(viewer, what, again, 2) for viewer in viewers)


def test_answers_do_not_say_who_has_voted(room: Room) -> None:
    ada, bob = room.join("Ada"), room.join("Bob")
    room.go("voting")
    room.vote(ada, SECRET)
    people = room.client.get(f"{room.at}/participants", headers=room.facilitator).json()
    rows = [
        {key: value for key, value in row.items() if key not in ("participant", "name")}
        for row in people["participants"]
    ]
    assert rows[0] == rows[1]
    assert {ada["participant"], bob["participant"]} == {
        row["participant"] for row in people["participants"]
    }
    assert re.search(r"ballot|voted", str(people)) is None


@pytest.mark.parametrize("named", [False, True])
def test_a_link_for_another_device_shows_nobodys_ballot(open_room: Any, named: bool) -> None:
    """Whoever runs the room can make a link for anybody: what it opens is an empty ballot."""
    room: Room = open_room(named=named)
    ada, bob = room.join("Ada"), room.join("Bob")
    room.go("voting")
    room.vote(ada, SECRET, comment=WORDS, sequence=40)
    room.vote(bob, OTHER)

    def own(who: dict[str, Any]) -> dict[str, Any]:
        headers = bearer(who["participant_token"])
        found: dict[str, Any] = room.client.get(f"{room.at}/ballot", headers=headers).json()
        return found

    def taken() -> dict[str, Any]:
        link = f"{room.at}/participants/{ada['participant']}/link"
        made = room.client.post(link, json={}, headers=room.facilitator).json()
        return room.join(invite=made["invite"])

    assert own(ada)["weights"] == SECRET
    other = taken()
    assert own(other) == own(other) | {"round": None, "weights": {}, "version": 0}
    assert WORDS not in str(own(other))
    room.go("revealed")
    seen = own(other)
    assert (seen["round"], seen["weights"], seen["comment"]) == (1, {}, "")
    assert not seen.keys() & {"shares", "ranking"}
    assert room.results().json()["participants"] == 2  # it counts all the same
    room.go("voting")
    assert room.vote(other, OTHER, sequence=3).json() == {"version": 1}
    third = taken()
    assert room.vote(third, SECRET, sequence=1).json() == {"version": 2}  # numbers begin anew
    assert own(third)["weights"] == SECRET
