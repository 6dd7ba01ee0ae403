"""The stability interval of every leaf and group of a decision."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from selector.domain.outcome import Stability
from selector.mcda.methods.weighted_sum import ranks_of, weighted_sum
from selector.mcda.robustness.stability import Lines, rest_shares, stable_intervals

if TYPE_CHECKING:
    from selector.analysis.core import Analysis

Array = NDArray[np.float64]


def stability_of(analysis: "Analysis") -> dict[str, Stability]:
    """For each leaf and group, the stretch of its share on which the winner stays first.

    The winner is that of the weighted sum, whatever the decision's method.
    """
    if not analysis.alternatives:
        return {}
    ids = [alternative.id for alternative in analysis.alternatives]
    values, shares = analysis.value_table.central, analysis.shares
    total = weighted_sum(values, np.array([analysis.weights[leaf.id] for leaf in analysis.leaves]))
    under = _node_values(analysis)
    names: list[str] = []
    at_zero: list[Array] = []
    at_one: list[Array] = []
    for parent, siblings in analysis.decision.criteria.siblings():
        weight = 1.0 if parent is None else analysis.group_weights[parent.id]
        own = np.stack([under[node.id] for node in siblings])
        held = np.array([shares[node.id] for node in siblings])
        outside = total - weight * (held @ own)
        rest = rest_shares(held) @ own if len(siblings) > 1 else own  # an only child stays put
        names += [node.id for node in siblings]
        at_zero.append(outside + weight * rest)
        at_one.append(outside + weight * own)
    lines = Lines(np.concatenate(at_zero), np.concatenate(at_one))
    winner = int(np.argmin(ranks_of(total)))
    found = stable_intervals(lines, np.array([shares[name] for name in names]), winner)
    return {
        name: Stability(
            shares[name],
            interval.low,
            interval.high,
            None if interval.below is None else ids[interval.below],
            None if interval.above is None else ids[interval.above],
        )
        for name, interval in zip(names, found, strict=True)
    }


def _node_values(analysis: "Analysis") -> dict[str, Array]:
    """The central value of each node for every alternative: its leaves' by their shares."""
    columns = analysis.value_table.central.T
    values = {leaf.id: columns[place] for place, leaf in enumerate(analysis.leaves)}
    for node in reversed(list(analysis.decision.criteria.walk())):
        if node.children:
            held = np.array([analysis.shares[child.id] for child in node.children])
            values[node.id] = held @ np.stack([values[child.id] for child in node.children])
    return values
