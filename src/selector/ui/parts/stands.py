"""Where a decision stands: who approved it, what it supersedes, who set what."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.report import record
from selector.ui.parts.html import lines, more, section, text


def section_of(analysis: Analysis) -> str:
    """Who approved, what it supersedes, the parts around the choice, and the change log."""
    said, drawn = analysis.decision.record, record.architecture(analysis)
    told = record.standing(analysis)
    if not (told or drawn or said.changes):
        return ""
    parts = [lines(map(text, told))] if told else []
    if said.approved:
        rows = (record.approval_line(row, analysis.version) for row in said.approved)
        parts.append(more("Who approved", lines(map(text, rows))))
    if drawn is not None:
        parts.append(more("The architecture around the choice", lines(map(text, drawn.lines()))))
    if said.changes:
        entries = (record.entry_line(entry) for entry in reversed(said.changes))
        parts.append(more("Who set what, when and why", lines(map(text, entries))))
    return section("Where the decision stands", "", *parts)
