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
    if len(known) > 1 or (known and state.is_draft):
        place = None if state.is_draft else known.index(state.decision_id)
        titles = state.titles
        key = f"decisions_{state.times_chosen(state.decision_id)}"
        if len(known) <= LISTED:
            called = {i: html.unmarked(title) for i, title in titles.items()}
            chosen = st.radio("Decisions", known, place, called.__getitem__, key)
        else:
            chosen = st.selectbox(
                "Decisions", known, place, titles.__getitem__, key, placeholder="Open one"
            )
        if chosen is not None and chosen != state.decision_id:
            state.choose_decision(chosen)
            st.rerun()
