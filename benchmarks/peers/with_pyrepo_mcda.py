"""Rank acceptability by a loop over pyrepo-mcda's weighted sum; its own SMAA is for VIKOR alone."""

import numpy as np
from _timed import timed
from pyrepo_mcda.additions import rank_preferences
from pyrepo_mcda.mcda_methods import SAW


def looped(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    method = SAW(normalization_method=lambda matrix, types: matrix)
    types, places = np.ones(values.shape[1]), np.arange(len(values))
    counts = np.zeros((len(values), len(values)))
    for one in weights:
        ranks = rank_preferences(method(values, one, types), reverse=True)
        counts[places, ranks.astype(int) - 1] += 1
    return counts


timed(looped)
