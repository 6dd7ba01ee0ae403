"""Rank acceptability by a loop over scikit-criteria's weighted sum; it has no such sampling."""

import numpy as np
from _timed import timed
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel


def looped(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    table, method = mkdm(values, [max] * values.shape[1]), WeightedSumModel()
    places = np.arange(len(values))
    counts = np.zeros((len(values), len(values)))
    for one in weights:
        counts[places, method.evaluate(table.copy(weights=one)).rank_ - 1] += 1
    return counts


timed(looped)
