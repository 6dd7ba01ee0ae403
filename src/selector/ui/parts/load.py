"""The form of the figures of cost: the workload, what is assumed, the figures of one bill."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from selector.analysis.cost import Cost
from selector.domain.problem import UsageError
from selector.report.facts import called
from selector.ui import figures
from selector.ui.figures import Field
from selector.ui.parts.html import link, notice, page, section, text, unmarked
from selector.ui.state import State

COLUMNS = 4
MORE, ASSUMED = "cost_more", "cost_assumed"


def form(state: State, cost: Cost) -> None:
    """Draw the figures; a change is taken over when a field is left, or at Enter."""
    decision = state.base.decision
    fields = figures.load_fields(decision, state.figures)
    with st.container(key="load"):
        if decision.workload is None:
            how = (
                "Write how many requests a month there will be; the rest is asked then. It counts "
                "for this session and in the link, not in the file."
            )
            st.html(page(section("Enter a workload", how)))
            _fields(state, [field for field in fields if field.name == figures.FIRST])
            return
        how = (
            "A number, or a range such as 1,000,000 to 2,000,000; shares as 30 %. Empty goes back "
            "to the file's. Bills and ranking follow at once; the link keeps it."
        )
        st.html(page(section("Your workload", how)))
        _fields(state, [field for field in fields if field.name in figures.MAIN])
        rest = [field for field in fields if field.name not in figures.MAIN]
        folded = st.expander("More of the workload, and what an answer is worth", key=MORE,
                             on_change="rerun")  # fmt: skip
        if folded.open:
            with folded:
                _fields(state, rest)
        else:
            problem(state, rest)
        folded = st.expander("What is assumed, each with its reason", key=ASSUMED,
                             on_change="rerun")  # fmt: skip
        if folded.open or state.figure_problem[0]:  # what lowers each bill is worked out for it
            assumed = figures.assumption_fields(decision, cost, state.figures)
            if folded.open:
                with folded:
                    reasoned(state, assumed)
            else:
                problem(state, assumed)
        _changed(state)


def problem(state: State, fields: Sequence[Field]) -> None:
    """Draw what is wrong with the figure that was written last, where it is one of these."""
    name, _, wrong = state.figure_problem
    if name in [field.name for field in fields]:
        st.html(notice(wrong))


def _changed(state: State) -> None:
    """How many figures are the visitor's own, and the way back."""
    count = len(state.figures)
    if not count:
        return
    told = "1 figure is yours" if count == 1 else f"{count} figures are yours"
    left, right = st.columns([3, 1], vertical_alignment="center")
    left.html(page(f'<p class="own" role="status">{told}; all else is as the file says.</p>'))
    right.button(
        "Reset to the file's", key="reset_figures", on_click=lambda: State().reset_figures()
    )


def _fields(state: State, fields: Sequence[Field]) -> None:
    """Draw them in rows; what is wrong stands right under its row."""
    for start in range(0, len(fields), COLUMNS):
        row = fields[start : start + COLUMNS]
        columns = st.columns(COLUMNS, vertical_alignment="bottom")
        for column, field in zip(columns, row, strict=False):
            with column:
                _input(state, field)
        problem(state, row)


def reasoned(state: State, fields: Sequence[Field]) -> None:
    """Draw figures one below the other, each beside what it rests on."""
    for field in fields:
        left, right = st.columns([1, 2], gap="medium")
        with left:
            _input(state, field)
        links = "<br>".join(link(str(source), called(source)) for source in field.sources)
        told = f"{text(field.reason)}{'<br>' if links and field.reason else ''}{links}"
        right.html(page(f'<p class="reason">{told}</p>'))
        problem(state, [field])


def _input(state: State, field: Field) -> None:
    """One field. What was written stays there while something is wrong with it."""
    key = f"figure_{field.name}"
    wrong_one, was_written, _ = state.figure_problem
    st.session_state[key] = was_written if wrong_one == field.name else field.text

    def taken() -> None:
        _take(field, str(st.session_state[key] or ""))

    is_said = field.unit in ("", "times") or field.unit in field.label.lower().split()
    unit = "" if is_said else f", {field.unit}"
    mark = f" · {field.state}" if field.state else ""
    st.text_input(
        unmarked(f"{field.label}{unit}{mark}"),
        key=key,
        on_change=taken,
        max_chars=60,
        placeholder="not said",
        autocomplete="off",
    )


def _take(field: Field, written: str) -> None:
    """Reckon with what was written; what cannot be is told, and nothing changes."""
    state = State()
    try:
        span = figures.read(written, field)
        state.change_figure(field.name, None if written == field.text else span)
    except UsageError as error:
        wrong = str(error).removeprefix(f"{field.name}: ")
        state.tell_figure(field.name, written, f"{field.label}: {wrong}.")
    else:
        state.tell_figure()
