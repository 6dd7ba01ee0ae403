"""A server that is killed again and again while a hall votes: `python -m tests.load.crashes`.

At random moments the process gets SIGKILL, and is started again on the same database. People send
what was not acknowledged until it is, as phones do, and the facilitator opens rounds and reveals
them. It ends with 1 where the room is not in the phase and round that was acknowledged, or a ballot
that was acknowledged is not there.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
from contextlib import ExitStack
from typing import Any, NamedTuple

from tests.load.people import Hall, Line, Phone, Took, opened
from tests.load.rooms import DECISION, database
from tests.load.server import PACKAGED, Server, free_port, started

_LOST = (OSError, EOFError)


class Crashes(NamedTuple):
    """What came of it."""

    votes: int
    rounds: int
    faults: list[str]


class _Hall:
    """A room in which people vote on and on, and a facilitator who opens rounds and reveals them.

    `told` is phase and round as they were acknowledged, `asked` the phase that was asked for since.
    """

    def __init__(self, desk: Hall, phones: list[Phone], rng: random.Random) -> None:
        self.desk, self.phones, self.rng = desk, phones, rng
        self.told: tuple[str, int] = ("lobby", 0)
        self.asked = ""
        self.faults: list[str] = []

    async def person(self, phone: Phone) -> None:
        """Vote for good; each ballot is sent until it is answered."""
        while True:
            phase, round_ = self.told
            await asyncio.sleep(self.rng.uniform(0.02, 0.1))
            if phase != "voting":
                continue
            body = phone.ballot(round_)
            answer = await self.insist(lambda body=body: phone.send(body))  # type: ignore[misc]
            if answer.status not in (200, 409):  # 409: the round was revealed meanwhile
                self.faults.append(f"a ballot was answered {answer.status} {answer.body!r}")

    async def facilitator(self) -> None:
        """Open a round and reveal it, for good."""
        while True:
            await asyncio.sleep(self.rng.uniform(0.3, 0.9))
            self.asked = "revealed" if self.told[0] == "voting" else "voting"
            answer = await self.insist(lambda: self.desk.go(self.asked))
            if answer.status == 200:
                self.told = answer.json["phase"], answer.json["round"]
            else:
                self.faults.append(f"{self.asked} was answered {answer.status} {answer.body!r}")
            self.asked = ""

    async def insist(self, ask: Any) -> Any:
        """Ask until there is an answer that is no passing fault."""
        while True:
            with contextlib.suppress(*_LOST):
                answer = await ask()
                if answer.status < 500:
                    return answer
            await asyncio.sleep(0.1)

    async def checked(self) -> None:
        """Hold what the room has against what was acknowledged; while nobody else asks."""
        state = await self.desk.state()
        round_ = self.told[1]
        able = {self.told}
        if self.asked:
            able.add((self.asked, round_ + (self.asked == "voting")))
        if (state["phase"], state["round"]) not in able:
            self.faults.append(f"the room is in {state['phase']} {state['round']}, not in {able}")
        if state["participants"] != len(self.phones):
            self.faults.append(f"{state['participants']} people, not {len(self.phones)}")
        for phone in self.phones:
            kept = await phone.own(phone.received[0] or 1)
            found = phone.fault(kept.json) if kept.status == 200 else f"answered {kept.status}"
            self.faults += [found] if found else []


async def crashes(kills: int, people: int, seed: int, command: tuple[str, ...]) -> Crashes:
    """Kill the server so many times; the database is that of the environment."""
    rng, port = random.Random(seed), free_port()
    took = Took()
    with ExitStack() as stack:
        server: Server = stack.enter_context(started(command, port=port))
        desk = await opened(Line(server.address), DECISION)
        phones = [Phone(desk, Line(server.address, took), rng) for _ in range(people)]
        hall = _Hall(desk, phones, rng)
        await asyncio.gather(*(phone.join() for phone in phones))
        for _ in range(kills):
            work = [hall.person(phone) for phone in phones]
            tasks = [asyncio.create_task(each) for each in (*work, hall.facilitator())]
            await asyncio.sleep(rng.uniform(0.5, 2.0))
            server.process.kill()
            # What was on its way stays unanswered, and is not sent again before the room is seen.
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            server.process.wait()
            for line in (desk.line, *(phone.line for phone in phones)):
                line.close()
            server = stack.enter_context(started(command, port=port))
            await hall.checked()
            state = await desk.state()
            hall.told, hall.asked = (state["phase"], state["round"]), ""
            again = await asyncio.gather(*(phone.join() for phone in phones))
            if {answer.status for answer in again} != {201}:
                hall.faults.append("somebody could not go on")
        state = await desk.state()
    return Crashes(len(took.seconds["vote"]), state["round"], hall.faults)


def main() -> int:
    """Play it and print what came of it; the exit code says whether all was there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", default="", help="of a database; SQLite in a temporary folder")
    chosen = parser.parse_args()
    with database(chosen.url):
        found = asyncio.run(crashes(chosen.kills, chosen.people, chosen.seed, PACKAGED))
    kind = chosen.url.partition(":")[0] or "sqlite"
    print(f"{chosen.kills} kills while {chosen.people} people vote, {kind}")
    print(f"  {found.votes} ballots in {found.rounds} rounds, lost or doubled {len(found.faults)}")
    for fault in sorted(set(found.faults))[:20]:
        print(f"  {fault}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
