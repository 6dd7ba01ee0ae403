"""Components with a script of ours: `<name>.js`, after what all of them share, and `<name>.css`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from selector.report import live


def _read(name: str) -> str:
    return (files("selector.ui.parts") / name).read_text(encoding="utf-8")


@cache
def component(name: str) -> ComponentRenderer:
    """Return the component whose script and style have this name; made once."""
    script = _read("make.js") + _read(f"{name}.js")
    style = live.tokens() + _read(f"{name}.css")
    return st.components.v2.component(f"selector_{name}", js=script, css=style)
