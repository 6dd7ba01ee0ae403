"""A few people at once: the small version of `make load`."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tests.load.load import crowd, serving


def test_five_people_see_the_decision_page_without_an_error() -> None:
    with serving() as address, ThreadPoolExecutor(1) as pool:
        work = crowd(address, clients=5, reruns=2, pause=0.3)
        outcome = pool.submit(asyncio.run, work).result()
    assert outcome.errors == []
    assert len(outcome.opened) == 5
    assert len(outcome.reruns) == 10
