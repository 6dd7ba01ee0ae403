"""Decisions as the app reads them: once for all visitors, anew when a data file changes."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from selector.analysis import Analysis, analyse
from selector.analysis.methods import Methods
from selector.catalog.drafts import Draft, drafts
from selector.catalog.library import Library
from selector.catalog.reading import parse_document, read_document
from selector.domain.problem import InputError, SelectorError
from selector.domain.span import Span
from selector.measure.changes import with_figures
from selector.report import words
from selector.report.currency import in_currency
from selector.ui import sampling

FIRST = "support-assistant"  # shown where a link names no decision, if it is known
DRAFT = "draft-"  # before the key of a working copy, where a decision is named
TITLED = 50  # of so many decisions the titles are read; of more, the ids serve as titles
Figures = tuple[tuple[str, Span], ...]
"""Figures of cost that differ from the file's."""
_ID = re.compile(rb"^\{?\s*id:\s*['\"]?([a-z0-9][a-z0-9_-]{0,99})", re.MULTILINE)
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


@lru_cache(maxsize=128)
def _read_draft(named: str, stamp: float, changed: Figures) -> Analysis:
    if changed:
        return analyse(with_figures(_read_draft(named, stamp, ()).decision, dict(changed)))
    key, revision = named.removeprefix(DRAFT).split("@")
    kept = drafts()
    raw, draft = kept.text(key, int(revision)), kept.find(key)
    files = kept.files(draft) if draft else {}
    return analyse(library_at(stamp).decision_of(raw, name_of(raw), files))


def revision_of(draft: Draft) -> str:
    """How `base` is asked for a working copy as it stands."""
    return f"{DRAFT}{draft.key}@{draft.revision}"


def name_of(raw: bytes) -> str:
    """The name of the file that a text would be, after the id in it."""
    found = _ID.search(raw)
    return f"{found[1].decode()}.yaml" if found else "decision.yaml"


def base(decision_id: str, stamp: float, changed: Figures = ()) -> Analysis:
    """A decision with some figures of cost changed, under the weights of its file.

    A working copy is named with its revision, which never changes.
    """
    if decision_id.startswith(DRAFT) and "@" in decision_id:
        return _read_draft(decision_id, stamp, changed)
    with _lock:  # the files are read once, not once for each visitor who came meanwhile
        return _read(decision_id, stamp, changed)


@lru_cache(maxsize=256)
def weighted(
    decision_id: str, stamp: float, changed: Figures, points: tuple[tuple[str, float], ...]
) -> Analysis:
    """The same under other weights: points by criterion."""
    return base(decision_id, stamp, changed).answering(dict(points))


@lru_cache(maxsize=256)
def able(analysis: Analysis) -> Analysis:
    """The analysis, by the weighted sum where the decision's method cannot take the figures."""
    if not analysis.method_problem:
        return analysis
    decision = analysis.decision._replace(method="weighted_sum")
    shares, filed = analysis.shares, analysis.filed_shares
    return Analysis(decision, shares, composed=analysis.composed, filed=filed)


@lru_cache(maxsize=256)
def told(analysis: Analysis) -> Analysis:
    """The analysis as pages tell it, in the currency of the business."""
    return in_currency(analysis)


@lru_cache(maxsize=128)
def methods_of(analysis: Analysis) -> Methods:
    """What every method says of it."""
    return analysis.methods()


@lru_cache(maxsize=256)
def title_of_draft(named: str) -> str:
    """What a working copy is called at a revision."""
    key, revision = named.removeprefix(DRAFT).split("@")
    try:
        data = parse_document(drafts().text(key, int(revision)), "").data
    except SelectorError:
        return "Your decision"
    title = data.get("title") if isinstance(data, dict) else None
    return title if isinstance(title, str) and title else "Your decision"


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
    """Read and draw what the first visitor will see, so that nobody waits for it."""
    for analysis in _first():
        sampling.at_once(analysis, sampling.Settings())


def warm_more() -> None:
    """Do once what other pages do, for the libraries behind it take seconds to load."""
    import plotly.graph_objects  # noqa: F401

    for analysis in _first():
        methods_of(analysis)


def _first() -> Iterator[Analysis]:
    """The decision that is shown where a link names none, if it can be read."""
    library = Library()
    if FIRST in library.decision_ids():
        with suppress(SelectorError):  # the page tells what is wrong
            yield able(base(FIRST, stamp_of(library)))
