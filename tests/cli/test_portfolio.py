"""`selector portfolio`, and long sampling on workers: keys, exit codes, words, Ctrl-C."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from selector.catalog.library import shipped_home
from tests.cli.terminal import read_until
from tests.cli.test_commands import SHIPPED, SOURCES, Run, run, small
from tests.scale.conftest import address, decision, mixed

__all__ = ["address", "mixed", "run", "small"]
DECISIONS = shipped_home() / "decisions"


def test_a_portfolio_has_the_keys_of_the_contract(run: Run) -> None:
    answer = run("portfolio", DECISIONS, "--samples", 500, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    rows = answer.data["decisions"]
    assert SHIPPED in {row["decision"] for row in rows}
    for row in rows:
        assert {"decision", "winner", "first_rank_acceptability", "warnings"} <= set(row)
        assert 0 <= row["first_rank_acceptability"] <= 1
        assert all(isinstance(text, str) for text in row["warnings"])
        ranked = run("rank", row["decision"], "--format", "json").data
        assert ranked["ranking"][0]["alternative"] == row["winner"]
        assert ranked["version"] == row["version"]
    assert sum(answer.data["winners"].values()) == len(rows)


def test_bad_files_are_told_at_the_end_and_the_others_are_printed(run: Run, mixed: Path) -> None:
    answer = run("portfolio", mixed, "--samples", 99, "--format", "json")
    assert answer.code == 2
    rows = {row["decision"]: row for row in answer.data["decisions"]}
    assert len([row for row in rows.values() if row["winner"]]) == 9
    assert rows["nobody"]["winner"] is None
    assert answer.data["unusable"] == 2
    for problem in rows["bad"]["errors"]:
        said = "{path}:{line}:{column}: {what}; {instead}".format(**problem)
        assert said in answer.err.splitlines()
    assert "broken.yaml:2:1: not YAML" in answer.err
    assert "Traceback" not in answer.err


def test_people_read_one_table(run: Run, mixed: Path) -> None:
    out = run("portfolio", mixed, "--samples", 99).out
    assert re.search(r"^d0 +A\d .*", out, re.M)
    assert re.search(r"^nobody +none$", out, re.M)
    assert re.search(r"bad\.yaml +cannot be used$", out, re.M)
    assert "nobody: Every alternative fails a requirement." in out
    assert "2 that cannot be used. 99 draws each, seed 1." in out
    assert "acceptability" not in out


ONE = """id: {id}
title: One
method: {method}
criteria:
  - {{id: speed, name: Speed, value: {{worst: 0, best: 10}}}}
  - {{id: room, name: Room, value: {{worst: 0, best: 10}}}}
alternatives:
  - {{id: a, name: {name}, performance: {{speed: 2, room: [3, 9]}}}}
  - {{id: b, name: Other, performance: {{speed: 3, room: 4}}}}
"""


def test_a_row_is_of_one_method_and_says_which(run: Run, tmp_path: Path) -> None:
    for method in ("weighted_sum", "topsis", "edas"):
        text = ONE.format(id=method, method=method, name="Ours")
        (tmp_path / f"{method}.yaml").write_text(text, encoding="utf-8")
    out = run("portfolio", tmp_path, "--samples", 1000).out
    lines = {line.split()[0]: line for line in out.splitlines()[1:4]}
    assert lines["weighted_sum"].endswith("  weighted sum")
    assert lines["topsis"].endswith("  TOPSIS")
    assert lines["edas"].endswith("  EDAS, shares weighted sum")
    for line in lines.values():  # two alternatives share all draws
        figures = [int(cell) for cell in re.split(r"  +", line) if cell.isdigit()]
        assert sum(figures) in (99, 100, 101)


def test_who_leads_how_many_is_told_by_name(run: Run, tmp_path: Path) -> None:
    for name in ("Alpha", "Beta"):  # the id is the same, yet they are two
        text = ONE.format(id=name.lower(), method="weighted_sum", name=name)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    answer = run("portfolio", tmp_path, "--samples", 99)
    assert "First in so many: Alpha 1, Beta 1." in answer.out
    assert run("portfolio", tmp_path, "--format", "json").data["winners"] == {"a": 2}


def test_a_folder_laid_out_as_a_home_is_its_own_home(run: Run, tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "own.yaml").write_text(
        "id: own\nname: Own\ncriteria: [{id: c, value: {worst: 0, best: 1}}]\n"
    )
    (tmp_path / "decisions" / "d.yaml").write_text(
        "id: d\ntitle: D\ncriteria: own\nalternatives: [{id: a, performance: {c: 1}}]\n"
    )
    assert run("portfolio", tmp_path, "--format", "json").data["winners"] == {"a": 1}


def test_workers_and_a_scheduler_print_the_same(run: Run, mixed: Path, address: str) -> None:
    for command in (["portfolio", mixed], ["robustness", SHIPPED]):
        asked = [*command, "--samples", 40_000, "--seed", 3, "--format", "json"]
        here = run(*asked)
        assert run(*asked, "--scheduler", address) == here
    assert run(*asked, "--workers", 1) == here


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--workers", 0], "write 1 to "),
        (["--workers", 9999], "workers are more than this machine can use; write 1 to "),
        (["--workers", 1, "--scheduler", "tcp://127.0.0.1:1"], "name one of the two"),
        (["--scheduler", "nonsense"], "write it as tcp://host:8786"),
        (["--weights", "even"], "write uniform"),
        (["--samples", 0], "at least 1 sample"),
    ],
)
def test_bad_usage_ends_with_2(run: Run, mixed: Path, arguments: list[object], words: str) -> None:
    answer = run("portfolio", mixed, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_nobody_at_the_address_ends_with_2(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selector.scale.clusters.WAIT_SECONDS", 0.5)
    answer = run("robustness", small, "--scheduler", "tcp://127.0.0.1:1")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("selector: no scheduler answers at tcp://127.0.0.1:1 within")


def _heeds_ctrl_c() -> None:
    """As in a terminal: what a script starts in the background ignores it from the beginning."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def on_a_terminal(*arguments: object) -> tuple["subprocess.Popen[bytes]", int]:
    """The command in a process group of its own, with a terminal for standard error."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "selector", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        preexec_fn=_heeds_ctrl_c,
    )
    os.close(theirs)
    return started, ours


def test_a_terminal_sees_how_many_are_done(mixed: Path) -> None:
    started, terminal = on_a_terminal("portfolio", mixed, "--samples", 99)
    said = read_until(terminal)
    os.close(terminal)
    assert started.wait() == 2
    assert re.search(r"\r\d+ of 13 decisions, \d+:\d\d left", said)
    assert "\r13 of 13 decisions " in said


def test_ctrl_c_ends_the_run_and_its_workers(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"d{number}.yaml").write_text(decision(number), encoding="utf-8")
    started, terminal = on_a_terminal("portfolio", tmp_path, "--samples", 6_000_000, "--workers", 2)
    read_until(terminal, rb"of 40 decisions")
    workers = psutil.Process(started.pid).children(recursive=True)
    assert workers
    os.killpg(started.pid, signal.SIGINT)
    said = read_until(terminal)
    os.close(terminal)
    assert started.wait() == 130
    assert "Traceback" not in said
    end = time.monotonic() + 60
    while any(w.is_running() and w.status() != "zombie" for w in workers):
        assert time.monotonic() < end, "a worker runs on"
        time.sleep(0.05)
