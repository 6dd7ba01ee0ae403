"""The app, and the version."""

import os
import sys
from typing import Annotated

import typer

from selector import cli_output as output
from selector.cli._app import Home, app, own_home
from selector.version import VERSION


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="The port to serve on.")] = 8501,
    host: Annotated[str, typer.Option(help="The address to serve on.")] = "127.0.0.1",
    home: Home = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Serve to phones in the same network, for a workshop.")
    ] = False,
) -> None:
    """Open the app."""

    own = own_home(home)
    given = [] if own is None else ["--home", str(own)]
    given += ["--lan"] if lan else []
    command = [sys.executable, "-m", "selector.ui", "--port", str(port), "--host", host, *given]
    # The app takes this process over: the command line never imports it, and a signal to stop
    # reaches it.
    os.execv(sys.executable, command)  # noqa: S606 - our own module, no shell


@app.command()
def version() -> None:
    """Print the version."""
    output.say([VERSION])
