"""Criteria: from their shape to a tree of `Criterion`, checked against the dictionary."""

from collections.abc import Mapping, Sequence
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.shapes.criteria import CriteriaFile, CriterionShape, MeasureShape, ValueShape
from selector.domain.criterion import (
    WIDENING,
    BudgetShare,
    CostMeasure,
    CriteriaSet,
    Criterion,
    End,
    FactMeasure,
    LevelScale,
    LinearScale,
    Measure,
    PointScale,
    Preference,
    Scale,
    ShareMeasure,
)
from selector.domain.fact import Dictionary

Where = tuple[object, ...]


def criteria_set_record(
    document: Document, shape: CriteriaFile, dictionary: Dictionary
) -> CriteriaSet:
    """The criteria set of a file; problems are noted in the document."""
    criteria = criteria_record(document, ("criteria",), shape.criteria, dictionary)
    for preset, points in shape.presets.items():
        check_points(document, ("presets", preset), points, criteria)
    presets = {
        name: {criterion: points_of(value)[0] for criterion, value in points.items()}
        for name, points in shape.presets.items()
    }
    widening = dict(WIDENING)
    widening |= {str(name): share for name, share in shape.widening.items()}
    return CriteriaSet(shape.id, shape.name, criteria, presets, widening)


def criteria_record(
    document: Document,
    where: Where,
    shapes: Sequence[CriterionShape],
    dictionary: Dictionary,
    seen: set[str] | None = None,
) -> tuple[Criterion, ...]:
    """The siblings at the place `where` with all below them."""
    seen = set() if seen is None else seen
    records = []
    for index, shape in enumerate(shapes):
        here = (*where, index)
        if shape.id in seen:
            document.complain(
                (*here, "id"), f"the criterion {shape.id!r} stands twice", "rename one"
            )
        seen.add(shape.id)
        children = criteria_record(document, (*here, "children"), shape.children, dictionary, seen)
        measure = _measure(document, here, shape.measure, dictionary)
        points, is_percent = (None, False) if shape.weight is None else points_of(shape.weight)
        criterion = Criterion(
            id=shape.id,
            name=shape.name or shape.id,
            children=children,
            weight=points,
            weight_is_percent=is_percent,
            goal=shape.goal,
            unit=shape.unit or _unit_of(measure, dictionary),
            measure=measure,
            scale=scale_record(shape.value),
            question=shape.question,
            anchors=shape.anchors,
            frameworks={name: tuple(entries) for name, entries in shape.frameworks.items()},
            not_applicable=shape.not_applicable,
            preference=Preference(**vars(shape.preference)) if shape.preference else None,
            veto=shape.veto,
            origin=document.origin(*here),
        )
        check_scale(document, (*here, "value"), criterion, dictionary)
        records.append(criterion)
    check_siblings(document, where, records)
    return tuple(records)


def points_of(value: Any) -> tuple[float, bool]:
    """Points as a number, and whether they were written as a share of 100."""
    if isinstance(value, str):
        return float(value.rstrip("% ")), True
    return float(value), False


def check_siblings(document: Document, where: Where, siblings: Sequence[Criterion]) -> None:
    """Check the weights of siblings: of all or of none, not all zero, shares that sum to 100 %."""
    if not siblings:
        return
    weighted = [c for c in siblings if c.weight is not None]
    if weighted and len(weighted) < len(siblings):
        index = next(i for i, c in enumerate(siblings) if c.weight is None)
        document.complain(
            (*where, index),
            f"{siblings[index].id!r} has no weight, though some of its siblings have one",
            "give all siblings a weight, or none",
        )
        return
    if weighted and sum(c.weight or 0 for c in weighted) <= 0:
        document.complain(
            where, "the weights of these siblings sum to zero", "give one more than 0"
        )
    _check_percent(
        document, where, {c.id: (c.weight or 0, c.weight_is_percent) for c in weighted}, weighted
    )


def _check_percent(
    document: Document,
    where: Where,
    points: Mapping[str, tuple[float, bool]],
    siblings: Sequence[Criterion],
) -> None:
    shares = [value for value, is_percent in points.values() if is_percent]
    if not shares:
        return
    if len(shares) < len(siblings):
        document.complain(
            where, "some siblings have shares with '%', others not", "write all with '%', or none"
        )
    elif abs(sum(shares) - 100) > 1e-6:
        document.complain(
            where, f"these shares sum to {sum(shares):g} %", "siblings with '%' must sum to 100 %"
        )


def check_points(
    document: Document, where: Where, points: Mapping[str, Any], criteria: Sequence[Criterion]
) -> None:
    """Check points given by criterion id: that these exist, percentages, and no sum of zero."""
    known = {c.id for top in criteria for c in top.walk()}
    for name in points:
        if name not in known:
            document.complain((*where, name), *unknown_name("criterion", name, known), key=True)
    groups = [tuple(criteria)] + [c.children for top in criteria for c in top.walk() if c.children]
    for siblings in groups:
        named = {c.id: points_of(points[c.id]) for c in siblings if c.id in points}
        if not named:
            continue
        _check_percent(document, where, named, siblings)
        rest = sum(1 if c.weight is None else c.weight for c in siblings if c.id not in named)
        if rest + sum(value for value, _ in named.values()) <= 0:
            document.complain(
                where, f"the weights of {', '.join(named)} sum to zero", "give one more than 0"
            )


def _measure(
    document: Document, where: Where, shape: MeasureShape | None, dictionary: Dictionary
) -> Measure | None:
    if shape is None:
        return None
    if shape.cost is not None:
        return CostMeasure(shape.cost)
    key = "fact" if shape.fact is not None else "share_of"
    fact = shape.fact or shape.share_of or ""
    place = (*where, "measure", key)
    definition = dictionary.get(fact)
    if definition is None:
        document.complain(place, *unknown_name("fact", fact, dictionary))
        return None
    if key == "share_of":
        if definition.type != "set":
            document.complain(
                place, f"share_of a fact of type {definition.type}", "name a fact of type set"
            )
        for index, choice in enumerate(shape.wanted):
            if choice not in definition.choices:
                what, instead = unknown_name("choice", choice, definition.choices)
                document.complain((*where, "measure", "wanted", index), what, instead)
        return ShareMeasure(fact, tuple(shape.wanted))
    if definition.type not in ("number", "boolean", "level"):
        instead = (
            "use {share_of: …, wanted: [..]}"
            if definition.type == "set"
            else ("measure a number, boolean or level")
        )
        document.complain(place, f"a fact of type {definition.type} has no order", instead)
    return FactMeasure(fact)


def scale_record(shape: ValueShape | None) -> Scale | None:
    """The value function, or None where none is given."""
    if shape is None:
        return None
    if shape.points is not None:
        return PointScale(tuple((x, v) for x, v in shape.points))
    if shape.levels is not None:
        return LevelScale(dict(shape.levels))
    return LinearScale(_end(shape.worst), _end(shape.best), shape.clamp)


def _end(value: Any) -> End:
    return BudgetShare(float(value["budget"])) if isinstance(value, dict) else float(value)


def check_scale(
    document: Document, where: Where, criterion: Criterion, dictionary: Dictionary
) -> None:
    """Check that a leaf's value function fits its goal and what it measures."""
    scale, goal = criterion.scale, criterion.goal
    if isinstance(scale, LinearScale) and goal is not None:
        turned = Criterion(criterion.id, criterion.name, scale=scale).direction
        if type(scale.worst) is type(scale.best) and turned != goal:
            document.complain(
                where,
                f"goal {goal}, but worst {_said(scale.worst)} and best {_said(scale.best)}",
                "swap the ends or change the goal",
            )
    if isinstance(scale, LevelScale) and isinstance(criterion.measure, ShareMeasure | CostMeasure):
        measured = "a share" if isinstance(criterion.measure, ShareMeasure) else "a cost"
        document.complain(where, f"levels for {measured}", "use worst and best, or points")
    if scale is None or not isinstance(criterion.measure, FactMeasure):
        return
    definition = dictionary.get(criterion.measure.fact)
    if definition is None:
        return
    names = {"level": definition.levels, "boolean": ("false", "true")}.get(definition.type)
    if isinstance(scale, LevelScale):
        if names is None:
            document.complain(
                where, f"levels for a {definition.type}", "use worst and best, or points"
            )
        elif set(scale.levels) != set(names):
            odd = sorted(set(scale.levels) ^ set(names))
            document.complain(
                where,
                f"the levels {', '.join(odd)} do not match the fact's",
                f"give a value to each of {', '.join(names)}",
            )
    elif definition.type == "level":
        document.complain(where, "a scale of numbers for a level", "use levels: {name: value, …}")


def _said(end: End) -> str:
    return f"{end.share:g} of the budget" if isinstance(end, BudgetShare) else f"{end:g}"


def _unit_of(measure: Measure | None, dictionary: Dictionary) -> str:
    if isinstance(measure, FactMeasure):
        return dictionary[measure.fact].unit if measure.fact in dictionary else ""
    if isinstance(measure, CostMeasure):
        return {
            "monthly": "USD a month",
            "monthly_mean": "USD a month",
            "total": "USD",
            "per_1000_requests": "USD per 1,000 requests",
        }[measure.figure]
    return "share" if isinstance(measure, ShareMeasure) else ""
