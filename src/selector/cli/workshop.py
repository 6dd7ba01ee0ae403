"""Commands on the rooms of workshops, for whoever runs the server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selector import cli_output as output
from selector.cli._app import As, Format, app
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.workshop.service import Workshops

workshop = typer.Typer(
    no_args_is_help=True,
    help="List, keep and remove the rooms of workshops, in the database of this server.",
)
app.add_typer(workshop, name="workshop")
Code = Annotated[str, typer.Argument(metavar="CODE", help="The room's code.")]


@contextmanager
def _rooms() -> Iterator[Workshops]:
    from selector.workshop.service import Workshops
    from selector.workshop.store import open_store

    store = open_store()
    try:
        yield Workshops(store, changed=store.announce)
    finally:
        store.close()


@workshop.command("list")
def list_rooms(format: As = Format.table) -> None:
    """List all rooms, the newest first."""
    from selector.cli_results import rooms as result

    with _rooms() as workshops:
        data = result.data(workshops.rooms())
    output.show(data, format.value, result.table)


@workshop.command("export")
def export_room(
    code: Code,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")],
) -> None:
    """Write a room with all that is in it, to keep it or to move it to another database."""
    with _rooms() as workshops:
        raw = workshops.take_out(code)
    try:
        # Names and digests of tokens are in it: for this user alone.
        with open(os.open(to, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(raw)
    except OSError as error:
        raise UsageError(f"{to}: cannot be written: {error.strerror}") from error
    output.say([f"{to}: room {code}"])


@workshop.command("import")
def import_room(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What export wrote.")],
) -> None:
    """Put a room back under its code; phones and whoever runs it go on."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    with _rooms() as workshops:
        room = workshops.put_in(raw, file.name)
    output.say([f"room {room.code}: {room.title}"])


@workshop.command()
def delete(code: Code) -> None:
    """Remove a room with all that is in it."""
    with _rooms() as workshops:
        workshops.delete(code, None)
    output.say([f"room {code}: removed"])


@workshop.command()
def forget(code: Code) -> None:
    """Take names, comments and devices out of a closed room; weights and results stay."""
    with _rooms() as workshops:
        workshops.forget_people(code, None)
    output.say([f"room {code}: names and comments removed"])


@workshop.command()
def tidy(
    days: Annotated[
        float, typer.Option(metavar="N", min=0, help="Without a change for so many days.")
    ] = 365,
) -> None:
    """Remove the rooms that nobody has changed for long."""
    with _rooms() as workshops:
        count = workshops.tidy(days)
    output.say([f"{count} rooms removed"])
