"""Who is at least as good everywhere, and better somewhere: such a lead needs no weights.

Robust dominance asks the same of the worst of one against the best of the other, so that it holds
whatever the open facts turn out to be (Hazen 1986, doi 10.1287/opre.34.2.296).
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EQUAL = 1e-12


def dominance(low: Array, high: Array) -> NDArray[np.bool_]:
    """Whether each alternative dominates each other (A, A), low of one against high of the other.

    `low` and `high` (alternatives, criteria); the same table twice gives Pareto dominance.
    """
    lead = low[:, None, :] - high[None, :, :]
    result = np.asarray((lead >= -EQUAL).all(axis=2) & (lead > EQUAL).any(axis=2))
    np.fill_diagonal(result, False)
    return result
