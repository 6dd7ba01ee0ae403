"""The matrix of Compare, a component with a script of ours: groups fold, cells open, rows sort."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import streamlit as st

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import ShareMeasure
from selector.report import words
from selector.ui.comparing import ALL, Arranged, Look, Row, Worth, weight_of
from selector.ui.parts import scripted
from selector.ui.parts.answer import colour_of


class Heard(NamedTuple):
    """Whom to tell what the hand did: a cell opened, groups folded, a row to order columns by."""

    opened: Callable[[str], None]
    folded: Callable[[tuple[str, ...]], None]
    sorted: Callable[[str], None]


def draw(key: str, data: Mapping[str, Any], heard: Heard) -> None:
    """Draw the matrix of `data` (its shape stands in matrix.js)."""

    def told(name: str) -> Any:
        found = st.session_state.get(key)
        return found.get(name) if found else None

    def opened() -> None:
        if told("chosen"):
            heard.opened(str(told("chosen")))

    def folded() -> None:
        heard.folded(tuple(str(group) for group in told("folded") or ()))

    def sorted_() -> None:
        heard.sorted(str(told("sorted") or "-").removeprefix("-"))

    scripted.component("matrix")(
        key=key,
        data=data,
        on_chosen_change=opened,
        on_folded_change=folded,
        on_sorted_change=sorted_,
    )


def data_of(
    analysis: Analysis, look: Look, found: Arranged, worths: Mapping[str, Worth], chosen: str
) -> dict[str, Any]:
    """The matrix as the component wants it; `chosen` is the open cell, `alternative:row`."""
    called = words.labels(analysis.decision)
    names = {a.id: a.name for a in analysis.alternatives}
    by_sum = f" {words.by_sum(analysis)}".rstrip()
    return {
        "label": "Criteria and alternatives",
        "columns": [
            {
                "id": a,
                "name": called[a].short,
                "title": names[a],
                "colour": colour_of(analysis, a),
            }
            for a in found.columns
        ],
        "rows": [_row(analysis, row, found.columns, worths) for row in found.rows],
        "total": {
            "name": f"Points of 100{by_sum}",
            "texts": [plain.points(analysis.scores[a][1]) for a in found.columns],
        },
        "chosen": chosen,
        "folded": [row.node.id for row in found.rows if row.node.id in look.fold],
        "sorted": "" if look.columns == ALL else look.columns,
    }


def _row(
    analysis: Analysis, row: Row, columns: tuple[str, ...], worths: Mapping[str, Worth]
) -> dict[str, Any]:
    node, central = row.node, worths[row.node.id].central
    at = {a: place for place, a in enumerate(analysis.table.alternatives)}
    heats = {a: round(100 * min(1.0, max(0.0, float(central[at[a]])))) for a in columns}
    cells: list[list[Any]] = []
    if node.children:
        cells = [[f"{100 * float(central[at[a]]):.0f}", heats[a], None] for a in columns]
    else:
        column = analysis.table.leaves.index(node.id)
        for alternative in columns:
            cell = analysis.table.cells[at[alternative]][column]
            is_known = cell.state in ("value", "not_applicable")
            heat = heats[alternative] if is_known else None
            cells.append([words.cell_text(cell), heat, None if is_known else cell.state])
    share = 100 * weight_of(analysis, node)
    return {
        "id": node.id,
        "group": bool(node.children),
        "above": list(row.above),
        "name": node.name,
        "small": "" if node.children or isinstance(node.measure, ShareMeasure) else node.unit,
        "weight": f"{share:.0f}\u00a0%" if node.children else f"{share:.1f}\u00a0%",
        "cells": cells,
    }
