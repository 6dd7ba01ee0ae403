"""The shape of the code: small files, one public surface, light imports, layers that hold."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import selector

ROOT = Path(__file__).resolve().parents[1]
SOURCES = Path(selector.__file__).resolve().parents[1]
CAP = 400
LONGER: dict[str, str] = {}
"""Files that may pass the cap, each with its reason."""

PYTHON = sorted(
    path
    for folder in ("src", "tests", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if name in LONGER:
        assert lines > CAP, f"{name} fits again: take it off the list"
        return
    assert lines <= CAP, f"{name} has {lines} lines: split it, or name the reason in LONGER"


def test_the_public_names_are_sorted_complete_and_found() -> None:
    names = selector.__all__
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    for name in names:
        assert getattr(selector, name) is not None
    homes = selector._HOMES
    assert set(homes) | {"__version__"} == set(names)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        selector.nonsense  # noqa: B018


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after running the code."""
    ending = "\nimport json, sys; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code + ending],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )
    return {name.partition(".")[0] for name in json.loads(done.stderr)}


HEAVY = {
    "matplotlib",
    "numba",
    "pandas",
    "plotly",
    "pyarrow",
    "scipy",
    "skcriteria",
    "sklearn",
    "streamlit",
}


def test_importing_selector_loads_nothing_heavy() -> None:
    loaded = loaded_by("import selector")
    assert loaded & (HEAVY | {"numpy", "yaml", "pydantic", "pydantic_core", "typer"}) == set()


@pytest.mark.parametrize(
    "command", [["rank", "support-assistant"], ["weights", "support-assistant"], ["vendors"]]
)
def test_a_command_loads_nothing_that_it_does_not_need(command: list[str]) -> None:
    code = (
        "from selector.cli import main\n"
        f"try: main({command!r})\n"
        "except SystemExit as end: assert end.code == 0, end.code"
    )
    assert loaded_by(code) & HEAVY == set()


def test_a_ranking_is_worked_out_without_pandas() -> None:
    code = (
        "import selector\n"
        "a = selector.analyse(selector.load('support-assistant'))\n"
        "a.ranking, a.weights, a.stability, a.version, a.warnings, a.evidence"
    )
    assert loaded_by(code) & HEAVY == set()


def test_a_ranking_with_stakeholders_does_not_look_for_camps(tmp_path: Path) -> None:
    people = tmp_path / "people.yaml"
    people.write_text(
        "{id: people, title: People, criteria: [{id: a, value: {worst: 0, best: 1}}], "
        "alternatives: [{id: x, performance: {a: 1}}], "
        "stakeholders: [{name: P, weights: {a: 2}}, {name: Q, weights: {a: 1}}, "
        "{name: R, weights: {a: 1}}]}"
    )
    code = f"import selector; a = selector.analyse(selector.load({str(people)!r})); a.notices"
    assert loaded_by(code) & HEAVY == set()


def test_the_app_opens_and_weighs_without_waiting_for_scikit_criteria() -> None:
    page = (
        "from selector.ui.router import pages\n"
        "from selector.ui.state import State\n"
        "next(page for page in pages() if page.name == '{name}').show(State())"
    )
    code = (
        "import logging; logging.disable()\n"
        "from streamlit.testing.v1 import AppTest\n"
        "for name in ('decision', 'weigh', 'compare'):\n"
        f"    test = AppTest.from_string({page!r}.format(name=name), default_timeout=60)\n"
        "    test.query_params['decision'] = 'support-assistant'\n"
        "    assert not test.run().exception, name"
    )
    assert loaded_by(code) & {"skcriteria", "sklearn", "matplotlib", "seaborn"} == set()


def test_lint_holds_the_layers() -> None:
    recipe = (ROOT / "Makefile").read_text().partition("\nlint:")[2].partition("\n\n")[0]
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert tool in recipe
    contracts = (ROOT / ".importlinter").read_text()
    assert "type = layers" in contracts
    assert "exhaustive = True" in contracts
    assert "$(MAKE) --no-print-directory lint" in (ROOT / "Makefile").read_text()


def test_the_layers_hold_now() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(lint), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in PYTHON
        if path.stat().st_size and not path.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]
    assert silent == []
