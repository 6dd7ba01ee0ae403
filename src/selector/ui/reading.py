"""Decisions as the app reads them: once for all visitors, anew when a data file changes."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import lru_cache

from selector.analysis import Analysis, analyse
from selector.analysis.methods import Methods
from selector.catalog.library import Library
from selector.catalog.reading import read_document
from selector.domain.problem import InputError, SelectorError
from selector.domain.span import Span
from selector.measure.changes import with_figures
from selector.report import words

FIRST = "support-assistant"  # shown where a link names no decision, if it is known
TITLED = 50  # of so many decisions the titles are read; of more, the ids serve as titles
Figures = tuple[tuple[str, Span], ...]
"""Figures of cost that differ from the file's."""
_lock = threading.Lock()


def stamp_of(library: Library) -> float:
    """When a data file last changed, so that edits show without a restart."""
    return max((path.stat().st_mtime for path in library.files()), default=0.0)


@lru_cache(maxsize=4)
def library_at(_stamp: float) -> Library:
    """What is known by id, as the files stood at that moment."""
    return Library()


@lru_cache(maxsize=64)
def _read(decision_id: str, stamp: float, changed: Figures) -> Analysis:
    if changed:
        return analyse(with_figures(_read(decision_id, stamp, ()).decision, dict(changed)))
    return analyse(library_at(stamp).decision(decision_id))


def base(decision_id: str, stamp: float, changed: Figures = ()) -> Analysis:
    """A decision with some figures of cost changed, under the weights of its file."""
    with _lock:  # the files are read once, not once for each visitor who came meanwhile
        return _read(decision_id, stamp, changed)


@lru_cache(maxsize=256)
def weighted(
    decision_id: str, stamp: float, changed: Figures, points: tuple[tuple[str, float], ...]
) -> Analysis:
    """The same under other weights: points by criterion."""
    return base(decision_id, stamp, changed).with_weights(dict(points))


@lru_cache(maxsize=64)
def able(analysis: Analysis) -> Analysis:
    """The analysis, by the weighted sum where the decision's method cannot take the figures."""
    if not analysis.method_problem:
        return analysis
    return analyse(analysis.decision._replace(method="weighted_sum")).with_shares(analysis.shares)


@lru_cache(maxsize=64)
def methods_of(analysis: Analysis) -> Methods:
    """What every method says of it."""
    return analysis.methods()


@lru_cache(maxsize=4 * TITLED)
def title_of(library: Library, decision_id: str, _stamp: float) -> str:
    """What the file says it is called; a file that is wrong is called by its id."""
    try:
        data = read_document(library.decision_path(decision_id)).data
    except InputError:
        data = None
    title = data.get("title") if isinstance(data, dict) else None
    return title if isinstance(title, str) and title else words.title_of(decision_id)


def warm() -> None:
    """Read what the first visitor will see, so that nobody waits for it."""
    library = Library()
    if FIRST in library.decision_ids():
        with suppress(SelectorError):  # the page tells what is wrong
            base(FIRST, stamp_of(library)).ranking  # noqa: B018
