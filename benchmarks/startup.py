"""How long a whole command takes, against a bare Python that imports the libraries it needs."""

import subprocess
import sys
from functools import partial

from benchmarks.timing import Result, compared


def ranking_a_decision() -> Result:
    """`selector rank support-assistant` against importing numpy, yaml and pydantic, in turn."""
    ours = [sys.executable, "-m", "selector", "rank", "support-assistant"]
    peer = [sys.executable, "-c", "import numpy, yaml, pydantic"]
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
    return compared(
        "selector rank support-assistant",
        partial(run, ours),
        "import numpy, yaml, pydantic",
        partial(run, peer),
        2.5,
    )
