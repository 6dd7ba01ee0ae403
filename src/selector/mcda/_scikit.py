"""The way to scikit-criteria: arrays in, arrays out. It is loaded when first asked for.

scikit-criteria takes a second or two to import, with pandas, scikit-learn and the drawing libraries
it builds on. So only functions import it, and only those of methods that it computes.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Refused(ValueError):
    """The figures are such that scikit-criteria does not take them."""


class Figures:
    """What a method of scikit-criteria reports, by its names: arrays (alternatives,)."""

    def __init__(self, extra: Any) -> None:
        self._extra = extra

    def __getitem__(self, name: str) -> Array:
        # That of a single alternative may come without its axis.
        return np.atleast_1d(np.asarray(self._extra[name], dtype=np.float64))


def aggregated(maker: Any, matrix: Array, objectives: Array, weights: Array) -> Figures:
    """The figures of one of its methods (`skcriteria.agg`) on a matrix (alternatives, criteria).

    `objectives` (criteria,) 1 where more is better and -1 where less is; `weights` (criteria,).
    Raises Refused where it does not take the figures.
    """
    # What each of its methods is made of, called without the tables of pandas around it: these
    # take ten times as long as the figures. In their order in memory, so that the last bit is the
    # same; a test holds the two together.
    matrix, goals = np.asfortranarray(matrix, dtype=np.float64), objectives.astype(int)
    try:
        _, found = maker._evaluate_data(matrix=matrix, objectives=goals, weights=weights)
    except ValueError as error:
        raise Refused(str(error)) from None
    return Figures(found)


def weighed(weighter: Any, matrix: Array, objectives: Array | None = None) -> Array:
    """The weights (criteria,) of one of its weighters (`skcriteria.preprocessing.weighters`).

    Without `objectives` more is better throughout.
    """
    import skcriteria

    goals = np.ones(matrix.shape[1], dtype=int) if objectives is None else objectives.astype(int)
    found = weighter.transform(skcriteria.mkdm(matrix, goals)).weights
    return np.asarray(found, dtype=np.float64)
