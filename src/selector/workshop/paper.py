"""Ballots that were given on paper, as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from selector.workshop.errors import Refused

MOST_ROWS = 500
NAME, ROLE = "name", "role"
_NOTHING = {"", "-", "–", "no opinion", "none"}


OnPaper = tuple[str, str, dict[str, float | None]]
"""Name, role and points by criterion of one ballot."""


def read_paper(text: str, criteria: Collection[str]) -> list[OnPaper]:
    """The ballot of each row; Refused 422 with all that is wrong.

    The first row names the columns: `name`, `role` if wanted, and ids of criteria. Columns are
    parted by commas or, as some spreadsheets write, by semicolons.
    """
    text = text.lstrip("\ufeff").strip("\r\n")
    first = text.split("\n", 1)[0]
    parted = ";" if first.count(";") > first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=parted, strict=True))
    except csv.Error as error:
        raise Refused(422, f"This is no table of CSV: {error}.") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise Refused(422, "There is no ballot; the first row names the columns.")
    head = [cell.strip() for cell in rows[0]]
    problems = [
        f"There is no criterion {name!r}; there are {', '.join(criteria)}."
        for name in head
        if name not in (NAME, ROLE) and name not in criteria
    ]
    problems += [f"The column {n!r} stands twice." for n in sorted(set(head)) if head.count(n) > 1]
    if NAME not in head:
        problems.append(f"There is no column {NAME!r}.")
    if len(rows) - 1 > MOST_ROWS:
        problems.append(f"{len(rows) - 1} rows; enter at most {MOST_ROWS} at a time.")
    if problems:
        raise Refused(422, " ".join(problems))
    found: list[OnPaper] = []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        if len(row) > len(head):
            problems.append(f"Row {number} has more cells than the first.")
        name = " ".join(cells.pop(NAME, "").split())
        role = cells.pop(ROLE, "")
        if not name or len(name) > 80:
            problems.append(f"Row {number} needs a name of up to 80 characters.")
        if any(name == other for other, _, _ in found):
            problems.append(f"Row {number}: {name!r} stands twice.")
        weights: dict[str, float | None] = {}
        for criterion, cell in cells.items():
            if cell.lower() in _NOTHING:
                weights[criterion] = None
                continue
            try:
                weights[criterion] = float(cell.replace(",", "."))
            except ValueError:
                problems.append(f"Row {number}, {criterion}: {cell[:40]!r} is no number.")
        found.append((name, role, weights))
    if problems:
        raise Refused(422, " ".join(problems[:10]))
    return found
