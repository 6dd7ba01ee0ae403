"""Decisions to rank, and clusters that are started once."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from selector.scale.clusters import Workers, processes


def decision(number: int, rows: int = 4, columns: int = 5) -> str:
    """A decision with exact performances, ranges and unknowns."""
    rng = np.random.default_rng(number)
    lines = [f"id: d{number}", f"title: Decision {number}", "criteria:"]
    lines += [
        f"  - {{id: c{c}, weight: {rng.integers(1, 9)}, value: {{worst: 0, best: 100}}}}"
        for c in range(columns)
    ]
    lines.append("alternatives:")
    for a in range(rows):
        cells = []
        for c in range(columns):
            x, kind = 90 * rng.random(), rng.random()
            shown = f"{x:.1f}" if kind < 0.5 else f"[{x:.1f}, {x + 9:.1f}]"
            cells.append(f"c{c}: {'null' if kind > 0.9 else shown}")
        lines.append(f"  - {{id: a{a}, name: A{a}, performance: {{{', '.join(cells)}}}}}")
    return "\n".join(lines) + "\n"


NOBODY = """id: nobody
title: Nobody is fast enough
criteria: [{id: speed, name: Speed, value: {worst: 0, best: 10}}]
alternatives:
  - {id: a, name: A, performance: {speed: 1}}
  - {id: b, name: B, performance: {speed: 2}}
requirements: [{criterion: speed, at_least: 9}]
"""
SET = "id: s\nname: S\ncriteria: [{id: c, measure: {fact: uptime_sla}}]\n"
BAD = "id: bad\ntitel: Misspelt\ncriteria: [{id: speed}]\n"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Nine good decisions, one without a winner, two bad files, and files of other kinds."""
    folder = tmp_path / "mixed"
    (folder / "later").mkdir(parents=True)
    for number in range(9):
        place = folder if number < 5 else folder / "later"
        (place / f"d{number}.yaml").write_text(decision(number), encoding="utf-8")
    (folder / "nobody.yaml").write_text(NOBODY, encoding="utf-8")
    (folder / "bad.yaml").write_text(BAD, encoding="utf-8")
    (folder / "broken.yaml").write_text("id: [\n", encoding="utf-8")
    (folder / "set.yaml").write_text(SET, encoding="utf-8")
    (folder / "_draft.yaml").write_text("id: [\n", encoding="utf-8")
    for name in ("vendors", ".hidden"):
        (folder / name).mkdir()
        (folder / name / "v.yaml").write_text("id: [\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def two() -> Iterator[Workers]:
    """Two worker processes."""
    with processes(2) as workers:
        yield workers


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A scheduler with one worker that listens on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
    ) as cluster:
        yield cluster.scheduler_address
