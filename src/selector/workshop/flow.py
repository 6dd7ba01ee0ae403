"""The phases of a room, and when a ballot is taken."""

from datetime import datetime

from selector.workshop.errors import Refused
from selector.workshop.records import Phase, Room

_NEXT: dict[Phase, tuple[Phase, ...]] = {
    "lobby": ("voting", "closed"),
    "voting": ("revealed", "closed"),
    "revealed": ("voting", "closed"),
    "closed": (),
}


def moved(room: Room, phase: Phase) -> Room:
    """The room in another phase. `voting` opens the first round, or after a reveal the next.

    Asking for the phase that it is in changes nothing, for an answer may have been lost. Refused
    where the phases do not follow each other.
    """
    if phase == room.phase:
        return room
    if phase not in _NEXT[room.phase]:
        able = _NEXT[room.phase]
        told = f"it can go on to {' or '.join(able)}" if able else "it stays so"
        raise Refused(409, f"The room is {_told(room.phase)}; {told}, not to {phase}.")
    if phase == "voting":
        return room._replace(phase=phase, round=room.round + 1, timer=None)
    if phase == "revealed":
        return room._replace(phase=phase, revealed=room.round, timer=None)
    return room._replace(phase=phase, timer=None)


def check_ballot(room: Room, round_: int, now: datetime) -> None:
    """Refused where no ballot is taken for that round at this time."""
    if room.phase != "voting":
        raise Refused(409, f"No ballot is taken: the room is {_told(room.phase)}.")
    if round_ != room.round:
        raise Refused(409, f"The ballot is for round {round_}; the room is in round {room.round}.")
    if room.open_until is not None and now > room.open_until:
        raise Refused(409, "No ballot is taken: the time for it is over.")


def _told(phase: Phase) -> str:
    return {
        "lobby": "in the lobby",
        "voting": "voting",
        "revealed": "revealed",
        "closed": "closed",
    }[phase]
