"""A workbook's sheets, formats and names, so that the content can be written row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from selector.report.exports.deck import fitting
from selector.report.exports.looks import MOST_DIGITS, figure_look

INK, QUIET, WASH = "#1b2530", "#5b6670", "#f4f6f8"
TYPE = {"font_name": "Arial", "font_size": 10, "font_scheme": "none"}  # as `fitting` measures
LONGEST = 32_767  # characters of a cell
LONGEST_LINK = 2_000
PAPER, EDGE = 143.5, 0.3  # letters across A4 lying, in the type as it is; inches of its margins
SCALE = 80  # per cent of the type on paper: 8 points are read
ROOM = 0.985 * PAPER * 100 / SCALE  # letters across the paper at that scale
LETTER, DIGIT = 10.0, 5.25  # points: the size at which a text is measured, the width of a digit
BESIDE = 0.72  # letters that a column is wider than it says
INSET, FLUSH = 1.3, -0.4  # letters that its text lacks: one set back from the edge, one that is not
SHORT = 11.0  # letters of a column at least, as a date takes
GIVES = 0.25  # of a page, by which columns are made narrower to be on one
LINE_TALL, TALLEST = 15.0, 405.0  # points: of a row with one line; a row holds no more than 409
MOST_LETTERS = 3_000  # of a text that is measured
TOP: dict[str, Any] = {"text_wrap": True, "align": "left", "valign": "top", "indent": 1}
RIGHT: dict[str, Any] = {"text_wrap": True, "align": "right", "valign": "top"}
HEAD: dict[str, Any] = {
    "bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": WASH
}  # fmt: skip
SUM: dict[str, Any] = {"bold": True, "top": 1}
APART: dict[str, Any] = {"left": 2, "left_color": "#ffffff"}  # heads that nearly touch
Area = tuple[int, int, int, int]  # row and column of the first cell, and of the last
FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "text_wrap": True, "valign": "top"},
    "text": TOP,
    "line": {"text_wrap": True, "valign": "top"},
    "note": {"font_color": QUIET, "italic": True},
    "head": {**HEAD, "align": "left", "indent": 1},  # without the side no indent is written
    "top_head": {**HEAD, "bottom": 0, "align": "left", "indent": 1},
    "figure_head": {**HEAD, "align": "right", **APART},
    "group": {"font_color": QUIET, "text_wrap": True, "align": "right", "bg_color": WASH, **APART},
    "word": {"num_format": "@", **RIGHT},  # what is typed stays text, and 1 a word
    "science": {"num_format": "0.000E+00", **RIGHT},
    "name": TOP,
    "place": {"num_format": "0", **TOP},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "tenth": {"num_format": "0.0", "valign": "top"},
    "points": {"num_format": "0.0", "bold": True, "valign": "top"},
    "score": {"num_format": "0.0000", "valign": "top"},
    "rank": {"num_format": "0", "bold": True, "valign": "top"},
    "weight": {"num_format": "0.0%", "bg_color": "#e8ecfb", "locked": False},
    "value": {"num_format": "0.00", "valign": "top"},
    "share": {"num_format": "0.0%", "valign": "top"},
    "wrong": {"bold": True, "font_color": "#b3261e"},
    "date": {"num_format": "yyyy-mm-dd", **TOP, "text_wrap": False},
    "total": {**TOP, **SUM},
    "total_money": {"num_format": "#,##0.00", "valign": "top", **SUM},
    "total_science": {"num_format": "0.000E+00", **RIGHT, **SUM},
    "link": {**TOP, "font_color": "#1f5fa8", "underline": 1},
    **{
        f"{bold}number{digits}": {
            "num_format": f"#,##0.{'0' * digits}".rstrip("."), **RIGHT, **look
        }
        for digits in range(MOST_DIGITS + 1) for bold, look in (("", {}), ("total_", SUM))
    },
}  # fmt: skip


class Book:
    """A workbook under way; every sheet bears the stamp in its foot."""

    def __init__(self, workbook: Any, stamp: str) -> None:
        self.workbook = workbook
        self.stamp = stamp
        self.formats = {
            name: workbook.add_format({**TYPE, "font_color": INK, **look})
            for name, look in FORMATS.items()
        }

    def sheet(self, name: str, widths: Sequence[float], kept: int = 0) -> Sheet:
        """Add a sheet with its columns' widths in letters, ready to print on A4 across.

        It is as wide as the paper. One of which the first `kept` columns are on every page, though,
        goes over as many pages as it takes to be read.
        """
        raw = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            raw.set_column(column, column, width)
        raw.hide_gridlines(2)
        raw.set_paper(9)
        raw.set_landscape()
        raw.set_margins(left=EDGE, right=EDGE, top=0.5, bottom=0.7)
        breaks = _breaks(widths, kept) if kept else []
        if breaks or across(widths) < 0.9 * ROOM:
            raw.set_print_scale(SCALE)
            raw.set_v_pagebreaks(breaks)
        else:
            raw.fit_to_pages(1, 0)
        if kept:
            raw.repeat_columns(0, kept - 1)
        raw.set_footer(f"&L{self.stamp.replace('&', '&&')}&R&P / &N")
        return Sheet(self, raw, widths)

    @staticmethod
    def cell(sheet: str, row: int, column: int) -> str:
        """The address of a cell, with its sheet."""
        return f"{sheet}!{address(row, column)}"

    @staticmethod
    def area(
        sheet: str, row: int, column: int, last_row: int, last_column: int, same: bool = False
    ) -> str:
        """The address of an area that does not move, with its sheet unless it is the same."""
        ends = f"{_fixed(row, column)}:{_fixed(last_row, last_column)}"
        return ends if same else f"{sheet}!{ends}"

    def name(self, name: str, sheet: str, row: int, column: int, last: int, end: int) -> None:
        """Give an area a name for formulas and programs."""
        self.workbook.define_name(name, f"={self.area(sheet, row, column, last, end)}")


class Sheet:
    """A sheet that is filled from above; `next` is the row that comes next."""

    def __init__(self, book: Book, raw: Any, widths: Sequence[float]) -> None:
        self.book, self.raw, self.widths = book, raw, widths
        self.next = 0
        self._head = 0
        self._width = 0
        self._looks: Sequence[str] = ()
        self._heights: dict[int, float] = {}

    def put(self, row: int, column: int, value: object, look: str = "text") -> None:
        """Write one cell: text always as text, never as a formula or a link."""
        formats = self.book.formats
        if value is None or value == "":
            self.raw.write_blank(row, column, None, formats[look])
        elif isinstance(value, bool):
            self.raw.write_string(row, column, "yes" if value else "no", formats[look])
        elif isinstance(value, int | float):
            look = figure_look(value, look)
            self.raw.write_number(row, column, value, formats[look])
        elif isinstance(value, date):
            self.raw.write_datetime(row, column, value, formats["date"])
        else:
            self.raw.write_string(row, column, clean(str(value)), formats[look])

    def formula(self, row: int, column: int, formula: str, look: str, value: object) -> None:
        """Write a formula with the value that readers show who do not calculate."""
        self.raw.write_formula(row, column, formula, self.book.formats[look], value)

    def ask(self, area: Area, rule: Mapping[str, object]) -> None:
        """Take into an area what a rule allows."""
        self.raw.data_validation(*area, {**rule, "ignore_blank": False})

    def mark(self, area: Area, wrong: str) -> None:
        """Show in red where a condition holds, which is said of the area's first cell."""
        look = {"type": "formula", "criteria": f"={wrong}", "format": self.book.formats["wrong"]}
        self.raw.conditional_format(*area, look)

    def title(self, words: str) -> None:
        """The sheet's title, over all columns."""
        self._line(words, "title", 1.6)

    def line(self, words: str) -> None:
        """A line of text over all columns."""
        self._line(words, "line", 1)

    def live(self, formula: str, now: str, other: str, wrong: str) -> None:
        """A line over all columns that a formula tells: what it says `now`, or at most `other`.

        It is red where it begins with what is `wrong`.
        """
        row, last = self.next, len(self.widths) - 1
        self._line(other, "line", 1)
        self.formula(row, 0, formula, "line", now)
        own = address(row, 0)
        self.mark((row, 0, row, last), f'LEFT({own},{len(wrong)})="{wrong}"')

    def _line(self, words: str, look: str, larger: float) -> None:
        """A text over all columns, in type so much larger than that of the rest."""
        form = self.book.formats[look]
        if len(self.widths) > 1:
            self.raw.merge_range(self.next, 0, self.next, len(self.widths) - 1, "", form)
        self.raw.write_string(self.next, 0, clean(words), form)
        self._tall(self.next, {sum(self.widths) - INSET: [words]}, larger=larger)
        self.next += 1

    def gap(self) -> None:
        """An empty row."""
        self.next += 1

    def heads(self, names: Sequence[object], looks: Sequence[str] = ()) -> None:
        """The heads of a table; the first ones stay in sight.

        `looks` are those of its numbers by column, where they have one of their own.
        """
        if not self.next:
            self.raw.freeze_panes(1, 1)
            self.raw.repeat_rows(0)
        self._head, self._width, self._looks = self.next, len(names), looks
        for column, name in enumerate(names):
            is_right = self._look(column) not in ("", "place")
            self.put(self.next, column, str(name), "figure_head" if is_right else "head")
        self.fit(self.next, names, bold=True)
        self.next += 1

    def row(
        self,
        values: Sequence[object],
        look: str = "text",
        links: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        """A row of a table; dates and numbers stay what they are.

        `links` are addresses by column, to which its texts lead.
        """
        values = list(values)
        for column, value in enumerate(values):
            if _is_link(links.get(column, "")):
                values[column] = self._link(column, links[column], str(value))
                continue
            own = self._look(column)
            is_figure = own and isinstance(value, int | float)
            self.put(self.next, column, value, own if is_figure else look)
        self.fit(self.next, values, bold=look == "total")
        self.next += 1

    def _link(self, column: int, url: str, shown: str) -> str:
        """Write a link of one line, for some programs do not break it; return what it shows."""
        room = (self.widths[column] - INSET) * DIGIT
        told = fitting.without_middle(clean(shown).split("://")[-1], LETTER, room)
        self.raw.write_url(self.next, column, url, self.book.formats["link"], told)
        return told

    def _look(self, column: int) -> str:
        return self._looks[column] if column < len(self._looks) else ""

    def none(self, words: str) -> None:
        """A line for a table that has no row."""
        if self.next == self._head + 1:
            self.line(words)

    def fit(
        self,
        row: int,
        values: Sequence[object],
        first: int = 0,
        bold: bool = False,
        inset: float = INSET,
    ) -> None:
        """Make a row as tall as its texts, from column `first` on: some programs leave it low.

        `inset` are the letters by which a column is wider than the room of its text.
        """
        texts: dict[float, list[str]] = {}
        for width, value in zip(self.widths[first:], values, strict=False):
            if isinstance(value, str):
                texts.setdefault(width - inset, []).append(value)
        self._tall(row, texts, bold)

    def _tall(
        self,
        row: int,
        texts: Mapping[float, Sequence[str]],
        bold: bool = False,
        larger: float = 1,
    ) -> None:
        """Set the height of a row by its texts, by the room in letters that they have."""
        height = 3 + max(
            (
                fitting.height(measured, LETTER * larger, room * DIGIT, bold)
                for room, some in texts.items() for text in some if larger * len(text) > 0.7 * room
                for measured in _broken(text)
            ),
            default=(LINE_TALL - 3) * larger,
        )  # fmt: skip
        if height > self._heights.get(row, LINE_TALL):
            self._heights[row] = height
            self.raw.set_row(row, min(height, TALLEST))

    def filtered(self) -> None:
        """Let the last table be filtered."""
        self.raw.autofilter(self._head, 0, max(self.next - 1, self._head), self._width - 1)


def across(widths: Sequence[float]) -> float:
    """How wide columns are together, in letters."""
    return sum(widths) + BESIDE * len(widths)


def roomy(widths: Sequence[float], rows: Sequence[Sequence[object]]) -> list[float]:
    """The widths, and what is left of a page given to columns in which texts take lines.

    A column whose texts are short takes no more than they need; those that come out a little wider
    than a page give way.
    """
    longest = [
        max((len(v) for v in column if isinstance(v, str)), default=0)
        for column in zip(*rows, strict=True)
    ]
    least = [min(w, max(n + 3, SHORT)) for w, n in zip(widths, longest, strict=True)]
    over = across(least) - ROOM
    if 0 < over <= GIVES * ROOM:
        spare = [max(0.0, w - SHORT) for w in least]
        return [w - over * s / sum(spare) for w, s in zip(least, spare, strict=True)]
    wanted = [max(0.0, n + 2 - w) for w, n in zip(least, longest, strict=True)]
    share = min(1.0, max(0.0, ROOM - across(least)) / max(sum(wanted), 1.0))
    return [w + share * more for w, more in zip(least, wanted, strict=True)]


def _broken(text: str) -> tuple[str, ...]:
    """A text as it is measured: some spreadsheets break it behind a stroke, and some do not."""
    told = clean(text)[:MOST_LETTERS]
    return (told, told.replace("/", "I")) if "/" in told else (told,)


def _is_link(url: str) -> bool:
    """Whether spreadsheets can hold an address, as it is when all is escaped that can be."""
    escaped = quote(url, safe=":/?#@!$&'()*+,;=~%")
    return len(escaped) <= LONGEST_LINK and re.match(r"https?://\S+\Z", url) is not None


def _breaks(widths: Sequence[float], kept: int) -> list[int]:
    """The columns with which a new page begins; each page repeats the first `kept`."""
    found = []
    taken = across(widths[:kept])
    for column, width in enumerate(widths[kept:], kept):
        if taken + width + BESIDE > ROOM and column > kept:
            found.append(column)
            taken = across(widths[:kept])
        taken += width + BESIDE
    return found


def clean(words: str) -> str:
    """Return text without what XML cannot hold, and no longer than a cell."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", words)[:LONGEST]


def _column(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell on its own sheet."""
    return f"{_column(column)}{row + 1}"


def _fixed(row: int, column: int) -> str:
    return f"${_column(column)}${row + 1}"
