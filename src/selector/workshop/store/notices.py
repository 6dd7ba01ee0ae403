"""What processes tell each other of rooms, by LISTEN and NOTIFY of PostgreSQL.

A notice is a hint to look, never what is to be seen: whoever misses one looks by and by anyway. So
telling holds nobody up, and a server that cannot be had is tried again and again.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from typing import Any

import psycopg

CHANNEL = "selector_rooms"
TOGETHER = 0.1  # seconds in which a room is told of once, however often it changes
AGAIN = (0.1, 5.0)  # seconds before the next try of a connection: at first, and at most
_GLANCE = 0.25  # seconds after which a thread that waits sees that it is to end
_KEPT: dict[str, Any] = {"connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10}
_log = logging.getLogger(__name__)


class Notices:
    """Tells and hears on connections of its own, each in its own thread."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._me = secrets.token_hex(4)  # what one tells, one need not hear
        self._changed: set[str] = set()
        self._bell = threading.Condition()
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    def tell(self, code: str) -> None:
        """Tell the others that a room has changed, in a moment."""
        with self._bell:
            self._changed.add(code)
            self._bell.notify()
            if not any(thread.name == "telling" for thread in self._threads):
                self._start("telling", self._tell_on)

    def hear(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with the code of each room that another process tells of."""

        def on(connection: psycopg.Connection) -> None:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._ended.is_set():
                for notice in connection.notifies(timeout=_GLANCE):
                    sender, _, code = notice.payload.partition(" ")
                    if sender != self._me and not self._ended.is_set():
                        heard(code)

        with self._bell:
            self._start("hearing", on)

    def close(self) -> None:
        """End both threads."""
        self._ended.set()
        with self._bell:
            self._bell.notify_all()
        for thread in self._threads:
            thread.join(2 * _GLANCE)

    def _tell_on(self, connection: psycopg.Connection) -> None:
        while not self._ended.is_set():
            with self._bell:
                self._bell.wait_for(lambda: self._changed or self._ended.is_set())
                codes, self._changed = self._changed, set()
            try:
                for code in codes:
                    told = f"{self._me} {code}"
                    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, told))
            except psycopg.Error:
                with self._bell:
                    self._changed |= codes  # by the next connection
                raise
            self._ended.wait(TOGETHER)

    def _start(self, name: str, on: Callable[[psycopg.Connection], None]) -> None:
        thread = threading.Thread(target=self._keep, args=(name, on), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _keep(self, name: str, on: Callable[[psycopg.Connection], None]) -> None:
        """Do it on one connection after another, until the end."""
        wait, most = AGAIN
        while not self._ended.is_set():
            try:
                with psycopg.connect(self._conninfo, autocommit=True, **_KEPT) as connection:
                    wait = AGAIN[0]
                    on(connection)
            except psycopg.Error as error:
                _log.info("%s of rooms: the connection is lost: %s", name, type(error).__name__)
                self._ended.wait(wait)
                wait = min(2 * wait, most)
