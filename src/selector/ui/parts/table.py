"""Tables whose cells open something, as a component with a script of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from selector.ui.parts import scripted


def draw(key: str, data: Mapping[str, Any], opened: Callable[[str], None]) -> None:
    """Draw the table of `data` (its shape stands in cells.js); `opened` gets the id of a cell."""

    def chosen() -> None:
        found = st.session_state.get(key)
        if found and found.get("chosen"):
            opened(found["chosen"])

    scripted.component("cells")(
        key=key, data=data, default={"chosen": data.get("chosen")}, on_chosen_change=chosen
    )
