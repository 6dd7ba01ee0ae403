"""SQL in every field that somebody fills is text, in both databases: refused, or kept as it is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from selector.workshop.store.tables import metadata
from selector.workshop.web import House
from tests.workshop.conftest import DATABASES
from tests.workshop.rooms import DECISION, Room, bearer

EVIL = (
    "x'); DROP TABLE rooms; --",
    '" OR "1"="1',
    "1; UPDATE rooms SET phase = 'revealed'; --",
    "%(name)s :name ? $1 \\'; SELECT pg_sleep(60); --",
)
FULL = {"money": 100, "quality": 50, "support": 50}


def _rows(house: House) -> dict[str, int]:
    def work(connection: Any) -> dict[str, int]:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }

    found: dict[str, int] = house.workshops.store.read(work)
    return found


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("database", DATABASES, indirect=True)
def test_it_is_text(open_room: Any, house: House, evil: str) -> None:
    other: Room = open_room()
    room: Room = open_room(
        decision=DECISION | {"title": evil, "question": evil},
        roles=[{"name": evil, "weighs": ["money", "quality"]}],
        scores=["support"],
        gut=True,
        named=True,
    )
    client, at = room.client, room.at
    assert room.state()["title"] == evil
    ada = room.join(evil, role=evil)
    assert (ada["name"], ada["role"]) == (evil, evil)
    bob, own = room.join("Bob"), bearer(ada["participant_token"])
    room.go("voting")
    assert room.vote(ada, {"money": 100, "quality": 10}, comment=evil).status_code == 200
    assert room.vote(bob, FULL).status_code == 200
    before = _rows(house)

    refused = [
        room.vote(bob, {evil: 5}),
        room.vote(bob, FULL, scores={evil: {"support": 1}}),
        room.vote(bob, FULL, scores={"a": {evil: 1}}),
        room.vote(bob, FULL, gut_ranking=[evil]),
        client.post(f"{at}/phase", json={"phase": evil}, headers=room.facilitator),
        client.post(f"{at}/time", json={"open_until": evil}, headers=room.facilitator),
        client.post(f"{at}/participants", json={"device": evil}),
        client.post(f"{at}/participants", json={"invite": evil}),
        client.post(f"{at}/participants", json={"name": "x", "role": evil + "x"}),
        client.post(f"{at}/facilitator", json={"recovery": evil}),
        client.post(f"{at}/paper", json={"csv": f"name,{evil}\nx,1"}, headers=room.facilitator),
        client.post("/api/workshops", json={"decision": evil}),
        client.post("/api/workshops", json={"decision": DECISION, "scores": [evil]}),
        client.get(f"{at}/ballot", headers=bearer(evil.encode().hex())),
        client.get(f"{at}/ballot", headers=own | {"authorization": f"Bearer {evil}"}),
        client.get(f"{at}/ballot", params={"round": evil}, headers=own),
        client.get(f"{at}/results", params={"round": evil}),
        client.get(f"{at}/evidence/{evil}"),
        client.delete(f"{at}/participants/{evil}", headers=room.facilitator),
        client.get(f"/api/workshops/{evil}"),
        client.get(f"/join/{evil}"),
    ]
    assert [answer.status_code for answer in refused if not 400 <= answer.status_code < 500] == []
    assert _rows(house) == before

    said = client.post(f"{at}/comments", json={"text": evil}, headers=own)
    assert said.status_code == 201
    paper = {"csv": f'name,money\n"{evil.replace(chr(34), chr(34) * 2)} (paper)",50'}
    assert client.post(f"{at}/paper", json=paper, headers=room.facilitator).status_code == 200
    room.go("revealed")
    told = [row["text"] for row in client.get(f"{at}/comments").json()["comments"]]
    assert told == [evil, evil]
    signed = client.post(f"{at}/signoff", json={"by": evil, "note": evil}, headers=room.facilitator)
    assert signed.status_code == 200
    assert room.state()["signed"] == evil
    assert other.state()["phase"] == "lobby"
    assert _rows(house)["rooms"] == 2
