"""Decision records of a whole stack: one for each layer, a page that ties them, and an index.

Markdown in the form of MADR 4, as names and contents of files: nothing here writes but `write`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from selector.analysis.stack import StackAnalysis
from selector.domain.problem import UsageError
from selector.report.exports import replace
from selector.report.stack_records import layer, whole
from selector.report.stack_records.parts import Composed

_DAY = (1980, 1, 1, 0, 0, 0)  # of everything in an archive, so that the same records are the same
_MODE = 0o644 << 16


def records(analysis: StackAnalysis, redact: bool = False) -> dict[str, bytes]:
    """Return the records of the best stack by their files' names, the index last.

    With `redact`, what was negotiated in confidence is left out, and what would tell it.
    UsageError where no stack keeps all constraints: there is nothing to record then.
    """
    best = analysis.winner
    if best is None:
        told = " ".join(analysis.conflicts)
        raise UsageError(f"no stack keeps all constraints, so that none is recorded. {told}")
    composed = Composed(analysis, best, redact)
    texts = {
        name: layer.record(composed, place) for place, name in enumerate(composed.files.values())
    }
    texts |= {whole.FILE: whole.record(composed), whole.INDEX: whole.index(composed)}
    return {name: text.encode() for name, text in texts.items()}


def archive(analysis: StackAnalysis, redact: bool = False) -> bytes:
    """Return the records of the best stack as one archive, as for `records`."""
    return zipped(records(analysis, redact))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as one archive; the same for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole_file:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = _MODE
            whole_file.writestr(entry, content)
    return made.getvalue()


def write(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write records into a folder, each whole or not at all, and return where they are.

    What stood there under their names is replaced. UsageError for what cannot be written; of a name
    that a folder has before anything is.
    """
    places = [folder / name for name in files]
    for place in places:
        if place.is_dir():
            raise UsageError(f"{place} is a folder; name another place for the records")
    for place, content in zip(places, files.values(), strict=True):
        replace(place, content)
    return places
