"""`selector scenarios`: who leads under each named set of weights, and which weights differ."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from selector.cli_output import Data, columns
from selector.domain import words

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.analysis.scenarios import Weighed

_DIFFER = 3  # the weights that are named of each set


def data(analysis: "Analysis") -> Data:
    """All named sets of weights with the ranking that each makes."""
    from selector.analysis.scenarios import scenarios_of

    return {
        "decision": analysis.decision.id,
        "version": analysis.version,
        "method": analysis.decision.method,
        "criteria": {node.id: node.name for node in analysis.decision.criteria.walk()},
        "names": {a.id: a.name for a in analysis.alternatives},
        "scenarios": [_weighed(row) for row in scenarios_of(analysis)],
        "warnings": [*dict.fromkeys(notice.text for notice in analysis.notices)],
    }


def _weighed(row: "Weighed") -> Data:
    return {
        "name": row.name,
        "kind": row.kind,
        "lead": row.lead,
        "ranking": [
            {"alternative": r.alternative, "rank": r.rank, "score": r.score} for r in row.ranking
        ],
        "differs": [part._asdict() for part in row.differs],
    }


def table(data: Data) -> Iterable[str]:
    """Who leads in each and in what order the others follow, and the weights that differ."""
    short = words.short_names(data["names"])
    rows = data["scenarios"]
    if not short:
        yield "No alternative is left to rank."
        return
    head = ["Weights", "", "First", "Lead", "Then"]
    yield from columns(head, [_row(row, short) for row in rows], {3})
    yield ""
    yield "The lead is in points of 100."
    if not any(row["kind"] == "scenario" for row in rows):
        yield "The decision has no scenarios of its own: add 'scenarios' to its file."
    for row in rows:
        told = [
            f"{data['criteria'][part['criterion']]} {100 * part['share']:.0f} % instead of "
            f"{100 * part['usual']:.0f} %"
            for part in row["differs"][:_DIFFER]
        ]
        rest = len(row["differs"]) - len(told)
        more = [f"{rest} more"] if rest > 0 else []
        if told:
            yield f"{_called(row)}: {words.listed([*told, *more])}."
    yield from (f"Note: {warning}" for warning in data["warnings"])


def _row(row: Data, short: dict[str, str]) -> list[str]:
    firsts = [short[r["alternative"]] for r in row["ranking"] if r["rank"] == 1]
    others = [short[r["alternative"]] for r in row["ranking"] if r["rank"] > 1]
    lead = "–"
    if row["lead"] is not None:
        ahead = words.apart(*(r["score"] for r in row["ranking"][:2]))
        lead = words.points(ahead) if ahead else words.points(row["lead"])
    kind = "" if row["kind"] == "own" else row["kind"]
    return [_called(row), kind, words.listed(firsts), lead, ", ".join(others)]


def _called(row: Data) -> str:
    """What a set of weights is called."""
    from selector.report.words import preset_name

    if row["kind"] == "own":
        return "As in the file"
    return preset_name(row["name"]) if row["kind"] == "preset" else str(row["name"])
