"""PROMETHEE II: how strongly each alternative is preferred to the others (Brans and Vincke 1985).

P(a, b, j) from 0 to 1 is the preference that the difference d of a over b gives on column j;
pi(a, b) = sum over j of w(j) P(a, b, j). phi+ is the mean of pi(a, b) over the others, phi- that of
pi(b, a), and phi = phi+ - phi-. No normalisation: what counts is decided by the thresholds.

Six shapes, with indifference q, preference p, spread s, for d > 0 (else 0):
usual 1 - u 1 above q - v d/p, at most 1 - level 1/2 above q, 1 above p -
linear (d - q)/(p - q) between them - gaussian 1 - exp(-d^2 / 2 s^2).
PROMETHEE I: two are incomparable where one has the higher phi+ and the other the lower phi-.

Source: Brans and Vincke 1985, Management Science 31 (6), 647-656, doi 10.1287/mnsc.31.6.647.
A single alternative has the flow 0.
"""

import numpy as np
from numpy.typing import NDArray

from selector.mcda.methods._contract import Drawn, Method, Result, ranked
from selector.mcda.methods._scaling import TIE

Array = NDArray[np.float64]
Shape = tuple[str, float, float, float]
"""Shape, indifference, preference, sigma, in the unit of the column."""

METHOD = Method(
    id="promethee2",
    name="PROMETHEE II, net preference",
    source="Brans and Vincke 1985, doi 10.1287/mnsc.31.6.647",
    best="highest",
    score="the net flow, from -1 to 1",
    scaling="pairs",
    compensation="part",
)


def preference_degrees(differences: Array, shape: Shape, noise: float | Array = 0.0) -> Array:
    """Degrees of preference 0 to 1 for differences in favour; `noise` is what rounding may do."""
    kind, q, p, sigma = shape
    d = differences
    ahead = d > noise
    if kind == "usual":
        degrees = ahead.astype(np.float64)
    elif kind == "u":
        degrees = (d > q + noise).astype(np.float64)
    elif kind == "level":
        degrees = 0.5 * (d > q + noise) + 0.5 * (d > p + noise)
    elif kind == "gaussian":
        degrees = -np.expm1(-(d**2) / (2 * sigma**2)) if sigma > 0 else np.ones_like(d)
    elif kind in ("v", "linear"):
        start = q if kind == "linear" else 0.0
        if p > start:
            degrees = np.clip((d - start) / (p - start), 0.0, 1.0)
        else:
            degrees = (d > start + noise).astype(np.float64)
    else:
        raise ValueError(f"there is no preference function {kind!r}")
    return np.where(ahead, degrees, 0.0)


def _shape(preferences: tuple[Shape | None, ...] | None, column: int) -> Shape:
    return (preferences[column] if preferences else None) or ("usual", 0.0, 0.0, 0.0)


def evaluate(
    matrix: Array,
    objectives: Array,
    weights: Array,
    preferences: tuple[Shape | None, ...] | None = None,
) -> Result:
    """Net flows (alternatives,), with `phi_plus`, `phi_minus` and the incomparable pairs.

    `preferences` gives each column its shape; None is `usual`.
    """
    others = max(1, len(matrix) - 1)
    pi = np.zeros((len(matrix), len(matrix)))
    for column, weight in enumerate(weights):
        own = matrix[:, column] * objectives[column]
        shape = _shape(preferences, column)
        noise = TIE * float(np.abs(own).max())
        pi += weight * preference_degrees(own[:, None] - own[None, :], shape, noise)
    plus, minus = pi.sum(axis=1) / others, pi.sum(axis=0) / others
    pairs = tuple(
        (a, b)
        for a in range(len(matrix))
        for b in range(a + 1, len(matrix))
        if abs(plus[a] - plus[b]) > TIE
        and abs(minus[a] - minus[b]) > TIE
        and (plus[a] > plus[b]) == (minus[a] > minus[b])
    )
    net = plus - minus
    details = {"phi_plus": plus, "phi_minus": minus, "incomparable": pairs}
    return Result(net, ranked(net), details)


def over_samples(
    matrix: Array,
    drawn: Drawn,
    objectives: Array,
    weights: Array,
    preferences: tuple[Shape | None, ...] | None = None,
) -> Array:
    """Net flows (alternatives, samples) for `weights` (criteria, samples).

    A net flow is the sum over columns of weight times the flow on that column alone, so that the
    columns that do not vary are one matrix product.
    """
    flows = np.zeros(matrix.shape)
    for column in set(range(matrix.shape[1])) - set(drawn):
        own = matrix[:, column, None] * objectives[column]
        flows[:, column] = _flows(own, _shape(preferences, column))[:, 0]
    net = flows @ weights
    for column, figures in drawn.items():
        own = _flows(figures * objectives[column], _shape(preferences, column))
        net += own * weights[column]
    return np.asarray(net)


def _flows(own: Array, shape: Shape) -> Array:
    """Net flows on one column, whose figures (alternatives, samples) are better when higher."""
    noise = TIE * np.abs(own).max(axis=0)
    net = np.zeros_like(own)
    for row, figures in enumerate(own):
        degrees = preference_degrees(figures - own, shape, noise)
        net[row] += degrees.sum(axis=0)
        net -= degrees
    return np.asarray(net / max(1, len(own) - 1))
