"""Edit: the scales in force, what the alternatives show on them today, and tighter ones."""

from __future__ import annotations

from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.analysis.scales import Dwarfed, dwarfed
from selector.domain import words as plain
from selector.domain.criterion import (
    CostMeasure,
    Criterion,
    LevelScale,
    LinearScale,
    PointScale,
    ShareMeasure,
)
from selector.domain.levels import level_names
from selector.report import words
from selector.ui.edits import scales
from selector.ui.edits._edit import Changes
from selector.ui.edits._tree import nodes
from selector.ui.edits.basics import scale_of
from selector.ui.edits.text import end_text, points, points_text, said_level, written
from selector.ui.parts import edit_form as form
from selector.ui.parts import edit_of_set
from selector.ui.parts.html import lines, page, section, tag, text, unmarked
from selector.ui.state import State

FORM = "scales"


def draw(state: State) -> None:
    """Draw what is dwarfed, the fields of one scale, and all scales."""
    analysis = state.filed
    narrow = dwarfed(analysis)
    _dwarfed(state, analysis, narrow)
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    st.html(page(section("Change a scale", "The worst end is worth 0, the best 100. Set them by "
                         "what would be poor and excellent anywhere, not by who is compared: then "
                         "a new alternative moves no other.")))  # fmt: skip
    with st.container(key="edit_scale"):
        chosen = form.choice(state, FORM, "leaf", "Criterion", list(leaves), next(iter(leaves)),
                             {i: leaf.name for i, leaf in leaves.items()})  # fmt: skip
        _one(state, analysis, leaves[chosen])
    st.html(page(_all(state, analysis, {row.criterion: row for row in narrow})))


def _dwarfed(state: State, analysis: Analysis, found: tuple[Dwarfed, ...]) -> None:
    """Where the scale dwarfs the differences, said, each with one button that takes a tighter."""
    if not found:
        return
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    st.html(page(section("Scales that hardly tell today's alternatives apart",
                         "A tighter scale makes their differences count for more; it fits today's "
                         "alternatives only.")))  # fmt: skip
    for row in found:
        leaf = leaves[row.criterion]
        told, go = st.columns([4, 1.6], vertical_alignment="center")
        ends = plain.with_unit(f"{plain.number(row.worst)} to {plain.number(row.best)}", leaf.unit)
        told.html(
            page(
                f'<div class="alert tight"><b>{text(leaf.name)}</b>: they use '
                f"{words.percent(row.used)} of the scale, so it moves a score by "
                f"{plain.points(row.effect)} points at most. Tighter: {text(ends)}.</div>"
            )
        )

        def taken(row: Dwarfed = row, leaf: Criterion = leaf) -> None:
            scale = {"worst": row.worst, "best": row.best}
            form.take(
                FORM,
                lambda state: scales.change(state.data, row.criterion, scale),
                f"{leaf.name} now runs from {ends_words(scale, leaf.unit)}.",
            )

        go.button("Take the tighter scale", key=f"edit_tighter_{row.criterion}", on_click=taken,
                  use_container_width=True, help=f"For {unmarked(leaf.name)}")  # fmt: skip


def ends_words(scale: dict[str, Any], unit: str) -> str:
    """The ends of a scale in words, worst first."""
    return plain.with_unit(f"{end_text(scale['worst'])} to {end_text(scale['best'])}", unit)


# --- one scale ----------------------------------------------------------------------------------


def _one(state: State, analysis: Analysis, leaf: Criterion) -> None:
    """The fields of one scale."""
    node = next(n for n in nodes(state.data, edit_of_set.criteria(state)) if n["id"] == leaf.id)
    given = scale_of(state.data, node) or {}
    names = level_names(leaf, analysis.decision.dictionary)
    st.html(page(f'<p class="how">{text(_today(analysis, leaf))}</p>'))
    if names:
        fields = _levels(state, leaf, names, given)
    elif "points" in given:
        fields = _points(state, leaf, given)
    else:
        fields = _ends(state, leaf, given)
    form.wrong_elsewhere(state, FORM, fields)
    with st.container(horizontal=True):
        st.button("Keep this scale", key="edit_keep_scale",
                  on_click=lambda: _keep(leaf, names, given))  # fmt: skip
        if leaf.id in (state.data.get("scales") or {}):
            back = "Back to the set's" if edit_of_set.of(state) else "Back to the criterion's own"
            st.button(back, key="edit_back_scale", on_click=form.taking(
                FORM, lambda state: scales.back_to_set(state.data, leaf.id)))  # fmt: skip


def _ends(state: State, leaf: Criterion, given: dict[str, Any]) -> tuple[str, ...]:
    unit = f", {leaf.unit}" if leaf.unit else ""
    factor = _factor(leaf)
    left, right = st.columns(2)
    for column, name, label in ((left, "worst", "Worst"), (right, "best", "Best")):
        end = given.get(name)
        now = (
            end_text(end * factor if isinstance(end, int | float) else end)
            if end is not None
            else ""
        )
        with column:
            form.line(state, FORM, f"{name}_{leaf.id}", f"{label}{unit if factor == 1 else ', %'}",
                      now, placeholder="none: by who is compared")  # fmt: skip
            form.wrong(state, FORM, name)
    if isinstance(leaf.measure, CostMeasure):
        told = "A number, or a share of the budget such as 150 % of the budget."
        st.html(page(f'<p class="how">{told}</p>'))
    return ("worst", "best")


def _factor(leaf: Criterion) -> int:
    """Shares are written as per cent."""
    return 100 if isinstance(leaf.measure, ShareMeasure) else 1


def _points(state: State, leaf: Criterion, given: dict[str, Any]) -> tuple[str, ...]:
    form.line(state, FORM, f"points_{leaf.id}", f"Points, {leaf.unit or 'performance'} is worth",
              points_text(given["points"]), max_chars=400)  # fmt: skip
    form.wrong(state, FORM, "points")
    st.html(page('<p class="how">Each a performance and what it is worth of 100, such as 0 is 0; '
                 "500 is 60; 1,000 is 100. Between them the line is straight.</p>"))  # fmt: skip
    return ("points",)


def _levels(
    state: State, leaf: Criterion, names: tuple[str, ...], given: dict[str, Any]
) -> tuple[str, ...]:
    levels = given.get("levels") or {}
    columns = st.columns(min(4, len(names)))
    for index, name in enumerate(names):
        even = index / (len(names) - 1) if len(names) > 1 else 1.0
        worth = levels.get(name, even if leaf.direction == "max" else 1 - even)
        with columns[index % len(columns)]:
            form.line(state, FORM, f"level_{leaf.id}_{name}", f"{said_level(name)} is worth",
                      written(round(100 * worth, 6)))  # fmt: skip
            form.wrong(state, FORM, f"level_{name}")
    return tuple(f"level_{name}" for name in names)


def _keep(leaf: Criterion, names: tuple[str, ...], given: dict[str, Any]) -> None:
    def made(state: State) -> Changes:
        def written_in(field: str) -> str:
            return str(form.value(FORM, field) or "")

        if names:
            told = {name: written_in(f"level_{leaf.id}_{name}") for name in names}
            return scales.change(state.data, leaf.id, scales.by_level(told))
        if "points" in given:
            found = points("points", written_in(f"points_{leaf.id}"))
            return scales.change(state.data, leaf.id, {"points": found})
        ends = written_in(f"worst_{leaf.id}"), written_in(f"best_{leaf.id}")
        scale = scales.linear(
            *ends, leaf, state.filed.decision.monthly_budget, given.get("clamp", True)
        )
        factor = _factor(leaf)
        if factor != 1:
            scale |= {k: scale[k] / factor for k in ("worst", "best")}
        return scales.change(state.data, leaf.id, scale)

    form.take(FORM, made)


# --- all of them --------------------------------------------------------------------------------


def _today(analysis: Analysis, leaf: Criterion) -> str:
    """What the alternatives show, in a sentence."""
    if level_names(leaf, analysis.decision.dictionary):
        return "What each level is worth, of 100."
    found = scales.today(analysis, leaf)
    if not found.of:
        return "No alternative is ranked."
    if not found.known:
        return f"Today nothing is known of it for any of {found.of} alternatives."
    all_known = "all" if found.known == found.of else f"{found.known} of {found.of}"
    if found.greatest.split(" ")[0] == found.least:
        return f"Today {all_known} alternatives stand at {found.greatest}."
    return f"Today {all_known} alternatives lie from {found.least} to {found.greatest}."


def _all(state: State, analysis: Analysis, narrow: dict[str, Dwarfed]) -> str:
    """Every scale in force, with what the alternatives show on it."""
    own = state.data.get("scales") or {}
    rows = []
    for leaf in analysis.leaves:
        marks = tag("this decision's", "plain") if leaf.id in own else ""
        marks += f" {tag('dwarfs')}" if leaf.id in narrow else ""
        by_level = level_names(leaf, analysis.decision.dictionary)
        today = "" if by_level else f" {_today(analysis, leaf)}"
        rows.append(
            f"<b>{text(leaf.name)}</b> {marks} <span>{text(in_words(leaf, analysis))}."
            f"{text(today)}</span>"
        )
    how = "The set's, unless marked as this decision's own."
    return section("All scales", how if edit_of_set.of(state) else "", lines(rows))


def in_words(leaf: Criterion, analysis: Analysis) -> str:
    """The scale in force, in a few words."""
    scale = leaf.scale
    if isinstance(scale, LevelScale):
        order = sorted(scale.levels.items(), key=lambda item: item[1])
        return ", ".join(f"{said_level(n)} {plain.number(100 * v)}" for n, v in order)
    if isinstance(scale, PointScale):
        ends = [plain.number(scale.points[i][0]) for i in (0, -1)]
        told = plain.with_unit(f"{ends[0]} to {ends[1]}", leaf.unit)
        return f"{len(scale.points)} points from {told}"
    if isinstance(scale, LinearScale):
        return f"worst to best: {ends_words({'worst': scale.worst, 'best': scale.best}, leaf.unit)}"
    if level_names(leaf, analysis.decision.dictionary) or isinstance(leaf.measure, ShareMeasure):
        return words.swing(analysis, leaf) or "evenly spaced"
    return "no ends: compares these alternatives only"
