"""Who does the work on a long run leaves no trace in the result, and an end is an end."""

import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from selector.mcda.robustness.acceptability import acceptability
from selector.mcda.robustness.draws import Spread, Weighting
from selector.mcda.robustness.parts import (
    Part,
    _blas,
    one_blas_thread,
    parts_of,
    samples_in,
    threads_mapper,
)

HIGH = np.random.default_rng(6).random((7, 5))
CENTRE = np.full(5, 0.2)


def by_pickle(work: Callable[[Part], Any], parts: Sequence[Part]) -> Iterator[Any]:
    """As elsewhere: the work and its parts are sent, the last part done first."""
    with ProcessPoolExecutor(1) as pool:
        made = [pool.submit(work, part) for part in reversed(parts)]
        for one in reversed(made):
            yield pickle.loads(pickle.dumps(one.result()))


@pytest.mark.parametrize("has_ranges", [False, True])
def test_another_process_gives_the_same(has_ranges: bool) -> None:
    spread = Spread(HIGH * 0.7 if has_ranges else HIGH, HIGH)
    here, elsewhere = (
        acceptability(spread, Weighting("uniform"), CENTRE, 50_000, 3, mapper=mapper)
        for mapper in (threads_mapper(2), by_pickle)
    )
    for one, two in zip(here, elsewhere, strict=True):
        np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("after", [1, 400_000])  # while counting, and in the second stage
def test_what_progress_raises_ends_the_work_and_its_threads(after: int) -> None:
    spread = Spread(HIGH * 0.7, HIGH)
    told: list[int] = []

    class Cancelled(Exception):
        pass

    def stop(done: int, wanted: int) -> None:
        told.append(done)
        if done >= after:
            raise Cancelled

    with pytest.raises(Cancelled) as caught:
        acceptability(spread, Weighting("uniform"), CENTRE, 600_000, 1, stop)
    # The frames of the exception are still held here: nothing waits for them to be forgotten.
    assert caught.value is not None
    assert not [t for t in threading.enumerate() if t.name.startswith("sampling")]
    assert told == sorted(told)
    assert told[-1] < after + 40_000


def test_progress_rises_to_the_end_over_both_stages() -> None:
    told: list[int] = []
    spread = Spread(HIGH * 0.7, HIGH)

    def tell(done: int, wanted: int) -> None:
        told.append(done)
        assert wanted == 70_000

    acceptability(spread, Weighting("uniform"), CENTRE, 70_000, 1, tell)
    assert told == sorted(told)
    assert told[-1] == 70_000
    assert told.count(70_000) == 1


@pytest.mark.parametrize("samples", [1, 4096, 4097, 16_384, 100_000])
def test_parts_hold_each_sample_once(samples: int) -> None:
    blocks = [block for part in parts_of(samples) for block in part]
    assert [number for number, _ in blocks] == list(range(len(blocks)))
    assert sum(samples_in(part) for part in parts_of(samples)) == samples


def test_the_limit_on_linear_algebra_lasts_until_the_last_is_out() -> None:
    def threads() -> set[int]:
        return {pool["num_threads"] for pool in _blas().info() if pool["user_api"] == "blas"}

    before = threads()
    with one_blas_thread():
        with one_blas_thread():
            pass
        assert threads() == {1}
    assert threads() == before


def test_the_limit_holds_whichever_thread_has_set_one_before() -> None:
    def pools() -> set[int]:
        with one_blas_thread():
            return {pool["num_threads"] for pool in _blas().info() if pool["user_api"] == "blas"}

    with ThreadPoolExecutor(1) as pool:
        assert pools() == {1}
        assert pool.submit(pools).result() == {1}
        assert pools() == {1}
