"""A workshop of some people at once over real servers: the small version of tests.load.rooms."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.load.guesses import guessed
from tests.load.house import COMMAND
from tests.load.people import Took
from tests.load.rooms import database, hall
from tests.load.server import serving
from tests.postgres import Postgres


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database of a real PostgreSQL."""
    server = Postgres()
    yield server.new_database()
    server.close()


@pytest.mark.parametrize("servers", [1, 2])
def test_no_ballot_is_lost_or_doubled(servers: int, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("postgres") if servers > 1 else ""
    took = Took()
    with database(url), ExitStack() as stack, ThreadPoolExecutor(1) as pool:
        places = [stack.enter_context(serving(COMMAND)) for _ in range(servers)]
        faults = pool.submit(asyncio.run, hall(places, 24, took, pace=0.02)).result()
    assert faults == []
    assert took.errors == []
    assert all(len(rows) >= 24 for rows in took.seconds.values())


def test_guesses_are_stopped_and_who_is_in_the_room_goes_on() -> None:
    with database(), serving(COMMAND) as place, ThreadPoolExecutor(1) as pool:
        found = pool.submit(asyncio.run, guessed(place, 300)).result()
    assert found.faults == []
    assert sum(found.answers.values()) == 300
    assert found.answers[429] >= 300 - found.allowed
