"""`python -m selector.ui`: the packaged app, from any folder."""

from __future__ import annotations

import argparse
import os

from selector.catalog.library import HOME_VARIABLE


def main() -> None:
    """Read where to listen and which home to use, then serve until stopped."""
    parser = argparse.ArgumentParser(prog="selector ui", description="Open the app.")
    parser.add_argument("--port", type=int, default=8501, help="the port to serve on")
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve on")
    parser.add_argument(
        "--home", help="a folder with vendors/, criteria/ and decisions/ of one's own"
    )
    chosen = parser.parse_args()
    if chosen.home:
        os.environ[HOME_VARIABLE] = os.path.abspath(chosen.home)

    from selector.ui.app import serve

    print(f"Selector: http://{chosen.host}:{chosen.port}", flush=True)
    serve(chosen.port, chosen.host)


if __name__ == "__main__":
    main()
