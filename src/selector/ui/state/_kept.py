"""What all parts of the state stand on."""

from __future__ import annotations

import secrets
from functools import cached_property

import streamlit as st

from selector.catalog.drafts import Draft
from selector.catalog.library import Library
from selector.ui import reading


class Kept:
    """What the session keeps, and the data files as they stand now."""

    def __init__(self) -> None:
        self._kept = st.session_state
        self._now = reading.stamp_of(Library())
        self.library = reading.library_at(self._now)
        self.notice = ""
        self._drafts: dict[str, Draft | None] = {}  # as they stood when this run began

    @cached_property
    def known(self) -> list[str]:
        """The ids of the decisions there are, looked up once for each run of the page."""
        return self.library.decision_ids()

    @property
    def visit(self) -> str:
        """A name for this session, for the browser to notice when it has another."""
        if "visit" not in self._kept:
            self._kept["visit"] = secrets.token_hex(4)
        visit: str = self._kept["visit"]
        return visit
