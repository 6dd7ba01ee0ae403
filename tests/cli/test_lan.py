"""`selector ui --lan`: the address that phones reach, in big letters and in what they open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from selector.ui import __main__ as command
from selector.ui.__main__ import lan_address
from selector.workshop.web.house import SITE_VARIABLE
from tests.load.server import free_port, wait_until_up
from tests.workshop.rooms import DECISION

PATIENCE = 60  # seconds
ADDRESS = lan_address()
GIVEN = [] if ADDRESS else ["--host", "127.0.0.2"]  # where this computer is in no network


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of a server that was started so, and what it has printed."""
    port, printed = free_port(), tmp_path / "printed"
    environment = {k: v for k, v in os.environ.items() if k != SITE_VARIABLE}
    with printed.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "selector", "ui", "--lan", *GIVEN, "--port", str(port)],
            stdout=out,
            env=environment | {"SELECTOR_DATA": str(tmp_path)},
        )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/api/health", process)
        yield port, printed
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_phones_are_led_to_the_address_of_the_network(served: tuple[int, Path]) -> None:
    port, printed = served
    phones = f"http://{ADDRESS or GIVEN[1]}:{port}"
    end = time.monotonic() + PATIENCE
    while phones not in printed.read_text() and time.monotonic() < end:
        time.sleep(0.1)
    lines = printed.read_text().splitlines()
    assert lines[0] == f"Selector: http://127.0.0.1:{port}"
    place = lines.index(f"| Phones: {phones} |")
    assert lines[place - 1] == lines[place + 1] == "=" * len(lines[place])
    made = httpx2.post(
        f"http://127.0.0.1:{port}/api/workshops", json={"decision": DECISION}, timeout=PATIENCE
    ).json()
    assert made["join_url"] == f"{phones}/join/{made['code']}"
    assert httpx2.get(made["join_url"], timeout=PATIENCE).status_code == 200
    shown = httpx2.get(f"http://127.0.0.1:{port}/show/{made['code']}", timeout=PATIENCE).text
    assert made["join_url"] in shown
    # From the network itself a room is not opened without a key.
    away = httpx2.post(f"{phones}/api/workshops", json={"decision": DECISION}, timeout=PATIENCE)
    assert away.status_code in ((401, 403) if ADDRESS else (201,))


def test_without_a_network_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Alone(socket.socket):
        def connect(self, _address: object) -> None:
            raise OSError("network is unreachable")

    monkeypatch.setattr(command.socket, "socket", Alone)
    monkeypatch.setattr(sys, "argv", ["selector ui", "--lan"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    assert "this computer is in no network" in capsys.readouterr().err
