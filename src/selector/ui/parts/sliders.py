"""The live weights on a Streamlit page."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from selector.report import live, words
from selector.ui.state import State

KEY = "live_weights"


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("selector_weights", js=live.script(), css=live.style())


def draw(state: State) -> None:
    """Draw the sliders and their ranking; what is released goes to the state."""
    analysis = state.analysis
    decision = analysis.decision

    def released() -> None:
        found = st.session_state.get(KEY)
        if found and found.get("points"):
            State().receive(dict(found["points"]))

    data = {
        "model": live.model(analysis),
        "base": [state.base.shares[node.id] for node in decision.criteria.walk()],
        "presets": [
            {"name": words.preset_name(name), "points": dict(points)}
            for name, points in decision.criteria.presets.items()
        ],
        "echo": state.received,
    }
    _component()(key=KEY, data=data, default={"points": None}, on_points_change=released)
