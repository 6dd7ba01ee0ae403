"""The performance table: how each alternative does on each leaf, raw and with its evidence."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.domain import EMPTY
from selector.domain.evidence import Evidence, State

Array = NDArray[np.float64]


class Cell(NamedTuple):
    """One performance: its state, raw figures in the leaf's unit, and the facts it rests on.

    Booleans count 0 and 1; levels count by place, the first named 0. Figures are None where the
    state has none. `facts` maps fact ids to evidence, for one who asks where a number is from.
    """

    state: State
    low: float | None = None
    central: float | None = None
    high: float | None = None
    facts: Mapping[str, Evidence] = EMPTY
    text: str = ""
    note: str = ""

    @property
    def is_range(self) -> bool:
        """Whether low and high differ."""
        return self.low is not None and self.low != self.high

    @property
    def is_worded(self) -> bool:
        """Whether a word stands for a figure of zero: it takes no unit."""
        return self.low == self.high == 0 and self.text not in ("", "0")


class PerformanceTable(NamedTuple):
    """Cells of alternatives (rows) and leaves (columns), by id and in the decision's order."""

    alternatives: tuple[str, ...]
    leaves: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def cell(self, alternative: str, leaf: str) -> Cell:
        """The cell of one alternative and leaf; KeyError where there is none."""
        try:
            row, column = self.alternatives.index(alternative), self.leaves.index(leaf)
        except ValueError:
            raise KeyError((alternative, leaf)) from None
        return self.cells[row][column]

    def central(self) -> Array:
        """Raw central performances (alternatives, leaves); NaN where there is none."""
        return np.array(
            [[np.nan if c.central is None else c.central for c in row] for row in self.cells],
            dtype=np.float64,
        ).reshape(len(self.alternatives), len(self.leaves))


class ValueTable(NamedTuple):
    """Values (alternatives, leaves): central with the lowest and highest they could be."""

    alternatives: tuple[str, ...]
    leaves: tuple[str, ...]
    low: Array
    central: Array
    high: Array
