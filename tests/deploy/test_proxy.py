"""The proxy of deploy/ at work: a real Caddy by our Caddyfile, before two processes of rooms."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from selector.workshop.store.engine import URL_VARIABLE
from tests.deploy.test_by_their_tools import DEPLOY, tool
from tests.load.house import COMMAND
from tests.load.server import Server, free_port, started, wait_until_up
from tests.workshop.rooms import DECISION

PATIENCE = 20.0  # seconds, far more than anything here takes
KEY = "the key of this test"
SLOW = 2  # seconds here, in which a browser must have said what it wants


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """Two processes of one database."""
    rooms = tmp_path_factory.mktemp("rooms") / "rooms.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(URL_VARIABLE, f"sqlite:///{rooms}")
        patch.setenv("SELECTOR_ADMIN_KEY", KEY)
        with started(COMMAND) as one, started(COMMAND) as two:
            yield one, two


@pytest.fixture(scope="module")
def proxy(
    servers: tuple[Server, Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the proxy, by our file but for names, TLS and the time for headers."""
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    for ours, here in (
        ("app1:8501", servers[0].address),
        ("app2:8501", servers[1].address),
        ("read_header 10s", f"read_header {SLOW}s"),
        ("{\n\tservers", "{\n\tadmin off\n\tservers"),
    ):
        assert text.count(ours) == 1
        text = text.replace(ours, here)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [tool("caddy"), "run", "--adapter", "caddyfile", "--config", "Caddyfile"],
        cwd=folder,
        env=os.environ | {"SELECTOR_SITE": address, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_up(f"{address}/api/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _opened(proxy: str) -> dict[str, Any]:
    answer = httpx2.post(
        f"{proxy}/api/workshops",
        json={"decision": DECISION},
        headers={"authorization": f"Bearer {KEY}"},
        timeout=PATIENCE,
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_events_are_passed_on_as_they_come(proxy: str) -> None:
    room = _opened(proxy)
    at, key = f"{proxy}/api/workshops/{room['code']}", room["facilitator_token"]
    headers = {"accept-encoding": "gzip", "authorization": f"Bearer {key}"}
    with httpx2.stream("GET", f"{at}/events", headers=headers, timeout=PATIENCE) as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in events.headers  # which would hold them together
        lines = events.iter_lines()
        assert '"lobby"' in next(line for line in lines if line.startswith("data: "))
        httpx2.post(f"{at}/phase", json={"phase": "voting"}, headers=headers, timeout=PATIENCE)
        assert '"voting"' in next(line for line in lines if line.startswith("data: "))


def test_what_is_read_at_once_is_made_small(proxy: str) -> None:
    room = _opened(proxy)
    answer = httpx2.get(
        f"{proxy}/join/{room['code']}", headers={"accept-encoding": "gzip"}, timeout=PATIENCE
    )
    assert answer.headers["content-encoding"] == "gzip"


def test_who_sends_headers_slowly_is_let_go_and_nobody_else(proxy: str) -> None:
    host, _, port = proxy.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as slow:
        slow.sendall(b"GET /api/health HTTP/1.1\r\nHost: selector\r\n")
        begun = time.monotonic()
        slow.settimeout(SLOW / 10)
        while time.monotonic() - begun < PATIENCE:
            assert httpx2.get(f"{proxy}/api/health", timeout=PATIENCE).status_code == 200
            try:
                slow.sendall(b"X-Slow: 1\r\n")
                if slow.recv(1000) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:  # closed by the proxy while we wrote
                break
        else:
            pytest.fail("headers may be sent for ever")


def test_a_visitor_stays_with_a_process_until_that_ends(
    proxy: str, servers: tuple[Server, Server]
) -> None:
    """The last test here: it ends a process."""
    room = _opened(proxy)
    visitors: dict[str, httpx2.Client] = {}
    while len(visitors) < len(servers):  # one with each process, by lot
        visitor = httpx2.Client(base_url=proxy, timeout=PATIENCE)
        visitor.get("/api/health")
        visitors.setdefault(visitor.cookies["selector_process"], visitor)
    for visitor in visitors.values():
        seen = {visitor.get("/api/health").headers.get("set-cookie") for _ in range(10)}
        assert seen == {None}
    servers[0].process.terminate()
    servers[0].process.wait(PATIENCE)
    for visitor in visitors.values():
        answer = visitor.get(f"/api/workshops/{room['code']}")
        assert (answer.status_code, answer.json()["phase"]) == (200, "lobby")
    assert len({visitor.cookies["selector_process"] for visitor in visitors.values()}) == 1
    for visitor in visitors.values():
        visitor.close()
