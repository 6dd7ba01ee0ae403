"""Formulas of scores, and what they read; none newer than Excel 2016 or LibreOffice 7.4."""

from __future__ import annotations

from collections.abc import Sequence

from selector.domain.criterion import Criterion
from selector.domain.decision import Decision
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
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

    What has no single figure is told in a word that is none of the scale.
    """
    names = shown_levels(leaf, decision)
    if cell is None or cell.state != "value":
        return unlike("confidential" if cell is None else cell.state.replace("_", " "), names)
    if cell.central is None or (names and cell.central != int(cell.central)):
        return unlike(A_RANGE, names)
    return names[int(cell.central)] if names else float(cell.central)


def unlike(word: str, names: Sequence[str]) -> str:
    """Return a word that is none of the names, in brackets where one of them is the word itself."""
    taken = {name.casefold() for name in names}
    while word.casefold() in taken:
        word = f"({word})"
    return word


def shown_levels(leaf: Criterion, decision: Decision) -> Sequence[str]:
    """Return the words of a leaf's scale in their order as they are entered; none of numbers."""
    names = level_names(leaf, decision.dictionary)
    if names == TRUTH:
        return YES_NO
    plain = [clean(name.replace("_", " ")) for name in names]
    return plain if len(set(plain)) == len(plain) else [clean(name) for name in names]


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


def number(value: float) -> str:
    """Return a number as formulas hold it, in brackets where it is below 0."""
    told = repr(float(value)).upper()
    return f"({told})" if told.startswith("-") else told


def quoted(name: str) -> str:
    """Return a text as formulas hold it."""
    return '"' + name.replace('"', '""') + '"'
