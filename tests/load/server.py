"""The app in a process of its own, for the tests that visit it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

TIMEOUT = 120.0  # seconds in which the app must be up
_AT_REST = 0.05  # seconds of a processor in half a second
ROOT = Path(__file__).resolve().parents[2]
PACKAGED = ("-m", "selector.ui", "--port")
FROM_ROOT = ("-m", "streamlit", "run", "app.py", "--server.port")


class Server(NamedTuple):
    """Where the app is served, and the process that does it."""

    address: str
    process: subprocess.Popen[bytes]

    @property
    def memory(self) -> float:
        """What it takes now, MB."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6

    @property
    def worked(self) -> float:
        """Seconds of a processor that it has taken so far."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)

    def rest(self) -> None:
        """Return once it works at nothing: it has loaded what pages to come will want."""
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            before = self.worked
            time.sleep(0.5)
            if self.worked - before < _AT_REST:
                return


@contextmanager
def started(
    command: tuple[str, ...] = PACKAGED, alive: str = "/api/health", port: int = 0
) -> Iterator[Server]:
    """Run the app on a free port, or on the one given, and end the process afterwards.

    It is up when it answers at the path `alive`.
    """
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address + alive, process)
        yield Server(address, process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(
    command: tuple[str, ...] = PACKAGED, alive: str = "/api/health", port: int = 0
) -> Iterator[str]:
    """The same where only the address is wanted."""
    with started(command, alive, port) as server:
        yield server.address


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
