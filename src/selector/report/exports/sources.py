"""The sources of an answer, numbered in the order in which the matrix meets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from selector.analysis import Analysis
from selector.domain.evidence import Evidence, Source
from selector.domain.performance import Cell
from selector.report.exports.confidence import is_cost


class Numbered(NamedTuple):
    """A source: its number from 1, its address or package, its newest date, and what it is for."""

    number: int
    name: str
    url: str
    as_of: date | None
    used_for: tuple[str, ...]


def numbered(analysis: Analysis, without_cost: frozenset[str] = frozenset()) -> list[Numbered]:
    """Return every source of the cells of all alternatives, and of their bills.

    The bills of the alternatives in `without_cost` are left out.
    """
    found: dict[str, tuple[Source, date | None, dict[str, None]]] = {}

    def note(source: Source, day: date | None, what: str) -> None:
        _, before, used = found.setdefault(str(source), (source, None, {}))
        used[what] = None
        newest = max((d for d in (before, day) if d is not None), default=None)
        found[str(source)] = (source, newest, used)

    decision = analysis.decision
    for leaf in analysis.leaves:
        for alternative in decision.alternatives:
            if alternative.id in without_cost and is_cost(leaf):
                continue
            for fact, evidence in analysis.cell(alternative.id, leaf.id).facts.items():
                definition = decision.dictionary.get(fact)
                for each in _all(evidence):
                    for source in each.sources:
                        note(source, each.as_of, definition.name if definition else leaf.name)
    if decision.workload is not None:
        for bill in analysis.cost().alternatives.values():
            if bill.alternative in without_cost:
                continue
            for line in (*bill.items, *bill.once):
                for parameter in line.rests_on:
                    for source in parameter.basis.sources:
                        note(source, parameter.basis.as_of, line.item)
    return [
        Numbered(place, name, source.url, day, tuple(used))
        for place, (name, (source, day, used)) in enumerate(found.items(), 1)
    ]


def numbers_of(cell: Cell, known: Mapping[str, int]) -> list[int]:
    """Return the numbers of the sources of one cell, rising."""
    names = {str(s) for e in cell.facts.values() for each in _all(e) for s in each.sources}
    return sorted(known[name] for name in names if name in known)


def _all(evidence: Evidence) -> Iterator[Evidence]:
    yield evidence
    for account in evidence.accounts:
        yield from _all(account)
