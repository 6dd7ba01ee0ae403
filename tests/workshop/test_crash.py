"""Killed at any moment: what was acknowledged is there, and the room goes on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tests.load.crashes import crashes
from tests.load.house import COMMAND
from tests.load.rooms import database


def test_what_was_acknowledged_survives_sigkill() -> None:
    with database(), ThreadPoolExecutor(1) as pool:
        work = crashes(kills=3, people=20, seed=9, command=COMMAND)
        found = pool.submit(asyncio.run, work).result()
    assert found.faults == []
    assert found.votes > 20
    assert found.rounds >= 1
