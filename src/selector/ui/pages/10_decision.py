"""The answer first: who leads, why, what would change it, and how well it is known."""

import streamlit as st

from selector.report import stacked
from selector.ui.parts import answer, implied, resting, stands, wanting
from selector.ui.parts.html import crumb, page, text
from selector.ui.state import State

TITLE = "Decision"
SECTION = ""
ICON = ""


def show(state: State) -> None:
    """Draw the page."""
    analysis = state.analysis
    decision = analysis.decision
    st.html(
        page(
            crumb(decision.title, answer.crumb_right(analysis)),
            f'<p class="q">{text(decision.question)}</p>',
            answer.headline(analysis),
            _stack(stacked.in_full(analysis)),
            answer.conditions(analysis),
            '<div class="cols"><div>',
            wanting.section_of(analysis) if not analysis.ranking else "",
            answer.ranking(analysis),
            answer.reasons(analysis),
            "</div><div>",
            wanting.section_of(analysis) if analysis.ranking else "",
            answer.how_sure(analysis),
            implied.section_of(analysis),
            resting.find_out(analysis),
            resting.evidence(analysis),
            resting.warnings(analysis),
            stands.section_of(analysis),
            "</div></div>",
        )
    )


def _stack(told: str) -> str:
    """What the whole stack that leads is made of; nothing of an ordinary decision."""
    return f'<p class="sub tight">{text(told)}</p>' if told else ""
