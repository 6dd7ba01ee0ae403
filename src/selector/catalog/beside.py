"""Files that a decision names beside itself: measurements and negotiated prices.

They lie in the folder of the decision's file or, of a decision that somebody brought to the app,
in memory, by the very names that it gives them. So what was brought can read no other file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from selector.catalog.reading import MAX_BYTES

Beside = Path | Mapping[str, bytes] | None
"""The folder, or the files by name; None where no file is at hand."""


def names_in(data: object) -> list[str]:
    """The files that the plain data of a decision names, each once."""
    if not isinstance(data, dict):
        return []
    listed = data.get("measurements")
    found = list(listed) if isinstance(listed, list) else []
    found.append(data.get("prices"))
    return list(dict.fromkeys(name for name in found if isinstance(name, str) and name))


def files_of(data: object, folder: Path) -> dict[str, bytes]:
    """The files that a decision in a folder names, as far as they can be read, up to 2 MB each."""
    found = {}
    for name in names_in(data):
        try:
            with (folder / name).open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except (OSError, ValueError):
            continue  # told when the decision is read
        if len(raw) <= MAX_BYTES:
            found[name] = raw
    return found
