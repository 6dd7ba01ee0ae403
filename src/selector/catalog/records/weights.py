"""How a decision weighs: from its shape to a `WeightSpec`, checked against the criteria."""

from collections.abc import Iterable, Sequence
from math import isclose

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.records.criteria import check_points, points_of
from selector.catalog.shapes.decision import SubtreeShape, WeightsShape
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.decision import Comparison, WeightSpec

Where = tuple[object, ...]
Siblings = tuple[str, ...]


def weights_record(document: Document, shape: WeightsShape, criteria: CriteriaSet) -> WeightSpec:
    """How the decision weighs; problems are noted in the document."""
    where = ("weights",)
    check_points(document, (*where, "values"), shape.values, criteria.criteria)
    if shape.method == "preset" and shape.preset not in criteria.presets:
        document.complain(
            (*where, "preset"), *unknown_name("preset", shape.preset, criteria.presets)
        )
    sets = [tuple(c.id for c in siblings) for _, siblings in criteria.siblings()]
    spec, weighed = _way(document, where, shape, sets)
    groups = {c.id: c for c in criteria.walk() if c.children}
    subtrees = {}
    for name, item in shape.subtrees.items():
        here = (*where, "subtrees", name)
        if name not in groups:
            document.complain(here, *unknown_name("group", name, groups), key=True)
            continue
        children = groups[name].children
        _check_once(document, here, name, shape, weighed, children)
        flat = [child._replace(children=()) for child in children]
        check_points(document, (*here, "values"), item.values, flat)
        below = [tuple(c.id for c in children)]
        subtrees[name], _ = _way(document, here, item, below, f"child of {name}")
    known = {c.id for c in criteria.walk()}
    for name in shape.reasons:
        if name not in known:
            here = (*where, "reasons", name)
            document.complain(here, *unknown_name("criterion", name, known), key=True)
    return spec._replace(preset=shape.preset, subtrees=subtrees, reasons=dict(shape.reasons))


def _check_once(
    document: Document,
    where: Where,
    group: str,
    shape: WeightsShape,
    weighed: Siblings,
    children: Sequence[Criterion],
) -> None:
    """That nothing above the subtrees weighs the children of a group that has its own way."""
    twice = [child.id for child in children if child.id in shape.values or child.id in weighed]
    if twice:
        document.complain(
            where,
            f"{', '.join(twice)} below {group!r} have weights already",
            "say in one place how they weigh",
            key=True,
        )


def _way(
    document: Document,
    where: Where,
    shape: SubtreeShape,
    sets: Sequence[Siblings],
    kind: str = "criterion",
) -> tuple[WeightSpec, Siblings]:
    """One way to weigh, and the siblings that it orders or compares (none: it names points).

    `kind` is what a message calls those that can be named.
    """
    points = {name: points_of(value) for name, value in shape.values.items()}
    spec = WeightSpec(
        method=shape.method,
        values={name: value for name, (value, _) in points.items()},
        percent=frozenset(name for name, (_, is_percent) in points.items() if is_percent),
        order=tuple(shape.order),
        formula=shape.formula,
        best=shape.best,
        worst=shape.worst,
        origin=document.origin(*where),
    )
    if shape.method == "ranking":
        return spec, _ordered(document, where, shape.order, sets, kind)
    if shape.method == "ahp":
        comparisons, siblings = _compared(document, where, shape.comparisons, sets, kind)
        return spec._replace(comparisons=comparisons), siblings
    if shape.method == "bwm":
        return _spanned(document, where, shape, sets, kind, spec)
    return spec, ()


def _ordered(
    document: Document, where: Where, order: Sequence[str], sets: Sequence[Siblings], kind: str
) -> Siblings:
    known = {name for siblings in sets for name in siblings}
    for index, name in enumerate(order):
        if name not in known:
            document.complain((*where, "order", index), *unknown_name(kind, name, known))
    if not any(set(siblings) == set(order) for siblings in sets):
        document.complain(
            (*where, "order"),
            "the order does not name exactly one set of siblings",
            "name all criteria that stand side by side, most important first",
        )
    return tuple(order)


def _siblings_of(
    document: Document,
    named: Iterable[tuple[Where, str, bool]],
    sets: Sequence[Siblings],
    kind: str,
) -> Siblings:
    """The siblings meant by names at their places; those that are not among them are wrong.

    The third of each says whether the name is a key in the file.
    """
    named = list(named)
    known = {name for siblings in sets for name in siblings}
    names = {name for _, name, _ in named}
    meant = max(sets, key=lambda siblings: len(names.intersection(siblings)), default=())
    for where, name, is_key in named:
        if name not in known:
            document.complain(where, *unknown_name(kind, name, known), key=is_key)
        elif name not in meant:
            document.complain(
                where,
                f"{name!r} does not stand beside the others",
                f"compare siblings: {', '.join(meant)}",
                key=is_key,
            )
    return meant


def _compared(
    document: Document,
    where: Where,
    given: Sequence[Sequence[object]],
    sets: Sequence[Siblings],
    kind: str,
) -> tuple[tuple[Comparison, ...], Siblings]:
    """The comparisons of AHP, each pair of siblings at most once, that link all of them."""
    here = (*where, "comparisons")
    named = [
        ((*here, row, i), str(item[i]), False) for row, item in enumerate(given) for i in (0, 1)
    ]
    siblings = _siblings_of(document, named, sets, kind)
    found: dict[frozenset[str], Comparison] = {}
    for row, (one, other, times) in enumerate(given):
        place = (*here, row)
        new = Comparison(str(one), str(other), float(str(times)), document.origin(*place))
        if new.first == new.second:
            document.complain(
                place, f"{new.first!r} compared with itself", "compare it with another"
            )
            continue
        pair = frozenset((new.first, new.second))
        old = found.setdefault(pair, new)
        before = old.times if old.first == new.first else 1 / old.times
        if not isclose(before, new.times, rel_tol=1e-6):
            document.complain(
                place,
                f"{new.first} is {_times(new.times)} times {new.second} here, "
                f"and {_times(before)} times in line {old.origin.line}",
                "keep the one that is meant",
            )
    linked = _linked(siblings, found)
    apart = [name for name in siblings if name not in linked]
    if apart:
        document.complain(
            here,
            f"not compared with the others: {', '.join(apart)}",
            f"add [{siblings[0]}, {apart[0]}, …], so that the comparisons link all siblings",
        )
    return tuple(found.values()), siblings


def _linked(siblings: Siblings, pairs: Iterable[frozenset[str]]) -> set[str]:
    """The siblings that pairs link with the first, directly or through others."""
    pairs, linked = list(pairs), set(siblings[:1])
    for _ in siblings:
        linked |= {name for pair in pairs if pair & linked for name in pair}
    return linked


def _times(times: float) -> str:
    return f"{times:g}" if times >= 1 else f"1/{1 / times:g}"


def _spanned(
    document: Document,
    where: Where,
    shape: SubtreeShape,
    sets: Sequence[Siblings],
    kind: str,
    spec: WeightSpec,
) -> tuple[WeightSpec, Siblings]:
    """The two vectors of the best-worst method, completed by what goes without saying."""
    named = [((*where, key), getattr(shape, key), False) for key in ("best", "worst")]
    vectors = {key: dict(getattr(shape, key)) for key in ("best_to_others", "others_to_worst")}
    for key, vector in vectors.items():
        named += [((*where, key, name), name, True) for name in vector]
    siblings = _siblings_of(document, named, sets, kind)
    to_best, to_worst = vectors["best_to_others"], vectors["others_to_worst"]
    for key, vector, name in (
        ("best_to_others", to_best, spec.best),
        ("others_to_worst", to_worst, spec.worst),
    ):
        if vector.setdefault(name, 1.0) != 1:
            document.complain(
                (*where, key, name), f"{name!r} is 1 time as important as itself", "write 1"
            )
    span = to_best.get(spec.worst, to_worst.get(spec.best))
    if span is not None:
        to_best.setdefault(spec.worst, span)
        if to_worst.setdefault(spec.best, span) != span:
            document.complain(
                (*where, "others_to_worst", spec.best),
                f"{spec.best} is {to_worst[spec.best]:g} times {spec.worst} here, "
                f"and {span:g} times in best_to_others",
                "write the same in both",
            )
    for key, vector in vectors.items():
        missing = [name for name in siblings if name not in vector]
        if missing:
            document.complain(
                (*where, key), f"{key} lacks {', '.join(missing)}", "compare all siblings"
            )
    return spec._replace(best_to_others=to_best, others_to_worst=to_worst), siblings
