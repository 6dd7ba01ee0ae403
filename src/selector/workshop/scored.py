"""What people scored, as a decision's file takes it: performances that are signed judgements.

People score values, 0 for the worst and 100 for the best; a file has performances. Each is the one
that the criterion's scale gives that value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.analysis.robustness import performance_for
from selector.catalog.editing import Change
from selector.domain.criterion import Criterion, ShareMeasure
from selector.domain.levels import level_names
from selector.measure.valuation import ColumnScale
from selector.workshop.records import MOST_POINTS, Ballot, Rules
from selector.workshop.results.people import Cells, scored_cells

_NEAR = 1e-6  # values closer than this are the same in a file
_WHOLE = ColumnScale(0.0, MOST_POINTS)


class Taken(NamedTuple):
    """The changes that write what was scored, and the names of criteria by how that went.

    `near` are those of `scored` where the scale has no performance of just that value, as between
    two levels; `left` those whose scores cannot be written.
    """

    changes: tuple[Change, ...] = ()
    scored: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def scores_into(
    analysis: Analysis, data: Any, rules: Rules, ballots: Sequence[Ballot], round_: int, today: date
) -> Taken:
    """What turns the file's `data` into one with the scores of a round, for `edited`."""
    cells = scored_cells(analysis, rules, ballots)
    places = {_id_of(item): place for place, item in enumerate(data.get("alternatives") or ())}
    changes: dict[Any, Any] = {}
    names: dict[str, list[str]] = {"scored": [], "near": [], "left": []}
    for column, leaf in enumerate(analysis.leaves):
        own = {row: given for (row, at), given in cells.items() if at == column}
        if not own:
            continue
        scale = _scale(analysis, leaf, cells, column)
        if scale is None:
            names["left"].append(leaf.name)
            continue
        if scale != analysis.scales[leaf.id] or _must_be_pinned(analysis, leaf):
            changes["scales", leaf.id] = {"worst": scale.worst, "best": scale.best}
        levels, is_near = level_names(leaf, analysis.decision.dictionary), False
        for row, given in own.items():
            place = places[analysis.basis.ids[row]]
            if isinstance(data["alternatives"][place], str):
                changes.setdefault(("alternatives", place), {"vendor": data["alternatives"][place]})
            mean = sum(given) / len(given)
            parts = [_performance(scale, value) for value in (given[0], mean, given[-1])]
            is_near = is_near or abs(scale.value(parts[1]) - mean) > _NEAR
            count = "1 score" if len(given) == 1 else f"{len(given)} scores"
            changes["alternatives", place, "performance", leaf.id] = {
                "judgement": _written(parts, levels),
                "reason": f"workshop, round {round_}, mean of {count} from 0 to 100",
                "by": "participants of the workshop",
                "as_of": today,
            }
        names["scored"].append(leaf.name)
        if is_near:
            names["near"].append(leaf.name)
    return Taken(tuple(changes.items()), *(tuple(rows) for rows in names.values()))


def _scale(analysis: Analysis, leaf: Criterion, cells: Cells, column: int) -> ColumnScale | None:
    """The scale on which a leaf's scores are written; None where they cannot be.

    They cannot where a measurement says more than the file does, and where all that is known is
    alike, so that the scale has no two ends.
    """
    has_measured = any(
        alternative.performances[leaf.id].tier == "measured"
        for row, alternative in enumerate(analysis.alternatives)
        if (row, column) in cells and leaf.id in alternative.performances
    )
    scale = analysis.scales[leaf.id]
    if has_measured:
        return None
    if not scale.is_flat:
        return scale
    is_bare = leaf.measure is None and all(row[column].low is None for row in analysis.table.cells)
    if not is_bare:
        return None
    return _WHOLE if leaf.direction == "max" else _WHOLE._replace(worst=MOST_POINTS, best=0.0)


def _must_be_pinned(analysis: Analysis, leaf: Criterion) -> bool:
    """Whether a leaf's scale is made of its performances, and so would be another with new ones."""
    has_own = leaf.scale is not None or isinstance(leaf.measure, ShareMeasure)
    return not has_own and not level_names(leaf, analysis.decision.dictionary)


def _performance(scale: ColumnScale, value: float) -> float:
    """The performance of that value, or the one nearest to it; of a level the place."""
    if scale.levels:
        return float(min(range(len(scale.levels)), key=lambda at: abs(scale.levels[at] - value)))
    worst, best = scale.attainable
    found = performance_for(scale, min(max(value, worst), best), None, 1.0)
    assert found is not None  # noqa: S101 - a scale reaches all that is attainable on it
    return found


def _written(parts: Sequence[float], levels: tuple[str, ...]) -> Any:
    """Least, likely and most as a performance: one where they are the same."""
    low, likely, high = min(parts), parts[1], max(parts)
    said = (
        [levels[int(x)] for x in (low, likely, high)]
        if levels
        else [_plain(x) for x in (low, likely, high)]
    )
    if low == high:
        return said[1]
    return dict(zip(("low", "likely", "high"), said, strict=True))


def _plain(number: float) -> float | int:
    short = float(f"{number:.10g}")
    return int(short) if short.is_integer() else short


def _id_of(item: Any) -> str:
    """The id of an alternative as it stands in a file."""
    if isinstance(item, str):
        return item
    vendor, offer = str(item.get("vendor") or ""), item.get("offer")
    return str(item.get("id") or (f"{vendor}-{offer}" if offer else vendor))
