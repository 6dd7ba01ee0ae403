"""Edit: performances that the decision gives itself, by criterion or by alternative."""

from __future__ import annotations

import streamlit as st

from selector.analysis import Analysis
from selector.domain.criterion import CostMeasure, Criterion
from selector.domain.decision import Alternative
from selector.domain.levels import level_names
from selector.report import words
from selector.ui.edits import scores
from selector.ui.edits.text import said_level
from selector.ui.parts import answer
from selector.ui.parts import edit_form as form
from selector.ui.parts.html import page, section, text
from selector.ui.state import State

FORM = "scores"
BY_CRITERION, BY_ALTERNATIVE = (
    "All alternatives on one criterion",
    "One alternative on all criteria",
)


def draw(state: State) -> None:
    """Draw the choice of what is scored, and its fields."""
    analysis = state.filed
    leaves = [leaf for leaf in analysis.leaves if not isinstance(leaf.measure, CostMeasure)]
    alternatives = analysis.decision.alternatives
    how = (
        "For what no fact says: a number, a range such as 60-80, or unknown. What you write comes "
        "before facts, and stands without a source. Empty goes back to what is known; unknown "
        "stays unknown and spans the whole scale."
    )
    st.html(page(section("Scores by judgement", how)))
    if not leaves or not alternatives:
        st.html(page('<p class="how">There is nothing to score yet: add an alternative first.</p>'))
        return
    which = form.choice(state, FORM, "which", "Score", [BY_CRITERION, BY_ALTERNATIVE], BY_CRITERION)
    with st.container(key="edit_scores"):
        if which == BY_CRITERION:
            _by_criterion(state, analysis, leaves)
        else:
            _by_alternative(state, analysis, leaves)


def _by_criterion(state: State, analysis: Analysis, leaves: list[Criterion]) -> None:
    """One criterion, all alternatives: so that they are scored side by side."""
    judged = sorted(leaves, key=lambda leaf: leaf.measure is not None)
    called = {
        leaf.id: leaf.name if leaf.measure is None else f"{leaf.name} · measured by facts"
        for leaf in judged
    }
    chosen = form.choice(state, FORM, "leaf", "Criterion", list(called), judged[0].id, called)
    leaf = next(leaf for leaf in leaves if leaf.id == chosen)
    st.html(page(_guide(analysis, leaf)))
    for place, alternative in enumerate(analysis.decision.alternatives):
        _row(state, analysis, place, alternative, leaf, _named(analysis, alternative))


def _by_alternative(state: State, analysis: Analysis, leaves: list[Criterion]) -> None:
    """One alternative, all criteria: for one of one's own."""
    found = analysis.decision.alternatives
    called = {a.id: a.name for a in found}
    own = next((a.id for a in found if not a.vendor), found[0].id)
    chosen = form.choice(state, FORM, "who", "Alternative", list(called), own, called)
    place = list(called).index(chosen)
    for leaf in leaves:
        small = f"<small>{text(wanted(analysis, leaf))}</small>"
        told = f'<div class="swatch"><span>{text(leaf.name)}{small}</span></div>'
        _row(state, analysis, place, found[place], leaf, told)


def _row(
    state: State,
    analysis: Analysis,
    place: int,
    alternative: Alternative,
    leaf: Criterion,
    named: str,
) -> None:
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.html(page(named))
    field = f"score_{place}_{leaf.id}"
    now = scores.given(state.data, place, leaf.id)

    def taken() -> None:
        written = {(place, leaf.id): str(form.value(FORM, field) or "")}
        form.take(
            FORM,
            lambda state: scores.score(
                state.data, written, {leaf.id: leaf}, analysis.decision.dictionary
            ),
        )

    with right:
        form.line(
            state, FORM, field, f"{leaf.name} of {alternative.name}", now, taken,
            label_visibility="collapsed", placeholder=_known(analysis, alternative, leaf),
        )  # fmt: skip


def _known(analysis: Analysis, alternative: Alternative, leaf: Criterion) -> str:
    """What counts while nothing is written: what the facts say, or that it is unknown."""
    told = words.with_unit(analysis.cell(alternative.id, leaf.id), leaf)
    return told if leaf.measure is None or told == "unknown" else f"{told}, by its facts"


def _named(analysis: Analysis, alternative: Alternative) -> str:
    colour = answer.colour_of(analysis, alternative.id)
    return (
        f'<div class="swatch" style="--c:{colour}"><i aria-hidden="true"></i>'
        f"<span>{text(alternative.name)}</span></div>"
    )


def wanted(analysis: Analysis, leaf: Criterion) -> str:
    """What can be written, in a few words."""
    levels = level_names(leaf, analysis.decision.dictionary)
    if levels:
        return ", ".join(said_level(level) for level in levels)
    if scores.is_points(leaf):
        return "from 0, the worst, to 100, the best"
    return words.swing(analysis, leaf) or leaf.unit


def _guide(analysis: Analysis, leaf: Criterion) -> str:
    """What the ends mean, so that all score by the same measure."""
    anchors = "".join(
        f"<li><b>{100 * at:g}</b> {text(told)}</li>" for at, told in sorted(leaf.anchors.items())
    )
    listed = f'<ul class="lines">{anchors}</ul>' if anchors else ""
    told = wanted(analysis, leaf)
    return f'<p class="how">The scale runs {text(told)}.</p>{listed}' if told else listed
