"""One edit: changes that are collected in order, each seeing what those before it made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from selector.catalog.editing import REMOVE, Change
from selector.domain.problem import UsageError

Changes = tuple[Change, ...]
Data = Mapping[str, Any]
Step = str | int


class Refused(UsageError):
    """What was written cannot be; `field` names where, the message says what would be right."""

    def __init__(self, field: str, told: str) -> None:
        super().__init__(told)
        self.field = field


class Edit:
    """The data of a file while it is changed, and the changes made so far."""

    def __init__(self, data: Data) -> None:
        self.data: dict[str, Any] = _apart(data)
        self._changes: list[Change] = []

    @property
    def changes(self) -> Changes:
        """All changes in their order."""
        return tuple(self._changes)

    def get(self, *path: Step) -> Any:
        """What stands at a place; None where nothing does."""
        found: Any = self.data
        for step in path:
            if isinstance(found, Mapping):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def put(self, path: tuple[Step, ...], value: Any) -> None:
        """Write a value, where it is another than what stands there; missing mappings are made."""
        at_path: Any = self.data
        for step in path[:-1]:
            at_path = at_path.setdefault(step, {}) if isinstance(at_path, dict) else at_path[step]
        last = path[-1]
        if isinstance(at_path, list):
            if last == len(at_path):
                at_path.append(_apart(value))
            elif _same(at_path[last], value):  # type: ignore[index]
                return
            else:
                at_path[last] = _apart(value)  # type: ignore[index]
        elif last in at_path and _same(at_path[last], value):
            return
        else:
            at_path[last] = _apart(value)
        self._changes.append((path, value))

    def append(self, path: tuple[Step, ...], value: Any) -> int:
        """Add an item to a list, which is made where there is none; returns its place."""
        if not isinstance(self.get(*path), list):
            self.put(path, [value])
            return 0
        place = len(self.get(*path))
        self.put((*path, place), value)
        return place

    def remove(self, *path: Step) -> None:
        """Take out what stands at a place; mappings that this empties go with it."""
        if not self._has(path):
            return
        above: Any = self.get(*path[:-1])
        while len(path) > 1 and isinstance(above, dict) and len(above) == 1:
            if isinstance(path[-2], int):
                break
            path = path[:-1]
            above = self.get(*path[:-1])
        del above[path[-1]]
        self._changes.append((path, REMOVE))

    def merge(self, path: tuple[Step, ...], wanted: Data) -> None:
        """Make a mapping say just that, key by key, so that what stays keeps its comments."""
        for key in list(self.get(*path) or ()):
            if key not in wanted:
                self.remove(*path, key)
        for key, value in wanted.items():
            self.put((*path, key), value)

    def say(self, path: tuple[Step, ...], value: Any, empty: Any = "") -> None:
        """Write a value, or take the key out where there is nothing to say."""
        if value == empty or value is None:
            self.remove(*path)
        else:
            self.put(path, value)

    def _has(self, path: tuple[Step, ...]) -> bool:
        above, last = self.get(*path[:-1]), path[-1]
        if isinstance(above, list):
            return isinstance(last, int) and last < len(above)
        return isinstance(above, dict) and last in above


def _apart(value: Any) -> Any:
    """A copy in which nothing is shared: an alias in a file shows one value in two places."""
    if isinstance(value, Mapping):
        return {key: _apart(item) for key, item in value.items()}
    return [_apart(item) for item in value] if isinstance(value, list) else value


def _same(now: Any, value: Any) -> bool:
    """Whether two values read alike: true is not 1."""
    return type(now) is type(value) and now == value


def fresh_id(name: str, taken: Iterable[str], otherwise: str) -> str:
    """An id made of a name, other than those that are taken."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].strip("-") or otherwise
    known = set(taken)
    number, found = 1, stem
    while found in known:
        number += 1
        found = f"{stem}-{number}"
    return found


def plain(number: float) -> float | int:
    """A number as one writes it: whole ones without a point."""
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else float(number)


def one_line(field: str, text: str, wanted: str) -> str:
    """A name as it may stand in a file. Refused where it is empty."""
    told = " ".join(text.split())
    if not told:
        raise Refused(field, wanted)
    return told
