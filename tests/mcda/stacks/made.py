"""Stack problems made by chance, by a seed: small ones of every kind, large ones as in practice."""

from itertools import combinations

import numpy as np

from selector.mcda.stacks import Group, StackProblem

NATIVE, ADAPTER, FORBIDDEN, UNKNOWN = 0.40, 0.25, 0.10, 0.25  # shares of the pairs that meet
EFFORTS = (0.01, 0.03, 0.08)  # what an adapter costs: small, medium, large
UNKNOWN_COST = 0.015


def practical(seed: int, layers: int = 10, each: int = 8, meeting: int = 18) -> StackProblem:
    """A problem as in practice, whose limits bind.

    Layers weigh differently, scores lie between 0.3 and 0.9; `meeting` pairs of layers meet. One
    candidate in seven is nobody's and costs 500 to 4,500 a month, the others have one of twelve
    providers and cost up to 3,600 more, the better the more. Three quarters of what the best of
    each layer cost together, and four providers, are allowed: of the first twenty seeds without
    the one limit 18 had a better stack, without the other 16. Five triples do not go together,
    five more ask for work.
    """
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(layers, 4.0))
    scores = rng.uniform(0.3, 0.9, (layers, each))
    is_owned = rng.random((layers, each)) >= 0.15
    costs = rng.uniform(500, 4500, (layers, each)) + np.where(is_owned, 4000 * scores, 0)
    costs = np.round(costs, 2)
    providers = np.where(is_owned, rng.integers(0, 12, (layers, each)), -1)
    possible = list(combinations(range(layers), 2))
    met = rng.choice(len(possible), min(meeting, len(possible)), replace=False)
    pairs = {possible[k]: _fits(rng, (each, each)) for k in sorted(met)}
    return StackProblem(
        values=tuple(weights[:, None] * scores),
        pairs=pairs,
        groups=tuple(_group(rng, layers, each, np.inf if k < 5 else 0.02) for k in range(10)),
        costs=tuple(costs),
        cost_limit=0.75 * float(costs[np.arange(layers), scores.argmax(axis=1)].sum()),
        providers=tuple(tuple(row) for row in providers.tolist()),
        provider_limit=4,
    )


def small(seed: int) -> StackProblem:
    """A small problem of any kind: two to five layers of one to four candidates each."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 5, int(rng.integers(2, 6)))
    layers = len(sizes)
    coarse = rng.random() < 0.3  # many ties
    pairs = {
        (i, j): _fits(rng, (sizes[i], sizes[j]), coarse)
        for i, j in combinations(range(layers), 2)
        if rng.random() < 0.6
    }
    costs = tuple(np.round(rng.uniform(0, 10, size)) for size in sizes)
    return StackProblem(
        values=tuple(np.round(rng.random(size) / layers, 1 if coarse else 6) for size in sizes),
        pairs=pairs,
        groups=tuple(
            _group(rng, layers, sizes, np.inf if rng.random() < 0.5 else 0.05)
            for _ in range(int(rng.integers(0, 4)) if layers > 2 else 0)
        ),
        costs=costs if rng.random() < 0.8 else None,
        cost_limit=float(np.round(rng.uniform(2, 8) * layers)) if rng.random() < 0.7 else np.inf,
        providers=tuple(tuple(rng.integers(-1, 6, size).tolist()) for size in sizes),
        provider_limit=int(rng.integers(1, layers + 1)) if rng.random() < 0.6 else None,
        skills=tuple(tuple(rng.integers(0, 16, size).tolist()) for size in sizes),
        skill_limit=int(rng.integers(1, 5)) if rng.random() < 0.5 else None,
    )


def fixings(seed: int, problem: StackProblem) -> dict[int, int]:
    """No, one or two layers with their candidate."""
    rng = np.random.default_rng([seed, 1])
    layers = rng.permutation(len(problem.values))[: int(rng.integers(0, 3))]
    return {int(layer): int(rng.integers(problem.sizes[layer])) for layer in layers}


def _fits(rng: np.random.Generator, shape: tuple[int, int], coarse: bool = False) -> np.ndarray:
    kind = rng.random(shape)
    effort = rng.choice(EFFORTS, shape)
    unknown = EFFORTS[1] if coarse else UNKNOWN_COST
    return np.select(
        [kind < NATIVE, kind < NATIVE + ADAPTER, kind < NATIVE + ADAPTER + FORBIDDEN],
        [0.0, effort, np.inf],
        unknown,
    )


def _group(rng: np.random.Generator, layers: int, sizes: int | np.ndarray, penalty: float) -> Group:
    chosen = rng.choice(layers, 3, replace=False)
    each = np.broadcast_to(sizes, layers)
    return Group(tuple((int(i), int(rng.integers(each[i]))) for i in sorted(chosen)), penalty)
