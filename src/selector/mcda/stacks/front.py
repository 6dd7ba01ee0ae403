"""Stacks of which none is beaten in score, cost and number of providers at once.

For each number of providers the best stack of all, then the best that costs less, and so on: the
epsilon-constraint method (Haimes, Lasdon and Wismer 1971, "On a bicriterion formulation of the
problems of integrated system identification and system optimization", IEEE Transactions on
Systems, Man and Cybernetics 1 (3), 296-297, doi 10.1109/TSMC.1971.4308298). Of stacks with the
same score the cheapest counts, so that each one found is on the front.
"""

from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import NDArray

from selector.mcda.stacks.best import COST, Best
from selector.mcda.stacks.covers import covers_of, foreseen
from selector.mcda.stacks.problem import (
    NOTHING_FIXED,
    TIE,
    Choices,
    Front,
    StackProblem,
    check,
    cost_of,
    needs_of,
    providers_of,
    score_of,
    with_fixed,
)
from selector.mcda.stacks.search import Progress, dive, explore
from selector.mcda.stacks.space import Ready, cost_unit, rates_for, ready

Array = NDArray[np.float64]
_STEP = 3e-9
"""Of the dearest stack: costs nearer to each other than this are equal."""
_WIDTH = 64
_SHARES = (
    0.05,
    0.1,
    0.15,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.75,
)  # of the range of costs, whose rates of score for cost are used


def pareto(
    problem: StackProblem,
    fixed: Mapping[int, int] = NOTHING_FIXED,
    progress: Progress | None = None,
) -> Front:
    """All stacks, among those that keep all constraints, that no other beats.

    One beats another that has a score as high, costs as little and has as few providers, and is
    better in one of these; of equals the first by the candidates' places stands for all. Without
    costs or providers those count as 0. `progress` is called with the limits on providers done
    with and wanted; what it raises ends the work. Raises UsageError where shapes or numbers do not
    fit together.
    """
    check(problem, fixed)
    own = with_fixed(problem, fixed)
    choices: Choices = np.empty((0, len(own.sizes)), dtype=np.int64)
    if prod(own.sizes):
        choices = _unbeaten(own, _walked(own, progress))
    providers = providers_of(own, choices)
    for layer, place in fixed.items():
        choices[:, layer] = place
    return Front(choices, score_of(problem, choices), cost_of(problem, choices), providers)


def _walked(problem: StackProblem, progress: Progress | None) -> Choices:
    """A stack for each point of the front, and some that are beaten."""
    made = ready(problem, rates=_rates(problem))
    owners = {own for layer in problem.providers for own in layer if own >= 0}
    most = min(len(owners), len(problem.sizes))
    limit = most if problem.provider_limit is None else min(most, problem.provider_limit)
    found: Choices = np.empty((0, len(problem.sizes)), dtype=np.int64)
    steps = limit + 1

    def told(done: int, whole: int) -> None:
        if progress is not None:
            progress(steps - 1 - limit, steps)

    while limit >= 0:
        limited = problem._replace(provider_limit=limit if problem.providers else None)
        covers = covers_of(limited.sizes, needs_of(limited))
        space = made.space._replace(covers=foreseen(covers, made.space.plan, made.space.tables))
        known = found[providers_of(problem, found) <= limit]
        new = _walked_down(limited, made._replace(space=space), known, told)
        if not len(new):
            break
        found = np.unique(np.concatenate([found, new]), axis=0)
        limit = int(providers_of(problem, new).max()) - 1
    return found


def _walked_down(problem: StackProblem, made: Ready, known: Choices, progress: Progress) -> Choices:
    """The best stack, then the best that is cheaper, and so on."""
    step = _STEP * cost_unit(problem)
    found = []
    while True:
        best = Best(problem, 1, is_cheapest_first=True)
        within = made if problem.costs is None else _with_one_rate(made)
        best.look_in(within)
        best.offer(known)
        dive(within.space, best, _WIDTH)
        explore(within.space, best, progress=progress)
        if not len(best.choices):
            break
        found.append(best.choices[0])
        if problem.costs is None:
            break
        made = made._replace(allowed=float(cost_of(problem, best.choices)[0]) - step)
    return np.array(found, dtype=np.int64).reshape(-1, len(problem.sizes))


def _with_one_rate(made: Ready) -> Ready:
    """Of the mixed objectives the one whose bound is lowest where so much is allowed."""
    space = made.space
    bounds = [
        float(tables.root[0]) + rate * made.allowed
        if rate and np.isfinite(made.allowed)
        else np.inf
        for (_, rate), tables in zip(space.objectives, space.tables, strict=True)
    ]
    kept = (
        [0, COST]
        if len(bounds) <= COST + 1
        else [0, COST, COST + 1 + int(np.argmin(bounds[COST + 1 :]))]
    )
    return made._replace(space=space.of(kept))


def _rates(problem: StackProblem) -> list[float]:
    """Rates of score for cost, from those with much room to those with little."""
    if problem.costs is None:
        return []
    low, high = (sum(float(way(c)) for c in problem.costs) for way in (np.min, np.max))
    high = min(high, problem.cost_limit)
    return rates_for(problem, [low + share * (high - low) for share in _SHARES])


def _unbeaten(problem: StackProblem, choices: Choices) -> Choices:
    """Those that no other beats, the best score first."""
    scores, costs = score_of(problem, choices), cost_of(problem, choices)
    providers = providers_of(problem, choices)
    step = _STEP * cost_unit(problem)
    kept: list[int] = []
    for one in np.lexsort((*choices.T[::-1], costs, providers, -scores)):
        others = np.arange(len(choices)) != one
        as_good = others & (scores >= scores[one] - TIE) & (costs <= costs[one] + step)
        as_good &= providers <= providers[one]
        better = (scores > scores[one] + TIE) | (costs < costs[one] - step)
        better |= providers < providers[one]
        if not (as_good & better).any() and not as_good[kept].any():
            kept.append(int(one))
    return choices[kept]
