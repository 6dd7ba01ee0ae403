"""Standard deviation: a criterion weighs the more, the more the alternatives differ on it.

    w_j = s_j / sum s,   s_j the standard deviation of column j

Normalisation: none here. Spreads compare only on a common scale, so what goes in are values from 0
to 1; a criterion without a value function has its local one. A constant column has weight 0.
Whether s divides by m or m - 1 makes no difference. By scikit-criteria.

Source: the SD weights of Diakoulaki, D., Mavrotas, G. and Papayannakis, L., Determining objective
weights in multiple criteria problems: The CRITIC method, Computers & Operations Research 22 (7),
1995, 763-770, doi:10.1016/0305-0548(94)00059-H.
"""

from selector.mcda._scikit import weighed
from selector.mcda.weighting._columns import Array, checked, placed, varied_columns


def deviation_weights(matrix: Array) -> Array:
    """Weights (criteria,) of sum 1 from a matrix (alternatives, criteria) on a common scale.

    Raises ColumnError for fewer than two alternatives, or no differences at all.
    """
    from skcriteria.preprocessing.weighters import StdWeighter

    table = checked(matrix)
    varied = varied_columns(table)
    return placed(weighed(StdWeighter(), table[:, varied]), varied, table.shape[1])
