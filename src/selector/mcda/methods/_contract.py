"""What every method declares, and the one way to run one: checked, mended where it may be, named.

A method is a module of this folder without a leading underscore. It has `METHOD`, its entry, and
`evaluate(matrix, objectives, weights, **parameters)`, its kernel; where its formulas cannot take
every figure, also `unfit(matrix, objectives)` or `zeros(matrix, objectives)`; where it is quick
enough to be drawn many times, `over_samples(matrix, drawn, objectives, weights, **parameters)`, the
same kernel for many weights at once. No list is edited.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import Refused
from selector.mcda.methods._scaling import TIE

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Drawn = Mapping[int, Array]
"""Columns that vary: their performances (alternatives, samples), by the column's index."""
Detail = Array | tuple[int, ...] | tuple[tuple[int, int], ...] | bool | float
"""Figures by alternative (an array), rows (a tuple), pairs of rows, or one figure."""

SHIFT = 0.01
"""What is added to a column whose zeros a method forbids."""

BEYOND = "its formulas leave the range of numbers a computer has"


class Parameter(NamedTuple):
    """A setting of a method, with its limits."""

    default: float
    low: float
    high: float
    meaning: str


class Method(NamedTuple):
    """The entry of a method: what it is called, where it is from, and how to read its score.

    `best` says which score ranks first; `none` where the method gives no score.
    `scaling` and `compensation` serve the words on why methods differ: whether a column counts
    against the alternatives at hand, and whether strengths make up for a weakness in full.
    """

    id: str
    name: str
    source: str
    best: Literal["highest", "lowest", "none"]
    score: str
    scaling: Literal["none", "range", "best", "sum", "vector", "average", "pairs"]
    compensation: Literal["full", "part"]
    parameters: Mapping[str, Parameter] = {}


class Result(NamedTuple):
    """What a method says: scores (alternatives,) or None, ranks (alternatives,), other figures."""

    scores: Array | None
    ranks: NDArray[np.int64]
    details: Mapping[str, Detail] = {}


class Unfit(Exception):
    """The figures cannot be taken by the method. `columns` (by index) are those to blame."""

    def __init__(self, reason: str, columns: tuple[int, ...] = ()) -> None:
        self.reason = reason
        self.columns = columns
        super().__init__(reason)


class Run(NamedTuple):
    """A result, and the columns (by index) that were shifted by 0.01 to have no zeros."""

    result: Result
    shifted: tuple[int, ...] = ()


@cache
def method_ids() -> tuple[str, ...]:
    """The ids of all methods, the weighted sum first, without loading any."""
    folder = importlib.import_module("selector.mcda.methods").__path__
    found = sorted(m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_"))
    return tuple(sorted(found, key=lambda name: name != "weighted_sum"))


def _module(method_id: str) -> Any:
    if method_id not in method_ids():
        raise KeyError(method_id)
    return importlib.import_module(f"selector.mcda.methods.{method_id}")


def method(method_id: str) -> Method:
    """The entry of a method. Raises KeyError where there is none with that id."""
    entry: Method = _module(method_id).METHOD
    return entry


def settings(method_id: str, given: Mapping[str, float]) -> dict[str, float]:
    """The parameters of a method: its defaults, replaced by those given."""
    defaults = {name: p.default for name, p in method(method_id).parameters.items()}
    return defaults | dict(given)


def setting_problem(method_id: str, name: str, value: float) -> tuple[str, str] | None:
    """What is wrong with one given parameter and what would be right; None where it is fine."""
    known = method(method_id).parameters
    if name not in known:
        has = f"it has {', '.join(known)}" if known else "it has no parameters"
        return f"{method_id} has no parameter {name!r}", has
    low, high = known[name].low, known[name].high
    if not low <= value <= high:
        return f"{name} of {method_id} is {value:g}", f"write a number from {low:g} to {high:g}"
    return None


def run(method_id: str, matrix: Array, objectives: Array, weights: Array, **parameters: Any) -> Run:
    """Evaluate one method on figures as they come.

    `matrix` (alternatives, criteria) in each column's own unit; `objectives` (criteria,) 1 where
    more is better and -1 where less is; `weights` (criteria,) that sum to 1. A criterion without
    weight is left aside. Columns whose zeros the method forbids are shifted by 0.01. Raises Unfit
    where the method cannot take the figures, KeyError where there is no such method.
    """
    module = _module(method_id)
    counts = np.flatnonzero(weights > 0)
    matrix = np.array(matrix[:, counts], dtype=np.float64)
    objectives, weights = objectives[counts], weights[counts]
    for name, value in parameters.items():
        if isinstance(value, tuple):  # one for each criterion
            parameters[name] = tuple(value[column] for column in counts)
    with np.errstate(over="ignore", invalid="ignore"):
        if hasattr(module, "unfit"):
            reason, columns = module.unfit(matrix, objectives)
            if reason:
                raise Unfit(reason, tuple(int(counts[column]) for column in columns))
        shifted: tuple[int, ...] = ()
        if hasattr(module, "zeros"):
            forbidden: Flags = module.zeros(matrix, objectives)
            matrix[:, forbidden] += SHIFT
            shifted = tuple(int(column) for column in counts[forbidden])
        try:
            result: Result = module.evaluate(matrix, objectives, weights, **parameters)
        except Refused:  # what it refuses is caught above, but for what becomes 0 by rounding
            raise Unfit(BEYOND) from None
    figures = [d for d in result.details.values() if isinstance(d, np.ndarray)]
    if not all(np.isfinite(f).all() for f in (*figures, result.scores) if f is not None):
        raise Unfit(BEYOND)
    return Run(result, shifted)


def sampled_method_ids() -> tuple[str, ...]:
    """The ids of the methods that `scores_over_samples` takes."""
    return tuple(name for name in method_ids() if hasattr(_module(name), "over_samples"))


def scores_over_samples(
    method_id: str,
    matrix: Array,
    drawn: Drawn,
    objectives: Array,
    weights: Array,
    **parameters: Any,
) -> Array:
    """Scores (alternatives, samples) of one method, turned so that more is better.

    As `run` gives them one by one for each column of `weights` (criteria, samples), each with the
    sum 1, and for each sample of the columns that are `drawn`; the others are those of `matrix`.
    """
    module = _module(method_id)
    scores: Array = module.over_samples(matrix, drawn, objectives, weights, **parameters)
    return -scores if module.METHOD.best == "lowest" else scores


def ranked(scores: Array, best: Literal["highest", "lowest"] = "highest") -> NDArray[np.int64]:
    """Ranks (alternatives,), 1 best; scores within 1e-12 share the lower number."""
    oriented = -scores if best == "lowest" else scores
    order = np.argsort(-oriented, kind="stable").tolist()
    ordered = oriented[order].tolist()  # plain numbers: for so few, quicker than arrays
    ranks = [0] * len(order)
    rank, before = 1, np.inf
    for place, (row, score) in enumerate(zip(order, ordered, strict=True), start=1):
        if not before - score <= TIE:
            rank = place
        ranks[row], before = rank, score
    return np.array(ranks, dtype=np.int64)


def negative(matrix: Array) -> tuple[str, tuple[int, ...]]:
    """The reason and the columns where a method takes no negative numbers; ("", ()) if fine."""
    columns = tuple(int(c) for c in np.flatnonzero((matrix < 0).any(axis=0)))
    return ("it takes no negative numbers", columns) if columns else ("", ())
