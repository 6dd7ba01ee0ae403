"""An answer as a redacted export tells it: its version, its approvals and its change log.

The version of an answer is a hash of all that it rests on. Who knows all of that but a discount
could try one after the other until the hash is met, so a redacted export bears a version of what it
shows instead, and no version of the answer that people approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from selector.analysis import Analysis
from selector.analysis.settled import settled
from selector.domain.decision import Alternative
from selector.domain.negotiated import Negotiated
from selector.domain.record import Record
from selector.measure.fingerprint import fingerprint, grounds_of
from selector.report import weighed
from selector.report.exports.confidence import KEPT_IN_HOUSE, is_cost, secret_bills
from selector.report.record import ANOTHER
from selector.version import VERSION

SET = f"What was set is {KEPT_IN_HOUSE}"


def hushed(analysis: Analysis) -> Analysis:
    """The analysis as it may be told; the same where nothing is confidential."""
    return _Hushed(analysis) if analysis.decision.negotiated.confidential else analysis


class _Hushed(Analysis):
    """An analysis with another version, and a record that tells nothing of what is hidden."""

    def __init__(self, of: Analysis) -> None:
        self._of = of
        hidden = secret_bills(of)
        self._shown = _version(of, hidden)
        record = _record(of, self._shown, bool(hidden))
        decision = of.decision._replace(record=record)
        super().__init__(decision, of.shares, of.basis, of.composed, of.filed_shares)

    @cached_property
    def version(self) -> str:
        """The version of what is shown."""
        return self._shown

    def with_shares(self, shares: Mapping[str, float]) -> Analysis:
        """The same with other weights."""
        return _Hushed(self._of.with_shares(shares))


def _version(analysis: Analysis, hidden: frozenset[str]) -> str:
    """The version of the answer without what was negotiated and the bills of those hidden."""
    own, leaves = settled(analysis), analysis.leaves
    decision = own.decision
    costs = {leaf.id for leaf in leaves if is_cost(leaf)}

    def bare(one: Alternative) -> Alternative:  # its facts stand in its cells too
        kept = {name: e for name, e in one.performances.items() if name not in costs}
        return one._replace(performances=kept, facts={}) if one.id in hidden else one

    shown = decision._replace(
        alternatives=tuple(map(bare, decision.alternatives)), negotiated=Negotiated()
    )
    cells = {
        a.id: [
            analysis.cell(a.id, leaf.id)
            for leaf in leaves
            if not (a.id in hidden and leaf.id in costs)
        ]
        for a in decision.alternatives
    }
    grounds = grounds_of(shown, cells)
    ranks = [(row.alternative, row.rank) for row in analysis.ranking]
    out = [(row.alternative, row.requirement_index) for row in analysis.excluded]
    grounds.update(repr((ranks, out)).encode())
    return fingerprint(grounds, own.shares, VERSION)


def _record(analysis: Analysis, shown: str, is_hidden: bool) -> Record:
    """The record without versions of the answer and, where a bill is hidden, what people wrote."""
    said = analysis.decision.record
    named = {"": "", analysis.version: shown, shown: shown}
    approved = tuple(
        row._replace(version=named.get(row.version, ANOTHER), note="" if is_hidden else row.note)
        for row in said.approved
    )
    changes = tuple(
        row._replace(
            what=row.what if weighed.BALLOTS.fullmatch(row.what) else SET, before="", now="", why=""
        )
        for row in said.changes
    )
    return said._replace(approved=approved, changes=changes if is_hidden else said.changes)
