"""What is counted in one part of a run: who is before whom, in each draw, by the weighted sum.

How it is fast: values and weights in single precision after taking each criterion's mean out (no
rank changes by that, and the digits left are those that tell alternatives apart); samples side by
side in memory; for few alternatives comparisons of all pairs at once instead of sorting, for more
one sort of numbers that hold score and alternative; few steps, each on much, so that two threads
seldom wait for each other. Where much is counted, `compiled` does the same.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.robustness.compiled import at_hand
from selector.mcda.robustness.draws import Cells, GivenWeights, WeightDraws
from selector.mcda.robustness.parts import Part
from selector.mcda.robustness.streams import Stream

Array = NDArray[np.float64]
Single = NDArray[np.float32]
Ranks = NDArray[np.unsignedinteger[Any]]
_FEW = 24  # alternatives, up to which all pairs are compared sooner than they are sorted
_NEAR = 2**20  # bytes


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
        raw = self.stream.raw("cells", self.cells.draws, number)[:, :size]
        return raw if self.cells.sources is None else raw[self.cells.sources]


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
    if (twins != np.arange(len(twins))).any():
        scores = scores[twins]  # equal alternatives get the same score to the last bit
    return counts_of(scores, weights, 0.0)


def counts_of(scores: Single | Array, weights: Single, tie: float) -> Counts:
    """Count scores (A, n) under weights (C, n) of any sum.

    Scores within `tie` of each other share the better rank; in single precision it is 0.
    """
    count, size = scores.shape
    is_single = scores.dtype == np.float32
    compare = at_hand(count * (count - 1) // 2 * size) if is_single else None
    if compare is not None:
        is_first, wins, table = compare(np.ascontiguousarray(scores))
    else:
        ranks, wins = _sorted(scores) if is_single and count > _FEW else _compared(scores, tie)
        is_first, table = ranks == 0, _tabulated(ranks)
    first_weights = is_first.astype(np.float32) @ (weights / weights.sum(axis=0)).T
    return Counts(table, wins, first_weights.astype(np.float64))


def _compared(scores: Single | Array, tie: float) -> tuple[Ranks, NDArray[np.int64]]:
    """How many are before each alternative in each sample (A, n), and how often a is before b."""
    count, size = scores.shape
    ranks = np.zeros((count, size), dtype=_small(count))
    wins = np.zeros((count, count), dtype=np.int64)
    upper = scores + tie if tie else scores
    for some in _some_rows(count, size):
        ahead = scores[some, None] > upper
        ranks += np.add.reduce(ahead.view(np.uint8), axis=0, dtype=ranks.dtype)
        wins[some] = _true_in_rows(ahead)
    return ranks, wins


def _sorted(scores: Single | Array) -> tuple[Ranks, NDArray[np.int64]]:
    """The same of scores in single precision, without a tie, by one sort of each sample.

    Double precision has room behind the digits of such a score for the number of its alternative.
    """
    count, size = scores.shape
    keys = np.empty((size, count), dtype=np.float64)
    keys[...] = scores.T
    keys += 0.0  # -0 is 0
    bits = keys.view(np.int64)
    bits |= np.arange(count)
    keys.sort(axis=1)
    number = (1 << (count - 1).bit_length()) - 1
    differences = (bits[:, 1:] ^ bits[:, :-1]).view(np.uint64)  # so that another sign is one
    has_level = (differences <= number).any(axis=1)
    bits &= number  # now the alternatives, the last first
    places = np.arange(count - 1, -1, -1, dtype=_small(count))
    by_sample = np.empty((size, count), dtype=places.dtype)
    np.put_along_axis(by_sample, bits, places[None], axis=1)
    ranks: Ranks = np.ascontiguousarray(by_sample.T)
    wins = np.zeros((count, count), dtype=np.int64)
    for some in _some_rows(count, size):
        wins[some, some.start :] = _true_in_rows(ranks[some, None] < ranks[some.start :])
    wins = np.triu(wins, 1)
    wins += np.tril(size - wins.T, -1)
    if has_level.any():  # by chance, in few samples: these are compared instead
        few = ranks[:, has_level]
        ranks[:, has_level], rightly = _compared(scores.compress(has_level, axis=1), 0.0)
        wins += rightly - (few[:, None] < few).sum(axis=2)
    return ranks, wins


def _small(count: int) -> type[np.unsignedinteger[Any]]:
    return np.uint8 if count <= 255 else np.uint32


def _some_rows(count: int, size: int) -> list[slice]:
    """A few rows at a time, so that what compares them with all stays in near memory."""
    step = max(1, _NEAR // (count * size))
    return [slice(start, min(start + step, count)) for start in range(0, count, step)]


def _true_in_rows(table: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many are true along the last axis. Eight bytes are added at once, 128 times at most."""
    *rows, size = table.shape
    if size % 1024:
        return np.asarray(table.sum(axis=-1), dtype=np.int64)
    eights = table.view(np.uint64).reshape(*rows, size // 1024, 128)
    sums: NDArray[np.uint64] = np.add.reduce(eights, axis=-1)
    return np.asarray(sums.view(np.uint8).sum(axis=-1, dtype=np.int64))


def _tabulated(ranks: Ranks) -> NDArray[np.int64]:
    """How often each alternative has each rank (A, A)."""
    count = len(ranks)
    places = np.arange(count)
    if count <= _FEW:
        return _true_in_rows(ranks[:, None] == places.astype(ranks.dtype)[:, None])
    cells = ranks + (count * places)[:, None]
    return np.bincount(cells.ravel(), minlength=count * count).reshape(count, count)


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
