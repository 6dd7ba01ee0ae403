"""Weights over a tree: shares among siblings, multiplied down to global weights."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Tree(NamedTuple):
    """A tree by index, parents before children; -1 is the whole.

    `parents` (nodes,); `leaves` (leaves,) are the nodes of the leaves, in the leaves' own order;
    `depth` is that of the deepest leaf, 1 where there are no groups. `others` (nodes, nodes) is 1
    where two are siblings and not the same, and `evenly` has the same rows with the sum 1 (an only
    child has itself).
    """

    parents: NDArray[np.int64]
    leaves: NDArray[np.int64]
    depth: int
    others: Array
    evenly: Array


def tree_of(parents: Sequence[int], leaves: Sequence[int]) -> Tree:
    """The tree of nodes with these parents by index, -1 at the top; `leaves` in their own order."""
    above = np.array(parents, dtype=np.int64)
    others = (above[:, None] == above).astype(np.float64)
    np.fill_diagonal(others, 0.0)
    evenly = others + np.diag((others.sum(axis=1) == 0).astype(np.float64))
    evenly /= evenly.sum(axis=1, keepdims=True)
    depths: list[int] = []
    for parent in parents:
        depths.append(1 if parent < 0 else depths[parent] + 1)
    return Tree(above, np.array(leaves, dtype=np.int64), max(depths), others, evenly)


def global_weights(parents: Sequence[int], shares: Array) -> Array:
    """The global weight of each node.

    `parents` (nodes,) gives each node's parent by index, -1 at the top, parents before children;
    `shares` (nodes,) sum to 1 among siblings. Those of the leaves sum to 1.
    """
    weights: list[float] = []  # plain numbers: quicker than an array, one by one
    for parent, share in zip(parents, shares.tolist(), strict=True):
        weights.append(share if parent < 0 else share * weights[parent])
    return np.array(weights, dtype=np.float64)


def node_values(tree: Tree, shares: Array, values: Array) -> Array:
    """The value of each node (nodes + 1, alternatives): its children's by their shares.

    `values` (alternatives, leaves), `shares` (nodes,). The last row, at -1, is that of the whole.
    """
    count = len(shares)
    own = np.zeros((count + 1, len(values)))
    own[tree.leaves] = values.T
    down = np.zeros((count + 1, count + 1))
    down[tree.parents, np.arange(count)] = shares
    under = own
    for _ in range(tree.depth):  # once more for each level that lies below
        under = own + down @ under
    return under
