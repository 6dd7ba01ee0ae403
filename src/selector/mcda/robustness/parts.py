"""The parts of a long run, in order: in two threads here, or wherever a mapper takes them.

A part is a few blocks of draws. What is counted in it follows from the seed and the numbers of its
blocks alone, and parts are added up in their order, so nobody sees in the result who did the work.
"""

import os
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, Protocol, TypeVar

from selector.mcda.robustness.streams import blocks_of

Part = tuple[tuple[int, int], ...]
"""(number, samples) of each of its blocks."""
Progress = Callable[[int, int], None]
"""Told the samples done and wanted; what it raises ends the work."""
Made = TypeVar("Made")
_GROUP = 4  # blocks added up together: fixed, so that sums do not depend on who does the work


class Mapper(Protocol):
    """Does the work on each part and gives what was made, in the order of the parts.

    The work is a `functools.partial` of a function of a module, so that it can be sent elsewhere
    (by cloudpickle: cells of a shape of their own carry closures). What the mapper returns is
    closed when the run ends before it does, if it has a `close`.
    """

    def __call__(self, work: Callable[[Part], Made], parts: Sequence[Part], /) -> Iterable[Made]:
        """What was made of each part, in order."""
        ...


def parts_of(samples: int) -> list[Part]:
    """The parts of a run of so many samples."""
    blocks = blocks_of(samples)
    return [tuple(blocks[i : i + _GROUP]) for i in range(0, len(blocks), _GROUP)]


def samples_in(part: Part) -> int:
    """How many samples a part has."""
    return sum(size for _, size in part)


def threads_mapper(threads: int | None = None) -> Mapper:
    """A mapper that works in threads, by default two; in none where there is little to do."""
    return partial(_in_threads, threads or min(2, os.cpu_count() or 1))


def made_of_parts(
    mapper: Mapper, work: Callable[[Part], Made], parts: Sequence[Part]
) -> Generator[Made, None, None]:
    """What was made of each part; whoever stops early closes it and thereby ends the work."""
    made = mapper(partial(_alone, work), parts)
    try:
        yield from made
    finally:
        close = getattr(made, "close", None)
        if close is not None:
            close()


def _alone(work: Callable[[Part], Made], part: Part) -> Made:
    with one_blas_thread():
        return work(part)


def _in_threads(
    threads: int, work: Callable[[Part], Made], parts: Sequence[Part]
) -> Iterator[Made]:
    wanted = min(threads, len(parts))
    with one_blas_thread():  # once for all the parts
        yield from map(work, parts) if wanted < 2 else _in_pool(wanted, work, parts)


def _in_pool(wanted: int, work: Callable[[Part], Made], parts: Sequence[Part]) -> Iterator[Made]:
    pool = ThreadPoolExecutor(wanted, thread_name_prefix="sampling")
    try:
        ahead = 2 * wanted  # no further, so that a long run holds few results at once
        waiting: list[Future[Made]] = [pool.submit(work, part) for part in parts[:ahead]]
        for index in range(len(parts)):
            made = waiting.pop(0).result()
            if index + ahead < len(parts):
                waiting.append(pool.submit(work, parts[index + ahead]))
            yield made
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


_blas_lock = threading.Lock()
_blas_limit: Any = None
_blas_users = 0


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep the linear algebra in one thread: on such thin products more only get in the way.

    The limit is the process's. Of several threads the first in sets it and the last out lifts it,
    each by a thread that ends at once: threadpoolctl (from 3.8 on) heeds only one living thread at
    a time, and that may be neither of these.
    """
    global _blas_limit, _blas_users
    with _blas_lock:
        if _blas_users == 0:
            _blas_limit = _apart(partial(_blas().limit, limits=1, user_api="blas"))
        _blas_users += 1
    try:
        yield
    finally:
        with _blas_lock:
            _blas_users -= 1
            if _blas_users == 0:
                _apart(_blas_limit.restore_original_limits)


def _apart(work: Callable[[], Made]) -> Made:
    """What the work gives, done in a thread of its own."""
    made: list[Made] = []
    thread = threading.Thread(target=lambda: made.append(work()))
    thread.start()
    thread.join()
    return made[0]
