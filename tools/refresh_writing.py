"""Change one fact in the text of a profile, and leave every other letter as it is."""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from selector.catalog.reading import Document, parse_document
from selector.catalog.records.vendor import vendor_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.vendor import VendorFile
from selector.domain.fact import Dictionary
from selector.domain.problem import Problem

_SCALAR = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s,#}\]]+")
_COMMIT = re.compile(r"\b[0-9a-f]{40}\b")


class Change(NamedTuple):
    """What a refresh found for one fact: new parts (`value`, or `low`, `likely`, `high`), the
    versions read by package, and the date of the oldest of them (None: as before)."""

    where: tuple[object, ...]
    parts: Mapping[str, float]
    versions: Mapping[str, str]
    as_of: date | None


class _Edit(NamedTuple):
    line: int
    column: int
    removed: int
    added: str


def changed_text(text: str, changes: Sequence[Change], today: date) -> str:
    """The profile with these facts changed; what stood there before goes to their history."""
    document = parse_document(text.encode(), "profile")
    lines = text.split("\n")
    edits: list[_Edit] = []
    for change in changes:
        edits += _edits(document, lines, change, today)
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line]
        end = edit.column + edit.removed
        lines[edit.line] = line[: edit.column] + edit.added + line[end:]
    return "\n".join(lines)


def write_profile(path: Path, text: str, dictionary: Dictionary) -> list[Problem]:
    """Put the text in the file's place, whole or not at all; the problems if it is not valid."""
    document = parse_document(text.encode(), str(path))
    shape = shaped(document, VendorFile)
    if shape is not None:
        vendor_record(document, shape, dictionary)
    if document.problems:
        return document.problems
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8", newline="")
    os.replace(beside, path)
    return []


def _edits(document: Document, lines: list[str], change: Change, today: date) -> list[_Edit]:
    fact: Any = document.data
    for step in change.where:
        fact = fact[step]
    if "as_of" not in fact:
        raise ValueError("it has no as_of to change")
    edits = [
        _scalar(document, lines, (*change.where, part), number(value))
        for part, value in change.parts.items()
        if not same(fact[part], value)
    ]
    if edits:
        edits.append(_history(document, lines, change.where, fact))
    for where, source in _sources(fact, (*change.where, "source")):
        edits += _new_version(document, lines, where, source, change.versions)
    if change.as_of is not None:
        edits.append(_scalar(document, lines, (*change.where, "as_of"), str(change.as_of)))
    if "retrieved" in fact:
        edits.append(_scalar(document, lines, (*change.where, "retrieved"), str(today)))
    return edits


def _sources(
    fact: Mapping[str, Any], at: tuple[object, ...]
) -> list[tuple[tuple[object, ...], Any]]:
    source = fact.get("source")
    if isinstance(source, list):
        return [((*at, index), one) for index, one in enumerate(source)]
    return [(at, source)]


def _new_version(
    document: Document,
    lines: list[str],
    where: tuple[object, ...],
    source: Any,
    versions: Mapping[str, str],
) -> list[_Edit]:
    if isinstance(source, dict):
        version = versions.get(source.get("package", ""))
        return [_scalar(document, lines, (*where, "version"), version)] if version else []
    for package, version in versions.items():
        if f"/{package}/" in str(source) and _COMMIT.search(str(source)):
            return [_scalar(document, lines, where, _COMMIT.sub(version, str(source)))]
    return []


def _scalar(document: Document, lines: list[str], where: tuple[object, ...], new: str) -> _Edit:
    """Replace the scalar at `where`, in the quotes that it had."""
    line, column = _at(document, where)
    found = _SCALAR.match(lines[line], column)
    if found is None:
        raise ValueError(f"line {line + 1} is laid out in a way this cannot edit")
    old = found.group()
    quote = old[0] if old[0] in "\"'" else ""
    return _Edit(line, column, len(old), f"{quote}{new}{quote}")


def _history(
    document: Document, lines: list[str], where: tuple[object, ...], fact: Mapping[str, Any]
) -> _Edit:
    """One more entry, before those that are there."""
    entry = _past(fact)
    if fact.get("history"):
        line, column = _at(document, (*where, "history"))
        if lines[line][column] == "[":
            return _Edit(line, column + 1, 0, entry + ", ")
        return _Edit(line, column, 0, f"- {entry}\n{' ' * column}")
    line, column = _at(document, (*where, "as_of"))
    found = _SCALAR.match(lines[line], column)
    end = found.end() if found else column
    key = document.origin(*where, "as_of", key=True)
    if lines[line][: key.column - 1].strip():  # the fact stands in braces
        return _Edit(line, end, 0, f", history: [{entry}]")
    return _Edit(line, len(lines[line]), 0, f"\n{' ' * (key.column - 1)}history: [{entry}]")


def _past(fact: Mapping[str, Any]) -> str:
    value = fact.get("value", fact.get("likely", fact.get("low")))
    words = [f"value: {number(value)}", f"as_of: {fact['as_of']}", f"source: {_shown(fact)}"]
    if "value" not in fact:
        words.append(f'note: "from {number(fact["low"])} to {number(fact["high"])}"')
    return "{" + ", ".join(words) + "}"


def _shown(fact: Mapping[str, Any]) -> str:
    shown = []
    for _, source in _sources(fact, ()):
        if isinstance(source, dict):
            inner = ", ".join(f'{key}: "{value}"' for key, value in source.items())
            shown.append("{" + inner + "}")
        else:
            shown.append(f'"{source}"')
    return shown[0] if len(shown) == 1 else "[" + ", ".join(shown) + "]"


def _at(document: Document, where: tuple[object, ...]) -> tuple[int, int]:
    origin = document.origin(*where)
    return origin.line - 1, origin.column - 1


def number(value: float) -> str:
    """A number as it stands in a profile."""
    return f"{value:.10g}" if abs(value) < 1e9 else str(int(value))


def same(one: Any, other: float) -> bool:
    """Whether two figures are the same but for the dust of binary fractions."""
    return isinstance(one, int | float) and abs(one - other) <= 1e-9 * max(abs(one), abs(other))
