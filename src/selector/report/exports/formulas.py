"""Value functions as spreadsheet formulas, none newer than Excel 2016 or LibreOffice 7.4."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from selector.domain.criterion import Criterion
from selector.domain.decision import Decision
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
from selector.measure.valuation import ColumnScale

_LONGEST = 8000  # characters of a formula; spreadsheets take 8,192
YES_NO = ("no", "yes")
OPEN = ("unknown", "not applicable", "disputed", "a range", "confidential")
"""What is entered where a performance is no single figure: the value is then written out."""


def entry(cell: Cell | None, leaf: Criterion, decision: Decision) -> str | float:
    """Return a performance as it is entered in a spreadsheet: a number, or a word of the scale.

    What has no single figure is told in a word that the formula does not know.
    """
    if cell is None or cell.state != "value" or cell.central is None:
        return "confidential" if cell is None else cell.state.replace("_", " ")
    names = level_names(leaf, decision.dictionary)
    if names and cell.central == int(cell.central):
        return _shown_levels(names)[int(cell.central)]
    if names:
        return OPEN[3]
    return float(cell.central)


def _shown_levels(names: Sequence[str]) -> Sequence[str]:
    if tuple(names) == tuple(TRUTH):
        return YES_NO
    return [name.replace("_", " ") for name in names]


def value(place: str, leaf: Criterion, scale: ColumnScale, decision: Decision, other: float) -> str:
    """Return the formula of a value from the performance at `place`, such as B7.

    `other` counts where the place holds no performance of the scale ("unknown").
    """
    if scale.is_flat:
        return f"={_number(other)}"
    names = level_names(leaf, decision.dictionary)
    if scale.levels and names:
        shown = ",".join(_quoted(name) for name in _shown_levels(names))
        values = ",".join(map(_number, scale.levels))
        found = f"INDEX({{{values}}},MATCH({place},{{{shown}}},0))"
        return f"=IFERROR({found},{_number(other)})"
    inside = _through(place, scale.points) if scale.points else _straight(place, scale)
    made = f"=IF(ISNUMBER({place}),{inside},{_number(other)})"
    return made if len(made) <= _LONGEST else f"={_number(other)}"


def _straight(place: str, scale: ColumnScale) -> str:
    worst, best = _number(scale.worst), _number(scale.best)
    line = f"({place}-({worst}))/(({best})-({worst}))"
    return f"MIN(1,MAX(0,{line}))" if scale.clamp else line


def _through(place: str, points: Sequence[tuple[float, float]]) -> str:
    """Straight pieces through points, flat beyond the first and the last."""
    made = _number(points[-1][1])
    for (x0, v0), (x1, v1) in reversed(list(pairwise(points))):
        slope = f"({place}-({_number(x0)}))*(({_number(v1)})-({_number(v0)}))"
        piece = f"{_number(v0)}+{slope}/(({_number(x1)})-({_number(x0)}))"
        made = f"IF({place}<={_number(x1)},{piece},{made})"
    first_x, first_v = points[0]
    return f"IF({place}<={_number(first_x)},{_number(first_v)},{made})"


def _number(value: float) -> str:
    return repr(float(value))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
