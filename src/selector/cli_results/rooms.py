"""`selector workshop list`: the rooms of this server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from selector.cli_output import Data, columns

if TYPE_CHECKING:
    from selector.workshop.records import Room


def data(rooms: Sequence[Room]) -> Data:
    """What anybody may know of each room."""
    return {
        "rooms": [
            {
                "code": room.code,
                "title": room.title,
                "phase": room.phase,
                "round": room.round,
                "created": None if room.created is None else f"{room.created:%Y-%m-%d}",
                "changed": None if room.used is None else f"{room.used:%Y-%m-%d}",
                "rehearsal": room.is_rehearsal,
            }
            for room in rooms
        ]
    }


def table(data: Data) -> Iterable[str]:
    """A line for each room."""
    if not data["rooms"]:
        yield "no rooms"
        return
    keys = ("code", "phase", "round", "created", "changed", "title")
    rows = [["" if room[key] is None else str(room[key]) for key in keys] for room in data["rooms"]]
    yield from columns(keys, rows, {2})
