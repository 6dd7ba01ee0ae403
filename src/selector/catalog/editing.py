"""Change a YAML file at some places and leave the rest as people wrote it, comments included.

Only the section of the file that a change is in is written anew, by ruamel.yaml, which keeps
comments, order and quotes. The text is read by our own reader before and after: what comes out is
known to say exactly what was asked for, or is written plainly, without the comments.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite
from typing import Any, Final

from selector.catalog.editing_by_lines import swapped
from selector.catalog.reading import Document, parse_document
from selector.domain.problem import InputError, UsageError

Path = tuple[str | int, ...]
"""Keys and indices from the top of the file down to a place."""
Change = tuple[Path, Any]
"""A place, and the plain value that is to stand there, or REMOVE."""


MOST_EDITED = 150_000
"""So long may the section of a file be that is written anew: some seconds of work."""


class _Remove:
    """The type of REMOVE."""

    def __repr__(self) -> str:
        return "REMOVE"


REMOVE: Final = _Remove()
"""As the value of a change: the key or item is taken out."""


def edited(raw: bytes, *changes: Change) -> bytes:
    """The text of a file with the changes made, in their order.

    Values are plain: mappings, lists, text, numbers, dates, true, false and None. A list grows by
    an index equal to its length; mappings that are missing on the way to a key are made. Raises
    InputError where the file itself cannot be read, UsageError for a place that does not exist or
    stands in a part of the file that is too long.
    """
    document = _read(raw)
    wanted = changed(document.data, *changes)
    if repr(wanted) == repr(document.data):  # not by ==, for which true is 1
        return raw
    text = raw.decode().replace("\r\n", "\n")
    for attempt in (swapped, _by_section, _as_a_whole):
        made = attempt(document, text, changes).encode()
        if _says(made, wanted):
            return made
    made = _plainly(wanted).encode()
    _read(made)  # what no file may hold, such as control characters, is told
    return made


def changed(data: Any, *changes: Change) -> Any:
    """Plain data with the changes made, as a copy. UsageError for a place that does not exist."""
    wanted = deepcopy(data)
    for path, value in changes:
        _set(wanted, path, value, _Plain())
    return wanted


def _read(raw: bytes) -> Document:
    document = parse_document(raw, "the file")
    if document.problems:
        raise InputError(document.problems)
    return document


def _says(raw: bytes, wanted: Any) -> bool:
    """Whether the text is read as that."""
    try:
        found = _read(raw).data
    except InputError:
        return False
    return bool(found == wanted)


# --- making changes -----------------------------------------------------------------------------


class _Plain:
    """How changes are made to plain data."""

    def put(self, parent: Any, step: str | int, value: Any) -> None:
        """Set a value, or add it at the end of a list."""
        if isinstance(parent, list) and step == len(parent):
            parent.append(deepcopy(value))
        else:
            parent[step] = deepcopy(value)

    def own(self, parent: Any, step: str | int) -> Any:
        """What stands below a step, apart from whatever else shows the same by an alias."""
        parent[step] = deepcopy(parent[step])
        return parent[step]

    def remove(self, parent: Any, step: str | int) -> None:
        """Take out what stands below a step."""
        del parent[step]


def _set(data: Any, path: Path, value: Any, way: Any) -> None:
    """Make one change to the data of a file."""
    if not path:
        raise UsageError("a change needs a place in the file")
    place = data
    for step, following in pairwise(path):
        if not _has(place, step):
            if value is REMOVE:
                return
            if not isinstance(place, dict) or not isinstance(following, str):
                raise _nowhere(path)
            way.put(place, step, {})
        if not isinstance(place[step], dict | list):
            raise _nowhere(path)
        place = way.own(place, step)
    last = path[-1]
    if value is REMOVE:
        if _has(place, last):
            way.remove(place, last)
    elif _has(place, last) or _can_grow(place, last):
        way.put(place, last, value)
    else:
        raise _nowhere(path)


def _can_grow(place: Any, step: str | int) -> bool:
    if isinstance(place, list):
        return isinstance(step, int) and step == len(place)
    return isinstance(place, dict) and isinstance(step, str)


def _has(place: Any, step: str | int) -> bool:
    if isinstance(place, list):
        return isinstance(step, int) and 0 <= step < len(place)
    return isinstance(place, dict) and step in place


def _nowhere(path: Path) -> UsageError:
    return UsageError(f"there is no place {'.'.join(map(str, path))} in the file")


# --- keeping what people wrote ------------------------------------------------------------------


@dataclass(frozen=True)
class _Section:
    """The lines of one key at the top of the file: from `start` up to, not with, `end`."""

    start: int
    end: int


def _by_section(document: Document, text: str, changes: Sequence[Change]) -> str:
    """The text with only those sections written anew that a change is in."""
    lines = text.splitlines(keepends=True)
    sections = _sections(document, lines)
    by_key: dict[str | int, list[Change]] = {}
    for path, value in changes:
        by_key.setdefault(path[0], []).append((path, value))
    if sections is None or any(key not in sections and key in document.data for key in by_key):
        return _as_a_whole(document, text, changes)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    added = ""
    known = [key for key in by_key if key in sections]
    for key in sorted(known, key=lambda key: sections[key].start, reverse=True):
        start, end = sections[key].start, sections[key].end
        lines[start:end] = _rewritten("".join(lines[start:end]), by_key[key])
    for key in by_key:
        if key not in sections:
            added += _rewritten("", by_key[key])
    return "".join(lines) + added


def _sections(document: Document, lines: Sequence[str]) -> dict[str | int, _Section] | None:
    """The lines of each key at the top; None where the file is not laid out by lines."""
    if not isinstance(document.data, dict):
        return None
    starts = [(mark.line, mark.column, key) for key, mark in document.places.keys.items()]
    if any(column for _, column, _ in starts):
        return None
    found = {}
    ends = [line for line, _, _ in starts[1:]] + [len(lines)]
    for (start, _, key), end in zip(starts, ends, strict=True):
        # Comments at the left edge after a section are of the one that follows.
        while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        found[key] = _Section(start, end)
    return found


def _as_a_whole(_document: Document, text: str, changes: Sequence[Change]) -> str:
    return _rewritten(text, changes)


def _rewritten(text: str, changes: Iterable[Change]) -> str:
    """A text with the changes made by ruamel.yaml; empty where it cannot read it by itself."""
    if len(text) > MOST_EDITED:
        raise UsageError(
            "that part of the file is too long to be changed here; change it in an editor, and "
            "bring the file again"
        )
    from ruamel.yaml.error import YAMLError  # only people who edit wait for it

    from selector.catalog.editing_by_ruamel import Kept, dumped, loaded

    try:
        data = loaded(text)
        for path, value in changes:
            _set(data, path, value, Kept())
        return dumped(data) if data else ""
    except YAMLError:  # an alias whose anchor stands in another section, say
        return ""


def _plainly(data: Any) -> str:
    """Plain data as YAML of our own rules, without comments."""
    from selector.catalog.editing_by_ruamel import dumped, node_of

    return dumped(node_of(data))


def plain_text(value: Any) -> str:
    """A number, date, truth value or None as a file says it. UsageError: no file can."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:_}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float) and isfinite(value):
        return plain_text(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    raise UsageError(f"{value!r} cannot stand in a file")


def data_of(raw: bytes) -> Mapping[str, Any]:
    """The plain data of a file. Raises InputError where it cannot be read."""
    data = _read(raw).data
    return data if isinstance(data, dict) else {}
