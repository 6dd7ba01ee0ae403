"""How sure the answer is, what would change it, and what to find out first."""

from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.domain import words as plain
from selector.domain.problem import InputError, SelectorError
from selector.report import certainty, words
from selector.ui.parts import (
    agreeing,
    answer,
    beside,
    drawing,
    implied,
    people,
    sure,
    table,
    turning,
)
from selector.ui.parts.html import crumb, notice, page, section, text
from selector.ui.state import State

TITLE = "Robustness"
SECTION = ""
ICON = ""
OF_THE_SUM = "What would change it, and what to find out first, are told of the weighted sum."
SHOWN = 8  # open facts that are listed
WORTHS = 5  # steps the worth of which is shown at once


def show(state: State) -> None:
    """Draw the page; what takes longest comes last, so that all else stands there meanwhile."""
    analysis = state.analysis
    head = crumb(analysis.decision.title, answer.crumb_right(analysis))
    if not analysis.ranking:
        st.html(page(head, answer.headline(analysis), answer.knocked_out(analysis)))
        return
    try:
        found, run = state.drawn()
    except InputError:
        raise
    except SelectorError as error:  # a method that cannot take these figures
        st.html(page(head, answer.headline(analysis)))
        st.html(notice(str(error)))
        drawing.choices(state)
        return
    st.html(page(head, sure.headline(analysis, found)))
    if len(analysis.ranking) < 2:
        st.html(page(implied.section_of(analysis, WORTHS), beside.terms()))
        return
    with st.container(key="drawing"):  # always there, so that what stands below keeps its place
        if run is not None:
            drawing.progress(run)
    drawing.choices(state)
    if not words.is_weighted_sum(analysis):
        st.html(page(answer.conditions(analysis, OF_THE_SUM)))
    elif found.by_method:
        told = f"{certainty.beside_the_sum(analysis, found)} {OF_THE_SUM}"
        st.html(page(f'<p class="sub">{text(told)}</p>'))
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        st.html(
            page(
                '<span class="stacks"></span>',
                sure.places(analysis, found),
                turning.stretches(analysis, found),
                turning.performances(analysis, found),
                beside.certain(analysis, found),
            )
        )
    with right:
        _find_out(analysis, found)
        st.html(page(turning.smallest(analysis, found), implied.section_of(analysis, WORTHS)))
    said = st.empty()
    said.html(page(agreeing.waiting()))
    chosen, divided = people.people(analysis)
    if chosen:
        left, right = st.columns(2, gap="medium")
        left.html(page('<span class="stacks"></span>', chosen))
        right.html(page(divided))
    st.html(page(beside.notes(analysis, found), beside.terms()))
    said.html(page(agreeing.methods(analysis, state.methods())))


def _find_out(analysis: Analysis, found: Robustness) -> None:
    """The open facts that could change the winner; each opens its cell on Compare."""
    rows = [row for row in found.worth_finding_out if row.chance > 0]
    how = (
        "In so many of 100 cases knowing it would change the winner; the points are what is lost "
        "on the mean by not looking. Choose one to see its facts."
    )
    if not rows:
        calm = '<p class="how">No open fact, known alone, would change the winner.</p>'
        st.html(page(section("What to find out first", "", calm)))
        return
    st.html(page('<div class="lead">', section("What to find out first", how), "</div>"))
    called = words.labels(analysis.decision)
    names = {leaf.id: leaf.name for leaf in analysis.leaves}
    cells: list[dict[str, Any]] = [
        {
            "cells": [
                {
                    "id": f"{row.alternative}:{row.criterion}",
                    "text": names[row.criterion],
                    "under": f"{called[row.alternative].short} · {certainty.BECAUSE[row.because]}",
                    "title": "Open its facts on Compare",
                },
                {"text": plain.of_100(row.chance)},
                {"text": _loss(row.expected_loss)},
            ]
        }
        for row in rows[:SHOWN]
    ]
    data = {
        "label": "Open facts by what finding out is worth",
        "columns": [{"text": "Open fact"}, {"text": "of\u00a0100"}, {"text": "points"}],
        "rows": cells,
    }
    table.draw("find_out", data, _opened)
    rest = len(rows) - SHOWN
    more = f'<p class="how after">and {rest} more that could.</p>' if rest > 0 else ""
    st.html(page(f'<div class="found">{more}</div>'))


def _loss(share: float) -> str:
    """Points of 100; what is not nothing never reads as nothing."""
    return "<0.01" if 0 < share < 5e-5 else f"{100 * share:.2f}"


def _opened(cell: str) -> None:
    alternative, _, leaf = cell.partition(":")
    state = State()
    state.open_cell(alternative, leaf)
    state.go("compare")
