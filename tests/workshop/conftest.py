"""A room of a small decision, over HTTP and beneath."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from selector.workshop.web import House, routes
from tests.postgres import Postgres
from tests.workshop.rooms import DECISION, Room

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started for the first test that asks for one."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: SQLite, unless a test is given others of DATABASES."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return f"sqlite:///{tmp_path / 'rooms.sqlite3'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def house(database: str) -> Iterator[House]:
    """The rooms of a process, on a database of its own."""
    made = House(database)
    yield made
    made.close()


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    """A browser on this computer."""
    app = Starlette(routes=routes(house))
    site = "http://localhost:8501"
    with TestClient(app, base_url=site, client=("127.0.0.1", 50000)) as made:
        yield made


@pytest.fixture
def open_room(client: TestClient) -> Any:
    """Make a room; what is given goes into the request."""

    def opened(**asked: Any) -> Room:
        answer = client.post("/api/workshops", json={"decision": DECISION} | asked)
        assert answer.status_code == 201, answer.text
        return Room(client, answer.json())

    return opened


@pytest.fixture
def room(open_room: Any) -> Room:
    """A room on a decision of three groups and three alternatives."""
    found: Room = open_room()
    return found
