"""The keys of each command's JSON are those that the documentation names."""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from selector.catalog.library import shipped_home
from selector.cli import app
from tests.test_docs import ROOT, TEXTS, _rows, home
from tools import help_blocks

EXAMPLES = {
    "rank": ["support-assistant"],
    "vendor": ["openai-api"],
    "compose": ["startup-one-cloud"],
    "portfolio": [str(shipped_home() / "decisions")],
    "start": [str(ROOT / "docs" / "examples" / "answers.yaml")],
}
SAME = ("weights", "coverage", "cost", "methods", "robustness", "scenarios", "stakeholders")
EXAMPLES |= dict.fromkeys(SAME, EXAMPLES["rank"])
FROZEN = Path(tempfile.mkdtemp()) / "frozen.json"
EXAMPLES |= {"verify": [str(FROZEN)], "check": [*EXAMPLES["rank"], "--against", str(FROZEN)]}
KEYS_NAMED = _rows(TEXTS["docs/operations.md"].split("## The commands")[1], "command")


@pytest.mark.parametrize("command", KEYS_NAMED)
def test_the_json_keys_of_a_command_are_those_named(command: str) -> None:
    _, name, *options = command.split()
    if name in ("verify", "check") and not FROZEN.exists():
        CliRunner().invoke(app, ["freeze", "support-assistant", "--to", str(FROZEN)])
    arguments = [name, *EXAMPLES.get(name, []), *options, "--format", "json"]
    empty = {"SELECTOR_DATABASE_URL": f"sqlite:///{FROZEN.with_name('rooms.sqlite3')}"}
    made = json.loads(CliRunner().invoke(app, arguments, env=empty).stdout)
    assert sorted(re.findall(r"`(\w+)`", KEYS_NAMED[command][1])) == sorted(made)


def test_the_keys_of_rows_are_those_named(home: Path) -> None:
    path = home / "knocked-out.yaml"
    text = (home / "decisions" / "first.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("at_most: 10_000", "at_most: 7_000"), encoding="utf-8")
    page = TEXTS["docs/operations.md"].split("## The commands")[1]
    lists: dict[str, list[dict[str, Any]]] = {}
    for command in (
        ["compose", "startup-one-cloud"],
        ["rank", str(path)],
        ["weights", str(path)],
        ["vendors"],
        ["portfolio", str(path)],
        ["cost", "support-assistant"],
        ["scenarios", "support-assistant"],
    ):
        made = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).stdout)
        lists |= {key: rows for key, rows in made.items() if isinstance(rows, list)}
    path.unlink()
    for name, cells in _rows(page, "rows of").items():
        assert sorted(re.findall(r"`(\w+)`", cells[1])) == sorted(lists[name][0]), name


def test_every_command_with_json_has_its_keys_named() -> None:
    with_json = {c for c in help_blocks.commands() if "--format" in help_blocks.help_of(c)}
    named = {command.removeprefix("selector ").partition(" --")[0] for command in KEYS_NAMED}
    assert with_json == named


__all__ = ["home"]  # a fixture
