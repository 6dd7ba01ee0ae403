"""Read one YAML file safely, and remember where everything stands.

The file is looked at as a stream of events first: size, depth, aliases, tags and the number of
documents are checked before anything is built, for the C library crashes on deep nesting and an
alias can stand for millions of nodes. Plain scalars are read by rules of our own: `true` and
`false` are the only booleans, numbers are decimal, dates are ISO, `null` is nothing, all else is
text (so `no`, `012` and `12:30` are not what YAML 1.1 makes of them).
"""

import re
from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from selector.domain.problem import InputError, Origin, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 50
MAX_ALIAS_NODES = 10_000
MAX_NUMBER = 1e100
"""Beyond it differences and products of numbers would no longer be finite."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*\Z")
# Each digit can be read in one way only: a second way would take hours over a long row of digits.
_DECIMAL = re.compile(r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_FIRST_OF_NUMBER = frozenset("+-.0123456789")
# What steers a terminal, or turns the text around it: control characters but for tab and line
# break, separators of lines that are none in YAML 1.2, and the marks that set the direction of what
# follows. The marks that only say how one letter runs are part of Hebrew and Arabic and stay.
_STEERS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]")


class Places:
    """Where a mapping or list begins, and where its keys and values do.

    `below` maps a key or index to the places of what is below, or, for a scalar, to the parser's
    own mark: keeping that one object is what makes positions cheap.
    """

    __slots__ = ("below", "keys", "start")

    def __init__(self, start: Any) -> None:
        self.start = start
        self.keys: dict[Any, Any] = {}
        self.below: dict[Any, Any] = {}


@dataclass(slots=True)
class Document:
    """The content of one file with the places of all its parts."""

    path: str
    data: Any
    places: Any
    problems: list[Problem]
    silent: Collection[tuple[object, ...]] = ()
    """Places that are known to be wrong, of which no more is said."""
    silent_names: Set[object] = frozenset()
    kept: Any = None
    """The data as it has its shape: without what is faulty, where something is."""

    def origin(self, *where: object, key: bool = False) -> Origin:
        """The place of the value (or of its key) at the path `where` of keys and indices.

        Steps that do not exist are passed over, so that the nearest place known is given.
        """
        places = self.places
        for index, step in enumerate(where):
            if not isinstance(places, Places):
                break
            if key and index == len(where) - 1 and step in places.keys:
                places = places.keys[step]
            else:
                places = places.below.get(step, places)
        mark = places.start if isinstance(places, Places) else places
        return Origin(self.path, mark.line + 1, mark.column + 1)

    def complain(
        self, where: tuple[object, ...], what: str, instead: str, key: bool = False
    ) -> None:
        """Note a problem at that place."""
        if any(where[: len(place)] == place for place in self.silent):
            return
        if any(step in self.silent_names for step in where):
            return
        self.problems.append(Problem.at(self.origin(*where, key=key), what, instead))


def read_document(path: Path, shown_as: str = "") -> Document:
    """Read the YAML file at `path`; messages name it `shown_as`.

    Raises InputError for a syntax error, or where a limit is passed; lesser problems (duplicate
    keys, say) are collected in the document, so that all are told in one run.
    """
    shown = shown_as or str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _refused(shown, 0, 0, f"the file has {size:,} bytes", "at most 2 MB are read")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)  # a device has no size, and no end
    except OSError as error:
        raise _refused(
            shown, 0, 0, f"cannot be read ({error.strerror})", "name a readable file"
        ) from None
    return parse_document(raw, shown)


def parse_document(raw: bytes, shown: str) -> Document:
    """The same for bytes at hand (an upload, say)."""
    if len(raw) > MAX_BYTES:
        raise _refused(shown, 0, 0, "the file has more than 2 MB", "at most 2 MB are read")
    events = _checked_events(_decode(raw, shown), shown)
    if not events:
        raise _refused(
            shown, 0, 0, "the file is empty", "it should hold a mapping of keys to values"
        )
    composer = _Composer(events, shown)
    data, places, _ = composer.compose()
    return Document(shown, data, places, composer.problems)


def reads_as_text(text: str) -> bool:
    """Whether a plain scalar is read as this very text, not as a number, date or truth value."""
    if text in ("", "null", "true", "false"):
        return False
    return text[0] not in _FIRST_OF_NUMBER or not (_DECIMAL.match(text) or _DATE.match(text))


def steering(text: str) -> tuple[int, str] | None:
    """The first character that steers a terminal or the text around it: its index and U+XXXX."""
    if text.isprintable():  # as nearly all text is, and quick to see
        return None
    found = _STEERS.search(text)
    return None if found is None else (found.start(), f"U+{ord(found[0]):04X}")


def harmless(text: str) -> str:
    """The text with � for each of them, and for half a character, which nothing can print."""
    return (
        text
        if text.isprintable()
        else _STEERS.sub("\ufffd", text.encode("utf-8", "replace").decode())
    )


def steering_words(character: str) -> tuple[str, str]:
    """What is wrong with such a character (U+XXXX), and what would be right."""
    what = f"the character {character}, which steers the screen or turns the text around it"
    return what, "take it out"


def _refused(shown: str, line: int, column: int, what: str, instead: str) -> InputError:
    return InputError([Problem(shown, line + 1, column + 1, what, instead)])


def _decode(raw: bytes, shown: str) -> str:
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise _refused(
            shown, 0, 0, "the file begins with a byte-order mark", "save it as UTF-8 without one"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = len(before) - (before.rfind(b"\n") + 1)
        raise _refused(
            shown,
            before.count(b"\n"),
            column,
            f"byte 0x{raw[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
        ) from None


def _checked_events(text: str, shown: str, loader: Any = _LOADER) -> list[Any]:
    """The events of the only document, with the limits checked as they come."""
    depth = documents = 0
    events: list[Any] = []
    keep = events.append
    try:
        next_event = loader(text).get_event
        while type(event := next_event()) is not yaml.StreamEndEvent:
            kind = type(event)
            if kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
                keep(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                depth += 1
                if depth > MAX_DEPTH:
                    raise _refused(
                        shown,
                        event.start_mark.line,
                        event.start_mark.column,
                        f"nested more than {MAX_DEPTH} levels deep",
                        "flatten the file",
                    )
                keep(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                depth -= 1
                keep(event)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _refused(
                        shown,
                        event.start_mark.line,
                        event.start_mark.column,
                        "a second document begins here",
                        "put each document in a file of its own",
                    )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        reason = " ".join(filter(None, (error.context, error.problem)))
        if "nesting depth" in reason and loader is not yaml.SafeLoader:
            # The C scanner looks far ahead, and past 1,000 levels ends before our own limit can
            # say where it was passed. The one in Python comes to that first.
            return _checked_events(text, shown, yaml.SafeLoader)
        raise _refused(
            shown, line, column, f"not YAML: {reason}", _hint(text, line, reason)
        ) from None
    except yaml.YAMLError as error:
        # The parser counts bytes, a column counts letters.
        before = text.encode()[: getattr(error, "position", 0) or 0].decode(errors="ignore")
        raise _refused(
            shown,
            before.count("\n"),
            len(before) - (before.rfind("\n") + 1),
            "a character that YAML does not allow",
            "remove control characters",
        ) from None
    return events


def _hint(text: str, line: int, reason: str) -> str:
    lines = text.split("\n")
    around = lines[max(0, line - 1) : line + 1]
    if any("\t" in part[: len(part) - len(part.lstrip())] for part in around) or "\\t" in reason:
        return "indent with spaces, not tabs"
    return "check indentation, brackets and quotes just before this place"


class _Composer:
    """Turns checked events into plain data and marks."""

    def __init__(self, events: list[Any], shown: str) -> None:
        self._events = iter(events)
        self._shown = shown
        self._anchors: dict[str, tuple[Any, Any, int] | None] = {}
        self._expanded = 0
        self.problems: list[Problem] = []

    def compose(self) -> tuple[Any, Any, int]:
        """The next value, its places, and how many nodes it stands for."""
        return self._value(next(self._events))

    def _complain(self, at: Any, what: str, instead: str) -> None:
        self.problems.append(Problem(self._shown, at.line + 1, at.column + 1, what, instead))

    def _value(self, event: Any) -> tuple[Any, Any, int]:
        kind = type(event)
        if kind is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self._scalar(event), event.start_mark, 1
        if kind is yaml.AliasEvent:
            return self._alias(event)
        start = event.start_mark
        if event.tag is not None:
            self._complain(
                start, f"the tag {event.tag!r}", "tags are not used; write the plain value"
            )
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        count = 1
        data: Any
        places: Any = Places(start)
        if kind is yaml.ScalarEvent:
            data, places = self._scalar(event), start
        elif kind is yaml.SequenceStartEvent:
            data = []
            while type(item := next(self._events)) is not yaml.SequenceEndEvent:
                value, places.below[len(data)], nodes = self._value(item)
                data.append(value)
                count += nodes
        else:
            data = {}
            while type(item := next(self._events)) is not yaml.MappingEndEvent:
                count += self._pair(item, data, places)
        if event.anchor is not None:
            self._anchors[event.anchor] = (data, places, count)
        return data, places, count

    def _alias(self, event: Any) -> tuple[Any, Any, int]:
        start = event.start_mark
        if event.anchor not in self._anchors:
            raise _refused(
                self._shown,
                start.line,
                start.column,
                f"the alias *{event.anchor} has no anchor before it",
                f"define &{event.anchor} first",
            )
        found = self._anchors[event.anchor]
        if found is None:
            raise _refused(
                self._shown,
                start.line,
                start.column,
                f"the alias *{event.anchor} stands inside its own anchor, a cycle",
                "write the value out",
            )
        count = found[2]
        self._expanded += count
        if self._expanded > MAX_ALIAS_NODES:
            raise _refused(
                self._shown,
                start.line,
                start.column,
                f"aliases stand for more than {MAX_ALIAS_NODES:,} values",
                "write less with aliases",
            )
        return found

    def _pair(self, event: Any, data: dict[Any, Any], places: Places) -> int:
        start = event.start_mark
        if type(event) is yaml.ScalarEvent and event.value == "<<" and event.implicit[0]:
            self._complain(start, "a merge key '<<'", "merge keys are not used; write the keys out")
        key, _, nodes = self._value(event)
        value, below, more = self._value(next(self._events))
        try:
            seen = key in data
        except TypeError:
            self._complain(start, "a list or mapping used as a key", "a key should be text")
            return nodes + more
        if seen:
            self._complain(
                start, f"the key {key!r} stands twice in this mapping", "keep one of them"
            )
        else:
            data[key] = value
            places.keys[key] = start
            places.below[key] = below
        return nodes + more

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not text.isprintable():
            text = self._harmless(event, text)
        if not event.implicit[0]:
            return text
        if text == "" or text == "null":
            return None
        if text == "true":
            return True
        if text == "false":
            return False
        if text[0] not in _FIRST_OF_NUMBER:
            return text
        if _DECIMAL.match(text):
            return self._number(event, text)
        if _DATE.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._complain(
                    event.start_mark, f"{text} is not a day of the calendar", "write year-month-day"
                )
                return date(1970, 1, 1)
        return text

    def _harmless(self, event: Any, text: str) -> str:
        """The text without what steers; a problem is noted where there was such."""
        found = steering(text)
        if found is None:
            return text
        self._complain(event.start_mark, *steering_words(found[1]))
        return _STEERS.sub("", text)

    def _number(self, event: Any, text: str) -> float | int:
        digits = text.replace("_", "")
        number = float(digits)
        if abs(number) > MAX_NUMBER:
            self._complain(
                event.start_mark,
                "a number too large to reckon with",
                f"write one of at most {MAX_NUMBER:g}",
            )
            return MAX_NUMBER if number > 0 else -MAX_NUMBER
        if _INTEGER.match(text):
            return int(digits) if len(digits) < 18 else number
        return number
