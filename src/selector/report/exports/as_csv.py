"""The decision matrix as a tidy table: a row for each option and criterion."""

from __future__ import annotations

import csv
import io

from selector.report.exports import Options
from selector.report.exports.story import Story

SUFFIX = ".csv"
NAME = "Table (CSV): the matrix, a row for each option and criterion"
COLUMNS = (
    "alternative", "name", "rank", "score", "criterion", "criterion_name", "group", "weight",
    "state", "performance", "low", "high", "unit", "value", "value_low", "value_high", "sources",
    "excluded", "version", "as_of",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def made(story: Story, _options: Options) -> bytes:
    """Return the table, UTF-8 with a head."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows(story):
        writer.writerow({key: harmless(value) for key, value in row.items()})
    return text.getvalue().encode()


def harmless(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def rows(story: Story) -> list[dict[str, object]]:
    """Return the matrix as plain data; what is not known, or kept in confidence, is None."""
    analysis = story.analysis
    table, values = analysis.table, analysis.value_table
    group_of = {
        leaf.id: top.name
        for top in analysis.decision.criteria.criteria
        for leaf in top.leaves()
        if top.children
    }
    found: list[dict[str, object]] = []
    for option in story.options:
        out = "; ".join(row.requirement for row in option.knocked_out)
        for column, leaf in enumerate(analysis.leaves):
            cell = story.cell(option.id, leaf)
            worth: dict[str, object] = {}
            if option.rank and story.worth(option.id, leaf) is not None:
                at = (table.alternatives.index(option.id), column)
                worth = {
                    "value": float(values.central[at]),
                    "value_low": float(values.low[at]),
                    "value_high": float(values.high[at]),
                }
            numbers = {str(s) for e in cell.facts.values() for s in e.sources} if cell else set()
            found.append(
                {
                    "alternative": option.id,
                    "name": option.name,
                    "rank": option.rank or None,
                    "score": option.score,
                    "criterion": leaf.id,
                    "criterion_name": leaf.name,
                    "group": group_of.get(leaf.id, ""),
                    "weight": analysis.weights[leaf.id],
                    "state": cell.state if cell else "confidential",
                    "performance": story.cell_text(option.id, leaf),
                    "low": cell.low if cell else None,
                    "high": cell.high if cell else None,
                    "unit": leaf.unit,
                    **worth,
                    "sources": " ".join(sorted(numbers)),
                    "excluded": out,
                    "version": analysis.version,
                    "as_of": story.day.isoformat(),
                }
            )
    return found
