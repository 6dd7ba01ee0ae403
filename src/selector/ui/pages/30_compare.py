"""Every cell of the matrix, and where it comes from."""

from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.report import words
from selector.ui.parts import answer, fact, table
from selector.ui.parts.html import crumb, page
from selector.ui.state import State

TITLE = "Compare"
SECTION = ""
ICON = ""
BESIDE = 6  # so many alternatives leave room for the card beside the matrix; else it lies below


def show(state: State) -> None:
    """Draw the page."""
    analysis = state.analysis
    head = crumb(analysis.decision.title, answer.crumb_right(analysis))
    if not analysis.ranking:
        st.html(page(head, answer.headline(analysis), answer.knocked_out(analysis)))
        return
    st.html(
        page(
            head,
            '<h1>Every cell, and where it comes from</h1><p class="sub tight">'
            "The stronger the colour, the better on that criterion. Hatched is unknown, ≈ a range. "
            "Open a cell for its facts; the arrow keys walk.</p>",
        )
    )
    alternative, leaf = _open(state, analysis)
    is_wide = len(analysis.ranking) > BESIDE
    matrix, card = (
        (st.container(), st.container()) if is_wide else st.columns([3.7, 1], gap="medium")
    )
    with matrix:
        table.draw("matrix", _matrix(analysis, f"{alternative}:{leaf.id}"), lambda i: _chosen(i))
    with card:
        below = '<span class="below"></span>' if is_wide else ""
        st.html(page(below, fact.cell_card(analysis, alternative, leaf)))


def _chosen(cell_id: str) -> None:
    alternative, _, leaf = cell_id.partition(":")
    State().open_cell(alternative, leaf)


def _open(state: State, analysis: Analysis) -> tuple[str, Criterion]:
    """The cell that is open: the chosen one while it exists, else the leader's heaviest."""
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    if state.cell and state.cell[0] in analysis.table.alternatives and state.cell[1] in leaves:
        return state.cell[0], leaves[state.cell[1]]
    heaviest = max(analysis.leaves, key=lambda leaf: analysis.weights[leaf.id])
    return analysis.ranking[0].alternative, heaviest


def _matrix(analysis: Analysis, chosen: str) -> dict[str, Any]:
    """The matrix as the table component wants it; columns by rank."""
    called = words.labels(analysis.decision)
    order = [row.alternative for row in analysis.ranking]
    columns: list[dict[str, Any]] = [{"text": "Criterion"}, {"text": "Weight"}]
    columns += [
        {"text": called[a].short, "colour": answer.colour_of(analysis, a), "title": row.name}
        for a, row in zip(order, analysis.ranking, strict=True)
    ]
    rows: list[dict[str, Any]] = []
    for top in analysis.decision.criteria.criteria:
        if top.children:
            weight = f"{100 * analysis.group_weights[top.id]:.0f}\u00a0%"
            rows.append({"group": f"{top.name} · {weight}"})
        rows += [_row(analysis, leaf, order) for leaf in top.leaves()]
    by_sum = "" if words.is_weighted_sum(analysis) else " by the weighted sum"
    totals = [{"text": f"Points of 100{by_sum}"}, {"text": ""}]
    totals += [{"text": plain.points(analysis.scores[a][1])} for a in order]
    rows.append({"total": True, "cells": totals})
    return {
        "label": "Criteria and alternatives",
        "columns": columns,
        "rows": rows,
        "chosen": chosen,
    }


def _row(analysis: Analysis, leaf: Criterion, order: list[str]) -> dict[str, Any]:
    column = analysis.table.leaves.index(leaf.id)
    cells: list[dict[str, Any]] = [
        {"text": leaf.name, "small": "" if isinstance(leaf.measure, ShareMeasure) else leaf.unit},
        {"text": f"{100 * analysis.weights[leaf.id]:.1f}\u00a0%", "kind": "weight"},
    ]
    for alternative in order:
        cell = analysis.cell(alternative, leaf.id)
        row = analysis.table.alternatives.index(alternative)
        is_known = cell.state in ("value", "not_applicable")
        cells.append(
            {
                "id": f"{alternative}:{leaf.id}",
                "text": words.cell_text(cell),
                "heat": float(analysis.value_table.central[row, column]) if is_known else None,
                "kind": "" if is_known else cell.state,
                "title": f"{leaf.name}: {words.with_unit(cell, leaf)}",
            }
        )
    return {"cells": cells}
