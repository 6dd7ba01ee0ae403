"""Where rooms are kept: SQLite by default, PostgreSQL by address."""

from selector.workshop.store.common import Store
from selector.workshop.store.engine import default_url, open_store

__all__ = ["Store", "default_url", "open_store"]
