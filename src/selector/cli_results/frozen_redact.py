"""The data of `selector check` without what rests on prices that were negotiated in confidence."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data

if TYPE_CHECKING:
    from selector.analysis import Analysis


def redacted(data: Data, then: "Analysis", now: "Analysis", secret: frozenset[str]) -> Data:
    """The same without the amounts of those whose bill is `secret`; of stacks, of such parts.

    What was set is left out too, for it may tell them in words, and versions are those of what is
    shown. UsageError where the weights would tell a bill.
    """
    from selector.report.exports.confidence import is_cost, secret_bills, veiled
    from selector.report.since import is_bare

    hidden = {("", name) for name in secret}
    priced: set[tuple[str, str, str]] = set()  # the facts that their bills rest on
    for analysis in (then, now):
        if is_bare(analysis) and analysis.decision.negotiated.confidential:
            hidden |= {("", a.id) for side in (then, now) for a in side.decision.alternatives}
        for layer, own in _parts(analysis):
            there = (secret_bills(own) | secret) & {a.id for a in own.decision.alternatives}
            veiled(own, there)  # refuses weights that would tell a bill
            hidden |= {(layer, name) for name in there}
            for name in there:
                for leaf in filter(is_cost, own.leaves):
                    priced |= {(layer, name, fact) for fact in own.cell(name, leaf.id).facts}
    changed = data["changed"]
    untold: dict[str, Any] = {"before": None, "now": None, "items": [], "confidential": True}
    veiled_layers = {layer for layer, _ in hidden}
    return {
        **data,
        "version": {"before": version(then), "now": version(now)},
        "changed": {
            **changed,
            "facts": [
                _untold(row) if (*_whose(row), row["fact"]) in priced else row
                for row in changed["facts"]
            ],
            "prices": [row | untold if _whose(row) in hidden else row for row in changed["prices"]],
            "choices": [
                row | {"why": ""} if row["layer"] in veiled_layers else row
                for row in changed["choices"]
            ],
        },
        "edits": [_untold(row) for row in data["edits"]],
    }


def version(analysis: "Analysis") -> str:
    """The version of what is shown; empty where it would tell what is hidden.

    So it would of stacks that an earlier version froze: it held their scores and not their parts,
    by which one knows whose bill is hidden.
    """
    from selector.report.exports.hushed import hushed
    from selector.report.since import is_bare

    is_telling = is_bare(analysis) and analysis.decision.negotiated.confidential
    return "" if is_telling else hushed(analysis).version


def _parts(analysis: "Analysis") -> Iterator[tuple[str, "Analysis"]]:
    """The decision itself, without a layer's name; of whole stacks each of their layers."""
    if analysis.composed is None:
        yield "", analysis
        return
    for layer in analysis.composed.layers:
        yield layer.layer.id, layer.analysis


def _whose(row: dict[str, Any]) -> tuple[str, str]:
    return row.get("layer", ""), row["alternative"]


def _untold(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"before": "confidential", "now": "confidential"}
