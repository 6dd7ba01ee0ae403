"""Two ways to one end: a write has reached the disk before it is acknowledged.

SQLite takes one writer at a time, so one thread writes for all: what waits meanwhile goes into the
next transaction together, each piece in a savepoint of its own, and one flush to disk serves them
all. PostgreSQL does the same by itself.
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
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from selector.catalog.shelves import data_folder
from selector.domain.problem import UsageError
from selector.workshop.errors import Refused
from selector.workshop.store.upgrading import upgrade

URL_VARIABLE = "SELECTOR_DATABASE_URL"
FILE = "workshops.sqlite3"
MOST_TOGETHER = 256  # pieces of work in one transaction of SQLite
WAIT = 5.0  # seconds that a locked database is waited for
_UNAVAILABLE = (OperationalError, InterfaceError, InternalError, DisconnectionError, PoolTimeout)

Result = TypeVar("Result")
Work = Callable[[Connection], Result]


class Store(Protocol):
    """A database of rooms. Both calls raise Refused 503 where it cannot be had."""

    engine: Engine

    def read(self, work: Work[Result]) -> Result:
        """What `work` reads, from one moment."""

    def write(self, work: Work[Result]) -> Result:
        """What `work` returns, once what it wrote is on disk; nothing is written if it raises."""

    def announce(self, code: str) -> None:
        """Tell the other processes that a room has changed; soon, and perhaps not at all."""

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with the code of each room that another process announces."""

    def close(self) -> None:
        """Let go of the database."""


def default_url() -> str:
    """Where rooms are kept: SELECTOR_DATABASE_URL, else a file in the user's data folder."""
    return os.environ.get(URL_VARIABLE) or f"sqlite:///{data_folder() / FILE}"


def open_store(url: str | None = None) -> Store:
    """The database at an address, brought to the newest form.

    UsageError where the address is of no kind that is known, Refused 503 where it cannot be had.
    """
    address = url or default_url()
    try:
        parsed = make_url(address)
    except Exception as error:
        raise UsageError(
            f"{URL_VARIABLE}: no address of a database; give sqlite:///FILE or "
            "postgresql://USER:PASSWORD@HOST/NAME"
        ) from error
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return _Sqlite(parsed.database or "")
    if kind == "postgresql":
        try:
            import psycopg  # noqa: F401
        except ImportError as error:
            raise UsageError(
                "PostgreSQL needs its driver; install selector-decisions[postgres]"
            ) from error
        return _Postgres(parsed.set(drivername="postgresql+psycopg"))
    raise UsageError(f"{URL_VARIABLE}: {kind} is not known; give sqlite:/// or postgresql://")


@contextmanager
def available() -> Iterator[None]:
    """Turn what a database says of itself, not of the work, into Refused 503."""
    try:
        yield
    except _UNAVAILABLE as error:
        raise _unavailable(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _unavailable(error) from error
        raise


def _unavailable(error: Exception) -> Refused:
    full = "full" in str(getattr(error, "orig", error))
    why = "The disk of the server is full" if full else "The storage cannot be reached just now"
    return Refused(503, f"{why}; nothing was lost, try again.")


class _Sqlite:
    """One file, one thread that writes."""

    def __init__(self, path: str) -> None:
        if path not in ("", ":memory:"):
            _private(Path(path))
        # A database in memory is one connection's own, so that only a file serves.
        elif path == "" or path == ":memory:":
            raise UsageError(f"{URL_VARIABLE}: name a file, such as sqlite:///rooms.sqlite3")
        self.engine = create_engine(
            f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": WAIT}
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
        with available(), self.engine.connect() as connection:
            return work(connection)

    def write(self, work: Work[Result]) -> Result:
        if self._is_closed:
            raise Refused(503, "The server is stopping; try again.")
        done: Future[Result] = Future()
        self._waiting.put((work, done))
        return done.result()

    def announce(self, code: str) -> None:
        pass  # whoever watches looks every two seconds

    def listen(self, heard: Callable[[str], None]) -> None:
        pass

    def close(self) -> None:
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
    except _UNAVAILABLE:
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


class _Postgres:
    """A server, and a pool of connections to it."""

    def __init__(self, url: Any) -> None:
        self.engine = create_engine(
            url, pool_size=8, max_overflow=8, pool_timeout=WAIT, pool_pre_ping=True
        )
        with available():
            upgrade(self.engine)

    def read(self, work: Work[Result]) -> Result:
        with available(), self.engine.connect() as connection:
            return work(connection)

    def write(self, work: Work[Result]) -> Result:
        with available(), self.engine.begin() as connection:
            return work(connection)

    def announce(self, code: str) -> None:
        pass

    def listen(self, heard: Callable[[str], None]) -> None:
        pass

    def close(self) -> None:
        self.engine.dispose()
