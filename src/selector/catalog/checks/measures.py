"""A leaf of a criteria set is served by a fact, in that fact's unit and within its bounds."""

from collections.abc import Iterator

from selector.catalog.checks import Subject
from selector.domain.criterion import CriteriaSet, Criterion, FactMeasure, LinearScale, PointScale
from selector.domain.fact import FactDefinition
from selector.domain.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Leaves without a measure, in another unit than their fact, or scaled beyond its bounds."""
    if not isinstance(subject.record, CriteriaSet):
        return
    for leaf in subject.record.leaves():
        if leaf.measure is None:
            what = f"no fact serves the criterion {leaf.id!r}"
            yield Problem.at(leaf.origin, what, "add 'measure: {fact: …}', or take it out")
        elif isinstance(leaf.measure, FactMeasure):
            yield from _against(leaf, subject.dictionary[leaf.measure.fact])


def _against(leaf: Criterion, definition: FactDefinition) -> Iterator[Problem]:
    if definition.unit and leaf.unit != definition.unit:
        what = f"{leaf.id!r} is in {leaf.unit!r}, but its fact in {definition.unit!r}"
        yield Problem.at(leaf.origin, what, f"write 'unit: {definition.unit}'")
    ends: list[float] = []
    if isinstance(leaf.scale, PointScale):
        ends = [x for x, _ in leaf.scale.points]
    elif isinstance(leaf.scale, LinearScale):
        ends = [end for end in leaf.scale[:2] if isinstance(end, float)]
    low, high = definition.minimum, definition.maximum
    for end in ends:
        if (low is not None and end < low) or (high is not None and end > high):
            what = f"the scale of {leaf.id!r} reaches {end:g}, which its fact cannot"
            yield Problem.at(leaf.origin, what, "keep the ends within the fact's min and max")
