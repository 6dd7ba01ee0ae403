"""A decision with other figures for its cost: what if load, price or assumption moved."""

from collections.abc import Mapping

from pydantic_core import ValidationError

from selector.catalog.records import unknown_name
from selector.catalog.records.workload import workload_record
from selector.catalog.shapes._common import words_of
from selector.catalog.shapes.workload import WorkloadShape
from selector.domain.bounds import out_of_bounds
from selector.domain.decision import Decision
from selector.domain.problem import UsageError
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.measure.plans import plan_of

_PEOPLE = {"people_hours": "hours_per_month", "hourly_cost": "hourly_cost"}
_WHOLE = ("months",)


def figures_known(decision: Decision) -> list[str]:
    """The names that can be changed for all alternatives: workload, business, assumptions."""
    return [*_of_the_workload(), "value_per_request", "discount_rate", *decision.assumed]


def _of_the_workload() -> list[str]:
    spans = [name for name in Workload._fields if name in WorkloadShape.__annotations__]
    return [*(name for name in spans if name not in ("region", "purpose", "people")), *_PEOPLE]


def with_figures(decision: Decision, changes: Mapping[str, Span]) -> Decision:
    """The decision with these figures instead.

    A name is a figure of the workload (`requests_per_month`), of the business, an assumption of
    the price book, or `ALTERNATIVE.PARAMETER` for a figure of one bill. UsageError names the
    nearest where there is none, and what is wrong with a figure that is out of bounds.
    Those of the workload change together, for some of them bound each other.
    """
    known = [name for name in _of_the_workload() if name not in decision.assumed]
    load = {name: changes[name] for name in known if name in changes}
    if load:
        decision = decision._replace(workload=_changed(decision.workload, load))
    for name, span in changes.items():
        whose, dot, own = name.partition(".")
        if name not in load and (instead := out_of_bounds(own if dot else name, span)):
            shown = f"{span.low:g}" if span.is_exact else f"{span.low:g} to {span.high:g}"
            raise UsageError(f"{name}: {shown!r} is out of bounds; {instead}")
        if name in decision.assumed:
            decision = decision._replace(assumptions={**decision.assumptions, name: span})
        elif name == "value_per_request":
            business = decision.business._replace(
                value_per_request=span,
                discount_rate=float(decision.business.discount_rate),  # as a file's business has it
            )
            decision = decision._replace(business=business)
        elif name == "discount_rate":
            if span.high > 1:
                raise UsageError(f"{name}: a year's rate is from 0, up to 1")
            business = decision.business._replace(discount_rate=span.likely)
            decision = decision._replace(business=business)
        elif name in load:
            continue
        elif dot:
            _check(decision, whose, own, span)
            decision = decision._replace(assumptions={**decision.assumptions, name: span})
        else:
            raise UsageError("; ".join(unknown_name("figure", name, figures_known(decision))))
    return decision


def _check(decision: Decision, whose: str, own: str, span: Span) -> None:
    """Whether the alternative's bill has such a figure, and one of the workload could be this."""
    alternatives = {a.id: a for a in decision.alternatives}
    for layer in decision.stack.layers if decision.stack is not None else ():
        alternatives |= {a.id: a for a in layer.decision.alternatives}
    if whose not in alternatives:
        raise UsageError("; ".join(unknown_name("alternative", whose, alternatives)))
    planned = plan_of(decision, alternatives[whose])
    known = planned.plan.parameters if planned is not None else {}
    if own not in known:
        raise UsageError("; ".join(unknown_name(f"figure of {whose}", own, known)))
    if own in _of_the_workload():
        try:
            _changed(decision.workload, {own: span})
        except UsageError as error:
            raise UsageError(f"{whose}.{error}") from None


def _changed(workload: Workload | None, changes: Mapping[str, Span]) -> Workload:
    """The workload with some figures replaced, checked as if it stood in the file."""
    given = _written(workload) if workload is not None else {}
    for name, span in changes.items():
        if name in _WHOLE and (not span.is_exact or not span.likely.is_integer()):
            raise UsageError(f"{name}: not a whole number; write one from 1 on")
        if name in _PEOPLE:
            people = given.get("people", {})
            given["people"] = {**people, _PEOPLE[name]: span} if isinstance(people, dict) else {}
        else:
            given[name] = int(span.likely) if name in _WHOLE else span
    try:
        return workload_record(WorkloadShape.validated(given))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        if all(fault["type"] == "missing" for fault in faults):
            raise UsageError("the decision has no workload; set requests_per_month too") from None
        fault = next(fault for fault in faults if fault["type"] != "missing")
        at = str(fault["loc"][-1]) if fault["loc"] else ""
        named = {key: name for name, key in _PEOPLE.items()} if "people" in fault["loc"] else {}
        name = named.get(at, at) or list(changes)[-1]
        raise UsageError(f"{name}: {'; '.join(words_of(fault))}") from None


def _written(workload: Workload) -> dict[str, object]:
    """The workload as its file would say it."""
    given: dict[str, object] = {
        name: getattr(workload, name) for name in workload.given if name not in _PEOPLE
    }
    if workload.wants_people:
        people = {key: getattr(workload, name) for name, key in _PEOPLE.items()}
        given["people"] = {key: span for key, span in people.items() if span is not None}
    return given
