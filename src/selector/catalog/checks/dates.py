"""A fact dated in the future is a slip of the pen."""

from collections.abc import Iterable, Iterator
from datetime import date

from selector.catalog.checks import Subject
from selector.domain.evidence import Evidence
from selector.domain.problem import Problem
from selector.domain.stack import FitFile
from selector.domain.vendor import Vendor


def check(subject: Subject) -> Iterator[Problem]:
    """Facts of a vendor, its offers or of what fits, whose date or day of reading has not come."""
    if isinstance(subject.record, FitFile):
        yield from _future(subject.record.evidence(), date.today())
    if isinstance(subject.record, Vendor):
        vendor = subject.record
        for facts in (vendor.facts, *(offer.facts for offer in vendor.offers)):
            yield from _future(facts.items(), date.today())


def _future(facts: Iterable[tuple[str, Evidence]], today: date) -> Iterator[Problem]:
    for fact, evidence in facts:
        for part in (evidence, *evidence.accounts):
            for name, day in (("as_of", part.as_of), ("retrieved", part.retrieved)):
                if day is not None and day > today:
                    what = f"{fact}: {name} {day.isoformat()} lies in the future"
                    yield Problem.at(part.origin, what, "write the day it was true or read")
