"""CRITIC: a criterion weighs the more, the more it spreads and the less it repeats the others.

    z_ij = (x_ij - worst_j) / (best_j - worst_j),   C_j = s_j sum_k (1 - r_jk),   w_j = C_j / sum C

s is the standard deviation of a column of z, r the Pearson correlation of two. Normalisation: from
the worst (0) to the best (1) of the alternatives at hand, by objective. A constant column has
weight 0, and takes no part in the sums of the others. (Criteria Importance Through Intercriteria
Correlation.)

Source: Diakoulaki, D., Mavrotas, G. and Papayannakis, L., Determining objective weights in multiple
criteria problems: The CRITIC method, Computers & Operations Research 22 (7), 1995, 763-770,
doi:10.1016/0305-0548(94)00059-H.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.weighting._columns import Array, ColumnError, checked, is_constant, shares


def critic_weights(matrix: Array, is_max: NDArray[np.bool_]) -> Array:
    """Weights (criteria,) of sum 1 from a matrix (alternatives, criteria) and its objectives.

    `is_max` (criteria,) says where more is better. Raises ColumnError for fewer than two
    alternatives, no differences at all, or columns that all repeat each other.
    """
    table = checked(matrix)
    weights = np.zeros(table.shape[1])
    varied = np.flatnonzero(~is_constant(table))
    if not varied.size:
        return shares(weights)
    if varied.size == 1:
        weights[varied] = 1.0
        return weights
    columns = table[:, varied]
    low, high = columns.min(axis=0), columns.max(axis=0)
    scaled = (columns - low) / (high - low)
    scaled = np.where(is_max[varied], scaled, 1 - scaled)
    conflict = 1 - np.corrcoef(scaled, rowvar=False)
    conflict[np.abs(conflict) < 1e-12] = 0.0
    information = scaled.std(axis=0) * conflict.sum(axis=0)
    if not information.any():
        raise ColumnError("finds that all criteria say the same of the alternatives")
    weights[varied] = shares(information)
    return weights
