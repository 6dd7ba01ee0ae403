"""The front of score, cost and number of providers, against looking at all stacks."""

import numpy as np
import pytest

from selector.mcda.stacks import StackProblem, best_stacks, pareto
from tests.mcda.stacks.made import fixings, practical, small
from tests.mcda.stacks.oracles import known, worth


@pytest.mark.parametrize("seed", range(300))
def test_the_front_is_what_looking_at_all_finds(seed: int) -> None:
    problem = small(seed)
    fixed = fixings(seed, problem)
    found = pareto(problem, fixed)
    assert {tuple(stack) for stack in found.choices.tolist()} == known(problem, fixed).front()
    assert (np.diff(found.scores) <= 1e-12).all()
    for figures, own in zip(found[1:], worth(problem, found.choices), strict=True):
        assert figures == pytest.approx(own)


def test_ten_layers_of_eight_begin_with_the_best_stack_and_none_beats_another() -> None:
    problem = practical(2)
    told: list[tuple[int, int]] = []
    found = pareto(problem, progress=lambda done, whole: told.append((done, whole)))
    assert all(0 <= done < whole for done, whole in told)
    assert told == sorted(told)
    assert found.scores[0] == pytest.approx(best_stacks(problem, 1).scores[0])
    figures = np.stack([-found.scores, found.costs, found.providers], axis=1)
    for one in figures:
        as_good = (figures <= one).all(axis=1) & (figures < one).any(axis=1)
        assert not as_good.any()
    # For what one costs, and with as many providers, nothing better is to be had.
    for score, cost, providers in list(zip(*found[1:], strict=True))[::8]:
        within = problem._replace(cost_limit=float(cost), provider_limit=int(providers))
        assert best_stacks(within, 1).scores[0] == pytest.approx(score)


def test_without_costs_and_providers_the_best_stack_alone_is_the_front() -> None:
    found = pareto(StackProblem((np.array([0.1, 0.2, 0.2]), np.array([0.3, 0.1]))))
    assert found.choices.tolist() == [[1, 0]]
    assert (found.costs.tolist(), found.providers.tolist()) == ([0.0], [0])


def test_nothing_is_on_the_front_where_there_is_no_stack() -> None:
    assert len(pareto(practical(0)._replace(cost_limit=100.0)).scores) == 0
    assert len(pareto(StackProblem((np.empty(0),))).scores) == 0
