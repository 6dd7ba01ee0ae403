"""A pattern with its layers filled: which component plays which role, and who runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from selector.domain import words as plain
from selector.domain.frameworks import FRAMEWORKS
from selector.domain.pattern import Flow, Pattern, Role, Safeguard
from selector.domain.stack import PLATFORM

NOT_CHOSEN = "not chosen here"


class Chosen(NamedTuple):
    """What fills a layer: its name, and who runs it where that is not ourselves."""

    name: str
    run_by: str = ""


class Part(NamedTuple):
    """A role as it is drawn. `chosen` is None where the stack has no such layer, or left it empty.

    A role without a layer is there in any case, and is called what the pattern calls it.
    """

    role: Role
    chosen: Chosen | None

    @property
    def name(self) -> str:
        """What it is called in the picture."""
        return self.chosen.name if self.chosen else self.role.name

    @property
    def is_open(self) -> bool:
        """Whether a layer should fill it, and none does."""
        return bool(self.role.layer) and self.chosen is None

    @property
    def below(self) -> str:
        """The line below the name: the role, and whether others run it."""
        if self.is_open:
            return NOT_CHOSEN
        if self.chosen is None:
            return ""
        return f"{self.role.name} (service)" if self.chosen.run_by else self.role.name

    @property
    def called(self) -> str:
        """What it is called in a sentence, marked where it should be there and is not."""
        return f"{self.name} ({NOT_CHOSEN})" if self.is_open else self.name

    @property
    def in_words(self) -> str:
        """Who plays the role, what it does, and who runs it, in a sentence or two."""
        told = f"{self.role.name}: {self.chosen.name}." if self.chosen else f"{self.role.name}."
        if self.is_open:
            told = f"{self.role.name}: {NOT_CHOSEN}."
        if self.role.does:
            told += f" {self.role.does.rstrip('.')}."
        if self.chosen and self.chosen.run_by:
            told += f" Run by {self.chosen.run_by}."
        return told


class Reference(NamedTuple):
    """A reference architecture: the pattern and its parts, in the pattern's order."""

    pattern: Pattern
    parts: tuple[Part, ...]

    def part(self, role: str) -> Part:
        """The part that plays a role."""
        return next(part for part in self.parts if part.role.id == role)

    def zone_of(self, role: str) -> str:
        """Within whose trust a role stands: that of its zone, or of whoever else runs it."""
        part = self.part(role)
        if part.chosen and part.chosen.run_by:
            return f"by {part.chosen.run_by}"
        return f"zone {part.role.zone}"

    def apart(self) -> dict[str, list[Part]]:
        """Parts that others run in the midst of a zone that is not theirs, by who runs them.

        The zone in which a pattern has the platform is that of whoever runs it.
        """
        theirs = {role.zone for role in self.pattern.roles if role.layer == PLATFORM}
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            if part.chosen and part.chosen.run_by and part.role.zone not in theirs:
                found.setdefault(part.chosen.run_by, []).append(part)
        return found

    def apart_told(self) -> list[str]:
        """The same in sentences."""
        return [
            f"Run by {who}: {plain.listed([part.name for part in parts])}."
            for who, parts in self.apart().items()
        ]

    def crosses(self, flow: Flow) -> bool:
        """Whether a flow leaves the trust that it began in."""
        return self.zone_of(flow.source) != self.zone_of(flow.target)

    def flow_lines(self) -> list[str]:
        """Each flow in words, in the order of their numbers."""
        classes = {kind.id: kind.name for kind in self.pattern.data}
        lines = []
        for number, flow in enumerate(self.pattern.flows, 1):
            source, target = self.part(flow.source).called, self.part(flow.target).called
            kinds = plain.listed([classes[kind].lower() for kind in flow.data])
            line = f"{number}. {source} to {target}: {flow.carries.rstrip('?.')}"
            line += f" ({kinds})" if kinds else ""
            line += ". Crosses a trust boundary." if self.crosses(flow) else "."
            lines.append(line)
        return lines

    def answered(self) -> dict[str, dict[str, list[str]]]:
        """For each framework and each of its parts that a safeguard answers: which safeguards."""
        found: dict[str, dict[str, list[str]]] = {}
        for framework, parts in FRAMEWORKS.items():
            for part in parts:
                names = [
                    one.name
                    for one in self.pattern.safeguards
                    if part in one.frameworks.get(framework, ())
                ]
                if names:
                    found.setdefault(framework, {})[part] = names
        return found

    def names(self, roles: Sequence[str]) -> str:
        """The parts that play these roles, as a list in words; what is left empty is marked."""
        return plain.listed([self.part(role).called for role in roles])

    def missing(self, safeguard: Safeguard) -> list[str]:
        """The parts that a safeguard works by and that are not chosen."""
        return [part.name for part in map(self.part, safeguard.roles) if part.is_open]

    def help(self, safeguards: Sequence[str]) -> str:
        """What helps, as a list in words, each with the parts that it would need and lacks."""
        by_id = {one.id: one for one in self.pattern.safeguards}
        told = []
        for one in map(by_id.__getitem__, safeguards):
            lacks = plain.listed(self.missing(one))
            told.append(f"{one.name} (needs {lacks}, {NOT_CHOSEN})" if lacks else one.name)
        return plain.listed(told)

    def how(self, safeguard: Safeguard) -> str:
        """How a safeguard works, and which parts of it are not chosen."""
        lacks = plain.listed(self.missing(safeguard))
        return f"{safeguard.how} It needs {lacks}, {NOT_CHOSEN}." if lacks else safeguard.how


def filled(pattern: Pattern, chosen: Mapping[str, Chosen]) -> Reference:
    """Return the pattern with what fills its layers, by layer."""
    parts = (Part(role, chosen.get(role.layer) if role.layer else None) for role in pattern.roles)
    return Reference(pattern, tuple(parts))
