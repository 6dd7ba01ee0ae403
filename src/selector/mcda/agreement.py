"""How far rankings agree (Kendall 1945), and why another method puts another first.

The causes are found by trying, in this order: are the two nearly level under the weighted sum? Does
the method's own scaling alone, with the sum, already turn them? Does the leader's weak point count
for more? Do the two, compared without the others, come out as the sum has it?
"""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods import _contract, _scaling

Array = NDArray[np.float64]
Ranks = NDArray[np.int64]
Kind = Literal["level", "scaling", "weak point", "order", "company", "formula"]

LEVEL = 0.01
"""Two alternatives nearer than one point of 100 are called nearly level."""


def kendall_tau_b(one: Ranks, other: Ranks) -> float | None:
    """Kendall's tau-b of two rankings (alternatives,), ties counted; None where one ties all.

    (concordant - discordant) / sqrt(pairs untied in one x pairs untied in the other). Source:
    Kendall 1945, Biometrika 33 (3), 239-251, doi 10.1093/biomet/33.3.239.
    """
    return kendall_taus(np.stack([one, other]))[0][1]


def kendall_taus(rankings: Ranks) -> list[list[float | None]]:
    """The same of each two of some rankings (rankings, alternatives); 1 with itself."""
    upper = np.triu_indices(rankings.shape[1], 1)
    signs = np.sign(rankings[:, upper[0]] - rankings[:, upper[1]])
    agreed = signs @ signs.T
    untied = np.count_nonzero(signs, axis=1)
    found = (agreed / np.sqrt(np.maximum(np.outer(untied, untied), 1))).tolist()
    return [
        [
            1.0 if one == other else tau if untied[one] and untied[other] else None
            for other, tau in enumerate(row)
        ]
        for one, row in enumerate(found)
    ]


class Cause(NamedTuple):
    """Why a method puts `other` before `leader`; `column` is the criterion it turns on, if one."""

    kind: Kind
    column: int | None
    gap: float


def cause(
    method_id: str,
    fed: tuple[Array, Array],
    values: Array,
    weights: Array,
    rows: tuple[int, int],
    parameters: dict[str, Any],
) -> Cause:
    """Why the method puts the second of `rows` before the first, which the weighted sum prefers.

    `fed` are the matrix (alternatives, criteria) and the objectives that the method was given,
    `values` (alternatives, criteria) those of the weighted sum, `weights` (criteria,).
    """
    leader, other = rows
    gains = weights * (values[other] - values[leader])
    gap = -float(gains.sum())
    if gap <= LEVEL:
        return Cause("level", None, gap)
    entry = _contract.method(method_id)
    scaled = _scaled(entry.scaling, *fed)
    if scaled is not None:
        turned = weights * (scaled[other] - scaled[leader])
        if turned.sum() > 0:
            size = float((weights * np.ptp(scaled, axis=0)).sum())
            usual = float((weights * np.ptp(values, axis=0)).sum()) or 1.0
            return Cause("scaling", int(np.argmax(turned / size - gains / usual)), gap)
    if method_id == "promethee2":
        return Cause("order", int(np.argmax(gains)), gap)
    if entry.compensation == "part" and gains.max() > 0:
        return Cause("weak point", int(np.argmax(gains)), gap)
    matrix, objectives = fed
    try:
        two = _contract.run(method_id, matrix[list(rows)], objectives, weights, **parameters)
    except _contract.Unfit:
        return Cause("formula", None, gap)
    is_company = two.result.ranks[0] <= two.result.ranks[1]
    return Cause("company" if is_company else "formula", None, gap)


def _scaled(kind: str, matrix: Array, objectives: Array) -> Array | None:
    """The columns as the method scales them, more is better; None where it does not scale."""
    if kind == "range":
        return _scaling.by_range(matrix, objectives)
    if kind == "vector":
        return _scaling.by_vector(matrix) * objectives
    if kind == "sum":
        return _scaling.by_sum(matrix) * objectives
    if kind == "average":
        averages = matrix.mean(axis=0)
        whole = np.broadcast_to(averages, matrix.shape)
        scaled = np.zeros_like(matrix)
        np.divide(matrix, whole, out=scaled, where=whole != 0)
        return scaled * objectives
    if kind == "best":
        nonzero = np.where(matrix == 0, matrix + _contract.SHIFT, matrix)
        return _scaling.by_best(nonzero, objectives)
    return None
