"""What is known of choices together, as penalties: pairs, groups, and what one needs beside it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis.stack.candidates import Candidate, LayerAnalysis
from selector.domain.stack import (
    Compatibility,
    Effort,
    Fit,
    FitPoints,
    Interface,
    Needs,
    Relation,
    StackSpec,
)
from selector.mcda.stacks import Group

Array = NDArray[np.float64]
Place = tuple[int, int]  # layer and candidate


class Joint(NamedTuple):
    """Two or more choices together: how they fit, and what that takes off the score.

    `points` are of 100, infinite where it is not possible. `relation` is what is known, None where
    nothing is said; `needs` stands where one of them cannot do without another choice.
    """

    places: tuple[Place, ...]
    fit: Fit
    points: float
    effort: Effort | None = None
    relation: Relation | None = None
    interface: Interface | None = None
    needs: Needs | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is not known, or disputed, how they fit."""
        return self.fit in ("unknown", "disputed")


class Joints:
    """All that is known of the candidates of a stack together, found once."""

    def __init__(self, layers: Sequence[LayerAnalysis], spec: StackSpec) -> None:
        self.layers = layers
        self.compatibility: Compatibility = spec.compatibility
        self.points: FitPoints = spec.fit

    def candidate(self, place: Place) -> Candidate:
        """The candidate at a place."""
        return self.layers[place[0]].candidates[place[1]]

    def kind(self, layer: int) -> str:
        """What a layer is, for those who look for what fits it."""
        return self.layers[layer].layer.kind

    @cached_property
    def pairs(self) -> Mapping[tuple[Place, Place], Joint]:
        """What is to be said of two, the earlier layer first; nothing where layers do not meet."""
        found: dict[tuple[Place, Place], Joint] = {}
        for i, one in enumerate(self.layers):
            for j in range(i + 1, len(self.layers)):
                meets = self.compatibility.interfaces.get(frozenset((self.kind(i), self.kind(j))))
                for a, b in product(
                    range(len(one.candidates)), range(len(self.layers[j].candidates))
                ):
                    joint = self._pair((i, a), (j, b), meets)
                    if joint is not None:
                        found[(i, a), (j, b)] = joint
        for joint in self._needs:
            if len(joint.places) == 2:
                found[joint.places[0], joint.places[1]] = joint
        return found

    @cached_property
    def groups(self) -> tuple[Joint, ...]:
        """What is to be said of three or more."""
        found = [joint for joint in self._needs if len(joint.places) > 2]
        for relation in self.compatibility.groups:
            holders = [self._holders(member) for member in relation.members]
            for places in product(*holders):
                if len({layer for layer, _ in places}) == len(places):
                    found.append(self._joint(tuple(sorted(places)), relation))
        return tuple(found)

    @cached_property
    def absent(self) -> Mapping[Place, Needs]:
        """Who needs a layer that is no part of this stack."""
        kinds = {self.kind(layer) for layer in range(len(self.layers))}
        return {
            place: needs
            for place, needs in self._needing()
            if any(needed.layer not in kinds for needed in needs.layers)
        }

    def tables(self) -> dict[tuple[int, int], Array]:
        """The penalties of pairs, as shares of the score, by layers (i < j)."""
        tables: dict[tuple[int, int], Array] = {}
        sizes = [len(layer.candidates) for layer in self.layers]
        for ((i, a), (j, b)), joint in self.pairs.items():
            if joint.points:
                table = tables.setdefault((i, j), np.zeros((sizes[i], sizes[j])))
                table[a, b] = joint.points / 100
        return tables

    def penalties(self) -> tuple[Group, ...]:
        """The penalties of groups, as shares of the score."""
        return tuple(Group(g.places, g.points / 100) for g in self.groups if g.points)

    def of(self, choices: Sequence[int]) -> list[Joint]:
        """What is to be said of one stack: pairs by their layers, then groups."""
        chosen = list(enumerate(choices))
        found = [
            joint
            for at, one in enumerate(chosen)
            for other in chosen[at + 1 :]
            if (joint := self.pairs.get((one, other))) is not None
        ]
        return found + [g for g in self.groups if all(place in chosen for place in g.places)]

    def charge(self, relation: Relation | None) -> float:
        """The points that a fit takes off."""
        if relation is None or relation.fit == "unknown":
            return self.points.unknown
        if relation.fit == "none":
            return inf
        if relation.fit == "disputed":
            # One that some say cannot be is charged like what nobody knows.
            said = [
                self.points.unknown if a.fit == "none" else self.points.of(a.effort)
                for a in relation.accounts
            ]
            return sum(said) / len(said)
        return self.points.of(relation.effort)

    def _pair(self, one: Place, other: Place, meets: Interface | None) -> Joint | None:
        first, second = self.candidate(one), self.candidate(other)
        if first.alternative is None or second.alternative is None:
            return None
        for name, whom in product(first.names, second.names):
            found = self.compatibility.between(name, self.kind(one[0]), whom, self.kind(other[0]))
            if found is not None:
                return self._joint((one, other), found, meets)
        return self._joint((one, other), None, meets) if meets is not None else None

    def _joint(
        self, places: tuple[Place, ...], relation: Relation | None, meets: Interface | None = None
    ) -> Joint:
        fit: Fit = "unknown" if relation is None else relation.fit
        effort = None if relation is None else relation.effort
        return Joint(places, fit, self.charge(relation), effort, relation, meets)

    def _holders(self, name: str) -> list[Place]:
        """Where a name can be chosen."""
        return [
            (i, a)
            for i, layer in enumerate(self.layers)
            for a, candidate in enumerate(layer.candidates)
            if name in candidate.names
        ]

    def _needing(self) -> Iterator[tuple[Place, Needs]]:
        for i, layer in enumerate(self.layers):
            for a, candidate in enumerate(layer.candidates):
                for name in candidate.names:
                    if name in self.compatibility.needs:
                        yield (i, a), self.compatibility.needs[name]
                        break

    @cached_property
    def _needs(self) -> tuple[Joint, ...]:
        """Choices that leave somebody without what it needs."""
        found = []
        for place, needs in self._needing():
            for needed in needs.layers:
                layers = [
                    j
                    for j in range(len(self.layers))
                    if j != place[0] and self.kind(j) == needed.layer
                ]
                lacking = [
                    [
                        (j, b)
                        for b, candidate in enumerate(self.layers[j].candidates)
                        if candidate.alternative is None
                        or (needed.any_of and not set(candidate.names) & set(needed.any_of))
                    ]
                    for j in layers
                ]
                for others in product(*lacking) if layers else ():
                    places = tuple(sorted((place, *others)))
                    found.append(Joint(places, "none", inf, needs=needs))
        return tuple(found)
