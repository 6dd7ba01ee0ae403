"""How results are printed: on a full disk, on a narrow terminal, and where nobody looks."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector.cli_output import columns
from tests.cli.terminal import read_until
from tests.cli.test_commands import SHIPPED, SOURCES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", [["rank", SHIPPED], ["vendors", "--format", "json"]])
def test_a_full_disk_is_said_in_one_line(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "selector", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
        )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("selector: the result cannot be written: ")


@given(
    st.lists(st.tuples(st.text(max_size=300), st.integers(0, 10**6)), max_size=5),
    st.integers(40, 200),
)
def test_columns_fit_the_width_and_leave_figures_whole(
    rows: list[tuple[str, int]], width: int
) -> None:
    lines = columns(["Alternative", "first"], [[a, str(b)] for a, b in rows], {1}, width)
    assert all(len(line) <= width for line in lines)
    assert all(
        line.endswith(str(figure)) for line, (_, figure) in zip(lines[1:], rows, strict=True)
    )


def test_what_fits_is_not_shortened_and_a_long_name_ends_in_an_ellipsis() -> None:
    assert columns(["A", "B"], [["short", "1"]], {1}, 80) == ["A      B", "short  1"]
    _, row = columns(["A", "B"], [["long" * 75, "1"]], {1}, 40)
    assert (len(row), row[-4:]) == (40, "…  1")
    _, row = columns(["A", "B"], [["long" * 75, "1"]], {1})  # nobody looks: whole
    assert len(row) == 303


def test_a_terminal_reads_a_vendor_with_each_source_on_a_line_of_its_own() -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(SOURCES), "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "selector", "vendor", "openai-api"]
    started = subprocess.Popen(command, stdout=theirs, env=env)
    os.close(theirs)
    said = read_until(ours)
    os.close(ours)
    assert started.wait() == 0
    lines = [line.rstrip("\r") for line in said.splitlines()]
    tables = [line for line in lines[2:] if not line.startswith(("    ", "Offer"))]
    assert all(len(line) <= 80 for line in tables)
    assert any(line.startswith("    https://") for line in lines)
