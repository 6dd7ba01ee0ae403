"""Where working copies lie: a folder for each on a disk, or in memory where the disk cannot be had.

A shelf knows nothing of what it holds: named bytes in boxes, written whole or not at all. Names and
keys of boxes are our own; nothing that a visitor wrote becomes part of a path.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

DATA_VARIABLE = "SELECTOR_DATA"
MOST_IN_MEMORY = 64_000_000  # bytes, of all visitors together; the oldest boxes give way
MARK = "head"  # the file that makes a box one; it is written at each change


class Shelf(Protocol):
    """Boxes by key, with named bytes in them."""

    def __contains__(self, key: str) -> bool:
        """Whether there is such a box."""

    def read(self, key: str, name: str) -> bytes:
        """What stands under a name; OSError where there is nothing."""

    def write(self, key: str, name: str, raw: bytes) -> None:
        """Put bytes under a name, whole or not at all; OSError where that fails."""

    def delete(self, key: str, name: str) -> None:
        """Take a name out."""

    def remove(self, key: str) -> None:
        """Take the whole box away."""

    def touched(self) -> dict[str, float]:
        """When each box was last used, in seconds since 1970."""

    def touch(self, key: str) -> None:
        """Note that a box was used."""

    def held(self, key: str) -> Any:
        """Hold a box against other writers while within the context."""


def data_folder() -> Path:
    """The user's folder for data: SELECTOR_DATA, else where the system keeps such."""
    own = os.environ.get(DATA_VARIABLE)
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "selector"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/selector"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "selector"


class Disk:
    """Boxes as folders, for this user alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()

    def __contains__(self, key: str) -> bool:
        return (self.folder / key / MARK).is_file()

    def read(self, key: str, name: str) -> bytes:
        """The bytes of a file."""
        return (self.folder / key / name).read_bytes()

    def write(self, key: str, name: str, raw: bytes) -> None:
        """Write a file beside its place, wait until it lies on the disk, and put it there."""
        box = self.folder / key
        box.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, beside = tempfile.mkstemp(prefix=".", dir=box)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, box / name)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
        _settle(box)

    def delete(self, key: str, name: str) -> None:
        """Delete a file."""
        with suppress(OSError):
            (self.folder / key / name).unlink()

    def remove(self, key: str) -> None:
        """Delete the folder, its mark first, so that nothing half of it is found."""
        self.delete(key, MARK)
        shutil.rmtree(self.folder / key, ignore_errors=True)

    def touched(self) -> dict[str, float]:
        """When the mark of each folder was last written or touched."""
        found = {}
        with suppress(OSError), os.scandir(self.folder) as boxes:
            for box in boxes:
                with suppress(OSError):
                    found[box.name] = (self.folder / box.name / MARK).stat().st_mtime
        return found

    def touch(self, key: str) -> None:
        """Touch the mark, once a day at most."""
        mark = self.folder / key / MARK
        with suppress(OSError):
            if time.time() - mark.stat().st_mtime > 86_400:
                os.utime(mark)

    @contextmanager
    def held(self, key: str) -> Iterator[None]:
        """Hold a folder against the threads of this process, and other processes where it can."""
        with self._lock, _locked(self.folder / key / "lock"):
            yield


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a file against other processes; without locks of the system, or without the file, not.

    The work inside is done in either case.
    """
    file = None
    with suppress(ImportError, OSError):
        import fcntl  # not on Windows, where one process serves

        file = path.open("ab")
        fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if file is not None:
            file.close()


def _settle(folder: Path) -> None:
    """Wait until the names in a folder lie on the disk, where the system can say so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Memory:
    """Boxes that live as long as the process."""

    def __init__(self, most: int = MOST_IN_MEMORY) -> None:
        self._boxes: OrderedDict[str, dict[str, bytes]] = OrderedDict()
        self._touched: dict[str, float] = {}
        self._most = most
        self._lock = threading.RLock()

    def __contains__(self, key: str) -> bool:
        return MARK in self._boxes.get(key, {})

    def read(self, key: str, name: str) -> bytes:
        """The bytes under a name."""
        try:
            return self._boxes[key][name]
        except KeyError:
            raise FileNotFoundError(name) from None

    def write(self, key: str, name: str, raw: bytes) -> None:
        """Keep bytes; the box that was used longest ago gives way where there is no room."""
        with self._lock:
            self._boxes.setdefault(key, {})[name] = raw
            self.touch(key)
            while self._held() > self._most and len(self._boxes) > 1:
                oldest, _ = self._boxes.popitem(last=False)
                self._touched.pop(oldest, None)

    def _held(self) -> int:
        return sum(len(raw) for box in self._boxes.values() for raw in box.values())

    def delete(self, key: str, name: str) -> None:
        """Forget a name."""
        self._boxes.get(key, {}).pop(name, None)

    def remove(self, key: str) -> None:
        """Forget a box."""
        with self._lock:
            self._boxes.pop(key, None)
            self._touched.pop(key, None)

    def touched(self) -> dict[str, float]:
        """When each box was last used."""
        return dict(self._touched)

    def touch(self, key: str) -> None:
        """Note that a box was used now."""
        with self._lock:
            if key in self._boxes:
                self._touched[key] = time.time()
                self._boxes.move_to_end(key)

    @contextmanager
    def held(self, key: str) -> Iterator[None]:
        """Hold all boxes against other threads."""
        with self._lock:
            yield
