"""WASPAS: part weighted sum, part weighted product (Zavadskas and others 2012).

n(a, j) = x / max where more is better, min / x where less is.
Q(a) = lambda sum over j of w(j) n(a, j) + (1 - lambda) product over j of n(a, j) ** w(j).

Source: Zavadskas, Turskis, Antucheviciene and Zakarevicius 2012, Elektronika ir Elektrotechnika
122 (6), 3-6, doi 10.5755/j01.eee.122.6.1810. Takes positive numbers only. By scikit-criteria on n.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import aggregated
from selector.mcda.methods._contract import Flags, Method, Parameter, Result, negative, ranked
from selector.mcda.methods._scaling import by_best

Array = NDArray[np.float64]

METHOD = Method(
    id="waspas",
    name="WASPAS, sum and product",
    source="Zavadskas and others 2012, doi 10.5755/j01.eee.122.6.1810",
    best="highest",
    score="Q, from 0 to 1",
    scaling="best",
    compensation="part",
    parameters={"lambda": Parameter(0.5, 0, 1, "the part of the sum against the product")},
)


def unfit(matrix: Array, objectives: Array) -> tuple[str, tuple[int, ...]]:
    """Negative numbers have no such power."""
    return negative(matrix)


def zeros(matrix: Array, objectives: Array) -> Flags:
    """Columns with a zero, which would make the whole product zero, or divide by it."""
    return np.asarray((matrix == 0).any(axis=0))


def evaluate(matrix: Array, objectives: Array, weights: Array, **parameters: float) -> Result:
    """Q (alternatives,), with the `sum` and the `product`; takes `lambda`, 0.5 unless given."""
    from skcriteria.agg.waspas import WASPAS

    method = WASPAS(lambda_value=parameters.get("lambda", 0.5))
    normalised = by_best(matrix, objectives)
    found = aggregated(method, normalised, np.ones_like(objectives), weights)
    scores = found["score"]
    details = {"sum": found["wsm_scores"], "product": 10 ** found["log10_wpm_scores"]}
    return Result(scores, ranked(scores), details)
