"""How well the cells of a ranking are known, counted."""

from selector.domain.outcome import EvidenceCount
from selector.domain.performance import Cell, PerformanceTable

_KINDS = ("known", "ranges", "weak", "disputed", "unknown", "not_applicable")


def _kind(cell: Cell) -> str:
    """Into which part of the count of evidence a cell falls."""
    if cell.state != "value":
        return cell.state
    if any(e.confidence == "low" or e.is_judgement for e in cell.facts.values()):
        return "weak"
    return "ranges" if cell.is_range else "known"


def evidence_count(table: PerformanceTable) -> EvidenceCount:
    """The cells of the ranked alternatives by how well they are known."""
    rows = [[_kind(cell) for cell in row] for row in table.cells]
    kinds = [kind for row in rows for kind in row]
    by_alternative = {
        alternative: sum(kind != "unknown" for kind in row) / max(1, len(row))
        for alternative, row in zip(table.alternatives, rows, strict=True)
    }
    counts = {name: kinds.count(name) for name in _KINDS}
    return EvidenceCount(len(kinds), **counts, by_alternative=by_alternative)
