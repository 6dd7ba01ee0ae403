"""The ASGI app: the Streamlit pages and our own routes in one process."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.starlette import App

from selector.ui.callbacks import do_whole
from selector.ui.rooms import HOUSE
from selector.workshop.web import routes
from selector.workshop.web.connections import open_more, send_at_once

# Streamlit takes static/ and .streamlit/ from beside its script; pages/ must not stand there, for
# it would run the modules in it as scripts of their own.
MAIN = Path(__file__).parent / "served" / "main.py"


async def health(_request: Request) -> JSONResponse:
    """Answer that the process serves; no secrets, no state."""
    return JSONResponse({"status": "ok"})


@asynccontextmanager
async def _lifespan(_app: App) -> AsyncIterator[None]:
    from selector.mcda.robustness.parts import one_blas_thread
    from selector.ui import reading, router

    do_whole()
    router.pages()
    reading.warm()
    _keep_for_good()
    threading.Thread(target=_warm_more, name="warming", daemon=True).start()
    HOUSE.let_go_on_signals()
    open_more()
    send_at_once()
    with one_blas_thread():  # for good: to set it and lift it at each sampling takes longer
        yield
    HOUSE.close()


def _warm_more() -> None:
    """Load, beside the first visitor, what the other pages want."""
    from selector.ui import reading

    reading.warm_more()
    _keep_for_good()


def _keep_for_good() -> None:
    """Leave what is loaded by now out of all later searches for garbage: it stays for good."""
    gc.collect()
    gc.freeze()


def _failed(error: Exception) -> bool:
    """What no page has caught: a fault in a callback, a fragment, or before any page is drawn."""
    from selector.ui import failing

    return failing.shown(error)


PARTS: dict[str, Any] = {
    "routes": [Route("/api/health", health), *routes(HOUSE)],
    "lifespan": _lifespan,
    "on_script_error": _failed,
}


def serve(port: int = 8501, host: str = "127.0.0.1") -> None:
    """Run the packaged app until it is stopped; `port` and `host` are where it listens."""
    sys.argv = [str(MAIN)]  # Streamlit finds its settings (.streamlit) beside this
    App(MAIN, **PARTS).run(config={"server.port": port, "server.address": host})
