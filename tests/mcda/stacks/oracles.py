"""Two other ways to the best stacks: to look at all of them, and a mixed-integer program."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from selector.mcda.stacks import StackProblem

LEEWAY = 1e-9
"""Of the cost limit, as the engine has it."""


def every_stack(problem: StackProblem, fixed: Mapping[int, int] = {}) -> np.ndarray:
    """All stacks (m, layers) that keep the fixed layers, in the order of their places."""
    ranges = [[fixed[i]] if i in fixed else range(n) for i, n in enumerate(problem.sizes)]
    return np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1).reshape(-1, len(ranges))


def worth(problem: StackProblem, stacks: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Score (minus infinity where any constraint is broken), cost and number of providers of each.

    `stacks` (m, layers).
    """
    columns = list(stacks.T)
    scores, costs = np.zeros(len(stacks)), np.zeros(len(stacks))
    skills = np.zeros(len(stacks), dtype=np.int64)
    for layer, chosen in enumerate(columns):
        scores += problem.values[layer][chosen]
        costs += problem.costs[layer][chosen] if problem.costs is not None else 0.0
        skills |= np.array(problem.skills[layer])[chosen] if problem.skills else 0
    for (i, j), penalty in problem.pairs.items():
        scores -= penalty[columns[i], columns[j]]
    for group in problem.groups:
        present = sum((columns[i] == a).astype(int) for i, a in group.members)
        scores[present == len(group.members)] -= group.penalty
    owners = np.zeros(len(stacks), dtype=np.int64)
    for owner in {own for layer in problem.providers for own in layer} - {-1}:
        has = [
            np.isin(c, np.flatnonzero(np.array(own) == owner))
            for c, own in zip(columns, problem.providers, strict=True)
        ]
        owners += np.any(has, axis=0)
    broken = costs > problem.cost_limit + LEEWAY * abs(problem.cost_limit)
    if problem.providers and problem.provider_limit is not None:
        broken |= owners > problem.provider_limit
    if problem.skills and problem.skill_limit is not None:
        broken |= np.bitwise_count(skills) > problem.skill_limit
    scores[broken] = -np.inf
    return scores, costs, owners


class Known(NamedTuple):
    """Every stack that keeps all constraints, in the order of places, with what it is worth."""

    choices: np.ndarray
    scores: np.ndarray
    costs: np.ndarray
    providers: np.ndarray

    def best(self, k: int) -> np.ndarray:
        """The places of the best k: the highest score, of level ones the first."""
        scores, order = self.scores.copy(), []
        while len(order) < k and (scores > -np.inf).any():
            level = np.flatnonzero(scores >= scores.max() - 1e-12)
            order += level.tolist()
            scores[level] = -np.inf
        return np.array(order[:k], dtype=np.int64)

    def front(self) -> set[tuple[int, ...]]:
        """The stacks that none beats; of equals the first."""
        kept: list[int] = []
        for one in range(len(self.scores)):
            as_good = (self.scores >= self.scores[one] - 1e-12) & (
                self.costs <= self.costs[one] + 1e-7
            )
            as_good &= self.providers <= self.providers[one]
            better = (self.scores > self.scores[one] + 1e-12) | (
                self.costs < self.costs[one] - 1e-7
            )
            better |= self.providers < self.providers[one]
            if not (as_good & better).any() and not as_good[kept].any():
                kept.append(one)
        return {tuple(stack) for stack in self.choices[kept].tolist()}


def known(problem: StackProblem, fixed: Mapping[int, int] = {}) -> Known:
    """All that keep the constraints, by looking at every one."""
    stacks = every_stack(problem, fixed)
    scores, costs, providers = worth(problem, stacks)
    keeps = scores > -np.inf
    return Known(stacks[keeps], scores[keeps], costs[keeps], providers[keeps])


class Program(NamedTuple):
    """A mixed-integer program as scipy's `milp` takes it; the first variables are candidates."""

    objective: np.ndarray
    integrality: np.ndarray
    bounds: Bounds
    constraints: LinearConstraint
    starts: np.ndarray


def by_program(problem: StackProblem) -> tuple[float, np.ndarray]:
    """The best score and stack by HiGHS; minus infinity and no stack where there is none."""
    return solved(program_of(problem), 0.0)


def solved(program: Program, gap: float) -> tuple[float, np.ndarray]:
    """Solve it with presolve, to this relative gap."""
    done = milp(
        program.objective,
        integrality=program.integrality,
        bounds=program.bounds,
        constraints=program.constraints,
        options={"presolve": True, "mip_rel_gap": gap},
    )
    if done.x is None:
        return -np.inf, np.empty(0, dtype=np.int64)
    stack = [int(np.argmax(done.x[a:b])) for a, b in pairwise(program.starts)]
    return -float(done.fun), np.array(stack)


def program_of(problem: StackProblem) -> Program:
    """The pairs linearised by rows of candidates rather than cell by cell.

    Only the candidates are whole numbers. Of two layers that meet each pair of candidates with a
    penalty has a variable; each candidate is at least the sum of its pairs, and at most that and
    the other layer's candidates that go with it freely. That is the local polytope (Sherali and
    Adams 1990) with the free pairs taken out, which HiGHS solves a little sooner. A group of g is
    at most g - 1, or its penalty is due; a provider counts as much as its share in any layer.
    """
    made = _Made(problem)
    for i in range(len(problem.sizes)):
        made.row({int(v): 1.0 for v in made.layer(i)}, 1.0, 1.0)
    for (i, j), penalty in problem.pairs.items():
        if penalty.any():
            made.add_pairs(i, j, penalty)
    for group in problem.groups:
        members = {int(made.layer(i)[a]): 1.0 for i, a in group.members}
        if np.isfinite(group.penalty):
            members[made.variable(group.penalty)] = -1.0
        made.row(members, -np.inf, len(group.members) - 1.0)
    if problem.costs is not None and np.isfinite(problem.cost_limit):
        costs = np.concatenate(problem.costs).tolist()
        made.row(dict(enumerate(costs)), -np.inf, problem.cost_limit)
    if problem.providers and problem.provider_limit is not None:
        owners = [[[own] if own >= 0 else [] for own in layer] for layer in problem.providers]
        made.add_limit(owners, problem.provider_limit)
    if problem.skills and problem.skill_limit is not None:
        bits = [[[b for b in range(63) if m >> b & 1] for m in layer] for layer in problem.skills]
        made.add_limit(bits, problem.skill_limit)
    return made.program()


class _Made:
    """A program in the making."""

    def __init__(self, problem: StackProblem) -> None:
        self.starts = np.concatenate([[0], np.cumsum(problem.sizes)])
        self.objective = [-float(v) for values in problem.values for v in values]
        self.rows: list[dict[int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def layer(self, number: int) -> np.ndarray:
        return np.arange(self.starts[number], self.starts[number + 1])

    def variable(self, cost: float) -> int:
        self.objective.append(cost)
        return len(self.objective) - 1

    def row(self, entries: dict[int, float], low: float, high: float) -> None:
        self.rows.append(entries)
        self.low.append(low)
        self.high.append(high)

    def add_pairs(self, i: int, j: int, penalty: np.ndarray) -> None:
        soft = {
            (a, b): self.variable(float(penalty[a, b]))
            for a, b in np.ndindex(penalty.shape)
            if 0 < penalty[a, b] < np.inf
        }
        for turned, one, other in ((False, i, j), (True, j, i)):
            table = penalty.T if turned else penalty
            for a, own in enumerate(self.layer(one)):
                entries = {int(v): 1.0 for v in self.layer(other)[table[a] == 0]}
                charged = {v: 1.0 for key, v in soft.items() if key[turned] == a}
                self.row({**entries, **charged, int(own): -1.0}, 0.0, np.inf)
                self.row({**charged, int(own): -1.0}, -np.inf, 0.0)

    def add_limit(self, needs: list[list[list[int]]], limit: int) -> None:
        used: dict[int, int] = {}
        for i, layer in enumerate(needs):
            for item in {item for own in layer for item in own}:
                if item not in used:
                    used[item] = self.variable(0.0)
                share = {int(self.layer(i)[a]): 1.0 for a, own in enumerate(layer) if item in own}
                self.row({**share, used[item]: -1.0}, -np.inf, 0.0)
        self.row(dict.fromkeys(used.values(), 1.0), -np.inf, float(limit))

    def program(self) -> Program:
        places = [(k, v, x) for k, entries in enumerate(self.rows) for v, x in entries.items()]
        rows, columns, entries = zip(*places, strict=True)
        table = csr_array((entries, (rows, columns)), shape=(len(self.rows), len(self.objective)))
        integrality = np.zeros(len(self.objective))
        integrality[: self.starts[-1]] = 1
        return Program(
            np.array(self.objective),
            integrality,
            Bounds(0, 1),
            LinearConstraint(table, np.array(self.low), np.array(self.high)),
            self.starts,
        )
