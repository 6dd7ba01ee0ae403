"""`python -m selector.ui`: the packaged app, from any folder."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from typing import NoReturn

from selector.catalog.library import HOME_VARIABLE, Library
from selector.domain.problem import UsageError

MOST = 65_535  # the highest port


def is_free(host: str, port: int) -> bool:
    """Whether one can listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def _refuse(why: str) -> NoReturn:
    print(f"selector: {why}", file=sys.stderr)
    sys.exit(2)


def main() -> None:
    """Read where to listen and which home to use, then serve until stopped."""
    parser = argparse.ArgumentParser(prog="selector ui", description="Open the app.")
    parser.add_argument("--port", type=int, default=8501, help="the port to serve on")
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve on")
    parser.add_argument(
        "--home", help="a folder with vendors/, criteria/ and decisions/ of one's own"
    )
    chosen = parser.parse_args()
    if not 1 <= chosen.port <= MOST:
        _refuse(f"--port {chosen.port}: not a port; write 1 to {MOST}")
    if chosen.home:
        os.environ[HOME_VARIABLE] = os.path.abspath(chosen.home)
    try:
        Library()
    except UsageError as error:
        _refuse(str(error))
    if not is_free(chosen.host, chosen.port):
        where = f"port {chosen.port} on {chosen.host}"
        _refuse(f"{where} is in use; choose another with --port")

    from selector.ui.app import serve

    print(f"Selector: http://{chosen.host}:{chosen.port}", flush=True)
    serve(chosen.port, chosen.host)


if __name__ == "__main__":
    main()
