"""The head of Edit: who leads now and led before the last edit, and the way back."""

from __future__ import annotations

import streamlit as st

from selector.domain.problem import SelectorError, UsageError
from selector.ui.parts import answer, edit_form
from selector.ui.parts.html import crumb, notice, page, text
from selector.ui.state import State


def draw(state: State) -> None:
    """Draw who leads, what the last edit changed of that, and the buttons."""
    try:
        analysis = state.analysis
        crumbs = crumb(analysis.decision.title, answer.crumb_right(analysis))
        title = answer.headline(analysis)
    except SelectorError as error:
        told = str(error).splitlines()[0] if str(error) else ""
        crumbs, title = (
            crumb(state.titles.get(state.decision_id, "")),
            (f'<h1>It cannot be ranked as it stands</h1><p class="sub">{text(told)}</p>'),
        )
    st.html(page(crumbs, title, f'<p class="sub tight" role="status">{_told(state)}</p>'))
    _buttons(state)
    _signature(state)
    done = st.empty()  # always there, so that what follows keeps its place, and the focus
    if state.edit_done:
        done.html(notice(state.edit_done, "ok"))


def _told(state: State) -> str:
    """What the last edit changed of who leads; before the first, what an edit does."""
    version, before = state.stood_before
    if before and version == edit_form.version(state):  # nothing else has moved since
        now = edit_form.stands(state)
        if now == before:
            return f"Your last edit leaves that as it was: <b>{text(now)}</b>."
        return f"Before your last edit: {text(before)}. Now: <b>{text(now)}</b>."
    if state.is_draft:
        return "Every edit is kept at once; what follows from it shows here."
    return (
        "Every edit is kept at once, in a copy of your own: the first one makes it, and the "
        "decision as it came stays as it is."
    )


def _buttons(state: State) -> None:
    with st.container(horizontal=True, key="edit_buttons"):
        st.button("Undo", key="edit_undo", disabled=not state.can_undo_edit, on_click=_undo)
        st.button("Redo", key="edit_redo", disabled=not state.can_redo_edit, on_click=_redo)
        st.button(
            "Back to the one it came from",
            key="edit_origin",
            disabled=not state.origin,
            on_click=lambda: State().choose_decision(State().origin),
            help="Your copy stays.",
        )


def _signature(state: State) -> None:
    """Who edits, and why: with a name each edit is a line in the decision's change log."""
    with st.expander("Sign your edits" if not state.signs_as else f"Signed: {state.signs_as}"):
        for key, now in (("edit_sign_by", state.signs_as), ("edit_sign_why", state.reason)):
            st.session_state.setdefault(key, now)
        st.text_input(
            "Your name", key="edit_sign_by", max_chars=80, autocomplete="name", on_change=_sign,
            help="With a name, each edit is written into the decision's change log: who set what, "
            "when and why. Exports show it. Without one, nothing is logged.",
        )  # fmt: skip
        st.text_input(
            "Why (optional)", key="edit_sign_why", max_chars=200, autocomplete="off",
            on_change=_sign,
        )  # fmt: skip


def _sign() -> None:
    kept = st.session_state
    State().sign_as(kept.get("edit_sign_by") or "", kept.get("edit_sign_why") or "")


def _undo() -> None:
    _step(State(), back=True)


def _redo() -> None:
    _step(State(), back=False)


def _step(state: State, back: bool) -> None:
    before = edit_form.stands(state)
    try:
        state.undo_edit() if back else state.redo_edit()
    except UsageError as error:
        state.tell_refusal("head", "", str(error))
        return
    state.tell_edit(edit_form.version(state), before, "")
