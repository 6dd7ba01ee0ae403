"""A few people at once, on each page and over two processes: the small version of `make load`."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tests.load.load import PAGES, crowd, serving


def test_people_on_all_pages_move_weights_without_an_error() -> None:
    with serving() as one, serving() as another, ThreadPoolExecutor(1) as pool:
        work = crowd([one, another], people=2 * len(PAGES), moves=2, pause=0.3)
        outcome = pool.submit(asyncio.run, work).result()
    assert outcome.errors == []
    assert len(outcome.opened) == 2 * len(PAGES)
    assert len(outcome.moved) == 4 * len(PAGES)
