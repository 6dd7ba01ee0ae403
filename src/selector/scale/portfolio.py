"""A portfolio: every decision under a folder, one row each, here or on a cluster.

Worker processes of this machine read the files themselves. The workers of a scheduler have no
files: this process reads, and sends numbers alone.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from selector.analysis import analyse
from selector.analysis.portfolio import (
    SAMPLES,
    Prepared,
    Row,
    Sampling,
    Shares,
    finished,
    prepared,
    refused,
    shares_of,
)
from selector.catalog.library import Library, shown_path
from selector.catalog.reading import read_document
from selector.catalog.validation import kind_of, problems_of
from selector.domain.problem import InputError, SelectorError, UsageError
from selector.mcda.robustness.draws import weighting_of
from selector.mcda.robustness.parts import Mapper, threads_mapper
from selector.scale import clusters

Told = Callable[[int, int], None]
"""Called with the decisions done and all; what it raises ends the work."""
Rows = Generator[Row | None, None, None]
_NOT_DECISIONS = ("vendors", "criteria", "compatibility", "prices")


class Asked(NamedTuple):
    """What is asked of each decision; `run` tells one portfolio from the next on a worker.

    Decisions that bear no day are judged by `day`, all by the same, though a run may pass midnight.
    """

    home: str | None
    samples: int
    seed: int
    weights: str | None
    run: str
    day: date


def portfolio(
    folder: Path | str,
    samples: int = SAMPLES,
    seed: int = 1,
    weights: str | None = None,
    home: Path | str | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Told | None = None,
) -> list[Row]:
    """A row for each decision in a file or under a folder, in the order of their paths.

    Each is drawn `samples` times from the same `seed`; `weights` is as in `Analysis.robustness`.
    Without more it runs in this process; with `workers` in so many processes of this machine; with
    `scheduler` on the workers of a Dask scheduler at that address. The rows are the same.

    A decision that cannot be used has a row with its `errors`. Raises UsageError for a call that
    is wrong, ClusterError where workers cannot be had or were lost.
    """
    if samples < 1 or seed < 0:
        raise UsageError("samples and seed: write at least 1 sample, and a seed of 0 or more")
    if weights is not None:
        weighting_of(weights)
    library = Library(home)
    paths = decision_files(Path(folder))
    named = None if home is None else str(home)
    asked = Asked(named, samples, seed, weights, uuid4().hex, date.today())
    with clusters.workers_at(workers, scheduler, len(paths)) as crew:
        if crew is None:
            rows: Rows = (_row(asked, library, path, threads_mapper()) for path in paths)
        elif scheduler is None:
            rows = crew(partial(_read_and_drawn, asked), paths)
        else:
            rows = _sent(crew, asked, library, paths)
        return _collected(rows, len(paths), progress)


def decision_files(folder: Path) -> list[Path]:
    """The files under a folder that may be decisions, sorted; UsageError where there is none."""
    if folder.is_file():
        return [folder]
    found = [
        path
        for path in sorted(folder.rglob("*.yaml"))
        if not path.name.startswith("_")
        and path.parent.name not in _NOT_DECISIONS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not found:
        what = "holds no decision" if folder.is_dir() else "does not exist"
        raise UsageError(f"{folder} {what}; name a folder with files of decisions")
    return found


def _collected(rows: Rows, count: int, progress: Told | None) -> list[Row]:
    found = []
    with closing(rows):
        for done, row in enumerate(rows, 1):
            if row is not None:
                found.append(row)
            if progress is not None:
                progress(done, count)
    if not found:
        raise UsageError("no file there is a decision; name a folder with files of decisions")
    return found


def _row(asked: Asked, library: Library, path: Path, mapper: Mapper) -> Row | None:
    """The row of one file, all its steps here; None where it is no decision."""
    waiting = _read(asked, library, path)
    return None if waiting is None else finished(waiting, _drawn(waiting.sampling, mapper))


def _read_and_drawn(asked: Asked, path: Path) -> Row | None:
    """The same in a worker process of this machine."""
    return _row(asked, _library(asked.home, asked.run), path, threads_mapper(1))


@lru_cache(maxsize=1)
def _library(home: str | None, run: str) -> Library:
    """What is named by id, read once in a worker for each run."""
    return Library(home)


def _sent(crew: clusters.Workers, asked: Asked, library: Library, paths: Iterable[Path]) -> Rows:
    """The rows of all files, read here and drawn there."""
    waiting: deque[Prepared | None] = deque()

    def samplings() -> Iterator[Sampling | None]:
        for path in paths:
            waiting.append(_read(asked, library, path))
            yield waiting[-1].sampling if waiting[-1] is not None else None

    with closing(crew(_drawn, samplings())) as drawn:
        for shares in drawn:
            first = waiting.popleft()
            yield None if first is None else finished(first, shares)


def _drawn(sampling: Sampling | None, mapper: Mapper | None = None) -> Shares | None:
    """The draws of one decision; without a mapper in one thread, for there are other workers."""
    return None if sampling is None else shares_of(sampling, mapper or threads_mapper(1))


def _read(asked: Asked, library: Library, path: Path) -> Prepared | None:
    """One file up to its draws; None where it is no decision."""
    shown = shown_path(path)
    try:
        decision = library.decision(path)
        decision = decision._replace(as_of=decision.as_of or asked.day)
    except SelectorError as error:
        if _is_other(library, path, shown):
            return None
        return Prepared(refused(shown, path.stem, error))
    try:
        return prepared(analyse(decision), shown, asked.samples, asked.seed, asked.weights)
    except SelectorError as error:
        return Prepared(refused(shown, decision.id, error, decision.origin))


def _is_other(library: Library, path: Path, shown: str) -> bool:
    """Whether a file that is no good decision is of another kind.

    Criteria with faults are told: they may be a decision whose other keys are misspelt.
    """
    try:
        kind = kind_of(read_document(path, shown), path)
    except InputError:
        return False
    if kind == "criteria":
        return not problems_of(library, path)
    return kind not in ("decision", None)
