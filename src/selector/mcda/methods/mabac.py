"""MABAC: distance from the border of the ordinary (Pamučar and Ćirović 2015).

n is each column from its worst (0) to its best (1); v(a, j) = w(j) (n(a, j) + 1). The border g(j)
is the geometric mean of v(a, j) over the alternatives, and the score the sum over j of v(a, j) -
g(j): above 0 is better than the ordinary.

Source: Pamučar and Ćirović 2015, Expert Systems with Applications 42 (6), 3016-3028,
doi 10.1016/j.eswa.2014.11.057. A column without differences lies on its border. Ours, because that
of scikit-criteria 0.10 multiplies all of a column up before it takes the root, which with some
hundred alternatives is 0 to a computer, and the border with it.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Method, Result, ranked
from selector.mcda.methods._scaling import by_range

Array = NDArray[np.float64]

METHOD = Method(
    id="mabac",
    name="MABAC, distance from the border",
    source="Pamučar and Ćirović 2015, doi 10.1016/j.eswa.2014.11.057",
    best="highest",
    score="the distance from the border; above 0 is better than the ordinary",
    scaling="range",
    compensation="full",
)


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Scores (alternatives,); the order is that of the sum on scales from worst to best here."""
    plus_one = by_range(matrix, objectives) + 1
    border = np.exp(np.log(plus_one).mean(axis=0))
    scores = ((plus_one - border) * weights).sum(axis=1)
    return Result(scores, ranked(scores))
