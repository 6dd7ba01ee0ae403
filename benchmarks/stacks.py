"""Whole stacks of ten layers with eight candidates: our best ten against one by HiGHS."""

import os
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from benchmarks.timing import Result
from selector.mcda.stacks import StackProblem, best_stacks, stack_shares
from tests.mcda.stacks.made import practical
from tests.mcda.stacks.oracles import Program, program_of, solved

SEEDS = range(20)
GAP = 1e-4
"""HiGHS' own relative gap: it need not prove more than that its stack is within it of the best."""


class _Times(NamedTuple):
    wall: float
    cpu: float


def ten_best() -> Result:
    """All of `best_stacks` from the problem on, against HiGHS' work on a program that is ready."""
    best_stacks(practical(SEEDS[-1] + 1))  # to warm up
    solved(program_of(practical(SEEDS[-1] + 1)), GAP)
    pairs = [_both(practical(seed)) for seed in SEEDS]
    cpu = statistics.median(a.cpu / b.cpu for a, b in pairs)
    against = (
        f"the best one by HiGHS with presolve, {len(SEEDS)} instances; by time of the processor "
        f"{cpu:.3g}; load {os.getloadavg()[0]:.1f}"
    )
    return Result(
        "ten best stacks of 10×8, limits and relations",
        statistics.median(a.wall for a, _ in pairs),
        against,
        statistics.median(b.wall for _, b in pairs),
        statistics.median(a.wall / b.wall for a, b in pairs),
        0.1,
    )


def fixing_a_layer() -> Result:
    """The ten best again after one layer was fixed at what the second best has there."""
    times = []
    for seed in SEEDS:
        problem = practical(seed)
        found = best_stacks(problem)
        layer = int((found.choices[0] != found.choices[1]).argmax())
        fixed = {layer: int(found.choices[1, layer])}
        times.append(_timed(lambda p=problem, f=fixed: best_stacks(p, fixed=f)))
    ours = statistics.median(one.wall for one in times)
    cpu = statistics.median(one.cpu for one in times)
    against = (
        f"what is allowed; the slowest {max(one.wall for one in times):.3g} s, time of the "
        f"processor {cpu:.3g} s; load {os.getloadavg()[0]:.1f}"
    )
    return Result("the same after fixing a layer", ours, against, 0.05, ours / 0.05, 1.0)


def over_a_thousand_weights() -> Result:
    """How often each stack is best over 1,000 draws, against as many searches one by one."""
    problem = practical(0)
    rng = np.random.default_rng(0)
    weights = rng.dirichlet(np.ones(10), 1_000)
    scores = [rng.uniform(0.3, 0.9, 8) for _ in range(10)]
    together = _timed(lambda: stack_shares(problem, scores, weights))
    some = weights[:50]

    def one_by_one() -> None:
        for drawn in some:
            values = tuple(w * s for w, s in zip(drawn, scores, strict=True))
            best_stacks(problem._replace(values=values), 1)

    alone = _timed(one_by_one).wall * len(weights) / len(some)
    return Result(
        "the best of 10×8 stacks in each of 1,000 draws",
        together.wall,
        "our own search draw by draw",
        alone,
        together.wall / alone,
        0.2,
    )


def _both(problem: StackProblem) -> tuple[_Times, _Times]:
    """Times of ours and of HiGHS, which must agree."""
    program: Program = program_of(problem)
    found, theirs = [], []
    ours = _timed(lambda: found.append(best_stacks(problem, 10)))
    peer = _timed(lambda: theirs.append(solved(program, GAP)))
    best, (score, _) = float(found[0].scores[0]), theirs[0]
    if not best - GAP * best - 1e-6 <= score <= best + 1e-6:
        raise AssertionError(f"HiGHS found {score}, we {best}")
    return ours, peer


def _timed(work: Callable[[], object]) -> _Times:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return _Times(time.perf_counter() - wall, time.process_time() - cpu)
