"""Patterns of systems: the roles that a reference architecture gives to the layers of a stack.

A pattern is drawn on a grid: each role has its column and row, so that the picture is the same
wherever it is drawn. Zones are trust boundaries; a flow from one zone into another crosses one.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import NOWHERE
from selector.domain.problem import Origin

RoleKind = Literal["person", "process", "store", "queue", "model", "ground"]


class Zone(NamedTuple):
    """A part of the system within which everybody is trusted alike."""

    id: str
    name: str


class DataClass(NamedTuple):
    """A kind of data that flows, and what may happen to it."""

    id: str
    name: str
    handling: str = ""


class Role(NamedTuple):
    """A part of the system. `layer` is the layer of a stack that fills it; empty: always there."""

    id: str
    name: str
    zone: str
    column: int
    row: int
    kind: RoleKind = "process"
    layer: str = ""
    does: str = ""


class Flow(NamedTuple):
    """From one role to another: what is carried, and of which classes of data."""

    source: str
    target: str
    carries: str
    data: tuple[str, ...] = ()


class Safeguard(NamedTuple):
    """What makes the system reliable or safe: how, by which roles, and what it answers."""

    id: str
    name: str
    how: str
    roles: tuple[str, ...] = ()
    frameworks: Mapping[str, tuple[str, ...]] = EMPTY


class Failure(NamedTuple):
    """What can go wrong, at which roles, what people notice, and the safeguards against it."""

    what: str
    effect: str
    roles: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()


class Pattern(NamedTuple):
    """A reference architecture before its layers are chosen."""

    id: str
    name: str
    summary: str = ""
    zones: tuple[Zone, ...] = ()
    data: tuple[DataClass, ...] = ()
    roles: tuple[Role, ...] = ()
    flows: tuple[Flow, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    failures: tuple[Failure, ...] = ()
    origin: Origin = NOWHERE

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that fill a role, in the order of the roles."""
        return tuple(dict.fromkeys(role.layer for role in self.roles if role.layer))

    def role(self, role_id: str) -> Role:
        """The role with that id."""
        return next(role for role in self.roles if role.id == role_id)

    def crossings(self) -> Iterator[Flow]:
        """The flows that cross a trust boundary."""
        zones = {role.id: role.zone for role in self.roles}
        return (flow for flow in self.flows if zones[flow.source] != zones[flow.target])
