"""The words of the field, to look one up; and the first path through the app, once more."""

import streamlit as st

from selector.report import glossary
from selector.ui.parts.html import crumb, page, text
from selector.ui.state import State

TITLE = "Words"
SECTION = "Help"
ICON = ""
KEYS = (
    ("Tab, Shift and Tab", "from one thing to the next, and back"),
    ("Enter, Space", "opens, presses, unfolds"),
    ("Arrow keys", "move a slider by one point, and walk from cell to cell in a matrix"),
    ("Page up, Page down", "move a slider by ten points"),
    ("Escape", "closes what lies on top"),
)


def show(state: State) -> None:
    """Draw the page."""
    known = glossary.words()
    asked = state.word if state.word in known else ""
    terms = "".join(
        f"<div><dt>{text(word)}</dt><dd>{text(meaning)}</dd></div>"
        for word, meaning in known.items()
    )
    answer = f'<p class="asked"><b>{text(asked)}</b>: {text(known[asked])}</p>' if asked else ""
    keys = "".join(f"<div><dt>{text(k)}</dt><dd>{text(what)}</dd></div>" for k, what in KEYS)
    st.html(
        page(
            crumb(state.titles.get(state.decision_id, "")),
            "<h1>What the words mean</h1>",
            '<p class="sub tight">The same in the app, in the files and on the command line. '
            '<a href="./" data-path="again">Show the first path again</a>.</p>',
            answer,
            '<p><label class="find">Find a word <input class="find-word" type="search" '
            'autocomplete="off"></label> <span class="how words-found" role="status"></span></p>',
            f'<dl class="words">{terms}</dl>',
            f'<section><h2>Without a mouse</h2><dl class="keys">{keys}</dl></section>',
        )
    )
