"""`selector export`: an answer as a file that people send on."""

import sys
from collections.abc import Mapping
from pathlib import Path

from selector.catalog.library import Library
from selector.domain.problem import UsageError


def run(
    library: Library, file: str, every: bool, to: Path | None, redact: bool,
    template: Path | None, points: Mapping[str, float],
) -> None:  # fmt: skip
    """Write one export, or every format into a folder; each whole or not at all."""
    from selector.analysis import analyse
    from selector.report.exports import Options, format_of, formats, write
    from selector.report.exports.story import Story

    if to is None:
        ends = ", ".join(formats())
        raise UsageError(f"nowhere to write; add --to OUT, where OUT ends in {ends}")
    if not every:
        format_of(to)
    if template is not None:
        _looked_at(template, to, every)
    story = Story(analyse(library.decision(file)).answering(points), redact)
    name = story.analysis.decision.id
    if every:
        make(to)
    places = [to / f"{name}{suffix}" for suffix in formats()] if every else [to]
    for place in places:
        write(story, place, Options(template))
        print(f"{place} written", file=sys.stderr)


def _looked_at(template: Path, to: Path, every: bool) -> None:
    """Refuse a template that cannot be used before anything is written; say where none is."""
    from selector.report.exports.as_deck import SUFFIX
    from selector.report.exports.deck.template import opened

    if every or to.suffix.lower() == SUFFIX:
        opened(template)
    else:
        print(f"--template is of no use to {to.name}; slides alone ({SUFFIX}) take one",
              file=sys.stderr)  # fmt: skip


def make(folder: Path) -> None:
    """Make a folder and those above it. UsageError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError(
            f"{folder} is a file; name a folder, which is made where there is none"
        ) from None
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be made: {error.strerror}; name a folder that can be written to"
        ) from None
