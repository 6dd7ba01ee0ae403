"""A hall of people in one workshop: `python -m tests.load.rooms --people 200`.

Each opens the page for phones, joins, follows the events, votes, votes again, and reads the reveal,
as phones do. It prints how long each kind of request took, and holds what each person was told was
received against what the room has. It ends with 1 where a ballot was lost or doubled, a request
failed, or 95 % of a kind took longer than the limit.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from selector.workshop.store.engine import URL_VARIABLE
from tests.load.people import SPREAD, Hall, Line, Phone, Took, opened
from tests.load.server import Server, started
from tests.postgres import Postgres

DECISION = "support-assistant"
PACE = 0.05  # seconds for each person, over which a hall joins, and answers


async def hall(addresses: Sequence[str], people: int, took: Took, pace: float = PACE) -> list[str]:
    """A workshop of one round in which everybody votes twice; returns what went wrong.

    People are spread over the addresses, which are servers of one database.
    """
    desk = await opened(Line(addresses[0]), DECISION)
    phones = [
        Phone(desk, Line(addresses[n % len(addresses)], took), random.Random(n))
        for n in range(people)
    ]
    while_ = pace * people
    joined, voted = asyncio.Barrier(people + 1), asyncio.Barrier(people + 1)
    work = [
        asyncio.create_task(_person(phone, while_, joined, voted, SPREAD * people))
        for phone in phones
    ]
    running = asyncio.create_task(_run(desk, joined, voted))
    faults = [str(found) for found in await asyncio.gather(*work) if found]
    await running
    return faults + await _counted(desk, people)


async def _run(desk: Hall, joined: asyncio.Barrier, voted: asyncio.Barrier) -> None:
    """What the facilitator does."""
    await joined.wait()
    await desk.go("voting")
    await voted.wait()
    await desk.go("revealed")


async def _person(
    phone: Phone, while_: float, joined: asyncio.Barrier, voted: asyncio.Barrier, spread: float
) -> str:
    """One person from the QR code to the reveal; what went wrong."""
    rng, at = phone.rng, phone.hall.at
    await asyncio.sleep(rng.uniform(0, while_))
    await phone.line.ask("page", "GET", f"/join/{phone.hall.code}")
    watching = asyncio.create_task(phone.watch())
    await phone.join()
    await joined.wait()
    await phone.until("voting", 1)
    for _ in range(2):
        await asyncio.sleep(rng.uniform(0, while_))
        await phone.send(phone.ballot(1))
    await voted.wait()
    await phone.until("revealed", 1)
    await asyncio.sleep(rng.uniform(0, spread))
    _, kept, _ = await asyncio.gather(
        Line(phone.line.address, phone.line.took).ask("results", "GET", f"{at}/results?round=1"),
        phone.own(1),
        Line(phone.line.address, phone.line.took).ask("comments", "GET", f"{at}/comments"),
    )
    watching.cancel()
    if kept.status != 200:
        return "the ballot could not be read"
    return phone.fault(kept.json) or ("" if phone.received == (1, 2) else "not acknowledged")


async def _counted(desk: Hall, people: int) -> list[str]:
    """Whether each counts once."""
    state = await desk.state()
    found = (await desk.line.ask("results", "GET", f"{desk.at}/results")).json
    counts = {
        "participants": state["participants"],
        "ballots": state["ballots"],
        "participants in the results": found["participants"],
        "ballots in the results": len(found["ballots"]),
    }
    return [f"{n} {name}, not {people}" for name, n in counts.items() if n != people]


@contextmanager
def database(url: str = "") -> Iterator[None]:
    """Where processes that are started meanwhile keep rooms; SQLite in a temporary folder else.

    They are told by the environment, as whoever hosts the app does.
    """
    before = os.environ.get(URL_VARIABLE)
    with tempfile.TemporaryDirectory() as folder:
        os.environ[URL_VARIABLE] = url or f"sqlite:///{Path(folder) / 'rooms.sqlite3'}"
        try:
            yield
        finally:
            os.environ.pop(URL_VARIABLE)
            if before is not None:
                os.environ[URL_VARIABLE] = before


def main() -> int:
    """Play it and print the figures; the exit code says whether it held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--url", default="", help="of a database; SQLite in a temporary folder")
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own instead")
    parser.add_argument("--servers", type=int, default=1, help="processes on that database")
    parser.add_argument("--limit", type=float, default=300.0, help="ms for 95 %% of a kind")
    chosen = parser.parse_args()
    took = Took()
    with ExitStack() as stack:
        if chosen.postgres:
            brought = Postgres()
            stack.callback(brought.close)
            chosen.url = brought.new_database()
        stack.enter_context(database(chosen.url))
        servers: list[Server] = [stack.enter_context(started()) for _ in range(chosen.servers)]
        # The first room reads what the process has not read yet; no workshop begins at a start.
        asyncio.run(hall([server.address for server in servers], 4, Took()))
        for server in servers:
            server.rest()
        before = [server.worked for server in servers]
        places = [server.address for server in servers]
        faults = asyncio.run(hall(places, chosen.people, took))
        worked = [server.worked - start for server, start in zip(servers, before, strict=True)]
    asked = sum(len(rows) for rows in took.seconds.values())
    kind = chosen.url.partition(":")[0] or "sqlite"
    print(f"{chosen.people} people in a room, {len(servers)} server(s), {kind}")
    print("\n".join(took.lines()))
    told = sum(worked)
    print(f"  {asked} requests, {told:.1f} s of a processor, {1000 * told / asked:.1f} ms each")
    slow = [kind for kind in took.seconds if 1000 * took.at(kind, 0.95) > chosen.limit]
    print(
        f"  errors {len(took.errors)}, ballots lost or doubled {len(faults)}, slow: {slow or 'no'}"
    )
    for problem in sorted({*took.errors, *faults})[:20]:
        print(f"  {problem}")
    return 1 if faults or took.errors or slow else 0


if __name__ == "__main__":
    sys.exit(main())
