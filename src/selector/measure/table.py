"""Assemble what is known: cells of every alternative, knock-outs, and notices on the evidence."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from selector.domain import words
from selector.domain.criterion import CostMeasure
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Evidence
from selector.domain.outcome import Excluded, Notice
from selector.domain.performance import Cell, PerformanceTable, ValueTable
from selector.measure.cells import cell_of
from selector.measure.costs import Bills
from selector.measure.requirements import conditions, in_words, judge
from selector.measure.valuation import ColumnScale, value_table


class Measured(NamedTuple):
    """All that does not depend on weights. `table` and `values` hold the ranked alternatives."""

    ranked: tuple[Alternative, ...]
    table: PerformanceTable
    values: ValueTable
    scales: dict[str, ColumnScale]
    excluded: tuple[Excluded, ...]
    excluded_cells: dict[str, tuple[Cell, ...]]
    unproven: dict[str, tuple[str, ...]]
    notices: tuple[Notice, ...]


def measured(decision: Decision, bills: Bills) -> Measured:
    """Measure every alternative on every leaf, knock out what fails, and value what is left.

    Raises InputError where a cell is not applicable and its criterion has no rule for that.
    """
    leaves = decision.criteria.leaves()
    cells = {
        alternative.id: tuple(cell_of(decision, alternative, leaf, bills) for leaf in leaves)
        for alternative in decision.alternatives
    }
    return judged(decision, cells)


def judged(decision: Decision, cells: Mapping[str, tuple[Cell, ...]]) -> Measured:
    """The same of cells that are measured: by alternative, a cell for each leaf in its order."""
    leaves = decision.criteria.leaves()
    places = tuple(leaf.id for leaf in leaves)
    excluded: list[Excluded] = []
    unproven: dict[str, list[str]] = {}
    for alternative in decision.alternatives:
        row = dict(zip(places, cells[alternative.id], strict=True))
        for index, requirement in enumerate(decision.requirements):
            verdict, known = judge(requirement, decision, alternative, row)
            wanted = in_words(requirement, decision)
            unproven_is_out = verdict == "unproven" and requirement.unproven_is_out
            if verdict == "fail" or unproven_is_out:
                rule = "; what is not proven is out here" if unproven_is_out else ""
                reason = f"{known}{rule}."
                told = (alternative.id, alternative.name, wanted, reason, index)
                excluded.append(Excluded(*told, requirement.reason))
            elif verdict == "unproven":
                unproven.setdefault(alternative.id, []).append(wanted)
    out = {row.alternative for row in excluded}
    ranked = tuple(a for a in decision.alternatives if a.id not in out)
    table = PerformanceTable(
        tuple(a.id for a in ranked), places, tuple(cells[a.id] for a in ranked)
    )
    names = {a.id: a.name for a in decision.alternatives}
    values, scales, notices = value_table(decision, table, names)
    return Measured(
        ranked,
        table,
        values,
        scales,
        tuple(excluded),
        {a.id: cells[a.id] for a in decision.alternatives if a.id in out},
        {a.id: tuple(unproven[a.id]) for a in ranked if a.id in unproven},
        tuple(
            notices
            + _evidence_notices(decision, ranked, table, unproven)
            + _stale_knock_outs(decision, excluded, cells)
        ),
    )


def _evidence_notices(
    decision: Decision,
    ranked: tuple[Alternative, ...],
    table: PerformanceTable,
    unproven: dict[str, list[str]],
) -> list[Notice]:
    notices = []
    if not ranked:
        notices.append(Notice("nothing-to-rank", "No alternative is left to rank."))
    for alternative, row in zip(ranked, table.cells, strict=True):
        if alternative.id in unproven:
            wanted = words.listed(unproven[alternative.id])
            notices.append(
                Notice(
                    "unproven",
                    f"{alternative.name} stays, but does not yet prove: {wanted}.",
                    alternative.id,
                )
            )
        for leaf, cell in zip(decision.criteria.leaves(), row, strict=True):
            if cell.note == "not given":
                notices.append(
                    Notice(
                        "not-given",
                        f"{leaf.name} has no measure, and nothing is given for {alternative.name}: "
                        "it counts as unknown.",
                        alternative.id,
                        leaf.id,
                    )
                )
            if cell.state == "disputed":
                notices.append(
                    Notice(
                        "disputed-fact",
                        f"{leaf.name} of {alternative.name} is disputed: its sources disagree, and "
                        "all of them count.",
                        alternative.id,
                        leaf.id,
                    )
                )
            if cell.note.startswith("missing price"):
                notices.append(
                    Notice(
                        "missing-price",
                        f"{leaf.name} of {alternative.name} is not complete: {cell.note}.",
                        alternative.id,
                        leaf.id,
                    )
                )
        notices += _stale(decision, alternative, looked_at(decision, alternative, row))
        notices += _thin(alternative, row)
    if decision.workload is None and ranked:
        for leaf in decision.criteria.leaves():
            is_cost = isinstance(leaf.measure, CostMeasure)
            if is_cost and any(c.note == "no workload" for c in _column(table, leaf.id)):
                text = f"{leaf.name} is unknown, because the decision describes no workload."
                notices.append(Notice("no-workload", text, criterion=leaf.id))
    return notices


def _thin(alternative: Alternative, row: tuple[Cell, ...]) -> list[Notice]:
    """A notice where a profile answers fewer than half of what a decision asks (four or more)."""
    known = sum(cell.state != "unknown" for cell in row)
    if not alternative.vendor or len(row) < 4 or 2 * known >= len(row):
        return []
    text = f"Of {alternative.name} only {known} of {len(row)} criteria are known: find out more."
    return [Notice("thin-evidence", text, alternative.id)]


def _column(table: PerformanceTable, leaf: str) -> list[Cell]:
    column = table.leaves.index(leaf)
    return [row[column] for row in table.cells]


def in_use(measured: Measured, decision: Decision) -> dict[tuple[str, str], Evidence]:
    """The facts that an answer rests on, by alternative and fact.

    Of those that are ranked what cells and requirements look at; of those that are knocked out
    what knocks them out, for they could be back without it.
    """
    found = {}
    for alternative, row in zip(measured.ranked, measured.table.cells, strict=True):
        for fact, evidence in looked_at(decision, alternative, row).items():
            found[alternative.id, fact] = evidence
    for alternative in decision.alternatives:
        out = [row for row in measured.excluded if row.alternative == alternative.id]
        if out:
            cells = measured.excluded_cells[alternative.id]
            for fact, evidence in _failing(decision, alternative, cells, out).items():
                found[alternative.id, fact] = evidence
    return found


def looked_at(
    decision: Decision, alternative: Alternative, row: Iterable[Cell]
) -> dict[str, Evidence]:
    """The facts of an alternative that its cells and requirements look at."""
    used = {fact: evidence for cell in row for fact, evidence in cell.facts.items()}
    for requirement in conditions(decision.requirements):
        if requirement.fact in alternative.facts:
            used[requirement.fact] = alternative.facts[requirement.fact]
    return used


def _failing(
    decision: Decision, alternative: Alternative, row: tuple[Cell, ...], out: Iterable[Excluded]
) -> dict[str, Evidence]:
    """The facts by which an alternative is knocked out."""
    failed = conditions(decision.requirements[found.requirement_index] for found in out)
    cells = dict(zip((leaf.id for leaf in decision.criteria.leaves()), row, strict=True))
    used: dict[str, Evidence] = {}
    for requirement in failed:
        if requirement.fact in alternative.facts:
            used[requirement.fact] = alternative.facts[requirement.fact]
        elif requirement.criterion:
            used.update(cells[requirement.criterion].facts)
    return used


def stale_since(decision: Decision, fact: str, evidence: Evidence, today: date) -> date | None:
    """The day from which a fact is that is past its shelf life; None where it is not."""
    definition = decision.dictionary.get(fact)
    day = _oldest(evidence)
    if definition is None or day is None or not definition.is_stale(day, today):
        return None
    return day


def _stale(
    decision: Decision, alternative: Alternative, used: Mapping[str, Evidence]
) -> list[Notice]:
    """One notice for each fact in use that is past its shelf life."""
    notices = []
    for fact, evidence in used.items():
        day = stale_since(decision, fact, evidence, decision.day)
        if day is not None:
            definition = decision.dictionary[fact]
            notices.append(
                Notice(
                    "stale-fact",
                    f"{definition.name} of {alternative.name} dates from {words.day(day)}, past "
                    f"its shelf life of {definition.shelf_life_days} days.",
                    alternative.id,
                )
            )
    return notices


def _stale_knock_outs(
    decision: Decision, excluded: list[Excluded], cells: Mapping[str, tuple[Cell, ...]]
) -> list[Notice]:
    """The same of the facts that knock somebody out."""
    notices = []
    for alternative in decision.alternatives:
        out = [row for row in excluded if row.alternative == alternative.id]
        used = _failing(decision, alternative, cells[alternative.id], out)
        notices += _stale(decision, alternative, used)
    return notices


def _oldest(evidence: Evidence) -> date | None:
    if evidence.state in ("unknown", "not_applicable"):
        return None
    days = [e.as_of for e in (evidence, *evidence.accounts) if e.as_of is not None]
    return min(days, default=None)
