"""The live weights on a Streamlit page."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from selector.domain.problem import SelectorError
from selector.report import live, words
from selector.ui.parts import scenarios
from selector.ui.state import State

KEY = "live_weights"


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("selector_weights", js=live.script(), css=live.style())


def draw(state: State) -> None:
    """Draw the sliders and their ranking; what is released or asked for goes to the state."""
    analysis, base = state.analysis, state.base
    decision = analysis.decision

    def released() -> None:
        found = st.session_state.get(KEY)
        if found and found.get("points"):
            State().receive(dict(found["points"]))

    def asked() -> None:
        found = st.session_state.get(KEY)
        if found and found.get("act"):
            _act(dict(found["act"]))

    data = {
        "model": live.model(analysis),
        "base": [base.shares[node.id] for node in decision.criteria.walk()],
        "presets": [
            *(
                {"name": words.preset_name(name), "points": dict(points)}
                for name, points in decision.criteria.presets.items()
            ),
            *({"name": one.name, "points": dict(one.weights)} for one in decision.scenarios),
        ],
        "acts": [
            {"id": "help", "label": "Help me weigh …"},
            {"id": "keep", "label": "Keep these …"},
        ],
        "can": {"versus": True, "tighten": True},
        "echo": state.received,
        "key": state.about,
        "turn": state.weights_turn,
    }
    _component()(
        key=KEY,
        data=data,
        default={"points": None},
        on_points_change=released,
        on_act_change=asked,
    )


def _act(what: dict[str, object]) -> None:
    """Do what was asked for beside the sliders."""
    state = State()
    if what.get("id") == "help":
        state.open_asking()
    elif what.get("id") == "keep":
        scenarios.ask_name()
    elif what.get("id") == "versus":
        pair = what.get("pair")
        known = {a.id for a in state.analysis.alternatives}
        if isinstance(pair, list | tuple) and len(pair) == 2 and known.issuperset(pair):
            state.look_at(view="pair", pair=tuple(pair))
            state.go("compare")
    elif what.get("id") == "tighten":
        try:
            state.tighten(str(what.get("node")))
        except SelectorError as error:
            st.session_state["set_wrong"] = error
