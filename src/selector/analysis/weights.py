"""From what a decision says of weights to a share of each criterion among its siblings."""

from collections.abc import Mapping

from selector.domain.decision import Decision
from selector.mcda.weighting.direct import equal_shares, replaced, shares_of
from selector.mcda.weighting.surrogate import weights_from_order


def shares_for(decision: Decision) -> dict[str, float]:
    """The share of each criterion among its siblings, as the decision's way to weigh gives it."""
    spec = decision.weights
    shares: dict[str, float] = {}
    named: Mapping[str, float] = spec.values
    if spec.method == "preset":
        named = decision.criteria.presets[spec.preset]
    for _, siblings in decision.criteria.siblings():
        names = tuple(c.id for c in siblings)
        if spec.method == "equal" or all(c.weight is None for c in siblings):
            own = equal_shares(names)
        else:
            own = shares_of({c.id: c.weight or 0.0 for c in siblings})
        if spec.method == "ranking" and set(names) == set(spec.order):
            formula = weights_from_order(len(names), spec.formula)
            own = dict(zip(spec.order, formula, strict=True))
        shares |= replaced(own, {name: named[name] for name in names if name in named})
    return shares
