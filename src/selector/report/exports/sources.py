"""The sources of an answer, numbered in the order in which the matrix meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from selector.analysis import Analysis
from selector.analysis.stack.derived import stack_of
from selector.domain.evidence import Evidence, Source
from selector.domain.performance import Cell
from selector.report.exports.confidence import is_cost
from selector.report.facts import definition_of

FITS = "How the parts go together"


class Numbered(NamedTuple):
    """A source: its number from 1, its address or package, its newest date, and what it is for."""

    number: int
    name: str
    url: str
    as_of: date | None
    used_for: tuple[str, ...]


def numbered(analysis: Analysis, without_cost: frozenset[str] = frozenset()) -> list[Numbered]:
    """Return every source of the cells of all alternatives, and of their bills.

    Of whole stacks they are those of the parts of the first. The bills of the alternatives in
    `without_cost` are left out.
    """
    found: dict[str, tuple[Source, date | None, dict[str, None]]] = {}

    def note(source: Source, day: date | None, what: str) -> None:
        _, before, used = found.setdefault(str(source), (source, None, {}))
        used[what] = None
        newest = max((d for d in (before, day) if d is not None), default=None)
        found[str(source)] = (source, newest, used)

    for own in _parts(analysis, without_cost):
        for source, day, what in _of(own):
            note(source, day, what)
    for each in _of_fits(analysis):
        for source in each.sources:
            note(source, each.as_of, FITS)
    return [
        Numbered(place, name, source.url, day, tuple(used))
        for place, (name, (source, day, used)) in enumerate(found.items(), 1)
    ]


class _Part(NamedTuple):
    """Alternatives of one analysis, whose sources are wanted; `head` stands before what for."""

    analysis: Analysis
    alternatives: tuple[str, ...]
    without_cost: frozenset[str]
    head: str = ""


def _parts(analysis: Analysis, without_cost: frozenset[str]) -> Iterator[_Part]:
    """The decision's own alternatives, and the parts of the first of its stacks."""
    yield _Part(analysis, tuple(a.id for a in analysis.decision.alternatives), without_cost)
    if analysis.composed is None or not analysis.ranking:
        return
    first = analysis.ranking[0].alternative
    for name, choice in stack_of(analysis.composed, first).choices.items():
        layer = analysis.composed.layer(name)
        hidden = frozenset({choice.id}) if first in without_cost else frozenset()
        if choice.id:
            yield _Part(layer.analysis, (choice.id,), hidden, f"{layer.layer.name}: ")


def _of_fits(analysis: Analysis) -> Iterator[Evidence]:
    """What is known of how the parts of the first stack go together."""
    if analysis.composed is None or not analysis.ranking:
        return
    for joint in stack_of(analysis.composed, analysis.ranking[0].alternative).joints:
        if joint.relation is not None:
            yield joint.relation.evidence
            yield from (account.evidence for account in joint.relation.accounts)


def _of(part: _Part) -> Iterator[tuple[Source, date | None, str]]:
    """The sources of a part, cell by cell and then bill by bill: of which day, and what for."""
    decision = part.analysis.decision
    for leaf in part.analysis.leaves:
        for alternative in part.alternatives:
            if alternative in part.without_cost and is_cost(leaf):
                continue
            for fact, evidence in part.analysis.cell(alternative, leaf.id).facts.items():
                definition = definition_of(fact, leaf, decision)
                what = part.head + (definition.name if definition else leaf.name)
                for each in _all(evidence):
                    for source in each.sources:
                        yield source, each.as_of, what
    if decision.workload is None:
        return
    bills = part.analysis.cost().alternatives
    for alternative in part.alternatives:
        if alternative in part.without_cost or alternative not in bills:
            continue
        for line in (*bills[alternative].items, *bills[alternative].once):
            for parameter in line.rests_on:
                for source in parameter.basis.sources:
                    yield source, parameter.basis.as_of, part.head + line.item


def numbers_of(cell: Cell, known: Mapping[str, int]) -> list[int]:
    """Return the numbers of the sources of one cell, rising."""
    return numbers_under(cell.facts.values(), known)


def numbers_under(facts: Iterable[Evidence], known: Mapping[str, int]) -> list[int]:
    """Return the numbers of the sources of facts, rising."""
    names = {str(s) for e in facts for each in _all(e) for s in each.sources}
    return sorted(known[name] for name in names if name in known)


def _all(evidence: Evidence) -> Iterator[Evidence]:
    yield evidence
    for account in evidence.accounts:
        yield from _all(account)
