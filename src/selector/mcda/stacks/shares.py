"""How often each stack is the best, over draws of the weights of layers: SMAA over whole stacks.

As in `robustness.acceptability`, with stacks for alternatives. Many draws are searched at once,
each row of a block with its own; what was best for others is where each starts from.
"""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selector.domain.problem import UsageError
from selector.mcda.stacks.best import best_stacks
from selector.mcda.stacks.problem import (
    NOTHING_FIXED,
    TIE,
    Choices,
    StackProblem,
    StackShares,
    check,
    cost_of,
    score_of,
    with_fixed,
)
from selector.mcda.stacks.search import Progress, Rows, Space, explore
from selector.mcda.stacks.space import Ready, best_rate, ready

Array = NDArray[np.float64]
_AT_ONCE = 128  # draws
_TABLE = 2**12
_KNOWN = 30  # of the best stacks at the mean weights: where the first draws start from


def stack_shares(
    problem: StackProblem,
    scores: Sequence[Array],
    weights: ArrayLike,
    *,
    fixed: Mapping[int, int] = NOTHING_FIXED,
    progress: Progress | None = None,
) -> StackShares:
    """How often each stack is the best.

    `scores[i]` (n_i,) of the candidates, 0 to 1, times the `weights` (samples, layers) of a draw
    stand in for the problem's values; all else is the problem's. Equal scores as in `best_stacks`.
    `progress` is called with the draws done and wanted; what it raises ends the work. Raises
    UsageError where shapes or numbers do not fit together.
    """
    drawn = np.asarray(weights, dtype=np.float64)
    if drawn.ndim != 2 or drawn.shape[1] != len(problem.sizes) or not np.isfinite(drawn).all():
        raise UsageError("weights: give finite numbers of shape (samples, layers)")
    if tuple(len(own) for own in scores) != problem.sizes:
        raise UsageError("scores: give one for each candidate")
    mean = drawn.mean(axis=0) if len(drawn) else np.ones(len(problem.sizes))
    central = problem._replace(values=tuple(w * s for w, s in zip(mean, scores, strict=True)))
    check(central, fixed)
    own = with_fixed(central, fixed)
    own_scores = with_fixed(problem._replace(values=tuple(scores)), fixed).values
    best = Firsts(own, own_scores, drawn)
    if prod(own.sizes) and len(drawn):
        _search(own, own_scores, best, progress)
    return _counted(problem, fixed, best)


def _search(
    problem: StackProblem, scores: Sequence[Array], best: "Firsts", progress: Progress | None
) -> None:
    drawn = best.weights
    known = best_stacks(problem, _KNOWN).choices
    if not len(known):
        return
    rates: list[float] = []
    if problem.costs is not None and np.isfinite(problem.cost_limit):
        met = {key: table for key, table in problem.pairs.items() if table.any()}
        rates = [best_rate(problem, met)]
    for start in range(0, len(drawn), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(drawn))
        values = [drawn[start:stop, i, None] * own for i, own in enumerate(scores)]
        made = ready(problem, values, _TABLE, rates)
        best.look_in(made, start, stop)
        best.offer_to_all(np.unique(np.concatenate([known, best.choices[:start]]), axis=0))

        def told(done: int, whole: int, start: int = start, stop: int = stop) -> None:
            if progress is not None:
                progress(start + (stop - start) * done // whole, len(drawn))

        explore(made.space, best, stop - start, told)


class Firsts:
    """The best stack of each draw found so far, and what another needs to be that."""

    def __init__(self, problem: StackProblem, scores: Sequence[Array], weights: Array) -> None:
        self.problem, self.unweighted, self.weights = problem, scores, weights
        self._penalties = problem._replace(values=tuple(np.zeros(n) for n in problem.sizes))
        self.choices: Choices = np.zeros((len(weights), len(problem.sizes)), dtype=np.int64)
        self.scores = np.full(len(weights), -np.inf)
        strides = [1.0]
        for size in reversed(problem.sizes[1:]):
            strides.append(strides[-1] * size)
        self._strides = np.array(strides[::-1])

    def look_in(self, made: Ready, start: int, stop: int) -> None:
        """Say what is wanted of this space, whose samples are the draws from `start` to `stop`."""
        self._ready, self._start, self._stop = made, start, stop
        own = self.scores[start:stop]
        self._least = [
            np.array([made.least(score, k) for score in own])
            for k in range(len(made.space.objectives))
        ]

    def least(self, objective: int) -> Array:
        """What the best of each sample has."""
        return self._least[objective]

    def is_wanted(self, space: Space, bounds: Array, rows: Rows) -> NDArray[np.bool_]:
        """All, but those that at best are level with the best and come after it by their places."""
        keep = np.ones(len(rows.choices), dtype=np.bool_)
        draws = self._start + rows.samples
        level = np.flatnonzero(self._ready.best_score(bounds) <= self.scores[draws] + TIE / 2)
        if len(level):
            best = self.choices[draws[level]] @ self._strides
            keep[level] = rows.choices[level] @ self._strides <= best * (1 + 1e-12)
        return keep

    def take(self, rows: Rows) -> bool:
        """Keep the best of each sample; more are always wanted."""
        choices = rows.choices.astype(np.int64)
        draws = self._start + rows.samples
        own = self._own(choices)
        scores = (self.weights[draws] * own).sum(axis=1) + self._allowed(choices)
        self._keep(draws, choices, scores)
        return True

    def offer_to_all(self, choices: Choices) -> None:
        """Let the present samples choose among these stacks (m, layers)."""
        draws = np.arange(self._start, self._stop)
        own, allowed = self._own(choices), self._allowed(choices)
        scores = (self.weights[draws, None] * own).sum(axis=2) + allowed
        at, which = np.nonzero(scores >= scores.max(axis=1, keepdims=True) - TIE)
        self._keep(draws[at], choices[which], scores[at, which])

    def _own(self, choices: Choices) -> Array:
        return np.stack([own[choices[:, i]] for i, own in enumerate(self.unweighted)], axis=1)

    def _allowed(self, choices: Choices) -> Array:
        """What relations take off (m,); minus infinity past the limit of cost."""
        taken = score_of(self._penalties, choices)
        if self._ready.allowed < np.inf:
            taken[cost_of(self.problem, choices) > self._ready.allowed] = -np.inf
        return taken

    def _keep(self, draws: NDArray[np.int64], choices: Choices, scores: Array) -> None:
        order = np.lexsort((choices @ self._strides, -scores, draws))
        for row in order:
            draw, score = draws[row], scores[row]
            lead = score - self.scores[draw]
            if lead > TIE or (lead >= -TIE and choices[row].tolist() < self.choices[draw].tolist()):
                self.choices[draw], self.scores[draw] = choices[row], score
        self.look_in(self._ready, self._start, self._stop)


def _counted(problem: StackProblem, fixed: Mapping[int, int], best: Firsts) -> StackShares:
    choices = best.choices
    for layer, place in fixed.items():
        choices[:, layer] = place
    is_any = best.scores > -np.inf
    total = max(len(choices), 1)
    stacks, which, counts = np.unique(
        choices[is_any], axis=0, return_inverse=True, return_counts=True
    )
    order = np.argsort(-counts, kind="stable")
    first = np.full(len(choices), -1, dtype=np.int64)
    first[is_any] = np.argsort(order, kind="stable")[which.reshape(-1)]
    candidates = tuple(
        np.bincount(choices[is_any, layer], minlength=size) / total
        for layer, size in enumerate(problem.sizes)
    )
    return StackShares(stacks[order], counts[order] / total, first, candidates)
