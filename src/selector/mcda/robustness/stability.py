"""The stretch of one weight on which the winner stays first, in closed form.

One node's share moves from 0 to 1 while its siblings keep their proportions and its parent its
weight, as a slider does. Under the weighted sum each score is then a straight line in that share,
so each rival takes over at most once, where two lines cross (Mareschal 1988, "Weight stability
intervals in multicriteria decision aid", doi 10.1016/0377-2217(88)90254-8).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.weighting.tree import Tree, node_values

Array = NDArray[np.float64]
Rows = NDArray[np.int64]
FLAT = 1e-12
_WHOLE = np.ones(1)


class Intervals(NamedTuple):
    """For each node the stretch [low, high] of its share, and the rows that take over past its
    ends; -1 where nobody does. All (nodes,).
    """

    low: Array
    high: Array
    below: Rows
    above: Rows


def slopes_of(tree: Tree, shares: Array, weights: Array, values: Array) -> Array:
    """How scores rise with the share of each node (nodes, alternatives), one node at a time.

    `shares` and global `weights` (nodes,), `values` (alternatives, leaves). Siblings that have no
    share between them divide equally what the node leaves; an only child stays put.
    """
    own = node_values(tree, shares, values)[:-1]
    of_parent = np.concatenate((weights, _WHOLE))[tree.parents, None]  # the whole, at -1, weighs 1
    return np.asarray(of_parent * (own - _rest(tree, shares) @ own))


def _rest(tree: Tree, shares: Array) -> Array:
    """How its siblings divide what a node leaves (nodes, nodes), in their proportions."""
    held = tree.others * shares
    sums = held.sum(axis=1, keepdims=True)
    if sums.all():
        return np.asarray(held / sums)
    return np.where(sums > 0, held / np.where(sums > 0, sums, 1.0), tree.evenly)


def stable_intervals(leads: Array, slopes: Array, shares: Array) -> Intervals:
    """For each node the stretch of its share, around where it stands, where the winner leads.

    `leads` (alternatives,) tell how far the winner is ahead of each today, and `slopes` (nodes,
    alternatives) how each lead rises with the share of a node; `shares` (nodes,).
    """
    closing = slopes / np.maximum(leads, FLAT)  # the part of its lead lost in a whole share
    low, below = _caught(leads, slopes, shares, closing.argmax(axis=1))
    high, above = _caught(leads, -slopes, 1.0 - shares, closing.argmin(axis=1))
    return Intervals(shares - low, shares + high, below, above)


def _caught(leads: Array, falls: Array, room: Array, rival: Rows) -> tuple[Array, Rows]:
    """How far each share moves (nodes,) before `rival`, the first to come, is level; and which.

    All the `room`, and -1, where not even that one is ahead at its end. Leads fall with the move.
    """
    lead, fall = leads[rival], falls[np.arange(len(rival)), rival]
    is_ahead = lead - room * fall < -FLAT
    moved = np.divide(lead, fall, out=room.copy(), where=is_ahead)
    return np.maximum(moved, 0.0), np.where(is_ahead, rival, -1)
