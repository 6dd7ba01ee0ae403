"""Upper bounds on what a partial stack can still become, by eliminating one layer after the other.

Bucket elimination (Dechter 1999, "Bucket elimination: a unifying framework for reasoning",
Artificial Intelligence 113, 41-85, doi 10.1016/S0004-3702(99)00059-4): all that concerns a layer
is added up, and its best candidate taken for each choice in the layers that it meets. Where such a
table would be too large it is split, which makes the bound looser but keeps it one (mini-buckets:
Dechter and Rish 2003, Journal of the ACM 50 (2), 107-153, doi 10.1145/636865.636866). Stacks are
then built in the opposite order, and each choice lowers the bound by what the tables say.
"""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Bucket(NamedTuple):
    """One table of a layer: the factors added up in it, and the layers that it then hangs on."""

    factors: tuple[int, ...]
    scope: tuple[int, ...]


class Plan(NamedTuple):
    """In which order layers are decided, and the tables of each (by step of that order).

    Factors are numbered: first one for each layer, then the pairs, then what the tables of later
    steps left, in the order of elimination.
    """

    sizes: tuple[int, ...]
    scopes: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]
    buckets: tuple[tuple[Bucket, ...], ...]


class Part(NamedTuple):
    """`gains` (samples, places of the scope, n): what choosing a candidate does to the bound, ≤ 0.

    The place of a scope's choices is their sum with `strides`. `most` (samples, n) is the greatest
    gain of each candidate.
    """

    scope: NDArray[np.int64]
    strides: NDArray[np.int64]
    gains: Array
    most: Array


class Tables(NamedTuple):
    """For one objective: the bound `root` (samples,) on all stacks, and the parts of each step."""

    root: Array
    steps: tuple[tuple[Part, ...], ...]

    def of(self, samples: slice) -> "Tables":
        """Those of some samples; a part that is the same for all has but one."""
        steps = [
            tuple(
                p._replace(gains=p.gains[samples], most=p.most[samples]) if len(p.gains) > 1 else p
                for p in parts
            )
            for parts in self.steps
        ]
        return Tables(self.root[samples], tuple(steps))


def plan_of(sizes: Sequence[int], factors: Sequence[tuple[int, ...]], most: int) -> Plan:
    """A plan for factors over these layers, in tables of at most `most` entries each.

    One factor alone may have more. Next is always the layer whose table is smallest.
    """
    scopes: list[tuple[int, ...]] = [(layer,) for layer in range(len(sizes))] + list(factors)
    live = dict(enumerate(scopes))
    left, eliminated, buckets = set(range(len(sizes))), [], []

    def entries(layer: int) -> int:
        met = {other for scope in live.values() if layer in scope for other in scope}
        return prod(sizes[other] for other in met)

    while left:
        layer = min(left, key=lambda one: (entries(one), -one))
        own = _split({f: scope for f, scope in live.items() if layer in scope}, sizes, most)
        made = [Bucket(factors, tuple(sorted(scope - {layer}))) for factors, scope in own]
        for bucket in made:
            for factor in bucket.factors:
                del live[factor]
            live[len(scopes)] = bucket.scope
            scopes.append(bucket.scope)
        left.remove(layer)
        eliminated.append(layer)
        buckets.append(tuple(made))
    return Plan(tuple(sizes), tuple(scopes), tuple(eliminated[::-1]), tuple(buckets[::-1]))


def tables_of(plan: Plan, values: Sequence[Array], pairs: Sequence[Array]) -> Tables:
    """The tables for `values` (samples, n_i) by layer and `pairs` (n_i, n_j), as the plan has them.

    What is forbidden is minus infinity.
    """
    factors: list[Array] = [*values, *(table[None] for table in pairs)]
    steps: list[tuple[Part, ...]] = []
    root = np.zeros(len(values[0]))
    for layer, buckets in zip(plan.order[::-1], plan.buckets[::-1], strict=True):
        parts = []
        for factors_in, scope in buckets:
            total = _summed(plan, [(plan.scopes[f], factors[f]) for f in factors_in], scope, layer)
            best = total.max(axis=1)
            with np.errstate(invalid="ignore"):
                total -= best[:, None]
            total[np.isnan(total)] = -np.inf  # where nothing goes, nothing is gained
            gains = total.reshape(*total.shape[:2], -1)
            places = [plan.sizes[other] for other in scope]
            strides = [prod(places[k + 1 :]) for k in range(len(places))]
            parts.append(
                Part(
                    np.array(scope, dtype=np.int64),
                    np.array(strides, dtype=np.int64),
                    np.ascontiguousarray(gains.transpose(0, 2, 1)),
                    gains.max(axis=2),
                )
            )
            factors.append(best)
            if not scope:
                root = root + best
        steps.append(tuple(parts))
    return Tables(root, tuple(steps[::-1]))


def _split(
    own: dict[int, tuple[int, ...]], sizes: Sequence[int], most: int
) -> list[tuple[tuple[int, ...], set[int]]]:
    """Factors in as few tables as come to at most `most` entries, the largest first."""
    found: list[tuple[tuple[int, ...], set[int]]] = []
    for factor in sorted(own, key=lambda f: (-prod(sizes[i] for i in own[f]), f)):
        for k, (factors, scope) in enumerate(found):
            if prod(sizes[i] for i in scope | set(own[factor])) <= most:
                found[k] = ((*factors, factor), scope | set(own[factor]))
                break
        else:
            found.append(((factor,), set(own[factor])))
    return found


def _summed(
    plan: Plan, factors: list[tuple[tuple[int, ...], Array]], scope: tuple[int, ...], layer: int
) -> Array:
    """The sum of factors (samples, layer, *scope)."""
    axes = (layer, *scope)
    samples = max(len(table) for _, table in factors)
    total = np.zeros((samples, *(plan.sizes[i] for i in axes)))
    for own, table in factors:
        if layer in own:
            at = 1 + own.index(layer)
            table = table.transpose(0, at, *range(1, at), *range(at + 1, table.ndim))
        total += table.reshape(len(table), *(plan.sizes[i] if i in own else 1 for i in axes))
    return total
