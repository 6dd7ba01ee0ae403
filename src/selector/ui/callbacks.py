"""What a press does is done whole, however soon the next one comes, and none is lost."""

from __future__ import annotations

from functools import cache
from typing import Any

from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType
from streamlit.runtime.state import SafeSessionState


@cache  # once for each process
def do_whole() -> None:
    """Let what a press calls come to its end, and let no press be taken back by a run.

    Where another run is asked for, Streamlit ends the one under way as soon as it touches the
    session. Within a callback that took back what was pressed: another page, pressed some
    milliseconds after a decision was opened, showed the one before. So callbacks do not give way;
    Streamlit asks right after whether to go on. That runs of a session do not overlap is said in
    `.streamlit/config.toml` (`fastReruns`).

    A run that goes to another page waits a moment before it asks for that page, and what is asked
    last holds: a page pressed in that moment was never shown. So a run gives way to a press.
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
    setattr(ScriptRequests, ScriptRequests.request_rerun.__name__, _ask)


def _go_on() -> None:
    """Do not look whether another run is asked for."""


def _ask(requests: ScriptRequests, asked: RerunData) -> bool:
    """Ask for another run, but from within a run not where another page was pressed meanwhile."""
    run = get_script_run_ctx(suppress_warning=True)
    with requests._lock:
        waits = requests._state is ScriptRequestType.RERUN
        if run is not None and run.script_requests is requests and waits:
            pressed = requests._rerun_data.page_script_hash
            if pressed not in ("", run.page_script_hash):
                return True  # the run ends as soon as it looks, and that page comes
        return requests._request_rerun_locked(asked)
