"""What the slides share: colours, sizes, heads of tables."""

from __future__ import annotations

from collections.abc import Sequence

from selector.domain.span import Span
from selector.report import palette, words
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.ground import TINTS
from selector.report.exports.deck.tables import Cell
from selector.report.exports.option import Option
from selector.report.exports.story import Story

NOTHING = Span.exactly(0)
MOST_OPTIONS = 8  # columns of a matrix
MOST_ROWS = 12  # rows of a table
LITTLE = 0.01  # a volume below this part of the workload is of no interest
CHARTED = 12  # options that a chart can show; the rest stand in the tables


def tint(place: int) -> str:
    """Return a colour of the neutral row, darkest first."""
    return TINTS[min(place, len(TINTS) - 1)]


def blocks(rows: Sequence[tuple[str, Sequence[float]]]) -> list[Series]:
    """Return the blocks of bars, each in a tint of its own; what is beyond them stands together."""
    shown, rest = list(rows), []
    if len(shown) > len(TINTS):
        shown, rest = shown[: len(TINTS) - 1], shown[len(TINTS) - 1 :]
    if rest:
        sums = [sum(figures) for figures in zip(*(own for _, own in rest), strict=True)]
        shown.append((f"the other {len(rest)}", sums))
    return [Series(name, own, tint(place)) for place, (name, own) in enumerate(shown)]


def colour(option: Option) -> str:
    """Return an option's own colour, the same on every page and slide."""
    return palette.colour(option.place)[1:].upper()


def inside(name: str) -> str:
    """The name of a criterion inside a title; in quotes where it has a stop of its own."""
    return f"“{name}”" if set(name) & set(":;,") else words.lower_first(name)


def of_cells(story: Story) -> str:
    """How many of the cells of the matrix are, as a sentence goes on: known in full."""
    known = story.analysis.evidence
    return f"{known.known} of {known.cells} cells {'is' if known.known == 1 else 'are'}"


def heads(*names: str, right: Sequence[int] = ()) -> list[Cell]:
    """Return the heads of a table; those at the places `right` stand on the right."""
    return [Cell(name, right=place in right) for place, name in enumerate(names)]
