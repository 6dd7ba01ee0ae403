"""Edit: the question, the title, the day of the facts, the budget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from selector.ui.edits import basics
from selector.ui.edits._edit import Changes
from selector.ui.edits._tree import nodes
from selector.ui.edits.text import written
from selector.ui.parts import edit_form as form
from selector.ui.parts import edit_of_set
from selector.ui.parts.html import page, section
from selector.ui.state import State

FORM = "question"
FROM, UP_TO = date(2000, 1, 1), date(2100, 1, 1)  # offered; a file may say another day


def _taking(field: str, made: Callable[[State, Any], Changes]) -> Callable[[], None]:
    def taken() -> None:
        form.take(FORM, lambda state: made(state, form.value(FORM, field)))

    return taken


def draw(state: State) -> None:
    """Draw the fields; a change is taken over when a field is left, or at Enter."""
    data = state.data
    how = "A change counts when you leave the field, or press Enter."
    st.html(page(section("What is asked", how)))
    form.line(
        state, FORM, "question", "Question", str(data.get("question", "")),
        _taking("question", lambda state, told: basics.question(state.data, told or "")),
        placeholder="Which option should we choose?", max_chars=400,
    )  # fmt: skip
    form.line(
        state, FORM, "title", "Title", str(data.get("title", "")),
        _taking("title", lambda state, told: basics.title(state.data, told or "")),
        help="What the decision is called in lists and on exports",
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        given = data.get("as_of")
        day = given if isinstance(given, date) else None
        key = form.seeded(FORM, "day", day)
        st.date_input(
            "Facts and prices as of",
            key=key,
            format="YYYY-MM-DD",
            min_value=min(FROM, day or FROM),
            max_value=max(UP_TO, day or UP_TO),
            on_change=_taking("day", lambda state, day: basics.day(state.data, day)),
            help="The day by which facts are fresh or stale and prices are in force; empty is the "
            "day on which one looks",
        )
        form.wrong(state, FORM, "day")
    with right:
        monthly = (data.get("budget") or {}).get("monthly")
        form.line(
            state, FORM, "budget", "Budget a month, USD", written(monthly),
            _taking("budget", lambda state, told: basics.budget(
                state.data, told or "", nodes(state.data, edit_of_set.criteria(state)))),
            placeholder="none",
            help="Scales of cost may be shares of it; Cost compares bills with it",
        )  # fmt: skip
    form.wrong_elsewhere(state, FORM, ("question", "title", "day", "budget"))
