"""The questions of the intake as a form: four short groups, nothing filled in beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from selector.domain import words
from selector.domain.problem import UsageError
from selector.intake.questions import GROUPS, LONGEST, Question, questions
from selector.ui import figures
from selector.ui.parts import intake_kept as kept
from selector.ui.parts.html import notice, page, section, text, unmarked
from selector.ui.state import State

# A part of a question that only means something after a certain answer.
AFTER = {
    "today_name": ("today", ("solution",)),
    "today_monthly": ("today", ("by_hand", "solution")),
}
LISTED = 8  # so many choices stand side by side; more are a list to choose from


def draw(state: State) -> None:
    """Draw the questions, numbered, in their groups; each answer is taken over at once."""
    number = 0
    asked = questions(state.library.dictionary())
    with st.container(key="intake_form"):
        for group in GROUPS:
            st.html(page(section(group, "")))
            for question in asked:
                if question.group != group or not _is_asked(state, question):
                    continue
                number += not question.part_of
                asks = unmarked(question.words)
                _field(state, question, asks if question.part_of else f"{number} · {asks}")


def _is_asked(state: State, question: Question) -> bool:
    after, answers = AFTER.get(question.id, ("", ()))
    return not after or state.answered.get(after) in answers


def _field(state: State, question: Question, label: str) -> None:
    key = f"intake_{question.id}"
    now = state.answered.get(question.id)
    if question.kind in ("choice", "choices"):
        _choice(question, label, key, now)
    elif question.kind == "number":
        shown = "" if now is None else words.number(now)
        entry(state, key, label, shown, _taker(question))
    else:
        kept.seed(key, now or "")
        st.text_input(
            label,
            key=key,
            max_chars=LONGEST,
            placeholder="optional",
            autocomplete="off",
            on_change=lambda: State().answer_intake(question.id, kept.touched(key)),
        )
    if question.help:
        st.html(page(f'<p class="how">{text(question.help)}</p>'))


def _choice(question: Question, label: str, key: str, now: Any) -> None:
    def called(name: str) -> str:
        return unmarked(question.choices[name])

    def taken() -> None:
        State().answer_intake(question.id, kept.touched(key))

    many = question.kind == "choices"
    kept.seed(key, list(now or []) if many else now)
    names = list(question.choices)
    if many and len(names) > LISTED:
        st.multiselect(
            label, names, format_func=called, key=key, on_change=taken, placeholder="none"
        )
    elif many:
        st.pills(label, names, selection_mode="multi", format_func=called, key=key, on_change=taken)
    else:
        st.pills(label, names, format_func=called, key=key, on_change=taken)


def _taker(question: Question) -> Callable[[float | None], None]:
    def take(value: float | None) -> None:
        if value is not None and not question.least <= value <= question.most:
            least, most = words.number(question.least), words.number(question.most)
            raise UsageError(f"write a number from {least} to {most}")
        State().answer_intake(question.id, value)

    return take


def entry(
    state: State,
    key: str,
    label: str,
    shown: str,
    take: Callable[[float | None], None],
    placeholder: str = "not answered",
) -> None:
    """A field for one number, written as people write it: 3 million, 20k, 1,500.

    What was written stays there while something is wrong with it, and what is wrong stands below.
    """
    field, written, wrong = state.intake_problem
    kept.seed(key, written if field == key else shown)

    def changed() -> None:
        typed = str(kept.touched(key) or "").strip()
        try:
            take(_number(typed) if typed else None)
        except UsageError as error:
            State().tell_intake(key, typed, str(error))
        else:
            State().tell_intake()

    st.text_input(
        label,
        key=key,
        max_chars=40,
        placeholder=placeholder,
        autocomplete="off",
        on_change=changed,
    )
    if field == key:
        st.html(notice(f"“{written}” is not taken: {wrong}."))


def _number(typed: str) -> float:
    try:
        span = figures.read(typed, figures.Field("figure", "figure"))
    except UsageError:
        span = None
    if span is None or not span.is_exact:
        raise UsageError("write one number, such as 20,000 or 3 million")
    return span.likely
