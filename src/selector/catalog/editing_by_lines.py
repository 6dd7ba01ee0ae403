"""Two neighbours of a list change places with the lines that people gave to each.

To ruamel.yaml a comment belongs to what stands before it; to people a comment above an item is the
item's own.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from selector.catalog.reading import Document, Places


def swapped(document: Document, text: str, changes: Sequence[tuple[Any, Any]]) -> str:
    """The text with two neighbours swapped; empty where the changes do not just that.

    Empty also where the items do not stand on lines of their own.
    """
    if len(changes) != 2 or any(not path for path, _ in changes):
        return ""
    (one, theirs), (other, mine) = sorted(changes, key=lambda change: str(change[0][-1]))
    where, first, second = one[:-1], one[-1], other[-1]
    if where != other[:-1] or not isinstance(first, int) or not isinstance(second, int):
        return ""
    first, second, theirs, mine = (
        (first, second, theirs, mine) if first < second else (second, first, mine, theirs)
    )
    items, places = document.data, document.places
    for step in where:
        if not isinstance(places, Places) or step not in places.below:
            return ""
        items, places = items[step], places.below[step]
    if not (isinstance(items, list) and isinstance(places, Places)) or second != first + 1:
        return ""
    if not 0 <= first < second < len(items) or [theirs, mine] != [items[second], items[first]]:
        return ""
    lines = text.splitlines(keepends=True)
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [_line(places.below[place]) for place in range(len(items))]
    column = _dash(lines[starts[0]])
    is_apart = all(above < below for above, below in pairwise(starts))
    if column is None or not is_apart or any(_dash(lines[line]) != column for line in starts):
        return ""
    start, middle = (_with_comments(lines, starts[place], column) for place in (first, second))
    if second + 1 < len(items):
        end = _with_comments(lines, starts[second + 1], column)
    else:
        end = _end(lines, starts[second], column)
    return "".join(lines[:start] + lines[middle:end] + lines[start:middle] + lines[end:])


def _line(place: Any) -> int:
    """The line, from 0, on which something begins."""
    return int((place.start if isinstance(place, Places) else place).line)


def _dash(line: str) -> int | None:
    """The column of the dash that begins an item; None where the line begins with another thing."""
    return _indent(line) if line.lstrip(" ").startswith("- ") else None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _with_comments(lines: Sequence[str], line: int, column: int) -> int:
    """The first line of an item, with the comments above it; what is further in is of another."""
    while line and _is_comment(lines[line - 1]) and _indent(lines[line - 1]) <= column:
        line -= 1
    return line


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith("#")


def _end(lines: Sequence[str], line: int, column: int) -> int:
    """The line after the last item: what is further in than its dash is its own."""
    end = line + 1
    for place in range(line + 1, len(lines)):
        told = lines[place]
        if told.strip() and _indent(told) <= column:
            break
        if told.strip():
            end = place + 1
    return end
