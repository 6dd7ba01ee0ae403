"""Draws of weights and of values, from the raw draws of a stream.

Weights even over the simplex are exponentials divided by their sum (Rubinstein 1982; Tervonen and
Lahdelma 2007, doi 10.1016/j.ejor.2005.12.037); those that keep an order are the same, sorted.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.domain.problem import UsageError
from selector.mcda.robustness.streams import BLOCK, Stream

Array = NDArray[np.float64]
Single = NDArray[np.float32]
Quantile = Callable[[Array], Array]


class Weighting(NamedTuple):
    """How weights vary: `uniform` over the simplex, `around` a centre by a spread, in its `order`.

    With `around`, each weight is multiplied by an even draw from 1 - spread to 1 + spread, and
    the whole divided by its sum. With `order`, weights are even over those in the centre's order.
    """

    kind: Literal["uniform", "around", "order"]
    spread: float = 0.0

    def __str__(self) -> str:
        return f"around:{self.spread:g}" if self.kind == "around" else self.kind


AROUND = Weighting("around", 0.25)
"""What counts where nobody says otherwise."""


def weighting_of(text: str) -> Weighting:
    """A way to vary weights from its name: `uniform`, `around:0.25` or `order`.

    Raises UsageError for anything else; the spread is from 0 to 1.
    """
    kind, sign, number = text.partition(":")
    if kind == "uniform" and not sign:
        return Weighting("uniform")
    if kind == "order" and not sign:
        return Weighting("order")
    try:
        spread = float(number) if sign else AROUND.spread
    except ValueError:
        spread = -1.0
    if kind != "around" or not 0 <= spread <= 1:
        raise UsageError(
            f"{text!r} is not a way to vary weights; write uniform, order, or around:0.25 with a "
            "spread from 0 to 1"
        )
    return Weighting("around", spread)


class CellDraw(NamedTuple):
    """One value that is not known exactly: its place, and its value at each chance from 0 to 1."""

    row: int
    column: int
    quantile: Quantile


class Spread(NamedTuple):
    """Values (alternatives, criteria) as they may turn out.

    Between `low` and `high` a value is drawn evenly; where they are equal it is fixed. `shaped`
    cells are drawn by their own quantile functions instead. Cells of a column with the same number
    in `same` (alternatives, criteria) are one fact, and drawn at one chance; without it each is
    drawn on its own.
    """

    low: Array
    high: Array
    shaped: tuple[CellDraw, ...] = ()
    same: NDArray[np.int64] | None = None


class Cells(NamedTuple):
    """The cells of a spread that vary, row by row; `middle` holds all values (A, C) without them.

    `rows` and `columns` (K,) place them; an even one is `middle` plus `width` times (u - 1/2).
    `draws` chances are drawn; `sources` (K,) says which is whose, None that each has its own.
    """

    middle: Array
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    width: Array
    shaped: dict[int, Quantile]
    draws: int
    sources: NDArray[np.int64] | None = None

    def rows_that_vary(self) -> list[tuple[int, int, int]]:
        """(row, start, stop) of each alternative with cells, and which cells are its."""
        rows, starts = np.unique(self.rows, return_index=True)
        ends = [*starts[1:].tolist(), len(self.rows)]
        return list(zip(rows.tolist(), starts.tolist(), ends, strict=True))

    def deviations(self, start: int, stop: int, uniforms: Single) -> Single:
        """How far cells start to stop lie from their middle at these chances (stop - start, n)."""
        result = uniforms - np.float32(0.5)
        result *= self.width[start:stop, None].astype(np.float32)
        for index, quantile in self.shaped.items():
            if start <= index < stop:
                middle = self.middle[self.rows[index], self.columns[index]]
                chances = uniforms[index - start].astype(np.float64)
                result[index - start] = quantile(chances) - middle
        return result


def cells_of(spread: Spread, carry: NDArray[np.bool_]) -> Cells:
    """The cells that vary, in the order of rows, then columns; only where weight can be (C,)."""
    middle = (spread.low + spread.high) / 2
    own = {(c.row, c.column): c.quantile for c in spread.shaped}
    varies = spread.high > spread.low
    for row, column in own:
        varies[row, column] = True
    varies &= carry
    rows, columns = np.nonzero(varies)
    width = (spread.high - spread.low)[rows, columns]
    places = list(zip(rows.tolist(), columns.tolist(), strict=True))
    shaped = {index: own[place] for index, place in enumerate(places) if place in own}
    if spread.same is None:
        return Cells(middle, rows, columns, width, shaped, len(rows))
    facts = np.stack([columns, spread.same[rows, columns]])
    found, sources = np.unique(facts, axis=1, return_inverse=True)
    return Cells(middle, rows, columns, width, shaped, found.shape[1], sources.ravel())


def carry_of(weighting: Weighting, centre: Array) -> NDArray[np.bool_]:
    """Which criteria can have any weight (criteria,)."""
    return np.asarray((centre > 0) | (weighting.kind != "around"))


class WeightDraws:
    """Weights (criteria, n) of each block, not yet divided by their sum (a ranking needs none).

    `carry` (criteria,) tells which can have any weight; `fixed` are the weights that never vary.
    """

    def __init__(self, weighting: Weighting, centre: Array, stream: Stream) -> None:
        self.carry = carry_of(weighting, centre)
        self.fixed = centre if weighting == ("around", 0.0) else None
        self._weighting = weighting
        self._centre = centre.astype(np.float32)[:, None]
        self._stream = stream
        self._places = np.argsort(-centre, kind="stable")
        self._ties = _equal_stretches(centre[self._places])

    def block(self, number: int, size: int) -> Single:
        """The weights of one block."""
        kind, count = self._weighting.kind, len(self._centre)
        if kind == "around":
            spread = np.float32(self._weighting.spread)
            if spread == 0:
                return np.repeat(self._centre, size, axis=1)
            raw = self._stream.raw("uniform", count, number)[:, :size]
            factors = raw * (2 * spread)
            factors += 1 - spread
            factors *= self._centre
            return factors
        raw = self._stream.raw("exponential", count, number)[:, :size]
        return raw if kind == "uniform" else self._in_order(raw)

    def _in_order(self, raw: Single) -> Single:
        ranked = -np.sort(-raw.T, axis=1).T  # (places, samples), largest first
        result = np.empty_like(raw)
        result[self._places] = ranked
        for start, stop in self._ties:
            # Equal weights have no order between them: each draw of them keeps its own.
            members = self._places[start:stop]
            within = np.argsort(np.argsort(-raw[members], axis=0), axis=0)
            result[members] = np.take_along_axis(ranked[start:stop], within, axis=0)
        return result


class GivenWeights:
    """Weights (samples, criteria) that somebody else has drawn."""

    fixed = None

    def __init__(self, weights: Array) -> None:
        self.carry: NDArray[np.bool_] = np.asarray((weights > 0).any(axis=0))
        self._weights = weights

    def block(self, number: int, size: int) -> Single:
        """The weights of one block, as (criteria, n)."""
        part = self._weights[number * BLOCK : number * BLOCK + size]
        return np.ascontiguousarray(part.T, dtype=np.float32)


def _equal_stretches(falling: Array) -> Sequence[tuple[int, int]]:
    """(start, stop) of each stretch of two or more equal numbers."""
    ends = [0, *(np.flatnonzero(np.diff(falling) < -1e-12) + 1).tolist(), len(falling)]
    return [(a, b) for a, b in pairwise(ends) if b - a > 1]
