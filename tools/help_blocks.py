"""Write the help of each command into docs/operations.md, between its markers.

Run it after a command changed; tests/test_docs.py says when that is due.
"""

import re
from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from selector.cli import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "operations.md"
BEGIN, END = "<!-- help: begin -->", "<!-- help: end -->"


def commands() -> list[str]:
    """The names of all commands, in the order of the help; those of a group behind its name."""
    names = _names(app)
    for group in app.registered_groups:
        inner = _names(group.typer_instance) if group.typer_instance else []
        names += [str(group.name), *(f"{group.name} {name}" for name in inner)]
    return names


def _names(of: Typer) -> list[str]:
    return [c.name or c.callback.__name__ for c in of.registered_commands if c.callback]


def help_of(command: str = "") -> str:
    """What `selector COMMAND --help` prints on a terminal 80 columns wide."""
    arguments = [*command.split(), "--help"]
    result = CliRunner().invoke(app, arguments, prog_name="selector", env={"COLUMNS": "80"})
    return result.output.strip()


def blocks() -> str:
    """All help texts as they stand on the page."""
    parts = []
    for command in ["", *commands()]:
        asked = f"selector {command} --help".replace("  ", " ")
        parts.append(f"```text\n$ {asked}\n{help_of(command)}\n```")
    return "\n\n".join(parts)


def written(page: str) -> str:
    """The page with the help texts of now between the markers."""
    return re.sub(
        f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n\n{blocks()}\n\n{END}", page, flags=re.DOTALL
    )


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
