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
"""

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selector.domain.problem import UsageError
from selector.mcda.methods._contract import method_ids, ranked, sampled_method_ids, setting_problem
from selector.mcda.methods._scaling import TIE
from selector.mcda.methods.weighted_sum import weighted_sum
from selector.mcda.robustness import by_method
from selector.mcda.robustness.by_method import Fed
from selector.mcda.robustness.counting import Counts, Drawn, confident, counted
from selector.mcda.robustness.draws import (
    GivenWeights,
    Spread,
    WeightDraws,
    Weighting,
    carry_of,
    cells_of,
    weighting_of,
)
from selector.mcda.robustness.parts import (
    Mapper,
    Progress,
    made_of_parts,
    parts_of,
    samples_in,
    threads_mapper,
)
from selector.mcda.robustness.streams import stream_of

Array = NDArray[np.float64]
SUM = "weighted_sum"


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


def smaa(
    values: ArrayLike | tuple[ArrayLike, ArrayLike],
    samples: int = 100_000,
    seed: int = 1,
    weights: str | ArrayLike = "uniform",
    centre: ArrayLike | None = None,
    threads: int | None = None,
    draws: str = "random",
    method: str = SUM,
    parameters: Mapping[str, Any] | None = None,
) -> Acceptability:
    """SMAA-2 of values between 0 and 1, more is better.

    `values` has the shape (alternatives, criteria), or is a pair (low, high) of such arrays, each
    value then drawn evenly between the two. `weights` is `uniform` (all weights that sum to 1 are
    equally likely), `around:0.25` (within 25 % of `centre`) or `order` (in the order of `centre`);
    an array (criteria,) of fixed weights; or one (samples, criteria) of drawn ones, whose number
    then counts instead of `samples`. Without a `centre` its weights are equal, and for `order` the
    criteria come most important first. `draws` is `random`, or `sobol` for points that fill the
    space evenly. The same seed gives the same result, whatever the threads.

    `method` ranks each draw: `weighted_sum`, or `topsis`, `vikor` or `promethee2` of the values,
    with their `parameters` (`v`; `preferences`).

    Raises UsageError where the shapes or numbers cannot be used.

    >>> smaa([[1.0, 0.0], [0.0, 0.6]], samples=50_000).rank_acceptability[0, 0].round(2)
    np.float64(0.63)
    """
    mapper = threads_mapper(threads)
    spread = _spread_of(values)
    fed = _fed_with(method, spread, parameters or {})
    count = spread.low.shape[1]
    if isinstance(weights, str):
        weighting = weighting_of(weights)
        usual = np.arange(count, 0, -1.0) if weighting.kind == "order" else np.ones(count)
        middle = usual if centre is None else _weights_of(centre, (count,))
        return acceptability(spread, weighting, middle, samples, seed, None, mapper, draws, fed)
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim == 1:
        still, fixed = Weighting("around", 0.0), _weights_of(given, (count,))
        return acceptability(spread, still, fixed, samples, seed, None, mapper, draws, fed)
    own = GivenWeights(_weights_of(given, (len(given), count)))
    cells = cells_of(spread, own.carry)
    stream = stream_of(draws, seed, len(given), 0, cells.draws)
    return _sampled(Drawn(cells, own, stream), len(given), seed, mapper, None, fed)


def acceptability(
    spread: Spread,
    weighting: Weighting,
    centre: Array,
    samples: int,
    seed: int,
    progress: Progress | None = None,
    mapper: Mapper | None = None,
    draws: str = "random",
    fed: Fed | None = None,
) -> Acceptability:
    """SMAA-2 of values as they may turn out, with weights that vary about `centre` (criteria,).

    `progress` is called with the samples done and wanted; what it raises ends the work. `mapper`
    does the work on the parts of the run; without one, two threads do. Either gives the same.
    `draws` is `random` or `sobol`. With `fed` another method than the weighted sum ranks.
    """
    drawn = _drawn(spread, weighting, centre, samples, seed, draws)
    return _sampled(drawn, samples, seed, mapper or threads_mapper(), progress, fed)


def rank_shares(
    spread: Spread,
    weighting: Weighting,
    centre: Array,
    samples: int,
    seed: int,
    mapper: Mapper | None = None,
    draws: str = "random",
    fed: Fed | None = None,
) -> Array:
    """The rank acceptability (A, A) alone: the same as of `acceptability`, for half the work."""
    drawn = _drawn(spread, weighting, centre, samples, seed, draws)
    fixed = _fixed_ranks(drawn, fed)
    if fixed is not None:
        return _certain_ranks(fixed)
    return _counted(drawn, samples, mapper or threads_mapper(), None, fed).ranks / samples


def _drawn(
    spread: Spread, weighting: Weighting, centre: Array, samples: int, seed: int, draws: str
) -> Drawn:
    if samples < 1 or seed < 0:
        raise UsageError("samples and seed: write at least 1 sample, and a seed of 0 or more")
    centre = centre / centre.sum()
    cells = cells_of(spread, carry_of(weighting, centre))
    stream = stream_of(draws, seed, samples, len(centre), cells.draws)
    return Drawn(cells, WeightDraws(weighting, centre, stream), stream)


def _sampled(
    drawn: Drawn,
    samples: int,
    seed: int,
    mapper: Mapper,
    progress: Progress | None,
    fed: Fed | None,
) -> Acceptability:
    fixed = _fixed_ranks(drawn, fed)
    if fixed is not None and drawn.weights.fixed is not None:
        return _certain(fixed, drawn.weights.fixed, samples, seed)
    ranks, wins, firsts = _counted(drawn, samples, mapper, progress, fed)
    is_first = ranks[:, 0] > 0
    central = np.full(firsts.shape, np.nan)
    central[is_first] = firsts[is_first] / firsts[is_first].sum(axis=1, keepdims=True)
    confidence = np.full(len(ranks), np.nan)
    confidence[is_first] = _confidence(drawn, samples, central, is_first, mapper, progress, fed)
    return Acceptability(samples, seed, ranks / samples, central, confidence, wins / samples)


def _fixed_ranks(drawn: Drawn, fed: Fed | None) -> NDArray[np.int64] | None:
    """The ranks (A,) where neither weights nor values vary; None where either does."""
    if drawn.weights.fixed is None or len(drawn.cells.rows):
        return None
    return ranked(_scores(drawn, fed, drawn.weights.fixed[None])[:, 0])


def _counted(
    drawn: Drawn, samples: int, mapper: Mapper, progress: Progress | None, fed: Fed | None
) -> Counts:
    """The counts over all parts."""
    count, criteria = drawn.cells.middle.shape
    ranks, wins = np.zeros((count, count), np.int64), np.zeros((count, count), np.int64)
    firsts, done = np.zeros((count, criteria)), 0
    parts = parts_of(samples)
    stages = 2 if len(drawn.cells.rows) else 1  # the confidence factors take the draws again
    work = partial(counted, drawn) if fed is None else partial(by_method.counted, fed, drawn)
    with closing(made_of_parts(mapper, work, parts)) as results:
        for made, part in zip(results, parts, strict=True):
            ranks += made.ranks
            wins += made.wins
            firsts += made.first_weights
            done += samples_in(part)
            if progress is not None:
                progress(done // stages, samples)
    return Counts(ranks, wins, firsts)


def _confidence(
    drawn: Drawn,
    samples: int,
    central: Array,
    is_first: NDArray[np.bool_],
    mapper: Mapper,
    progress: Progress | None,
    fed: Fed | None,
) -> Array:
    """The share of draws of the values in which each alternative wins under its own weights."""
    own = np.flatnonzero(is_first)
    weights = central[own]
    if not len(drawn.cells.rows):
        still = _scores(drawn, fed, weights)
        wins = still[own, np.arange(len(own))] >= still.max(axis=0) - TIE
        return np.asarray(wins, dtype=np.float64)
    total, done = np.zeros(len(own), dtype=np.int64), samples
    parts = parts_of(samples)
    if fed is None:
        work = partial(confident, drawn, weights, own)
    else:
        work = partial(by_method.confident, fed, drawn, weights, own)
    with closing(made_of_parts(mapper, work, parts)) as results:
        for made, part in zip(results, parts, strict=True):
            total += made
            done += samples_in(part)
            if progress is not None:
                progress(done // 2, samples)
    return total / samples


def _scores(drawn: Drawn, fed: Fed | None, weights: Array) -> Array:
    """Scores (A, K) where no value varies, for weights (K, C)."""
    if fed is None:
        return np.stack([weighted_sum(drawn.cells.middle, one) for one in weights], axis=1)
    return fed.scores(drawn.weights.carry, weights.T, {})


def _certain(ranks: NDArray[np.int64], weights: Array, samples: int, seed: int) -> Acceptability:
    """The same where nothing varies: one ranking, to the digits that the ranking itself has."""
    is_first = ranks == 1
    return Acceptability(
        samples,
        seed,
        _certain_ranks(ranks),
        np.where(is_first[:, None], weights, np.nan),
        np.where(is_first, 1.0, np.nan),
        (ranks[:, None] < ranks).astype(np.float64),
    )


def _certain_ranks(ranks: NDArray[np.int64]) -> Array:
    return np.asarray(ranks[:, None] == np.arange(1, len(ranks) + 1), dtype=np.float64)


def checked_method(method: str) -> str:
    """The method, if its ranking can be drawn over and over. Raises UsageError where it cannot."""
    able = (SUM, *sampled_method_ids())
    if method not in able:
        what = "not drawn" if method in method_ids() else "no method"
        raise UsageError(f"{method!r} is {what}; write {', '.join(able[:-1])} or {able[-1]}")
    return method


def _fed_with(method: str, spread: Spread, parameters: Mapping[str, Any]) -> Fed | None:
    if checked_method(method) == SUM:
        return None
    for name, value in parameters.items():
        problem = None if name == "preferences" else setting_problem(method, name, value)
        if problem:
            raise UsageError("; ".join(problem))
    nought, one = np.zeros(spread.low.shape[1]), np.ones(spread.low.shape[1])
    return Fed(method, (spread.low + spread.high) / 2, one, nought, one, parameters)


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
