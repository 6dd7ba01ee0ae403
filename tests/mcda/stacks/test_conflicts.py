"""Where there is no stack: constraints that are to blame, none of them needless."""

import numpy as np
import pytest

from selector.mcda.stacks import Constraint, StackProblem, conflicts
from selector.mcda.stacks.conflicts import is_feasible
from tests.mcda.stacks.made import fixings, practical, small
from tests.mcda.stacks.oracles import known


def kept_alone(
    problem: StackProblem, constraints: list[Constraint]
) -> tuple[StackProblem, dict[int, int]]:
    """The problem with nothing but these constraints."""
    pairs = {key: np.zeros(table.shape) for key, table in problem.pairs.items()}
    for kind, at in constraints:
        if kind == "pair":
            i, a, j, b = at
            assert np.isinf(problem.pairs[i, j][a, b])
            pairs[i, j][a, b] = np.inf
    kinds = [kind for kind, _ in constraints]
    alone = problem._replace(
        pairs=pairs,
        groups=tuple(problem.groups[at[0]] for kind, at in constraints if kind == "group"),
        cost_limit=problem.cost_limit if "cost" in kinds else np.inf,
        provider_limit=problem.provider_limit if "providers" in kinds else None,
        skill_limit=problem.skill_limit if "skills" in kinds else None,
    )
    return alone, {at[0]: at[1] for kind, at in constraints if kind == "fixed"}


@pytest.mark.parametrize("seed", range(120))
def test_what_is_named_leaves_no_stack_and_without_any_one_of_it_there_is_one(seed: int) -> None:
    problem = small(seed)
    fixed = fixings(seed, problem)
    named = list(conflicts(problem, fixed))
    is_any = len(known(problem, fixed).scores) > 0
    assert is_any == (not named) == is_feasible(problem, fixed)
    if named:
        assert not len(known(*kept_alone(problem, named)).scores)
        for needless in named:
            rest = [one for one in named if one != needless]
            assert len(known(*kept_alone(problem, rest)).scores)


def test_two_that_are_fixed_and_do_not_go_together_are_named_with_their_relation() -> None:
    problem = practical(0)
    (i, j), table = next(iter(problem.pairs.items()))
    a, b = (int(place) for place in np.argwhere(np.isinf(table))[0])
    assert conflicts(problem, {i: a, j: b}) == (
        Constraint("fixed", (i, a)),
        Constraint("fixed", (j, b)),
        Constraint("pair", (i, a, j, b)),
    )


def test_a_limit_that_nothing_can_keep_is_named_alone() -> None:
    problem = practical(0)
    assert conflicts(problem._replace(cost_limit=100.0)) == (Constraint("cost"),)
    both = problem._replace(provider_limit=0, costs=None)
    assert conflicts(both) == (Constraint("providers"),)
    assert conflicts(problem) == ()


def test_a_layer_without_candidates_is_named() -> None:
    problem = StackProblem((np.array([0.1]), np.empty(0)))
    assert conflicts(problem) == (Constraint("layer", (1,)),)
    assert not is_feasible(problem)


def test_skills_and_providers_can_stand_against_each_other() -> None:
    problem = StackProblem(
        tuple(np.zeros(2) for _ in range(2)),
        providers=((0, 1), (0, 2)),
        provider_limit=1,
        skills=((1, 0), (2, 0)),
        skill_limit=1,
    )
    assert conflicts(problem) == (Constraint("providers"), Constraint("skills"))


def test_the_search_for_reasons_can_be_ended() -> None:
    def end(done: int, wanted: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        conflicts(practical(0), progress=end)
