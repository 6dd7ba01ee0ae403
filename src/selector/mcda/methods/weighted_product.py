"""Weighted product (Bridgman 1922; Miller and Starr 1969).

P(a) = product over j of x(a, j) ** w(j), with the exponent -w(j) where less is better. No
normalisation: ratios are free of units, so any other unit multiplies all products alike.

Source: Triantaphyllou, Multi-criteria Decision Making Methods: A Comparative Study, Kluwer 2000,
chapter 2, doi 10.1007/978-1-4757-3157-6. Takes positive numbers only. By scikit-criteria, which
takes nothing to be minimised: so 1 / x enters there.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import aggregated
from selector.mcda.methods._contract import Flags, Method, Result, negative, ranked

Array = NDArray[np.float64]

METHOD = Method(
    id="weighted_product",
    name="Weighted product",
    source="Triantaphyllou 2000, chapter 2, doi 10.1007/978-1-4757-3157-6",
    best="highest",
    score="the product of the performances, each to the power of its weight",
    scaling="none",
    compensation="part",
)


def unfit(matrix: Array, objectives: Array) -> tuple[str, tuple[int, ...]]:
    """Negative numbers have no such power."""
    return negative(matrix)


def zeros(matrix: Array, objectives: Array) -> Flags:
    """Columns with a zero, which would make the whole product zero."""
    return np.asarray((matrix == 0).any(axis=0))


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Products (alternatives,) of positive performances."""
    from skcriteria.agg.simple import WeightedProductModel

    rising = np.where(objectives > 0, matrix, 1 / matrix)
    found = aggregated(WeightedProductModel(), rising, np.ones_like(objectives), weights)
    # Products can be as small as their unit asks: ties are told by their logarithms.
    logarithms = found["score"] * np.log(10)
    return Result(np.exp(logarithms), ranked(logarithms))
