"""A decision among the best stacks, so that all that ranks and tells decisions does so with stacks.

Its alternatives are whole stacks, its criteria the layers, each with the score of what is chosen in
it, and the fit, with the points that adapters take. The fit weighs as much as its whole scale: a
stack's score there is (score + P) / (1 + P) of its score here, P the points at the worst end of the
scale as a share, so that both rank alike.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from selector.analysis.settled import DIGITS, points_of
from selector.analysis.stack.why import charged
from selector.domain import words
from selector.domain.costing import Costing, Judged, judgement
from selector.domain.criterion import (
    CostMeasure,
    CriteriaSet,
    Criterion,
    LayerMeasure,
    LinearScale,
)
from selector.domain.decision import Alternative, Decision, Requirement, WeightSpec
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.fact import FactDefinition
from selector.domain.outcome import Notice
from selector.domain.stack import FIT, FitPoints

if TYPE_CHECKING:
    from selector.analysis.stack.candidates import LayerAnalysis
    from selector.analysis.stack.core import StackAnalysis
    from selector.analysis.stack.parts import Stack

COST = "stack_monthly_cost"
_PROVEN = "stack_proven"
_SAME = 1e-9  # times the weight that the fit has anyway
_NAMED = 4  # components that a stack's name has at most


def as_decision(analysis: "StackAnalysis", k: int = 10, worst: float | None = None) -> Decision:
    """The decision among the `k` best stacks; it ranks them as composing does.

    Without any stack it has no alternatives, and says why. `worst` is where the scale of the fit
    is to end, in points, if not at the most that any of these stacks can be charged.
    """
    stacks = analysis.best(k).stacks
    whole = analysis.decision
    most = _worst(analysis, k)
    if worst is None or abs(worst - most) < _SAME * most:
        worst = most
    criteria = _criteria(analysis, worst, most)
    names = names_of(analysis, stacks)
    requirements, facts = _asked(analysis, stacks)
    # Of no alternative or criterion there: they speak of candidates and of layers' own criteria.
    notices = tuple(n._replace(alternative="", criterion="") for n in analysis.notices)
    if len(stacks) > 1:
        notices += (_on_another_scale(worst),)
    return whole._replace(
        criteria=criteria,
        alternatives=tuple(
            Alternative(
                f"stack-{place}",
                names[place - 1],
                facts=facts[place - 1],
                performances=_performances(analysis, stack),
                costing=_costing(stack),
                origin=whole.origin,
            )
            for place, stack in enumerate(stacks, start=1)
        ),
        requirements=requirements,
        weights=WeightSpec(),
        dictionary={**whole.dictionary, **_definitions(analysis)},
        said=notices,
        stack=None,
    )


def _on_another_scale(worst: float) -> Notice:
    """How scores and leads here stand to those of composing."""
    share = words.number(round(100 / (1 + worst / 100)))
    return Notice(
        "stack-scale",
        "How well a stack goes together is a criterion here, and a charge on the page Stack and in "
        f"'selector compose': the order is the same, scores here are higher, and leads are {share} "
        "of 100 of those there. Each stack is named by what it has otherwise than Stack 1.",
    )


def _worst(analysis: "StackAnalysis", k: int = 10) -> float:
    """The points at the worst end of the scale of the fit, which is its weight too."""
    most = (_fit_points(analysis, stack)[2] for stack in analysis.best(k).stacks)
    return max([analysis.spec.fit.large, *most])


def weighed_as(composed: "StackAnalysis", shares: Mapping[str, float]) -> "StackAnalysis":
    """The composing by the weights of the decision among stacks: of the layers, and of the fit.

    More weight of the fit than as much as its scale is more points that adapters take, up to 100.
    Some layer has weight. It has the figures that the decision's file has once these weights are
    written into it.
    """
    total = sum(shares[name] for name in composed.shares)
    worst = _worst(composed)
    times = 100 * shares[FIT] / total / worst if worst else 1.0
    fit = FitPoints(*(min(round(times * x, DIGITS), 100.0) for x in composed.spec.fit))
    return composed.weighed(
        points_of({name: shares[name] for name in composed.shares}),
        composed.spec.fit if abs(times - 1) < _SAME else fit,
    )


def among_the_best(
    composed: "StackAnalysis", shares: Mapping[str, float], usual: CriteriaSet
) -> Decision:
    """The decision among the stacks that are the best under other weights than its file's.

    `composed` is that of these weights, by `shares`; `usual` has the criteria as the file weighs
    them, which the decision keeps. The scale of the fit stays as it was, so that its share means
    the same: of a stack that is charged more than its worst end the value is below 0.
    """
    total = sum(shares[name] for name in composed.shares)
    made = as_decision(composed, worst=100 * shares[FIT] / total)
    weights = {leaf.id: leaf.weight for leaf in usual.criteria}
    criteria = tuple(leaf._replace(weight=weights[leaf.id]) for leaf in made.criteria.criteria)
    return made._replace(criteria=made.criteria._replace(criteria=criteria))


def stack_of(analysis: "StackAnalysis", alternative: str) -> "Stack":
    """The stack that an alternative of the decision among stacks stands for."""
    place = int(alternative.rpartition("-")[2])
    return analysis.best(place).stacks[place - 1]


def _costing(stack: "Stack") -> Costing | None:
    """The bill of a stack as a whole; none where a part of it is not known."""
    monthly = stack.cost.monthly
    if monthly is None:
        return None
    return Costing(monthly=Judged(monthly, judgement("The sum of the bills of its parts")))


def names_of(analysis: "StackAnalysis", stacks: "Sequence[Stack]") -> list[str]:
    """A name for each stack: its place, and of the first what it has that not all of them have.

    Of all others what they have otherwise than the first. What stands before the first comma is
    the short name, here as everywhere.
    """
    if not stacks:
        return []
    first = stacks[0]
    differing = [
        layer.layer.id
        for i, layer in enumerate(analysis.layers)
        if len({stack.places[i] for stack in stacks}) > 1
    ]
    names = []
    for place, stack in enumerate(stacks, start=1):
        own = [x for x in differing if stack is first or stack.choices[x] != first.choices[x]]
        with_ = [stack.choices[x].name.replace(",", "") for x in own if stack.choices[x].id]
        without = [analysis.layer(x).layer.name for x in own if not stack.choices[x].id]
        told = " + ".join(with_[:_NAMED]) + " + …" * (len(with_) > _NAMED)
        if stack is not first:
            told = " ".join(
                [f"with {told}" * bool(told), f"without {words.listed(without)}" * bool(without)]
            ).strip()
        names.append(f"Stack {place}, {told}" if told else f"Stack {place}")
    return names


def _criteria(analysis: "StackAnalysis", worst: float, most: float) -> CriteriaSet:
    examined = {c.id: c.frameworks for c in analysis.decision.criteria.criteria}
    leaves = [
        Criterion(
            layer.layer.id,
            layer.layer.name,
            weight=100 * float(weight),
            goal="max",
            unit=words.POINTS,
            measure=LayerMeasure(
                any(isinstance(own.measure, CostMeasure) for own in layer.analysis.leaves)
            ),
            scale=LinearScale(0.0, 100.0, clamp=not _runs_on(layer)),
            question=f"How much does the choice of {layer.layer.name} matter, from one worth "
            "nothing to the best that there could be?",
            frameworks=examined[layer.layer.id],
            origin=layer.layer.origin,
        )
        for layer, weight in zip(analysis.layers, analysis.weights, strict=True)
    ]
    fit = Criterion(
        FIT,
        "How well it goes together",
        weight=worst,
        goal="min",
        unit="points off",
        scale=LinearScale(worst or 1.0, 0.0, clamp=most <= worst),
        question="How much do adapters between the parts matter?",
        origin=analysis.spec.origin,
    )
    own = analysis.decision.criteria
    return CriteriaSet(own.id, own.name, (*leaves, fit))


def _runs_on(layer: "LayerAnalysis") -> bool:
    """Whether a score in a layer could be below 0 or above 100, as by a scale without ends."""
    low, _, high = layer.scores
    return bool((low < -_SAME).any() or (high > 1 + _SAME).any())


def _performances(analysis: "StackAnalysis", stack: "Stack") -> Mapping[str, Evidence]:
    found = {}
    for layer, candidate in stack.choices.items():
        note = f"{candidate.name}, by its score in this layer." if candidate.id else "Left empty."
        low, central, high = (100 * score for score in candidate.score)
        found[layer] = _spanning(low, central, high, note, "its layer's own decision")
    told = [charged(analysis, joint) for joint in stack.joints if joint.points]
    note = f"{'; '.join(told)}." if told else "All that meets goes together as it comes."
    note = note[0].upper() + note[1:]
    found[FIT] = _spanning(*_fit_points(analysis, stack), note, "what is known to go together")
    return found


def _fit_points(analysis: "StackAnalysis", stack: "Stack") -> tuple[float, float, float]:
    """The points that fits take: the least, as charged, the most."""
    ends = [analysis.ends(joint) for joint in stack.joints]
    charged_now = sum(joint.points for joint in stack.joints)
    return sum(low for low, _ in ends), charged_now, sum(high for _, high in ends)


def _spanning(low: float, likely: float, high: float, note: str, where: str = "") -> Evidence:
    """A figure of our own; `where` it is from, in the place of a source, stands on page Stack."""
    told = Evidence("value", confidence="high", note=note, locator=where and f"{where}: page Stack")
    if high - low < 1e-9:
        return told._replace(value=likely)
    return told._replace(low=low, high=high, likely=likely)


def _definitions(analysis: "StackAnalysis") -> dict[str, FactDefinition]:
    proven = f"Everything asked of the parts of {analysis.decision.title} is proven"
    return {
        COST: FactDefinition(COST, "Monthly cost of the whole stack", "number", "USD", 0.0),
        _PROVEN: FactDefinition(_PROVEN, proven, "boolean"),
    }


def _asked(
    analysis: "StackAnalysis", stacks: "Sequence[Stack]"
) -> tuple[tuple[Requirement, ...], list[dict[str, Evidence]]]:
    """What stacks must prove beside their scores, and what is known of that."""
    limit = analysis.spec.limits.monthly_cost
    requirements = []
    facts: list[dict[str, Evidence]] = [{} for _ in stacks]
    if limit is not None:
        requirements.append(Requirement(fact=COST, at_most=limit, origin=analysis.spec.origin))
        for known, stack in zip(facts, stacks, strict=True):
            known[COST] = _cost_of(analysis, stack, limit)
    parts = [
        [f"{c.name} ({', '.join(c.unproven)})" for c in stack.choices.values() if c.unproven]
        for stack in stacks
    ]
    if any(parts):
        requirements.append(Requirement(fact=_PROVEN, equals=True, origin=analysis.spec.origin))
        for known, unproven in zip(facts, parts, strict=True):
            note = f"Not yet proven: {words.listed(unproven)}."
            proven = Evidence("value", value=True, confidence="high")
            known[_PROVEN] = UNKNOWN._replace(note=note) if unproven else proven
    return tuple(requirements), facts


def _cost_of(analysis: "StackAnalysis", stack: "Stack", limit: float) -> Evidence:
    """The cost as a fact; a range that a stack could only break stays open, as composing has it."""
    cost = stack.cost
    if cost.unknown:
        known = f"{analysis.decision.business.told(round(cost.known.likely))} are known"
        return UNKNOWN._replace(note=f"{known}; not the cost of {words.listed(cost.unknown)}.")
    low, likely, high = cost.known.low, cost.known.likely, cost.known.high
    return _spanning(
        min(low, limit), min(likely, limit), high, "The sum of the bills of its parts."
    )
