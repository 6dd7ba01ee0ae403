"""The stability interval of every leaf and group of a decision."""

from typing import TYPE_CHECKING

from selector.domain.outcome import Stability
from selector.mcda.robustness.stability import slopes_of, stable_intervals

if TYPE_CHECKING:
    from selector.analysis.core import Analysis


def stability_of(analysis: "Analysis") -> dict[str, Stability]:
    """For each leaf and group, the stretch of its share on which the winner stays first.

    The winner is that of the weighted sum, whatever the decision's method.
    """
    if not analysis.alternatives:
        return {}
    basis, shares, scores = analysis.basis, analysis.share_array, analysis.central_scores
    leads = basis.rivals(analysis.winner).leads
    slopes = slopes_of(basis.tree, shares, analysis.node_weights, leads)
    found = stable_intervals(scores[analysis.winner] - scores, slopes, shares)
    takers = (*basis.ids, None)  # the last, at -1, is nobody
    below, above = ([takers[row] for row in rows.tolist()] for rows in (found.below, found.above))
    rows = map(Stability, shares.tolist(), found.low.tolist(), found.high.tolist(), below, above)
    return dict(zip(basis.nodes, rows, strict=True))
