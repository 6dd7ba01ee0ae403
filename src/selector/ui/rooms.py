"""The rooms of this process, for the routes and the page Workshop alike."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import streamlit as st

from selector.workshop.web import House
from selector.workshop.web.guard import is_local
from selector.workshop.web.house import SITE_VARIABLE

HOUSE = House()


def site() -> str:
    """The address under which phones reach this server, as far as is known."""
    own = os.environ.get(SITE_VARIABLE, "").rstrip("/")
    if own:
        return own
    here = urlsplit(str(st.context.url or ""))
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def reaches_phones() -> bool:
    """Whether other devices can open that address; not where it names this very computer."""
    host = urlsplit(site()).hostname or ""
    return not is_local("127.0.0.1", {"host": host})


def is_here() -> bool:
    """Whether the visitor sits at the computer that serves."""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    # Streamlit gives no address for one that is this computer's own.
    return is_local(st.context.ip_address or "127.0.0.1", headers)
