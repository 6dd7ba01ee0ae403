"""A decision changed in place: every edit is kept at once, and what follows stands at the head."""

from collections.abc import Callable, Mapping

import streamlit as st

from selector.domain.problem import SelectorError
from selector.ui.parts import (
    edit_alternatives,
    edit_criteria,
    edit_head,
    edit_people,
    edit_question,
    edit_requirements,
    edit_scales,
    edit_scores,
    edit_text,
)
from selector.ui.parts.html import notice, page
from selector.ui.state import State

TITLE = "Edit"
SECTION = "Yours"
ICON = ""

VIEWS: Mapping[str, Callable[[State], None]] = {
    "Question": edit_question.draw,
    "Alternatives": edit_alternatives.draw,
    "Requirements": edit_requirements.draw,
    "Criteria": edit_criteria.draw,
    "Scales": edit_scales.draw,
    "Scores": edit_scores.draw,
    "Stakeholders": edit_people.draw,
    "The file": edit_text.draw,
}
FIRST = next(iter(VIEWS))
OF_A_STACK = ("Question", "Stakeholders", "The file")  # its parts stand within layers
LAYERS = (
    "The layers of a stack, their candidates and what is asked of them are changed under The file; "
    "their weights on Weigh, what is fixed on Stack."
)


def _composes(state: State) -> bool:
    """Whether it composes a stack; one that cannot be read does not."""
    try:
        return state.stack is not None
    except SelectorError:
        return False


def show(state: State) -> None:
    """Draw the head, the choice of what to change, and its fields."""
    edit_head.draw(state)
    key = "edit_view"
    views = list(VIEWS)
    if _composes(state):
        views = list(OF_A_STACK)
        st.html(page(f'<p class="how">{LAYERS}</p>'))
        if st.session_state.get(key, FIRST) not in views:
            st.session_state[key] = FIRST
    chosen = st.segmented_control(
        "What to change",
        views,
        default=state.edit_view if state.edit_view in views else FIRST,
        key=key,
        label_visibility="collapsed",
        required=True,
        on_change=lambda: State().open_edit_view(st.session_state[key] or FIRST),
    )
    with st.container(key="edit"):
        try:
            VIEWS[chosen or FIRST](state)
        except SelectorError as error:  # a decision that cannot be ranked can still be mended
            if chosen == "The file":
                raise
            st.html(notice(f"{str(error).splitlines()[0]}. Mend it under The file."))
