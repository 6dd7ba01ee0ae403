"""EDAS: distances from the average (Keshavarz Ghorabaee and others 2015).

On each column PDA is how far an alternative is better than the average, NDA how far worse, each
over the average. SP and SN are their weighted sums, NSP = SP / max SP, NSN = 1 - SN / max SN, and
the score is (NSP + NSN) / 2.

Source: Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis 2015, Informatica 26 (3), 435-451,
doi 10.15388/Informatica.2015.57. Takes columns with an average above zero. Where all alternatives
are alike NSP is 0 and NSN 1. The score is scikit-criteria's; SP and SN, which it does not report,
are ours. Columns without differences enter it as ones, so that rounding is no distance.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda._scikit import aggregated
from selector.mcda.methods._contract import Flags, Method, Result, ranked
from selector.mcda.methods._scaling import TIE, spread

Array = NDArray[np.float64]

METHOD = Method(
    id="edas",
    name="EDAS, distance from the average",
    source="Keshavarz Ghorabaee and others 2015, doi 10.15388/Informatica.2015.57",
    best="highest",
    score="the appraisal score, 0 to 1",
    scaling="average",
    compensation="full",
)


def unfit(matrix: Array, objectives: Array) -> tuple[str, tuple[int, ...]]:
    """Distances over an average that is negative, or zero by cancelling, mean nothing."""
    has_negative = (matrix < 0).any(axis=0)
    averages = matrix.mean(axis=0)
    is_bad = has_negative & (averages <= TIE * np.abs(matrix).max(axis=0))
    columns = tuple(int(c) for c in np.flatnonzero(is_bad))
    return ("it takes only columns with an average above zero", columns) if columns else ("", ())


def zeros(matrix: Array, objectives: Array) -> Flags:
    """Columns of zeros alone, whose average cannot divide."""
    return np.asarray((matrix == 0).all(axis=0))


def evaluate(matrix: Array, objectives: Array, weights: Array) -> Result:
    """Appraisal scores (alternatives,), with `sp`, `sn` and what becomes of them."""
    from skcriteria.agg.edas import EDAS

    differing = np.where(spread(matrix) > 0, matrix, 1.0)
    scores = aggregated(EDAS(), differing, objectives, weights)["score"]
    averages = differing.mean(axis=0)
    ahead = (differing - averages) * objectives / averages
    sp = (np.maximum(ahead, 0) * weights).sum(axis=1)
    sn = (np.maximum(-ahead, 0) * weights).sum(axis=1)
    nsp = sp / sp.max() if sp.max() > 0 else np.zeros_like(sp)
    nsn = 1 - sn / sn.max() if sn.max() > 0 else np.ones_like(sn)
    return Result(scores, ranked(scores), {"sp": sp, "sn": sn, "nsp": nsp, "nsn": nsn})
