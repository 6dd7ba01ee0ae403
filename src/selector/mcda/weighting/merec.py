"""MEREC: a criterion weighs the more, the more the whole changes when it is left out.

    n_ij = min_j / x_ij to maximise, x_ij / max_j to minimise
    S_i  = ln(1 + (1/n) sum_k |ln n_ik|),   S_ij = the same without k = j
    E_j  = sum_i |S_ij - S_i|,   w_j = E_j / sum E

Normalisation: by the column's least (maximise) or largest (minimise), so every number must be above
zero. A constant column has weight 0. By scikit-criteria. (Method based on the Removal Effects of
Criteria.)

Source: Keshavarz-Ghorabaee, M., Amiri, M., Zavadskas, E. K., Turskis, Z. and Antucheviciene, J.,
Determination of objective weights using a new method based on the removal effects of criteria
(MEREC), Symmetry 13 (4), 2021, 525, doi:10.3390/sym13040525.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import weighed
from selector.mcda.weighting._columns import Array, ColumnError, checked, placed, varied_columns


def merec_weights(matrix: Array, is_max: NDArray[np.bool_]) -> Array:
    """Weights (criteria,) of sum 1 from a matrix (alternatives, criteria) above 0, by objective.

    `is_max` (criteria,) says where more is better. Raises ColumnError for zeros and negative
    numbers, fewer than two alternatives, or no differences at all.
    """
    from skcriteria.preprocessing.weighters import MEREC

    table = checked(matrix)
    if np.any(table <= 0):
        raise ColumnError("needs numbers above zero", np.flatnonzero((table <= 0).any(axis=0)))
    # Constant columns count among the n, and so go along: as ones, which have no logarithm.
    ones = np.ones_like(table)
    varied = varied_columns(table)
    ones[:, varied] = table[:, varied]
    weights = weighed(MEREC(), ones, np.where(is_max, 1.0, -1.0))
    return placed(weights, np.arange(table.shape[1]), table.shape[1])
