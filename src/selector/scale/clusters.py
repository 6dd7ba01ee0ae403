"""Mappers that send work to the workers of a Dask cluster: processes here, or a scheduler's.

Dask is imported when a cluster is asked for, and nowhere else. Work goes out in batches, some of
them ahead of what has come back, and results come back in the order of the items: whoever adds
them up in that order gets the same to the last digit, whatever did the work.
"""

import asyncio
import logging
import os
import signal
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import resource_tracker
from operator import length_hint
from typing import Any, Protocol, TypeVar

from selector.domain.problem import ClusterError, UsageError

Item = TypeVar("Item")
Made = TypeVar("Made")
PACKAGE = "selector-decisions"
WAIT_SECONDS = 5
_BATCH = 8  # items in one task at most: enough that sending it costs little beside doing it
_ALIKE = ("python", PACKAGE, "numpy", "dask", "distributed", "cloudpickle")


class Workers(Protocol):
    """Does the work on each item and gives what was made, in order; items may be drawn lazily.

    Whoever stops early closes what it gives, and thereby ends the work.
    """

    def __call__(
        self, work: Callable[[Item], Made], items: Iterable[Item], /
    ) -> Generator[Made, None, None]:
        """What was made of each item."""
        ...


@contextmanager
def workers_at(
    count: int | None, address: str | None, pieces: int | None = None
) -> Iterator[Workers | None]:
    """So many processes here, or the workers of the scheduler at an address; None for neither.

    There are no more processes than `pieces` of work, where that is known.
    """
    if count is not None and address is not None:
        raise UsageError("workers here and a scheduler: name one of the two")
    if count is not None:
        _check_count(count)
        with processes(count if pieces is None else min(count, max(1, pieces))) as workers:
            yield workers
    elif address is not None:
        with scheduler(address) as workers:
            yield workers
    else:
        yield None


def most_processes() -> int:
    """The most worker processes that this machine can use: two for each processor."""
    if hasattr(os, "sched_getaffinity"):
        return 2 * len(os.sched_getaffinity(0))
    return 2 * (os.cpu_count() or 1)


def _check_count(count: int) -> None:
    most = most_processes()
    if count < 1:
        raise UsageError(f"{count} workers cannot work; write 1 to {most}")
    if count > most:
        raise UsageError(
            f"{count} workers are more than this machine can use; write 1 to {most}, two for each "
            "of its processors"
        )


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """So many worker processes on this machine, for as long as the block lasts.

    They listen on the loopback address only, and there is no dashboard. Raises UsageError for less
    than one or more than `most_processes`.
    """
    _check_count(count)
    from distributed import LocalCluster

    cluster = None
    try:
        try:
            with _interrupts_wait():
                cluster = LocalCluster(
                    n_workers=count,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    scheduler_kwargs={"dashboard": False},
                    silence_logs=logging.CRITICAL,
                    memory_limit=0,
                )
        except (OSError, RuntimeError, TimeoutError) as error:
            raise ClusterError(
                f"the workers could not be started ({error}); a script of your own must ask for "
                "them below \"if __name__ == '__main__':\", for each worker imports it"
            ) from None
        with _client(cluster) as client:
            yield _workers_of(client)
    finally:
        if cluster is not None:
            cluster.close()


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold Ctrl-C back while processes start, and for ever from those that do.

    A terminal sends it to every process; the one that was called is to end the others.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else it starts with the first process, and lets it through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def scheduler(address: str) -> Iterator[Workers]:
    """The workers of the scheduler at an address such as tcp://10.0.0.5:8786.

    Raises ClusterError where it does not answer within seconds, has no workers, or where they
    differ from this program in what decides the result; UsageError for what is no address.
    """
    _call(address)
    with _client(address) as client:
        _check_workers(client, address)
        yield _workers_of(client)


def _call(address: str) -> None:
    """Raise unless a scheduler answers: Dask's client waits for ever where somebody is silent."""
    from distributed import Security
    from distributed.comm import connect

    async def call() -> None:
        options = Security().get_connection_args("client")
        called = connect(address, timeout=WAIT_SECONDS, **options)
        (await asyncio.wait_for(called, WAIT_SECONDS)).abort()

    try:
        with ThreadPoolExecutor(1) as apart:  # whoever calls may have a loop of its own
            apart.submit(asyncio.run, call()).result()
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"{address!r} is no address of a scheduler ({error}); write it as tcp://host:8786"
        ) from None
    except (OSError, TimeoutError):
        raise ClusterError(
            f"no scheduler answers at {address} within {WAIT_SECONDS} seconds; start one with "
            "'dask scheduler', or name the address that it prints"
        ) from None


@contextmanager
def _client(target: Any) -> Iterator[Any]:
    from distributed import Client

    with _quiet():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of versions that differ, which are looked at
                client = Client(target, timeout=WAIT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ImportError) as error:
            raise ClusterError(f"the scheduler does not take this program in ({error})") from None
        try:
            yield client
        finally:
            with suppress(OSError, TimeoutError):  # of a scheduler that has gone
                client.close(timeout=WAIT_SECONDS)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from telling on standard error what is said here in plain words."""
    names = ("distributed", "distributed.client", "distributed.core", "distributed.batched")
    before = {name: logging.getLogger(name).level for name in names}
    try:
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _check_workers(client: Any, address: str) -> None:
    """Raise ClusterError unless the scheduler has workers that are like this process."""
    try:
        client.wait_for_workers(1, timeout=WAIT_SECONDS)
    except TimeoutError:
        raise ClusterError(
            f"the scheduler at {address} has no workers; start some with 'dask worker {address}'"
        ) from None
    told = unlike(client.get_versions(check=False, packages=[PACKAGE]))
    if told:
        raise ClusterError(told)


def unlike(versions: Mapping[str, Any]) -> str:
    """What makes a scheduler or a worker reckon otherwise than this process; empty where nothing.

    `versions` is what Dask's client tells of itself, the scheduler and each worker.
    """
    own = versions["client"]["packages"]
    there = {"the scheduler": versions["scheduler"]}
    there |= {f"the worker {name}": told for name, told in versions["workers"].items()}
    for who, told in there.items():
        for package in _ALIKE:
            has, wanted = (_version(part, package) for part in (told["packages"], own))
            if has != wanted:
                said = f"does not have {package}" if has is None else f"has {package} {has}"
                return f"{who} {said}, but here it is {wanted}; install the same everywhere"
    return ""


def _version(packages: Mapping[str, str | None], name: str) -> str | None:
    found = packages.get(name)
    # Releases of Python that differ in the third number only run the same code.
    return ".".join(found.split(".")[:2]) if found and name == "python" else found


def _workers_of(client: Any) -> Workers:
    """A mapper that works on the client's workers."""

    def mapped(
        work: Callable[[Item], Made], items: Iterable[Item], /
    ) -> Generator[Made, None, None]:
        import cloudpickle

        threads = max(1, sum(client.nthreads().values()))
        # Where there are few items, each worker gets its share of them.
        size = min(_BATCH, max(1, length_hint(items, _BATCH * 4 * threads) // (4 * threads)))
        source = iter(items)
        batches = iter(lambda: list(islice(source, size)), [])
        sent: deque[Any] = deque()

        def send(count: int) -> None:
            for batch in islice(batches, count):
                # As bytes, for Dask would look through what it knows for work of its own.
                sent.append(client.submit(_worked, cloudpickle.dumps((work, batch)), pure=False))

        try:
            send(2 * threads + 1)
            while sent:
                made = _result(sent.popleft())
                send(1)
                yield from made
        finally:
            if sent:
                client.cancel(list(sent), force=True)

    return mapped


def _worked(sent: bytes) -> list[Any]:
    """On a worker: the work done on each item of a batch."""
    import pickle

    work, batch = pickle.loads(sent)  # noqa: S301 - a scheduler's workers run what they are sent
    return [work(item) for item in batch]


def _result(future: Any) -> Sequence[Any]:
    """What a batch came to; the failures of a cluster in plain words."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        found: Sequence[Any] = future.result()
    except KilledWorker:
        raise ClusterError(
            "several workers died over the same part of the work, most likely for want of memory; "
            "give them more, or look at what the workers wrote"
        ) from None
    except (CancelledError, CommClosedError, OSError, TimeoutError):
        raise ClusterError(
            "the cluster was lost while it worked; see what its scheduler wrote, and run again"
        ) from None
    except ModuleNotFoundError as error:
        raise ClusterError(
            f"a worker cannot import {error.name}; install the same packages on all workers"
        ) from None
    return found
