"""What the scripts of this folder share; it needs nothing but numpy."""

import sys
import time
from collections.abc import Callable

import numpy as np


def timed(work: Callable[[np.ndarray, np.ndarray], object]) -> None:
    """Print the seconds that the work takes on a table and so many drawn weights."""
    rows, columns, samples = (int(word) for word in sys.argv[1:4])
    rng = np.random.default_rng(1)
    values, weights = rng.random((rows, columns)), rng.dirichlet(np.ones(columns), samples)
    work(values, weights[:20])
    start = time.perf_counter()
    work(values, weights)
    print(time.perf_counter() - start)
