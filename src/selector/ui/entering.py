"""Signing in, where whoever runs the server asks for it: by OpenID Connect, as Streamlit has it.

Off unless SELECTOR_SIGN_IN is set. Then no page is drawn, and no decision read, for somebody who
has not signed in. The light pages of workshops stay open: people join them without an account.
"""

from __future__ import annotations

import os

import streamlit as st
from streamlit.errors import StreamlitAuthError

from selector.ui.parts.html import notice, page

VARIABLE = "SELECTOR_SIGN_IN"


def is_asked() -> bool:
    """Whether visitors must sign in."""
    return os.environ.get(VARIABLE, "").strip().lower() not in ("", "0", "no", "false")


def may_enter() -> bool:
    """Whether the visitor may see the pages."""
    return not is_asked() or bool(st.user.get("is_logged_in", False))


def draw() -> None:
    """Draw the way in, and nothing else."""
    st.html(
        page(
            "<h1>Sign in to Selector</h1>",
            '<p class="sub">Decisions on this server are for people of your organisation. A '
            "workshop is joined by its code, without an account.</p>",
        )
    )
    if st.button("Sign in", type="primary"):
        try:
            st.login()
        except StreamlitAuthError:
            st.html(
                notice(
                    "Signing in is asked for but not set up: whoever runs this server must name "
                    "the provider under [auth] in Streamlit’s secrets and install "
                    "selector-decisions[sign-in]."
                )
            )


def draw_way_out() -> None:
    """Draw, in the side bar, the way to sign out."""
    if is_asked() and st.button("Sign out"):
        st.logout()
