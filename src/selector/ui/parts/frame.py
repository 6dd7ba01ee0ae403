"""What every page has beside its own: the first path, links between pages, what follows the eye."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import streamlit as st

from selector.ui.comparing import from_link
from selector.ui.parts import scripted
from selector.ui.state import State

KEY = "frame"
LONGEST = 8_000  # letters of an address that is taken up again


class Step(NamedTuple):
    """A step of the first path: the page it is about, what it is called, and what it says."""

    page: str
    title: str
    text: str


STEPS = (
    Step(
        "decision",
        "What this is",
        "Selector compares options on facts that have a source and a date. Nothing that is not "
        "known is made up.",
    ),
    Step(
        "decision",
        "The answer",
        "The title says who leads and how far; the line below it, what would change that. The "
        "bar at How sure says how often each is first.",
    ),
    Step(
        "weigh",
        "Weigh",
        "Say what matters to you: drag a slider and the ranking follows. The mark on it shows "
        "where another takes the lead.",
    ),
    Step(
        "compare",
        "Compare",
        "Every figure at once. Choose a cell to see its facts, their sources and dates.",
    ),
    Step(
        "robustness",
        "How sure",
        "How often each is first when weights and facts vary, and what to find out first. Cost, "
        "in the menu, has the bills behind it.",
    ),
)


def _run_again() -> None:
    """Nothing: the run that follows is what is wanted."""


def draw(page: str, known: Collection[str], visit: str) -> None:
    """Put the frame about a page; its links lead to the pages that are known.

    `visit` names the session: where it is another than before in the same window, the new one
    takes up what the address said in the old one.
    """

    def gone() -> None:
        found = st.session_state.get(KEY)
        asked = found.get("go") if found else None
        if not isinstance(asked, dict) or asked.get("page") not in known:
            return
        state = State()
        said = {name: value for name, value in asked.items() if isinstance(value, str)}
        if "word" in said:
            state.open_word(said["word"])
        if "cell" in said:
            alternative, _, leaf = said["cell"].partition(":")
            state.open_cell(alternative, leaf)
        look = from_link(said)
        state.look_at(**{name: getattr(look, name) for name in look._fields if name in said})
        state.go(asked["page"])

    def linked() -> None:
        found = st.session_state.get(KEY)
        search = found.get("link") if found else None
        if isinstance(search, str) and len(search) <= LONGEST:
            State().take_up(search)

    data = {"page": page, "visit": visit, "steps": [step._asdict() for step in STEPS]}
    scripted.component("frame")(
        key=KEY,
        data=data,
        on_go_change=gone,
        on_link_change=linked,
        on_scheme_change=_run_again,
        on_resume_change=_run_again,
    )
