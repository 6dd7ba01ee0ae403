"""One's own tests: rows of a CSV file beside the decision, as facts of tier `measured`.

Columns: alternative; fact or criterion; value, or low and high; optionally n, as_of, by, method.
"""

import csv
import io
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from selector.catalog.beside import Beside
from selector.catalog.reading import MAX_BYTES, Document, steering, steering_words
from selector.catalog.records import unknown_name
from selector.domain.criterion import Criterion
from selector.domain.decision import Alternative
from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary
from selector.domain.problem import Origin, Problem

COLUMNS = ("alternative", "fact", "criterion", "value", "low", "high", "n", "as_of", "by", "method")


class _Row(NamedTuple):
    """One line of the file by column, with what is needed to name a place in it."""

    path: str
    line: int
    cells: Mapping[str, str]
    places: Mapping[str, int]

    def problem(self, column: str, what: str, instead: str) -> Problem:
        return Problem(self.path, self.line, self.places.get(column, 1), what, instead)


def with_measurements(
    document: Document,
    beside: Beside,
    names: list[str],
    alternatives: tuple[Alternative, ...],
    leaves: Mapping[str, Criterion],
    dictionary: Dictionary,
) -> tuple[Alternative, ...]:
    """The alternatives with what was measured; it comes before what profiles say.

    Files are looked for beside the decision, and nowhere else; problems go to the document.
    """
    found = {alternative.id: alternative for alternative in alternatives}
    for index, name in enumerate(names):
        text = _text(document, beside, name, ("measurements", index))
        for row in _rows(document, name, text):
            evidence = _evidence(document, row, leaves, dictionary)
            given = row.cells["alternative"]
            if given not in found:
                what, instead = unknown_name("alternative", given, found)
                document.problems.append(row.problem("alternative", what, instead))
            elif evidence is not None and row.cells.get("fact"):
                facts = {**found[given].facts, row.cells["fact"]: evidence}
                found[given] = found[given]._replace(facts=facts)
            elif evidence is not None:
                own = {**found[given].performances, row.cells["criterion"]: evidence}
                found[given] = found[given]._replace(performances=own)
    return tuple(found.values())


def _text(document: Document, beside: Beside, name: str, where: tuple[object, ...]) -> str:
    if not isinstance(beside, Path):
        return _brought(document, beside or {}, name, where)
    folder = beside
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        document.complain(where, f"{name!r} lies outside the decision's folder", "move it there")
        return ""
    try:
        if path.stat().st_size > MAX_BYTES:
            document.complain(where, f"{name!r} is larger than 2 MB", "split it")
            return ""
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        document.complain(where, f"{name!r} cannot be read ({error.strerror})", "name a CSV file")
    except UnicodeDecodeError:
        document.complain(where, f"{name!r} is not UTF-8", "save it as CSV in UTF-8")
    return ""


def _brought(
    document: Document, files: Mapping[str, bytes], name: str, where: tuple[object, ...]
) -> str:
    """The text of a file that was brought with the decision."""
    if name not in files:
        document.complain(where, f"the file {name!r} was not brought", "bring it with the decision")
        return ""
    try:
        text = files[name].decode("utf-8-sig")
    except UnicodeDecodeError:
        document.complain(where, f"{name!r} is not UTF-8", "save it as CSV in UTF-8")
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")  # as a file is read from the disk


def _rows(document: Document, name: str, text: str) -> list[_Row]:
    shown = str(Path(document.path).parent / name)
    steers = steering(text)
    if steers is not None:
        before = text[: steers[0]]
        at = before.count("\n") + 1, len(before) - before.rfind("\n")
        document.problems.append(Problem(shown, *at, *steering_words(steers[1])))
        return []
    reader = csv.reader(io.StringIO(text))
    try:
        lines = list(reader)
    except csv.Error as error:  # a field of more letters than any has, mostly a quote left open
        instead = "look for a quote that is not closed"
        document.problems.append(Problem(shown, reader.line_num, 1, f"not CSV: {error}", instead))
        return []
    if not lines:
        return []
    head = [column.strip() for column in lines[0]]
    problems = document.problems
    start = Origin(shown, 1, 1)
    for column in head:
        if column not in COLUMNS:
            problems.append(Problem.at(start, *unknown_name("column", column, COLUMNS)))
    if "alternative" not in head or not {"fact", "criterion"} & set(head):
        what = "the columns 'alternative' and 'fact' or 'criterion' are missing"
        problems.append(Problem.at(start, what, f"begin with {','.join(COLUMNS)}"))
        return []
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in line):
            continue
        cells = {column: " ".join(cell.split()) for column, cell in zip(head, line, strict=False)}
        places = {
            column: 1 + sum(len(cell) + 1 for cell in line[:index])
            for index, column in enumerate(head)
        }
        rows.append(_Row(shown, number, {"alternative": "", **cells}, places))
    return rows


def _evidence(
    document: Document, row: _Row, leaves: Mapping[str, Criterion], dictionary: Dictionary
) -> Evidence | None:
    cells, problems = row.cells, document.problems
    before = len(problems)
    fact, leaf = cells.get("fact", ""), cells.get("criterion", "")
    if bool(fact) == bool(leaf):
        problems.append(row.problem("fact", "not one of fact and criterion", "name one of them"))
    elif fact and (fact not in dictionary or dictionary[fact].type != "number"):
        known = [name for name, entry in dictionary.items() if entry.type == "number"]
        problems.append(row.problem("fact", *unknown_name("fact of numbers", fact, known)))
    elif leaf and leaf not in leaves:
        problems.append(row.problem("criterion", *unknown_name("leaf criterion", leaf, leaves)))
    read = len(problems)
    value, low, high = (_number(row, name, problems) for name in ("value", "low", "high"))
    if len(problems) > read:
        pass  # a figure that cannot be read is told once
    elif (low is None) != (high is None) or (value is None and low is None):
        problems.append(row.problem("value", "no figure", "give value, or low and high, or all"))
    elif (rising := [x for x in (low, value, high) if x is not None]) != sorted(rising):
        problems.append(row.problem("value", "the figures do not rise", "low, value, high"))
    day = _day(row, problems)
    if len(problems) > before:
        return None
    how = [cells.get("method", ""), f"n = {cells['n']}" if cells.get("n") else ""]
    return Evidence(
        "value",
        value=value,
        low=low,
        high=high,
        by=cells.get("by", ""),
        tier="measured",
        as_of=day,
        confidence="high",
        note=", ".join(filter(None, how)),
        origin=Origin(row.path, row.line, 1),
    )


def _number(row: _Row, column: str, problems: list[Problem]) -> float | None:
    text = row.cells.get(column, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isfinite(number):
        return number
    problems.append(row.problem(column, f"{text!r} is not a number", "write a finite number"))
    return None


def _day(row: _Row, problems: list[Problem]) -> date | None:
    text = row.cells.get("as_of", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        problems.append(row.problem("as_of", f"{text!r} is not a date", "write year-month-day"))
        return None
