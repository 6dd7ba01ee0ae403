"""Performances that the decision gives itself: judgements, tests, figures of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from selector.domain.criterion import Criterion
from selector.domain.fact import Dictionary
from selector.domain.levels import level_names
from selector.ui.edits import text
from selector.ui.edits._edit import Changes, Data, Edit, Refused
from selector.ui.edits.alternatives import as_mapping


def given(data: Data, place: int, leaf: str) -> str:
    """What the decision says of a performance, as it stands in a field; empty where nothing."""
    item = (data.get("alternatives") or [])[place]
    cells = item.get("performance") or {} if isinstance(item, dict) else {}
    return text.performance_text(cells[leaf]) if leaf in cells else ""


def score(
    data: Data, written: Mapping[tuple[int, str], str], leaves: Mapping[str, Criterion],
    dictionary: Dictionary,
) -> Changes:  # fmt: skip
    """Give performances, by place of the alternative and leaf; an empty one is taken out."""
    edit = Edit(data)
    for (place, name), told in written.items():
        leaf = leaves[name]
        path = ("alternatives", place, "performance", name)
        if not told.strip():
            edit.remove(*path)
            continue
        levels = level_names(leaf, dictionary)
        field = f"score_{place}_{name}"
        found = text.performance(field, told, leaf, levels)
        if is_points(leaf) and _outside(found):
            raise Refused(field, f"“{told.strip()}” lies outside 0 to 100: scores run from 0, the "
                          "worst, to 100, the best.")  # fmt: skip
        as_mapping(edit, place)
        edit.put(path, found)
    return edit.changes


def is_points(leaf: Criterion) -> bool:
    """Whether a leaf is scored from 0 to 100 by judgement."""
    return leaf.measure is None and leaf.unit == POINTS


def _outside(found: object) -> bool:
    if isinstance(found, dict):
        return any(_outside(part) for part in found.values())
    ends = found if isinstance(found, list) else [found]
    return any(
        isinstance(e, int | float) and not isinstance(e, bool) and not 0 <= e <= 100 for e in ends
    )


POINTS = "points of 100"
"""The unit of a criterion that is scored by judgement."""
