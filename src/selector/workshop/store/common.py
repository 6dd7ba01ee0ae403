"""What both kinds of database share: how they are spoken to, and when they cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from selector.workshop.errors import Refused

URL_VARIABLE = "SELECTOR_DATABASE_URL"
WAIT = 5.0  # seconds that a database is waited for
UNAVAILABLE = (OperationalError, InterfaceError, InternalError, DisconnectionError, PoolTimeout)

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


@contextmanager
def available() -> Iterator[None]:
    """Turn what a database says of itself, not of the work, into Refused 503."""
    try:
        yield
    except UNAVAILABLE as error:
        raise _unavailable(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _unavailable(error) from error
        raise


def _unavailable(error: Exception) -> Refused:
    # SQLite ends the whole transaction on a full disk, so that to leave a savepoint fails as well.
    full = any("full" in str(getattr(one, "orig", one)) for one in _with_what_led_to_it(error))
    why = "The disk of the server is full" if full else "The storage cannot be reached just now"
    return Refused(503, f"{why}; nothing was lost, try again.")


def _with_what_led_to_it(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__
