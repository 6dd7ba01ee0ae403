"""Take the answer away: slides, a workbook, a page, a record, a table, data."""

from __future__ import annotations

import streamlit as st

from selector.ui.exporting import Wish, has_secrets
from selector.ui.parts import takeaway
from selector.ui.parts.html import crumb, page
from selector.ui.state import State

TITLE = "Export"
SECTION = "Together"
ICON = ""


def show(state: State) -> None:
    """Draw the page."""
    analysis = state.analysis
    st.html(
        page(
            crumb(analysis.decision.title, f"version {analysis.version}"),
            "<h1>Take the answer with you</h1>",
            '<p class="sub tight">Each file says the same as these pages, under the weights and '
            "figures that you set, and bears the version of the answer. A file is made when you "
            "press its button.</p>",
        )
    )
    redact = False
    if has_secrets(analysis):
        redact = st.toggle(
            "Leave out what is confidential",
            key="redact",
            help="Bills that rest on prices negotiated in confidence, and all that would tell "
            "them by a difference.",
        )
    template = takeaway.template()
    is_apart = state.is_draft or bool(state.figures)
    wish = Wish(analysis, redact, state.address("decision"), template, is_apart)
    takeaway.buttons(wish)
    takeaway.shown(wish)
