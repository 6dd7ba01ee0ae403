"""Sampling and a large weighted sum, against other libraries."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.startup import Result
from selector.mcda import smaa
from selector.mcda.methods.weighted_sum import weighted_sum

SAMPLES = 100_000
LOOPED = 1_000  # of the samples, looped over with the peer; its time is scaled up


def sampling_8_by_25() -> Result:
    """SMAA-2 of 8 alternatives and 25 criteria."""
    return _sampling(8, 25)


def sampling_50_by_25() -> Result:
    """SMAA-2 of 50 alternatives and 25 criteria."""
    return _sampling(50, 25)


def _sampling(rows: int, columns: int) -> Result:
    """All of SMAA-2, ours with a new seed each time, against ranks alone looped over pymcdm."""
    from pymcdm.methods import WSM

    rng = np.random.default_rng(1)
    values = rng.random((rows, columns))
    types = np.ones(columns)
    method = WSM(lambda column, cost=False: column)
    drawn = rng.dirichlet(np.ones(columns), LOOPED)

    def looped() -> None:
        counts = np.zeros((rows, rows))
        for weights in drawn:
            ranks = method.rank(method(values, weights, types))
            counts[np.arange(rows), ranks.astype(int) - 1] += 1

    seeds = iter(range(100))
    ours = _seconds(lambda: smaa(values, SAMPLES, next(seeds)))
    peer = _seconds(looped, 3) * SAMPLES / LOOPED
    what = f"SMAA-2, {rows}×{columns}, {SAMPLES:,} samples"
    return Result(what, ours, "looping over pymcdm", peer, ours / peer, 1 / 25)


def a_large_weighted_sum() -> Result:
    """Scores of 10,000 alternatives on 50 criteria."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    rng = np.random.default_rng(1)
    values, weights = rng.random((10_000, 50)), rng.dirichlet(np.ones(50))
    table = mkdm(values, [max] * 50, weights=weights)
    ours = _seconds(lambda: weighted_sum(values, weights), 20)
    peer = _seconds(lambda: WeightedSumModel().evaluate(table), 10)
    return Result("weighted sum, 10,000×50", ours, "scikit-criteria", peer, ours / peer, 1 / 5)


def _seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median time of several runs, after one to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
