"""The page Workshop: who may open a room, what it says of it, and how one takes it along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from selector.catalog.library import Library
from selector.ui import rooms
from selector.ui.rooms import HOUSE
from selector.workshop.asking import questions
from selector.workshop.records import Ballot, Rules
from selector.workshop.service import Opened
from selector.workshop.web.kept import kept_decision
from selector.workshop.web.limits import MOST_OF_ONE, Misses
from tests.ui.drawn import draw, markup

KEY = "k" * 32
DECISION = "support-assistant"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rooms of the app, on a database of this test."""
    HOUSE.close()
    monkeypatch.setattr(HOUSE, "_url", f"sqlite:///{tmp_path / 'rooms.sqlite3'}")
    monkeypatch.delenv("SELECTOR_ADMIN_KEY", raising=False)
    monkeypatch.setenv("SELECTOR_DRAFTS", str(tmp_path / "drafts"))
    visit_from(monkeypatch)
    yield
    HOUSE.close()


def visit_from(
    monkeypatch: pytest.MonkeyPatch, address: str | None = None, host: str = "localhost:8501"
) -> None:
    """Who visits, and by which name; Streamlit says no address for one of this computer."""

    # AppTest knows of no visitor.
    context = SimpleNamespace(
        ip_address=address, headers={"Host": host}, url=f"http://{host}/workshop"
    )
    monkeypatch.setattr(rooms.st, "context", context)


def page() -> AppTest:
    test = draw("workshop", DECISION)
    assert not test.exception
    return test


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def said(test: AppTest) -> str:
    return markup(test)


def run_of(test: AppTest) -> Any:
    """The room that the session has, with its keys."""
    return test.session_state["rooms"][0]


def test_a_room_is_opened_here_and_remembered() -> None:
    test = press(page(), "Open the room")
    room = run_of(test)
    assert f"Room {room.code}" in said(test)
    assert "Lobby: people join; 0 people are here." in said(test)
    links = [str(block.proto.url) for block in test.get("link_button")]
    assert links == [
        f"http://localhost:8501/run/{room.code}#{room.token}",
        f"http://localhost:8501/show/{room.code}",
        f"http://localhost:8501/join/{room.code}",
    ]
    assert "Phones cannot reach this address" in said(test)
    test.run()
    assert f"Room {room.code}" in said(test)


def test_from_elsewhere_rooms_are_opened_with_the_key_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit_from(monkeypatch, "192.168.1.20", "192.168.1.5:8501")
    test = press(page(), "Open the room")
    assert "SELECTOR_ADMIN_KEY" in said(test)
    assert "rooms" not in test.session_state
    monkeypatch.setenv("SELECTOR_ADMIN_KEY", KEY)
    test = page()
    test.text_input(key="room_key").set_value("wrong")
    assert "This is not the admin key of this server." in said(press(test, "Open the room"))
    test.text_input(key="room_key").set_value(KEY)
    test = press(test, "Open the room")
    assert f"Room {run_of(test).code}" in said(test)
    assert "Phones cannot reach" not in said(test)
    assert KEY not in said(test)


def test_the_admin_key_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    visit_from(monkeypatch, "192.168.1.21", "192.168.1.5:8501")
    monkeypatch.setenv("SELECTOR_ADMIN_KEY", KEY)
    monkeypatch.setattr(HOUSE, "misses", Misses())
    for n in range(MOST_OF_ONE):
        HOUSE.misses.note("192.168.1.21", f"by the API {n}")
    test = page()
    test.text_input(key="room_key").set_value(KEY)
    assert "Too many wrong codes" in said(press(test, "Open the room"))


def test_a_wrong_admin_key_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    visit_from(monkeypatch, "192.168.1.22", "192.168.1.5:8501")
    monkeypatch.setenv("SELECTOR_ADMIN_KEY", KEY)
    monkeypatch.setattr(HOUSE, "misses", Misses())
    for n in range(MOST_OF_ONE - 1):
        HOUSE.misses.note("192.168.1.22", f"by the API {n}")
    test = page()
    test.text_input(key="room_key").set_value("wrong")
    assert "This is not the admin key" in said(press(test, "Open the room"))
    assert "Too many wrong codes" in said(press(test, "Open the room"))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("room_roles", "Finance: costs", "costs"),
        ("room_roles", "Finance: cost\nFinance: security", "Finance"),
        ("room_roster", "Ada\nBob\nAda", "stands twice in the roster"),
        ("room_roster", "Ada, Poet", "There is no role"),
        ("room_roster", "x" * 200, "up to 80 characters"),
        ("room_roster", ", Finance", "up to 80 characters"),
        ("room_roster", "x" * 120, "up to 80 characters"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(field: str, value: str, told: str) -> None:
    test = page()
    test.text_area(key=field).set_value(value)
    test = press(test, "Open the room")
    assert "rooms" not in test.session_state
    notices = [text for text in said(test).split("<") if told in text]
    assert notices, said(test)[-600:]
    assert not any(word in said(test) for word in ("Traceback", "pydantic", "validation error"))


def test_a_roster_has_a_link_for_each() -> None:
    test = page()
    test.text_area(key="room_roles").set_value("Finance: cost, operations")
    test.text_area(key="room_roster").set_value("Ada, Finance\n<b>Bob</b>")
    test = press(test, "Open the room")
    room = run_of(test)
    assert [name for name, _ in room.invites] == ["Ada", "<b>Bob</b>"]
    listed = next(block.value for block in test.code if "Ada" in block.value)
    assert listed.count(f"/join/{room.code}#") == 2
    assert "<b>Bob" not in said(test)
    assert HOUSE.workshops.room(room.code).has_roster


def _opened(**rules: Any) -> Opened:
    """A room that somebody else opened on the same decision."""
    return HOUSE.workshops.open(kept_decision(DECISION, Library()), Rules(**rules))


def _go_on(test: AppTest, code: str, key: str) -> AppTest:
    test.text_input(key="room_code").set_value(code)
    test.text_input(key="room_token").set_value(key)
    return press(test, "Go on")


def test_one_goes_on_with_a_room_by_its_key() -> None:
    opened = _opened()
    code = opened.room.code
    joined = HOUSE.workshops.join(code, "Ada")
    assert "does not run that room" in said(_go_on(page(), code, joined.token))
    assert "does not run that room" in said(_go_on(page(), code, ""))
    assert "A recovery key goes into" in said(_go_on(page(), code, opened.recovery_key))
    assert "no room with this code" in said(_go_on(page(), "ABCDEF", opened.facilitator_token))
    test = _go_on(page(), code.lower(), f" {opened.facilitator_token} ")
    assert f"Room {code}" in said(test)
    assert "1 person is here" in said(test)
    fresh = HOUSE.workshops.hand_over(code, opened.facilitator_token)
    test = _go_on(page(), code, f"http://localhost:8501/run/{code}#{fresh}")
    assert f"Room {code}" in said(test)


def test_what_a_room_said_is_taken_along_as_a_working_copy() -> None:
    opened = _opened()
    code, token = opened.room.code, opened.facilitator_token
    test = _go_on(page(), code, token)
    assert not [b for b in test.button if b.label.startswith("Take it along")]
    rooms_ = HOUSE.workshops
    rooms_.move(code, token, "voting")
    asked = questions(rooms_.analysis(opened.room), opened.room.rules)
    for points in ((100, 20), (80, 60)):
        who = rooms_.join(code)
        weights = dict(zip((one.id for one in asked), points, strict=False))
        rooms_.vote(code, who.token, Ballot("", 1, weights))
    rooms_.move(code, token, "revealed")
    rooms_.sign_off(code, token, "The board", "agreed")
    test.run()
    assert "Closed, round 1: 2 of 2 have answered." in said(test)
    assert "It is open now" not in said(test)
    press(test, "Take it along as a working copy")
    assert "It is open now, and stands under Yours in the menu." in said(test)
    copy = "".join(test.query_params["decision"])
    assert copy.startswith("draft-")
    told = draw("decision", copy)
    assert not told.exception
    assert "The board" in markup(told)


def _revealed() -> Opened:
    """A room that somebody else opened, with a round in which nobody answered."""
    opened = _opened()
    for phase in ("voting", "revealed"):
        HOUSE.workshops.move(opened.room.code, opened.facilitator_token, phase)
    return opened


@pytest.mark.parametrize("label", ["Take it along as a working copy", "Open the room", "Go on"])
def test_a_press_counts_though_the_room_has_gone_on_meanwhile(label: str) -> None:
    """What shows where a room stands may ask for another run; that must not swallow the press."""
    opened, other = _revealed(), _opened()
    test = _go_on(page(), opened.room.code, opened.facilitator_token)
    HOUSE.workshops.move(opened.room.code, opened.facilitator_token, "closed")
    test.text_input(key="room_code").set_value(other.room.code)
    test.text_input(key="room_token").set_value(other.facilitator_token)
    press(test, label)
    assert "Closed, round 1" in said(test)
    if label.startswith("Take"):
        assert "".join(test.query_params["decision"]).startswith("draft-")
    else:
        assert len(test.session_state["rooms"]) == 2


def test_what_cannot_be_taken_along_is_said_until_it_can() -> None:
    opened = _revealed()
    code, token = opened.room.code, opened.facilitator_token
    test = _go_on(page(), code, token)
    HOUSE.workshops.hand_over(code, token)
    press(test, "Take it along as a working copy")
    assert "decision" not in test.query_params or "draft-" not in str(test.query_params["decision"])
    told = "the room was handed over since"
    assert told in said(test)
    test.run()
    assert told in said(test)


def test_who_handed_a_room_over_is_told_why_nothing_can_be_taken_along() -> None:
    opened = _revealed()
    test = _go_on(page(), opened.room.code, opened.facilitator_token)
    fresh = HOUSE.workshops.hand_over(opened.room.code, opened.facilitator_token)
    told = said(press(test, "Take it along as a working copy"))
    assert "was handed over since" in told
    assert "join again" not in told
    test = press(_go_on(test, opened.room.code, fresh), "Take it along as a working copy")
    assert "".join(test.query_params["decision"]).startswith("draft-")


def test_a_room_that_is_gone_is_told() -> None:
    test = press(page(), "Open the room")
    room = run_of(test)
    HOUSE.workshops.delete(room.code, room.token)
    test.run()
    assert not test.exception
    assert "no room with this code" in said(test)


def test_a_rehearsal_is_marked_and_goes_into_no_decision() -> None:
    test = page()
    test.checkbox(key="room_rehearsal").check()
    test = press(test, "Open the room")
    room = run_of(test)
    assert f"Room {room.code} · rehearsal" in said(test)
    HOUSE.workshops.move(room.code, room.token, "voting")
    HOUSE.workshops.rehearse(room.code, room.token)
    HOUSE.workshops.move(room.code, room.token, "revealed")
    test.run()
    assert "Revealed, round 1: 12 of 12 have answered." in said(test)
    assert not [b for b in test.button if b.label.startswith("Take it along")]
    other = _go_on(page(), room.code, room.token)
    assert f"Room {room.code} · rehearsal" in said(other)
