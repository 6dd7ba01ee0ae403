"""Tables whose cells open something, as a component with a script of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from selector.report import live


def _read(name: str) -> str:
    return (files("selector.ui.parts") / name).read_text(encoding="utf-8")


@cache
def _component() -> ComponentRenderer:
    style = live.tokens() + _read("cells.css")
    return st.components.v2.component("selector_cells", js=_read("cells.js"), css=style)


def draw(key: str, data: Mapping[str, Any], opened: Callable[[str], None]) -> None:
    """Draw the table of `data` (its shape stands in cells.js); `opened` gets the id of a cell."""

    def chosen() -> None:
        found = st.session_state.get(key)
        if found and found.get("chosen"):
            opened(found["chosen"])

    _component()(
        key=key, data=data, default={"chosen": data.get("chosen")}, on_chosen_change=chosen
    )
