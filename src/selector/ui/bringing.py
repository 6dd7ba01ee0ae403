"""A decision that somebody brings: its file and those beside it, or all of them in one zip.

Nothing is written and nothing unpacked to a disk; nothing here knows of Streamlit.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from selector.catalog import beside
from selector.catalog.drafts import MOST_FILES, is_plain_name
from selector.catalog.editing import Change, edited
from selector.catalog.reading import MAX_BYTES, Document, parse_document
from selector.catalog.validation import kind_of
from selector.domain.problem import InputError, Problem

SUFFIXES = ("yaml", "yml", "csv", "zip")
_TEXT = (".yaml", ".yml")
# Whatever the way of packing raises where the bytes are not what it expects.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


class Brought(NamedTuple):
    """The text of a decision, its file's name, and the files beside it as the decision names them.

    `unused` are names of files that the decision does not ask for.
    """

    raw: bytes
    name: str
    files: Mapping[str, bytes]
    unused: tuple[str, ...] = ()


def brought(sent: Sequence[tuple[str, bytes]]) -> Brought:
    """The decision among files by name; of two with one name the later counts.

    InputError: there is no decision or more than one, or a limit is passed.
    """
    found: dict[str, bytes] = {}
    for name, raw in sent:
        for inner, content in (
            _inside(name, raw) if name.lower().endswith(".zip") else [(name, raw)]
        ):
            _check(inner, content, found)
            found[inner] = content
    decisions = [name for name, raw in found.items() if _is_decision(name, raw, len(found))]
    if len(decisions) != 1:
        listed = ", ".join(decisions) or ", ".join(found) or "nothing"
        what = "more than one decision" if decisions else "no decision"
        raise _refused(listed, what, "bring one decision, a YAML file, and the files that it names")
    name = decisions[0]
    raw = found.pop(name)
    files = {}
    try:
        data = parse_document(raw, name).data
    except InputError:  # told when it is opened, with all that is wrong
        return Brought(raw, name, {})
    for wanted in beside.names_in(data):
        base = PurePosixPath(wanted.replace("\\", "/")).name
        if base in found:
            files[wanted] = found[base]
    used = set(files.values())
    unused = tuple(other for other, content in found.items() if content not in used)
    return Brought(raw, name, files, unused)


def _inside(name: str, raw: bytes) -> list[tuple[str, bytes]]:
    """The files in a zip, none of them longer than may be; folders in it do not count."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = [info for info in packed.infolist() if not info.is_dir()]
            if len(members) > MOST_FILES + 1:
                raise _refused(name, f"{len(members)} files", f"bring at most {MOST_FILES + 1}")
            found = []
            for info in members:
                with packed.open(info) as member:  # the length it claims may be a lie
                    found.append((PurePosixPath(info.filename).name, member.read(MAX_BYTES + 1)))
            return found
    except _BROKEN:
        raise _refused(
            name, "not a zip that can be read", "pack it again, without a password"
        ) from None


def _check(name: str, raw: bytes, found: Mapping[str, bytes]) -> None:
    if not is_plain_name(name):
        raise _refused(
            name[:80], "a name that cannot be kept", "use letters, digits, '.', '-', '_'"
        )
    if len(raw) > MAX_BYTES:
        raise _refused(name, "more than 2 MB", "split it, or leave out what it does not need")
    if len(found) > MOST_FILES:
        raise _refused(name, f"more than {MOST_FILES + 1} files", "bring those that it names")


def _is_decision(name: str, raw: bytes, count: int) -> bool:
    """Whether it is the decision; the only YAML file is, so that what is wrong with it is told."""
    if not name.lower().endswith(_TEXT):
        return False
    if count == 1:
        return True
    try:
        return kind_of(_document(raw, name), Path(name)) == "decision"
    except InputError:
        return True


def _document(raw: bytes, name: str) -> Document:
    return parse_document(raw, name)


def _refused(name: str, what: str, instead: str) -> InputError:
    return InputError([Problem(name, 1, 1, what, instead)])


def packed(raw: bytes, files: Mapping[str, bytes], name: str) -> bytes:
    """A decision and its files as a zip, all beside each other."""
    names = {given: PurePosixPath(given.replace("\\", "/")).name for given in files}
    data = parse_document(raw, name).data
    listed = data.get("measurements") or []
    changes: list[Change] = [
        (("measurements", index), names[given])
        for index, given in enumerate(listed)
        if given in names
    ]
    if data.get("prices") in names:
        changes.append((("prices",), names[data["prices"]]))
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, edited(raw, *changes))
        for given, content in files.items():
            archive.writestr(names[given], content)
    return into.getvalue()
