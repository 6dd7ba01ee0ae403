"""Bring a database to the newest form, by the migrations beside this module."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from selector.domain.problem import UsageError

NEWEST = "0001"
_LOCK = 7357012  # an advisory lock of PostgreSQL: processes that start together upgrade once


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest form; UsageError where it is newer than this program."""
    with engine.connect() as connection:
        if _revision(connection) == NEWEST:
            return
    with engine.connect() as connection:
        begun = connection.execution_options(writes=True).begin()
        with begun:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            if _revision(connection) != NEWEST:
                _migrate(connection)


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found or ""


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script.revision import ResolutionError
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except (CommandError, ResolutionError) as error:
        raise UsageError(
            "The database of workshops was made by a newer Selector; use that one, or name "
            "another database"
        ) from error
