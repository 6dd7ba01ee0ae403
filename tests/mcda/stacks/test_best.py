"""The best stacks: against looking at all, against HiGHS, ties, bad input, cancelling."""

import numpy as np
import pytest

from selector.domain.problem import UsageError
from selector.mcda.stacks import Group, StackProblem, best_stacks, feasible_count
from selector.mcda.stacks.best import Best
from selector.mcda.stacks.counting import by_halves
from selector.mcda.stacks.problem import with_fixed
from selector.mcda.stacks.search import Rows, Space, explore
from selector.mcda.stacks.space import LARGEST, ready
from tests.mcda.stacks.made import fixings, practical, small
from tests.mcda.stacks.oracles import by_program, known, worth


@pytest.mark.parametrize("seed", range(300))
def test_the_ten_best_are_those_that_looking_at_all_finds(seed: int) -> None:
    problem = small(seed)
    fixed = fixings(seed, problem)
    all_of_them = known(problem, fixed)
    wanted = all_of_them.best(10)
    found = best_stacks(problem, 10, fixed=fixed)
    assert found.choices.tolist() == all_of_them.choices[wanted].tolist()
    assert found.scores == pytest.approx(all_of_them.scores[wanted], abs=1e-12)
    assert found.costs == pytest.approx(all_of_them.costs[wanted])
    assert found.feasible == len(all_of_them.scores)
    assert found.is_exact_count
    assert feasible_count(problem, fixed) == found.feasible
    assert by_halves(with_fixed(problem, fixed)) == found.feasible
    assert found.considered == np.prod(
        [size for layer, size in enumerate(problem.sizes) if layer not in fixed]
    )


BINDS = ["nothing"] * 9 + ["cost"] * 8 + ["providers"] * 8 + ["both"] * 5


@pytest.mark.parametrize(("seed", "binds"), list(enumerate(BINDS)))
def test_ten_layers_of_eight_agree_with_a_mixed_integer_program(seed: int, binds: str) -> None:
    problem = practical(seed, meeting={"nothing": 12, "both": 7}.get(binds, 8))
    if binds in ("nothing", "providers"):
        problem = problem._replace(cost_limit=np.inf)
    if binds in ("nothing", "cost"):
        problem = problem._replace(provider_limit=None)
    score, stack = by_program(problem)
    found = best_stacks(problem, 10)
    assert found.scores[0] == pytest.approx(score, abs=1e-7)
    assert worth(problem, stack[None])[0] == pytest.approx(found.scores[0], abs=1e-7)
    assert found.considered == 8**10
    scores, costs, _ = worth(problem, found.choices)
    assert found.scores == pytest.approx(scores)
    assert found.costs == pytest.approx(costs)
    assert (np.diff(found.scores) <= 1e-12).all()
    assert len({tuple(choices) for choices in found.choices.tolist()}) == 10
    if binds == "nothing":
        assert found.is_exact_count
    else:
        assert found.feasible >= 10


@pytest.mark.parametrize("seed", range(3))
def test_where_all_layers_meet_and_tables_are_split_the_ten_best_are_the_same(seed: int) -> None:
    problem = practical(seed, layers=6, meeting=15)
    assert 8 ** len(problem.sizes) > LARGEST
    everything = known(problem)
    wanted = everything.best(10)
    found = best_stacks(problem)
    assert found.choices.tolist() == everything.choices[wanted].tolist()
    assert found.scores == pytest.approx(everything.scores[wanted], abs=1e-12)
    assert feasible_count(problem) == len(everything.scores)


def test_small_blocks_find_the_same_with_few_rows_at_once() -> None:
    problem = practical(5)
    made = ready(problem)
    found = Best(problem, 10)
    found.look_in(made)
    sizes: list[int] = []
    wanted = found.is_wanted

    def seen(space: Space, bounds: np.ndarray, rows: Rows) -> np.ndarray:
        sizes.append(len(rows.choices))
        return wanted(space, bounds, rows)

    found.is_wanted = seen  # type: ignore[method-assign]
    explore(made.space, found, block=7)
    assert found.choices.tolist() == best_stacks(problem).choices.tolist()
    assert max(sizes) <= 7 * 8


def test_a_count_says_where_it_is_but_a_lower_bound() -> None:
    problem = practical(1)
    found = best_stacks(problem)
    exact = feasible_count(problem)
    assert not found.is_exact_count
    assert exact is not None
    assert 10 <= found.feasible <= exact < found.considered == 8**10
    free = problem._replace(cost_limit=np.inf, provider_limit=None)
    assert best_stacks(free).feasible == by_halves(free)


def test_all_that_is_level_comes_in_the_order_of_places() -> None:
    level = StackProblem(tuple(np.zeros(8) for _ in range(10)))
    found = best_stacks(level, 10)
    assert found.choices[:, :8].any() == np.False_
    assert found.choices[:, 8:].tolist() == [[0, k] for k in range(8)] + [[1, 0], [1, 1]]
    assert (found.feasible, found.is_exact_count) == (8**10, True)


def test_ties_are_broken_by_the_layers_in_their_order_not_by_how_they_are_searched() -> None:
    first, second = np.array([0.5, 0.5 + 1e-13, 0.2]), np.array([0.1, 0.3, 0.3])
    problem = StackProblem((first, second), {(0, 1): np.array([[0, 0, 0], [0, 0, 0], [0, 0, 0.1]])})
    found = best_stacks(problem, 4)
    assert found.choices.tolist() == [[0, 1], [0, 2], [1, 1], [1, 2]]


def test_level_stacks_under_limits_and_relations_are_still_the_first_ones() -> None:
    problem = practical(2)
    level = problem._replace(
        values=tuple(np.zeros(8) for _ in range(10)),
        pairs={key: np.where(np.isinf(table), np.inf, 0.0) for key, table in problem.pairs.items()},
    )
    found = best_stacks(level, 5)
    assert (found.scores == 0.0).all() or len(found.scores) == 5
    order = found.choices.tolist()
    assert order == sorted(order)
    # Nothing comes before the first: with its first layers fixed, no earlier place will do.
    for layer in range(10):
        for place in range(order[0][layer]):
            fixed = {k: order[0][k] for k in range(layer)} | {layer: place}
            score = best_stacks(level, 1, fixed=fixed).scores
            assert not len(score) or score[0] < found.scores[0] - 1e-12


def test_a_group_counts_once_and_only_when_all_its_members_are_there() -> None:
    problem = StackProblem(
        tuple(np.array([0.3, 0.2]) for _ in range(3)),
        groups=(Group(((0, 0), (1, 0), (2, 0)), 0.15), Group(((0, 1), (1, 1), (2, 1)), np.inf)),
    )
    found = best_stacks(problem, 8)
    assert found.scores == pytest.approx([0.8, 0.8, 0.8, 0.75, 0.7, 0.7, 0.7])
    assert found.choices[3].tolist() == [0, 0, 0]


def test_more_than_there_are_and_none_at_all() -> None:
    problem = StackProblem((np.array([0.1, 0.2]), np.array([0.3])))
    assert best_stacks(problem, 10).scores == pytest.approx([0.5, 0.4])
    assert len(best_stacks(problem._replace(values=(np.empty(0), np.array([0.3])))).scores) == 0
    none = best_stacks(problem._replace(pairs={(0, 1): np.full((2, 1), np.inf)}))
    assert (len(none.scores), none.feasible, none.is_exact_count) == (0, 0, True)


def test_more_than_sixty_four_providers_are_counted() -> None:
    rng = np.random.default_rng(3)
    problem = StackProblem(
        tuple(rng.random(40) for _ in range(3)),
        providers=tuple(tuple(rng.permutation(100)[:40].tolist()) for _ in range(3)),
        provider_limit=2,
    )
    everything = known(problem)
    found = best_stacks(problem, 10)
    assert found.choices.tolist() == everything.choices[everything.best(10)].tolist()


def test_a_search_tells_how_far_it_is_and_can_be_ended() -> None:
    told: list[tuple[int, int]] = []
    best_stacks(practical(0), progress=lambda done, whole: told.append((done, whole)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (8**10, 8**10)

    class EndedError(Exception):
        pass

    def end(done: int, whole: int) -> None:
        raise EndedError

    with pytest.raises(EndedError):
        best_stacks(practical(0), progress=end)


TWO = StackProblem((np.array([0.1, 0.2]), np.array([0.3])))


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (StackProblem(()), "at least one layer"),
        (StackProblem((np.array([np.nan]),)), "finite"),
        (TWO._replace(pairs={(1, 0): np.zeros((1, 2))}), "i < j"),
        (TWO._replace(pairs={(0, 1): np.zeros((1, 2))}), "table"),
        (TWO._replace(pairs={(0, 1): np.full((2, 1), -1.0)}), "0 or more"),
        (TWO._replace(pairs={(0, 1): np.full((2, 1), np.nan)}), "0 or more"),
        (TWO._replace(groups=(Group(((0, 0), (0, 1)), 1.0),)), "different layers"),
        (TWO._replace(groups=(Group(((0, 0), (1, 1)), 1.0),)), "candidates"),
        (TWO._replace(costs=(np.zeros(2), np.zeros(2))), "costs"),
        (TWO._replace(costs=(np.zeros(2), np.array([np.inf]))), "costs"),
        (TWO._replace(cost_limit=np.nan), "cost_limit"),
        (TWO._replace(providers=((0,), (1,))), "providers"),
        (TWO._replace(skills=((0, 1),)), "skills"),
        (TWO._replace(provider_limit=-1), "limits"),
    ],
)
def test_what_does_not_fit_together_is_told(problem: StackProblem, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        best_stacks(problem)


def test_what_is_fixed_must_be_there() -> None:
    with pytest.raises(UsageError, match="layer 1 has no candidate 3"):
        best_stacks(TWO, fixed={1: 3})
    with pytest.raises(UsageError, match="at least 1"):
        best_stacks(TWO, 0)
