"""What fields show, and what a part of the proposal does to what the visitor wants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from selector.ui.state import State

SEEDED = "intake_seeded"


def seed(key: str, now: Any) -> None:
    """Put into a field what it is to show, where that is new.

    Not at each run: what is put in takes the place of what was just clicked but has not arrived.
    """
    seen: dict[str, Any] = st.session_state.setdefault(SEEDED, {})
    if key not in st.session_state or key not in seen or seen[key] != now:
        st.session_state[key] = now
    seen[key] = now


def touched(key: str) -> Any:
    """What the visitor has just put into a field, which then needs no seed."""
    value = st.session_state[key]
    st.session_state.setdefault(SEEDED, {})[key] = value
    return value


def take_out(part: str, is_out: bool) -> None:
    """Take a requirement or alternative out, or put it back."""
    state = State()
    rest = state.wishes.without - {part}
    state.wish(without=rest | {part} if is_out else rest)


def put_in(offer: str, is_in: bool) -> None:
    """Take in an offer that was left out, or leave it out again."""
    state = State()
    rest = state.wishes.also - {offer}
    state.wish(also=rest | {offer} if is_in else rest)


def set_figure(key: str, value: float | None) -> None:
    """Set a figure of the workload; None goes back to what is proposed."""
    state = State()
    state.wish(figures=_with(state.wishes.figures, key, value))


def set_points(group: str, value: float | None) -> None:
    """Set the points of a group; None goes back to what is proposed."""
    state = State()
    state.wish(points=_with(state.wishes.points, group, value))


def _with(old: Mapping[str, float], key: str, value: float | None) -> dict[str, float]:
    kept = {name: figure for name, figure in old.items() if name != key}
    return kept if value is None else {**kept, key: value}
