"""The fields of an edit: they show what the file says, keep what was typed, and tell what is wrong.

A field follows the file: where the file changes, so does what stands in it. What was refused stays
as it was typed, with a sentence under the field that says what would be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.problem import InputError, SelectorError, UsageError
from selector.report import words
from selector.ui.edits._edit import Changes, Refused
from selector.ui.parts.html import page, text, unmarked
from selector.ui.state import State

SEEDED = "edit_seeded"


def key_of(form: str, field: str) -> str:
    """The name under which the session keeps a field."""
    return f"edit_{form}_{field}"


def value(form: str, field: str) -> Any:
    """What stands in a field."""
    return st.session_state.get(key_of(form, field))


def clear(form: str, **fields: Any) -> None:
    """Empty fields once what stood in them is taken; call it where the session may be changed."""
    for field, empty in fields.items():
        st.session_state[key_of(form, field)] = empty


def seeded(form: str, field: str, now: Any) -> str:
    """Put into a field what the file says, where that is new; returns the field's key."""
    key = key_of(form, field)
    seen: dict[str, Any] = st.session_state.setdefault(SEEDED, {})
    if key not in st.session_state or key not in seen or seen[key] != now:
        st.session_state[key] = now
    seen[key] = now
    return key


# --- fields -------------------------------------------------------------------------------------


def line(
    state: State,
    form: str,
    field: str,
    label: str,
    now: str = "",
    on_change: Callable[[], None] | None = None,
    **more: Any,
) -> str:
    """A line of text, and what is wrong with it; returns what stands there."""
    key = seeded(form, field, now)
    most = more.pop("max_chars", 200)
    st.text_input(
        unmarked(label), key=key, on_change=on_change, max_chars=most, autocomplete="off", **more
    )
    wrong(state, form, field)
    return str(st.session_state[key] or "")


def choice(
    state: State,
    form: str,
    field: str,
    label: str,
    options: Sequence[Any],
    now: Any,
    called: Mapping[Any, str] | None = None,
    on_change: Callable[[], None] | None = None,
    **more: Any,
) -> Any:
    """One of several; returns which."""
    now = now if now in options or now is None else (options[0] if options else None)
    key = seeded(form, field, now)
    if st.session_state[key] not in options and now is not None:
        st.session_state[key] = now
    st.selectbox(
        unmarked(label),
        options,
        key=key,
        format_func=(lambda option: called[option]) if called else str,
        on_change=on_change,
        **more,
    )
    wrong(state, form, field)
    return st.session_state[key]


def wrong(state: State, form: str, *fields: str) -> None:
    """The sentence on what was refused in one of these fields.

    Its place is always there: what came and went would take the focus from the fields after it.
    """
    place, refusal = st.empty(), state.refusal
    if refusal.told and refusal.form == form and refusal.field in fields:
        place.html(page(f'<div class="alert refused" role="alert">{text(refusal.told)}</div>'))


def wrong_elsewhere(state: State, form: str, fields: Sequence[str]) -> None:
    """The same for what was refused in this form, but in none of its fields."""
    refusal = state.refusal
    elsewhere = refusal.form == form and refusal.field not in fields
    wrong(state, form, *((refusal.field,) if elsewhere else ()))


# --- taking an edit -----------------------------------------------------------------------------


def take(form: str, made: Callable[[State], Changes], told: str = "") -> bool:
    """Make an edit; what cannot be is told at its field, and nothing changes. Whether it was made.

    `told` says what it did where one would not see that.
    """
    state = State()
    before = stands(state)
    try:
        changes = made(state)
        if changes:
            state.edit(*changes)
    except Refused as error:
        state.tell_refusal(form, error.field, str(error))
    except InputError as error:
        state.tell_refusal(form, "", sentences(error))
    except UsageError as error:
        state.tell_refusal(form, "", f"{_capital(str(error))}.")
    else:
        if changes:
            state.tell_edit(version(state), before, told)
        return True
    return False


def taking(form: str, made: Callable[[State], Changes], told: str = "") -> Callable[[], None]:
    """The same for a button."""

    def taken() -> None:
        take(form, made, told)

    return taken


def sentences(error: InputError) -> str:
    """What is wrong with the file that an edit would make, without the places in it."""
    told = dict.fromkeys(f"{_capital(p.what)}; {p.instead}." for p in error.problems)
    return " ".join(list(told)[:3])


def _capital(words_: str) -> str:
    return words_[:1].upper() + words_[1:]


# --- who leads ----------------------------------------------------------------------------------


def stands(state: State) -> str:
    """Who leads and by how much, in a few words; that it cannot be ranked, where it cannot."""
    try:
        return lead(state.analysis)
    except SelectorError:
        return "it could not be ranked"


def version(state: State) -> str:
    """The version of the answer as it stands, weights that are tried included."""
    try:
        return state.analysis.version
    except SelectorError:
        return "none"


def lead(analysis: Analysis) -> str:
    """Who leads and by how much, in a few words."""
    found = words.standing(analysis)
    called = words.labels(analysis.decision)
    if not found.leader:
        return "nobody"
    name = called[found.leader].short
    if not found.second:
        return f"{name} alone"
    if not words.is_weighted_sum(analysis):
        return f"{name} by {words.method_name(analysis.decision.method)}"
    if found.gap <= words.LEVEL:
        return f"{name} and {called[found.second].short} level"
    return f"{name} by {plain.points(found.gap)}"
