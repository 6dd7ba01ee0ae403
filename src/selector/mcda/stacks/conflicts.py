"""Why there is no stack: constraints that cannot all be kept, and none of them needless.

QuickXplain (Junker 2004, "QuickXplain: preferred explanations and relaxations for
over-constrained problems", AAAI, 167-172): halves of the constraints are left out by turns, so
that few searches are needed where few constraints are to blame.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from selector.mcda.stacks.problem import (
    NOTHING_FIXED,
    Constraint,
    StackProblem,
    check,
    cost_of,
    score_of,
    with_fixed,
)
from selector.mcda.stacks.search import Progress, Rows, Space, explore
from selector.mcda.stacks.space import Ready, ready

Array = NDArray[np.float64]
_SMALL = 3  # constraints: two that are fixed, and the relation between them
_TABLE, _BLOCK = 2**10, 2**8  # small, for any one stack is enough
Fails = Callable[[Sequence[Constraint]], bool]


def conflicts(
    problem: StackProblem,
    fixed: Mapping[int, int] = NOTHING_FIXED,
    progress: Progress | None = None,
) -> tuple[Constraint, ...]:
    """Constraints that leave no stack together, while without any one of them there is one.

    Empty where there are stacks. Limits and fixed layers are named rather than relations; where
    that comes to many, and the other way round to fewer, those. `progress` is called with the
    searches done and about wanted; what it raises ends the work. Raises UsageError where shapes
    or numbers do not fit together.
    """
    check(problem, fixed)
    for layer, size in enumerate(problem.sizes):
        if not size:
            return (Constraint("layer", (layer,)),)
    everything = _constraints(problem, fixed)
    searches = 0

    def fails(kept: Sequence[Constraint]) -> bool:
        nonlocal searches
        searches += 1
        if progress is not None:
            progress(searches, max(searches, 2 * len(everything)))
        return not is_feasible(*_relaxed(problem, kept))

    if not fails(everything):
        return ()
    found = _irreducible(fails, [], False, everything)
    if len(found) > _SMALL:
        found = min(found, _irreducible(fails, [], False, everything[::-1]), key=len)
    return tuple(sorted(found, key=everything.index))


def is_feasible(
    problem: StackProblem,
    fixed: Mapping[int, int] = NOTHING_FIXED,
    progress: Progress | None = None,
) -> bool:
    """Whether any stack keeps all constraints."""
    own = with_fixed(_without_scores(problem), fixed)
    if prod(own.sizes) == 0:
        return False
    made = ready(own, rates=(), largest=_TABLE)
    found = _Any(own, made)
    explore(made.space, found, progress=progress, block=_BLOCK)
    return found.is_found


class _Any:
    """Looks for any stack at all."""

    def __init__(self, problem: StackProblem, made: Ready) -> None:
        self.problem = problem
        self.is_found = False
        count = len(made.space.objectives)
        self._least = [np.array([made.least(-np.inf, k)]) for k in range(count)]
        self._allowed = made.allowed

    def is_wanted(self, space: Space, bounds: Array, rows: Rows) -> NDArray[np.bool_]:
        return np.ones(len(rows.choices), dtype=np.bool_)

    def least(self, objective: int) -> Array:
        return self._least[objective]

    def take(self, rows: Rows) -> bool:
        choices = rows.choices.astype(np.int64)
        goes = score_of(self.problem, choices) > -np.inf
        goes &= cost_of(self.problem, choices) <= self._allowed
        self.is_found = bool(goes.any())
        return not self.is_found


def _constraints(problem: StackProblem, fixed: Mapping[int, int]) -> list[Constraint]:
    """All that binds: limits, fixed layers, groups, pairs."""
    found = []
    if problem.costs is not None and np.isfinite(problem.cost_limit):
        found.append(Constraint("cost"))
    if problem.providers and problem.provider_limit is not None:
        found.append(Constraint("providers"))
    if problem.skills and problem.skill_limit is not None:
        found.append(Constraint("skills"))
    found += [Constraint("fixed", (layer, place)) for layer, place in sorted(fixed.items())]
    for number, group in enumerate(problem.groups):
        if np.isinf(group.penalty):
            found.append(Constraint("group", (number,)))
    for (i, j), table in sorted(problem.pairs.items()):
        for a, b in product(range(len(table)), range(table.shape[1])):
            if np.isinf(table[a, b]):
                found.append(Constraint("pair", (i, a, j, b)))
    return found


def _relaxed(
    problem: StackProblem, kept: Sequence[Constraint]
) -> tuple[StackProblem, dict[int, int]]:
    """The problem with these constraints alone, and its fixed layers."""
    kinds = {constraint.kind for constraint in kept}
    pairs: dict[tuple[int, int], Array] = {}
    for kind, at in kept:
        if kind == "pair":
            i, a, j, b = at
            table = pairs.setdefault((i, j), np.zeros((problem.sizes[i], problem.sizes[j])))
            table[a, b] = np.inf
    relaxed = problem._replace(
        pairs=pairs,
        groups=tuple(problem.groups[at[0]] for kind, at in kept if kind == "group"),
        cost_limit=problem.cost_limit if "cost" in kinds else np.inf,
        provider_limit=problem.provider_limit if "providers" in kinds else None,
        skill_limit=problem.skill_limit if "skills" in kinds else None,
    )
    return relaxed, {at[0]: at[1] for kind, at in kept if kind == "fixed"}


def _without_scores(problem: StackProblem) -> StackProblem:
    """The problem with only what forbids."""
    return problem._replace(
        values=tuple(np.zeros(size) for size in problem.sizes),
        pairs={
            key: np.where(np.isinf(table), np.inf, 0.0)
            for key, table in problem.pairs.items()
            if np.isinf(table).any()
        },
        groups=tuple(group for group in problem.groups if np.isinf(group.penalty)),
    )


def _irreducible(
    fails: Fails, given: list[Constraint], has_grown: bool, rest: Sequence[Constraint]
) -> list[Constraint]:
    """Of `rest` what is needed for `given` and it to fail; the first of it rather than the last."""
    if has_grown and fails(given):
        return []
    if len(rest) <= 1:
        return list(rest)
    half = len(rest) // 2
    first, last = rest[:half], rest[half:]
    needed_last = _irreducible(fails, [*given, *first], True, last)
    needed_first = _irreducible(fails, [*given, *needed_last], bool(needed_last), first)
    return [*needed_first, *needed_last]
