"""What a stack problem is: one candidate for each layer, and what binds them together.

All by number: layers from 0 in their order, candidates from 0 within their layer. A layer that may
stay empty has a candidate for that, like any other.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.domain.problem import UsageError

Array = NDArray[np.float64]
Choices = NDArray[np.int64]

TIE = 1e-12
"""Scores no farther apart are equal; the order of the candidates then decides, layer by layer."""

NOTHING_FIXED: Mapping[int, int] = MappingProxyType({})
NO_PAIRS: Mapping[tuple[int, int], Array] = MappingProxyType({})


class Group(NamedTuple):
    """Three or more (layer, candidate) of different layers that together cost `penalty`, once.

    An infinite penalty forbids them.
    """

    members: tuple[tuple[int, int], ...]
    penalty: float


class StackProblem(NamedTuple):
    """Layers with their candidates, what they are worth, and what keeps them apart.

    `values[i]` (n_i,) is what each candidate adds to the score: weight of the layer × its score.
    `pairs[i, j]`, i < j, (n_i, n_j) is what two cost together, 0 or more, infinite where they do
    not go together. `costs[i]` (n_i,) sums to at most `cost_limit`. `providers[i]` (n_i,) numbers
    whose each candidate is, −1 nobody's: at most `provider_limit` different ones. `skills[i]`
    (n_i,) has a bit for each new skill that a candidate asks for: at most `skill_limit` bits in
    all together. The limits include their ends, the cost to a part in 10^9.
    """

    values: tuple[Array, ...]
    pairs: Mapping[tuple[int, int], Array] = NO_PAIRS
    groups: tuple[Group, ...] = ()
    costs: tuple[Array, ...] | None = None
    cost_limit: float = np.inf
    providers: tuple[tuple[int, ...], ...] = ()
    provider_limit: int | None = None
    skills: tuple[tuple[int, ...], ...] = ()
    skill_limit: int | None = None

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many candidates each layer has."""
        return tuple(len(values) for values in self.values)


class Stacks(NamedTuple):
    """The best stacks, best first: `choices` (k, layers), `scores` (k,), `costs` (k,).

    Fewer than asked for where there are no more. `considered` is how many there are before any
    constraint but the fixed layers, `feasible` how many keep all constraints: a lower bound unless
    `is_exact_count`. `costs` are 0 where the problem has none.
    """

    choices: Choices
    scores: Array
    costs: Array
    considered: int
    feasible: int
    is_exact_count: bool


class Constraint(NamedTuple):
    """One thing that binds, by its numbers in `at`.

    `layer` (i): a layer without candidates. `fixed` (i, a). `pair` (i, a, j, b): two that do not
    go together. `group` (g): a forbidden one. `cost`, `providers`, `skills` (): the limit.
    """

    kind: Literal["layer", "fixed", "pair", "group", "cost", "providers", "skills"]
    at: tuple[int, ...] = ()


class Front(NamedTuple):
    """Stacks (m, layers) of which none is beaten in score, cost and number of providers at once.

    The best score first. Of stacks equal in all three the first by the candidates' places.
    """

    choices: Choices
    scores: Array
    costs: Array
    providers: NDArray[np.int64]


class StackShares(NamedTuple):
    """How often which stack is best over draws of weights.

    `choices` (m, layers) has each stack that is ever best, the most frequent first; `shares` (m,)
    how often; `best` (samples,) which of them each draw has, −1 where no stack keeps the
    constraints. `candidates[i]` (n_i,) is how often each candidate is in the best stack.
    """

    choices: Choices
    shares: Array
    best: NDArray[np.int64]
    candidates: tuple[Array, ...]


def check(problem: StackProblem, fixed: Mapping[int, int] = NOTHING_FIXED) -> None:
    """Raise UsageError, saying what would be right, unless shapes and numbers fit together."""
    sizes = problem.sizes
    if not sizes:
        raise UsageError("stack: give at least one layer")
    if not all(np.isfinite(values).all() for values in problem.values):
        raise UsageError("values: give finite numbers")
    for (i, j), penalty in problem.pairs.items():
        if not 0 <= i < j < len(sizes) or penalty.shape != (sizes[i], sizes[j]):
            raise UsageError(f"pairs {i, j}: give i < j, and a table of {sizes} candidates")
        if not (penalty >= 0).all():
            raise UsageError(f"pairs {i, j}: give penalties of 0 or more")
    for group in problem.groups:
        layers = [layer for layer, _ in group.members]
        if len(set(layers)) < len(layers) or not group.penalty >= 0:
            raise UsageError("groups: give members of different layers, a penalty of 0 or more")
        if any(not _is_candidate(sizes, layer, place) for layer, place in group.members):
            raise UsageError("groups: give members that are candidates")
    if problem.costs is not None and (
        tuple(len(costs) for costs in problem.costs) != sizes
        or not all(np.isfinite(costs).all() for costs in problem.costs)
    ):
        raise UsageError("costs: give a finite number for each candidate")
    for name, given in (("providers", problem.providers), ("skills", problem.skills)):
        if given and tuple(len(layer) for layer in given) != sizes:
            raise UsageError(f"{name}: give one number for each candidate")
    for limit in (problem.provider_limit, problem.skill_limit):
        if limit is not None and limit < 0:
            raise UsageError("limits: give 0 or more")
    if np.isnan(problem.cost_limit):
        raise UsageError("cost_limit: give a number")
    for layer, place in fixed.items():
        if not _is_candidate(sizes, layer, place):
            raise UsageError(f"fixed: layer {layer} has no candidate {place}")


def score_of(problem: StackProblem, choices: Choices) -> Array:
    """The scores (k,) of stacks (k, layers); minus infinity where two or more do not go together.

    Limits are not looked at.
    """
    scores = np.zeros(len(choices))
    for layer, values in enumerate(problem.values):
        scores += values[choices[:, layer]]
    for (i, j), penalty in problem.pairs.items():
        scores -= penalty[choices[:, i], choices[:, j]]
    for group in problem.groups:
        together = np.all([choices[:, i] == place for i, place in group.members], axis=0)
        scores[together] -= group.penalty
    return scores


def cost_of(problem: StackProblem, choices: Choices) -> Array:
    """The costs (k,) of stacks (k, layers)."""
    costs = np.zeros(len(choices))
    for layer, own in enumerate(problem.costs or ()):
        costs += own[choices[:, layer]]
    return costs


def providers_of(problem: StackProblem, choices: Choices) -> NDArray[np.int64]:
    """How many different providers (k,) stacks (k, layers) have."""
    if not problem.providers:
        return np.zeros(len(choices), dtype=np.int64)
    own = np.stack([np.array(p)[choices[:, i]] for i, p in enumerate(problem.providers)], axis=1)
    own.sort(axis=1)
    is_new = np.diff(own, axis=1, prepend=-1) > 0
    return np.asarray(is_new.sum(axis=1), dtype=np.int64)


def with_fixed(problem: StackProblem, fixed: Mapping[int, int]) -> StackProblem:
    """The problem with the one candidate left in each fixed layer, as its candidate 0."""
    if not fixed:
        return problem
    kept = [[fixed[i]] if i in fixed else list(range(n)) for i, n in enumerate(problem.sizes)]
    groups = []
    for group in problem.groups:
        if all(fixed.get(i, place) == place for i, place in group.members):
            members = tuple((i, 0 if i in fixed else place) for i, place in group.members)
            groups.append(Group(members, group.penalty))
    return problem._replace(
        values=tuple(values[own] for values, own in zip(problem.values, kept, strict=True)),
        pairs={(i, j): t[np.ix_(kept[i], kept[j])] for (i, j), t in problem.pairs.items()},
        groups=tuple(groups),
        costs=problem.costs and tuple(c[own] for c, own in zip(problem.costs, kept, strict=True)),
        providers=tuple(
            tuple(p[a] for a in own) for p, own in zip(problem.providers, kept, strict=False)
        ),
        skills=tuple(
            tuple(s[a] for a in own) for s, own in zip(problem.skills, kept, strict=False)
        ),
    )


def cost_allowed(problem: StackProblem) -> float:
    """The limit of cost with the part in 10^9 that it is taken with."""
    return problem.cost_limit + 1e-9 * abs(problem.cost_limit)


def needs_of(problem: StackProblem) -> list[tuple[tuple[tuple[int, ...], ...], int]]:
    """What is limited by its number: the bits of each candidate by layer, and how many may be."""
    needs = []
    if problem.providers and problem.provider_limit is not None:
        masks = tuple(tuple(0 if p < 0 else 1 << p for p in own) for own in problem.providers)
        needs.append((masks, problem.provider_limit))
    if problem.skills and problem.skill_limit is not None:
        needs.append((problem.skills, problem.skill_limit))
    return needs


def _is_candidate(sizes: tuple[int, ...], layer: int, place: int) -> bool:
    return 0 <= layer < len(sizes) and 0 <= place < sizes[layer]
