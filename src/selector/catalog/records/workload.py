"""The workload and the business around it: from their shapes to records."""

from selector.catalog.records.evidence import sources_of
from selector.catalog.shapes.workload import BusinessShape, WorkloadShape
from selector.domain.workload import Business, Currency, Workload


def workload_record(shape: WorkloadShape) -> Workload:
    """The workload, with defaults where nothing is written."""
    keys = shape.written() & set(Workload._fields)
    written = {key: getattr(shape, key) for key in keys}
    if shape.people is not None:
        people = {"people_hours": shape.people.hours_per_month}
        people |= {"hourly_cost": shape.people.hourly_cost}
        written |= {key: value for key, value in people.items() if value is not None}
    wanted = shape.people is not None
    return Workload(**written, wants_people=wanted, given=frozenset(written))


def business_record(shape: BusinessShape) -> Business:
    """What an answered request is worth."""
    given, currency = shape.currency, None
    if given is not None:
        currency = Currency(given.code, given.usd, given.as_of, sources_of(given.source))
    return Business(shape.value_per_request, shape.discount_rate, currency)
