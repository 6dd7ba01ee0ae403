"""Moved weights as points in the decision itself, as if its file gave them.

An answer under moved weights has the version of the file that has them written in.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from selector.domain.criterion import CriteriaSet
from selector.domain.decision import WeightSpec
from selector.domain.stack import FIT
from selector.measure.fingerprint import fingerprint
from selector.version import VERSION

if TYPE_CHECKING:
    from selector.analysis.core import Analysis
    from selector.analysis.stack import StackAnalysis

MOVED = 1e-6
"""Of a share: from here on it is another than the file's, as sliders and links tell them apart."""
DIGITS = 10  # of points; further ones come from reckoning

Points = Mapping[str, float]


def moved(analysis: "Analysis") -> dict[str, Points]:
    """The points of all siblings of each set in which a share is not the file's, by its group.

    That at the top is "".
    """
    own, filed = analysis.shares, analysis.filed_shares
    return {
        group: points
        for group, points in _sets(analysis.decision.criteria, own)
        if any(abs(own[name] - filed[name]) > MOVED for name in points)
    }


def to_set(analysis: "Analysis") -> Points:
    """The points that give this very answer again where they are set; none as its file weighs.

    Of stacks those of layers are as in the file, and that of the fit beside them is not rounded.
    """
    sets, composed = moved(analysis), analysis.composed
    if composed is None or not sets:
        return {name: x for points in sets.values() for name, x in points.items()}
    layers = {name: analysis.shares[name] for name in composed.shares}
    total = sum(layers.values())
    if total <= 0:
        return sets[""]
    return {**points_of(layers), FIT: 100 * analysis.shares[FIT] / total}


def settled(analysis: "Analysis") -> "Analysis":
    """The same answer by weights that the decision gives itself.

    Of the sets that are moved where it gives points anyway, else of all: so the file is written.
    """
    from selector.analysis.core import Analysis

    sets = moved(analysis)
    if not sets:
        return analysis
    if analysis.composed is not None:
        return _of_stacks(analysis, analysis.composed)
    decision = analysis.decision
    if decision.weights.method != "direct":
        sets = dict(_sets(decision.criteria, analysis.shares))
    spec = _written(decision.weights, sets)
    return Analysis(decision._replace(weights=spec), basis=analysis.basis)


def _of_stacks(analysis: "Analysis", composed: "StackAnalysis") -> "Analysis":
    """The same among stacks; as it is where they were not composed by its weights."""
    from selector.analysis.core import Analysis
    from selector.analysis.stack import as_decision

    total = sum(analysis.shares[layer] for layer in composed.shares)
    gaps = (abs(analysis.shares[i] - total * x) for i, x in composed.shares.items())
    if total <= 0 or max(gaps) > MOVED:
        return analysis
    return Analysis(as_decision(composed), composed=composed)


def version_of(analysis: "Analysis") -> str:
    """A short hash of all that an answer rests on, by settled weights."""
    own = settled(analysis)
    return fingerprint(own.basis.grounds(own.decision.weights), own.shares, VERSION)


def _written(spec: WeightSpec, sets: Mapping[str, Points]) -> WeightSpec:
    points = {name: x for own in sets.values() for name, x in own.items()}
    if spec.method != "direct":
        return WeightSpec(values=points, reasons=spec.reasons, origin=spec.origin)
    return spec._replace(
        values={**spec.values, **points},
        percent=spec.percent - set(points),
        subtrees={group: way for group, way in spec.subtrees.items() if group not in sets},
    )


def _sets(criteria: CriteriaSet, shares: Mapping[str, float]) -> Iterator[tuple[str, Points]]:
    """The points of each set of siblings, by its group."""
    for parent, siblings in criteria.siblings():
        own = {child.id: shares[child.id] for child in siblings}
        yield "" if parent is None else parent.id, points_of(own)


def points_of(given: Mapping[str, float], digits: int = DIGITS) -> dict[str, float]:
    """Shares or points of siblings as points that sum to 100, to so many digits.

    Whoever makes shares of these points gets the very same points of them again.
    """
    whole = sum(given.values()) / 100
    exact = {name: x / whole for name, x in given.items()}
    points = {name: round(x, digits) for name, x in exact.items()}
    off = round((100 - sum(points.values())) * 10**digits)
    sign = 1 if off > 0 else -1
    by_error = sorted(points, key=lambda name: sign * (points[name] - exact[name]))
    for name in by_error[: abs(off)]:
        points[name] = round(points[name] + sign * 10**-digits, digits)
    return points
