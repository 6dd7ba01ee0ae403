"""The decisions that are here already, each with what it is about and a button to open it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import streamlit as st

from selector.catalog.reading import read_document
from selector.domain.problem import InputError
from selector.ui.parts.html import page, section, text, unmarked
from selector.ui.state import State

INTRODUCED = "An example to start from: "
LISTED = 20  # so many are told of
_ABOUT_COMMANDS = re.compile(r"\s[^.`]*`[^`]*`[^.]*\.")


def draw(state: State) -> None:
    """Draw one row for each decision that is known by id."""
    how = "Open one, look around, and change what you like: what you change is your own copy."
    st.html(page(section("Decisions that are here", how)))
    titles = state.titles  # a working copy stands among them, which is open already
    known = state.known
    for decision_id in known[:LISTED]:
        title = titles[decision_id]
        path = state.library.decision_path(decision_id)
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.html(
            page(
                f'<p class="shipped"><b>{text(title)}</b><br>'
                f"{text(introduced(path, path.stat().st_mtime))}</p>"
            )
        )
        right.button(
            unmarked(f"Open {title}"),
            key=f"shipped_{decision_id}",
            on_click=_open,
            args=(decision_id,),
            width="stretch",
        )
    if len(known) > LISTED:
        rest = f"{len(known) - LISTED} more stand in the list of decisions in the side bar."
        st.html(page(f'<p class="how">{rest}</p>'))


def _open(decision_id: str) -> None:
    state = State()
    state.choose_decision(decision_id)
    state.go("decision")


@lru_cache(maxsize=256)
def introduced(path: Path, _changed: float) -> str:
    """What a decision is about: the sentences at the head of its file, else its question."""
    comments = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if not line.startswith("#"):
            break
        comments.append(line.lstrip("# ").strip())
    said = " ".join(c for c in comments if not c.startswith("yaml-language-server"))
    if said:
        said = _ABOUT_COMMANDS.sub("", said).removeprefix(INTRODUCED)
        return said[:1].upper() + said[1:]
    try:
        data = read_document(path).data
    except InputError:
        return "This file cannot be read; open it to see why."
    question = data.get("question") if isinstance(data, dict) else None
    return question if isinstance(question, str) else ""
