"""`cost:` blocks of a profile that name what the price book does not have."""

from collections.abc import Iterator

from selector.catalog.checks import Subject
from selector.catalog.records.cost_blocks import Block, merged
from selector.catalog.records.costing import Resolver
from selector.domain.problem import Problem
from selector.domain.vendor import Vendor

Place = tuple[object, ...]


def check(subject: Subject) -> Iterator[Problem]:
    """Rows that do not exist, in the block of the vendor and of each offer."""
    vendor = subject.record
    if not isinstance(vendor, Vendor):
        return
    places: list[tuple[Place, Block, str]] = [(("cost",), vendor.cost, "")] if vendor.cost else []
    for index, offer in enumerate(vendor.offers):
        if offer.cost:
            both = merged(vendor.cost, offer.cost)
            places.append((("offers", index, "cost"), both, offer.region))
    before = len(subject.document.problems)
    for where, block, region in places:
        Resolver(subject.document, where, lambda: subject.prices).costing(block, region)
    found = subject.document.problems[before:]
    del subject.document.problems[before:]
    yield from found
