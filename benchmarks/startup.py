"""How long a whole command takes, against a bare Python that imports the libraries it needs."""

import os
import subprocess
import sys
from functools import partial

from benchmarks.timing import Result, compared

NO_CACHE = "PYTHONDONTWRITEBYTECODE"


def ranking_a_decision() -> Result:
    """`selector rank support-assistant` against importing numpy, yaml and pydantic, in turn."""
    ours = [sys.executable, "-m", "selector", "rank", "support-assistant"]
    peer = [sys.executable, "-c", "import numpy, yaml, pydantic"]
    # Python keeps compiled modules unless told not to; both sides start as on a usual machine.
    usual = {name: value for name, value in os.environ.items() if name != NO_CACHE}
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, env=usual)
    return compared(
        "selector rank support-assistant",
        partial(run, ours),
        "import numpy, yaml, pydantic",
        partial(run, peer),
        2.5,
    )
