"""Take the decision away as a file that says all that the visitor set."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from selector.analysis import Analysis, analyse
from selector.analysis.stack import StackAnalysis
from selector.catalog import beside
from selector.catalog.editing import data_of
from selector.domain.decision import Decision
from selector.domain.problem import SelectorError
from selector.ui import bringing, reading
from selector.ui.state import State
from selector.ui.written import with_choices

MIME = {"yaml": "application/yaml", "zip": "application/zip"}


def draw(state: State) -> None:
    """Draw the button; the file is made when it is pressed."""
    raw = state.file()
    name = reading.name_of(raw)
    packs = bool(_names(raw))
    kind = "zip" if packs else "yaml"
    st.download_button(
        "Download this decision",
        _made(state, raw, name),
        f"{name.removesuffix('.yaml')}.{kind}",
        MIME[kind],
        key="take",
        on_click="ignore",
    )
    # beneath, not in a bubble: that lay over "Remove" above, and caught the press on it
    st.caption("With what you set here. Bring it again on Start, or run the commands on it.")


def _made(state: State, raw: bytes, name: str) -> Callable[[], bytes]:
    """What makes the file, from what is set now: it runs later, beside the pages."""
    try:
        analysis = state.analysis
    except SelectorError:  # the page tells what is wrong; the file is as it is
        return lambda: raw
    library, points, figures = state.library, state.points, state.figures
    stack, fixed = state.stack, state.fixed
    files = state.beside if _names(raw) else {}

    def made() -> bytes:
        text = with_choices(raw, analysis, points, figures, fixed)
        check(library.decision_of(text, "the file", files), analysis, stack)
        return bringing.packed(text, files, name) if files else text

    return made


def check(made: Decision, analysis: Analysis, stack: StackAnalysis | None) -> None:
    """RuntimeError where the decision of a file ranks or composes otherwise than what was seen."""
    again = reading.able(analyse(made))
    if stack is None:
        is_same = [row[:3] for row in again.ranking] == [row[:3] for row in analysis.ranking]
    else:
        is_same = again.composed is not None and chosen(again.composed) == chosen(stack)
    if not is_same:
        raise RuntimeError("the decision's file, read again, ranks otherwise")


def chosen(stack: StackAnalysis) -> list[tuple[int, ...]]:
    """The places of what the best stacks have, best first."""
    return [each.places for each in stack.best(10).stacks]


@lru_cache(maxsize=64)
def _names(raw: bytes) -> tuple[str, ...]:
    """The files that a decision names."""
    try:
        return tuple(beside.names_in(data_of(raw)))
    except SelectorError:
        return ()
