"""A stack: one choice in each of several layers, and what is known of which choices fit."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import NOWHERE, Evidence
from selector.domain.pattern import Pattern
from selector.domain.problem import Origin

if TYPE_CHECKING:
    from selector.domain.decision import Decision

Fit = Literal["native", "adapter", "none", "unknown", "disputed"]
Effort = Literal["small", "medium", "large"]
FITS: tuple[Fit, ...] = ("none", "adapter", "native")  # worst first
EFFORT_DAYS: Mapping[Effort, str] = {
    "small": "up to 3 days",
    "medium": "up to 15 days",
    "large": "more than 15 days",
}
PLATFORM = "platform"  # the layer of whatever is no component
FIT = "fit"  # the criterion beside the layers: how well what was chosen goes together
NOBODY = ""  # the choice of a layer that is left empty


class Interface(NamedTuple):
    """Two layers that meet, and why. Whether members of two layers fit is asked only where such."""

    layers: tuple[str, str]
    reason: str = ""
    origin: Origin = NOWHERE


class Account(NamedTuple):
    """What one of several sources that disagree says of a fit."""

    fit: Fit
    effort: Effort | None
    evidence: Evidence


class Relation(NamedTuple):
    """How well two or more go together.

    `effort` is what an adapter costs. A disputed one has two or more `accounts`. `is_default`: it
    was not said of this pair, but of all that are not named in a line `offered_on`.
    """

    members: tuple[str, ...]
    fit: Fit
    effort: Effort | None = None
    evidence: Evidence = Evidence("unknown")
    accounts: tuple[Account, ...] = ()
    is_default: bool = False
    origin: Origin = NOWHERE


class Offered(NamedTuple):
    """What a component is native to in one layer, and how it fits all the others there."""

    component: str
    layer: str
    on: tuple[str, ...]
    otherwise: Fit
    effort: Effort | None = None
    evidence: Evidence = Evidence("unknown")
    origin: Origin = NOWHERE

    def relation(self, other: str) -> Relation:
        """The same, said of the component and one member of that layer."""
        is_named = other in self.on
        return Relation(
            (self.component, other),
            "native" if is_named else self.otherwise,
            None if is_named else self.effort,
            self.evidence,
            is_default=not is_named,
            origin=self.origin,
        )


class NeededLayer(NamedTuple):
    """A layer that must be filled; with `any_of`, by one of these."""

    layer: str
    any_of: tuple[str, ...] = ()


class Needs(NamedTuple):
    """What a component needs beside it."""

    component: str
    layers: tuple[NeededLayer, ...]
    evidence: Evidence = Evidence("unknown")
    origin: Origin = NOWHERE


class FitFile(NamedTuple):
    """What one file says, as it stands there."""

    id: str
    interfaces: tuple[Interface, ...] = ()
    relations: tuple[Relation, ...] = ()
    offered: tuple[Offered, ...] = ()
    needs: tuple[Needs, ...] = ()
    origin: Origin = NOWHERE

    def evidence(self) -> Iterator[tuple[str, Evidence]]:
        """Everything that is known, with the names it is about."""
        for relation in self.relations:
            yield ", ".join(relation.members), relation.evidence
            for account in relation.accounts:
                yield ", ".join(relation.members), account.evidence
        for offered in self.offered:
            yield offered.component, offered.evidence
        for needs in self.needs:
            yield needs.component, needs.evidence


class Compatibility:
    """What all files together say. Of several lines on the same, one that is disputed stands."""

    def __init__(self, files: tuple[FitFile, ...] = ()) -> None:
        self.files = files

    @cached_property
    def interfaces(self) -> Mapping[frozenset[str], Interface]:
        """The layers that meet."""
        return {frozenset(i.layers): i for file in self.files for i in file.interfaces}

    def meet(self, layer: str, other: str) -> bool:
        """Whether two layers meet at all."""
        return frozenset((layer, other)) in self.interfaces

    @cached_property
    def pairs(self) -> Mapping[frozenset[str], Relation]:
        """What is said of two, by their names."""
        return {key: found for key, found in self._relations.items() if len(key) == 2}

    @cached_property
    def groups(self) -> tuple[Relation, ...]:
        """What is said of three or more together."""
        return tuple(found for key, found in self._relations.items() if len(key) > 2)

    @cached_property
    def _relations(self) -> Mapping[frozenset[str], Relation]:
        found: dict[frozenset[str], Relation] = {}
        for relation in (relation for file in self.files for relation in file.relations):
            first = found.setdefault(frozenset(relation.members), relation)
            if relation.fit == "disputed" != first.fit:
                found[frozenset(relation.members)] = relation
        return found

    def tells(self, members: Iterable[str]) -> bool:
        """Whether anything is said of just these together."""
        return frozenset(members) in self._relations

    @cached_property
    def offered(self) -> Mapping[tuple[str, str], Offered]:
        """What is said of a component and a whole layer, by both."""
        return {(o.component, o.layer): o for file in self.files for o in file.offered}

    @cached_property
    def needs(self) -> Mapping[str, Needs]:
        """What a component needs beside it, by its name."""
        found: dict[str, Needs] = {}
        for line in (line for file in self.files for line in file.needs):
            before = found.get(line.component)
            layers = (*before.layers, *line.layers) if before else line.layers
            found[line.component] = line._replace(layers=layers)
        return found

    def between(self, one: str, layer: str, other: str, other_layer: str) -> Relation | None:
        """What is known of two members in their layers; None where nothing is said.

        What is said of the very pair comes before what is said of all others in a layer.
        """
        found = self.pairs.get(frozenset((one, other)))
        if found is not None:
            return found
        lines = (
            offered.relation(whom)
            for offered, whom in (
                (self.offered.get((one, other_layer)), other),
                (self.offered.get((other, layer)), one),
            )
            if offered is not None
        )
        known = sorted(lines, key=lambda relation: relation.is_default)
        return known[0] if known else None


class StackLayer(NamedTuple):
    """One layer of a stack: a small decision of its own.

    `kind` is the layer that its candidates fill by what is known of fits; it is the id, unless a
    stack has two layers of a kind. `fixed` is the id of the candidate that is given, empty where
    the layer is left empty, None where neither is said. `providers` is who stands behind each
    candidate, where somebody does.
    """

    id: str
    name: str
    kind: str
    decision: "Decision"
    weight: float = 1.0
    fixed: str | None = None
    is_optional: bool = False
    providers: Mapping[str, str] = EMPTY
    origin: Origin = NOWHERE


class StackLimits(NamedTuple):
    """What a whole stack must keep to: US dollars a month, vendors, skills that are new."""

    monthly_cost: float | None = None
    vendors: int | None = None
    new_skills: int | None = None


class FitPoints(NamedTuple):
    """What an adapter takes off the score of the whole stack, in points of 100: a judgement."""

    small: float = 1.0
    medium: float = 3.0
    large: float = 8.0

    @property
    def unknown(self) -> float:
        """What is charged where nothing is known: half of a medium adapter."""
        return self.medium / 2

    def of(self, effort: Effort | None) -> float:
        """The points of an adapter."""
        return 0.0 if effort is None else float(getattr(self, effort))


class StackSpec(NamedTuple):
    """What a decision says of the stack that it composes, with what is known of fits.

    `skills` are those that the team has; None where the decision says nothing of them.
    """

    layers: tuple[StackLayer, ...]
    limits: StackLimits = StackLimits()
    skills: frozenset[str] | None = None
    fit: FitPoints = FitPoints()
    pattern: Pattern | None = None
    compatibility: Compatibility = Compatibility()
    origin: Origin = NOWHERE
