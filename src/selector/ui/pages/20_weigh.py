"""How much each step up matters: sliders that move the ranking while they are held."""

import streamlit as st

from selector.analysis import Analysis
from selector.report import words
from selector.ui.parts import answer, sliders
from selector.ui.parts.html import crumb, page, text
from selector.ui.state import State

TITLE = "Weigh"
SECTION = ""
ICON = ""


def show(state: State) -> None:
    """Draw the page."""
    analysis = state.analysis
    found = words.standing(analysis)
    if not found.leader:
        st.html(
            page(
                crumb(analysis.decision.title),
                answer.headline(analysis),
                answer.knocked_out(analysis),
            )
        )
        return
    st.html(
        page(
            crumb(analysis.decision.title, answer.crumb_right(analysis)),
            "<h1>How much does each step up matter?</h1>",
            '<p class="sub tight">Drag, and the ranking follows your hand. On '
            "the dark stretch the leader stays first; past a mark, the one named there takes over. "
            f'<b class="standing">{text(found.sentence)}.</b>{_note(analysis)}</p>',
        )
    )
    sliders.draw(state)


def _note(analysis: Analysis) -> str:
    """What to know where the answer is another method's."""
    if words.is_weighted_sum(analysis):
        return ""
    by = words.method_name(analysis.decision.method)
    return f" The answer is ranked by {text(by)}; the sliders show the weighted sum."
