"""SQLite: one file, and one thread that writes for all.

It takes one writer at a time: what waits meanwhile goes into the next transaction together, each
piece in a savepoint of its own, and one flush to disk serves them all.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event

from selector.domain.problem import UsageError
from selector.workshop.errors import Refused
from selector.workshop.store.common import (
    UNAVAILABLE,
    URL_VARIABLE,
    WAIT,
    Result,
    Work,
    available,
)
from selector.workshop.store.upgrading import upgrade

MOST_TOGETHER = 256  # pieces of work in one transaction


class Sqlite:
    """One file, one thread that writes."""

    def __init__(self, path: str) -> None:
        if path not in ("", ":memory:"):
            _private(Path(path))
        # A database in memory is one connection's own, so that only a file serves.
        elif path == "" or path == ":memory:":
            raise UsageError(f"{URL_VARIABLE}: name a file, such as sqlite:///rooms.sqlite3")
        self.engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"check_same_thread": False, "timeout": WAIT},
            hide_parameters=True,  # from logs: people's names and words are among them
        )
        event.listen(self.engine, "connect", _set_up)
        event.listen(self.engine, "begin", _begin)
        with available():
            upgrade(self.engine)
        self._waiting: queue.SimpleQueue[tuple[Work[Any], Future[Any]] | None] = queue.SimpleQueue()
        self._is_closed = False
        self._writer = threading.Thread(target=self._write_on, name="rooms", daemon=True)
        self._writer.start()

    def read(self, work: Work[Result]) -> Result:
        """What `work` reads."""
        with available(), self.engine.connect() as connection:
            return work(connection)

    def write(self, work: Work[Result]) -> Result:
        """What `work` returns, once what it wrote is on disk."""
        if self._is_closed:
            raise Refused(503, "The server is stopping; try again.")
        done: Future[Result] = Future()
        self._waiting.put((work, done))
        return done.result()

    def announce(self, code: str) -> None:
        """Nothing: whoever watches looks every two seconds."""

    def listen(self, heard: Callable[[str], None]) -> None:
        """Nothing is heard."""

    def close(self) -> None:
        """Let go of the database."""
        if not self._is_closed:
            self._is_closed = True
            self._waiting.put(None)
            self._writer.join(WAIT)
            self.engine.dispose()

    def _write_on(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch = [first]
            with contextlib.suppress(queue.Empty):
                while len(batch) < MOST_TOGETHER:
                    more = self._waiting.get_nowait()
                    if more is None:
                        self._waiting.put(None)
                        break
                    batch.append(more)
            self._write_together(batch)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def _write_together(self, batch: list[tuple[Work[Any], Future[Any]]]) -> None:
        """One transaction for all of them; an answer only once it is on disk."""
        answers: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with available(), self._writing() as connection:
                for work, done in batch:
                    answers.append((done, *_in_savepoint(connection, work)))
        except BaseException as error:  # whoever waits must hear of it
            for _, done in batch:
                done.set_exception(error)
            return
        for done, value, failure in answers:
            if failure is None:
                done.set_result(value)
            else:
                done.set_exception(failure)


def _in_savepoint(connection: Connection, work: Work[Any]) -> tuple[Any, BaseException | None]:
    """What work gives, or why it failed; then nothing of it is left.

    A fault of the database itself is raised, for the whole transaction falls with it.
    """
    point = connection.begin_nested()
    try:
        value = work(connection)
        point.commit()
    except UNAVAILABLE:
        raise
    except Exception as error:
        point.rollback()
        return None, error
    return value, None


def _private(path: Path) -> None:
    """Make the file and its folder for this user alone, where they are not there yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise Refused(503, f"The rooms cannot be kept in {path}: {error.strerror}.") from error


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, for DDL as well
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
