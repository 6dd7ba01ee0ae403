"""The ballots of a round as arrays: a row a person, in an order that their content alone gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis import Analysis
from selector.analysis.basis import Basis
from selector.mcda.methods.weighted_sum import ranks_of
from selector.workshop.asking import point_table, scored, share_table
from selector.workshop.records import MOST_POINTS, Ballot, Rules

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
_DIGITS = 9  # what two ballots must differ by to be in another order


class People(NamedTuple):
    """What everybody weighs. Rows are `ballots`, in order.

    `shares` (people, nodes) among siblings and where they are `told`; `nodes` (people, nodes) and
    `weights` (people, leaves) are global; `scores` and `ranks` (people, alternatives) by the
    weighted sum; `weighs` (people,) says who had any opinion.
    """

    ballots: tuple[Ballot, ...]
    shares: Array
    told: Flags
    nodes: Array
    weights: Array
    scores: Array
    ranks: NDArray[np.int64]
    weighs: Flags

    @property
    def is_first(self) -> Flags:
        """Whom each puts first (people, alternatives); nobody where somebody weighs nothing."""
        return np.asarray((self.ranks == 1) & self.weighs[:, None])


def people_of(room: Analysis, rules: Rules, ballots: Sequence[Ballot]) -> People:
    """The ballots as arrays, by the values of the `room`."""
    shares, told = share_table(room, point_table(room, rules, list(ballots)))
    order = sorted(
        range(len(ballots)), key=lambda i: _content(ballots[i], rules, shares[i], told[i])
    )
    shares, told = shares[order], told[order]
    nodes = np.array(shares)
    for column, parent in enumerate(room.basis.tree.parents.tolist()):
        if parent >= 0:
            nodes[:, column] *= nodes[:, parent]
    weights = nodes[:, room.basis.tree.leaves]
    scores = np.einsum("pl,al->pa", weights, room.basis.values[1])
    ranks = np.array([ranks_of(row) for row in scores], dtype=np.int64).reshape(scores.shape)
    held = tuple(ballots[i] for i in order)
    weighs = np.asarray(told.any(axis=1))
    return People(held, shares, told, nodes, weights, scores, ranks, weighs)


def _content(ballot: Ballot, rules: Rules, shares: Array, told: Flags) -> tuple[object, ...]:
    """What orders ballots: nothing of who sent them or when, but names where these are shown."""
    said = np.where(told, shares, -1.0)
    scores = sorted(
        (alternative, leaf, -1.0 if points is None else float(points))
        for alternative, own in ballot.scores.items()
        for leaf, points in own.items()
    )
    name = ballot.name if rules.is_named else ""
    return (said.round(_DIGITS).tolist(), scores, ballot.gut_ranking, name, said.tolist())


# --- all together -------------------------------------------------------------------------------


def together(
    room: Analysis,
    people: People,
    told: Flags | None = None,
    by: Literal["mean", "median"] = "mean",
) -> Array:
    """The shares (nodes,) of all together: the means of those with an opinion, renormalised.

    Within a group somebody counts as much as the group weighs to them, so that where everybody
    answers, the leaves get the mean of people's leaf weights, as stakeholders of a decision do.
    What nobody has an opinion on keeps the decision's share; its siblings divide the rest. `told`
    (people, nodes) are the opinions that count, all unless given; medians count people alike.
    """
    own, told = room.share_array, people.told if told is None else told
    pooled = np.array(own)
    said = np.asarray(told.any(axis=0))
    for column in np.flatnonzero(said).tolist():
        of, parent = told[:, column], room.basis.tree.parents[column]
        given = people.shares[of, column]
        counts = people.nodes[of, parent] if parent >= 0 else np.ones(len(given))
        if by == "median":
            pooled[column] = np.median(given)
        elif counts.sum() > 0:
            pooled[column] = counts @ given / counts.sum()
        else:
            pooled[column] = given.mean()
    start = 0
    for family in room.basis.families:
        part = slice(start, start + len(family))
        start += len(family)
        has, kept = said[part], own[part][~said[part]].sum()
        whole = pooled[part][has].sum()
        if has.any():
            rest = 1.0 if has.all() else 1.0 - kept
            # Medians alone may all be 0: then the decision's shares stand.
            pooled[part] = (
                np.where(has, pooled[part] * rest / whole, own[part]) if whole else own[part]
            )
    return pooled


def weighed_by(room: Analysis, shares: Array) -> Analysis:
    """The room's analysis by these shares (nodes,)."""
    return room.with_shares(dict(zip(room.basis.nodes, shares.tolist(), strict=True)))


# --- what people scored -------------------------------------------------------------------------


Cells = dict[tuple[int, int], list[float]]


def scored_cells(analysis: Analysis, rules: Rules, ballots: Iterable[Ballot]) -> Cells:
    """What people scored, as values 0 to 1, by row and column of the values; only what is asked."""
    rows = {name: row for row, name in enumerate(analysis.basis.ids)}
    columns = {name: column for column, name in enumerate(analysis.basis.leaf_ids)}
    asked: dict[str, frozenset[str]] = {}
    found: Cells = {}
    for ballot in ballots:
        if ballot.role not in asked:
            asked[ballot.role] = frozenset(s.id for s in scored(analysis, rules, ballot.role))
        for alternative, own in ballot.scores.items():
            for leaf, points in own.items():
                if points is not None and alternative in rows and leaf in asked[ballot.role]:
                    place = rows[alternative], columns[leaf]
                    found.setdefault(place, []).append(float(points) / MOST_POINTS)
    return {place: sorted(found[place]) for place in sorted(found)}


def room_of(analysis: Analysis, cells: Cells) -> Analysis:
    """The analysis as a room sees it: by the weighted sum, with what was scored as values.

    A scored cell's value is the mean, from the least to the most that anybody gave.
    """
    decision = analysis.decision._replace(method="weighted_sum", parameters={})
    if not cells:
        return Analysis(decision, analysis.shares, analysis.basis, analysis.composed)
    basis = Basis(decision)
    values = analysis.value_table
    low, central, high = (np.array(part) for part in (values.low, values.central, values.high))
    for place, given in cells.items():
        low[place], central[place], high[place] = given[0], float(np.mean(given)), given[-1]
    scored_values = values._replace(low=low, central=central, high=high)
    basis.measured = analysis.measured._replace(values=scored_values)
    return Analysis(decision, analysis.shares, basis, analysis.composed)
