"""The buttons of the page Export, and what a file says before it is taken."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from selector.domain.problem import UsageError
from selector.report.exports import formats
from selector.ui.exporting import HOLDS, MIME, MOST_TEMPLATE, ORDER, PREVIEWED, Wish
from selector.ui.parts.html import notice, page, section, text

ENDINGS = {".pptx": "Slides", ".xlsx": "Workbook", ".html": "Page", ".md": "Record",
           ".csv": "Table", ".json": "Data"}  # fmt: skip


def template() -> bytes:
    """The visitor's own template for the slides; empty where there is none."""
    with st.expander("Slides in your company's template"):
        given = st.file_uploader(
            "A PowerPoint file (.pptx); its master and colours are used, its slides are not",
            type=["pptx"],
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
    """Draw a button for each format, with what the file holds."""
    name = wish.analysis.decision.id
    suffixes = [suffix for suffix in ORDER if suffix in formats()]
    whole = st.container(gap="medium")
    for start in range(0, len(suffixes), 3):
        columns = whole.columns(3, gap="medium")
        for column, suffix in zip(columns, suffixes[start:], strict=False):
            with column:
                st.html(
                    page(
                        section(
                            f"{ENDINGS[suffix]} ({suffix})",
                            HOLDS[suffix],
                        )
                    )
                )
                st.download_button(
                    f"Download the {ENDINGS[suffix].lower()}",
                    partial(wish.made, suffix),
                    f"{name}{suffix}",
                    MIME[suffix],
                    key=f"take{suffix}",
                    on_click="ignore",
                )


def shown(preview: Callable[[Wish, str], Sequence[Sequence[str]] | str], wish: Wish) -> None:
    """Draw what a file says, to look at first."""
    what = st.segmented_control("Look at it first", PREVIEWED, key="preview")
    if not what:
        return
    with st.spinner(f"The {what.lower()} are made …" if what != "Record" else "It is made …"):
        told = preview(wish, what)
    if isinstance(told, str):
        st.code(told, language=None, wrap_lines=True)
        return
    head, *rows = told
    heads = "".join(f'<th scope="col">{text(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    st.html(
        page(
            f'<div class="wide" tabindex="0" role="region" aria-label="{text(what)}">'
            f'<table class="plain taken"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>'
            "</table></div>"
        )
    )
