"""Bring a decision of one's own: a file with those it names, or text; what is wrong is told."""

from __future__ import annotations

import streamlit as st

from selector.domain.problem import InputError
from selector.ui import bringing
from selector.ui.parts.html import page, problems, section
from selector.ui.state import State

SENT, PASTED = "bring_sent", "bring_pasted"


def draw(state: State) -> None:
    """Draw the two ways to bring one, and what is wrong with what was brought last."""
    how = (
        "A decision as YAML, with the CSV files and negotiated prices that it names, or the zip "
        "that Download makes. It becomes a working copy of yours. Nobody sees it without its link; "
        "whoever has the link can read, change and download it, negotiated prices included."
    )
    st.html(page(section("Bring a decision of your own", how)))
    with st.container(key="bring"):
        st.file_uploader(
            "Files, at most 2 MB each",
            type=list(bringing.SUFFIXES),
            accept_multiple_files=True,
            key=f"{SENT}_{state.brought}",
            on_change=_sent,
            max_upload_size=2,
        )
        with st.expander("Or paste its text"):
            st.text_area("The decision as YAML", key=PASTED, height=220)
            st.button("Open this text", key="bring_open", on_click=_pasted)
    outcome = state.bring_problem
    if outcome is not None:
        st.html(problems(outcome, "This decision", "bring it again"))


def _sent() -> None:
    state = State()
    sent = st.session_state.get(f"{SENT}_{state.brought}") or []
    if sent:
        _take(state, [(file.name, file.getvalue()) for file in sent])
    else:
        state.tell_brought(None)


def _pasted() -> None:
    text = str(st.session_state.get(PASTED) or "")
    if text.strip():
        _take(State(), [("decision.yaml", text.replace("\r\n", "\n").encode())])


def _take(state: State, sent: list[tuple[str, bytes]]) -> None:
    """Open what was brought on the page Decision, or keep what is wrong with it."""
    try:
        found = bringing.brought(sent)
        state.adopt(found.raw, found.name, found.files)
    except InputError as error:
        state.tell_brought(error)
        return
    told = "This is your working copy: each change is kept, and its link is in the address."
    if found.unused:
        told += f" The decision does not name {', '.join(found.unused)}; that was left out."
    state.tell_brought(None)
    state.tell_next(told)
    state.go("decision")
