"""Entropy: a criterion weighs the more, the more unevenly it is spread over the alternatives.

    p_ij = x_ij / sum_i x_ij,   e_j = -sum_i p_ij ln p_ij / ln m,   w_j = (1 - e_j) / sum (1 - e)

with m alternatives and 0 ln 0 = 0. Normalisation: each column by its sum; the objective plays no
part. A constant column, and one of zeros, has no information and weight 0. Negative numbers are
refused: they are no shares of anything. By scikit-criteria.

Sources: Shannon, C. E., A mathematical theory of communication, Bell System Technical Journal 27
(3), 1948, 379-423, doi:10.1002/j.1538-7305.1948.tb01338.x. As weights: Hwang, C.-L. and Yoon, K.,
Multiple Attribute Decision Making, Springer, 1981, doi:10.1007/978-3-642-48318-9.
"""

import numpy as np

from selector.mcda._scikit import weighed
from selector.mcda.weighting._columns import Array, ColumnError, checked, placed, varied_columns

LEAST = 1e-6
"""What a column must differ by, of its size: the entropy of less is lost in rounding."""


def entropy_weights(matrix: Array) -> Array:
    """Weights (criteria,) of sum 1 from a matrix (alternatives, criteria) of 0 or more.

    Raises ColumnError for negative numbers, fewer than two alternatives, or no differences at all.
    """
    from skcriteria.preprocessing.weighters import EntropyWeighter

    table = checked(matrix)
    if np.any(table < 0):
        raise ColumnError("cannot take negative numbers", np.flatnonzero((table < 0).any(axis=0)))
    varied = varied_columns(table, LEAST)
    unit = table[:, varied] / table[:, varied].max(axis=0)  # any unit will do; one cannot overflow
    return placed(weighed(EntropyWeighter(), unit), varied, table.shape[1])
