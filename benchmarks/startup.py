"""How long a whole command takes, against a bare Python that imports the libraries it needs."""

import statistics
import subprocess
import sys
import time
from typing import NamedTuple


class Result(NamedTuple):
    """Median seconds of ours and the peer's, and the median of the ratios pair by pair.

    `said` is what else one wants to know.
    """

    what: str
    ours: float
    against: str
    peer: float
    ratio: float
    wanted: float
    said: str = ""


def ranking_a_decision(runs: int = 15) -> Result:
    """`selector rank support-assistant` against importing numpy, yaml and pydantic, in turn."""
    ours = [sys.executable, "-m", "selector", "rank", "support-assistant"]
    peer = [sys.executable, "-c", "import numpy, yaml, pydantic"]
    pairs = [(_seconds(ours), _seconds(peer)) for _ in range(runs + 1)][1:]  # one to warm up
    return Result(
        "selector rank support-assistant",
        statistics.median(a for a, _ in pairs),
        "import numpy, yaml, pydantic",
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        2.5,
    )


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start
