"""Weights over a tree: shares among siblings, multiplied down to global weights."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def global_weights(parents: Sequence[int], shares: Array) -> Array:
    """The global weight of each node.

    `parents` (nodes,) gives each node's parent by index, -1 at the top, parents before children;
    `shares` (nodes,) sum to 1 among siblings. Those of the leaves sum to 1.
    """
    weights: list[float] = []  # plain numbers: quicker than an array, one by one
    for parent, share in zip(parents, shares.tolist(), strict=True):
        weights.append(share if parent < 0 else share * weights[parent])
    return np.array(weights, dtype=np.float64)
