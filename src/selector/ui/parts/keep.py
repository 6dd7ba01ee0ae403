"""What the browser keeps: the visitor's own working copies, and where they left off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from selector.ui import reading
from selector.ui.parts import scripted
from selector.ui.state import State

LIST, OFFER = "keep", "keep_offer"


def draw(state: State) -> None:
    """Draw the list of the visitor's own decisions; without any, nothing shows."""
    draft = state.draft
    title = state.titles.get(state.decision_id, "")
    now = {"id": state.decision_id, "title": title, "origin": state.origin}
    data = {
        "kind": "list",
        "now": {**now, "revision": draft.revision} if draft is not None else None,
        "title": title,
        "gone": state.gone,
        "first": _first(state),
    }

    def told(name: str) -> str:
        found: Any = st.session_state.get(LIST)
        return str(found.get(name) or "") if found else ""

    def opened() -> None:
        State().open_draft(told("open"))

    def removed() -> None:
        State().remove_draft(told("remove"))

    def went_back() -> None:
        State().choose_known(told("back"))

    scripted.component("keep")(
        key=LIST,
        data=data,
        on_open_change=opened,
        on_remove_change=removed,
        on_back_change=went_back,
    )


def offer(state: State) -> None:
    """Where somebody comes without a link, offer to go on where they left off, if they ever did."""
    if not state.came_bare:
        return
    data = {"kind": "offer", "first": _first(state)}
    scripted.component("keep")(
        key=OFFER, data=data, on_close_change=lambda: State().decline_offer()
    )


def _first(state: State) -> str:
    """The part of an address that a visit without a link is given."""
    known = state.known
    first = reading.FIRST if reading.FIRST in known else next(iter(known), "")
    return f"?{urlencode({'decision': first})}"
