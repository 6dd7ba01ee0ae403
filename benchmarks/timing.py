"""What every benchmark gives, and how times are taken: ours and the peer's in turn, in one run."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    """Medians of ours and the peer's, and the median of the ratios pair by pair."""

    what: str
    ours: float
    against: str
    peer: float
    ratio: float
    wanted: float
    unit: str = "s"


def compared(
    what: str,
    ours: Callable[[], object],
    against: str,
    peer: Callable[[], object],
    wanted: float,
    runs: int = 15,
    at_once: int = 1,
) -> Result:
    """Both in turn, so that a slow moment of the machine meets both alike; one run to warm up.

    Each is run `at_once` times in a row and the mean taken, for it is in a row that they are used.
    """

    def mean(work: Callable[[], object]) -> float:
        return seconds(lambda: [work() for _ in range(at_once)]) / at_once

    pairs = [(mean(ours), mean(peer)) for _ in range(runs + 1)][1:]
    return Result(
        what,
        statistics.median(a for a, _ in pairs),
        against,
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        wanted,
    )


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_seconds(work: Callable[[], object], runs: int = 7) -> float:
    """The median time of several runs, after one to warm up."""
    work()
    return statistics.median(seconds(work) for _ in range(runs))
