"""The best k stacks, exactly."""

from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from selector.domain.problem import UsageError
from selector.mcda.stacks.counting import feasible_count, limits_bind
from selector.mcda.stacks.problem import (
    NOTHING_FIXED,
    TIE,
    Choices,
    StackProblem,
    Stacks,
    check,
    cost_of,
    score_of,
    with_fixed,
)
from selector.mcda.stacks.search import Progress, Rows, Space, dive, explore
from selector.mcda.stacks.space import Ready, cost_unit, ready

Array = NDArray[np.float64]
_WIDTH = 64
COST = 1  # the objective of cost
_FEW = 2**20  # stacks that are counted in a few milliseconds, whatever the limits


def best_stacks(
    problem: StackProblem,
    k: int = 10,
    *,
    fixed: Mapping[int, int] = NOTHING_FIXED,
    progress: Progress | None = None,
    is_counted: bool = True,
) -> Stacks:
    """The best `k` stacks that keep all constraints and the `fixed` layers, best first.

    Scores no farther apart than 1e-12 are equal; the earlier candidate then comes first, layer by
    layer. `progress` is called with the stacks done with and all there are; what it raises ends
    the work. Where limits bind and there are many stacks, `feasible` counts those that were met;
    `feasible_count` takes the time to count them all, and without `is_counted` none are. Raises
    UsageError where shapes or numbers do not fit together.
    """
    if k < 1:
        raise UsageError("k: ask for at least 1 stack")
    check(problem, fixed)
    own = with_fixed(problem, fixed)
    found = Best(own, k)
    considered = prod(own.sizes)
    if considered:
        made = ready(own)
        found.look_in(made)
        dive(made.space, found, max(_WIDTH, 4 * k))
        found.met = 0
        explore(made.space, found, progress=progress)
    choices = found.choices.copy()
    for layer, place in fixed.items():
        choices[:, layer] = place
    is_cheap = is_counted and (considered <= _FEW or not limits_bind(own))
    count = feasible_count(own) if is_cheap else None
    return Stacks(
        choices,
        found.scores,
        cost_of(problem, choices),
        considered,
        found.met if count is None else count,
        count is not None,
    )


class Best:
    """The best k found so far, and what a stack needs to be one of them.

    With `is_cheapest_first` the cheaper of equal scores is first, then that by the places.
    """

    def __init__(self, problem: StackProblem, k: int, is_cheapest_first: bool = False) -> None:
        self.problem, self.k, self.is_cheapest_first = problem, k, is_cheapest_first
        self.met = 0  # whole stacks that keep all constraints
        self.choices: Choices = np.empty((0, len(problem.sizes)), dtype=np.int64)
        self.scores: Array = np.empty(0)
        self._least = [np.array([-np.inf])]
        self._ready: Ready | None = None
        weights = [1.0]
        for size in reversed(problem.sizes[1:]):
            weights.append(weights[-1] * size)
        self._strides = np.array(weights[::-1])

    def look_in(self, made: Ready) -> None:
        """Say what is wanted of the objectives of this space."""
        self._ready = made
        worst = self.scores[-1] if len(self.scores) == self.k else -np.inf
        self._least = [np.array([made.least(worst, k)]) for k in range(len(made.space.objectives))]

    def least(self, objective: int) -> Array:
        """What the k-th has."""
        return self._least[objective]

    def is_wanted(self, space: Space, bounds: Array, rows: Rows) -> NDArray[np.bool_]:
        """All, but those that at best are level with the k-th and come after it by their places."""
        keep = np.ones(len(rows.choices), dtype=np.bool_)
        made = self._ready
        if made is None or len(self.scores) < self.k:
            return keep
        level = np.flatnonzero(made.best_score(bounds) <= self.scores[-1] + TIE / 2)
        if len(level):
            last = float(self.choices[-1] @ self._strides)
            comes_first = rows.choices[level] @ self._strides <= last * (1 + 1e-12)
            if self.is_cheapest_first and self.problem.costs is not None:
                rate = space.objectives[COST].rate
                least = -bounds[COST, level]
                cost = float(cost_of(self.problem, self.choices[-1:])[0]) * rate
                comes_first = (least < cost - 2e-9) | ((least <= cost + 2e-9) & comes_first)
            keep[level] = comes_first
        return keep

    def take(self, rows: Rows) -> bool:
        """Keep the best k of these and those had; more are always wanted."""
        self.offer(rows.choices.astype(np.int64))
        return True

    def offer(self, choices: Choices) -> None:
        """Keep the best k of these stacks (m, layers) and those had."""
        scores = score_of(self.problem, choices)
        within = scores > -np.inf
        made = self._ready
        if made is not None and np.isfinite(made.allowed):
            within &= cost_of(self.problem, choices) <= made.allowed
        choices, scores = choices[within], scores[within]
        self.met += len(choices)
        if len(choices) > self.k:  # those that k of these are ahead of are of no use
            choices = choices[scores >= np.partition(scores, -self.k)[-self.k] - 2 * TIE]
        choices = np.concatenate([self.choices, choices])
        choices = np.unique(choices, axis=0)  # in the order of their places
        scores = score_of(self.problem, choices)
        order = np.argsort(grouped(-scores, TIE), kind="stable")
        if self.is_cheapest_first:
            costs = cost_of(self.problem, choices)
            step = 3e-9 * cost_unit(self.problem)
            order = np.lexsort((grouped(costs, step), grouped(-scores, TIE)))
        order = order[: self.k]
        self.choices, self.scores = choices[order], scores[order]
        if made is not None:
            self.look_in(made)


def grouped(figures: Array, apart: float) -> NDArray[np.int64]:
    """The group of each figure, the lowest first: all within `apart` of its lowest."""
    groups = np.zeros(len(figures), dtype=np.int64)
    lowest, group = -np.inf, -1
    for at in np.argsort(figures, kind="stable"):
        if figures[at] > lowest + apart:
            lowest, group = figures[at], group + 1
        groups[at] = group
    return groups
