"""CRITIC: a criterion weighs the more, the more it spreads and the less it repeats the others.

    z_ij = (x_ij - worst_j) / (best_j - worst_j),   C_j = s_j sum_k (1 - r_jk),   w_j = C_j / sum C

s is the standard deviation of a column of z, r the Pearson correlation of two. Normalisation: from
the worst (0) to the best (1) of the alternatives at hand, by objective. A constant column has
weight 0, and takes no part in the sums of the others. By scikit-criteria on z. (Criteria Importance
Through Intercriteria Correlation.)

Source: Diakoulaki, D., Mavrotas, G. and Papayannakis, L., Determining objective weights in multiple
criteria problems: The CRITIC method, Computers & Operations Research 22 (7), 1995, 763-770,
doi:10.1016/0305-0548(94)00059-H.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import weighed
from selector.mcda.weighting._columns import (
    ROUNDING,
    Array,
    ColumnError,
    checked,
    placed,
    varied_columns,
)


def critic_weights(matrix: Array, is_max: NDArray[np.bool_]) -> Array:
    """Weights (criteria,) of sum 1 from a matrix (alternatives, criteria) and its objectives.

    `is_max` (criteria,) says where more is better. Raises ColumnError for fewer than two
    alternatives, no differences at all, or columns that all repeat each other.
    """
    from skcriteria.preprocessing.weighters import CRITIC

    table = checked(matrix)
    varied = varied_columns(table)
    if varied.size == 1:
        return placed(np.ones(1), varied, table.shape[1])
    columns = table[:, varied]
    low, high = columns.min(axis=0), columns.max(axis=0)
    scaled = (columns - low) / (high - low)
    scaled = np.where(is_max[varied], scaled, 1 - scaled)
    if np.ptp(scaled, axis=1).max() <= ROUNDING:
        raise ColumnError("finds that all criteria say the same of the alternatives")
    return placed(weighed(CRITIC(scale=False), scaled), varied, table.shape[1])
