"""Many people on the Decision page at once, over Streamlit's own protocol.

`python tests/load/load.py` starts the app, opens 50 WebSocket sessions, lets each rerun the page
with other weights at a person's pace, and prints how long the answers took. It ends by itself and
exits with 1 where a run failed or the slow end is too slow.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

TIMEOUT = 60.0
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Outcome:
    """What the clients saw: seconds of each first load and rerun, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    reruns: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def report(self) -> str:
        """Return the figures as a few lines of text."""
        lines = [
            f"{name:<12}{len(times):>6} runs   p50 {share(times, 0.5) * 1000:>7.0f} ms"
            f"   p95 {share(times, 0.95) * 1000:>7.0f} ms"
            for name, times in (("first load", self.opened), ("rerun", self.reruns))
        ]
        return "\n".join([*lines, f"errors      {len(self.errors):>6}", *sorted(set(self.errors))])


def share(times: list[float], part: float) -> float:
    """Return the time within which `part` (0 to 1) of the runs ended; 0 where there are none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


PACKAGED = ("-m", "selector.ui", "--port")
FROM_ROOT = ("-m", "streamlit", "run", "app.py", "--server.port")


@contextmanager
def serving(command: tuple[str, ...] = PACKAGED, alive: str = "/api/health") -> Iterator[str]:
    """Run the app on a free port; yields its address and ends the process afterwards.

    It is up when it answers at the path `alive`.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address + alive, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_up(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the app answers; RuntimeError where it ended or did not come up in time."""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended at start with code {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the app did not answer within {TIMEOUT:.0f} s")


async def run_page(socket_: object, query: str) -> list[str]:
    """Ask for one run of the page and read it to its end; returns what went wrong."""
    message = BackMsg()
    message.rerun_script.query_string = query
    await socket_.send(message.SerializeToString())  # type: ignore[attr-defined]
    problems = []
    is_ranked = False
    while True:
        raw = await asyncio.wait_for(socket_.recv(), TIMEOUT)  # type: ignore[attr-defined]
        answer = ForwardMsg()
        answer.ParseFromString(raw)
        kind = answer.WhichOneof("type")
        if kind == "delta":
            element = answer.delta.new_element
            if element.WhichOneof("type") == "exception":
                problems.append(f"the page failed: {element.exception.message}")
            is_ranked = is_ranked or 'class="rank"' in element.html.body
        elif kind == "ref_hash":  # a part that this client has had before
            is_ranked = True
        elif kind == "script_finished":
            if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                continue
            if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                problems.append(f"the run ended with status {answer.script_finished}")
            return problems if is_ranked else [*problems, "the page showed no ranking"]


async def person(address: str, reruns: int, pause: float, outcome: Outcome, seed: int) -> None:
    """Open the Decision page, then look at it under `reruns` other weights, pausing between."""
    rng = random.Random(seed)
    await asyncio.sleep(rng.uniform(0, pause))
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    try:
        async with connect(url, subprotocols=["streamlit"], max_size=None) as socket_:  # type: ignore[list-item]
            for turn in range(reruns + 1):
                if turn:
                    await asyncio.sleep(rng.uniform(0.5, 1.5) * pause)
                start = time.perf_counter()
                points = rng.randint(5, 60)
                outcome.errors += await run_page(socket_, f"w=cost:{points}" if turn else "")
                taken = time.perf_counter() - start
                (outcome.reruns if turn else outcome.opened).append(taken)
    except Exception as problem:  # each failure is counted, none ends the others
        outcome.errors.append(f"{type(problem).__name__}: {problem}")


async def crowd(address: str, clients: int, reruns: int, pause: float) -> Outcome:
    """Let `clients` people work side by side; returns what they saw."""
    outcome = Outcome()
    await asyncio.gather(
        *(person(address, reruns, pause, outcome, seed) for seed in range(clients))
    )
    return outcome


def main() -> int:
    """Run the crowd at full size and print its figures; the exit code says whether it held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--reruns", type=int, default=5)
    parser.add_argument("--pause", type=float, default=5.0, help="seconds between two looks")
    parser.add_argument("--limit", type=float, default=2.0, help="seconds for the p95 of a rerun")
    chosen = parser.parse_args()
    with serving() as address:
        start = time.perf_counter()
        outcome = asyncio.run(crowd(address, chosen.clients, chosen.reruns, chosen.pause))
        taken = time.perf_counter() - start
    print(f"{chosen.clients} people, {chosen.reruns} reruns each, {taken:.0f} s in all")
    print(outcome.report())
    return 1 if outcome.errors or share(outcome.reruns, 0.95) > chosen.limit else 0


if __name__ == "__main__":
    sys.exit(main())
