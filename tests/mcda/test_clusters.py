"""Clusters of opinion: by hand, against the definition of the silhouette, and as properties."""

import numpy as np
import pytest

from selector.mcda.clusters import ALIKE, MOST, REASONABLE, clusters_of, set_apart, silhouettes
from selector.mcda.group import distances


def camps(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights (members, criteria) of two or three camps far apart, and who is in which."""
    rng = np.random.default_rng(seed)
    number = int(rng.integers(2, 4))
    sizes = rng.integers(2, 6, number)
    centres = np.full((number, 6), 0.04)
    centres[np.arange(number), np.arange(number)] = 0.8
    labels = np.repeat(np.arange(number), sizes)
    weights = centres[labels] + rng.uniform(0, 0.02, (len(labels), 6))
    return weights / weights.sum(axis=1, keepdims=True), labels


@pytest.mark.parametrize("seed", range(60))
def test_camps_far_apart_are_found_in_any_order(seed: int) -> None:
    weights, camp = camps(seed)
    order = np.random.default_rng(seed).permutation(len(camp))
    found = clusters_of(distances(weights[order]))
    together = found.labels[:, None] == found.labels[None, :]
    assert (together == (camp[order][:, None] == camp[order][None, :])).all()
    assert found.silhouette is not None
    assert found.silhouette > 0.8
    firsts = [int(np.argmax(found.labels == k)) for k in range(found.labels.max() + 1)]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("seed", range(200))
def test_the_cut_is_the_best_there_is_or_none(seed: int) -> None:
    rng = np.random.default_rng(seed)
    apart = distances(rng.dirichlet(np.full(5, 0.7), int(rng.integers(1, 9))))
    found = clusters_of(apart)
    assert len(found.labels) == len(apart)
    if found.silhouette is None:
        assert set(found.labels.tolist()) == {0}
    else:
        assert found.silhouette >= REASONABLE
        assert found.silhouette == pytest.approx(slow(apart, found.labels).mean())


def slow(apart: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The silhouette as Rousseeuw 1987 defines it, member by member."""
    found = []
    for i, own in enumerate(labels):
        mates = [j for j in range(len(labels)) if labels[j] == own and j != i]
        if not mates:
            found.append(0.0)
            continue
        a = np.mean([apart[i, j] for j in mates])
        b = min(np.mean(apart[i, labels == k]) for k in set(labels.tolist()) - {own})
        found.append((b - a) / max(a, b) if max(a, b) > 0 else 0.0)
    return np.array(found)


@pytest.mark.parametrize("seed", range(60))
def test_silhouettes_are_those_of_the_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    apart = distances(rng.dirichlet(np.ones(4), 8))
    labels = rng.integers(0, 3, 8)
    labels[:3] = 0, 1, 2
    np.testing.assert_allclose(silhouettes(apart, labels), slow(apart, labels), atol=1e-12)


def test_three_people_by_hand() -> None:
    # The first two are 0.2 apart, the third 1.8 and 1.6 from them: (1 - 0.2/1.8 + 1 - 0.2/1.6) / 3.
    found = clusters_of(distances([[0.9, 0.1], [0.8, 0.2], [0.0, 1.0]]))
    assert found.labels.tolist() == [0, 0, 1]
    assert found.silhouette == pytest.approx((2 - 0.2 / 1.8 - 0.2 / 1.6) / 3)


def test_few_or_alike_are_one_cluster() -> None:
    assert clusters_of(distances([[1, 0], [0, 1]])).labels.tolist() == [0, 0]
    assert clusters_of(np.zeros((1, 1))) == ([0], None)
    near = np.array([[0.50, 0.5], [0.50, 0.5], [0.54, 0.46]])
    assert distances(near).max() < ALIKE
    assert clusters_of(distances(near)).silhouette is None
    assert clusters_of(np.zeros((5, 5))).labels.tolist() == [0] * 5


def test_what_sets_a_cluster_apart() -> None:
    gaps = set_apart([[0.9, 0.1], [0.7, 0.3], [0.0, 1.0]], np.array([0, 0, 1]))
    np.testing.assert_allclose(gaps, [[0.8, -0.8], [-0.8, 0.8]])
    assert set_apart([[0.9, 0.1], [0.7, 0.3]], np.array([0, 0])).tolist() == [[0, 0]]


@pytest.mark.parametrize("seed", range(20))
def test_where_camps_are_few_no_cut_into_many_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    centres = rng.dirichlet(np.full(6, 0.3), 4)
    weights = centres[rng.integers(0, 4, 60)] + rng.uniform(0, 0.02, (60, 6))
    apart = distances(weights)
    found = clusters_of(apart)
    assert found.labels.max() < MOST
    every = clusters_of(apart, most=60)
    assert every.labels.tolist() == found.labels.tolist()
    assert every.silhouette == found.silhouette


def test_more_camps_than_anybody_can_talk_with_are_none() -> None:
    assert clusters_of(distances(np.repeat(np.eye(MOST), 2, axis=0))).labels.max() + 1 == MOST
    found = clusters_of(distances(np.repeat(np.eye(4 * MOST), 2, axis=0)))
    assert found.silhouette is None
