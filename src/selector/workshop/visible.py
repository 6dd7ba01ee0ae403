"""Who may see what in a room: the one rule that pages, routes, events and exports pass through.

Before the reveal there is nothing to see but counts, for anybody, whoever runs the room included:
an opinion that was seen too early would shape the ones that follow.
"""

from typing import Literal, NamedTuple

from selector.workshop.errors import Refused
from selector.workshop.records import Room

What = Literal["state", "results", "comments", "own ballot", "people", "names", "outcome", "room"]
"""Counts and phase; a round's results; its comments; one's own ballot; who is in the room; whose
ballot is whose; the decision with what the room said; all that is stored of it."""


class Viewer(NamedTuple):
    """Who asks: anybody, a participant by id, or the facilitator."""

    kind: Literal["anybody", "participant", "facilitator"] = "anybody"
    participant: str = ""


ANYBODY = Viewer()
FACILITATOR = Viewer("facilitator")


def may_see(viewer: Viewer, what: What, room: Room, round_: int = 0) -> bool:
    """Whether somebody may see this of a room; `round_` is the round that it is about."""
    if what == "state":
        return True
    if what in ("results", "comments"):
        return 1 <= round_ <= room.revealed
    if what == "names":
        return room.rules.is_named and 1 <= round_ <= room.revealed
    if what == "own ballot":
        return viewer.kind == "participant"
    if what == "outcome":
        return viewer.kind == "facilitator" and room.revealed > 0 and not room.is_rehearsal
    if what == "room":  # the ballots of a round that was not revealed would be in it
        return viewer.kind == "facilitator" and room.revealed == room.round
    return viewer.kind == "facilitator"


def see(viewer: Viewer, what: What, room: Room, round_: int = 0) -> None:
    """Refused where somebody may not see this, with the reason."""
    if may_see(viewer, what, room, round_):
        return
    if what in ("results", "comments", "names"):
        if round_ < 1 or round_ > room.round:
            raise Refused(403, "There is no such round yet.")
        raise Refused(403, "Nobody sees anything of this round before it is revealed.")
    if what == "outcome" and viewer.kind == "facilitator" and room.is_rehearsal:
        raise Refused(403, "This was a rehearsal: what was made up goes into no decision.")
    if what == "outcome" and viewer.kind == "facilitator":
        raise Refused(403, "No round was revealed yet, so there is nothing to take along.")
    if what == "room" and viewer.kind == "facilitator" and room.phase == "closed":
        raise Refused(403, "The last round was never revealed; nobody sees what is in it.")
    if what == "room" and viewer.kind == "facilitator":
        raise Refused(403, "A vote is open; a room can be taken out once it is revealed.")
    if viewer.kind == "anybody":
        raise Refused(401, "Send the token that you were given for this.")
    raise Refused(403, "This is not for you to see.")
