"""What a room asks, in plain words; what its answers weigh; and why one cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis import Analysis
from selector.catalog.records import unknown_name
from selector.domain.criterion import Criterion
from selector.report.asking import choice
from selector.report.words import labels
from selector.workshop.records import MOST_POINTS, Ballot, Role, Rules

Array = NDArray[np.float64]
_KEPT = 64  # rooms and roles whose questions are kept in words
_STEP = "How much would the step from worst to best matter?"


class Question(NamedTuple):
    """How much a criterion counts beside its siblings.

    `parent` is the id of the group it is in, empty at the top; `text` the question, `step` what
    goes from worst to best, empty where the decision does not say; `leaves` those at or below it,
    whose evidence belongs to the question.
    """

    id: str
    name: str
    parent: str
    text: str
    step: str
    leaves: tuple[str, ...]


class Anchor(NamedTuple):
    """What so many points of 100 on a criterion look like."""

    points: float
    text: str


class Scored(NamedTuple):
    """A leaf on which people score the alternatives, 0 to 100.

    `alternatives` are id and short name of those that are ranked.
    """

    id: str
    name: str
    parent: str
    step: str
    anchors: tuple[Anchor, ...]
    alternatives: tuple[tuple[str, str], ...]


# --- what is asked ------------------------------------------------------------------------------


def questions(analysis: Analysis, rules: Rules, role: str = "") -> tuple[Question, ...]:
    """The questions about weights that somebody of `role` is asked, siblings side by side.

    `groups` asks the top of the tree, `leaves` each set of siblings that has leaves, `both` every
    set. Where a set is a single criterion there is nothing to weigh; at the top the next level is
    asked in its place.
    """
    return _questions(analysis, rules, rules.role(role))


# Hundreds ask the same at once, and the words of a step take a millisecond.
@lru_cache(_KEPT)
def _questions(analysis: Analysis, rules: Rules, role: Role | None) -> tuple[Question, ...]:
    asked = _asked(analysis, rules, role)
    return tuple(
        _question(analysis, node, "" if parent is None else parent.id)
        for parent, family in analysis.decision.criteria.siblings()
        for node in family
        if node.id in asked
    )


@lru_cache(_KEPT)
def _asked(analysis: Analysis, rules: Rules, role: Role | None) -> frozenset[str]:
    """The ids of the criteria that somebody of `role` weighs."""
    limited = None if role is None else role.weighs
    return frozenset(
        node.id
        for family in _families(analysis, rules)
        for node in family
        if limited is None or node.id in limited
    )


def _families(analysis: Analysis, rules: Rules) -> Iterator[tuple[Criterion, ...]]:
    """The sets of siblings that a room weighs, parents first."""
    families = [own for _, own in analysis.decision.criteria.siblings() if len(own) > 1]
    if rules.ask == "groups":
        # The first with several, since parents come first, is the top of what can be weighed.
        yield from families[:1]
    elif rules.ask == "leaves":
        yield from (own for own in families if any(not node.children for node in own))
    else:
        yield from families


def _question(analysis: Analysis, node: Criterion, parent: str) -> Question:
    step = choice(analysis, node).step
    text = node.question or _STEP
    if not node.question and step and not node.children:
        text = f"How much would going {step} matter?"
    return Question(node.id, node.name, parent, text, step, tuple(n.id for n in node.leaves()))


def scored(analysis: Analysis, rules: Rules, role: str = "") -> tuple[Scored, ...]:
    """The leaves on which somebody of `role` scores the alternatives, in the order of the file.

    Without a role those that the room asks of all; none where no alternative is left.
    """
    return _scored(analysis, rules.scores, rules.role(role))


@lru_cache(_KEPT)
def _scored(analysis: Analysis, scores: tuple[str, ...], role: Role | None) -> tuple[Scored, ...]:
    wanted = scores if role is None else role.scores
    called = labels(analysis.decision)
    alternatives = tuple((a.id, called[a.id].short) for a in analysis.alternatives)
    return tuple(
        Scored(
            node.id,
            node.name,
            "" if parent is None else parent.id,
            choice(analysis, node).step,
            _anchors(node),
            alternatives,
        )
        for parent, family in analysis.decision.criteria.siblings()
        for node in family
        if node.id in wanted and not node.children and alternatives
    )


def _anchors(leaf: Criterion) -> tuple[Anchor, ...]:
    if leaf.anchors:
        told = sorted(leaf.anchors.items())
        return tuple(Anchor(MOST_POINTS * value, text) for value, text in told)
    return (Anchor(0.0, "As bad as it gets"), Anchor(MOST_POINTS, "As good as it gets"))


def rule_problems(analysis: Analysis, rules: Rules) -> list[str]:
    """Every reason why a room on this decision cannot have these rules, a sentence each."""
    found = []
    leaves = {leaf.id for leaf in analysis.leaves}
    asked = _asked(analysis, rules, None)
    names = [role.name for role in rules.roles]
    if rules.ask == "leaves" and not asked:
        found.append("Inside the groups there is nothing to weigh; ask for the groups.")
    if not all(name.strip() for name in names):
        found.append("A role needs a name.")
    found += [f"The role {n!r} stands twice." for n in dict.fromkeys(names) if names.count(n) > 1]
    for name in _wanted_scores(rules):
        if name not in leaves:
            found.append(_unknown("leaf criterion", name, leaves))
    for role in rules.roles:
        for name in role.weighs or ():
            if name not in asked:
                told = _unknown("question about a weight", name, asked)
                found.append(f"Role {role.name!r}: {told[0].lower()}{told[1:]}")
    for what, share in {"agreement": rules.agreement, "lead": rules.lead}.items():
        if not 0 <= share <= 1:
            found.append(f"The {what} that counts as consensus is a share from 0 to 1.")
    return found


def _wanted_scores(rules: Rules) -> tuple[str, ...]:
    """The leaves that somebody in the room scores, by whatever role."""
    return tuple(dict.fromkeys([*rules.scores, *(n for role in rules.roles for n in role.scores)]))


def _unknown(kind: str, name: str, known: set[str] | frozenset[str]) -> str:
    what, instead = unknown_name(kind, name, known)
    return f"{what[0].upper()}{what[1:]}; {instead if instead.endswith('?') else instead + '.'}"


# --- what the answers weigh ---------------------------------------------------------------------


def shares_of(analysis: Analysis, weights: Mapping[str, float | None]) -> Mapping[str, float]:
    """A ballot's points as shares of all criteria among their siblings.

    A criterion without points keeps the share that the decision gives it; its siblings with points
    divide the rest by them.
    """
    nodes = analysis.basis.nodes
    told = [weights.get(name) for name in nodes]
    points = np.array([[np.nan if value is None else value for value in told]], dtype=np.float64)
    shares, _ = share_table(analysis, points)
    return dict(zip(nodes, shares[0].tolist(), strict=True))


def point_table(analysis: Analysis, rules: Rules, ballots: list[Ballot]) -> Array:
    """The points of each ballot (ballots, nodes); NaN where nothing was said, or not asked."""
    nodes = analysis.basis.nodes
    asked = {name: _asked(analysis, rules, rules.role(name)) for name in {b.role for b in ballots}}
    table = np.full((len(ballots), len(nodes)), np.nan)
    for row, ballot in enumerate(ballots):
        own = asked[ballot.role]
        for column, name in enumerate(nodes):
            value = ballot.weights.get(name) if name in own else None
            if value is not None:
                table[row, column] = value
    return table


def share_table(analysis: Analysis, points: Array) -> tuple[Array, NDArray[np.bool_]]:
    """The shares that `points` (people, nodes) give, and where somebody had an opinion.

    Both are (people, nodes), siblings side by side. Siblings whose points are all 0 say nothing.
    """
    shares = np.tile(analysis.share_array, (len(points), 1))
    is_told = ~np.isnan(points)
    start = 0
    for family in analysis.basis.families:
        part = slice(start, start + len(family))
        start += len(family)
        told, given = is_told[:, part], np.where(is_told[:, part], points[:, part], 0.0)
        most = given.max(axis=1, keepdims=True)
        told &= most > 0
        given /= np.where(most > 0, most, 1.0)  # tiny points keep their proportions
        sums = given.sum(axis=1, keepdims=True)
        own = shares[:, part]
        rest = np.where(told.all(axis=1), 1.0, np.where(told, own, 0.0).sum(axis=1))[:, None]
        shares[:, part] = np.where(told, rest * given / np.where(sums > 0, sums, 1.0), own)
    return shares, is_told


# --- why a ballot cannot be taken ---------------------------------------------------------------


def problems(analysis: Analysis, rules: Rules, role: str, ballot: Ballot) -> list[str]:
    """Every reason why a ballot of somebody of `role` cannot be taken, a sentence each."""
    return [
        *_weight_problems(analysis, rules, role, ballot),
        *_score_problems(analysis, rules, role, ballot),
        *_gut_problems(analysis, ballot),
    ]


def _weight_problems(analysis: Analysis, rules: Rules, role: str, ballot: Ballot) -> Iterator[str]:
    names = {node.id: node.name for node in analysis.decision.criteria.walk()}
    asked = _asked(analysis, rules, rules.role(role))
    for name, points in ballot.weights.items():
        if name not in names:
            yield _unknown("criterion", name, asked or set(names))
        elif points is None:
            continue  # says nothing, whether it was asked or not
        elif name not in asked:
            who = f"in the role {role!r}" if rules.role(role) else "in this room"
            yield f"The weight of “{names[name]}” is not asked {who}."
        elif not _is_points(points):
            yield f"“{names[name]}” takes a number from 0 to 100, or no opinion."
    for family in analysis.basis.families:
        told = [ballot.weights.get(name) for name in family if name in asked]
        given = [points for points in told if points is not None]
        if given and all(_is_points(points) and points == 0 for points in given):
            listed = ", ".join(
                names[name] for name in family if ballot.weights.get(name) is not None
            )
            yield (
                f"All that stand together have 0 points ({listed}); give at least one more than 0, "
                "or say no opinion."
            )


def _score_problems(analysis: Analysis, rules: Rules, role: str, ballot: Ballot) -> Iterator[str]:
    called = _called(analysis)
    leaves = {leaf.id: leaf.name for leaf in analysis.leaves}
    held = rules.role(role)
    own = rules.scores if held is None else held.scores
    for alternative, scores in ballot.scores.items():
        if alternative not in called:
            yield _unknown("alternative", alternative, set(called))
            continue
        for leaf, points in scores.items():
            if leaf not in leaves:
                yield _unknown("leaf criterion", leaf, set(leaves))
            elif leaf not in own and _wanted_scores(rules):
                who = "in this room" if held is None else f"in the role {role!r}"
                yield f"Scores on “{leaves[leaf]}” are not asked {who}."
            elif points is not None and not _is_points(points):
                where = f"“{called[alternative]}” on “{leaves[leaf]}”"
                yield f"{where} takes a number from 0 to 100, or nothing."


def _gut_problems(analysis: Analysis, ballot: Ballot) -> Iterator[str]:
    called = _called(analysis)
    for name in dict.fromkeys(ballot.gut_ranking):
        if name not in called:
            yield _unknown("alternative", name, set(called))
        elif ballot.gut_ranking.count(name) > 1:
            yield f"“{called[name]}” stands twice in the ranking by feeling; name each once."


def _called(analysis: Analysis) -> dict[str, str]:
    """The short names of all alternatives, those that are knocked out included."""
    return {name: label.short for name, label in labels(analysis.decision).items()}


def _is_points(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= MOST_POINTS
