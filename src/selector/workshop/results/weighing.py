"""Criterion by criterion, how far apart people weigh, and whether that can change the winner."""

from collections.abc import Mapping, Sequence

import numpy as np

from selector.domain.outcome import Stability
from selector.workshop.asking import Question
from selector.workshop.results.people import Array, People
from selector.workshop.results.records import Weighed

LEVEL = 1e-12  # shares closer than this are equal
_ANYWHERE = Stability(0.0, 0.0, 1.0)


def weighed(
    asked: Sequence[Question],
    nodes: Sequence[str],
    people: People,
    pooled: Array,
    stability: Mapping[str, Stability],
) -> tuple[Weighed, ...]:
    """What was said of each criterion that is `asked`.

    `pooled` (nodes,) are the shares of all together, `stability` the stretches around them.
    """
    columns = {name: column for column, name in enumerate(nodes)}
    found = []
    for question in asked:
        column = columns[question.id]
        given = people.shares[people.told[:, column], column]
        stable = stability.get(question.id, _ANYWHERE)
        found.append(_weighed(question, given, float(pooled[column]), stable))
    talk = in_order(found, True)
    if talk and not any(one.is_pressing for one in found):
        found = [one._replace(is_pressing=one.id == talk[0]) for one in found]
    return tuple(found)


def _weighed(question: Question, given: Array, weight: float, stable: Stability) -> Weighed:
    mean: float | None = None
    low: float | None = None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    high: float | None = None
    past, is_pressing = 0, False
    if len(given):
        # Quartiles by linear interpolation (type 7 of Hyndman and Fan 1996).
        quantiles = np.quantile(given, [0, 0.25, 0.5, 0.75, 1])
        low, lower, median, upper, high = map(float, quantiles)
        mean = float(np.clip(given.mean(), low, high))  # the mean of equal numbers can miss them
        floor = stable.low - LEVEL if stable.below is not None else -np.inf
        ceiling = stable.high + LEVEL if stable.above is not None else np.inf
        past = int(((given < floor) | (given > ceiling)).sum())
        is_pressing = bool(quantiles[1] < floor or quantiles[3] > ceiling)
    return Weighed(
        question.id,
        question.name,
        question.parent,
        len(given),
        mean,
        median,
        lower,
        upper,
        low,
        high,
        weight,
        stable.low,
        stable.high,
        stable.below,
        stable.above,
        past,
        past > 0,
        is_pressing,
    )


def in_order(found: Sequence[Weighed], matters: bool) -> tuple[str, ...]:
    """Those whose disagreement matters, or the others; the most pressing and widest apart first."""
    chosen = [one for one in found if one.matters == matters]
    spread = {one.id: tuple(round(part, 9) for part in one.spread) for one in chosen}
    # What presses comes first, then what more people differ on, in the order of the file.
    return tuple(
        one.id
        for one in sorted(chosen, key=lambda one: (one.is_pressing, spread[one.id]), reverse=True)
    )
