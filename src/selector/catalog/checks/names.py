"""What has the same name as another cannot be told apart by it.

One fact under two names makes two profiles disagree where they do not.
"""

from collections.abc import Iterator, Sequence

from selector.catalog.checks import Subject
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.decision import Alternative, Decision
from selector.domain.naming import seen
from selector.domain.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Facts of the dictionary, alternatives and criteria that have the name of another."""
    record = subject.record
    if isinstance(record, Decision):
        yield from _same(record.alternatives)
        yield from _criteria(record.criteria)
    elif isinstance(record, CriteriaSet):
        yield from _criteria(record)
    if not isinstance(record, dict):
        return
    found: dict[str, str] = {}
    for fact, definition in record.items():
        name = " ".join(definition.name.lower().split())
        if name in found:
            where = subject.document.origin("facts", fact)
            what = f"{fact!r} has the same name as {found[name]!r}: {definition.name}"
            yield Problem.at(where, what, "keep one of them, or name them apart")
        found[name] = fact


def _criteria(criteria: CriteriaSet) -> Iterator[Problem]:
    nodes = tuple(criteria.walk())
    yield from _same([node for node in nodes if not node.children])
    yield from _same([node for node in nodes if node.children])


def _same(rows: Sequence[Alternative] | Sequence[Criterion]) -> Iterator[Problem]:
    """Those of the same name; where they are told with their id behind it, that is no part."""
    found: dict[str, str] = {}
    for row in rows:
        written = row.name.removesuffix(f" ({row.id})")
        name = seen(written)
        if name in found:
            what = f"{row.id!r} has the same name as {found[name]!r}: {written}"
            yield Problem.at(row.origin, what, "name them apart; they are told by their ids now")
        found.setdefault(name, row.id)
