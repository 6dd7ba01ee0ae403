"""What is counted in one part of a run: who is before whom, in each draw, by the weighted sum.

How it is fast: values and weights in single precision after taking each criterion's mean out (no
rank changes by that, and the digits left are those that tell alternatives apart), samples side by
side in memory, comparisons of pairs instead of sorting.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.robustness.draws import Cells, GivenWeights, WeightDraws
from selector.mcda.robustness.parts import Part
from selector.mcda.robustness.streams import Stream

Array = NDArray[np.float64]
Single = NDArray[np.float32]


class Counts(NamedTuple):
    """Of a number of draws: how often each has each rank (A, A), how often each is before each
    other (A, A), and the sum of the weights with which each is first (A, C).
    """

    ranks: NDArray[np.int64]
    wins: NDArray[np.int64]
    first_weights: Array


class Drawn(NamedTuple):
    """What the draws of a run are made of: values, weights, and where chance comes from."""

    cells: Cells
    weights: WeightDraws | GivenWeights
    stream: Stream

    def uniforms(self, number: int, size: int) -> Single:
        """The chances (K, n) of the cells that vary, in one block."""
        return self.stream.raw("cells", len(self.cells.rows), number)[:, :size]


def counted(drawn: Drawn, part: Part) -> Counts:
    """Count one part by the weighted sum."""
    twins = _twins(drawn.cells, drawn.weights.carry)
    return added(_block(drawn, twins, number, size) for number, size in part)


def added(parts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    first, *others = parts
    for other in others:
        first = Counts(
            first.ranks + other.ranks,
            first.wins + other.wins,
            first.first_weights + other.first_weights,
        )
    return first


def _block(drawn: Drawn, twins: NDArray[np.int64], number: int, size: int) -> Counts:
    """Count one block: score, compare, add up."""
    cells = drawn.cells
    weights = drawn.weights.block(number, size)
    centred = (cells.middle - cells.middle.mean(axis=0)).astype(np.float32)
    scores = centred @ weights
    if len(cells.rows):
        uniforms = drawn.uniforms(number, size)
        for row, start, stop in cells.rows_that_vary():
            moved = cells.deviations(start, stop, uniforms[start:stop])
            moved *= weights[cells.columns[start:stop]]
            scores[row] += moved.sum(axis=0)
    has_twins = bool((twins != np.arange(len(twins))).any())
    if has_twins:
        scores = scores[twins]  # equal alternatives get the same score to the last bit
    return counts_of(scores, weights, 0.0 if has_twins else None)


def counts_of(scores: Single | Array, weights: Single, tie: float | None) -> Counts:
    """Count scores (A, n) under weights (C, n) of any sum.

    Scores within `tie` of each other share the better rank; None where none are that near.
    """
    ranks, wins, table = _compared(scores, tie)
    share = (ranks == 0).astype(np.float32)
    share *= 1 / weights.sum(axis=0)
    return Counts(table, wins, (share @ weights.T).astype(np.float64))


def _compared(
    scores: Single | Array, tie: float | None
) -> tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.int64], NDArray[np.int64]]:
    """How many are before each alternative in each sample (A, n), and the two tables (A, A).

    The tables count how often a is before b, and how often a has rank r.
    """
    count, size = scores.shape
    ranks = np.zeros((count, size), dtype=np.uint8 if count <= 255 else np.uint32)
    wins = np.zeros((count, count), dtype=np.int64)
    upper = scores + tie if tie else scores
    for row in range(count - 1):
        ahead = scores[row] > upper[row + 1 :]
        before = _true_in_rows(ahead)
        ranks[row + 1 :] += ahead.view(np.uint8)
        wins[row, row + 1 :] = before
        if tie is not None:
            behind = upper[row] < scores[row + 1 :]
            ranks[row] += np.add.reduce(behind.view(np.uint8), axis=0, dtype=ranks.dtype)
            wins[row + 1 :, row] = _true_in_rows(behind)
        else:
            ranks[row] += len(ahead)
            ranks[row] -= np.add.reduce(ahead.view(np.uint8), axis=0, dtype=ranks.dtype)
            wins[row + 1 :, row] = size - before
    return ranks, wins, _tabulated(ranks)


def _true_in_rows(table: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many are true in each row. Eight bytes are added at once, 128 times at most."""
    rows, size = table.shape
    if size % 1024:
        return np.asarray(table.sum(axis=1), dtype=np.int64)
    eights = table.view(np.uint64).reshape(rows, size // 1024, 128)
    sums: NDArray[np.uint64] = np.add.reduce(eights, axis=2)
    return np.asarray(sums.view(np.uint8).sum(axis=1, dtype=np.int64))


def _tabulated(ranks: NDArray[np.unsignedinteger[Any]]) -> NDArray[np.int64]:
    """How often each alternative has each rank (A, A)."""
    count = len(ranks)
    if count <= 16:
        return np.stack([_true_in_rows(ranks == rank) for rank in range(count)], axis=1)
    return np.stack([np.bincount(row, minlength=count) for row in ranks])


def confident(
    drawn: Drawn, weights: Array, own: NDArray[np.int64], part: Part
) -> NDArray[np.int64]:
    """In how many draws of the values each of `own` (K,) is first under its `weights` (K, C)."""
    cells = drawn.cells
    still = np.einsum("kc,ac->ka", weights, cells.middle).astype(np.float32)
    single = weights.astype(np.float32)
    found = np.zeros(len(own), dtype=np.int64)
    for number, size in part:
        uniforms = drawn.uniforms(number, size)
        best = np.full((len(own), size), -np.inf, dtype=np.float32)
        mine = np.empty_like(best)
        for row in range(len(cells.middle)):
            start, stop = np.searchsorted(cells.rows, [row, row + 1])
            moved = cells.deviations(start, stop, uniforms[start:stop])
            scores = single[:, cells.columns[start:stop]] @ moved
            scores += still[:, row, None]
            np.maximum(best, scores, out=best)
            mine[own == row] = scores[own == row]
        found += (mine >= best).sum(axis=1)
    return found


def _twins(cells: Cells, carry: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each alternative the first that has the same values where weight can be, all fixed."""
    count = len(cells.middle)
    result = np.arange(count)
    varying = set(cells.rows.tolist())
    seen: dict[bytes, int] = {}
    for row in range(count):
        if row not in varying:
            result[row] = seen.setdefault(cells.middle[row, carry].tobytes(), row)
    return result
