"""Value functions as spreadsheet formulas, none newer than Excel 2016 or LibreOffice 7.4."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from selector.domain.criterion import Criterion
from selector.domain.decision import Decision
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
from selector.measure.valuation import ColumnScale
from selector.report.exports.book import clean

LONGEST = 8000  # characters of a formula; spreadsheets take 8,192
LONGEST_TEXT = 255  # characters of a text in a formula
YES_NO = ("no", "yes")
SUM_IS_1 = "sum is 1"
UNKNOWN, A_RANGE = "unknown", "a range"
OPEN = (UNKNOWN, "not applicable", "disputed", A_RANGE, "confidential")
"""What is entered where a performance is no single figure: the value is then written out."""


def entry(cell: Cell | None, leaf: Criterion, decision: Decision) -> str | float:
    """Return a performance as it is entered in a spreadsheet: a number, or a word of the scale.

    What has no single figure is told in a word that the formula does not know.
    """
    if cell is None or cell.state != "value":
        return "confidential" if cell is None else cell.state.replace("_", " ")
    names = shown_levels(leaf, decision)
    if cell.central is None or (names and cell.central != int(cell.central)):
        return A_RANGE
    return names[int(cell.central)] if names else float(cell.central)


def shown_levels(leaf: Criterion, decision: Decision) -> Sequence[str]:
    """Return the words of a leaf's scale in their order as they are entered; none of numbers."""
    names = level_names(leaf, decision.dictionary)
    if names == TRUTH:
        return YES_NO
    return [clean(name.replace("_", " ")) for name in names]


def value(
    place: str,
    leaf: Criterion,
    scale: ColumnScale,
    decision: Decision,
    worth: float,
    told: str | float,
) -> str:
    """Return the formula of a value from the performance at `place`, such as B7.

    `worth` is the value of what is entered there now, `told`. What is no performance of the scale
    ("unknown") counts at its middle, unless it is what is entered now.
    """
    if scale.is_flat:
        return f"={_number(worth)}"
    other = _number(sum(scale.attainable) / 2)
    if told in OPEN and _number(worth) != other:
        other = f"IF({place}={quoted(str(told))},{_number(worth)},{other})"
    names = shown_levels(leaf, decision)
    if scale.levels and names:
        shown = ",".join(quoted(name) for name in names)
        values = ",".join(map(_number, scale.levels))
        found = f"INDEX({{{values}}},MATCH({place},{{{shown}}},0))"
        made = f"=IFERROR({found},{other})"
        is_long = max(map(len, names)) > LONGEST_TEXT
    else:
        inside = _through(place, scale.points) if scale.points else _straight(place, scale)
        made = f"=IF(ISNUMBER({place}),{inside},{other})"
        is_long = False
    return f"={_number(worth)}" if is_long or len(made) > LONGEST else made


def check(weights: str) -> str:
    """Return the formula that says in words what is wrong with weights, or what their sum is.

    What it says begins with "sum" where scores can be made of them.
    """
    return (
        f'=IF(COUNTBLANK({weights})>0,"a weight is missing",'
        f'IF(COUNT({weights})<COLUMNS({weights}),"a weight is no number",'
        f'IF(MIN({weights})<0,"a weight is below 0",'
        f'IF(SUM({weights})=0,"all weights are 0",'
        f'IF(ABS(SUM({weights})-1)<0.0005,"{SUM_IS_1}","sum is not 1")))))'
    )


def score(weights: str, values: str, checked: str) -> str:
    """Return the formula of a score, empty where the check at `checked` finds no weights."""
    return f'=IF(LEFT({checked},3)="sum",SUMPRODUCT({weights},{values})/SUM({weights}),"")'


def rank(scores: str, own: str, level: float) -> str:
    """Return the formula of the rank of the score at `own`; `level` apart are two that differ."""
    return f'=IF(ISNUMBER({own}),1+SUMPRODUCT(--({scores}>{own}+{level!r})),"")'


def points(own: str) -> str:
    """Return the formula of the points of 100 of the score at `own`."""
    return f'=IF(ISNUMBER({own}),100*{own},"")'


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


def quoted(name: str) -> str:
    """Return a text as formulas hold it."""
    return '"' + name.replace('"', '""') + '"'
