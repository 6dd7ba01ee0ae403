"""A visitor's weights and figures written into the decision's file, so that it says them itself.

Nothing here knows of Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector.analysis import Analysis
from selector.analysis.settled import moved, settled
from selector.catalog.editing import REMOVE, Change, Path, data_of, edited
from selector.domain import EMPTY
from selector.domain.decision import Decision
from selector.domain.span import Span
from selector.domain.stack import FitPoints

_PEOPLE = {"people_hours": "hours_per_month", "hourly_cost": "hourly_cost"}
_BUSINESS = ("value_per_request", "discount_rate")


def with_choices(
    raw: bytes,
    analysis: Analysis,
    points: Mapping[str, float],
    figures: Mapping[str, Span],
    fixed: Mapping[str, str | None] = EMPTY,
) -> bytes:
    """The text with points by criterion and figures of cost by name as the file's own.

    `analysis` is the decision under these points and figures; `fixed` has the choice of layers of a
    stack, None where one is let go.
    """
    changes = [_figure(analysis.decision, name, span) for name, span in figures.items()]
    if analysis.composed is not None:
        changes += _stack(data_of(raw), analysis, bool(points), fixed)
    elif points:
        changes += _weights(data_of(raw), analysis)
    return edited(raw, *changes) if changes else raw


def _weights(data: Mapping[str, Any], analysis: Analysis) -> list[Change]:
    """Weights by points: of the siblings that differ, where the file gives points; else of all."""
    given = data.get("weights")
    weights: Mapping[str, Any] = given if isinstance(given, dict) else {}
    sets = moved(analysis)
    if not sets:
        return []
    values = settled(analysis).decision.weights.values
    if weights.get("method", "direct") != "direct":
        reasons = weights.get("reasons")
        kept = {"reasons": reasons} if reasons else {}
        return [(("weights",), {"method": "direct", "values": dict(values), **kept})]
    changes: list[Change] = [(("weights", "method"), "direct")]
    for group, names in sets.items():
        if group in (weights.get("subtrees") or {}):
            changes.append((("weights", "subtrees", group), REMOVE))
        changes += [(("weights", "values", name), values[name]) for name in names]
    return changes


def fixing(data: Mapping[str, Any], fixed: Mapping[str, str | None]) -> list[Change]:
    """What is fixed of a stack, written at its layers; None lets one go that the file fixes."""
    places = _layers(data)
    return [
        (("stack", "layers", places[name], "fixed"), REMOVE if choice is None else choice)
        for name, choice in fixed.items()
    ]


def _layers(data: Mapping[str, Any]) -> Mapping[str, int]:
    return {layer["id"]: index for index, layer in enumerate(data["stack"]["layers"])}


def _stack(
    data: Mapping[str, Any], analysis: Analysis, is_weighed: bool, fixed: Mapping[str, str | None]
) -> list[Change]:
    """Weights of layers and what is fixed at the layers; the weight of the fit as its points."""
    changes = fixing(data, fixed)
    if not is_weighed or analysis.composed is None:
        return changes
    stack, places = analysis.composed.spec, _layers(data)
    for layer in stack.layers:
        changes.append((("stack", "layers", places[layer.id], "weight"), layer.weight))
    if stack.fit != FitPoints(**data["stack"].get("fit", {})):
        changes.append((("stack", "fit"), stack.fit._asdict()))
    return changes


def _figure(decision: Decision, name: str, span: Span) -> Change:
    return _place(decision, name), _span(span)


def _place(decision: Decision, name: str) -> Path:
    """Where in the file a figure of cost stands."""
    if name in decision.assumed or "." in name:
        return "assumptions", name
    if name in _BUSINESS:
        return "business", name
    if name in _PEOPLE:
        return "workload", "people", _PEOPLE[name]
    return "workload", name


def _span(span: Span) -> Any:
    """A figure as a file says it: a number, [low, high], or all three."""
    if span.is_exact:
        return span.likely
    if span.likely == (span.low + span.high) / 2:
        return [span.low, span.high]
    return {"low": span.low, "likely": span.likely, "high": span.high}
