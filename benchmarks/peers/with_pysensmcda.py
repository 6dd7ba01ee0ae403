"""SMAA-2 as pySensMCDA has it, with a method of pymcdm's, and its pairwise winning indices."""

import numpy as np
from _timed import timed
from pymcdm.methods import WSM
from pysensmcda.robustness import pairwise_winning_indices
from pysensmcda.smaa import smaa2


def sampled(values: np.ndarray, weights: np.ndarray) -> object:
    method = WSM(lambda column, cost=False: column)
    found = smaa2(method, values, np.ones(values.shape[1]), num_samples=len(weights), seed=1)
    return found, pairwise_winning_indices(found.simulation.rankings)


timed(sampled)
