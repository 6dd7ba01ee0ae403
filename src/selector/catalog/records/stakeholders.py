"""The stakeholders and scenarios of a decision, and how weights may vary."""

from selector.catalog.reading import Document
from selector.catalog.records.criteria import check_points, points_of
from selector.catalog.shapes.decision import DecisionFile
from selector.domain.criterion import CriteriaSet
from selector.domain.decision import Scenario, Stakeholder


def stakeholder_records(
    document: Document, shape: DecisionFile, criteria: CriteriaSet
) -> tuple[Stakeholder, ...]:
    """The stakeholders of a decision; complains of points, names and influence that are wrong."""
    records: dict[str, Stakeholder] = {}
    for index, item in enumerate(shape.stakeholders):
        where = ("stakeholders", index)
        check_points(document, (*where, "weights"), item.weights, criteria.criteria)
        if item.name in records:
            document.complain(
                (*where, "name"), f"the stakeholder {item.name!r} stands twice", "rename one"
            )
        weights = {name: points_of(value)[0] for name, value in item.weights.items()}
        records[item.name] = Stakeholder(
            item.name, weights, item.influence, document.origin(*where)
        )
    if records and not any(person.influence for person in records.values()):
        what, instead = "nobody has any influence", "give at least one more than 0"
        document.complain(("stakeholders",), what, instead, key=True)
    return tuple(records.values())


def scenario_records(
    document: Document, shape: DecisionFile, criteria: CriteriaSet
) -> tuple[Scenario, ...]:
    """The scenarios of a decision; complains of points and names that are wrong."""
    records: dict[str, Scenario] = {}
    for index, item in enumerate(shape.scenarios):
        where = ("scenarios", index)
        check_points(document, (*where, "weights"), item.weights, criteria.criteria)
        if item.name in records:
            what = f"the scenario {item.name!r} stands twice"
            document.complain((*where, "name"), what, "rename one")
        weights = {name: points_of(value)[0] for name, value in item.weights.items()}
        records[item.name] = Scenario(item.name, weights, document.origin(*where))
    return tuple(records.values())


def uncertainty_record(shape: DecisionFile) -> dict[str, str | float]:
    """How weights may vary, as the decision says; empty where it says nothing."""
    given = shape.uncertainty.weights
    if isinstance(given, dict):
        return {"weights": "around", "around": float(given["around"])}
    return {"weights": given} if given else {}
