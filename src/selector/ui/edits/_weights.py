"""What is said of weights, kept whole while criteria come and go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from selector.analysis import Analysis
from selector.ui.edits._edit import Edit, plain
from selector.ui.edits._tree import Place

BY_POINTS = ("direct", "swing")
OF_ALL = ("equal", "entropy", "critic", "std", "merec")


def bare(edit: Edit, siblings: Sequence[str], place: Place) -> None:
    """Turn shares with % into points: they no longer add up to 100 once one comes or goes."""
    for index, node in enumerate(edit.get(*place) or ()):
        if isinstance(node.get("weight"), str):
            edit.put((*place, index, "weight"), _number(node["weight"]))
    for path in _tables(edit):
        for name, points in dict(edit.get(*path) or {}).items():
            if name in siblings and isinstance(points, str):
                edit.put((*path, name), _number(points))


def _number(points: str) -> float | int:
    return plain(float(points.rstrip("% ")))


def _tables(edit: Edit) -> list[Place]:
    """Where points stand by criterion: in the weights, with each stakeholder and scenario."""
    found: list[Place] = [("weights", "values")]
    for key in ("stakeholders", "scenarios"):
        found += [(key, place, "weights") for place in range(len(edit.get(key) or ()))]
    return found


def dropped(edit: Edit, gone: Iterable[str], stay: Sequence[str]) -> None:
    """Say no more of criteria that go; siblings that stay and are left with no points, neither."""
    for path in _tables(edit):
        for name in gone:
            edit.remove(*path, name)
        points: dict[str, Any] = edit.get(*path) or {}
        if stay and all(name in points and not _amount(points[name]) for name in stay):
            for name in stay:
                edit.remove(*path, name)


def _amount(points: Any) -> float:
    return _number(points) if isinstance(points, str) else points


def settle(edit: Edit, analysis: Analysis, touched: Iterable[str] | None = None) -> bool:
    """Keep weights that were found by comparing, ranking or a preset as points, as they stand.

    Judgements on a set of criteria mean nothing once it is another. Where `touched` are given and
    none of them was judged, all stays. Returns whether anything changed.
    """
    said = edit.get("weights") or {}
    method, subtrees = said.get("method", "direct"), said.get("subtrees") or {}
    if not subtrees and method in (*BY_POINTS, *OF_ALL):
        return False
    families = [[c.id for c in children] for _, children in analysis.decision.criteria.siblings()]
    judged = _named(said) | set(subtrees)
    for spec in subtrees.values():
        judged |= _named(spec)
    if method == "preset":
        judged |= set(analysis.decision.criteria.presets.get(said.get("preset", ""), {}))
    if touched is not None and method != "preset":
        affected = [family for family in families if set(family) & set(touched)]
        if not any(judged & set(family) for family in affected) and not judged & set(touched):
            return False
    kept = {
        name: plain(round(100 * analysis.shares[name], 4))
        for family in families
        if method in OF_ALL or judged & set(family) or any(n in subtrees for n in family)
        for name in family
        if name in analysis.shares
    }
    for name in list(subtrees):  # the children of a group that had a way of its own
        children = next((c.children for c in analysis.decision.criteria.walk() if c.id == name), ())
        kept |= {c.id: plain(round(100 * analysis.shares[c.id], 4)) for c in children}
    edit.put(("weights",), {"method": "direct", "values": kept})
    return True


def _named(spec: Any) -> set[str]:
    """The criteria on which somebody gave a judgement."""
    found = set(spec.get("values") or {}) | set(spec.get("order") or ())
    found |= set(spec.get("best_to_others") or {}) | set(spec.get("others_to_worst") or {})
    found |= {spec[key] for key in ("best", "worst") if spec.get(key)}
    for first, second, _ in spec.get("comparisons") or ():
        found |= {first, second}
    return found
