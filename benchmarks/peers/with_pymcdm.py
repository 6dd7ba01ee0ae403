"""Rank acceptability by a loop over pymcdm's weighted sum; it has no sampling of its own."""

import numpy as np
from _timed import timed
from pymcdm.methods import WSM


def looped(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    method = WSM(lambda column, cost=False: column)
    types, places = np.ones(values.shape[1]), np.arange(len(values))
    counts = np.zeros((len(values), len(values)))
    for one in weights:
        ranks = method.rank(method(values, one, types))
        counts[places, ranks.astype(int) - 1] += 1
    return counts


timed(looped)
