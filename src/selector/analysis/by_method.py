"""How often each alternative takes each place by another method than the weighted sum."""

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from selector.analysis.feed import feed_of_values
from selector.analysis.methods import SUM, Fed, reason_of
from selector.domain.problem import UsageError
from selector.mcda.methods._contract import Unfit, sampled_method_ids
from selector.mcda.robustness import by_method
from selector.mcda.robustness.acceptability import Acceptability, checked_method

if TYPE_CHECKING:
    from selector.analysis.core import Analysis


class ByMethod(NamedTuple):
    """What SMAA-2 tells by one method, by id, as in `Robustness`."""

    rank_acceptability: Mapping[str, tuple[float, ...]]
    central_weights: Mapping[str, Mapping[str, float] | None]
    confidence: Mapping[str, float | None]
    pairwise_winning: Mapping[str, Mapping[str, float]]


def method_to_draw(analysis: "Analysis", asked: str | None) -> str | None:
    """The method to draw beside the weighted sum: as asked, else the decision's if it can be.

    Raises UsageError for one that cannot.
    """
    if asked is not None:
        return None if checked_method(asked) == SUM else asked
    own = analysis.decision.method
    return own if own in sampled_method_ids() else None


def fed_with(analysis: "Analysis", method_id: str) -> by_method.Fed:
    """The method with what it is fed. Raises UsageError where it cannot take the figures."""
    fed = Fed(analysis)
    try:
        fed.run(method_id)
    except Unfit as unfit:
        reason = reason_of(analysis, unfit)
        raise UsageError(f"{method_id} cannot rank this decision: {reason}") from None
    offset, slope = feed_of_values(analysis.leaves, analysis.measured)
    parameters = fed.parameters(method_id)
    return by_method.Fed(method_id, fed.matrix, fed.objectives, offset, slope, parameters)


def is_beyond_chance(more: float, fewer: float, samples: int) -> bool:
    """Whether two shares of the same draws differ by more than the error of sampling.

    That is two standard errors of the difference of two shares of a multinomial.
    """
    gap = more - fewer
    return gap > 2 * sqrt(max(0.0, more + fewer - gap**2) / samples)


def by_id(found: Acceptability, ids: list[str], leaves: list[str]) -> ByMethod:
    """The arrays of SMAA-2 as mappings; None for an alternative that is never first."""
    never = np.isnan(found.confidence)
    return ByMethod(
        {a: tuple(found.rank_acceptability[row].tolist()) for row, a in enumerate(ids)},
        {
            a: None
            if never[row]
            else dict(zip(leaves, found.central_weights[row].tolist(), strict=True))
            for row, a in enumerate(ids)
        },
        {a: None if never[row] else float(found.confidence[row]) for row, a in enumerate(ids)},
        {
            a: {b: float(found.pairwise_winning[i, j]) for j, b in enumerate(ids) if j != i}
            for i, a in enumerate(ids)
        },
    )
