"""The same counts by another method than the weighted sum, by its kernel over many samples.

Weights enter normalised and in double precision. A criterion with a value function enters as its
value, one without as its performance: `offset` plus `slope` times the value that was drawn.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Drawn as Columns
from selector.mcda.methods._contract import scores_over_samples
from selector.mcda.methods._scaling import TIE
from selector.mcda.robustness.counting import Counts, Drawn, added, counts_of
from selector.mcda.robustness.parts import Part

Array = NDArray[np.float64]
_AT_ONCE = 32_768  # scores held at once: few enough for the processor's nearest memory


class Fed(NamedTuple):
    """A method and what it is fed: performances (alternatives, criteria) where they do not vary,
    `objectives`, `offset` and `slope` (criteria,), its parameters.
    """

    method: str
    matrix: Array
    objectives: Array
    offset: Array
    slope: Array
    parameters: Mapping[str, Any] = {}

    def scores(self, carry: NDArray[np.bool_], weights: Array, drawn: Columns) -> Array:
        """Scores (alternatives, samples) for weights (criteria, samples) of any sum."""
        keep = np.flatnonzero(carry)  # as everywhere, a criterion without weight is left aside
        places = {column: place for place, column in enumerate(keep.tolist())}
        parameters = {
            name: tuple(value[column] for column in keep) if isinstance(value, tuple) else value
            for name, value in self.parameters.items()
        }
        kept = weights[keep]
        return scores_over_samples(
            self.method,
            self.matrix[:, keep],
            {places[column]: figures for column, figures in drawn.items()},
            self.objectives[keep],
            kept / kept.sum(axis=0),
            **parameters,
        )

    def columns(self, drawn: Drawn, number: int, size: int) -> Columns:
        """The columns with cells that vary, as drawn in one block."""
        cells = drawn.cells
        if not len(cells.rows):
            return {}
        moved = cells.deviations(0, len(cells.rows), drawn.uniforms(number, size))
        result: dict[int, Array] = {}
        for place, (row, column) in enumerate(
            zip(cells.rows.tolist(), cells.columns.tolist(), strict=True)
        ):
            if column not in result:
                result[column] = np.repeat(self.matrix[:, column, None], size, axis=1)
            value = cells.middle[row, column] + moved[place].astype(np.float64)
            result[column][row] = self.offset[column] + self.slope[column] * value
        return result


def counted(fed: Fed, drawn: Drawn, part: Part) -> Counts:
    """Count one part by the method."""
    return added(_counts(fed, drawn, part))


def _counts(fed: Fed, drawn: Drawn, part: Part) -> Iterator[Counts]:
    for number, size in part:
        weights = drawn.weights.block(number, size)
        columns = fed.columns(drawn, number, size)
        for some in _stretches(len(fed.matrix), size):
            own = {column: figures[:, some] for column, figures in columns.items()}
            scores = fed.scores(drawn.weights.carry, weights[:, some].astype(np.float64), own)
            yield counts_of(scores, weights[:, some], TIE)


def confident(
    fed: Fed, drawn: Drawn, weights: Array, own: NDArray[np.int64], part: Part
) -> NDArray[np.int64]:
    """In how many draws of the values each of `own` (K,) is first under its `weights` (K, C)."""
    found = np.zeros(len(own), dtype=np.int64)
    for number, size in part:
        columns = fed.columns(drawn, number, size)
        for some in _stretches(len(fed.matrix), size):
            drawn_columns = {column: figures[:, some] for column, figures in columns.items()}
            for place, row in enumerate(own.tolist()):
                set_weights = np.repeat(weights[place][:, None], some.stop - some.start, axis=1)
                scores = fed.scores(drawn.weights.carry, set_weights, drawn_columns)
                found[place] += int((scores[row] >= scores.max(axis=0) - TIE).sum())
    return found


def _stretches(alternatives: int, size: int) -> list[slice]:
    step = max(1024, _AT_ONCE // alternatives // 1024 * 1024)  # 1,024 are counted at once
    return [slice(start, min(start + step, size)) for start in range(0, size, step)]
