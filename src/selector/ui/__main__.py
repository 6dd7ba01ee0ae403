"""`python -m selector.ui`: the packaged app, from any folder."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from typing import NoReturn

from selector.catalog.library import HOME_VARIABLE, Library
from selector.domain.problem import UsageError

SITE_VARIABLE = "SELECTOR_URL"  # as selector.workshop.web.house has it, which is slow to load
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


def lan_address() -> str:
    """The address of this computer by which others in its network reach it; empty without one.

    Nothing is sent: the system is only asked by which way it would send to an address outside.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: nobody has it
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if found.startswith(("127.", "0.")) else found


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
    parser.add_argument(
        "--lan", action="store_true", help="serve to phones in the same network, for a workshop"
    )
    chosen = parser.parse_args()
    site = ""
    if chosen.lan:
        address = lan_address() if chosen.host in ("127.0.0.1", "0.0.0.0") else chosen.host  # noqa: S104
        if not address:
            _refuse(
                "--lan: this computer is in no network; join one, or open a hotspot and try again"
            )
        chosen.host = "0.0.0.0"  # noqa: S104 - asked for by name
        site = f"http://{address}:{chosen.port}"
        os.environ.setdefault(SITE_VARIABLE, site)
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

    here = "127.0.0.1" if chosen.lan else chosen.host
    print(f"Selector: http://{here}:{chosen.port}", flush=True)
    if site:
        told = f"Phones: {os.environ[SITE_VARIABLE]}"
        bar = "=" * (len(told) + 4)
        print(f"\n{bar}\n| {told} |\n{bar}\n", flush=True)
        print("Whoever is in this network can open the app and the working copies whose address")
        print("they know; rooms are opened on this computer alone.", flush=True)
    serve(chosen.port, chosen.host)


if __name__ == "__main__":
    main()
