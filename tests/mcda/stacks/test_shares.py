"""How often each stack is best: each draw against the best stack with its weights."""

import numpy as np
import pytest

from selector.domain.problem import UsageError
from selector.mcda.stacks import StackProblem, best_stacks, stack_shares
from tests.mcda.stacks.made import fixings, practical, small


def weighted(problem: StackProblem, scores: list[np.ndarray], weights: np.ndarray) -> StackProblem:
    return problem._replace(values=tuple(w * s for w, s in zip(weights, scores, strict=True)))


@pytest.mark.parametrize("seed", range(40))
def test_each_draw_has_the_stack_that_is_best_with_its_weights(seed: int) -> None:
    problem = small(seed)
    fixed = fixings(seed, problem)
    scores = [values * len(problem.sizes) for values in problem.values]
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(scores)), 4)
    found = stack_shares(problem, scores, weights, fixed=fixed)
    own = [best_stacks(weighted(problem, scores, w), 1, fixed=fixed).choices for w in weights]
    for draw, choices in enumerate(own):
        if len(choices):
            assert found.choices[found.best[draw]].tolist() == choices[0].tolist()
        else:
            assert found.best[draw] == -1
    for layer, shares in enumerate(found.candidates):
        counts = [sum(c[0, layer] == a for c in own if len(c)) for a in range(len(shares))]
        assert shares == pytest.approx(np.array(counts) / len(weights))


def test_ten_layers_of_eight_over_two_hundred_draws() -> None:
    problem = practical(4)
    rng = np.random.default_rng(4)
    scores = [rng.uniform(0.2, 0.9, 8) for _ in range(10)]
    weights = rng.dirichlet(np.ones(10), 200)
    told: list[tuple[int, int]] = []
    found = stack_shares(
        problem, scores, weights, progress=lambda done, whole: told.append((done, whole))
    )
    assert found.shares.sum() == pytest.approx(1)
    assert (np.diff(found.shares) <= 0).all()
    assert np.bincount(found.best) / 200 == pytest.approx(found.shares)
    assert all(own.sum() == pytest.approx(1) for own in found.candidates)
    assert told[-1] == (200, 200)
    for draw in range(0, 200, 25):
        best = best_stacks(weighted(problem, scores, weights[draw]), 1)
        assert found.choices[found.best[draw]].tolist() == best.choices[0].tolist()


def test_equal_stacks_are_the_first_ones_in_every_draw() -> None:
    problem = StackProblem(tuple(np.zeros(4) for _ in range(5)))
    found = stack_shares(problem, problem.values, np.random.default_rng(0).random((50, 5)))
    assert found.choices.tolist() == [[0, 0, 0, 0, 0]]
    assert found.shares.tolist() == [1.0]


def test_no_draw_has_a_stack_where_there_is_none_and_no_draws_have_no_shares() -> None:
    problem = practical(0)._replace(cost_limit=1.0)
    found = stack_shares(problem, problem.values, np.full((3, 10), 0.1))
    assert found.best.tolist() == [-1, -1, -1]
    assert len(found.shares) == 0
    assert len(stack_shares(problem, problem.values, np.empty((0, 10))).best) == 0


@pytest.mark.parametrize(
    ("scores", "weights", "says"),
    [
        ([np.zeros(2)], [[1.0, 2.0]], "layers"),
        ([np.zeros(2)], [[np.nan]], "finite"),
        ([np.zeros(3)], [[1.0]], "each candidate"),
    ],
)
def test_what_does_not_fit_together_is_told(
    scores: list[np.ndarray], weights: list[list[float]], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        stack_shares(StackProblem((np.zeros(2),)), scores, weights)
