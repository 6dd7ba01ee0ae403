"""The rooms that this session opened: how people get in, where they stand, what they said."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from selector.domain.problem import SelectorError
from selector.ui.parts.html import notice, page, text
from selector.ui.rooms import HOUSE, reaches_phones, site
from selector.ui.state import State
from selector.workshop import wording
from selector.workshop.errors import Refused
from selector.workshop.records import Room
from selector.workshop.store.rooms import Counts

KEPT = "rooms"
PHASES = {
    "lobby": "Lobby: people join",
    "voting": "Voting",
    "revealed": "Revealed",
    "closed": "Closed",
}


class Opened(NamedTuple):
    """A room of this session, with what only whoever runs it knows."""

    code: str
    token: str
    recovery: str = ""
    invites: tuple[tuple[str, str], ...] = ()
    is_rehearsal: bool = False


def opened() -> list[Opened]:
    """The rooms that this session runs, the last first."""
    return list(st.session_state.get(KEPT, ()))


def remember(room: Opened) -> None:
    """Keep a room in the session; one that is there already is replaced."""
    others = [one for one in opened() if one.code != room.code]
    st.session_state[KEPT] = (room, *others)


def draw(room: Opened) -> None:
    """Draw a room: how to join, where it stands, what it said."""
    with st.container(border=True, key=f"room_{room.code}"):
        _ways_in(room)
        # A run of the whole page draws what there is, whatever was before: only a run of the
        # fragment alone may ask for another, for in a whole run that would lose what was pressed.
        st.session_state.pop(_phase_key(room), None)
        _standing(room)
        _said(room)


def _ways_in(room: Opened) -> None:
    at, mark = site(), " · rehearsal" if room.is_rehearsal else ""
    run, show = f"{at}/run/{room.code}#{room.token}", f"{at}/show/{room.code}"
    st.html(
        page(
            f"<h2>Room {text(room.code)}{mark}</h2>",
            '<p class="sub tight">Show the projector’s page to all: it has the code and the QR '
            "code, and later the reveal. Run the room from the facilitator’s page, on any "
            "device; it goes on though this page is closed.</p>",
        )
    )
    if not reaches_phones():
        told = (
            "Phones cannot reach this address, which is this computer’s own. Start the app with "
            "selector ui --lan, or see the page on workshops in the documentation."
        )
        st.html(notice(told))
    elif not HOUSE.is_reached:
        told = f"Phones open {at}. None has yet: try one before the meeting."
        st.html(notice(told, "own"))
    left, middle, right = st.columns(3)
    left.link_button("Facilitator’s page", run, type="primary", width="stretch")
    middle.link_button("Projector’s page", show, width="stretch")
    right.link_button("What a phone sees", f"{at}/join/{room.code}", width="stretch")
    with st.expander("Keys and links: keep them, they are shown in this session only"):
        _small("Facilitator’s page, with its key")
        st.code(run, language=None)
        if room.recovery:
            _small("Recovery key: it gives the room back if the page is lost")
            st.code(room.recovery, language=None)
        if room.invites:
            _small("One link for each person; each works once")
            rows = [f"{name}\t{at}/join/{room.code}#{link}" for name, link in room.invites]
            st.code("\n".join(rows), language=None)


def _small(words: str) -> None:
    st.html(page(f'<p class="sub tight">{text(words)}</p>'))


@st.fragment(run_every=3)
def _standing(room: Opened) -> None:
    """The phase and the counts, kept up to date; the page is drawn anew where the phase changes."""
    try:
        found, counts = HOUSE.workshops.look(room.code)
    except SelectorError as error:
        st.html(notice(str(error)))
        return
    st.html(page(f'<p class="standing" role="status">{text(stands(found, counts))}</p>'))
    now = (found.phase, found.revealed)
    if now != st.session_state.setdefault(_phase_key(room), now):
        st.rerun()


def _phase_key(room: Opened) -> str:
    return f"phase_{room.code}"


def stands(room: Room, counts: Counts) -> str:
    """Where a room stands, in a sentence."""
    if room.phase == "lobby":
        there = "1 person is" if counts.participants == 1 else f"{counts.participants} people are"
        return f"{PHASES['lobby']}; {there} here."
    told = f"{PHASES[room.phase]}, round {room.round}"
    have = "has" if counts.ballots == 1 else "have"
    signed = f" Signed off by {room.signed}." if room.signed else ""
    return f"{told}: {counts.ballots} of {counts.participants} {have} answered.{signed}"


def _said(room: Opened) -> None:
    """What the last revealed round said, and the way to take it along."""
    try:
        found, _ = HOUSE.workshops.look(room.code)
        if not found.revealed:
            return
        said = HOUSE.workshops.results(room.code, found.revealed)
    except SelectorError as error:
        st.html(notice(str(error)))
        return
    more = wording.sentences(said)
    rows = [wording.consensus(said), wording.agreement(said)]
    rows += [row for name in ("camps", "movement", "minority", "gut") for row in more[name]]
    listed = "".join(f"<li>{text(row)}</li>" for row in rows if row)
    st.html(page(f"<h3>{text(wording.headline(said))}</h3><ul>{listed}</ul>"))
    if found.is_rehearsal:
        _small("This was a rehearsal: what was made up goes into no decision.")
        return
    _small(
        "Taken along, the weights of all become the decision’s, each ballot a stakeholder, and "
        "whoever signed off stands in its record; slides, workbook and record then say so."
    )
    st.button(
        "Take it along as a working copy", key=f"take_{room.code}", on_click=_take, args=(room,)
    )
    tell(f"take_{room.code}")
    if st.session_state.get(_taken_key(room)) == found.revealed:
        _small("It is open now, and stands under Yours in the menu.")


def _take(room: Opened) -> None:
    def taken() -> None:
        if not _runs(room.code, room.token):
            raise ValueError(
                "The key of this session is void: the room was handed over since. Enter its new "
                "link at the foot of this page."
            )
        raw = HOUSE.workshops.outcome(room.code, room.token)
        kept = HOUSE.workshops.kept(room.code)
        State().adopt(raw, kept.name, dict(kept.files))
        st.session_state[_taken_key(room)] = HOUSE.workshops.room(room.code).revealed

    attempt(f"take_{room.code}", taken)


def _runs(code: str, token: str) -> bool:
    """Whether the token is that of who runs the room."""
    try:
        return HOUSE.workshops.viewer(code, token).kind == "facilitator"
    except Refused as error:
        if error.status not in (401, 403):
            raise
        return False


def _taken_key(room: Opened) -> str:
    return f"taken_{room.code}"


def by_code() -> None:
    """Go on with a room that was opened elsewhere."""
    with st.expander("Go on with a room that was opened elsewhere"), st.form("by_code"):
        st.text_input("Room code", key="room_code", max_chars=10)
        st.text_input("Facilitator’s key or link", key="room_token", type="password")
        st.form_submit_button("Go on", on_click=attempt, args=("by_code", _go_on))
        tell("by_code")


def _go_on() -> None:
    code, given = st.session_state["room_code"], st.session_state["room_token"].strip()
    token = given.rpartition("#")[2]  # of a link that was handed over
    if not _runs(code, token):
        raise ValueError(
            "This key does not run that room. A recovery key goes into the facilitator’s page, "
            "which then hands over by a link."
        )
    found = HOUSE.workshops.room(code)
    remember(Opened(found.code, token, is_rehearsal=found.is_rehearsal))
    st.session_state["room_token"] = ""


# --- what a press does: by callbacks, which no other run of the page can overtake ----------------


def attempt(place: str, work: Callable[[], None]) -> None:
    """Do it; why it could not be done is kept, to be told at that place until it is tried again."""
    st.session_state.pop(f"wrong_{place}", None)
    try:
        work()
    except (SelectorError, ValueError) as error:
        st.session_state[f"wrong_{place}"] = str(error)


def tell(place: str) -> None:
    """Say what could not be done there."""
    wrong = st.session_state.get(f"wrong_{place}")
    if wrong:
        st.html(notice(wrong))
