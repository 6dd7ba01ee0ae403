"""People with phones, as cheap as can be: each asks what the page for phones asks, and when."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

TIMEOUT = 60.0
IDLE = 2.0  # seconds after which a connection is not used again: a server lets go of it after five
SPREAD = 0.02  # seconds for each person in the room, over which phones ask for what was revealed


class Answer(NamedTuple):
    """What a server said."""

    status: int
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)


class Line:
    """A connection that is kept; opened again where the server has let it go."""

    def __init__(self, address: str, took: Took | None = None) -> None:
        parts = urlsplit(address)
        self.address = address
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.took = took
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = 0.0

    async def ask(
        self, kind: str, method: str, path: str, body: Any = None, token: str = ""
    ) -> Answer:
        """Ask once; OSError or EOFError where no whole answer came. `kind` names it in figures."""
        start = time.perf_counter()
        try:
            async with asyncio.timeout(TIMEOUT):  # wait_for may lose that a task was cancelled
                answer = await self._ask(method, path, body, token)
        except BaseException:
            self.close()
            raise
        if self.took is not None:
            self.took.note(kind, time.perf_counter() - start, answer)
        return answer

    async def _ask(self, method: str, path: str, body: Any, token: str) -> Answer:
        if time.perf_counter() - self._used > IDLE:
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        writer.write(self.request(method, path, body, token))
        status, headers = await head(reader)
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        self._used = time.perf_counter()
        if headers.get("connection", "") == "close":
            self.close()
        return Answer(status, content)

    def request(self, method: str, path: str, body: Any, token: str) -> bytes:
        """The bytes of a request."""
        raw = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"host: {self.host}:{self.port}"]
        lines += [f"authorization: Bearer {token}"] if token else []
        lines += [] if body is None else ["content-type: application/json"]
        lines += [f"content-length: {len(raw)}", "", ""]
        return "\r\n".join(lines).encode() + raw

    def close(self) -> None:
        """Let the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def head(reader: asyncio.StreamReader) -> tuple[int, Mapping[str, str]]:
    """The status and the headers of an answer."""
    raw = await reader.readuntil(b"\r\n\r\n")
    first, *lines = raw.decode("latin-1").split("\r\n")
    rows = (line.partition(":") for line in lines if line)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in rows}


@dataclass
class Took:
    """Seconds of each kind of request, and the answers that were none that is wanted."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def note(self, kind: str, seconds: float, answer: Answer) -> None:
        """Count a request."""
        self.seconds.setdefault(kind, []).append(seconds)
        if answer.status >= 400:
            self.errors.append(f"{kind}: {answer.status} {answer.body[:120]!r}")

    def at(self, kind: str, share: float) -> float:
        """Seconds within which that share of a kind was answered."""
        rows = sorted(self.seconds[kind])
        return rows[min(len(rows) - 1, int(share * len(rows)))]

    def lines(self) -> list[str]:
        """The figures, one line a kind."""
        return [
            f"  {kind:<10}{len(rows):>6}  median {1000 * self.at(kind, 0.5):>5.0f} ms"
            f"  95 % within {1000 * self.at(kind, 0.95):>5.0f} ms  slowest {1000 * max(rows):>5.0f}"
            for kind, rows in self.seconds.items()
        ]


class Hall:
    """A room as its facilitator has it."""

    def __init__(self, line: Line, made: Mapping[str, Any], asked: tuple[str, ...]) -> None:
        self.line, self.asked = line, asked
        self.code: str = made["code"]
        self.token: str = made["facilitator_token"]
        self.at = f"/api/workshops/{self.code}"

    async def go(self, phase: str) -> Answer:
        """Go to a phase."""
        return await self.line.ask(
            "phase", "POST", f"{self.at}/phase", {"phase": phase}, self.token
        )

    async def state(self) -> Any:
        """Phase, round and counts."""
        return (await self.line.ask("state", "GET", f"{self.at}?brief")).json


async def opened(line: Line, decision: Any) -> Hall:
    """A new room on a decision: its id, or its data."""
    made = await line.ask("open", "POST", "/api/workshops", {"decision": decision})
    if made.status != 201:
        raise RuntimeError(f"no room was made: {made.status} {made.body!r}")
    about = await line.ask("about", "GET", f"/api/workshops/{made.json['code']}")
    return Hall(line, made.json, tuple(row["id"] for row in about.json["criteria"]))


@dataclass
class Phone:
    """One participant: what they sent, and what of it was acknowledged."""

    hall: Hall
    line: Line
    rng: random.Random
    token: str = ""
    sequence: int = 0
    sent: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)
    received: tuple[int, int] = (0, 0)  # round and sequence of the newest that was acknowledged
    state: Mapping[str, Any] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.device = secrets.token_hex(16)

    async def join(self) -> Answer:
        """Take part; asked again it is the same participant."""
        at = f"{self.hall.at}/participants"
        answer = await self.line.ask("join", "POST", at, {"device": self.device})
        if answer.status == 201:
            self.token = answer.json["participant_token"]
        return answer

    def ballot(self, round_: int) -> dict[str, Any]:
        """A new ballot, newer than all before."""
        self.sequence += 1
        weights = {name: float(self.rng.randint(1, 100)) for name in self.hall.asked}
        self.sent[round_, self.sequence] = weights
        return {"round": round_, "weights": weights, "sequence": self.sequence}

    async def send(self, body: Mapping[str, Any]) -> Answer:
        """Send a ballot."""
        answer = await self.line.ask("vote", "PUT", f"{self.hall.at}/ballot", body, self.token)
        if answer.status == 200:
            self.received = max(self.received, (body["round"], body["sequence"]))
        return answer

    async def own(self, round_: int) -> Answer:
        """What the room has of one's ballot."""
        return await self.line.ask(
            "own", "GET", f"{self.hall.at}/ballot?round={round_}", token=self.token
        )

    def fault(self, kept: Mapping[str, Any]) -> str:
        """What is wrong with what the room has of the newest round that it acknowledged.

        It may be newer than what was acknowledged, if it was sent: the answer was lost.
        """
        round_, sequence = self.received
        if round_ == 0:
            return ""
        if kept.get("round") != round_:
            return f"lost: ballot {sequence} of round {round_} is not there"
        if kept["sequence"] < sequence:
            return f"lost: ballot {sequence} was acknowledged, {kept['sequence']} is there"
        if kept["weights"] != self.sent.get((round_, kept["sequence"])):
            return f"changed: ballot {kept['sequence']} of round {round_} is another than was sent"
        return ""

    async def watch(self) -> None:
        """Follow the events for good; where the stream breaks it is opened again."""
        while True:
            writer = None
            try:
                reader, writer = await asyncio.open_connection(self.line.host, self.line.port)
                writer.write(self.line.request("GET", f"{self.hall.at}/events", None, ""))
                await head(reader)
                while line := await reader.readline():
                    if line.startswith(b"data: "):
                        self.state = json.loads(line[6:])
                        self.changed.set()
            except (OSError, EOFError):
                pass
            finally:
                if writer is not None:
                    writer.close()
            await asyncio.sleep(1)

    async def until(self, phase: str, round_: int) -> None:
        """Return once the room is, as far as the events say, in that phase and round."""
        while (self.state.get("phase"), self.state.get("round")) != (phase, round_):
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), TIMEOUT)
            except TimeoutError as error:
                raise RuntimeError(f"the room did not tell of {phase}, but {self.state}") from error
