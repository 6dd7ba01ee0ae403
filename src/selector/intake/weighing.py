"""Weights: the points of the criteria set, shifted by what was answered, summing to 100."""

from collections.abc import Mapping

from selector.domain import words
from selector.domain.criterion import CriteriaSet
from selector.intake.proposal import ProposedWeight
from selector.intake.rules._when import holds
from selector.intake.rules.weighed import CONCERNS, WEIGHTS

UNSHIFTED = "As in the set."


def weights_of(
    criteria: CriteriaSet, given: Mapping[str, tuple[str, ...]], wanted: Mapping[str, float]
) -> tuple[ProposedWeight, ...]:
    """The points of each group at the top of the set, each with its reason.

    `given` are the answers by question, of each of which a concern is shifted once: by the first
    rule that holds. `wanted` are points that somebody set, which stay as they
    are while the others share the rest.
    """
    usual = _of_the_set(criteria)
    shifted = dict(usual)
    why: dict[str, list[str]] = {name: [] for name in usual}
    shifted_by: set[tuple[str, ...]] = set()
    for rule in WEIGHTS:
        group = CONCERNS[rule.concern].get(criteria.id, "")
        once = (rule.concern, next(iter(rule.when)))
        if group in shifted and once not in shifted_by and holds(rule.when, given):
            shifted_by.add(once)
            shifted[group] *= rule.times
            why[group].append(f"times {words.number(rule.times)}: {rule.reason}")
    fixed = {name: p for name, p in wanted.items() if name in shifted and 0 <= p <= 100}
    free = [name for name in shifted if name not in fixed]
    rest = max(0.0, 100 - sum(fixed.values()))
    total = sum(shifted[name] for name in free)
    exact = fixed | {name: rest * shifted[name] / total if total else 0 for name in free}
    points = _whole(exact) if sum(exact.values()) > 0 else dict.fromkeys(exact, 1)
    names = {criterion.id: criterion.name for criterion in criteria.criteria}
    return tuple(
        ProposedWeight(
            name, names[name], points[name], usual[name], _reason(name, usual, why, fixed)
        )
        for name in usual
    )


def _of_the_set(criteria: CriteriaSet) -> dict[str, float]:
    given = {c.id: 1.0 if c.weight is None else c.weight for c in criteria.criteria}
    total = sum(given.values())
    return {name: 100 * weight / total for name, weight in given.items()}


def _reason(
    name: str,
    usual: Mapping[str, float],
    why: Mapping[str, list[str]],
    fixed: Mapping[str, float],
) -> str:
    if name in fixed:
        return "Set by you."
    in_set = f"{words.number(round(usual[name], 1))} in the set"
    if why[name]:
        return f"{in_set}; {'; '.join(why[name])}."
    moved = any(why.values()) or bool(fixed)
    return f"{in_set}; the others moved, not this one." if moved else UNSHIFTED


def _whole(exact: Mapping[str, float]) -> dict[str, int]:
    """Whole points with the sum of 100, those with the largest remainders rounded up."""
    total = sum(exact.values())
    scaled = {name: 100 * value / total for name, value in exact.items()}
    points = {name: int(value) for name, value in scaled.items()}
    short = 100 - sum(points.values())
    by_remainder = sorted(scaled, key=lambda name: points[name] - scaled[name])
    for name in by_remainder[:short]:
        points[name] += 1
    return points
