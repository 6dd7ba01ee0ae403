"""`selector weights`: the tree of weights, how consistent they are, and what they imply."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data, columns

if TYPE_CHECKING:
    from selector.analysis import Analysis


def data(analysis: "Analysis") -> Data:
    """The weights of leaves and groups."""
    spec = analysis.decision.weights
    return {
        "decision": analysis.decision.id,
        "method": spec.method,
        "weights": analysis.weights,
        "groups": analysis.group_weights,
        "consistency": {},
        "revisit": [],
        "implied": {},
        "tree": [
            {
                "id": node.id,
                "name": node.name,
                "depth": depth,
                "share": analysis.shares[node.id],
                "weight": analysis.group_weights.get(node.id, analysis.weights.get(node.id)),
            }
            for node, depth in _with_depth(analysis.decision.criteria.criteria)
        ],
    }


def _with_depth(criteria: Iterable[Any], depth: int = 0) -> Iterable[tuple[Any, int]]:
    for criterion in criteria:
        yield criterion, depth
        yield from _with_depth(criterion.children, depth + 1)


def table(data: Data) -> Iterable[str]:
    """The tree of weights, as percentages."""
    rows = [
        [
            "  " * node["depth"] + node["name"],
            f"{100 * node['share']:.1f} %",
            f"{100 * node['weight']:.1f} %",
        ]
        for node in data["tree"]
    ]
    yield from columns(["Criterion", "among its siblings", "of the whole"], rows, {1, 2})
