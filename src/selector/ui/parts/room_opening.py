"""The form that opens a room on the decision that is looked at."""

from __future__ import annotations

from datetime import datetime, time

import streamlit as st
from pydantic import ValidationError

from selector.ui.parts.html import unmarked
from selector.ui.parts.room_run import Opened, attempt, remember, tell
from selector.ui.rooms import HOUSE, is_here
from selector.ui.state import State
from selector.workshop import tokens
from selector.workshop.records import Ask, Kept, Role, Rules
from selector.workshop.web.bodies import Guest

ASKS: dict[Ask, str] = {
    "groups": "The groups of criteria: a few questions",
    "leaves": "The criteria within each group",
    "both": "Both: groups first, then what is in them",
}


def draw(state: State) -> None:
    """Draw the form; a room that is opened is remembered in the session."""
    analysis = state.analysis
    names = {leaf.id: leaf.name for leaf in analysis.leaves}
    with st.form("open_room"):
        st.radio("What is weighed", list(ASKS), format_func=ASKS.__getitem__, key="room_ask")
        st.checkbox("First a ranking by feeling, before anybody sees a number", key="room_gut")
        st.multiselect(
            "People score the options themselves on",
            list(names),
            format_func=lambda leaf: unmarked(names[leaf]),
            key="room_scores",
            help="For criteria that rest on judgement. The mean of all takes the place of what "
            "the profiles say, for this room.",
        )
        st.radio(
            "At the reveal ballots are shown",
            [False, True],
            format_func=lambda shown: "with names" if shown else "without names",
            horizontal=True,
            key="room_named",
        )
        left, right = st.columns(2)
        left.slider(
            "It is agreed when so many of 100 put the same option first",
            50, 100, 60, key="room_lead",
        )  # fmt: skip
        right.slider(
            "and when people's rankings agree so far (0 not at all, 100 the same)",
            0, 100, 70, key="room_agreement",
        )  # fmt: skip
        st.text_area(
            "Only these people, one on each line (empty: whoever has the code)",
            key="room_roster",
            help="Each gets a link of their own that works once, so that nobody counts twice. "
            "A role may follow after a comma.",
        )
        st.text_area(
            "Roles, one on each line: name: what they weigh; what they score",
            key="room_roles",
            placeholder="Finance: cost, operations\nSecurity: security; guardrails",
            help="Ids of criteria, parted by commas. Without a role people are asked everything.",
        )
        st.date_input(
            "Take ballots until the end of a day (UTC), for votes before the meeting",
            None,
            key="room_until",
        )
        st.checkbox(
            "This is a rehearsal: simulated people join and answer",
            key="room_rehearsal",
            help="To walk through all steps before the meeting. What it says is marked, and does "
            "not go into a decision.",
        )
        if HOUSE.admin_key:
            st.text_input("Admin key of this server", type="password", key="room_key")
        st.form_submit_button(
            "Open the room", type="primary", on_click=attempt, args=("open_room", _open)
        )
        tell("open_room")


def _open() -> None:
    """Open a room as the form says; SelectorError or ValueError say what is wrong with it."""
    state, given = State(), st.session_state
    _check(given.get("room_key", ""))
    rules = Rules(
        given["room_ask"],
        tuple(given["room_scores"]),
        given["room_gut"],
        given["room_named"],
        _roles(given["room_roles"]),
        given["room_agreement"] / 100,
        given["room_lead"] / 100,
    )
    until = given["room_until"]
    opened = HOUSE.workshops.open(
        Kept("decision.yaml", state.text(), state.beside),
        rules,
        _roster(given["room_roster"]),
        open_until=None if until is None else datetime.combine(until, time(23, 59, 59)),
        is_rehearsal=given["room_rehearsal"],
    )
    remember(
        Opened(
            opened.room.code,
            opened.facilitator_token,
            opened.recovery_key,
            opened.invites,
            opened.room.is_rehearsal,
        )
    )


def _check(key: str) -> None:
    own = HOUSE.admin_key
    if own:  # guesses count as those that come by the API
        address = st.context.ip_address or "127.0.0.1"
        HOUSE.misses.check(address)
        if not tokens.is_same(tokens.digest(own), tokens.digest(key)):
            HOUSE.misses.note(address, tokens.digest(key))
            raise ValueError("This is not the admin key of this server.")
    if not own and not is_here():
        raise ValueError(
            "Rooms are opened on the computer that serves the app, or with an admin key, which "
            "whoever runs the server sets as SELECTOR_ADMIN_KEY."
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _roster(text: str) -> list[tuple[str, str]]:
    guests = []
    for line in _lines(text):
        name, _, role = line.partition(",")
        try:
            guest = Guest(name=name, role=role)
        except ValidationError as error:
            told = "Each line of the roster is a name, and a role after a comma if wanted, of up to"
            raise ValueError(f"{told} 80 characters each; “{line[:30]}” is none.") from error
        guests.append((guest.name, guest.role))
    return guests


def _roles(text: str) -> tuple[Role, ...]:
    roles = []
    for line in _lines(text):
        name, colon, rest = line.partition(":")
        weighs, _, scores = rest.partition(";")
        asked = tuple(part.strip() for part in weighs.split(",") if part.strip())
        scored = tuple(part.strip() for part in scores.split(",") if part.strip())
        roles.append(Role(name.strip()[:80], asked if colon else None, scored))
    return tuple(roles)
