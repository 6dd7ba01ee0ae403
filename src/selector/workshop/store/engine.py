"""Two ways to one end: a write has reached the disk before it is acknowledged."""

from __future__ import annotations

import os

from sqlalchemy import make_url

from selector.catalog.shelves import data_folder
from selector.domain.problem import UsageError
from selector.workshop.store.common import URL_VARIABLE, Store
from selector.workshop.store.sqlite import Sqlite

FILE = "workshops.sqlite3"


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
        return Sqlite(parsed.database or "")
    if kind == "postgresql":
        try:
            from selector.workshop.store.postgres import Postgres
        except ImportError as error:
            raise UsageError(
                "PostgreSQL needs its driver; install selector-decisions[postgres]"
            ) from error
        return Postgres(parsed)
    raise UsageError(f"{URL_VARIABLE}: {kind} is not known; give sqlite:/// or postgresql://")
