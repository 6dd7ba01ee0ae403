"""What a press does is done whole, however soon the next one comes."""

from __future__ import annotations

from functools import cache
from typing import Any

from streamlit.runtime.state import SafeSessionState


@cache  # once for each process
def do_whole() -> None:
    """Let what a press calls come to its end before the next run of the session begins.

    Where another run is asked for, Streamlit ends the one under way as soon as it touches the
    session. Within a callback that took back what was pressed: another page, pressed some
    milliseconds after a decision was opened, showed the one before. So callbacks do not give way;
    Streamlit asks right after whether to go on. That runs of a session do not overlap is said in
    `.streamlit/config.toml` (`fastReruns`).
    """
    take = SafeSessionState.on_script_will_rerun

    def take_whole(session: SafeSessionState, *given: Any, **named: Any) -> None:
        give_way = session._yield_callback
        object.__setattr__(session, "_yield_callback", _go_on)
        try:
            take(session, *given, **named)
        finally:
            object.__setattr__(session, "_yield_callback", give_way)

    setattr(SafeSessionState, take.__name__, take_whole)


def _go_on() -> None:
    """Do not look whether another run is asked for."""
