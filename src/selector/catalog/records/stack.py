"""A stack in a decision: each layer becomes a small decision, read by the code of any other."""

from collections.abc import Mapping, Sequence
from typing import Any

from selector.catalog.beside import Beside
from selector.catalog.reading import Document, Places
from selector.catalog.records import unknown_name
from selector.catalog.records.criteria import check_siblings, points_of
from selector.catalog.records.decision import (
    assumptions_of,
    decision_record,
    negotiated_prices,
)
from selector.catalog.records.record import record_record
from selector.catalog.records.references import References
from selector.catalog.records.stakeholders import (
    scenario_records,
    stakeholder_records,
    uncertainty_record,
)
from selector.catalog.records.workload import business_record, workload_record
from selector.catalog.shapes.decision import DecisionFile, LayerShape, StackShape
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.decision import Decision
from selector.domain.evidence import NOWHERE
from selector.domain.pattern import Pattern
from selector.domain.problem import InputError
from selector.domain.stack import (
    FIT,
    NOBODY,
    Compatibility,
    FitPoints,
    StackLayer,
    StackLimits,
    StackSpec,
)
from selector.domain.workload import Business

SKILLS = "skills"  # the fact that says what a team must know
_INSTEAD = {
    "alternatives": "write them as candidates of its layers",
    "criteria": "each layer has its own",
    "weights": "give each layer its weight, and its criteria theirs, within the layer",
    "scales": "write them within the layer",
    "requirements": "write them within the layer that they are asked of",
    "measurements": "write what was measured as facts of a candidate",
}
_OF_A_LAYER = ("requirements", "weights", "scales")


def stack_decision(
    document: Document, shape: DecisionFile, references: References, beside: Beside = None
) -> Decision:
    """The decision with its stack, resolved. Problems go to the document.

    Its criteria are the layers and the fit, so that people can weigh them; its alternatives come
    of composing.
    """
    stack = shape.stack
    if stack is None:
        raise TypeError("a decision without a stack")
    for key in shape.written() & set(_INSTEAD):
        document.complain((key,), f"{key!r} beside a stack", _INSTEAD[key], key=True)
    whole = Decision(
        id=shape.id,
        title=shape.title,
        criteria=_criteria(document, shape, stack),
        question=shape.question,
        as_of=shape.as_of,
        monthly_budget=shape.budget.monthly if shape.budget else None,
        workload=workload_record(shape.workload) if shape.workload else None,
        business=business_record(shape.business) if shape.business else Business(),
        negotiated=negotiated_prices(document, shape, references, beside),
        assumptions=assumptions_of(
            document, shape, references, (a for o in stack.layers for a in o.candidates or ())
        ),
        assumed=references.prices().assumptions,
        method=shape.method,
        parameters=shape.parameters,
        uncertainty=uncertainty_record(shape),
        record=record_record(document, shape),
        dictionary=references.dictionary(),
        origin=document.origin(),
        method_origin=document.origin("method") if "method" in shape.written() else NOWHERE,
    )
    layers = tuple(
        _layer(document, shape, index, item, references, whole)
        for index, item in enumerate(stack.layers)
    )
    return whole._replace(
        criteria=_examining(whole.criteria, layers),
        stakeholders=stakeholder_records(document, shape, whole.criteria),
        scenarios=scenario_records(document, shape, whole.criteria),
        stack=StackSpec(
            layers,
            StackLimits(*(getattr(stack.limits, name) for name in StackLimits._fields)),
            _skills(document, stack, references),
            FitPoints(stack.fit.small, stack.fit.medium, stack.fit.large),
            _pattern(document, stack.pattern, references),
            _compatibility(document, references),
            document.origin("stack"),
        ),
    )


def _criteria(document: Document, shape: DecisionFile, stack: StackShape) -> CriteriaSet:
    """The layers as criteria, and beside them the fit."""
    where = ("stack", "layers")
    leaves: dict[str, Criterion] = {}
    for index, item in enumerate(stack.layers):
        if item.id in leaves or item.id == FIT:
            what = f"the layer {item.id!r} stands twice"
            if item.id == FIT:
                what = f"a layer called {FIT!r}, as the fit of the whole stack is"
            document.complain((*where, index, "id"), what, "rename it")
        points, is_percent = (None, False) if item.weight is None else points_of(item.weight)
        leaves[item.id] = Criterion(
            item.id,
            item.name or _name_of(item.id),
            weight=points,
            weight_is_percent=is_percent,
            origin=document.origin(*where, index),
        )
    check_siblings(document, where, tuple(leaves.values()))
    fit = Criterion(FIT, "How well it goes together", weight=1.0)
    return CriteriaSet(shape.id, shape.title, (*leaves.values(), fit))


def _examining(criteria: CriteriaSet, layers: Sequence[StackLayer]) -> CriteriaSet:
    """The layers as criteria, each with what its own criteria examine of the frameworks."""
    examined: dict[str, dict[str, tuple[str, ...]]] = {}
    for layer in layers:
        found: dict[str, tuple[str, ...]] = {}
        for leaf in layer.decision.criteria.leaves():
            for framework, parts in leaf.frameworks.items():
                found[framework] = (*found.get(framework, ()), *parts)
        examined[layer.id] = {name: tuple(dict.fromkeys(parts)) for name, parts in found.items()}
    own = (c._replace(frameworks=examined.get(c.id, {})) for c in criteria.criteria)
    return criteria._replace(criteria=tuple(own))


def _name_of(layer: str) -> str:
    return layer.replace("-", " ").replace("_", " ").capitalize()


def _layer(
    document: Document,
    shape: DecisionFile,
    index: int,
    item: LayerShape,
    references: References,
    whole: Decision,
) -> StackLayer:
    where = ("stack", "layers", index)
    known = references.layers()
    kind = item.id
    if item.id not in known and isinstance(item.criteria, str) and item.criteria in known:
        kind = item.criteria
    name = item.name or _name_of(item.id)
    within = _within(document, index, known.get(kind, []))
    if not within.data["alternatives"]:
        what = f"no component fills the layer {kind!r}"
        document.complain((*where, "id"), what, "list its 'candidates'")
    given: dict[str, Any] = {key: within.data[key] for key in _OF_A_LAYER if key in within.data}
    made = DecisionFile.validated(
        given
        | {"id": item.id, "title": f"{name}: {shape.title}"[:200]}
        | {"criteria": within.data["criteria"], "alternatives": within.data["alternatives"]}
        | ({"budget": {"monthly": shape.budget.monthly}} if shape.budget else {})
    )
    decision = decision_record(within, made, references)
    kind = _kind(kind, decision, known)
    candidates = {a.id for a in decision.alternatives}
    if item.fixed == NOBODY and not item.optional:
        document.complain(
            (*where, "fixed"), "a layer left empty that must be filled", "write 'optional: true'"
        )
    elif item.fixed is not None and candidates and item.fixed not in {*candidates, NOBODY}:
        document.complain((*where, "fixed"), *unknown_name("candidate", item.fixed, candidates))
    return StackLayer(
        item.id,
        name,
        kind,
        decision._replace(as_of=whole.as_of),
        1.0 if item.weight is None else points_of(item.weight)[0],
        item.fixed,
        item.optional,
        _providers(decision, references),
        document.origin(*where),
    )


def _kind(named: str, decision: Decision, known: Mapping[str, list[str]]) -> str:
    """The layer that the candidates fill: as it is named, else the one that all of them fill."""
    if named in known:
        return named
    vendors = {a.vendor for a in decision.alternatives if a.vendor}
    filled = [layer for layer, ids in known.items() if vendors and vendors <= set(ids)]
    return filled[0] if filled else named


def _within(document: Document, index: int, default: list[str]) -> Document:
    """The layer as a document of its own, with its candidates as alternatives.

    Its problems are those of the whole document, at their places there.
    """
    data: dict[str, Any] = dict(document.kept["stack"]["layers"][index])
    places = document.places
    for step in ("stack", "layers", index):
        places = places.below[step]
    own = Places(places.start)
    own.keys, own.below = dict(places.keys), dict(places.below)
    data["alternatives"] = data.get("candidates", default)
    data.setdefault("criteria", data["id"])
    if "candidates" in own.below:
        own.keys["alternatives"] = own.keys["candidates"]
        own.below["alternatives"] = own.below["candidates"]
    if "criteria" not in own.below and "id" in own.below:
        own.below["criteria"] = own.below["id"]  # which names the set then
    before = ("stack", "layers", index)
    silent = {where[3:] for where in document.silent if where[:3] == before}
    silent |= {("alternatives", *where[1:]) for where in silent if where[:1] == ("candidates",)}
    return Document(document.path, data, own, document.problems, silent, document.silent_names)


def _providers(decision: Decision, references: References) -> Mapping[str, str]:
    """Who stands behind each candidate; nobody behind one that the decision alone describes."""
    return {
        a.id: provider
        for a in decision.alternatives
        if a.vendor and (provider := references.vendor(a.vendor).provider)
    }


def _skills(document: Document, stack: StackShape, references: References) -> frozenset[str] | None:
    if stack.skills is None:
        return None
    definition = references.dictionary().get(SKILLS)
    known = definition.choices if definition is not None else {}
    for index, skill in enumerate(stack.skills):
        if skill not in known:
            document.complain(("stack", "skills", index), *unknown_name("skill", skill, known))
    return frozenset(stack.skills)


def _pattern(document: Document, name: str | None, references: References) -> Pattern | None:
    if name is None:
        return None
    known = references.pattern_ids()
    if name not in known:
        document.complain(("stack", "pattern"), *unknown_name("pattern", name, known))
        return None
    try:
        return references.pattern(name)
    except InputError as error:
        document.problems.extend(error.problems)
        return None


def _compatibility(document: Document, references: References) -> Compatibility:
    try:
        return references.compatibility()
    except InputError as error:
        document.problems.extend(error.problems)
        return Compatibility()
