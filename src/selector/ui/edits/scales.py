"""The scales: what is worst and best on each criterion, as the set or the decision says."""

from __future__ import annotations

from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.domain import words
from selector.domain.criterion import CostMeasure, Criterion, ShareMeasure
from selector.ui.edits import text
from selector.ui.edits._edit import Changes, Data, Edit, Refused, plain
from selector.ui.edits._tree import place_of


def linear(
    worst: str, best: str, leaf: Criterion, budget: float | None, clamp: bool = True
) -> dict[str, Any]:
    """A straight scale from what was written. Refused says what would be right."""
    ends = {}
    for name, written in (("worst", worst), ("best", best)):
        end = text.end(name, written, leaf.unit)
        if end is None:
            raise Refused(name, f"Write the {name} end; a scale has two.")
        if isinstance(end, dict) and budget is None:
            raise Refused(name, "There is no budget: write one under Question, or a number here.")
        ends[name] = end
    low, high = (_amount(ends[name], budget) for name in ("worst", "best"))
    if low == high:
        raise Refused("best", "Worst equals best: write two different ends.")
    if leaf.goal is not None and (high > low) != (leaf.goal == "max"):
        told = "more" if leaf.goal == "max" else "less"
        raise Refused("best", f"Here {told} is better, so the ends stand the wrong way round: "
                      "exchange them, or change what is better under Criteria.")  # fmt: skip
    return ends if clamp else {**ends, "clamp": False}


def _amount(end: Any, budget: float | None) -> float:
    return end["budget"] * (budget or 0.0) if isinstance(end, dict) else float(end)


def by_level(given: dict[str, str]) -> dict[str, Any]:
    """What each level is worth, of 100."""
    levels = {}
    for level, written in given.items():
        worth = text.figure(f"level_{level}", written)
        if worth is None or not 0 <= worth <= 100:
            told = text.said_level(level)
            raise Refused(f"level_{level}", f"Write what “{told}” is worth, from 0 to 100.")
        levels[level] = plain(worth / 100)
    return {"levels": levels}


def change(data: Data, leaf: str, scale: Data) -> Changes:
    """Value a criterion by another scale: where the decision lists its criteria, in that list."""
    edit = Edit(data)
    path = place_of(edit.data.get("criteria"), leaf)
    if path is None or leaf in (edit.get("scales") or {}):
        edit.merge(("scales", leaf), scale)
    else:
        edit.merge((*path, "value"), scale)
    return edit.changes


def back_to_set(data: Data, leaf: str) -> Changes:
    """Take the scale of the criteria set again."""
    edit = Edit(data)
    edit.remove("scales", leaf)
    return edit.changes


# --- what stands on them today --------------------------------------------------------------------


class Today(NamedTuple):
    """The least and the greatest that the ranked alternatives show, in words, and how many known.

    `known` of `of` alternatives are known; the texts are empty where none is.
    """

    least: str
    greatest: str
    known: int
    of: int


def today(analysis: Analysis, leaf: Criterion) -> Today:
    """What the ranked alternatives show on a leaf that measures numbers."""
    column = list(analysis.table.leaves).index(leaf.id)
    cells = [row[column] for row in analysis.table.cells]
    known = [cell for cell in cells if cell.low is not None and cell.high is not None]
    known = [cell for cell in known if cell.state in ("value", "disputed")]
    if not known:
        return Today("", "", 0, len(cells))
    share = 100 if isinstance(leaf.measure, ShareMeasure) else 1
    unit = "%" if share == 100 else leaf.unit
    least = min(cell.low for cell in known if cell.low is not None)
    greatest = max(cell.high for cell in known if cell.high is not None)
    is_bill = isinstance(leaf.measure, CostMeasure) and greatest >= 100
    ends = [f"{end:,.0f}" if is_bill else words.number(share * end) for end in (least, greatest)]
    return Today(ends[0], words.with_unit(ends[1], unit), len(known), len(cells))
