"""The columns of the page Stack: layers, candidates, and what fixing each would give up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple

import streamlit as st

from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import Candidate, LayerAnalysis
from selector.analysis.stack.why import GivenUp
from selector.domain import words as plain
from selector.report import words
from selector.report.stack_currency import stack_in_currency
from selector.ui.parts import scripted
from selector.ui.state.stacked import NOTHING

KEY = "stack_columns"


@lru_cache(maxsize=64)
def told(analysis: StackAnalysis) -> StackAnalysis:
    """The stack as the page tells it, in the currency of the business."""
    return stack_in_currency(analysis)


class Heard(NamedTuple):
    """Whom to tell what the hand did: a candidate fixed, or asked why it cannot be."""

    fixed: Callable[[str], None]
    asked: Callable[[str], None]


def draw(
    analysis: StackAnalysis, asked: Collection[str], heard: Heard, *, is_beside: bool = False
) -> None:
    """Draw the layers; of those `asked` for it is told why they cannot be.

    Narrower where something stands beside them in a wide window.
    """

    def told(name: str, whom: Callable[[str], None]) -> Callable[[], None]:
        def take() -> None:
            found = st.session_state.get(KEY)
            if found and found.get(name):
                whom(str(found[name]))

        return take

    scripted.component("stack")(
        key=KEY,
        data={**data_of(analysis, asked), "beside": is_beside},
        on_fixed_change=told("fixed", heard.fixed),
        on_asked_change=told("asked", heard.asked),
    )


def data_of(analysis: StackAnalysis, asked: Collection[str] = ()) -> dict[str, Any]:
    """The layers as the component wants them (its form stands in stack.js)."""
    return {
        "label": "Layers of the stack and what could fill them",
        "layers": [_layer(analysis, layer, asked) for layer in analysis.layers],
    }


def _layer(analysis: StackAnalysis, layer: LayerAnalysis, asked: Collection[str]) -> dict[str, Any]:
    own = layer.layer
    given = analysis.given_up[own.id]
    fixed = analysis.fixed.get(own.id)
    return {
        "id": own.id,
        "name": own.name,
        "share": words.percent(analysis.shares[own.id]),
        "fixed": None if fixed is None else fixed or NOTHING,
        "candidates": [
            *(
                _candidate(analysis, own.id, given[each.id], asked)
                for each in _in_order(layer, given)
            ),
            *_knocked_out(layer),
        ],
    }


def _in_order(layer: LayerAnalysis, given: Mapping[str, GivenUp]) -> list[Candidate]:
    """What gives up least first, what cannot be last."""
    losses = {name: inf if each.loss is None else each.loss for name, each in given.items()}
    return sorted(layer.candidates, key=lambda candidate: losses[candidate.id])


def _knocked_out(layer: LayerAnalysis) -> list[dict[str, Any]]:
    names = {row.alternative: row.name for row in layer.excluded}
    why = {
        who: " ".join(
            f"Required: {row.requirement}. {row.reason}"
            for row in layer.excluded
            if row.alternative == who
        )
        for who in names
    }
    return [
        {
            "id": who,
            "name": name,
            "points": "",
            "state": "cannot",
            "line": "knocked out",
            "why": f"{name} is knocked out. {why[who]}",
        }
        for who, name in names.items()
    ]


def _candidate(
    analysis: StackAnalysis, layer: str, given: GivenUp, asked: Collection[str]
) -> dict[str, Any]:
    best, candidate = analysis.winner, given.candidate
    is_in = best is not None and best.choices[layer].id == candidate.id
    why = ""
    if is_in:
        state, line = "in", "in the best stack"
    elif given.stack is None:
        state, line = "cannot", "does not fit"
        if f"{layer}:{candidate.id or NOTHING}" in asked:
            why = " ".join(analysis.why_not(layer, candidate.id))
    else:
        state, line = "can", _changes(given.loss)
    return {
        "id": candidate.id or NOTHING,
        "name": candidate.name,
        "points": plain.points(candidate.score[1]) if candidate.id else "",
        "state": state,
        "line": line,
        "why": why,
    }


def _changes(loss: float | None) -> str:
    """What the whole stack would lose, or gain where the layer is fixed to another.

    Without a stack there is nothing to lose: with this one there would be one.
    """
    if loss is None:
        return "would fit"
    if not round(100 * loss, 1):
        return "level"
    return f"{'−' if loss > 0 else '+'}{plain.points(abs(loss))}"
