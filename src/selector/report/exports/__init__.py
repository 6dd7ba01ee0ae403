"""Exports: an answer as a file that people send on. A module here with a SUFFIX is a format.

Each has `SUFFIX` (".md"), `NAME` in plain words, and `made(story, options) -> bytes`; none writes
a file itself, so that a file is there whole or not at all.
"""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.report.exports.story import Story


class Options(NamedTuple):
    """What may be asked of an export beside its format: a company's own template for the deck."""

    template: Path | None = None


class Format(NamedTuple):
    """A format: its suffix with the dot, its name in plain words, and what makes it."""

    suffix: str
    name: str
    made: Callable[[Story, Options], bytes]


@cache
def formats() -> Mapping[str, Format]:
    """All formats by suffix."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        if module.name.startswith("as_"):
            loaded = importlib.import_module(f"{__name__}.{module.name}")
            found[loaded.SUFFIX] = Format(loaded.SUFFIX, loaded.NAME, loaded.made)
    return found


def format_of(path: Path) -> Format:
    """The format that a file's name asks for. UsageError where there is none."""
    suffix = path.suffix.lower()
    if suffix not in formats():
        raise UsageError(
            f"{path.name}: not a known kind of export; end the name in {', '.join(formats())}"
        )
    return formats()[suffix]


def write(story: Story, path: Path, options: Options | None = None) -> None:
    """Write an export to a file, whole or not at all; what stood there is replaced.

    UsageError for a suffix that is not known or a place that cannot be written.
    """
    kind = format_of(path)
    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is not a folder; name one that exists")
    writable(path)  # before the long work
    whole = kind.made(story, options or Options())
    replace(path, whole)


def writable(path: Path) -> os.stat_result | None:
    """Return what is known of the file at the end of a path; None where there is none yet.

    UsageError where something else than a file is there, which writing would take away.
    """
    try:
        found = path.stat()
    except OSError:
        return None  # what is wrong with the place shows when it is written
    if not stat.S_ISREG(found.st_mode):
        raise UsageError(f"{path} is {_kind(found.st_mode)}; name a file, or a new one")
    return found


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    return "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"


def replace(path: Path, content: bytes) -> None:
    """Put content into a file in one step, so that nobody ever sees half of it.

    A link stays a link: what it leads to is written. Who may read and write the file stays as it
    was. UsageError where that cannot be done, or where something else than a file is there.
    """
    there = writable(path)
    name = ""
    try:
        path = _end(path)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name[:100]}.", delete=False
        ) as file:
            name = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_mask() if there is None else there.st_mode & 0o777)
        Path(name).replace(path)
    except BaseException as error:  # Ctrl-C too leaves nothing behind
        with suppress(OSError):
            if name:
                Path(name).unlink()
        if not isinstance(error, OSError):
            raise
        raise UsageError(
            f"{path} cannot be written ({error.strerror}); name another place"
        ) from None


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the folder of a file against others who would read and replace the file meanwhile.

    Without locks of the system the work inside is done all the same.
    """
    handle = None
    with suppress(ImportError, OSError):
        import fcntl  # not on Windows

        handle = os.open(_end(path).parent, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _end(path: Path) -> Path:
    """What a link leads to at last, be it there or not; any other path as it is."""
    if not path.is_symlink():
        return path
    try:
        return path.resolve()
    except RuntimeError:  # before Python 3.13, of links that lead to each other
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
