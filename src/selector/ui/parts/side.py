"""The side bar below the menu: the decisions that are here, one's own, and the way to take one."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from selector.domain.problem import SelectorError
from selector.ui.parts import html, keep, take
from selector.ui.state import State

LISTED = 8  # so many decisions stand in the menu; more unfold


def draw(state: State) -> None:
    """Draw the side bar."""
    _choose_decision(state)
    keep.draw(state)
    if state.decision_id:
        with suppress(SelectorError, OSError):  # the page tells what is wrong with the file
            take.draw(state)


def _choose_decision(state: State) -> None:
    known = state.known
    # What was chosen is taken before anything is drawn. To run the page anew for it would take the
    # place of a click on another page that arrives meanwhile; a callback is lost with such a click.
    wanted = st.session_state.get(_key(state))
    if wanted in known:
        state.choose_decision(wanted)
    if len(known) > 1 or (known and state.is_draft):
        place = None if state.is_draft else known.index(state.decision_id)
        titles = state.titles
        key = _key(state)
        if len(known) <= LISTED:
            called = {i: html.unmarked(title) for i, title in titles.items()}
            st.radio("Decisions", known, place, called.__getitem__, key)
        else:
            st.selectbox("Decisions", known, place, titles.__getitem__, key, placeholder="Open one")


def _key(state: State) -> str:
    """The key of what chooses a decision."""
    return f"decisions_{state.times_chosen(state.decision_id)}"
