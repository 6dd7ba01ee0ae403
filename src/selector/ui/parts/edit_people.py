"""Edit: the stakeholders, how much each counts, and what matters to them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selector.domain import words as plain
from selector.ui.edits import stakeholders
from selector.ui.edits.text import written
from selector.ui.parts import edit_form as form
from selector.ui.parts.html import page, section, unmarked
from selector.ui.state import State

FORM = "people"


def draw(state: State) -> None:
    """Draw who they are, and the fields of each."""
    named = stakeholders.names(state.data)
    how = (
        "Each ranks by points of their own; Robustness and the command stakeholders say how far "
        "they agree. The answer stays that of the decision's own weights."
    )
    count = {0: "No stakeholders yet", 1: "1 stakeholder"}.get(
        len(named), f"{len(named)} stakeholders"
    )
    st.html(page(section(count, how)))
    for place, name in enumerate(named):
        folded = st.expander(unmarked(name), key=f"edit_person_{place}", on_change="rerun")
        if folded.open:
            with folded:
                _one(state, place)
    left, right = st.columns([5, 1.4], vertical_alignment="bottom")
    with left:
        form.line(state, FORM, "new_person", "Add somebody", placeholder="Finance")

    def added() -> None:
        name = str(form.value(FORM, "new_person") or "")
        told = f"{' '.join(name.split())} is added, and weighs as the decision does until you say."
        if form.take(FORM, lambda state: stakeholders.add(state.data, name), told):
            form.clear(FORM, new_person="")

    right.button("Add", key="edit_add_person", on_click=added, use_container_width=True)


def _one(state: State, place: int) -> None:
    """The fields of one of them."""
    name = f"person_{place}"
    person = state.data["stakeholders"][place]
    analysis = state.analysis
    groups = analysis.decision.criteria.criteria
    left, right = st.columns([3, 1])
    with left:
        form.line(state, name, "person", "Name", str(person.get("name", "")))
    with right:
        form.line(state, name, "influence", "Counts as", written(person.get("influence", 1)))
    st.html(page(section("", "Points by group. Empty is as the decision weighs it, which is shown "
                         "faintly.")))  # fmt: skip
    weights = person.get("weights") or {}
    columns = st.columns(4)
    for index, group in enumerate(groups):
        given = weights.get(group.id)
        with columns[index % 4]:
            now = "" if given is None else given if isinstance(given, str) else written(given)
            faint = plain.number(round(100 * analysis.shares[group.id], 1))
            form.line(state, name, f"weight_{group.id}", group.name, now,
                      placeholder=faint)  # fmt: skip
    fields = ("person", "influence", *(f"weight_{group.id}" for group in groups))
    form.wrong_elsewhere(state, name, fields)
    with st.container(horizontal=True):
        st.button("Keep the change", key=f"edit_keep_person_{place}", on_click=_keeping(place))
        st.button("Remove", key=f"edit_remove_person_{place}", on_click=form.taking(
            name, lambda state: stakeholders.remove(state.data, place)))  # fmt: skip


def _keeping(place: int) -> Callable[[], None]:
    name = f"person_{place}"

    def kept() -> None:
        def told(field: str) -> str:
            return str(form.value(name, field) or "")

        groups = [group.id for group in State().analysis.decision.criteria.criteria]
        points = {group: told(f"weight_{group}") for group in groups}
        form.take(
            name,
            lambda state: stakeholders.change(
                state.data, place, told("person"), told("influence"), points
            ),
        )

    return kept
