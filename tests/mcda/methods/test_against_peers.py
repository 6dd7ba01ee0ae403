"""Every method against independent implementations, on 200 random problems each, to 1e-9.

What scikit-criteria computes for us is held against pymcdm; what is ours also against
scikit-criteria. COPRAS of pymcdm adds the costs the wrong way round: the formula of the
publication, written out figure by figure below, stands in.
"""

import contextlib
import io
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pymcdm.methods as py
import pytest
import skcriteria
from pymcdm import normalizations
from skcriteria.agg import copras, edas, electre, mabac, marcos, simple, topsis, vikor, waspas

from selector.mcda._scikit import aggregated
from selector.mcda.methods._contract import method_ids, run
from selector.mcda.methods.electre1 import concordance_of, discordance_of

PROBLEMS = 200
Peer = Callable[[np.ndarray, np.ndarray, np.ndarray], Any]


def problems() -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Matrices of positive figures in units of all sizes, with both objectives."""
    made = []
    for seed in range(PROBLEMS):
        rng = np.random.default_rng(seed)
        shape = int(rng.integers(3, 11)), int(rng.integers(2, 13))
        matrix = (0.05 + rng.random(shape)) * 10.0 ** rng.integers(-2, 5, shape[1])
        objectives = rng.choice([-1.0, 1.0], shape[1])
        objectives[:2] = 1, -1
        made.append((matrix, objectives, rng.dirichlet(np.ones(shape[1]))))
    return made


def quietly(call: Callable[[], Any]) -> Any:
    """What the call returns; one of the peers prints and warns."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return call()


def sk(maker: Any, figure: str, scale: Callable[..., np.ndarray] | None = None) -> Peer:
    """A figure of a method of scikit-criteria, on columns that `scale` has made ready."""

    def peer(matrix: np.ndarray, objectives: np.ndarray, weights: np.ndarray) -> Any:
        ready = matrix if scale is None else scale(matrix, objectives)
        goals = objectives if scale in (None, by_sum, by_vector) else np.ones(len(objectives))
        kinds = [max if goal > 0 else min for goal in goals]
        data = skcriteria.mkdm(ready, kinds, weights=weights)
        return np.asarray(quietly(lambda: maker.evaluate(data)).e_[figure], dtype=float)

    return peer


def mc(maker: Any) -> Peer:
    """The scores of a method of pymcdm."""
    return lambda matrix, objectives, weights: quietly(lambda: maker(matrix, weights, objectives))


def by_sum(matrix: np.ndarray, objectives: np.ndarray) -> np.ndarray:
    return matrix / matrix.sum(axis=0)


def by_vector(matrix: np.ndarray, objectives: np.ndarray) -> np.ndarray:
    return matrix / np.linalg.norm(matrix, axis=0)


def by_range(matrix: np.ndarray, objectives: np.ndarray) -> np.ndarray:
    oriented = matrix * objectives
    return (oriented - oriented.min(axis=0)) / np.ptp(oriented, axis=0)


def _negated(matrix: np.ndarray, objectives: np.ndarray) -> np.ndarray:
    return matrix / np.linalg.norm(matrix, axis=0) * objectives


def _reciprocal(column: np.ndarray, cost: bool = False) -> np.ndarray:
    return 1 / column if cost else column


def _plain(column: np.ndarray, cost: bool = False) -> np.ndarray:
    return -column if cost else column


def by_the_publication(
    matrix: np.ndarray, objectives: np.ndarray, weights: np.ndarray
) -> tuple[list[float], list[float]]:
    """COPRAS as Zavadskas and others 2007 write it, steps 1 to 6: N and Q of each alternative."""
    rows, columns = range(len(matrix)), range(len(weights))
    d = [
        [weights[j] * matrix[i, j] / sum(matrix[k, j] for k in rows) for j in columns] for i in rows
    ]
    plus = [sum(d[i][j] for j in columns if objectives[j] > 0) for i in rows]
    minus = [sum(d[i][j] for j in columns if objectives[j] < 0) for i in rows]
    least = min(minus)
    q = [
        plus[i] + least * sum(minus) / (minus[i] * sum(least / minus[k] for k in rows))
        for i in rows
    ]
    return [100 * one / max(q) for one in q], q


PEERS: list[tuple[str, str, Peer]] = [
    ("weighted_sum", "", mc(py.WSM(_plain))),
    ("weighted_product", "", mc(py.WPM(_reciprocal))),
    ("topsis", "", sk(topsis.TOPSIS(), "similarity", _negated)),
    ("vikor", "", sk(vikor.VIKOR(), "q_k")),
    ("vikor", "s", sk(vikor.VIKOR(), "s_k")),
    ("vikor", "r", sk(vikor.VIKOR(), "r_k")),
    ("vikor", "", mc(py.VIKOR())),
    ("promethee2", "", mc(py.PROMETHEE_II("usual"))),
    ("marcos", "", sk(marcos.MARCOS(), "utility_scores")),
    ("marcos", "", mc(py.MARCOS())),
    ("copras", "", lambda *problem: by_the_publication(*problem)[0]),
    ("copras", "q", lambda *problem: by_the_publication(*problem)[1]),
    ("edas", "", mc(py.EDAS())),
    ("waspas", "", mc(py.WASPAS(normalizations.linear_normalization))),
    ("mabac", "", sk(mabac.MABAC(), "score", by_range)),
    ("mabac", "", mc(py.MABAC())),
]


@pytest.mark.parametrize(
    ("method", "figure", "peer"), PEERS, ids=[f"{i}-{m}-{f}" for i, (m, f, _) in enumerate(PEERS)]
)
def test_figures_agree_to_1e_9(method: str, figure: str, peer: Peer) -> None:
    for matrix, objectives, weights in problems():
        result = run(method, matrix, objectives, weights).result
        assert result.scores is not None
        ours = result.details[figure] if figure else result.scores
        assert ours == pytest.approx(peer(matrix, objectives, weights), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("shape", "theirs"),
    [("u", "ushape"), ("v", "vshape"), ("level", "level"), ("linear", "vshape_2")],
)
def test_preference_functions_agree(shape: str, theirs: str) -> None:
    for matrix, objectives, weights in problems():
        width = np.ptp(matrix, axis=0)
        q, p = 0.15 * width, 0.6 * width
        peer = py.PROMETHEE_II(theirs, p=list(p), q=list(q))
        preferences = tuple((shape, a, b, 0.0) for a, b in zip(q, p, strict=True))
        ours = run("promethee2", matrix, objectives, weights, preferences=preferences).result
        assert ours.scores == pytest.approx(mc(peer)(matrix, objectives, weights), abs=1e-9)


def test_the_weighted_sum_is_also_that_of_scikit_criteria() -> None:
    # which takes nothing to be minimised
    peer = sk(simple.WeightedSumModel(), "score")
    for matrix, _, weights in problems():
        rising = np.ones(len(weights))
        result = run("weighted_sum", matrix, rising, weights).result
        assert result.scores == pytest.approx(peer(matrix, rising, weights), rel=1e-9)


def test_outranking_agrees() -> None:
    for matrix, objectives, weights in problems():
        scaled = by_sum(matrix, objectives)
        kinds = [max if goal > 0 else min for goal in objectives]
        peer = electre.ELECTRE1().evaluate(skcriteria.mkdm(scaled, kinds, weights=weights))
        agree = concordance_of(scaled * objectives, weights)
        against = discordance_of(scaled * objectives)
        off = ~np.eye(len(matrix), dtype=bool)
        assert agree[off] == pytest.approx(peer.e_.matrix_concordance[off], abs=1e-9)
        assert against[off] == pytest.approx(peer.e_.matrix_discordance[off], abs=1e-9)
        ours = run("electre1", matrix, objectives, weights, is_common_scale=False).result
        pairs = {(int(a), int(b)) for a, b in np.argwhere(peer.e_.outrank)}
        assert set(ours.details["outranks"]) == pairs
        if not any((b, a) in pairs for a, b in pairs):
            assert list(ours.details["kernel"]) == list(np.flatnonzero(peer.kernel_))


def test_every_method_has_a_peer() -> None:
    assert {method for method, _, _ in PEERS} | {"electre1"} == set(method_ids())


def test_what_scikit_criteria_is_asked_directly_is_what_it_says_in_its_own_tables() -> None:
    mixed, rising = (edas.EDAS(), copras.COPRAS()), (waspas.WASPAS(), simple.WeightedProductModel())
    for figures, objectives, weights in problems()[:20]:
        matrix = figures / figures.sum(axis=0)
        for makers, goals in ((mixed, objectives), (rising, np.ones(len(weights)))):
            data = skcriteria.mkdm(matrix, goals.astype(int), weights=weights)
            for maker in makers:
                theirs = quietly(lambda maker=maker, data=data: maker.evaluate(data)).e_
                ours = aggregated(maker, matrix, goals, weights)
                for figure in theirs:
                    np.testing.assert_array_equal(ours[figure], np.atleast_1d(theirs[figure]))
