"""Two at the same moment, through two processes: of what can be had once, one has it."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from selector.workshop.web import House, routes
from tests.workshop.conftest import DATABASES
from tests.workshop.rooms import Room, bearer

MANY = 8
ROUNDS = 5  # a race is not lost each time
ALL = {"money": 100, "quality": 50, "support": 50}
pytestmark = pytest.mark.parametrize("database", DATABASES, indirect=True)


@pytest.fixture
def sides(house: House, database: str) -> Iterator[list[TestClient]]:
    """Browsers, by turns of two processes that serve the same database."""
    other = House(database)
    apps = [Starlette(routes=routes(one)) for one in (house, other)]
    where = {"base_url": "http://localhost:8501", "client": ("127.0.0.1", 50000)}
    yield [TestClient(apps[n % 2], **where) for n in range(MANY)]  # type: ignore[arg-type]
    other.close()


def at_once(work: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each gives, all begun at the same moment."""
    ready = Barrier(len(work))

    def one(each: Callable[[], Any]) -> Any:
        ready.wait(20)
        return each()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def statuses(answers: Sequence[Any]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def test_a_room_is_handed_over_to_one(room: Room, sides: list[TestClient]) -> None:
    at, token = f"{room.at}/facilitator", room.made["facilitator_token"]
    for _ in range(ROUNDS):
        ask = [partial(side.post, at, headers=bearer(token)) for side in sides]
        answers = at_once(ask)
        assert statuses(answers) == {200: 1, 401: MANY - 1}
        fresh = next(a for a in answers if a.status_code == 200).json()["facilitator_token"]
        able = [
            room.client.get(f"{room.at}/participants", headers=bearer(t)) for t in (token, fresh)
        ]
        assert [answer.status_code for answer in able] == [401, 200]
        token = fresh


def test_of_two_who_recover_a_room_one_has_it(room: Room, sides: list[TestClient]) -> None:
    body = {"recovery": room.made["recovery_key"]}
    answers = at_once([partial(s.post, f"{room.at}/facilitator", json=body) for s in sides])
    assert statuses(answers) == {200: MANY}
    tokens = [answer.json()["facilitator_token"] for answer in answers]
    able = [room.client.get(f"{room.at}/participants", headers=bearer(t)) for t in tokens]
    assert statuses(able) == {200: 1, 401: MANY - 1}


@pytest.mark.parametrize("devices", [MANY, 1], ids=["devices", "one device"])
def test_a_link_lets_one_in(open_room: Any, sides: list[TestClient], devices: int) -> None:
    room: Room = open_room(roster=[f"P{n}" for n in range(ROUNDS)])
    for invite in room.made["invites"]:
        own = [secrets.token_hex(16) for _ in range(devices)]
        bodies = [{"invite": invite["invite"], "device": own[n % devices]} for n in range(MANY)]
        at = f"{room.at}/participants"
        pairs = zip(sides, bodies, strict=True)
        answers = at_once([partial(side.post, at, json=body) for side, body in pairs])
        came = [answer.json() for answer in answers if answer.status_code == 201]
        assert len({one["participant"] for one in came}) == 1
        if devices == 1:
            assert len(came) == MANY
        else:
            assert statuses(answers) == {201: 1, 409: MANY - 1}
    assert room.state()["participants"] == ROUNDS


@pytest.mark.parametrize("devices", [MANY, 1], ids=["devices", "one device"])
def test_a_link_for_another_device_serves_one(
    room: Room, sides: list[TestClient], devices: int
) -> None:
    ada = room.join("Ada")
    at = f"{room.at}/participants"
    for _ in range(ROUNDS):
        link = f"{at}/{ada['participant']}/link"
        made = room.client.post(link, json={}, headers=room.facilitator).json()
        own = [secrets.token_hex(16) for _ in range(devices)]
        bodies = [{"invite": made["invite"], "device": own[n % devices]} for n in range(MANY)]
        pairs = zip(sides, bodies, strict=True)
        answers = at_once([partial(side.post, at, json=body) for side, body in pairs])
        assert statuses(answers) == ({201: MANY} if devices == 1 else {201: 1, 403: MANY - 1})
    assert room.state()["participants"] == 1


def test_a_ballot_on_its_way_at_the_reveal_counts_or_is_refused(
    room: Room, sides: list[TestClient]
) -> None:
    """What was answered 200 is in the result as it was told first, and nothing else ever is."""
    people = [room.join(f"P{n}") for n in range(MANY - 1)]
    reveal = {"phase": "revealed"}
    for round_ in range(1, ROUNDS + 1):
        room.go("voting")
        body = {"round": round_, "weights": ALL}
        heads = [bearer(one["participant_token"]) for one in people]
        ask: list[Callable[[], Any]] = [
            partial(side.put, f"{room.at}/ballot", json=body, headers=own)
            for side, own in zip(sides, heads, strict=False)
        ]

        def move(at: str = f"{room.at}/results?round={round_}") -> tuple[Any, Any]:
            moved = sides[-1].post(f"{room.at}/phase", json=reveal, headers=room.facilitator)
            return moved, sides[-2].get(at)

        *votes, (moved, first) = at_once([*ask, move])
        assert moved.status_code == 200
        kept = statuses(votes)
        assert set(kept) <= {200, 409}
        assert first.json() == room.results(round=round_).json()
        assert first.json()["participants"] == kept[200] == room.state()["ballots"]
        for vote, head in zip(votes, heads, strict=True):
            own = room.client.get(f"{room.at}/ballot?round={round_}", headers=head).json()
            assert own["version"] == (vote.status_code == 200)


def test_who_is_removed_while_they_vote_does_not_count(room: Room, sides: list[TestClient]) -> None:
    room.go("voting")
    for n in range(ROUNDS):
        ada = room.join(f"P{n}")
        body, own = {"round": 1, "weights": ALL}, bearer(ada["participant_token"])
        at = f"{room.at}/participants/{ada['participant']}"
        vote, gone = at_once(
            [
                partial(sides[0].put, f"{room.at}/ballot", json=body, headers=own),
                partial(sides[1].delete, at, headers=room.facilitator),
            ]
        )
        assert (vote.status_code in (200, 403), gone.status_code) == (True, 204)
    assert (room.state()["participants"], room.state()["ballots"]) == (0, 0)


def test_the_same_words_sent_twice_are_there_once(room: Room, sides: list[TestClient]) -> None:
    """As a phone does that had no answer."""
    own = bearer(room.join("Ada")["participant_token"])
    words = {"text": "What if it is withdrawn?"}
    answers = at_once(
        [partial(s.post, f"{room.at}/comments", json=words, headers=own) for s in sides]
    )
    assert statuses(answers) == {201: MANY}
    room.go("voting")
    room.go("revealed")
    assert len(room.client.get(f"{room.at}/comments").json()["comments"]) == 1
