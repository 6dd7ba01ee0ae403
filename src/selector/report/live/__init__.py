"""The live weights: one browser script that the app and the page export share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from selector.analysis import Analysis
from selector.analysis.scales import narrow
from selector.analysis.weights import money_criteria
from selector.domain import words as plain
from selector.report import palette, words
from selector.report.worth import spoken


@cache
def _read(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def engine() -> str:
    """Return the model in the browser: a plain script that defines ``SelectorEngine``."""
    return _read("engine.js")


def plain_script() -> str:
    """Return what draws the ranking and what the weights imply, to stand after the engine."""
    return "\n".join(_read(name) for name in ("ranking.js", "implied.js"))


def script() -> str:
    """Return engine, ranking and sliders as one ES module with a default export."""
    return "\n".join((engine(), plain_script(), _read("history.js"), _read("weigh.js")))


def tokens() -> str:
    """Return the look's colours and type as CSS variables, light and dark."""
    return _read("tokens.css")


def style() -> str:
    """Return the style sheet of the sliders, tokens included."""
    return tokens() + "\n" + _read("weigh.css")


def model(analysis: Analysis) -> dict[str, Any]:
    """Return the analysis as the browser needs it: alternatives, tree and values, as plain data.

    Alternatives and leaves stand in the decision's order; `parent` is an index into `nodes`, -1 at
    the top; `leaf` is a column of `values`, null for a group.
    """
    called = words.labels(analysis.decision)
    places = {a.id: place for place, a in enumerate(analysis.decision.alternatives)}
    unproven = {row.alternative for row in analysis.ranking if row.unproven}
    columns = {leaf.id: column for column, leaf in enumerate(analysis.leaves)}
    nodes: list[dict[str, Any]] = []
    index: dict[str, int] = {}
    parents = {
        c.id: p.id if p else None for p, cs in analysis.decision.criteria.siblings() for c in cs
    }
    for node in analysis.decision.criteria.walk():
        parent = parents[node.id]
        index[node.id] = len(nodes)
        nodes.append(
            {
                "id": node.id,
                "name": node.name,
                "inside": words.lower_first(node.name),
                "parent": -1 if parent is None else index[parent],
                "local": analysis.shares[node.id],
                "leaf": columns.get(node.id),
                "swing": words.swing(analysis, node),
                "question": node.question,
                "why": analysis.decision.weights.reasons.get(node.id, ""),
            }
        )
    table = analysis.value_table
    for row in narrow(analysis):
        ends = f"{plain.number(row.worst)} to {plain.number(row.best)}"
        nodes[index[row.criterion]]["dwarfed"] = {
            "used": f"{100 * row.used:.1f}\u00a0%",
            "part": row.used,
            "ends": ends,
        }
    names = {leaf.id: words.lower_first(leaf.name) for leaf in analysis.leaves}
    return {
        "alternatives": [
            {
                "id": a.id,
                "name": a.name,
                "short": called[a.id].short,
                "detail": called[a.id].detail,
                "colour": palette.css_colour(places[a.id]),
                "unproven": a.id in unproven,
            }
            for a in analysis.alternatives
        ],
        "nodes": nodes,
        "money": [
            {
                "node": index[one.criterion],
                "name": names[one.criterion],
                "unit": spoken(one.unit),
                "span": one.span,
            }
            for one in money_criteria(analysis.decision)
        ],
        "values": {
            "low": table.low.tolist(),
            "central": table.central.tolist(),
            "high": table.high.tolist(),
        },
    }
