"""Finds the pages, groups them, and runs the one that is asked for."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from selector.ui import entering, failing, look
from selector.ui import pages as pages_folder
from selector.ui.parts import frame, html, keep, side
from selector.ui.state import State

APART = ("vendors", "words", "start", "edit")  # pages that stand where the decision is broken
UNCOSTED = ("cost", "vendors", "words", "start")  # which tell the figures, or rest on none
# Shipped with the app, like the font: nothing is fetched from elsewhere.
ICON = Path(__file__).parent / "served" / "static" / "selector.svg"


@dataclass(frozen=True)
class Page:
    """A page: its title, the section of the menu it stands in, and what draws it."""

    name: str
    title: str
    section: str
    icon: str
    show: Callable[[State], None]


@cache
def pages() -> tuple[Page, ...]:
    """Every module of ui/pages without a leading underscore, in the order of the names."""
    found = []
    for module in sorted(pkgutil.iter_modules(pages_folder.__path__), key=lambda m: m.name):
        if not module.name.startswith("_"):
            page = importlib.import_module(f"{pages_folder.__name__}.{module.name}")
            name = module.name.split("_", 1)[1]
            found.append(Page(name, page.TITLE, page.SECTION, page.ICON, page.show))
    return tuple(found)


def show() -> None:
    """Draw the frame and the page that is asked for."""
    st.set_page_config(layout="wide", page_icon=str(ICON), page_title="Selector")
    st.html(look.style())
    if not entering.may_enter():
        entering.draw()
        return
    state = State()
    sections: dict[str, list[StreamlitPage]] = {}
    by_name: dict[str, StreamlitPage] = {}
    for page in pages():
        by_name[page.name] = st.Page(
            _runner(page, state),
            title=page.title,
            icon=page.icon or None,
            url_path="home" if page is pages()[0] else page.name,
            default=page is pages()[0],
        )
        sections.setdefault(page.section, []).append(by_name[page.name])
    with st.sidebar:
        side.draw(state)
        entering.draw_way_out()
    # One list, section after section: with headings Streamlit's is none to a screen reader.
    listed = [page for section in sections.values() for page in section]
    every = [*listed, _by_its_name(pages()[0], by_name)]
    shown = st.navigation(every, expanded=True)  # else the last stand behind "View 3 more"
    here = next((name for name, page in by_name.items() if page is shown), "")
    following = by_name.get(state.next_page(here))
    if following is not None:
        st.switch_page(following)
    with st.container():  # there on every run, so that what follows stays in its place
        keep.offer(state)
    shown.run()
    state.write_link()


def _by_its_name(first: Page, by_name: Mapping[str, StreamlitPage]) -> StreamlitPage:
    """What stands at the first page's name: the way to the bare address, where that page is."""

    def run() -> None:
        st.switch_page(by_name[first.name])

    return st.Page(run, title=first.title, url_path=first.name, visibility="hidden")


def _runner(page: Page, state: State) -> Callable[[], None]:
    def run() -> None:
        st.set_page_config(page_title=f"{page.title} · Selector")
        frame.draw(page.name, [each.name for each in pages()], state.visit)
        wrong = st.empty()  # above what could still be drawn
        if state.told:
            st.html(html.notice(state.told, "ok"))
        if state.notice:
            st.html(html.notice(state.notice))
        if state.figures and page.name not in UNCOSTED:
            count = len(state.figures)
            told = "1 figure of cost is" if count == 1 else f"{count} figures of cost are"
            them = "it" if count == 1 else "them"
            st.html(
                html.notice(f"{told} yours, not the file's; Cost shows and resets {them}.", "own")
            )
        try:
            if page.name not in APART and state.method_notice:
                st.html(html.notice(state.method_notice))
            page.show(state)
        except Exception as error:
            failing.shown(error, wrong)

    run.__name__ = page.name
    return run
