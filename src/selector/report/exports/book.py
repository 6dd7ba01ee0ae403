"""A workbook's sheets, formats and names, so that the content can be written row by row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from selector.report.exports.deck import fitting

INK, LINE, WASH = "#1b2530", "#d5dae0", "#f4f6f8"
LONGEST = 32_767  # characters of a cell
LONGEST_LINK = 2_000
SCALE, ACROSS = 70, 160.0  # per cent of a sheet over several pages; letters across one of them
LETTER, DIGIT = 10.0, 5.3  # points: the size at which a text is measured, the width of a digit
LINE_TALL, TALLEST = 15.0, 405.0  # points: of a line; a row holds no more than 409
MOST_LETTERS = 3_000  # of a text that is measured
FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "text": {"text_wrap": True, "align": "left", "valign": "top", "indent": 1},
    "line": {"text_wrap": True, "valign": "top"},
    "note": {"font_color": "#5b6670", "italic": True},
    "head": {
        "bold": True,
        "bottom": 1,
        "text_wrap": True,
        "align": "left",  # without it no indent is written
        "valign": "bottom",
        "bg_color": WASH,
        "indent": 1,
    },
    "group": {"font_color": "#5b6670", "text_wrap": True, "valign": "bottom"},
    "name": {"bold": True, "text_wrap": True},
    "number": {"num_format": "#,##0.######", "valign": "top"},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "tenth": {"num_format": "0.0", "valign": "top"},
    "whole": {"num_format": "0", "valign": "top"},
    "points": {"num_format": "0.0", "bold": True},
    "score": {"num_format": "0.0000"},
    "rank": {"num_format": "0", "bold": True},
    "weight": {"num_format": "0.0%", "bg_color": "#e8ecfb", "locked": False},
    "value": {"num_format": "0.00"},
    "share": {"num_format": "0.0%", "valign": "top"},
    "entry": {"num_format": "General", "align": "right"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "total": {"bold": True, "top": 1, "indent": 1},
    "total_amount": {"bold": True, "top": 1, "num_format": "#,##0.00"},
    "link": {"font_color": "#1f5fa8", "underline": 1, "valign": "top"},
}


class Book:
    """A workbook under way; every sheet bears the stamp in its foot."""

    def __init__(self, workbook: Any, stamp: str) -> None:
        self.workbook = workbook
        self.stamp = stamp
        self.formats = {
            name: workbook.add_format({"font_name": "Calibri", "font_color": INK, **look})
            for name, look in FORMATS.items()
        }

    def sheet(self, name: str, widths: Sequence[float], kept: int = 0, scale: int = SCALE) -> Sheet:
        """Add a sheet with its columns' widths in letters, ready to print on A4 across.

        It is as wide as the paper. One of which the first `kept` columns are on every page, though,
        goes over as many pages as it takes to be read at that `scale`, in per cent.
        """
        raw = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            raw.set_column(column, column, width)
        raw.hide_gridlines(2)
        raw.set_paper(9)
        raw.set_landscape()
        raw.set_margins(left=0.5, right=0.5)
        breaks = _breaks(widths, kept, ACROSS * SCALE / scale) if kept else []
        if breaks:
            raw.set_print_scale(scale)
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
        return f"{sheet}!{_address(row, column)}"

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

    def put(self, row: int, column: int, value: object, look: str = "text") -> None:
        """Write one cell: text always as text, never as a formula or a link."""
        form = self.book.formats[look]
        if value is None or value == "":
            self.raw.write_blank(row, column, None, form)
        elif isinstance(value, bool):
            self.raw.write_string(row, column, "yes" if value else "no", form)
        elif isinstance(value, int | float):
            is_plain = look in ("text", "total")
            own = self.book.formats["number"] if is_plain else form
            self.raw.write_number(row, column, value, own)
        elif isinstance(value, date):
            self.raw.write_datetime(row, column, value, self.book.formats["date"])
        else:
            self.raw.write_string(row, column, clean(str(value)), form)

    def formula(self, row: int, column: int, formula: str, look: str, value: object) -> None:
        """Write a formula with the value that readers show who do not calculate."""
        self.raw.write_formula(row, column, formula, self.book.formats[look], value)

    def link(self, row: int, column: int, url: str) -> None:
        """Make a cell a link, where spreadsheets can hold it."""
        if re.match(r"https?://\S+\Z", url) and len(url) <= LONGEST_LINK:
            self.raw.write_url(row, column, url, self.book.formats["link"], clean(url))

    def title(self, words: str) -> None:
        """The sheet's title."""
        self.put(self.next, 0, words, "title")
        self.next += 1

    def line(self, words: str) -> None:
        """A line of text over all columns."""
        if len(self.widths) == 1:
            self.put(self.next, 0, words, "line")
        else:
            self.raw.merge_range(
                self.next, 0, self.next, len(self.widths) - 1, "", self.book.formats["line"]
            )
            self.raw.write_string(self.next, 0, clean(words), self.book.formats["line"])
        self._tall(self.next, {sum(self.widths): [words]})
        self.next += 1

    def gap(self) -> None:
        """An empty row."""
        self.next += 1

    def heads(self, names: Sequence[object]) -> None:
        """The heads of a table; the first ones stay in sight."""
        if not self.next:
            self.raw.freeze_panes(1, 1)
            self.raw.repeat_rows(0)
        self._head, self._width = self.next, len(names)
        for column, name in enumerate(names):
            self.put(self.next, column, name, "head")
        self.fit(self.next, names)
        self.next += 1

    def row(
        self, values: Sequence[object], look: str = "text", figures: Sequence[str] = ()
    ) -> None:
        """A row of a table; dates and numbers stay what they are.

        `figures` are the looks of its numbers by column, where they have one of their own.
        """
        for column, value in enumerate(values):
            own = figures[column] if column < len(figures) else ""
            is_figure = own and isinstance(value, int | float)
            self.put(self.next, column, value, own if is_figure else look)
        self.fit(self.next, values)
        self.next += 1

    def fit(self, row: int, values: Sequence[object], first: int = 0) -> None:
        """Make a row as tall as its texts, from column `first` on: some programs leave it low."""
        texts: dict[float, list[str]] = {}
        for width, value in zip(self.widths[first:], values, strict=False):
            if isinstance(value, str):
                texts.setdefault(width, []).append(value)
        self._tall(row, texts)

    def _tall(self, row: int, texts: Mapping[float, Sequence[str]]) -> None:
        """Set the height of a row by its texts, by the width in letters that they have."""
        lines = max(
            (
                len(fitting.wrapped(clean(text)[:MOST_LETTERS], LETTER, (width - 2) * DIGIT))
                for width, some in texts.items() for text in some if len(text) > 0.7 * width
            ),
            default=1,
        )  # fmt: skip
        if lines > 1:
            self.raw.set_row(row, min(LINE_TALL * lines, TALLEST))

    def filtered(self) -> None:
        """Let the last table be filtered."""
        self.raw.autofilter(self._head, 0, max(self.next - 1, self._head), self._width - 1)


def _breaks(widths: Sequence[float], kept: int, across: float) -> list[int]:
    """The columns with which a new page begins; each page repeats the first `kept`."""
    found, room = [], across - sum(widths[:kept])
    taken = 0.0
    for column, width in enumerate(widths[kept:], kept):
        if taken and taken + width > room:
            found.append(column)
            taken = 0.0
        taken += width
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


def _address(row: int, column: int) -> str:
    return f"{_column(column)}{row + 1}"


def _fixed(row: int, column: int) -> str:
    return f"${_column(column)}${row + 1}"
