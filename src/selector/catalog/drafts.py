"""Working copies of decisions: each change is a revision, and undo and redo move between them.

A draft is named by a key of 128 random bits, which is all that is needed to read and to change it.
It holds its revisions, which never change once they are written, the files that it brought, and a
head, which says which revision is looked at. A number is given once only, so that a key and a
revision always mean the same text.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from selector.catalog.reading import MAX_BYTES
from selector.catalog.shelves import MARK, Disk, Memory, Shelf, data_folder
from selector.domain.problem import InputError, Problem, SelectorError

MOST_DRAFTS = 2_000
MOST_REVISIONS = 50
MOST_OF_REVISIONS = 10_000_000  # bytes of the revisions of a draft; the oldest give way
MOST_FILES = 20
MOST_OF_FILES = 10_000_000  # bytes of the files of a draft
KEPT_DAYS = 180  # after so many without use a draft is removed
_KEY = re.compile(r"[0-9a-f]{32}\Z")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]{0,99}\Z")
_DAY = 86_400.0


class Moved(SelectorError):
    """The draft has another revision at its head than the text rests on."""


class Full(SelectorError):
    """There is no room for one more draft."""


class Draft(NamedTuple):
    """One working copy as its head says it.

    `revision` is the one looked at, among `revisions`; `last` the highest number ever given.
    `files` are the stored names of the files by the names that the decision gives them. `origin` is
    the id of the decision it was copied from, empty where it was brought. `is_safe` says whether
    it lies on a disk.
    """

    key: str
    revision: int
    revisions: tuple[int, ...]
    last: int
    origin: str = ""
    files: Mapping[str, str] = {}
    is_safe: bool = True

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier revision."""
        return self.revision > self.revisions[0]

    @property
    def can_redo(self) -> bool:
        """Whether there is a later revision."""
        return self.revision < self.revisions[-1]


def is_key(text: str) -> bool:
    """Whether a text has the form of a key; nothing else ever touches a path."""
    return _KEY.match(text) is not None


class Drafts:
    """All working copies: on a disk, and in memory those that the disk did not take."""

    def __init__(self, disk: Shelf, memory: Shelf, most: int = MOST_DRAFTS) -> None:
        self._disk, self._memory, self._most = disk, memory, most
        self._tidied = 0.0

    # --- reading ----------------------------------------------------------------------------

    def find(self, key: str) -> Draft | None:
        """The draft of a key; None where there is none, or it cannot be read."""
        shelf = self._shelf_of(key)
        if shelf is None:
            return None
        shelf.touch(key)
        try:
            return self._head(shelf, key)
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def text(self, key: str, revision: int) -> bytes:
        """The text of a revision. Moved: it is not there any more."""
        shelf = self._shelf_of(key)
        try:
            if shelf is not None:
                return shelf.read(key, _file_of(revision))
        except OSError:
            pass
        raise Moved("This working copy has changed meanwhile; look at it again.")

    def files(self, draft: Draft) -> dict[str, bytes]:
        """The files beside a draft, by the names that its decision gives them."""
        shelf = self._shelf_of(draft.key)
        found = {}
        for name, stored in draft.files.items() if shelf is not None else ():
            with suppress(OSError):
                found[name] = shelf.read(draft.key, stored)  # type: ignore[union-attr]
        return found

    def _shelf_of(self, key: str) -> Shelf | None:
        if not is_key(key):
            return None
        return next((shelf for shelf in (self._memory, self._disk) if key in shelf), None)

    def _head(self, shelf: Shelf, key: str) -> Draft:
        head = json.loads(shelf.read(key, MARK))
        revisions = tuple(int(number) for number in head["revisions"])
        at = int(head["at"])
        revisions.index(at)
        files = {str(name): str(stored) for name, stored in head["files"].items()}
        safe = shelf is self._disk
        return Draft(key, at, revisions, int(head["last"]), str(head["origin"]), files, safe)

    # --- writing ----------------------------------------------------------------------------

    def make(self, raw: bytes, files: Mapping[str, bytes] | None = None, origin: str = "") -> Draft:
        """A new draft. InputError where text or files pass the limits; Full where all are taken.

        Where the disk does not take it, it lives in memory, and is not `is_safe`.
        """
        files = files or {}
        check_limits(raw, files)
        self._make_room()
        key = secrets.token_hex(16)
        stored = {name: f"file-{number}" for number, name in enumerate(files)}
        draft = Draft(key, 1, (1,), 1, origin, stored)
        try:
            self._put(self._disk, draft, raw, files)
        except OSError:
            self._disk.remove(key)
            self._put(self._memory, draft, raw, files)
            return draft._replace(is_safe=False)
        return draft

    def write(self, draft: Draft, raw: bytes) -> Draft:
        """A new revision after the one that the text rests on; later ones are dropped.

        Moved: the head is another meanwhile. InputError: the text is too long.
        """
        check_limits(raw, {})
        return self._changed(draft, lambda now: _with_revision(now), raw)

    def move(self, draft: Draft, step: int) -> Draft:
        """Look at an earlier (-1) or later (+1) revision, where there is one."""
        at = draft.revisions.index(draft.revision) + step
        at = min(max(at, 0), len(draft.revisions) - 1)
        return self._changed(draft, lambda now: now._replace(revision=draft.revisions[at]))

    def remove(self, key: str) -> None:
        """Take a draft away, with all its revisions."""
        if is_key(key):
            for shelf in (self._memory, self._disk):
                shelf.remove(key)

    def _changed(self, draft: Draft, change: Any, raw: bytes | None = None) -> Draft:
        shelf = self._shelf_of(draft.key)
        if shelf is None:
            raise Moved("This working copy is not here any more.")
        with shelf.held(draft.key):
            now = self._head(shelf, draft.key)
            if now.revision != draft.revision or now.last != draft.last:
                raise Moved("This working copy has changed meanwhile; look at it again.")
            changed: Draft = change(now)
            try:
                if raw is not None:
                    shelf.write(draft.key, _file_of(changed.revision), raw)
                    changed = self._within_limits(shelf, changed)
                shelf.write(draft.key, MARK, _head_of(changed))
            except OSError:
                if shelf is self._memory:
                    raise
                return self._rescued(now, changed, raw)
            for number in set(now.revisions) - set(changed.revisions):
                shelf.delete(draft.key, _file_of(number))
        return changed

    def _within_limits(self, shelf: Shelf, draft: Draft) -> Draft:
        """The draft without the oldest revisions that pass the limits."""
        kept: list[int] = []
        size = 0
        for number in reversed(draft.revisions):
            try:
                size += len(shelf.read(draft.key, _file_of(number)))
            except OSError:
                continue
            if kept and (len(kept) == MOST_REVISIONS or size > MOST_OF_REVISIONS):
                break
            kept.append(number)
        return draft._replace(revisions=tuple(reversed(kept)))

    def _rescued(self, now: Draft, changed: Draft, raw: bytes | None) -> Draft:
        """The draft in memory, with what could still be read, where the disk took no more."""
        files, texts = self.files(now), {}
        for number in now.revisions:
            with suppress(OSError):
                texts[number] = self._disk.read(now.key, _file_of(number))
        if raw is not None:
            texts[changed.revision] = raw
        revisions = tuple(number for number in changed.revisions if number in texts)
        changed = changed._replace(revisions=revisions, is_safe=False)
        for name, stored in changed.files.items():
            if name in files:
                self._memory.write(changed.key, stored, files[name])
        for number in revisions:
            self._memory.write(changed.key, _file_of(number), texts[number])
        self._memory.write(changed.key, MARK, _head_of(changed))
        return changed

    @staticmethod
    def _put(shelf: Shelf, draft: Draft, raw: bytes, files: Mapping[str, bytes]) -> None:
        for name, content in files.items():
            shelf.write(draft.key, draft.files[name], content)
        shelf.write(draft.key, _file_of(1), raw)
        shelf.write(draft.key, MARK, _head_of(draft))  # last: now it is one

    def _make_room(self) -> None:
        """Remove what nobody has used for long; Full where too many are left."""
        now = time.time()
        touched = self._disk.touched()
        if len(touched) < self._most and now - self._tidied < _DAY:
            return
        self._tidied = now
        for key, when in list(touched.items()):
            if now - when > KEPT_DAYS * _DAY and is_key(key):
                self._disk.remove(key)
                del touched[key]
        if len(touched) >= self._most:
            raise Full(
                f"This server keeps {self._most:,} working copies, and has so many. "
                "Remove one of yours first, or ask whoever runs it."
            )


def _file_of(revision: int) -> str:
    return f"{revision:04}.yaml"


def _with_revision(draft: Draft) -> Draft:
    new = draft.last + 1
    kept = tuple(number for number in draft.revisions if number <= draft.revision)
    return draft._replace(revision=new, revisions=(*kept, new), last=new)


def _head_of(draft: Draft) -> bytes:
    head = {
        "at": draft.revision,
        "revisions": draft.revisions,
        "last": draft.last,
        "origin": draft.origin,
        "files": dict(draft.files),
    }
    return json.dumps(head, indent=1).encode()


def check_limits(raw: bytes, files: Mapping[str, bytes]) -> None:
    """InputError where a text or the files beside it are more than a draft may hold."""

    def refuse(name: str, what: str, instead: str) -> None:
        problems.append(Problem(name, 1, 1, what, instead))

    problems: list[Problem] = []
    if len(raw) > MAX_BYTES:
        refuse("the decision", "more than 2 MB", "leave out what it does not need")
    if len(files) > MOST_FILES:
        refuse("files", f"{len(files)} of them", f"bring at most {MOST_FILES}")
    if sum(map(len, files.values())) > MOST_OF_FILES:
        refuse("files", "more than 10 MB together", "leave out what the decision does not name")
    for name, content in files.items():
        if len(content) > MAX_BYTES:
            refuse(name, "more than 2 MB", "split it")
    if problems:
        raise InputError(problems)


def is_plain_name(name: str) -> bool:
    """Whether a file's name is one without folders and signs that mean something to a system."""
    return _PLAIN_NAME.match(name) is not None


@lru_cache(maxsize=8)
def _drafts_in(folder: str, memory: Memory) -> Drafts:
    return Drafts(Disk(Path(folder)), memory)


_MEMORY = Memory()


def drafts() -> Drafts:
    """The drafts of this user: in the folder that SELECTOR_DATA names, or the system's own."""
    try:
        folder = data_folder() / "drafts"
    except RuntimeError:  # no home: then in memory, for this folder cannot be made
        folder = Path("/dev/null/drafts")
    return _drafts_in(str(folder), _MEMORY)
