"""What a workshop is made of: a room with its rules, participants, rounds and ballots."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from selector.domain import EMPTY

Phase = Literal["lobby", "voting", "revealed", "closed"]
Ask = Literal["groups", "leaves", "both"]

MOST_POINTS = 100.0


class Role(NamedTuple):
    """What people of a role are asked: `weighs` the questions about weights, `scores` the leaves.

    Both are ids of criteria; `weighs` of None are all that the room asks.
    """

    name: str
    weighs: tuple[str, ...] | None = None
    scores: tuple[str, ...] = ()


class Rules(NamedTuple):
    """What is settled when the room is made and told to all who join.

    `ask` says whose weights are asked: of the groups, of the leaves within each group, or of both.
    `scores` are the leaves on which people score the alternatives themselves, `has_gut` whether
    they rank by feeling before they see any number, `is_named` whether the reveal shows names.
    `agreement` and `lead` are what counts as consensus, set before anybody votes: Kendall's W, and
    the share of people who put the same alternative first.
    """

    ask: Ask = "groups"
    scores: tuple[str, ...] = ()
    has_gut: bool = False
    is_named: bool = False
    roles: tuple[Role, ...] = ()
    agreement: float = 0.7
    lead: float = 0.6

    def role(self, name: str) -> Role | None:
        """The role of that name, if the room has it."""
        return next((role for role in self.roles if role.name == name), None)


class Kept(NamedTuple):
    """A decision as a room keeps it: the file's name and text, and the files that it brought."""

    name: str
    text: bytes
    files: Mapping[str, bytes] = EMPTY


class Room(NamedTuple):
    """A room as it stands.

    `round` counts from 1 and is 0 in the lobby before the first; `revealed` is the last round that
    was revealed. After `open_until` no ballot is taken; `timer` is when the time that the
    facilitator gave runs out, and only shown. `signed` is who signed it off, with `note`. `used` is
    when the room itself last changed.
    """

    id: int
    code: str
    title: str
    rules: Rules
    phase: Phase = "lobby"
    round: int = 0
    revealed: int = 0
    created: datetime | None = None
    open_until: datetime | None = None
    timer: datetime | None = None
    has_roster: bool = False
    is_rehearsal: bool = False
    signed: str = ""
    note: str = ""
    used: datetime | None = None


class Participant(NamedTuple):
    """Somebody in a room. `id` is public within it and says nothing about the person.

    `gone_from` is the round from which their ballots no longer count: rounds that were revealed
    before stay as they were seen. `is_proxy` marks somebody for whom the facilitator votes.
    """

    id: str
    name: str = ""
    role: str = ""
    is_proxy: bool = False
    gone_from: int | None = None


class Ballot(NamedTuple):
    """What somebody answered in a round, as sent.

    `weights` are points of 0 to 100 by criterion, None for no opinion; only their relation among
    siblings counts. `scores` are points of 0 to 100 by alternative and leaf. `gut_ranking` are
    alternatives, the best first. `role` is the role of who answered. `version` counts how often
    the ballot was replaced. `device` marks the token that it came by; empty for the facilitator's.
    """

    participant: str
    round: int
    weights: Mapping[str, float | None]
    scores: Mapping[str, Mapping[str, float | None]] = EMPTY
    gut_ranking: tuple[str, ...] = ()
    comment: str = ""
    sequence: int = 0
    version: int = 1
    by_facilitator: bool = False
    name: str = ""
    role: str = ""
    device: str = ""
