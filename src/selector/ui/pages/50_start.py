"""Start a decision: from a dozen questions, from one that is here, or from one's own file."""

from __future__ import annotations

import streamlit as st

from selector.intake.proposal import NO_WISHES
from selector.ui.parts import bring, intake_form, intake_proposal, shipped
from selector.ui.parts.html import crumb, page
from selector.ui.state import State

TITLE = "Start"
SECTION = "Yours"
ICON = ""

ASKED, HERE = "Answer a dozen questions", "Open one that is here"
BRING = "Bring your own file"
VIEW, KEPT = "start_view", "start_view_kept"


def show(state: State) -> None:
    """Draw the page."""
    st.html(
        page(
            crumb("Start"),
            "<h1>Start a decision</h1>",
            '<p class="sub tight">Answer what you know, and a whole decision is proposed, each '
            "part with its reason. Or open one that is here, or a file of your own.</p>",
        )
    )
    view = _choose_view()
    if view == HERE:
        shipped.draw(state)
    elif view == BRING:
        bring.draw(state)
    else:
        _asked(state)


def _choose_view() -> str:
    views = (ASKED, HERE, BRING)
    chosen = st.segmented_control(
        "How to start",
        views,
        default=st.session_state.get(KEPT, ASKED),
        key=VIEW,
        label_visibility="collapsed",
        required=True,
        on_change=lambda: st.session_state.update({KEPT: st.session_state[VIEW] or ASKED}),
    )
    return chosen or ASKED


def _asked(state: State) -> None:
    questions, proposal = st.columns([1, 1.15], gap="large")
    with questions:
        intake_form.draw(state)
        if state.answered or state.wishes != NO_WISHES:
            st.button("Begin again", key="intake_forget", on_click=_forget)
    with proposal:
        intake_proposal.draw(state)


def _forget() -> None:
    State().forget_answers()
