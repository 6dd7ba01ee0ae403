"""Weigh together: open a room, run it, and take along what it said."""

from __future__ import annotations

import streamlit as st

from selector.ui.parts import room_opening, room_run
from selector.ui.parts.html import crumb, page
from selector.ui.state import State

TITLE = "Workshop"
SECTION = "Together"
ICON = ""


def show(state: State) -> None:
    """Draw the page."""
    decision = state.analysis.decision
    st.html(
        page(
            crumb(decision.title, "together"),
            "<h1>Let everybody weigh, each for themselves</h1>",
            '<p class="sub tight">People join on their phones by a code, without an account, and '
            "say how much each criterion matters to them. Nobody sees any answer before you reveal "
            "them; then all see where they agree, where not, and which disagreement can change "
            "the winner.</p>",
        )
    )
    opened = room_run.opened()
    for room in opened:
        room_run.draw(room)
    with st.expander("Open another room" if opened else "Open a room", expanded=not opened):
        room_opening.draw(state)
    room_run.by_code()
