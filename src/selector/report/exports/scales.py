"""The value functions as a sheet of the workbook, and the formulas that read it.

No function is newer than Excel 2016 or LibreOffice 7.4, and none is to be entered as an array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selector.domain.criterion import Criterion
from selector.domain.performance import Cell
from selector.measure.valuation import ColumnScale
from selector.report.exports import formulas
from selector.report.exports.book import FLUSH, Book
from selector.report.exports.looks import figures_look
from selector.report.exports.option import Option
from selector.report.exports.story import Story

SHEET = "Scales"
HEADS = ("Criterion", "Performance", "in", "Value", "How it is read")
WIDTHS = (44, 34, 24, 11, 52)
NO_END = "9E+307"  # what is left out where ends are sought
MOST_SPREADS = 200  # of which the ends are sought in a formula: a function takes 255


@dataclass(frozen=True)
class Table:
    """The value function of a leaf as rows of the sheet, from row `first` on: `xs` to `vs`.

    `ends` are formulas in place of the two `xs` of a local scale: what is entered moves them.
    `is_flat` marks a column of one value throughout, without rows.
    """

    leaf: Criterion
    scale: ColumnScale
    first: int
    xs: Sequence[str | float] = ()
    vs: Sequence[float] = ()
    told: str = ""
    ends: Sequence[str] = ()

    @property
    def is_flat(self) -> bool:
        """Whether there is nothing to read a value from."""
        return not self.xs

    def place(self, row: int, column: int) -> str:
        """The address of one of its cells, by row of the table and column of the sheet."""
        return Book.area(SHEET, self.first + row, column, self.first + row, column).split(":")[0]

    def area(self, column: int, start: int = 0, end: int | None = None) -> str:
        """The address of rows of one column, all of them where none are named."""
        last = self.first + (len(self.xs) if end is None else end) - 1
        return Book.area(SHEET, self.first + start, column, last, column)


def tables(story: Story, options: Sequence[Option]) -> dict[str, Table]:
    """The value functions of all leaves by id, as they stand below each other."""
    made: dict[str, Table] = {}
    row = 1
    for column, leaf in enumerate(story.analysis.leaves, 1):
        table = made[leaf.id] = _table(story, options, leaf, row, column)
        row += len(table.xs)
    return made


def _table(
    story: Story, options: Sequence[Option], leaf: Criterion, row: int, column: int
) -> Table:
    scale = story.analysis.scales[leaf.id]
    names = formulas.shown_levels(leaf, story.analysis.decision)
    if scale.levels and names:
        return Table(leaf, scale, row, names, scale.levels, "By its word.")
    if scale.points:
        xs, vs = zip(*scale.points, strict=True)
        told = (
            "On straight lines from each to the next. Beyond the first or last it counts as that."
        )
        return Table(leaf, scale, row, xs, vs, told)
    ends, vs = (scale.worst, scale.best), (0.0, 1.0)
    if not scale.is_local:
        beyond = "Beyond an end it counts as that" if scale.clamp else "It goes on beyond both"
        return Table(leaf, scale, row, ends, vs, f"On a straight line between the two. {beyond}.")
    cells = [story.cell(o.id, leaf) for o in options]
    known = [c for c in cells if c is not None]
    spreads = sum(_is_spread(cell) for cell in known)
    if len(known) < len(story.ranked) or spreads > MOST_SPREADS:
        told = "On a straight line. Its ends are those of the options as exported: they stay."
        return Table(leaf, scale, row, () if scale.is_flat else ends, vs, told)
    return _local(story, leaf, row, column, known)


def _local(story: Story, leaf: Criterion, row: int, column: int, cells: Sequence[Cell]) -> Table:
    """A scale from the lowest to the highest that is known of the options, as they are entered."""
    lows = [cell.low for cell in cells if cell.low is not None and cell.high is not None]
    highs = [cell.high for cell in cells if cell.low is not None and cell.high is not None]
    entered = Book.area("Performances", 2, column, 1 + len(cells), column)
    least, most = [entered], [entered]
    for line, cell in enumerate(cells, 2):
        if not _is_spread(cell):
            continue
        told = formulas.entry(cell, leaf, story.analysis.decision)
        same = f"Performances!{Book.area('', line, column, line, column, same=True).split(':')[0]}"
        same += f"={formulas.quoted(told) if isinstance(told, str) else formulas.number(told)}"
        least.append(f"IF({same},{formulas.number(cell.low or 0)},{NO_END})")
        most.append(f"IF({same},{formulas.number(cell.high or 0)},-{NO_END})")
    xs = (min(lows, default=0.0), max(highs, default=0.0))
    ends = (f"=MIN({','.join(least)})", f"=MAX({','.join(most)})")
    if leaf.direction == "min":
        xs, ends = xs[::-1], ends[::-1]
    told = (
        "On a straight line, from the lowest to the highest of the options here: they follow what "
        "is entered. Where all are alike, each counts 0.5."
    )
    return Table(leaf, story.analysis.scales[leaf.id], row, xs, (0.0, 1.0), told, ends)


def _is_spread(cell: Cell) -> bool:
    """Whether more is known of a performance than the figure that is entered."""
    is_known = cell.low is not None and cell.high is not None
    return is_known and not (cell.state == "value" and cell.low == cell.central == cell.high)


def sheet(book: Book, found: Sequence[Table]) -> None:
    """From which performance to which value, criterion by criterion."""
    page = book.sheet(SHEET, WIDTHS)
    page.heads(HEADS, ["", "number", "", "number"])
    for table in found:
        figures = [x for x in table.xs if not isinstance(x, str)]
        looks = figures_look(figures), figures_look(table.vs)
        for line, (x, v) in enumerate(zip(table.xs, table.vs, strict=True)):
            row, told = table.first + line, table.told if not line else ""
            page.put(row, 0, table.leaf.name)
            if table.ends:
                page.formula(row, 1, table.ends[line], looks[0], x)
            else:
                page.put(row, 1, x, "word" if isinstance(x, str) else looks[0])
            page.put(row, 2, table.leaf.unit)
            page.put(row, 3, v, looks[1])
            page.put(row, 4, told)
            page.fit(row, [table.leaf.name, None, table.leaf.unit, None, told])
            page.fit(row, [x], 1, inset=FLUSH)


def value(place: str, table: Table, cell: Cell | None, told: str | float, worth: float) -> str:
    """Return the formula of a value from the performance at `place`, such as B7.

    `worth` is the value of what is entered there now, `told`, of which `cell` knows more. What is
    no performance of the scale ("unknown") counts at its middle, unless it is what is entered now.
    """
    if table.is_flat:
        return f"={formulas.number(worth)}"
    scale = table.scale
    other = formulas.number(sum(scale.attainable) / 2)
    is_open = isinstance(told, str) and (told not in table.xs or not scale.levels)
    if is_open:
        now = _open(table, cell, worth)
        if now != other:
            other = f"IF({place}={formulas.quoted(str(told))},{now},{other})"
    if scale.levels:
        found = f"--EXACT({table.area(1)},{place})"
        return f"=IF(SUMPRODUCT({found}),SUMPRODUCT({found},{table.area(3)}),{other})"
    inside = _through(table, place) if scale.points else _line(table, place)
    return f"=IF(ISNUMBER({place}),{inside},{other})"


def _open(table: Table, cell: Cell | None, worth: float) -> str:
    """The value of a performance that is no single figure: where ends move, it moves with them."""
    if table.ends and cell is not None and cell.low is not None:
        if cell.high is None and cell.state != "not_applicable":
            return _line(table, formulas.number(cell.low), 0.5)
        if cell.high is not None:
            figure = (cell.low + cell.high) / 2 if cell.central is None else cell.central
            return _line(table, formulas.number(figure))
    return formulas.number(worth)


def _line(table: Table, figure: str, times: float = 1) -> str:
    """The straight line between the two ends."""
    worst, best = table.place(0, 1), table.place(1, 1)
    line = f"({figure}-{worst})/({best}-{worst})"
    line = f"MIN(1,MAX(0,{line}))" if table.scale.clamp else line
    line = f"{formulas.number(times)}*{line}" if times != 1 else line
    if not table.ends:
        return line
    least, most = (best, worst) if table.leaf.direction == "min" else (worst, best)
    return f"IF({least}>={most},0.5,{line})"


def _through(table: Table, place: str) -> str:
    """Straight pieces through points: each that lies below adds its rise, one within its part."""
    count = len(table.xs)
    x0, x1, v0, v1 = (
        table.area(column, start, count - 1 + start) for column in (1, 3) for start in (0, 1)
    )
    part = f"({place}>{x0})*({place}<{x1})*({place}-{x0})/({x1}-{x0})"
    return f"{table.place(0, 3)}+SUMPRODUCT(({v1}-{v0})*(({place}>={x1})+{part}))"
