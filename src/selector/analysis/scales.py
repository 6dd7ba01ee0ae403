"""Scales that hardly tell today's alternatives apart, and tighter ones that would.

A scale says what would be poor and excellent anywhere; that the alternatives at hand lie close
together on it is no mistake. But a weight given with them in mind then counts for little.
"""

from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

from selector.domain.criterion import BudgetShare, Criterion, LinearScale

if TYPE_CHECKING:
    from selector.analysis.core import Analysis

NARROW = 0.1
"""Alternatives that use less than this part of a scale are dwarfed by it: a judgement of ours."""


class Dwarfed(NamedTuple):
    """A leaf whose scale dwarfs the differences between the ranked alternatives.

    `used` is the part of the scale, 0 to 1, between the least and the greatest they could be, and
    `effect` the most by which it can move one score past another, 0 to 1. `worst` and `best` are
    rounded ends of a tighter scale.
    """

    criterion: str
    used: float
    effect: float
    worst: float
    best: float


def dwarfed(analysis: "Analysis") -> tuple[Dwarfed, ...]:
    """The leaves with a weight and a straight scale on which all alternatives lie together."""
    return tuple(row for row in narrow(analysis) if analysis.weights[row.criterion])


def narrow(analysis: "Analysis") -> tuple[Dwarfed, ...]:
    """The same whatever they weigh.

    Columns in which nothing differs at all, or something is unknown, are left out: no scale tells
    those apart.
    """
    found = []
    for column, leaf in enumerate(analysis.leaves):
        cells = [row[column] for row in analysis.table.cells]
        scale = leaf.scale
        if len(cells) < 2 or not isinstance(scale, LinearScale):
            continue
        if isinstance(scale.worst, BudgetShare) or isinstance(scale.best, BudgetShare):
            continue
        lows = [cell.low for cell in cells if cell.low is not None and cell.high is not None]
        highs = [cell.high for cell in cells if cell.low is not None and cell.high is not None]
        if len(lows) < len(cells):
            continue
        least, greatest = min(lows), max(highs)
        used = (greatest - least) / abs(scale.worst - scale.best)
        if 0 < used < NARROW:
            ends = _around(leaf, least, greatest)
            found.append(Dwarfed(leaf.id, used, used * analysis.weights[leaf.id], *ends))
    return tuple(found)


def holding_ends(analysis: "Analysis") -> set[tuple[int, int]]:
    """The cells (row, column) that alone hold an end of a local scale, and move it as they move."""
    found = set()
    for column, leaf in enumerate(analysis.leaves):
        if not analysis.scales[leaf.id].is_local or not analysis.alternatives:
            continue
        spans = [
            (cell.low, cell.high)
            if cell.low is not None and cell.high is not None
            else (float("inf"), float("-inf"))
            for cell in (row[column] for row in analysis.table.cells)
        ]
        least, greatest = min(low for low, _ in spans), max(high for _, high in spans)
        for row, (low, high) in enumerate(spans):
            others = [span for place, span in enumerate(spans) if place != row]
            holds_low = low == least and all(other > least for other, _ in others)
            holds_high = high == greatest and all(other < greatest for _, other in others)
            if holds_low or holds_high:
                found.add((row, column))
    return found


def _around(leaf: Criterion, least: float, greatest: float) -> tuple[float, float]:
    """Rounded ends around what the alternatives show, worst first."""
    digits = -floor(log10(greatest - least))
    low = round(floor(round(least * 10**digits, 6)) / 10**digits, max(digits, 0))
    high = round(ceil(round(greatest * 10**digits, 6)) / 10**digits, max(digits, 0))
    return (low, high) if leaf.direction == "max" else (high, low)
