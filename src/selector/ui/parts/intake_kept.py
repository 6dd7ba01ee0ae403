"""What a visitor answered and wants otherwise, kept in the session while other pages are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from selector.intake.answers import Answers, answers_of
from selector.intake.proposal import Wishes
from selector.ui.state import State

ANSWERS, WISHES, PROBLEM = "intake_answers", "intake_wishes", "intake_problem"


def given() -> dict[str, Any]:
    """What was answered, by question; what was not is absent."""
    kept: dict[str, Any] = st.session_state.setdefault(ANSWERS, {})
    return kept


def answer(question: str, value: Any) -> None:
    """Keep an answer; nothing takes it back."""
    kept = {name: old for name, old in given().items() if name != question}
    st.session_state[ANSWERS] = kept if value in (None, "", []) else {**kept, question: value}


def answers(state: State) -> Answers:
    """The answers, checked. UsageError where one cannot be used."""
    return answers_of(given(), state.library.dictionary())


def wishes() -> Wishes:
    """What is wanted otherwise than it follows from the answers."""
    kept: Wishes = st.session_state.setdefault(WISHES, Wishes())
    return kept


def wish(**changed: Any) -> None:
    """Want something otherwise."""
    st.session_state[WISHES] = wishes()._replace(**changed)


def take_out(part: str, is_out: bool) -> None:
    """Take a requirement or alternative out, or put it back."""
    rest = wishes().without - {part}
    wish(without=rest | {part} if is_out else rest)


def put_in(offer: str, is_in: bool) -> None:
    """Take in an offer that was left out, or leave it out again."""
    rest = wishes().also - {offer}
    wish(also=rest | {offer} if is_in else rest)


def set_figure(key: str, value: float | None) -> None:
    """Set a figure of the workload; None goes back to what is proposed."""
    wish(figures=_with(wishes().figures, key, value))


def set_points(group: str, value: float | None) -> None:
    """Set the points of a group; None goes back to what is proposed."""
    wish(points=_with(wishes().points, group, value))


def _with(old: Mapping[str, float], key: str, value: float | None) -> dict[str, float]:
    kept = {name: figure for name, figure in old.items() if name != key}
    return kept if value is None else {**kept, key: value}


def forget() -> None:
    """Begin again: no answers, no wishes."""
    for key in (ANSWERS, WISHES, PROBLEM):
        st.session_state.pop(key, None)


def problem() -> tuple[str, str, str]:
    """The field that was not taken: its name, what was written, what is wrong; or empty."""
    kept: tuple[str, str, str] = st.session_state.get(PROBLEM, ("", "", ""))
    return kept


def tell(field: str = "", written: str = "", wrong: str = "") -> None:
    """Keep what is wrong with a field until it is mended."""
    st.session_state[PROBLEM] = (field, written, wrong)
