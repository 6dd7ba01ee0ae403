"""The comparisons of all pairs as a compiled loop, where numba is installed and it pays.

It counts what `counting` counts, to the last one, in less time, and keeps no other thread waiting.
But numba takes most of a second to load, and seconds on its very first use on a machine, when it
compiles (what it makes is kept on disk). So it is loaded only in a process that has compared much
already: one that does so goes on to do more.
"""

import threading
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

ENOUGH = 200_000_000
"""Comparisons in a process after which numba is loaded: a fifth of a second's without it."""
_TILE = 128  # samples at once: few enough for the nearest memory, and to be counted in one byte

Counted = tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]
"""Where each is first (A, n); how often a is before b, and how often it has rank r, both (A, A)."""
Compare = Callable[[Any], Counted]
"""Counts scores (A, n) in single precision."""

_lock = threading.Lock()
_done = 0


def at_hand(comparisons: int) -> Compare | None:
    """The compiled loop for so many comparisons more; None where it is not there, or not yet."""
    global _done
    with _lock:
        _done += comparisons
        return compare() if _done >= ENOUGH else None


@cache
def compare() -> Compare | None:
    """The compiled loop; None without numba, or where that cannot keep what it compiles."""
    try:
        from numba import njit

        compiled: Compare = njit(cache=True, nogil=True)(_compare)
    except (ImportError, RuntimeError):
        return None
    compiled(np.zeros((2, 1), np.float32))
    return compiled


def _compare(scores: Any) -> Any:
    count, size = scores.shape
    is_first = np.empty((count, size), np.bool_)
    wins, table = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    ranks = np.empty((count, _TILE), np.uint16)
    for start in range(0, size, _TILE):
        stop = min(start + _TILE, size)
        ranks[:] = 0
        for a in range(count - 1):
            score, rank = scores[a, start:stop], ranks[a]
            for b in range(a + 1, count):
                other, other_rank = scores[b, start:stop], ranks[b]
                won, lost = np.uint8(0), np.uint8(0)
                for i in range(len(score)):
                    ahead, behind = np.uint8(score[i] > other[i]), np.uint8(other[i] > score[i])
                    other_rank[i] += ahead
                    rank[i] += behind
                    won, lost = np.uint8(won + ahead), np.uint8(lost + behind)
                wins[a, b] += won
                wins[b, a] += lost
        for a in range(count):
            for i in range(stop - start):
                table[a, ranks[a, i]] += 1
                is_first[a, start + i] = ranks[a, i] == 0
    return is_first, wins, table
