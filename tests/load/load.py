"""Many people at once, over Streamlit's own protocol: `python -m tests.load.load`.

Fifty people, each in a session of their own, look at a page and change a weight (on Cost: a
figure) every few seconds. Beforehand one person does the same alone, and the median of the crowd
is held against the median of that one. It prints how long it took until the page had settled,
what went wrong, and the memory of a session; it ends with 1 where a run failed or took too long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from tests.load.server import FROM_ROOT, Server, serving, started

__all__ = ["FROM_ROOT", "PAGES", "Outcome", "crowd", "serving"]

TIMEOUT = 60.0
SLIDERS = "selector_weights"  # the live component of Weigh
PAGES = ("weigh", "decision", "robustness", "cost")


class Scene(NamedTuple):
    """Who is where: pages in turn, server processes, seconds between two moves."""

    pages: tuple[str, ...]
    servers: int
    pause: float


SCENES = (
    Scene(("weigh", "decision"), 1, 5.0),
    Scene(("weigh", "decision"), 2, 2.0),
    Scene(("robustness", "cost"), 1, 5.0),
)


@dataclass
class Outcome:
    """What the clients saw: seconds until each page had settled, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Of the moves, seconds."""
        return statistics.median(self.moved) if self.moved else float("inf")

    def report(self) -> str:
        """Return the figures as a line of text."""
        slow = sorted(self.moved)[int(0.95 * len(self.moved))] if self.moved else float("inf")
        return (
            f"{len(self.moved):>5} moves  median {1000 * self.median:>6.0f} ms"
            f"  95 % within {1000 * slow:>6.0f} ms  errors {len(self.errors)}"
        )


class Visit:
    """One session: what it looks at, and what its browser would remember."""

    def __init__(self, socket: Any, page: str) -> None:
        self.socket, self.page = socket, page
        self.script = ""  # the page as the server calls it, once it has said so
        self.known: set[str] = set()  # parts that need not be sent again
        self.sliders: tuple[str, dict[str, float]] | None = None
        self.echo: dict[str, float] | None = None  # the weights that the server says it took

    async def run(self, query: str = "", points: dict[str, float] | None = None) -> list[str]:
        """Ask for one run of the page and read it to its end; returns what went wrong."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = self.script
        if not self.script:
            asked.rerun_script.page_name = "" if self.page == "decision" else self.page
        asked.rerun_script.cached_message_hashes.extend(self.known)
        if points is not None and self.sliders is not None:
            moved = asked.rerun_script.widget_states.widgets.add()
            moved.id, moved.json_value = self.sliders[0], json.dumps({"points": points})
        await self.socket.send(asked.SerializeToString())
        problems: list[str] = []
        is_drawn = False
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), TIMEOUT)
            answer = ForwardMsg()
            answer.ParseFromString(raw)
            kind = answer.WhichOneof("type")
            if answer.metadata.cacheable:
                self.known.add(answer.hash)
            if kind == "navigation":
                self.script = answer.navigation.page_script_hash
            elif kind == "delta":
                problems += self._take(answer)
                is_drawn = is_drawn or "<h1" in answer.delta.new_element.html.body
            elif kind == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    problems.append(f"the run ended with status {answer.script_finished}")
                return problems if is_drawn else [*problems, f"{self.page} was not drawn"]

    def _take(self, answer: ForwardMsg) -> Iterable[str]:
        """Note the sliders; say what is a fault."""
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            yield f"{self.page} failed: {element.exception.message}"
        elif kind == "html" and 'class="fault"' in element.html.body:
            yield f"{self.page} failed: see the log of the app"
        elif kind == "bidi_component" and element.bidi_component.component_name == SLIDERS:
            data = json.loads(element.bidi_component.json)
            ids = [node["id"] for node in data["model"]["nodes"]]
            shares = dict(zip(ids, data["base"], strict=True))
            self.sliders = element.bidi_component.id, {i: 100 * x for i, x in shares.items()}
            self.echo = data["echo"]

    async def move(self, rng: random.Random) -> list[str]:
        """Change a weight as the page does: by a slider, or by what the link says."""
        if self.page == "weigh":
            if self.sliders is None:
                return ["weigh has no sliders"]
            points = self.sliders[1] | {"cost": rng.uniform(1, 60)}
            problems = await self.run(points=points)
            return problems if self.echo == points else [*problems, "weigh took no weight"]
        if self.page == "cost":
            return await self.run(f"f=requests_per_month:{rng.randint(10_000, 9_000_000)}")
        return await self.run(f"w=cost:{rng.uniform(1, 60):.3f}")


async def person(
    address: str, page: str, moves: int, pause: float, outcome: Outcome, seed: int
) -> None:
    """Open a page, then change it so many times, pausing before each."""
    rng = random.Random(seed)
    await asyncio.sleep(rng.uniform(0, pause))
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    try:
        async with connect(url, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            visit = Visit(socket, page)
            for turn in range(moves + 1):
                if turn:
                    await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)
                start = time.perf_counter()
                outcome.errors += await (visit.move(rng) if turn else visit.run())
                (outcome.moved if turn else outcome.opened).append(time.perf_counter() - start)
    except Exception as problem:  # each failure is counted, none ends the others
        outcome.errors.append(f"{type(problem).__name__}: {problem}")


async def crowd(
    addresses: Iterable[str],
    people: int,
    moves: int,
    pause: float,
    pages: tuple[str, ...] = PAGES,
    during: Callable[[], None] = lambda: None,
) -> Outcome:
    """Let people work side by side, spread over pages and servers; returns what they saw.

    `during` is called once, when half of the time has gone.
    """
    outcome, places = Outcome(), list(addresses)

    async def halfway() -> None:
        await asyncio.sleep((moves + 1) * pause / 2)
        during()

    visits = (
        person(
            places[n % len(places)],
            pages[n // len(places) % len(pages)],
            moves,
            pause,
            outcome,
            n,
        )
        for n in range(people)
    )
    await asyncio.gather(halfway(), *visits)
    return outcome


def played(scene: Scene, people: int, moves: int, limit: float) -> bool:
    """Play one scene and print its figures; whether it held."""
    with ExitStack() as stack:
        servers: list[Server] = [stack.enter_context(started()) for _ in range(scene.servers)]
        places = [server.address for server in servers]

        def memory() -> float:
            return sum(server.memory for server in servers)

        # Each server has drawn each page before, so that nobody's figures hold the first time.
        asyncio.run(crowd(places, len(scene.pages) * len(servers), 3, 0.1, scene.pages))
        alone, worked = [], []
        for page in scene.pages:
            start = servers[0].worked
            alone.append(asyncio.run(crowd(places[:1], 1, 15, 0.5, (page,))))
            worked.append((servers[0].worked - start) / (1 + len(alone[-1].moved)))
        before, seen = memory(), []
        start = sum(server.worked for server in servers)
        together = asyncio.run(
            crowd(places, people, moves, scene.pause, scene.pages, lambda: seen.append(memory()))
        )
        after = memory()
        all_worked = sum(server.worked for server in servers) - start
    one = statistics.median([each for outcome in alone for each in outcome.moved])
    ratio = together.median / one
    errors = [*together.errors, *(error for outcome in alone for error in outcome.errors)]
    print(
        f"{people} people on {' and '.join(scene.pages)}, a move every {scene.pause:g} s, "
        f"{len(servers)} server process{'es' if len(servers) > 1 else ''}"
    )
    for page, outcome, each in zip(scene.pages, alone, worked, strict=True):
        told = f"{1000 * outcome.median:.0f} ms, {1000 * each:.0f} ms of a processor each"
        print(f"  {page} alone  median {told}")
    runs = len(together.opened) + len(together.moved)
    print(f"  one alone  median {1000 * one:.0f} ms")
    print(f"  together {together.report()}  ratio {ratio:.2f} (at most {limit:g})")
    print(f"  together {1000 * all_worked / runs:.0f} ms of a processor each")
    print(
        f"  memory {before:.0f} MB before, {seen[0]:.0f} MB with all, {after:.0f} MB at the end:"
        f" {(max(seen[0], after) - before) / people:.2f} MB a session",
        flush=True,
    )
    for error in sorted(set(errors)):
        print(f"  {error}")
    return not errors and ratio <= limit


def main() -> int:
    """Play all scenes; the exit code says whether they held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--moves", type=int, default=8, help="of each person")
    parser.add_argument("--limit", type=float, default=3.0, help="median against that of one alone")
    chosen = parser.parse_args()
    held = [played(scene, chosen.people, chosen.moves, chosen.limit) for scene in SCENES]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
