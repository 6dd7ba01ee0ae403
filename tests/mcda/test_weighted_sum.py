"""The weighted sum against an independent implementation, and the rule of ties."""

import numpy as np
import pytest

from selector.mcda.methods.weighted_sum import ranks_of, weighted_sum


@pytest.mark.parametrize("seed", range(20))
def test_scores_equal_those_of_scikit_criteria(seed: int) -> None:
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    rng = np.random.default_rng(seed)
    values = rng.random((rng.integers(2, 9), rng.integers(2, 26)))
    weights = rng.dirichlet(np.ones(values.shape[1]))
    peer = WeightedSumModel().evaluate(
        skcriteria.mkdm(values, objectives=[max] * values.shape[1], weights=weights)
    )
    scores = weighted_sum(values, weights)
    assert scores == pytest.approx(np.asarray(peer.e_.score), abs=1e-12)
    assert ranks_of(scores).tolist() == np.asarray(peer.rank_).tolist()


def test_ties_to_1e_12_share_the_lower_number() -> None:
    scores = np.array([0.5, 0.7, 0.5 + 4e-13, 0.7, 0.1])
    assert ranks_of(scores).tolist() == [3, 1, 3, 1, 5]
    assert ranks_of(np.array([0.5, 0.5 + 2e-12])).tolist() == [2, 1]
    assert ranks_of(np.array([])).tolist() == []
