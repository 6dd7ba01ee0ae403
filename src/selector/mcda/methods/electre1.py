"""ELECTRE I: who is outranked by nobody (Roy 1968).

Concordance c(a, b) is the weight of the columns on which a is at least as good as b. Discordance
d(a, b) is the largest lead of b over a on any column, over the largest spread of any column, so
columns must share a scale: values do; with raw performances each column is first divided by its
sum (`is_common_scale=False`). a outranks b where c >= the concordance and d <= the discordance
threshold, and no lead of b reaches a column's veto, where one is given. The kernel holds those
that nobody outranks; alternatives that outrank one another in a circle count as one. There is no
score.

Source: Roy 1968, RIRO 2 (8), 57-75; Roy 1991, Theory and Decision 31, 49-73,
doi 10.1007/BF00134132.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Flags, Method, Parameter, Result
from selector.mcda.methods._scaling import TIE, by_sum, spread

Array = NDArray[np.float64]

METHOD = Method(
    id="electre1",
    name="ELECTRE I, outranked by nobody",
    source="Roy 1991, doi 10.1007/BF00134132",
    best="none",
    score="none: it parts the kernel from the rest",
    scaling="pairs",
    compensation="part",
    parameters={
        "concordance": Parameter(0.65, 0, 1, "the weight that must agree"),
        "discordance": Parameter(0.35, 0, 1, "the largest lead of the other that is borne"),
    },
)


def concordance_of(oriented: Array, weights: Array) -> Array:
    """(alternatives, alternatives): the weight on which the row is at least as good."""
    noise = TIE * np.abs(oriented).max(axis=0)
    at_least = oriented[:, None, :] >= oriented[None, :, :] - noise
    return np.asarray(np.einsum("abc,c->ab", at_least, weights), dtype=np.float64)


def discordance_of(oriented: Array) -> Array:
    """(alternatives, alternatives): the column's largest lead over the row, 0 to 1."""
    widest = spread(oriented).max()
    if widest <= 0:
        return np.zeros((len(oriented), len(oriented)))
    lead = oriented[None, :, :] - oriented[:, None, :]
    return np.asarray(np.maximum(lead, 0).max(axis=2) / widest, dtype=np.float64)


def _reachable(outranks: Flags) -> Flags:
    found = outranks.copy()
    for through in range(len(found)):
        found |= np.outer(found[:, through], found[through])
    return found


def evaluate(
    matrix: Array,
    objectives: Array,
    weights: Array,
    concordance: float = 0.65,
    discordance: float = 0.35,
    is_common_scale: bool = True,
    vetoes: tuple[float | None, ...] | None = None,
) -> Result:
    """Ranks: 1 for the kernel, the next for all others; with the pairs that outrank.

    `vetoes` gives a column the lead of b from which a cannot outrank it, in the column's unit.
    """
    oriented = (matrix if is_common_scale else by_sum(matrix)) * objectives
    agree, against = concordance_of(oriented, weights), discordance_of(oriented)
    outranks: Flags = np.logical_and(agree >= concordance - TIE, against <= discordance + TIE)
    for column, veto in enumerate(vetoes or ()):
        if veto is not None:
            own = matrix[:, column] * objectives[column]
            noise = TIE * float(np.abs(own).max())
            outranks &= own[None, :] - own[:, None] < veto - noise
    np.fill_diagonal(outranks, False)
    reach = _reachable(outranks)
    circle = reach & reach.T
    in_kernel: Flags = np.logical_not((outranks & ~circle).any(axis=0))
    # Whoever is in a circle with one that is outranked from outside is outranked with it.
    for row in np.flatnonzero(~in_kernel):
        in_kernel[circle[row]] = False
    kernel = tuple(int(row) for row in np.flatnonzero(in_kernel))
    ranks = np.where(in_kernel, 1, len(kernel) + 1).astype(np.int64)
    pairs = tuple((int(a), int(b)) for a, b in np.argwhere(outranks))
    return Result(None, ranks, {"kernel": kernel, "outranks": pairs})
