"""What a room said goes into the decision's file, and ballots from paper into the room."""

from pathlib import Path
from typing import Any

import pytest

import selector
from tests.workshop.rooms import Room


def _taken(room: Room, folder: Path) -> Any:
    answer = room.client.get(f"{room.at}/decision", headers=room.facilitator)
    assert answer.status_code == 200, answer.text
    path = folder / "taken.yaml"
    path.write_bytes(answer.content)
    return selector.load(path)


@pytest.mark.parametrize("is_named", [False, True])
def test_the_file_says_what_the_room_said(open_room: Any, tmp_path: Path, is_named: bool) -> None:
    room = open_room(named=is_named, ask="both")
    ada, bob = room.join("Ada"), room.join("Bob")
    room.go("voting")
    early = room.client.get(f"{room.at}/decision", headers=room.facilitator)
    assert early.status_code == 403
    room.vote(ada, {"money": 100, "quality": 50, "support": 50, "price": 100, "terms": 25})
    room.vote(bob, {"money": 20, "quality": 100, "support": None, "price": 50, "terms": 50})
    room.go("revealed")
    room.client.post(
        f"{room.at}/signoff",
        json={"by": "The board", "note": "for two years"},
        headers=room.facilitator,
    )
    found = room.results().json()
    decision = _taken(room, tmp_path)
    analysis = selector.analyse(decision)
    assert [row.alternative for row in analysis.ranking] == [
        row["alternative"] for row in found["ranking"]
    ]
    for row, told in zip(analysis.ranking, found["ranking"], strict=True):
        assert row.score == pytest.approx(told["score"], abs=1e-6)
    names = {person.name for person in decision.stakeholders}
    assert names == ({"Ada", "Bob"} if is_named else {"Participant 1", "Participant 2"})
    assert decision.record.approved[0].by == "The board"
    assert "2 ballots" in decision.record.changes[0].what


def test_a_participant_does_not_take_the_outcome(room: Room) -> None:
    ada = room.join()
    room.go("voting")
    room.go("revealed")
    headers = {"authorization": f"Bearer {ada['participant_token']}"}
    assert room.client.get(f"{room.at}/decision", headers=headers).status_code == 403
    assert room.client.get(f"{room.at}/decision").status_code == 401


def _paper(room: Room, text: str) -> Any:
    return room.client.post(f"{room.at}/paper", json={"csv": text}, headers=room.facilitator)


def test_ballots_from_paper_count_once(room: Room) -> None:
    room.go("voting")
    text = 'name,money,quality,support\nAda,100,50,\nBob,20,"30",no opinion\n'
    assert _paper(room, text).json() == {"ballots": 2}
    assert _paper(room, text.replace(",", ";")).json() == {"ballots": 2}
    assert (room.state()["participants"], room.state()["ballots"]) == (2, 2)
    room.go("revealed")
    assert room.results().json()["proxies"] == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,money,wealth\nAda,1,2", "no criterion 'wealth'"),
        ("money\n1", "no column 'name'"),
        ("name,money\nAda,much", "Row 2, money: 'much' is no number"),
        ("name,money\nAda,1\nBob,101", "Bob"),
        ("name,money\nAda,1\nAda,2", "stands twice"),
        ("name,money\n,1", "needs a name"),
        ("name,money\nAda,1,2", "more cells"),
        ('name,money\nAda,"1', "no table"),
        ("name,money,money\nAda,1,2", "stands twice"),
        ("  \n", "no ballot"),
        ("name,money\nAda,nan", "Ada"),
    ],
)
def test_paper_is_entered_whole_or_not_at_all(room: Room, text: str, told: str) -> None:
    room.go("voting")
    answer = _paper(room, text)
    assert answer.status_code == 422
    assert told in answer.json()["error"]
    assert (room.state()["participants"], room.state()["ballots"]) == (0, 0)
