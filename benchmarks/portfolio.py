"""A portfolio of many decisions on worker processes: two against one."""

import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.startup import Result
from selector.analysis.portfolio import Row
from selector.scale.portfolio import portfolio

DECISIONS = 1_000
ROWS, GROUPS, LEAVES = 8, 5, 5  # 8 alternatives, 25 leaves in 5 groups
SAMPLES = 10_000


def many_decisions() -> Result:
    """All of `selector portfolio`, reading and the start of the workers included."""
    with tempfile.TemporaryDirectory() as folder:
        write_decisions(Path(folder), DECISIONS)
        one, alone = _timed(folder, 1)
        two, together = _timed(folder, 2)
    if one != two:
        raise AssertionError("two workers came to another result than one")
    what = f"{DECISIONS:,} decisions, {ROWS}×{GROUPS * LEAVES}, {SAMPLES:,} samples each"
    against = (
        f"one worker: {DECISIONS / alone:.0f} decisions a second, with two "
        f"{DECISIONS / together:.0f}, {alone / together:.2f} times as fast, the same rows"
    )
    return Result(what, together, against, alone, together / alone, 0.65)


def _timed(folder: str, workers: int) -> tuple[list[Row], float]:
    start = time.perf_counter()
    rows = portfolio(folder, SAMPLES, workers=workers)
    return rows, time.perf_counter() - start


def write_decisions(folder: Path, count: int) -> None:
    """Decisions with exact performances (7 of 10), ranges (2 of 10) and unknowns."""
    rng = np.random.default_rng(1)
    for number in range(count):
        (folder / f"d{number:04}.yaml").write_text(_decision(number, rng), encoding="utf-8")


def _decision(number: int, rng: np.random.Generator) -> str:
    leaves = [f"g{group}c{leaf}" for group in range(GROUPS) for leaf in range(LEAVES)]
    lines = [f"id: d{number:04}", f"title: Decision {number}", "as_of: 2026-11-24", "criteria:"]
    for group in range(GROUPS):
        lines += [f"  - id: g{group}", f"    weight: {rng.integers(5, 50)}", "    children:"]
        lines += [
            f"      - {{id: {leaf}, weight: {rng.integers(1, 50)}, value: {{worst: 0, best: 100}}}}"
            for leaf in leaves[group * LEAVES : (group + 1) * LEAVES]
        ]
    lines.append("alternatives:")
    for row in range(ROWS):
        given = ", ".join(f"{leaf}: {_performance(rng)}" for leaf in leaves)
        lines.append(f"  - {{id: a{row}, name: Alternative {row}, performance: {{{given}}}}}")
    return "\n".join(lines) + "\n"


def _performance(rng: np.random.Generator) -> str:
    kind, x = rng.random(), 90 * rng.random()
    if kind < 0.7:
        return f"{x:.2f}"
    return f"[{x:.2f}, {x + 10:.2f}]" if kind < 0.9 else "null"
