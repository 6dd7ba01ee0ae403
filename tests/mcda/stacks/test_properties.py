"""What holds for the best stacks of any problem."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector.mcda.stacks import Group, StackProblem, best_stacks
from tests.mcda.stacks.made import small

seeds = st.integers(0, 10**6)
PROFILE = settings(max_examples=40, deadline=None)


def with_twin(problem: StackProblem, layer: int, place: int, more: float) -> StackProblem:
    """The problem with one more candidate of a layer: a twin of another that adds more."""
    places = [*range(problem.sizes[layer]), place]

    def longer(by_layer: tuple) -> tuple:
        own = by_layer[layer]
        added = own[places] if isinstance(own, np.ndarray) else tuple(own[a] for a in places)
        return (*by_layer[:layer], added, *by_layer[layer + 1 :])

    values = [values.copy() for values in longer(problem.values)]
    values[layer][-1] += more
    return problem._replace(
        values=tuple(values),
        pairs={
            (i, j): table[places] if i == layer else table[:, places] if j == layer else table
            for (i, j), table in problem.pairs.items()
        },
        groups=tuple(g for g in problem.groups if (layer, place) not in g.members),
        costs=problem.costs and longer(problem.costs),
        providers=longer(problem.providers),
        skills=longer(problem.skills),
    )


@PROFILE
@given(seeds, st.data())
def test_a_candidate_is_never_in_the_best_stack_if_its_better_twin_could_be(
    seed: int, data: st.DataObject
) -> None:
    problem = small(seed)
    layer = data.draw(st.integers(0, len(problem.sizes) - 1))
    place = data.draw(st.integers(0, problem.sizes[layer] - 1))
    better = with_twin(problem, layer, place, data.draw(st.floats(1e-6, 1)))
    found = best_stacks(better, 1)
    assert place not in found.choices[:, layer]


@PROFILE
@given(seeds, seeds)
def test_candidates_and_layers_in_another_order_make_the_same_stacks(seed: int, order: int) -> None:
    problem = small(seed)
    rng = np.random.default_rng(order)
    layers = rng.permutation(len(problem.sizes))
    places = [rng.permutation(problem.sizes[layer]) for layer in layers]
    turned = reordered(problem, layers, places)
    one, other = best_stacks(problem, 10), best_stacks(turned, 10)
    assert other.scores == pytest.approx(one.scores, abs=1e-12)
    assert other.feasible == one.feasible
    back = np.empty_like(other.choices)
    for k, layer in enumerate(layers):
        back[:, layer] = places[k][other.choices[:, k]]
    if one.feasible <= 10 or np.diff(best_stacks(problem, 11).scores).max() < -1e-9:
        assert {tuple(s) for s in back.tolist()} == {tuple(s) for s in one.choices.tolist()}


def reordered(problem: StackProblem, layers: np.ndarray, places: list[np.ndarray]) -> StackProblem:
    """Layer k is what was layers[k], its candidate a what was places[k][a]."""
    new_layer = {int(layer): k for k, layer in enumerate(layers)}
    pairs = {}
    for (i, j), table in problem.pairs.items():
        k, m = new_layer[i], new_layer[j]
        moved = table[np.ix_(places[k], places[m])]
        pairs[min(k, m), max(k, m)] = moved if k < m else moved.T
    groups = []
    for group in problem.groups:
        members = [
            (new_layer[i], int(np.flatnonzero(places[new_layer[i]] == a)[0]))
            for i, a in group.members
        ]
        groups.append(Group(tuple(members), group.penalty))

    def moved_bits(by_layer: tuple) -> tuple:
        return tuple(
            tuple(by_layer[i][a] for a in own) for i, own in zip(layers, places, strict=True)
        )

    return problem._replace(
        values=tuple(problem.values[i][own] for i, own in zip(layers, places, strict=True)),
        pairs=pairs,
        groups=tuple(groups),
        costs=problem.costs
        and tuple(problem.costs[i][own] for i, own in zip(layers, places, strict=True)),
        providers=moved_bits(problem.providers),
        skills=moved_bits(problem.skills),
    )


@PROFILE
@given(seeds, st.data())
def test_another_constraint_never_raises_the_best_score_or_the_count(
    seed: int, data: st.DataObject
) -> None:
    problem = small(seed)
    costs = problem.costs or tuple(np.ones(size) for size in problem.sizes)
    problem = problem._replace(costs=costs)
    kind = data.draw(st.sampled_from(["pair", "group", "cost", "providers", "skills", "fixed"]))
    fixed: dict[int, int] = {}
    place = [data.draw(st.integers(0, size - 1)) for size in problem.sizes]
    more = problem
    if kind == "pair":
        table = problem.pairs.get((0, 1), np.zeros(problem.sizes[:2])).copy()
        table[place[0], place[1]] = np.inf
        more = problem._replace(pairs={**problem.pairs, (0, 1): table})
    elif kind == "group":
        members = tuple(enumerate(place))
        more = problem._replace(groups=(*problem.groups, Group(members, np.inf)))
    elif kind == "cost":
        more = problem._replace(cost_limit=min(problem.cost_limit, data.draw(st.floats(0, 30))))
    elif kind == "providers":
        limit = 99 if problem.provider_limit is None else problem.provider_limit
        more = problem._replace(provider_limit=min(limit, data.draw(st.integers(0, 4))))
    elif kind == "skills":
        limit = 99 if problem.skill_limit is None else problem.skill_limit
        more = problem._replace(skill_limit=min(limit, data.draw(st.integers(0, 4))))
    else:
        fixed = {0: place[0]}
    one, other = best_stacks(problem, 5), best_stacks(more, 5, fixed=fixed)
    assert len(other.scores) <= len(one.scores)
    assert (other.scores <= one.scores[: len(other.scores)] + 1e-12).all()
    assert other.feasible <= one.feasible


@PROFILE
@given(seeds)
def test_fixing_what_is_best_changes_nothing(seed: int) -> None:
    problem = small(seed)
    found = best_stacks(problem, 1)
    for stack, score in zip(found.choices.tolist(), found.scores, strict=True):
        again = best_stacks(problem, 1, fixed=dict(enumerate(stack)))
        assert (again.choices[0].tolist(), again.scores[0]) == (stack, score)
        assert (again.considered, again.feasible) == (1, 1)
