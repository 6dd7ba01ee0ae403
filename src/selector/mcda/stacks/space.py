"""A stack problem made ready for the search: its plan, its objectives and their tables."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.stacks.covers import covers_of, foreseen
from selector.mcda.stacks.problem import StackProblem, cost_allowed, needs_of
from selector.mcda.stacks.search import Objective, Space
from selector.mcda.stacks.tables import Plan, Tables, plan_of, tables_of

Array = NDArray[np.float64]
LARGEST = 2**15
"""Entries of the largest table: of eight candidates in each of five layers, 256 kB."""
_SMALLER = 2**10  # where only a good rate is looked for
_RATES = 12  # looked at together


class Ready(NamedTuple):
    """The space, the cost that is allowed, and the slack that rounding is given."""

    space: Space
    allowed: float
    slack: float

    def least(self, score: float, objective: int) -> float:
        """The least of an objective that a stack of this score within the cost limit has."""
        scale, rate = self.space.objectives[objective]
        if (scale and score == -np.inf) or (rate and self.allowed == np.inf):
            return -np.finfo(np.float64).max
        return (
            (scale * score if scale else 0.0) - (rate * self.allowed if rate else 0.0) - self.slack
        )

    def best_score(self, bounds: Array) -> Array:
        """The best score (m,) that bounds (objectives, m) leave within the cost allowed."""
        best: Array = bounds[0].copy()
        if self.allowed < np.inf:
            for (scale, rate), bound in zip(self.space.objectives, bounds, strict=True):
                if scale and rate:
                    np.minimum(best, bound + rate * self.allowed, out=best)
        return best


def ready(
    problem: StackProblem,
    values: Sequence[Array] | None = None,
    largest: int = LARGEST,
    rates: Sequence[float] | None = None,
) -> Ready:
    """The problem made ready.

    `values` (samples, n_i) by layer stand in for the problem's own. `rates` of mixed objectives
    per unit of cost are looked for unless given.
    """
    met = {key: table for key, table in problem.pairs.items() if table.any()}
    own = [v[None] for v in problem.values] if values is None else list(values)
    plan = plan_of(problem.sizes, list(met), largest)
    unit = cost_unit(problem)
    size = sum(float(np.abs(v).max(initial=0.0)) for v in own)
    objectives = [Objective(1.0, 0.0)]
    if problem.costs is not None and (rates is not None or np.isfinite(problem.cost_limit)):
        if rates is None:
            rates = [best_rate(problem, met)]
        objectives += [Objective(0.0, 1.0 / unit)]
        objectives += [Objective(1.0, rate) for rate in rates if rate > 0]
    tables = _tables(plan, problem, met, own, objectives)
    covers = foreseen(covers_of(problem.sizes, needs_of(problem)), plan, tables)
    space = Space(plan, tuple(objectives), tuple(tables), problem.groups, covers)
    return Ready(space, cost_allowed(problem), 1e-11 * max(1.0, size))


def cost_unit(problem: StackProblem) -> float:
    """A cost that is about one when divided by this."""
    costs = problem.costs or ()
    return sum(float(np.abs(own).max(initial=0.0)) for own in costs) or 1.0


def best_rate(problem: StackProblem, met: dict[tuple[int, int], Array]) -> float:
    """The rate of score for cost by which the mixed bound on all stacks is lowest, about.

    That bound, max (score − rate × cost) + rate × limit, is convex in the rate.
    """
    limit = cost_allowed(problem)
    plan = plan_of(problem.sizes, list(met), _SMALLER)
    rates = np.concatenate([[0.0], _steepest(problem) * 2.0 ** np.arange(1 - _RATES, 0)])
    for _ in range(2):
        best = int(np.argmin(_roots(plan, problem, met, rates) + rates * limit))
        found = float(rates[best])
        rates = np.linspace(rates[max(best - 1, 0)], rates[min(best + 1, _RATES - 1)], _RATES)
    return found


def rates_for(problem: StackProblem, limits: Sequence[float]) -> list[float]:
    """Rates of score for cost such that each limit has one near its best, lowest first."""
    met = {key: table for key, table in problem.pairs.items() if table.any()}
    rates = _steepest(problem) * 1.25 ** -np.arange(0.0, 40.0)
    plan = plan_of(problem.sizes, list(met), _SMALLER)
    roots = _roots(plan, problem, met, rates)
    return sorted({float(rates[np.argmin(roots + rates * limit)]) for limit in limits})


def _steepest(problem: StackProblem) -> float:
    """A rate by which cost counts for far more than score."""
    gain = max(sum(float(np.ptp(v)) for v in problem.values), 1e-6)
    return 2.0**6 * gain / cost_unit(problem)


def _roots(
    plan: Plan, problem: StackProblem, met: dict[tuple[int, int], Array], rates: Array
) -> Array:
    """The most that score − rate × cost may be, by rate."""
    costs = problem.costs or ()
    mixed = [v - rates[:, None] * c for v, c in zip(problem.values, costs, strict=True)]
    return tables_of(plan, mixed, [-table for table in met.values()]).root


def _tables(
    plan: Plan,
    problem: StackProblem,
    met: dict[tuple[int, int], Array],
    values: Sequence[Array],
    objectives: Sequence[Objective],
) -> list[Tables]:
    """The tables of each objective; those with a score are worked out as samples of one."""
    samples = len(values[0])
    costs = problem.costs or [np.zeros(size) for size in problem.sizes]
    rates = [rate for scale, rate in objectives if scale]
    mixed = [
        np.concatenate([value - rate * cost for rate in rates])
        for value, cost in zip(values, costs, strict=True)
    ]
    together = tables_of(plan, mixed, [-table for table in met.values()])
    scored = iter(together.of(slice(k, k + samples)) for k in range(0, len(together.root), samples))
    forbidden = [np.where(np.isinf(table), -np.inf, 0.0) for table in met.values()]
    return [
        next(scored) if scale else tables_of(plan, [-rate * c[None] for c in costs], forbidden)
        for scale, rate in objectives
    ]
