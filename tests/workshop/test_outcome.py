"""What a room said goes into the decision's file, and ballots from paper into the room."""

from pathlib import Path
from typing import Any

import pytest

import selector
from selector.report.exports import Options, formats
from selector.report.exports.story import Story
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


SCALES: dict[str, Any] = {
    "straight": {"unit": "hours", "value": {"worst": 8, "best": 0}},
    "bent": {"value": {"points": [[0, 0], [5, 0.8], [20, 1]]}},
    "steps": {"value": {"levels": {"none": 0, "some": 0.5, "all": 1}}},
    "local": {"goal": "min"},
    "bare": {},
    "alike": {},
}
KNOWN: dict[str, Any] = {
    "a": {"straight": 2, "bent": 4, "steps": "some", "local": 10, "alike": 3},
    "b": {"straight": 8, "bent": 9, "steps": "none", "local": 30, "alike": 3},
    "c": {"straight": 5, "bent": 1, "steps": "all", "local": 20, "alike": 3},
}
SCALED: dict[str, Any] = {
    "id": "scaled",
    "title": "Which?",
    "criteria": [{"id": name} | scale for name, scale in SCALES.items()],
    "alternatives": [{"id": name, "performance": known} for name, known in KNOWN.items()],
}


def _said(decision: Any, name: str) -> Any:
    """What the decision itself says of an alternative, by leaf."""
    return next(each for each in decision.alternatives if each.id == name).performances


def test_what_was_scored_stands_in_the_file_as_judgements(open_room: Any, tmp_path: Path) -> None:
    """By each kind of scale the file gives the cell the value that the room gave it."""
    leaves = [name for name in SCALES if name != "alike"]
    room = open_room(decision=SCALED, ask="leaves", scores=leaves)
    given: tuple[dict[str, float], ...] = (
        {"straight": 30, "bent": 90, "steps": 0, "local": 25, "bare": 80},
        {"straight": 50, "bent": 40, "steps": 100, "local": 100, "bare": 20},
    )
    room.go("voting")
    for points in given:  # nobody scores c
        scores = {"a": points, "b": {name: 100 - of for name, of in points.items()}}
        weights = dict.fromkeys(SCALES, 50) | {"bent": None}
        assert room.vote(room.join(), weights, scores=scores).status_code == 200
    room.go("revealed")
    found = room.results().json()
    decision = _taken(room, tmp_path)
    analysis = selector.analyse(decision)
    told = {row["alternative"]: row for row in found["ranking"]}
    for row in analysis.ranking:
        same = told[row.alternative]
        assert (row.rank, row.score) == (same["rank"], pytest.approx(same["score"], abs=1e-6))
        assert row.low == pytest.approx(same["low"], abs=1e-6)
        assert row.high == pytest.approx(same["high"], abs=1e-6)
    for leaf in leaves:
        fact = _said(decision, "a")[leaf]
        assert (fact.is_judgement, fact.by) == (True, "participants of the workshop")
        assert fact.reason == "workshop, round 1, mean of 2 scores from 0 to 100"
        assert fact.as_of is not None
        assert _said(decision, "c").get(leaf) != fact
    straight = _said(decision, "a")["straight"]
    assert (straight.low, straight.likely, straight.high) == (4.0, 4.8, 5.6)
    weights, scores = decision.record.changes
    assert "no opinion" in weights.why
    assert "bent (2 of 2)" in weights.why
    assert scores.what == (
        "Scores on straight, bent, steps, local and bare, the means of what people gave in round 1 "
        "of a workshop"
    )
    for own in decision.stakeholders:  # as the room reckoned with it
        assert own.weights["bent"] == pytest.approx(100 / 6, abs=1e-4)
    for kind in (".md", ".html", ".json"):
        text = formats()[kind].made(Story(analysis), Options()).decode()
        assert "Scores on straight" in text, kind


def test_what_no_scale_can_say_of_scores_is_told(open_room: Any, tmp_path: Path) -> None:
    room = open_room(decision=SCALED, ask="leaves", scores=["steps", "alike"])
    room.go("voting")
    scores = {"a": {"steps": 60, "alike": 90}}
    assert room.vote(room.join(), dict.fromkeys(SCALES, 50), scores=scores).status_code == 200
    room.go("revealed")
    decision = _taken(room, tmp_path)
    assert _said(decision, "a")["steps"].value == "some"
    assert not _said(decision, "a")["alike"].is_judgement
    _, near, left = decision.record.changes
    assert (near.what[:16], near.why[:8]) == ("Scores on steps,", "On steps")
    assert left.what == "The scores on alike in round 1 of a workshop are not taken over"


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
