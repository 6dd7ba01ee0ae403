"""Work on workers: in order, bounded, alike everywhere, and failures in plain words."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import cloudpickle
import dask
import numpy as np
import psutil
import pytest

from selector.domain.problem import ClusterError, UsageError
from selector.mcda.robustness.acceptability import acceptability
from selector.mcda.robustness.draws import Spread, Weighting
from selector.scale import clusters
from selector.scale.clusters import (
    Workers,
    most_processes,
    processes,
    scheduler,
    unlike,
    workers_at,
)

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers do not have it


def listening(process: psutil.Process) -> set[str]:
    """The addresses on which a process and its children listen."""
    found = [process, *process.children(recursive=True)]
    return {
        connection.laddr.ip
        for one in found
        for connection in one.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }


def test_what_is_made_comes_in_the_order_of_the_items(two: Workers) -> None:
    assert list(two(partial(pow, 2), range(100))) == [2**n for n in range(100)]
    assert list(two(abs, [])) == []
    assert list(two(abs, iter([-1]))) == [1]


def test_workers_listen_on_the_loopback_address_alone(two: Workers) -> None:
    assert listening(psutil.Process()) == {"127.0.0.1"}


def test_items_are_taken_as_they_are_worked_on(two: Workers) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(10_000):
            taken += 1
            yield item

    made = two(abs, items())
    assert next(made) == 0
    assert taken < 200
    made.close()  # type: ignore[attr-defined]
    assert list(two(abs, [3])) == [3]  # and the workers are free again


@pytest.mark.parametrize("has_ranges", [False, True])
def test_sampling_on_workers_gives_the_same(two: Workers, address: str, has_ranges: bool) -> None:
    high = np.random.default_rng(6).random((7, 5))
    spread = Spread(high * 0.7 if has_ranges else high, high)
    asked = spread, Weighting("uniform"), np.full(5, 0.2), 150_000, 3
    here, there = acceptability(*asked), acceptability(*asked, mapper=two)
    with scheduler(address) as workers:
        further = acceptability(*asked, mapper=workers)
    for one, *others in zip(here, there, further, strict=True):
        for other in others:
            np.testing.assert_array_equal(one, other)


def test_what_the_work_raises_is_raised_here(two: Workers) -> None:
    with pytest.raises(ZeroDivisionError):
        list(two(partial(divmod, 1), [1, 0]))


def _dies_once(marks: str, item: int) -> int:
    mark = Path(marks) / "died"
    if item == 5 and not mark.exists():
        mark.touch()
        os._exit(1)
    return item * 10


def test_a_worker_that_dies_is_replaced_and_its_part_done_again(tmp_path: Path) -> None:
    with processes(1) as workers:
        made = list(workers(partial(_dies_once, str(tmp_path)), range(20)))
    assert made == [10 * item for item in range(20)]
    assert (tmp_path / "died").exists()


def test_work_that_kills_every_worker_is_told(tmp_path: Path) -> None:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        processes(1) as workers,
        pytest.raises(ClusterError, match="died over the same part"),
    ):
        list(workers(os._exit, [1]))


def test_no_scheduler_is_told_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "WAIT_SECONDS", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        pytest.raises(ClusterError, match="no scheduler answers"),
        scheduler(f"tcp://127.0.0.1:{port}"),
    ):
        pass


def test_something_else_than_a_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "WAIT_SECONDS", 0.5)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()  # takes the call, and says nothing
        port = other.getsockname()[1]
        with (
            pytest.raises(ClusterError, match="no scheduler"),
            scheduler(f"tcp://127.0.0.1:{port}"),
        ):
            pass


@pytest.mark.parametrize("wrong", ["nonsense", "http://127.0.0.1:8786", "", "tcp://a:b:c"])
def test_what_is_no_address_is_told(wrong: str) -> None:
    with (
        pytest.raises((UsageError, ClusterError), match=r"tcp://|dask scheduler"),
        scheduler(wrong),
    ):
        pass


def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(clusters, "WAIT_SECONDS", 1)
    with (
        LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            processes=False,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
        ) as empty,
        pytest.raises(ClusterError, match="has no workers; start some with 'dask worker tcp"),
        scheduler(empty.scheduler_address),
    ):
        pass


def versions(**changed: str | None) -> dict[str, object]:
    own = dict.fromkeys(clusters._ALIKE, "1.2.3") | {"python": "3.11.7.final.0"}
    there = {name: value for name, value in (own | changed).items() if value is not None}
    return {
        "client": {"packages": own},
        "scheduler": {"packages": own},
        "workers": {"tcp://10.0.0.9:1": {"packages": there}},
    }


def test_workers_that_would_reckon_otherwise_are_named() -> None:
    assert unlike(versions()) == ""
    assert unlike(versions(python="3.11.9.final.0")) == ""
    for package, has in (("python", "3.12.1.final.0"), ("numpy", "1.0"), (clusters.PACKAGE, "9")):
        told = unlike(versions(**{package: has}))
        assert told.startswith("the worker tcp://10.0.0.9:1 has ")
        assert package in told
    assert "does not have selector-decisions" in unlike(versions(**{clusters.PACKAGE: None}))


@pytest.mark.parametrize("wrong", [(0, None), (-1, None), (1, "tcp://127.0.0.1:1")])
def test_workers_that_cannot_be_are_refused(wrong: tuple[int, str | None]) -> None:
    with pytest.raises(UsageError), workers_at(*wrong):
        pass


def test_more_workers_than_a_machine_can_use_are_refused() -> None:
    most = most_processes()
    assert most >= 2
    with (
        pytest.raises(UsageError, match=f"{most + 1} workers are more .* write 1 to {most}"),
        workers_at(most + 1, None),
    ):
        pass


def test_there_are_no_more_workers_than_pieces_of_work() -> None:
    before = {child.pid for child in psutil.Process().children()}
    with workers_at(2, None, pieces=1) as workers:
        assert workers is not None
        started = [c for c in psutil.Process().children() if c.pid not in before]
        nannies = [c for c in started if "resource_tracker" not in " ".join(c.cmdline())]
        assert len(nannies) == 1
        assert list(workers(abs, [-1])) == [1]


def test_without_workers_there_are_none_and_dask_is_not_loaded() -> None:
    code = (
        "import sys\n"
        "from selector.scale.clusters import workers_at\n"
        "with workers_at(None, None) as workers: assert workers is None\n"
        "import selector.scale.portfolio\n"
        "assert not {'dask', 'distributed', 'cloudpickle'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nothing_runs_on_when_a_cluster_is_closed() -> None:
    def running() -> set[int]:
        return {
            child.pid
            for child in psutil.Process().children(recursive=True)
            if child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline())
        }

    before = running()
    with processes(1) as workers:
        assert list(workers(abs, [-7])) == [7]
        assert running() > before
    assert running() == before
