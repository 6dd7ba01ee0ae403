"""What a press does is done whole, however soon the next one comes."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any
from weakref import WeakValueDictionary

from streamlit.runtime.state import SafeSessionState

_finding = threading.Lock()
_by_session: WeakValueDictionary[int, threading.Lock] = WeakValueDictionary()


@cache  # once for each process: its lock is not to be waited for within itself
def do_whole() -> None:
    """Let what a press calls come to its end before the next run of the session looks at it.

    Streamlit begins the next run beside the one that is under way, which ends where it touches the
    session. Within a callback that took back what was pressed: another page, pressed some
    milliseconds after a decision was opened, showed the one before. So callbacks of a session do
    not give way, and come one after the other; Streamlit asks right after whether to go on.
    """
    take = SafeSessionState.on_script_will_rerun

    def take_whole(session: SafeSessionState, *given: Any, **named: Any) -> None:
        give_way = session._yield_callback
        object.__setattr__(session, "_yield_callback", _go_on)
        try:
            with _lock_of(session):
                take(session, *given, **named)
        finally:
            object.__setattr__(session, "_yield_callback", give_way)

    setattr(SafeSessionState, take.__name__, take_whole)


def _lock_of(session: SafeSessionState) -> threading.Lock:
    """One for all runs of a session: each has a SafeSessionState of its own, of one state."""
    with _finding:
        return _by_session.setdefault(id(session._state), threading.Lock())


def _go_on() -> None:
    """Do not look whether another run is asked for."""
