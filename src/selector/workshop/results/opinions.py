"""How people part in a round: who is first for how many, camps, the minority, splits by role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from selector.analysis import Analysis
from selector.analysis.opinions import Apart, clusters
from selector.domain.outcome import Ranked
from selector.mcda.group import kendalls_w
from selector.workshop.records import Rules
from selector.workshop.results.people import Flags, People, together, weighed_by
from selector.workshop.results.records import Camp, Consensus, First, Level, Minority, Split

ENOUGH = 4
"""The ballots from which people of a role are shown apart: of fewer one could tell who is who."""

_SHOWN = 3  # the criteria named on which a minority stands apart
_LEAST = 0.005  # half a point of 100: a smaller difference is not worth a word


def firsts_of(room: Analysis, people: People, of: Flags | None = None) -> tuple[First, ...]:
    """For how many people each alternative is first, in the decision's order; `of` some of them."""
    is_first = people.is_first if of is None else people.is_first & of[:, None]
    many = is_first.sum(axis=1, keepdims=True)
    parts = (is_first / np.maximum(many, 1)).sum(axis=0).tolist()
    alone = (is_first & (many == 1)).sum(axis=0).tolist()
    level = (is_first & (many > 1)).sum(axis=0).tolist()
    rows = zip(room.basis.ids, room.basis.names, parts, alone, level, strict=True)
    return tuple(First(*row) for row in rows)


def consensus_of(rules: Rules, people: People, firsts: Sequence[First]) -> Consensus:
    """How far people agree, against the room's own thresholds."""
    ranks = people.ranks[people.weighs]
    agreed = kendalls_w(ranks) if ranks.size else None
    count = len(ranks)
    most = max((first.people for first in firsts), default=0.0)
    lead = most / count if count else 0.0
    leaders = [first.alternative for first in firsts if most and first.people >= most - 1e-9]
    leader = leaders[0] if len(leaders) == 1 else ""
    has_lead = bool(leader) and lead >= rules.lead - 1e-9
    # Where W says nothing, such as of one alternative, a common first is all there can be.
    has_agreement = agreed is None or agreed >= rules.agreement - 1e-9
    level: Level
    if count < 2 or not firsts:
        level = "too few"
    elif has_lead:
        level = "reached" if has_agreement else "lead"
    else:
        level = "agreement" if agreed is not None and has_agreement else "none"
    return Consensus(level, agreed, rules.agreement, leader, lead, rules.lead)


# --- camps and the minority ---------------------------------------------------------------------


def lowest_asked(room: Analysis, asked: Sequence[str]) -> tuple[str, ...]:
    """The criteria that are asked and have none below them that are, in the order of the tree.

    All that people weigh differently shows in these: what lies below keeps its proportions.
    """
    nodes = {node.id: node for node in room.decision.criteria.walk()}
    chosen = set(asked)
    return tuple(
        name
        for name in room.basis.nodes
        if name in chosen and not any(n.id in chosen for n in nodes[name].walk() if n.id != name)
    )


def camps_of(
    room: Analysis, people: People, asked: Sequence[str]
) -> tuple[tuple[Camp, ...], float | None]:
    """The camps of those who weigh something, the largest first; and the silhouette."""
    rows = np.flatnonzero(people.weighs)
    if not len(rows):
        return (), None
    names, table = _global(room, people, asked)
    firsts = people.is_first
    each = [[room.basis.ids[a] for a in np.flatnonzero(firsts[row])] for row in rows.tolist()]
    found, silhouette = clusters([str(row) for row in rows.tolist()], table[rows], names, each)
    camps = []
    for camp in found:
        members = tuple(int(name) for name in camp.members)
        of = np.zeros(len(firsts), dtype=np.bool_)
        of[list(members)] = True
        counts = {f.alternative: f.people for f in firsts_of(room, people, of) if f.people}
        camps.append(Camp(members, counts, camp.apart))
    return tuple(sorted(camps, key=lambda camp: (-len(camp.members), camp.members))), silhouette


def minority_of(
    room: Analysis, people: People, asked: Sequence[str], ranking: Sequence[Ranked]
) -> tuple[Minority, ...]:
    """Those who would choose another than all together, by their choice; the most people first."""
    if not ranking:
        return ()
    chosen = np.isin(room.basis.ids, [row.alternative for row in ranking if row.rank == 1])
    is_first = people.is_first
    others = np.flatnonzero(people.weighs & ~(is_first & chosen).any(axis=1))
    names, table = _global(room, people, asked)
    choices = is_first.argmax(axis=1)
    found = []
    for choice in np.unique(choices[others]).tolist():
        of = others[choices[others] == choice]
        scores = people.scores[of]
        together_best = np.where(chosen, scores, -np.inf)
        loss = scores[:, choice] - together_best.max(axis=1)
        # By most of them the best of those that all together put first, where these are level.
        rival = int(np.bincount(together_best.argmax(axis=1)).argmax())
        rest = np.setdiff1d(np.flatnonzero(people.weighs), of)
        found.append(
            Minority(
                room.basis.ids[choice],
                room.basis.ids[rival],
                len(of),
                float(loss.mean()),
                float(loss.max()),
                _apart(names, table, of, rest),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.people, -one.loss, one.alternative)))


def _global(
    room: Analysis, people: People, asked: Sequence[str]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The lowest criteria that are asked, and the global weight that each gives them."""
    names = lowest_asked(room, asked)
    columns = [room.basis.nodes.index(name) for name in names]
    return names, people.nodes[:, columns]


def _apart(
    names: Sequence[str],
    table: NDArray[np.float64],
    of: NDArray[np.int64],
    rest: NDArray[np.int64],
) -> tuple[Apart, ...]:
    """The criteria on which people `of` the table are farthest from the `rest`, by their means."""
    if not len(rest):
        return ()
    own, others = table[of].mean(axis=0), table[rest].mean(axis=0)
    order = np.argsort(-np.abs(own - others), kind="stable")[:_SHOWN].tolist()
    most = [k for k in order if abs(own[k] - others[k]) > _LEAST]
    return tuple(Apart(names[k], float(own[k]), float(others[k])) for k in most)


# --- roles --------------------------------------------------------------------------------------


def splits_of(room: Analysis, people: People, asked: Sequence[str]) -> tuple[Split, ...]:
    """The views of each role with enough ballots, by name of the role."""
    roles = np.array([ballot.role for ballot in people.ballots], dtype=object)
    found = []
    for role in sorted({name for name in roles.tolist() if name}):
        of = np.asarray(roles == role, dtype=np.bool_)
        if of.sum() >= ENOUGH:
            found.append(_split(room, people, asked, role, of))
    return tuple(found)


def _split(room: Analysis, people: People, asked: Sequence[str], role: str, of: Flags) -> Split:
    weighing = of & people.weighs
    medians: Mapping[str, float | None] = {
        name: _median(people, room.basis.nodes.index(name), of) for name in asked
    }
    firsts: tuple[First, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    if weighing.sum() >= ENOUGH:
        firsts = firsts_of(room, people, of)
        enough = people.told[of].sum(axis=0) >= ENOUGH
        pooled = together(room, people, people.told & of[:, None] & enough)
        ranking = tuple(weighed_by(room, pooled).ranking)
    return Split(role, int(of.sum()), int(weighing.sum()), medians, firsts, ranking)


def _median(people: People, column: int, of: Flags) -> float | None:
    given = people.shares[of & people.told[:, column], column]
    return float(np.median(given)) if len(given) >= ENOUGH else None
