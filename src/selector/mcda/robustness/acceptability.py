"""SMAA-2 for the additive value model: how often each alternative takes each rank.

Lahdelma and Salminen 2001, "SMAA-2: Stochastic multicriteria acceptability analysis for group
decision making", Operations Research 49 (3), 444-454, doi 10.1287/opre.49.3.444.11220. For draws
of weights w and values v the score is u(a) = sum of w v. Then

- rank acceptability b(a, r): the share of draws in which a has rank r (equal scores share the
  better rank);
- central weight vector w(a): the mean of the weights of the draws in which a is first;
- confidence factor p(a): the share of draws of the values in which a is first under w(a);
- pairwise winning index c(a, b): the share of draws in which a is strictly before b (Leskinen et
  al. 2006).

How it is fast: values and weights in single precision after taking each criterion's mean out (no
rank changes by that, and the digits left are those that tell alternatives apart), samples side by
side in memory, comparisons of pairs instead of sorting, two threads over groups of blocks.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selector.domain.problem import UsageError
from selector.mcda.methods.weighted_sum import ranks_of, weighted_sum
from selector.mcda.robustness.draws import (
    Cells,
    GivenWeights,
    Spread,
    WeightDraws,
    Weighting,
    blocks_of,
    cells_of,
    raw_draws,
    weighting_of,
)

Array = NDArray[np.float64]
Single = NDArray[np.float32]
Progress = Callable[[int, int], None]
Made = TypeVar("Made")
_GROUP = 4  # blocks added up together: fixed, so that sums do not depend on the threads


class Acceptability(NamedTuple):
    """What SMAA-2 tells of A alternatives and C criteria.

    `rank_acceptability` (A, A) by alternative and rank; `central_weights` (A, C) and `confidence`
    (A,), NaN where an alternative is never first; `pairwise_winning` (A, A).
    """

    samples: int
    seed: int
    rank_acceptability: Array
    central_weights: Array
    confidence: Array
    pairwise_winning: Array


class _Counts(NamedTuple):
    ranks: NDArray[np.int64]
    wins: NDArray[np.int64]
    first_weights: Array


def smaa(
    values: ArrayLike | tuple[ArrayLike, ArrayLike],
    samples: int = 100_000,
    seed: int = 1,
    weights: str | ArrayLike = "uniform",
    centre: ArrayLike | None = None,
    threads: int | None = None,
) -> Acceptability:
    """SMAA-2 of values between 0 and 1, more is better.

    `values` has the shape (alternatives, criteria), or is a pair (low, high) of such arrays, each
    value then drawn evenly between the two. `weights` is `uniform` (all weights that sum to 1 are
    equally likely), `around:0.25` (within 25 % of `centre`) or `order` (in the order of `centre`);
    an array (criteria,) of fixed weights; or one (samples, criteria) of drawn ones, whose number
    then counts instead of `samples`. Without a `centre` its weights are equal, and for `order` the
    criteria come most important first. The same seed gives the same result, whatever the threads.

    Raises UsageError where the shapes or numbers cannot be used.

    >>> smaa([[1.0, 0.0], [0.0, 0.6]], samples=50_000).rank_acceptability[0, 0].round(2)
    np.float64(0.63)
    """
    spread = _spread_of(values)
    count = spread.low.shape[1]
    if isinstance(weights, str):
        weighting = weighting_of(weights)
        usual = np.arange(count, 0, -1.0) if weighting.kind == "order" else np.ones(count)
        middle = usual if centre is None else _weights_of(centre, (count,))
        return acceptability(spread, weighting, middle, samples, seed, threads=threads)
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim == 1:
        fixed = _weights_of(given, (count,))
        return acceptability(spread, Weighting("around", 0.0), fixed, samples, seed, threads)
    drawn = _weights_of(given, (len(given), count))
    return _sampled(spread, GivenWeights(drawn), len(drawn), seed, threads, None)


def acceptability(
    spread: Spread,
    weighting: Weighting,
    centre: Array,
    samples: int,
    seed: int,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Acceptability:
    """SMAA-2 of values as they may turn out, with weights that vary about `centre` (criteria,).

    `progress` is called with the samples done and wanted; what it raises ends the work.
    """
    if samples < 1 or seed < 0:
        raise UsageError("samples and seed: write at least 1 sample, and a seed of 0 or more")
    draws = WeightDraws(weighting, centre / centre.sum(), seed, samples)
    return _sampled(spread, draws, samples, seed, threads, progress)


def _sampled(
    spread: Spread,
    draws: WeightDraws | GivenWeights,
    samples: int,
    seed: int,
    threads: int | None,
    progress: Progress | None,
) -> Acceptability:
    cells = cells_of(spread, draws.carry)
    twins = _twins(cells, draws.carry)
    if draws.fixed is not None and not len(cells.rows):
        return _certain(cells.middle, draws.fixed, samples, seed)
    count, criteria = cells.middle.shape
    ranks, wins = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    firsts, done = np.zeros((count, criteria)), 0

    def work(part: list[tuple[int, int]]) -> _Counts:
        return _add(_block(cells, twins, draws, seed, samples, b, size) for b, size in part)

    blocks = blocks_of(samples)
    parts = [blocks[i : i + _GROUP] for i in range(0, len(blocks), _GROUP)]
    for made, part in zip(_in_threads(work, parts, threads), parts, strict=True):
        ranks += made.ranks
        wins += made.wins
        firsts += made.first_weights
        done += sum(size for _, size in part)
        if progress is not None:
            progress(done, samples)
    is_first = ranks[:, 0] > 0
    central = np.full((count, criteria), np.nan)
    central[is_first] = firsts[is_first] / firsts[is_first].sum(axis=1, keepdims=True)
    confidence = np.full(count, np.nan)
    confidence[is_first] = _confidence(cells, central, is_first, samples, seed, threads)
    return Acceptability(samples, seed, ranks / samples, central, confidence, wins / samples)


def _block(
    cells: Cells,
    twins: NDArray[np.int64],
    draws: WeightDraws | GivenWeights,
    seed: int,
    samples: int,
    number: int,
    size: int,
) -> _Counts:
    """Count one block: score, compare, add up."""
    weights = draws.block(number, size)
    centred = (cells.middle - cells.middle.mean(axis=0)).astype(np.float32)
    scores = centred @ weights
    if len(cells.rows):
        uniforms = raw_draws("cells", len(cells.rows), seed, number, samples)[:, :size]
        for row, start, stop in cells.rows_that_vary():
            moved = cells.deviations(start, stop, uniforms[start:stop])
            moved *= weights[cells.columns[start:stop]]
            scores[row] += moved.sum(axis=0)
    has_twins = bool((twins != np.arange(len(twins))).any())
    if has_twins:
        scores = scores[twins]  # equal alternatives get the same score to the last bit
    ranks, wins, table = _compared(scores, has_twins)
    share = (ranks == 0).astype(np.float32)
    share *= 1 / weights.sum(axis=0)
    return _Counts(table, wins, (share @ weights.T).astype(np.float64))


def _compared(
    scores: Single, has_ties: bool
) -> tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.int64], NDArray[np.int64]]:
    """How many are before each alternative in each sample (A, n), and the two tables (A, A).

    The tables count how often a is before b, and how often a has rank r.
    """
    count, size = scores.shape
    ranks = np.zeros((count, size), dtype=np.uint8 if count <= 255 else np.uint32)
    wins = np.zeros((count, count), dtype=np.int64)
    for row in range(count - 1):
        below = scores[row + 1 :]
        ahead = scores[row] > below
        before = _true_in_rows(ahead)
        ranks[row + 1 :] += ahead.view(np.uint8)
        wins[row, row + 1 :] = before
        if has_ties:
            behind = scores[row] < below
            ranks[row] += np.add.reduce(behind.view(np.uint8), axis=0, dtype=ranks.dtype)
            wins[row + 1 :, row] = _true_in_rows(behind)
        else:
            ranks[row] += len(below)
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


def _confidence(
    cells: Cells,
    central: Array,
    is_first: NDArray[np.bool_],
    samples: int,
    seed: int,
    threads: int | None,
) -> Array:
    """The share of draws of the values in which each alternative wins under its own weights."""
    own = np.flatnonzero(is_first)
    weights = central[own]
    still = np.asarray(np.einsum("kc,ac->ka", weights, cells.middle))
    if not len(cells.rows):
        wins = still[np.arange(len(own)), own] >= still.max(axis=1) - 1e-12
        return np.asarray(wins, dtype=np.float64)
    single = weights.astype(np.float32)

    def work(part: list[tuple[int, int]]) -> NDArray[np.int64]:
        counted = np.zeros(len(own), dtype=np.int64)
        for number, size in part:
            uniforms = raw_draws("cells", len(cells.rows), seed, number, samples)[:, :size]
            best = np.full((len(own), size), -np.inf, dtype=np.float32)
            mine = np.empty_like(best)
            for row in range(len(cells.middle)):
                start, stop = np.searchsorted(cells.rows, [row, row + 1])
                moved = cells.deviations(start, stop, uniforms[start:stop])
                scores = single[:, cells.columns[start:stop]] @ moved
                scores += still[:, row, None].astype(np.float32)
                np.maximum(best, scores, out=best)
                mine[own == row] = scores[own == row]
            counted += (mine >= best).sum(axis=1)
        return counted

    blocks = blocks_of(samples)
    parts = [blocks[i : i + _GROUP] for i in range(0, len(blocks), _GROUP)]
    total = np.zeros(len(own), dtype=np.int64)
    for made in _in_threads(work, parts, threads):
        total += made
    return total / samples


def _in_threads(
    work: Callable[[list[tuple[int, int]]], Made],
    parts: list[list[tuple[int, int]]],
    threads: int | None,
) -> Iterator[Made]:
    """The work on each part, in order; in two threads where there is enough of it."""
    wanted = min(threads or min(2, os.cpu_count() or 1), len(parts))
    with _one_blas_thread():
        if wanted < 2:
            yield from map(work, parts)
            return
        with ThreadPoolExecutor(wanted) as pool:
            ahead = 2 * wanted  # no further, so that a long run holds few results at once
            waiting = [pool.submit(work, part) for part in parts[:ahead]]
            for index in range(len(parts)):
                made = waiting.pop(0).result()
                if index + ahead < len(parts):
                    waiting.append(pool.submit(work, parts[index + ahead]))
                yield made


def _add(parts: Iterable[_Counts]) -> _Counts:
    first, *others = parts
    for other in others:
        first = _Counts(
            first.ranks + other.ranks,
            first.wins + other.wins,
            first.first_weights + other.first_weights,
        )
    return first


def _certain(values: Array, weights: Array, samples: int, seed: int) -> Acceptability:
    """The same where nothing varies: one ranking, to the digits that the ranking itself has."""
    scores = weighted_sum(values, weights)
    ranks, count = ranks_of(scores), len(scores)
    table = (ranks[:, None] == np.arange(1, count + 1)).astype(np.float64)
    is_first = ranks == 1
    return Acceptability(
        samples,
        seed,
        table,
        np.where(is_first[:, None], weights, np.nan),
        np.where(is_first, 1.0, np.nan),
        (ranks[:, None] < ranks).astype(np.float64),
    )


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _one_blas_thread() -> AbstractContextManager[Any]:
    """Keep the linear algebra in one thread: on such thin products more only get in the way."""
    limit: AbstractContextManager[Any] = _blas().limit(limits=1, user_api="blas")
    return limit


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


def _spread_of(values: ArrayLike | tuple[ArrayLike, ArrayLike]) -> Spread:
    if isinstance(values, tuple) and len(values) == 2 and np.ndim(values[0]) == 2:
        low, high = (np.asarray(part, dtype=np.float64) for part in values)
    else:
        low = high = np.asarray(values, dtype=np.float64)
    is_table = low.ndim == 2 and low.shape == high.shape and low.size > 0
    if not is_table or not np.isfinite(low).all() or not np.isfinite(high).all():
        raise UsageError(
            "values: give finite numbers of shape (alternatives, criteria), or a pair of such "
            "arrays, low and high"
        )
    if (low > high).any():
        raise UsageError("values: a low is above its high; give (low, high)")
    return Spread(low, high)


def _weights_of(given: ArrayLike, shape: tuple[int, ...]) -> Array:
    weights = np.asarray(given, dtype=np.float64)
    is_fit = weights.shape == shape and bool(np.isfinite(weights).all()) and (weights >= 0).all()
    if not is_fit or (weights.sum(axis=-1) <= 0).any() or not len(weights):
        raise UsageError("weights: give one number of 0 or more for each criterion, not all zero")
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))
