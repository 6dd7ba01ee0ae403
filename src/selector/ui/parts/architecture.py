"""The picture of an architecture: a component, for Streamlit takes drawings out of markup."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from selector.report import diagram, live
from selector.report.diagram import Reference

# The drawing is made on the server, with all that people wrote escaped.
_SCRIPT = """
export default function architecture({ parentElement, data }) {
  let room = parentElement.querySelector('.scrolled');
  if (!room) {
    room = document.createElement('div');
    room.className = 'scrolled';
    room.tabIndex = 0;
    room.setAttribute('role', 'group');
    room.setAttribute('aria-label', data.label);
    parentElement.append(room);
  }
  if (room.dataset.drawn !== data.svg) {
    room.dataset.drawn = data.svg;
    room.innerHTML = data.svg;
  }
}
"""


@cache
def _component() -> ComponentRenderer:
    style = live.tokens() + diagram.style()
    return st.components.v2.component("selector_architecture", js=_SCRIPT, css=style)


def draw(reference: Reference) -> None:
    """Draw the picture; it scrolls by itself where there is little room."""
    drawn = diagram.svg(reference, diagram.laid_out(reference, diagram.CLOSE))
    data = {"svg": drawn, "label": f"Diagram: {reference.pattern.name}"}
    _component()(key="architecture", data=data)
