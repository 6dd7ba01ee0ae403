"""Decisions: from their shape to a `Decision` in which every reference is resolved."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from selector.catalog.beside import Beside
from selector.catalog.reading import Document, parse_document
from selector.catalog.records import unknown_name
from selector.catalog.records.alternatives import alternative_records, default_id
from selector.catalog.records.criteria import (
    check_scale,
    criteria_record,
    scale_record,
)
from selector.catalog.records.record import record_record
from selector.catalog.records.references import References
from selector.catalog.records.requirement import requirement_record
from selector.catalog.records.stakeholders import (
    scenario_records,
    stakeholder_records,
    uncertainty_record,
)
from selector.catalog.records.weights import weights_record
from selector.catalog.records.workload import business_record, workload_record
from selector.catalog.shapes.decision import AlternativeShape, DecisionFile
from selector.domain.bounds import out_of_bounds
from selector.domain.criterion import BudgetShare, CriteriaSet, Criterion, LinearScale
from selector.domain.decision import Decision
from selector.domain.evidence import NOWHERE
from selector.domain.fact import Dictionary
from selector.domain.naming import told_apart
from selector.domain.negotiated import Negotiated
from selector.domain.problem import InputError
from selector.domain.span import Span
from selector.domain.workload import Business


def decision_record(
    document: Document, shape: DecisionFile, references: References, beside: Beside = None
) -> Decision:
    """The decision, resolved. Problems go to the document, those of the files it names too.

    `beside` is where the files lie that the decision names.
    """
    dictionary = references.dictionary()
    if shape.method != "weighted_sum" or shape.parameters:
        _check_method(document, shape)
    if shape.stack is not None:
        # Few decisions have one, and it reads much.
        from selector.catalog.records.stack import stack_decision

        return stack_decision(document, shape, references, beside)
    criteria = _criteria(document, shape, references, dictionary)
    if criteria is None:
        return Decision(shape.id, shape.title, CriteriaSet(shape.id, shape.title, ()))
    criteria = _named_apart(_with_ends(document, shape, criteria, dictionary))
    leaves = {leaf.id: leaf for leaf in criteria.leaves()}
    alternatives = alternative_records(document, shape, leaves, references, dictionary)
    if shape.measurements:
        # Few decisions have any, and the module is not free to import.
        from selector.catalog.records.measurements import with_measurements

        names = shape.measurements
        alternatives = with_measurements(document, beside, names, alternatives, leaves, dictionary)
    return Decision(
        id=shape.id,
        title=shape.title,
        criteria=criteria,
        question=shape.question,
        as_of=shape.as_of,
        monthly_budget=shape.budget.monthly if shape.budget else None,
        alternatives=alternatives,
        requirements=tuple(
            requirement_record(document, ("requirements", index), item, leaves, dictionary)
            for index, item in enumerate(shape.requirements)
        ),
        workload=workload_record(shape.workload) if shape.workload else None,
        business=business_record(shape.business) if shape.business else Business(),
        negotiated=negotiated_prices(document, shape, references, beside),
        assumptions=assumptions_of(document, shape, references, shape.alternatives),
        assumed=references.prices().assumptions,
        weights=weights_record(document, shape.weights, criteria),
        method=shape.method,
        parameters=shape.parameters,
        stakeholders=stakeholder_records(document, shape, criteria),
        scenarios=scenario_records(document, shape, criteria),
        uncertainty=uncertainty_record(shape),
        record=record_record(document, shape),
        dictionary=dictionary,
        origin=document.origin(),
        method_origin=document.origin("method") if "method" in shape.written() else NOWHERE,
    )


def _named_apart(criteria: CriteriaSet) -> CriteriaSet:
    """The criteria, leaves that have the same name with their id behind it, and groups too."""
    nodes = tuple(criteria.walk())
    leaves = told_apart({node.id: node.name for node in nodes if not node.children})
    names = leaves | told_apart({node.id: node.name for node in nodes if node.children})

    def named(node: Criterion) -> Criterion:
        children = tuple(named(child) for child in node.children)
        return node._replace(name=names[node.id], children=children)

    if all(names[node.id] == node.name for node in nodes):
        return criteria
    return criteria._replace(criteria=tuple(named(node) for node in criteria.criteria))


def negotiated_prices(
    document: Document, shape: DecisionFile, references: References, beside: Beside
) -> Negotiated:
    """The negotiated prices in the file that a decision names; none where it names none."""
    if not shape.prices:
        return Negotiated()
    source: Path | Document | None = None
    told = f"the file {shape.prices!r} was not brought", "bring it with the decision"
    try:
        if not isinstance(beside, Mapping):
            told = f"there is no file {shape.prices!r}", "write its path from this file on"
            path = (beside or Path()) / shape.prices
            source = path if path.is_file() else None
        elif shape.prices in beside:
            source = parse_document(beside[shape.prices], shape.prices)
        if source is not None:
            return references.negotiated(source)
    except InputError as error:
        document.problems.extend(error.problems)
        return Negotiated()
    document.complain(("prices",), *told)
    return Negotiated()


def assumptions_of(
    document: Document,
    shape: DecisionFile,
    references: References,
    listed: Iterable[AlternativeShape],
) -> Mapping[str, Span]:
    """A decision's own figures for the cost model, of all bills or of those of an alternative."""
    if shape.assumptions:
        known = references.prices().assumptions
        alternatives = {a.id or default_id(a) for a in listed}
        for name, span in shape.assumptions.items():
            whose, dot, own = name.partition(".")
            if dot and whose not in alternatives:
                what, instead = unknown_name("alternative", whose, alternatives)
                document.complain(("assumptions", name), what, instead, key=True)
            elif not dot and name not in known:
                what, instead = unknown_name("assumption", name, known)
                document.complain(("assumptions", name), what, instead, key=True)
            elif instead := out_of_bounds(own if dot else name, span):
                document.complain(("assumptions", name), f"{name}: out of bounds", instead)
    return dict(shape.assumptions)


def _check_method(document: Document, shape: DecisionFile) -> None:
    """The method and the parameters exist and are within their limits."""
    # Few decisions name one; finding the methods is not free.
    from selector.mcda.methods._contract import method_ids, setting_problem

    known = method_ids()
    if shape.method not in known:
        document.complain(("method",), *unknown_name("method", shape.method, known))
    for name, given in shape.parameters.items():
        if name not in known:
            where = ("parameters", name)
            document.complain(where, *unknown_name("method", name, known), key=True)
            continue
        for key, value in given.items():
            problem = setting_problem(name, key, value)
            if problem is not None:
                document.complain(("parameters", name, key), *problem)


def _criteria(
    document: Document, shape: DecisionFile, references: References, dictionary: Dictionary
) -> CriteriaSet | None:
    if shape.criteria is None:
        if not {"criteria", "stack"} & set(document.data):  # else it is told what is wrong with it
            document.complain((), "the key 'criteria' is missing", "add 'criteria: …'")
        return None
    if not isinstance(shape.criteria, str):
        if not shape.criteria:
            document.complain(("criteria",), "no criteria", "list at least one")
            return None
        tree = criteria_record(document, ("criteria",), shape.criteria, dictionary)
        return CriteriaSet(shape.id, shape.title, tree)
    if shape.criteria not in references.criteria_ids():
        what, instead = unknown_name("criteria set", shape.criteria, references.criteria_ids())
        document.complain(("criteria",), what, instead)
        return None
    try:
        return references.criteria_set(shape.criteria)
    except InputError as error:
        document.problems.extend(error.problems)
        return None


def _with_ends(
    document: Document, shape: DecisionFile, criteria: CriteriaSet, dictionary: Dictionary
) -> CriteriaSet:
    """The criteria with this decision's scales, and ends of budget turned into money."""
    leaves = {leaf.id for leaf in criteria.leaves()}
    for name in shape.scales:
        if name not in leaves:
            what, instead = unknown_name("leaf criterion", name, leaves)
            document.complain(("scales", name), what, instead, key=True)
    budget = shape.budget.monthly if shape.budget else None

    def resolved(criterion: Criterion) -> Criterion:
        if criterion.children:
            return criterion._replace(children=tuple(resolved(c) for c in criterion.children))
        if criterion.id in shape.scales:
            criterion = criterion._replace(scale=scale_record(shape.scales[criterion.id]))
            check_scale(document, ("scales", criterion.id), criterion, dictionary)
        scale = criterion.scale
        if not isinstance(scale, LinearScale):
            return criterion
        ends = [scale.worst, scale.best]
        if budget is None and any(isinstance(end, BudgetShare) for end in ends):
            document.complain(
                (),
                f"{criterion.id!r} is scaled by the budget, but the decision has none",
                "add 'budget: {monthly: …}', or give this leaf ends of its own under 'scales'",
            )
            return criterion
        worst, best = (
            end.share * (budget or 0) if isinstance(end, BudgetShare) else end for end in ends
        )
        criterion = criterion._replace(scale=LinearScale(worst, best, scale.clamp))
        if any(isinstance(end, BudgetShare) for end in ends):
            if worst == best:
                document.complain((), f"{criterion.id}: worst equals best", "change an end")
            check_scale(document, (), criterion, dictionary)
        return criterion

    return criteria._replace(criteria=tuple(resolved(c) for c in criteria.criteria))
