"""The data of `selector compose` without what was negotiated in confidence."""

from typing import TYPE_CHECKING, Any

from selector.cli_output import Data

if TYPE_CHECKING:
    from selector.analysis.stack import StackAnalysis

_COSTS: dict[str, Any] = {
    "cost": None, "cost_low": None, "cost_high": None, "known_cost": None, "unknown_costs": [],
    "confidential": True,
}  # fmt: skip
_SCORES = ("score", "low", "high")


def redacted(data: Data, analysis: "StackAnalysis") -> Data:
    """The same without confidential amounts, and without what would tell them by a difference.

    Where the score of a layer tells a bill, so do gaps, orders by cost and shares of draws.
    """
    from selector.analysis import Analysis
    from selector.analysis.stack import as_decision
    from selector.report.exports import confidence
    from selector.report.exports.hushed import hushed

    secret = confidence.secret_parts(analysis)
    whole = hushed(Analysis(as_decision(analysis), composed=analysis))
    kept = {**data, "version": whole.version, "redacted": True}
    if not any(secret.values()):
        return kept
    is_veiled = confidence.tells_by_score(analysis, secret)
    stacks = [
        {
            **stack,
            **(_COSTS if _has_any(stack["layers"], secret) else {}),
            **(dict.fromkeys(_SCORES) if is_veiled else {}),
            "layer_scores": {
                layer: None if is_veiled and stack["layers"][layer] in secret[layer] else score
                for layer, score in stack["layer_scores"].items()
            },
        }
        for stack in data["stacks"]
    ]
    kept |= {
        "stacks": stacks,
        "pareto": [],
        "warnings": confidence.notices_of_stack(analysis),
        "excluded": [
            {**row, "reason": told.reason, "why": told.reason} if told != was else row
            for row, (was, told) in zip(data["excluded"], _knocked_out(analysis), strict=True)
        ],
    }
    if analysis.spec.limits.monthly_cost is not None:  # what keeps it tells what it costs
        kept |= {"feasible": None, "feasible_is_exact": False}
    if not is_veiled:
        return kept
    return kept | {
        "explanations": [_explanation(row, secret) for row in data["explanations"]],
        "given_up": {},
        "acceptability": None,
    }


def _has_any(layers: Data, secret: Any) -> bool:
    return any(choice in secret[layer] for layer, choice in layers.items())


def _explanation(row: Data, secret: Any) -> Data:
    score = None if row["chosen"] in secret[row["layer"]] else row["score"]
    return {**row, "score": score, "better": []}


def _knocked_out(analysis: "StackAnalysis") -> list[Any]:
    from selector.report.exports import confidence

    return [
        pair
        for layer in analysis.layers
        for pair in zip(
            layer.analysis.excluded,
            confidence.knock_outs(layer.analysis, confidence.secret_bills(layer.analysis)),
            strict=True,
        )
    ]
