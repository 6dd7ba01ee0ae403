"""What all requests of a process share: the rooms, the events and the limits."""

from __future__ import annotations

import os
import signal
import threading
from functools import cached_property
from types import FrameType
from typing import Any

from starlette.requests import Request

from selector.workshop.service import Workshops
from selector.workshop.store import open_store
from selector.workshop.web.hub import Hub
from selector.workshop.web.limits import Misses

ADMIN_VARIABLE = "SELECTOR_ADMIN_KEY"
SITE_VARIABLE = "SELECTOR_URL"  # set by `selector ui --lan`, or by whoever hosts it


class House:
    """Opened on first use, so that the app starts though the database cannot be had."""

    def __init__(self, url: str | None = None) -> None:
        self._url = url
        self._lock = threading.Lock()
        self.misses = Misses()
        self.is_reached = False
        """Whether another device has opened a page for phones."""

    @property
    def workshops(self) -> Workshops:
        """All rooms; Refused 503 where the database cannot be had."""
        with self._lock:
            return self._workshops

    @cached_property
    def _workshops(self) -> Workshops:
        store = open_store(self._url)
        made = Workshops(store, changed=self._changed)
        store.listen(self.hub.poke)
        return made

    @cached_property
    def hub(self) -> Hub:
        """Who watches which room."""
        return Hub(lambda code: self.workshops.look(code))

    def _changed(self, code: str) -> None:
        self.hub.poke(code)
        self._workshops.store.announce(code)

    def site(self, request: Request) -> str:
        """The address under which phones reach this server: as set, else as it was asked for."""
        own = os.environ.get(SITE_VARIABLE, "").rstrip("/")
        return own or f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"

    @property
    def admin_key(self) -> str:
        """The key that opens rooms from elsewhere; empty where none is set."""
        return os.environ.get(ADMIN_VARIABLE, "")

    def close(self) -> None:
        """Let go of the database and of whoever watches."""
        self.hub.close()
        with self._lock:
            if "_workshops" in self.__dict__:
                self._workshops.store.close()
                del self.__dict__["_workshops"]

    def let_go_on_signals(self) -> None:
        """End the event streams when the server is told to stop, for it waits for them."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)

            def heard(received: int, frame: FrameType | None, before: Any = before) -> None:
                self.hub.close()
                if callable(before):
                    before(received, frame)

            if callable(before):  # whoever serves has a handler of their own
                signal.signal(number, heard)
