"""Tables as slides hold them: how tall rows are, and which rows stand on which slide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from selector.report.exports.deck import fitting
from selector.report.exports.deck.ground import INK

HEAD_LINES = 6  # of the heads of a table
ROW_LINES = 8  # of a row
FEW = 3  # rows that are not left alone
MUCH = 0.6  # of a slide's height: rows that need less may be set larger
BESIDE, ABOVE = 7.0, 4.0  # points between a cell's text and its edges


class Cell(NamedTuple):
    """A cell of a table: its text, and how it looks. `fill` and `ink` are RRGGBB."""

    text: str
    bold: bool = False
    right: bool = False
    fill: str = ""
    ink: str = INK
    link: str = ""


Row = Sequence[Cell]
_Parted = dict[int, tuple[tuple[int, float], tuple[int, ...]]]
"""By the rows on slides so far: sums of squares of rows and of heights, and where slides end."""


class Paged(NamedTuple):
    """The rows of each slide, and the size of type at which they are set."""

    pages: list[list[Row]]
    size: float


def height(row: Row, room: Sequence[float], size: float, lines: int = ROW_LINES) -> float:
    """Return how tall a row is, at most so many lines, in columns of those widths."""
    tall = [
        fitting.height(cell.text, size, width - 2 * BESIDE, cell.bold)
        for cell, width in zip(row, room, strict=True)
    ]
    return min(max(tall), lines * size * fitting.LEADING) + 2 * ABOVE


def head_size(heads: Row, room: Sequence[float], size: float, least: float) -> float:
    """Return the largest size at which no word of the heads is broken; `least` where none is."""
    words = [
        (word.rstrip(), width - 2 * BESIDE)
        for cell, width in zip(heads, room, strict=True)
        for word in fitting.pieces(cell.text)
    ]
    while size > least and any(fitting.width(word, size, True) > wide for word, wide in words):
        size = max(least, size - 0.5)
    return size


def paged(
    heads: Row, rows: Sequence[Row], room: Sequence[float], size: float, least: float, most: int,
    tall: float, full: int = 0, largest: float = 0.0,
) -> Paged:  # fmt: skip
    """Return the rows slide by slide: at most `most` each, in a smaller type where that saves one.

    The first `full` slides hold what they can, unless that leaves a row or two alone; the others
    are filled alike. Rows that leave much of one slide free are set larger, up to `largest`, where
    none of them then takes another line.
    """
    found = _pages(heads, rows, room, size, most, tall)
    fewest = max(1, ceil(len(rows) / most))
    smaller = size - 1
    while len(found) > fewest and smaller >= least:
        again = _pages(heads, rows, room, smaller, most, tall)
        if len(again) < len(found):
            found, size = again, smaller
        smaller -= 1
    kept, rest = found[:full], [row for page in found[full:] for row in page]
    if len(rest) < FEW:
        kept, rest = [], list(rows)
    if rest:
        found = [*kept, *_even(heads, rest, room, size, most, tall, len(found) - len(kept))]
    while len(found) == 1 and size < largest and _has_room(rows, room, size, tall):
        size += 1
    return Paged(found, size)


def _even(
    heads: Row, rows: Sequence[Row], room: Sequence[float], size: float, most: int, tall: float,
    count: int,
) -> list[list[Row]]:  # fmt: skip
    """The same rows on `count` slides, filled alike: by their rows, then by their height.

    Of all ways to part them the one with the least sum of squares, slide by slide added.
    """
    own, first = [height(row, room, size) for row in rows], height(heads, room, size, HEAD_LINES)
    ends = [0.0, *accumulate(own)]
    best: _Parted = {0: ((0, 0.0), (0,))}
    for _ in range(count):
        longer: _Parted = {}
        for start, ((squares, heights), starts) in best.items():
            for end in range(start + 1, min(start + most, len(rows)) + 1):
                filled = ends[end] - ends[start]
                if first + filled > tall + 1e-6 and end > start + 1:
                    break
                sums = (squares + (end - start) ** 2, heights + filled**2)
                if end not in longer or sums < longer[end][0]:
                    longer[end] = (sums, (*starts, end))
        best = longer
    return [list(rows[a:b]) for a, b in pairwise(best[len(rows)][1])]


def _has_room(rows: Sequence[Row], room: Sequence[float], size: float, tall: float) -> bool:
    """Whether rows set a point larger break as they did, and leave much of the slide free."""
    larger = [height(row, room, size + 1) - 2 * ABOVE for row in rows]
    same = [(height(row, room, size) - 2 * ABOVE) / size for row in rows]
    is_same = all(a <= b * (size + 1) + 1e-6 for a, b in zip(larger, same, strict=True))
    return is_same and sum(larger) + 2 * ABOVE * len(rows) <= tall * MUCH


def _pages(
    heads: Row, rows: Sequence[Row], room: Sequence[float], size: float, most: int, tall: float
) -> list[list[Row]]:
    """The rows slide by slide, each filled before the next is begun."""
    own, first = [height(row, room, size) for row in rows], height(heads, room, size, HEAD_LINES)
    pages: list[list[Row]] = [[]]
    taken = first
    for row, height_ in zip(rows, own, strict=True):
        if pages[-1] and (taken + height_ > tall or len(pages[-1]) >= most):
            pages.append([])
            taken = first
        pages[-1].append(row)
        taken += height_
    return pages
