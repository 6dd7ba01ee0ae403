"""Edit: the decision's file itself, checked and kept as it is written."""

from __future__ import annotations

import streamlit as st

from selector.domain.problem import InputError, UsageError
from selector.ui.parts import edit_form as form
from selector.ui.parts.html import PROBLEMS_SHOWN, lines, notice, page, section, text
from selector.ui.state import State

FORM, FIELD = "file", "text"
CHECKED = "edit_checked"


def draw(state: State) -> None:
    """Draw the text, what is wrong with it, and the buttons."""
    how = (
        "The same file that the commands read. Check says what is wrong, line by line; Keep takes "
        "it as it stands, comments and all."
    )
    st.html(page(section("The file", how)))
    raw = state.file()
    now = raw.decode()
    key = form.seeded(FORM, FIELD, now.replace("\r\n", "\n"))
    rows = min(40, max(16, now.count("\n") + 2))
    st.text_area("Decision as YAML", key=key, height=22 * rows)
    _told(state)
    with st.container(horizontal=True):
        st.button("Check", key="edit_check_text", on_click=_check)
        st.button("Keep", key="edit_keep_text", on_click=_keep)


def written(before: bytes, told: str) -> bytes:
    """The text as a file has it: browsers make one kind of line end of all."""
    ends = told.replace("\r\n", "\n")
    if b"\r\n" in before and b"\n" not in before.replace(b"\r\n", b""):
        ends = ends.replace("\n", "\r\n")
    return ends.encode()


def _check() -> None:
    state = State()
    try:
        state.check(written(state.file(), str(form.value(FORM, FIELD) or "")))
    except InputError as error:
        st.session_state[CHECKED] = error
    else:
        st.session_state[CHECKED] = "Nothing is wrong with it."
    state.tell_refusal("", "", "")


def _keep() -> None:
    state = State()
    before = form.stands(state)
    try:
        state.rewrite(written(state.file(), str(form.value(FORM, FIELD) or "")))
    except InputError as error:
        st.session_state[CHECKED] = error
    except UsageError as error:
        state.tell_refusal(FORM, "", str(error))
    else:
        st.session_state.pop(CHECKED, None)
        state.tell_edit(form.version(state), before, "The file is kept as you wrote it.")


def _told(state: State) -> None:
    found = st.session_state.get(CHECKED)
    if isinstance(found, InputError):
        count = len(found.problems)
        told = [f"{_place(p.line, p.column)} {text(p.what)}; {text(p.instead)}"
                for p in found.problems[:PROBLEMS_SHOWN]]  # fmt: skip
        rows = lines([*told, f"and {count - len(told):,} more"] if count > len(told) else told)
        head = (
            "1 place is wrong; nothing is kept."
            if count == 1
            else (f"{count} places are wrong; nothing is kept.")
        )
        st.html(page(f'<div class="problems" role="alert"><p>{head}</p>{rows}</div>'))
    elif found:
        st.html(notice(str(found), "ok"))
    form.wrong(state, FORM, "")


def _place(line: int, column: int) -> str:
    return f"<b>Line {line}, column {column}:</b>"
