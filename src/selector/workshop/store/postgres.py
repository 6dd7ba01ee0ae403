"""PostgreSQL: a pool of connections, and what processes tell each other over it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import URL, create_engine

from selector.workshop.store.common import WAIT, Result, Work, available
from selector.workshop.store.notices import Notices
from selector.workshop.store.upgrading import upgrade


class Postgres:
    """A server, and a pool of connections to it."""

    def __init__(self, url: URL) -> None:
        self.engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=8,
            max_overflow=8,
            pool_timeout=WAIT,
            pool_pre_ping=True,
            connect_args={"connect_timeout": int(WAIT)},
            hide_parameters=True,  # from logs: people's names and words are among them
        )
        with available():
            upgrade(self.engine)
        plain = url.set(drivername="postgresql")
        self._notices = Notices(plain.render_as_string(hide_password=False))

    def read(self, work: Work[Result]) -> Result:
        """What `work` reads."""
        with available(), self.engine.connect() as connection:
            return work(connection)

    def write(self, work: Work[Result]) -> Result:
        """What `work` returns, once what it wrote is on disk."""
        with available(), self.engine.begin() as connection:
            return work(connection)

    def announce(self, code: str) -> None:
        """Tell the other processes that a room has changed."""
        self._notices.tell(code)

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with the code of each room that another process announces."""
        self._notices.hear(heard)

    def close(self) -> None:
        """Let go of the database."""
        self._notices.close()
        self.engine.dispose()
