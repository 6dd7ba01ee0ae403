"""How much each step up matters: sliders that move the ranking while they are held."""

import streamlit as st

from selector.analysis import Analysis
from selector.report import words
from selector.ui.parts import answer, elicit, scenarios, sliders
from selector.ui.parts.html import crumb, page, text, unmarked
from selector.ui.state import State

TITLE = "Weigh"
SECTION = ""
ICON = ""
HOW = (
    "Drag, and the ranking follows your hand. On the filled stretch the leader stays first; past a "
    "mark, the one named there takes over. "
)


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
            f'<p class="sub tight">{"" if state.is_asking else HOW}'
            f'<b class="standing">{text(found.sentence)}.</b>{_note(analysis)}</p>',
        )
    )
    with st.container(key="weighing"):
        if state.is_asking:
            elicit.draw(state)
            return
        _to_do(state)
        sliders.draw(state)
    scenarios.draw(state)


def _to_do(state: State) -> None:
    """What was left: a dialogue that was not finished, a weight to ask anew, what is next."""
    analysis = state.analysis
    names = {node.id: node.name for node in analysis.decision.criteria.walk()}
    if state.ask_anew in names:
        _offer_anew(state, names)
    asking = state.asking
    if asking is not None and (asking.answers or asking.question is None):
        count = len(asking.answers)
        told = "1 question is answered" if count == 1 else f"{count} questions are answered"
        _offer(f"Help me weigh: {told}.", "Go on", "resume", state.open_asking)
    elif state.taken == "" and any(state.sets.get(group) for group in state.sets if group):
        _offer(
            "The groups are weighed. What is inside one can be weighed the same way.",
            "Weigh inside a group",
            "inside",
            state.open_asking,
            next(group for group in state.sets if group),
        )


def _offer_anew(state: State, names: dict[str, str]) -> None:
    leaf = state.ask_anew
    group = next((g for g, children in state.sets.items() if leaf in children), None)
    if group is None:
        return
    told = (
        f"The scale of {words.lower_first(names[leaf])} is tighter now, and its weight was given "
        "for the wide one. Ask it anew."
    )
    where = f"Weigh inside {words.lower_first(names[group])}" if group else "Help me weigh"
    _offer(told, where, "anew", state.open_asking, group)
    st.button("Leave the weight as it is", key="anew_not", on_click=state.let_weight_be)


def _offer(told: str, label: str, key: str, act: object, *given: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(page(f'<div class="alert own" role="status">{text(told)}</div>'))
        st.button(unmarked(label), key=f"offer_{key}", on_click=act, args=given)  # type: ignore[arg-type]


def _note(analysis: Analysis) -> str:
    """What to know where the answer is another method's."""
    if words.is_weighted_sum(analysis):
        return ""
    by = words.method_name(analysis.decision.method)
    return f" The answer is ranked by {text(by)}; the sliders show the weighted sum."
