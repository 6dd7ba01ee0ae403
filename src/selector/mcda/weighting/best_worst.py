"""The best-worst method: weights from comparing the best criterion and the worst with all others.

With a_Bj = how many times as important the best is as j, and a_jW = how many times j is as the
worst, the weights are those that make the largest miss as small as can be:

    min xi   such that   |w_B - a_Bj w_j| <= xi,   |w_j - a_jW w_W| <= xi,   sum w = 1,   w >= 0

Variant: the linear model, whose optimum is unique, solved as a linear program. xi is 0 where the
judgements hold together exactly. How well they do without any model is the input-based consistency
ratio, the largest |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW); its thresholds depend on a_BW and on the
number of criteria, and are tabulated for 3 to 9 of them.

Sources: Rezaei, J., Best-worst multi-criteria decision-making method: Some properties and a linear
model, Omega 64, 2016, 126-130, doi:10.1016/j.omega.2015.12.001. Ratio and thresholds: Liang, F.,
Brunelli, M. and Rezaei, J., Consistency issues in the best worst method: Measurements and
thresholds, Omega 96, 2020, 102175, doi:10.1016/j.omega.2019.102175, table 3.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

THRESHOLDS = {
    2: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}
"""The largest acceptable input-based ratio: by a_BW, then for 3 to 9 criteria."""


class Spanned(NamedTuple):
    """Weights (criteria,) of sum 1, the xi of the linear model, and the input-based ratio.

    `threshold` is the largest acceptable ratio; None where none is tabulated.
    """

    weights: Array
    xi: float
    ratio: float
    threshold: float | None


def best_worst_weights(
    best_to_others: Array, others_to_worst: Array, best: int, worst: int
) -> Spanned:
    """Weights from two vectors of comparisons (criteria,), and the places of best and worst.

    Raises ValueError where a comparison is less than 1, the best is not 1 time as important as
    itself (nor the worst), or the vectors differ on best against worst.
    """
    count, span = len(best_to_others), float(best_to_others[worst])
    if min(best_to_others.min(), others_to_worst.min()) < 1:
        raise ValueError("the best is at least as important as any other, and any as the worst")
    if best_to_others[best] != 1 or others_to_worst[worst] != 1:
        raise ValueError("a criterion is 1 time as important as itself")
    if span != others_to_worst[best]:
        raise ValueError("best against worst stands in both vectors, and must be the same")
    if count < 2 or span == 1:
        return Spanned(np.full(count, 1 / count), 0.0, 0.0, 0.0)
    weights, xi = _optimum(best_to_others, others_to_worst, best, worst)
    misses = np.abs(best_to_others * others_to_worst - span) / (span * span - span)
    misses[[best, worst]] = 0.0
    tabulated = 3 <= count <= 9 and span in THRESHOLDS
    threshold = THRESHOLDS[int(span)][count - 3] if tabulated else None
    return Spanned(weights, xi, float(misses.max()), threshold)


def _optimum(
    best_to_others: Array, others_to_worst: Array, best: int, worst: int
) -> tuple[Array, float]:
    from scipy.optimize import linprog  # slow to import, and only this method needs it

    count = len(best_to_others)
    rows = np.zeros((2 * count, count + 1))
    for j in range(count):
        rows[j, best] += 1
        rows[j, j] -= best_to_others[j]
        rows[count + j, j] += 1
        rows[count + j, worst] -= others_to_worst[j]
    bounds = np.concatenate([rows, -rows])
    bounds[:, count] = -1
    cost = np.zeros(count + 1)
    cost[count] = 1
    total = np.ones((1, count + 1))
    total[0, count] = 0
    found = linprog(cost, A_ub=bounds, b_ub=np.zeros(len(bounds)), A_eq=total, b_eq=[1.0])
    weights = np.clip(np.asarray(found.x[:count], dtype=np.float64), 0.0, None)
    weights /= weights.sum()
    misses = np.abs(rows[:, :count] @ weights)
    return weights, float(misses.max()) if misses.max() > 1e-12 else 0.0
