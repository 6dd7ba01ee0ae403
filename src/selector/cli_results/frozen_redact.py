"""The data of `selector check` without what rests on prices that were negotiated in confidence."""

from typing import TYPE_CHECKING, Any

from selector.cli_output import Data

if TYPE_CHECKING:
    from selector.analysis import Analysis


def redacted(data: Data, then: "Analysis", now: "Analysis", hidden: frozenset[str]) -> Data:
    """The same without the amounts of those whose bill is `hidden`.

    What was set is left out too, for it may tell them in words, and versions are those of what is
    shown. UsageError where the weights would tell a bill.
    """
    from selector.report.exports.confidence import is_cost, veiled
    from selector.report.exports.hushed import hushed

    priced: set[tuple[str, str]] = set()  # the facts that their bills rest on
    for analysis in (then, now):
        there = hidden & {a.id for a in analysis.decision.alternatives}
        veiled(analysis, there)  # refuses weights that would tell a bill
        for name in there:
            for leaf in filter(is_cost, analysis.leaves):
                priced |= {(name, fact) for fact in analysis.cell(name, leaf.id).facts}
    changed = data["changed"]
    untold: dict[str, Any] = {"before": None, "now": None, "items": [], "confidential": True}
    return {
        **data,
        "version": {"before": hushed(then).version, "now": hushed(now).version},
        "changed": {
            **changed,
            "facts": [
                _untold(row) if (row["alternative"], row["fact"]) in priced else row
                for row in changed["facts"]
            ],
            "prices": [
                row | untold if row["alternative"] in hidden else row for row in changed["prices"]
            ],
        },
        "edits": [_untold(row) for row in data["edits"]],
    }


def _untold(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"before": "confidential", "now": "confidential"}
