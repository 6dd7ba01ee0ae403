"""How often each stack is the best, over draws of the weights of the layers."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from selector.analysis.robustness import weighting_for
from selector.mcda.robustness.draws import WeightDraws, Weighting
from selector.mcda.robustness.streams import blocks_of, stream_of

if TYPE_CHECKING:
    from selector.analysis.stack.core import StackAnalysis
    from selector.mcda.stacks import StackShares

Array = NDArray[np.float64]


def drawn_weights(weighting: Weighting, centre: Array, samples: int, seed: int) -> Array:
    """Draws of the weights (samples, layers); each sums to 1."""
    draws = WeightDraws(weighting, centre, stream_of("random", seed, samples, len(centre), 0))
    raw = [draws.block(number, size).T.astype(np.float64) for number, size in blocks_of(samples)]
    weights = np.concatenate(raw)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def shares_over(
    analysis: "StackAnalysis", samples: int, seed: int, weights: str | None
) -> "StackShares":
    """The shares of draws in which each stack is the best. Raises UsageError as weighting_of."""
    from selector.mcda.stacks import stack_shares

    drawn = drawn_weights(weighting_for(analysis, weights), analysis.weights, samples, seed)
    scores = tuple(layer.scores[1] for layer in analysis.layers)
    return stack_shares(analysis.problem, scores, drawn, fixed=analysis.fixed_places)
