"""From what a decision says of weights to a share of each criterion among its siblings."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from selector.analysis.feed import fed_matrix
from selector.domain import words
from selector.domain.criterion import BudgetShare, CostMeasure, CriteriaSet, Criterion, LinearScale
from selector.domain.decision import Comparison, Decision, WeightSpec
from selector.domain.outcome import Notice
from selector.domain.problem import InputError, Problem
from selector.mcda.weighting._columns import Array, ColumnError
from selector.mcda.weighting.direct import equal_shares, replaced, shares_of
from selector.mcda.weighting.surrogate import weights_from_order
from selector.measure.table import Measured

FROM_DATA = {"entropy": "entropy", "critic": "CRITIC", "std": "std", "merec": "MEREC"}
"""The ways that weigh by the alternatives themselves, as people write their names."""

SHIFT = 0.01
"""What a column with zeros is shifted by where a way to weigh forbids them."""

_MONTHLY = re.compile(r"\b(monthly|(a|per|each|every) month)\b", re.IGNORECASE)
_CURRENCIES = ("USD", "US dollar", "EUR", "euro", "GBP", "CHF", "$", "€", "£")


class SetWeights(NamedTuple):
    """The share of each criterion among its siblings, by id, and what to know of them."""

    shares: dict[str, float]
    notices: tuple[Notice, ...] = ()


class Consistency(NamedTuple):
    """How well the judgements on the children of `group` ("" at the top) hold together.

    `ratio` is at most `threshold` where they do well enough; either may be None where the
    literature has none. `xi` is that of the best-worst method, None for AHP. `is_unchecked`: no
    judgement checks another, so that they cannot contradict each other.
    """

    group: str
    method: str
    ratio: float | None
    threshold: float | None
    xi: float | None = None
    lambda_max: float | None = None
    consistency_index: float | None = None
    is_unchecked: bool = False

    @property
    def is_acceptable(self) -> bool | None:
        """Whether the ratio is within its threshold; None where one of them is not known."""
        if self.ratio is None or self.threshold is None:
            return True if self.ratio == 0 else None
        return self.ratio <= self.threshold


class Revisit(NamedTuple):
    """A judgement at odds with the others: `first` against `second`, and what would fit better."""

    first: str
    second: str
    given: float
    suggested: float


class Elicited(NamedTuple):
    """What pairwise judgements say of themselves, and the (at most three) to look at again."""

    consistency: tuple[Consistency, ...] = ()
    revisit: tuple[Revisit, ...] = ()


class Money(NamedTuple):
    """The whole swing of each leaf in the unit of the cost criterion, by id.

    `span` is that of the cost criterion itself: what is worth more runs past its scale.
    """

    criterion: str
    unit: str
    swings: dict[str, float]
    span: float = float("inf")


def set_weights(decision: Decision, measured: Callable[[], Measured]) -> SetWeights:
    """The shares that the decision's way to weigh gives.

    `measured` is called only where the weights come from data. Raises InputError where these do
    not give any.
    """
    spec = decision.weights
    notices: list[Notice] = []
    from_data: Mapping[str, float] | None = None
    if spec.method in FROM_DATA:
        from_data, notices = _from_data(decision, measured())
    shares: dict[str, float] = {}
    for parent, siblings in decision.criteria.siblings():
        own = _of_the_set(siblings, spec.method)
        if from_data is not None:
            total = sum(from_data[c.id] for c in siblings)
            own = shares_of({c.id: from_data[c.id] for c in siblings}) if total > 0 else own
        else:
            own = _by(spec, own, decision.criteria)
        if parent is not None and parent.id in spec.subtrees:
            way = spec.subtrees[parent.id]
            own = _by(way, _of_the_set(siblings, way.method), decision.criteria)
        shares |= own
    names = {criterion.id: criterion.name for criterion in decision.criteria.walk()}
    for figures in elicited(decision).consistency:
        if figures.is_acceptable is False:
            where = f"below {names[figures.group]} " if figures.group else ""
            text = (
                f"The comparisons {where}contradict each other: their consistency ratio is "
                f"{figures.ratio:.2f}, and at most {figures.threshold:.2f} is acceptable."
            )
            circle = _circle(spec.subtrees.get(figures.group, spec).comparisons)
            if circle:
                told = words.listed([f"“{names[a]}” over “{names[b]}”" for a, b in circle])
                text += f" Three go in a circle: {told}."
            notices.append(Notice("inconsistent-judgements", text, criterion=figures.group))
    return SetWeights(shares, tuple(notices))


def _circle(comparisons: Sequence[Comparison]) -> tuple[tuple[str, str], ...]:
    """Three judgements that put a before b, b before c and c before a; none where there are none.

    Where none of two are called equal, a longer circle has one of three in it.
    """
    before = [
        (c.first, c.second) if c.times > 1 else (c.second, c.first)
        for c in comparisons
        if c.times != 1
    ]
    for (a, b), (also_b, c) in product(before, before):
        if b == also_b and (c, a) in before:
            return ((a, b), (b, c), (c, a))
    return ()


def _of_the_set(siblings: tuple[Criterion, ...], method: str) -> dict[str, float]:
    """The shares that the criteria set gives siblings, unless all are to be equal."""
    if method == "equal" or all(c.weight is None for c in siblings):
        return equal_shares(tuple(c.id for c in siblings))
    return shares_of({c.id: c.weight or 0.0 for c in siblings})


def _by(spec: WeightSpec, own: dict[str, float], criteria: CriteriaSet) -> dict[str, float]:
    """The shares of siblings by one way to weigh; those it says nothing of keep what they have."""
    names = tuple(own)
    if spec.method == "ranking" and set(names) == set(spec.order):
        return dict(zip(spec.order, weights_from_order(len(names), spec.formula), strict=True))
    if _is_judged(spec, names):
        weights, _, _ = _judged(spec, "", names)
        return dict(zip(names, weights.tolist(), strict=True))
    named = criteria.presets[spec.preset] if spec.method == "preset" else spec.values
    return replaced(own, {name: named[name] for name in names if name in named})


# Judgements in pairs ---------------------------------------------------------------------------


def _is_judged(spec: WeightSpec, names: tuple[str, ...]) -> bool:
    compared = {name for c in spec.comparisons for name in (c.first, c.second)}
    judged = {"ahp": compared, "bwm": set(spec.best_to_others)}.get(spec.method)
    return judged == set(names)


def _judged(
    spec: WeightSpec, group: str, names: tuple[str, ...]
) -> tuple[Array, Consistency, list[tuple[float, Revisit]]]:
    """Weights of siblings from judgements in pairs, their consistency, and which to revisit.

    Those to revisit come with the factor by which they are at odds.
    """
    from selector.mcda.weighting.ahp import (
        ACCEPTABLE,
        comparison_matrix,
        eigenvector_weights,
        to_revisit,
    )

    places = {name: place for place, name in enumerate(names)}
    if spec.method == "ahp":
        judgements = [(places[c.first], places[c.second], c.times) for c in spec.comparisons]
        compared = eigenvector_weights(comparison_matrix(len(names), judgements))
        weights = compared.weights
        consistency = Consistency(
            group,
            "ahp",
            compared.ratio,
            ACCEPTABLE,
            lambda_max=compared.lambda_max,
            consistency_index=compared.consistency_index,
            is_unchecked=2 < len(names) > len(judgements),
        )
    else:
        from selector.mcda.weighting.best_worst import best_worst_weights

        to_best = np.array([spec.best_to_others[name] for name in names])
        to_worst = np.array([spec.others_to_worst[name] for name in names])
        best, worst = places[spec.best], places[spec.worst]
        spanned = best_worst_weights(to_best, to_worst, best, worst)
        weights = spanned.weights
        consistency = Consistency(group, "bwm", spanned.ratio, spanned.threshold, spanned.xi)
        pairs = [(best, place, to_best[place]) for place in places.values() if place != best]
        pairs += [
            (place, worst, to_worst[place])
            for place in places.values()
            if place not in (best, worst)
        ]
        judgements = [(first, second, float(times)) for first, second, times in pairs]
    revisit = [
        (
            factor,
            Revisit(
                names[judgements[row][0]], names[judgements[row][1]], judgements[row][2], suggested
            ),
        )
        for row, suggested, factor in to_revisit(judgements, weights)
    ]
    return weights, consistency, revisit


def elicited(decision: Decision) -> Elicited:
    """What the judgements in pairs say of themselves: nothing where there are none."""
    consistency: list[Consistency] = []
    revisit: list[tuple[float, Revisit]] = []
    for parent, siblings in decision.criteria.siblings():
        group = "" if parent is None else parent.id
        names = tuple(c.id for c in siblings)
        spec = decision.weights.subtrees.get(group, decision.weights)
        if _is_judged(spec, names):
            _, figures, gaps = _judged(spec, group, names)
            consistency.append(figures)
            revisit += gaps
    worst = sorted(revisit, key=lambda gap: -gap[0])[:3]
    return Elicited(tuple(consistency), tuple(row for _, row in worst))


# From data -------------------------------------------------------------------------------------


def _from_data(decision: Decision, measured: Measured) -> tuple[dict[str, float], list[Notice]]:
    """The weight of each leaf and group by the alternatives that are ranked."""
    method, leaves = decision.weights.method, decision.criteria.leaves()
    matrix, is_max = fed_matrix(leaves, measured)
    name = FROM_DATA[method]
    notices = [
        Notice(
            "weights-from-data",
            f"The weights come from these alternatives (by {name}), not from anybody: another one "
            "would change them.",
        )
    ]
    try:
        if method == "entropy":
            from selector.mcda.weighting.entropy import entropy_weights

            weights = entropy_weights(matrix)
        elif method == "critic":
            from selector.mcda.weighting.critic import critic_weights

            weights = critic_weights(matrix, is_max)
        elif method == "std":
            from selector.mcda.weighting.deviation import deviation_weights

            weights = deviation_weights(measured.values.central)
        else:
            from selector.mcda.weighting.merec import merec_weights

            notices += _without_zeros(matrix, leaves)
            weights = merec_weights(matrix, is_max)
    except ColumnError as error:
        raise _refused(decision, error) from None
    totals = dict(zip((leaf.id for leaf in leaves), weights.tolist(), strict=True))
    for node in decision.criteria.walk():
        if node.children:
            totals[node.id] = sum(totals[leaf.id] for leaf in node.leaves())
    return totals, notices


def _without_zeros(matrix: Array, leaves: tuple[Criterion, ...]) -> list[Notice]:
    """Shift, in place, the columns of 0 and more that have a zero; and say so."""
    lowest = matrix.min(axis=0) if len(matrix) else np.ones(len(leaves))
    matrix[:, lowest == 0] += SHIFT
    names = words.listed([leaf.name for leaf, low in zip(leaves, lowest, strict=True) if low == 0])
    text = f"MEREC cannot take zeros: {SHIFT} is added to all performances on {names}."
    return [Notice("zeros-shifted", text)] if names else []


def _refused(decision: Decision, error: ColumnError) -> InputError:
    names = [decision.criteria.leaves()[column].name for column in error.columns]
    among = f" ({words.listed(names)})" if names else ""
    what = f"{FROM_DATA[decision.weights.method]} {error.why}{among}"
    instead = "weigh another way, or give these a value function" if names else "weigh another way"
    return InputError([Problem.at(decision.weights.origin, what, instead)])


# What they imply -------------------------------------------------------------------------------


def in_money(decision: Decision, weights: Mapping[str, float]) -> Money | None:
    """What the whole swing of each leaf is worth, by the weights, in units of the cost criterion.

    That is the first leaf that measures cost, else the first in money, where less is better, its
    value function is straight and its weight not zero; None without one. A leaf is worth weight /
    weight of cost x the swing of cost. Such worth is what one would pay at most for the swing.
    """
    for one in money_criteria(decision):
        if weights[one.criterion]:
            each = one.span / weights[one.criterion]
            return one._replace(swings={name: w * each for name, w in weights.items()})
    return None


def money_criteria(decision: Decision) -> list[Money]:
    """The leaves that can put others in money, in the order they are asked for; without swings."""
    leaves = decision.criteria.leaves()
    in_order = [leaf for leaf in leaves if isinstance(leaf.measure, CostMeasure)]
    in_order += [leaf for leaf in leaves if leaf.unit.startswith(_CURRENCIES)]
    found = []
    for leaf in {leaf.id: leaf for leaf in in_order}.values():
        scale = leaf.scale
        if not isinstance(scale, LinearScale) or leaf.direction != "min":
            continue
        if isinstance(scale.worst, BudgetShare) or isinstance(scale.best, BudgetShare):
            continue
        found.append(Money(leaf.id, _by_the_month(leaf), {}, abs(scale.worst - scale.best)))
    return found


def _by_the_month(leaf: Criterion) -> str:
    """The unit of a cost, with the month that may stand in the criterion's name alone."""
    is_monthly = _MONTHLY.search(leaf.name) and "month" not in leaf.unit.lower()
    return f"{leaf.unit} a month" if is_monthly else leaf.unit
