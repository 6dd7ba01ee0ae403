"""The buttons of the page Export, and what a file says before it is taken."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial

import streamlit as st

from selector.domain.problem import UsageError
from selector.report.exports import formats
from selector.ui.exporting import (
    HOLDS,
    MIME,
    MOST_TEMPLATE,
    ORDER,
    PREVIEWED,
    Part,
    Slide,
    Wish,
    preview,
    slides,
)
from selector.ui.parts.html import notice, page, text

ENDINGS = {".pptx": "Slides", ".xlsx": "Workbook", ".html": "Page", ".md": "Record",
           ".csv": "Table", ".json": "Data"}  # fmt: skip
MOST_LINES, MOST_ROWS = 12, 8  # of a part of a slide that are shown
SHORT = 24  # letters of a cell that stand in one line


def template() -> bytes:
    """The visitor's own template for the slides; empty where there is none."""
    with st.expander("Slides in your company's template"):
        given = st.file_uploader(
            "A PowerPoint file (.pptx, .potx); its master and colours are used, its slides are not",
            type=["pptx", "potx"],
            max_upload_size=MOST_TEMPLATE // 1_000_000,
            key="template",
        )
        if given is None:
            return b""
        raw = bytes(given.getvalue())
        problem = _problem(raw)
        if problem:
            st.html(notice(problem))
            return b""
        return raw


@st.cache_data(max_entries=8, show_spinner=False)
def _problem(raw: bytes) -> str:
    """What is wrong with a template; empty where it can be used."""
    from selector.report.exports.deck.template import opened

    try:
        opened(io.BytesIO(raw))
    except UsageError as error:
        return str(error)
    return ""


def buttons(wish: Wish) -> None:
    """Draw a row for each format: what the file holds, and its button."""
    name = wish.analysis.decision.id
    with st.container(key="takeaways"):
        for suffix in (suffix for suffix in ORDER if suffix in formats()):
            with st.container(horizontal=True, vertical_alignment="center"):
                head = f"{ENDINGS[suffix]} <span>{suffix}</span>"
                st.html(page(f'<div class="taking"><h2>{head}</h2><p>{HOLDS[suffix]}</p></div>'))
                st.download_button(
                    f"Download the {ENDINGS[suffix].lower()}",
                    partial(wish.made, suffix),
                    f"{name}{suffix}",
                    MIME[suffix],
                    key=f"take{suffix}",
                    on_click="ignore",
                    width=176,
                )


def shown(wish: Wish) -> None:
    """Draw what a file says, to look at first."""
    what = st.segmented_control("Look at it first", PREVIEWED, key="preview")
    if not what:
        return
    with st.spinner(f"The {what.lower()} are made …" if what != "Record" else "It is made …"):
        told = outline(slides(wish)) if what == "Slides" else preview(wish, what)
    if what == "Slides":
        st.html(page(str(told)))
    elif isinstance(told, str):
        st.code(told, language=None, wrap_lines=True)
    else:
        st.html(page(_table(what, told)))


def outline(found: Sequence[Slide]) -> str:
    """The deck as cards in its order: number, title, and what stands on it."""
    cards = []
    for slide in found:
        number = f"{slide.number}–{slide.last}" if slide.last else f"{slide.number}"
        parts = "".join(_part(part, f"Table of slide {number}") for part in slide.parts)
        cards.append(
            f'<li class="slide"><h2>{text(slide.title)}</h2><div class="parts">{parts}</div>'
            f"<p><b>{number}</b> {text(slide.shows)}</p></li>"
        )
    return f'<ol class="deck">{"".join(cards)}</ol>'


def _part(part: Part, what: str) -> str:
    """A part of a slide; where it has no room for all, it says how much more there is."""
    head = f"<h3>{text(part.head)}</h3>" if part.head else ""
    if part.rows:
        rows = part.rows[: MOST_ROWS + 1]
        return f'<div class="all">{head}{_table(what, rows)}{_more(part.rows, rows)}</div>'
    lines = part.lines[:MOST_LINES]
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    listed = f"<ul>{items}</ul>" if items else ""
    kind = "" if head else ' class="all"'
    return f"<div{kind}>{head}{listed}{_more(part.lines, lines)}</div>"


def _more(whole: Sequence[object], shown: Sequence[object]) -> str:
    left = len(whole) - len(shown)
    return f'<p class="more">… and {left} more</p>' if left else ""


def _table(what: str, rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    heads = "".join(
        f'<th scope="col">{text(name)}</th>' if name.strip() else "<td></td>" for name in head
    )
    cells = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in body)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(what)}">'
        f'<table class="taken"><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody>'
        "</table></div>"
    )


def _cell(words: str) -> str:
    """A cell; a long text has room to be read in, and only an address is broken anywhere."""
    kind = "address" if "://" in words else "long" if len(words) > SHORT else ""
    return f'<td class="{kind}">{text(words)}</td>' if kind else f"<td>{text(words)}</td>"
