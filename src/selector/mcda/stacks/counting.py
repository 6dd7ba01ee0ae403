"""How many stacks keep all constraints.

Without limits that bind, by eliminating layers as in `tables`, with sums in place of the best.
With them by meeting in the middle (Horowitz and Sahni 1974, "Computing partitions with
applications to the knapsack problem", Journal of the ACM 21 (2), 277-292, doi
10.1145/321812.321823): all halves of one side, and for each how many of the other side's halves
go with it.
"""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.stacks.covers import Covers, bits_of, covers_of
from selector.mcda.stacks.problem import (
    NOTHING_FIXED,
    StackProblem,
    check,
    cost_allowed,
    needs_of,
    with_fixed,
)
from selector.mcda.stacks.search import Progress
from selector.mcda.stacks.tables import plan_of

Array = NDArray[np.float64]
Choices = NDArray[np.int64]
Scope = tuple[int, ...]
_MOST_ENTRIES = 2**18
_MOST_HALVES = 2**18
_MOST_TOGETHER = 2**33  # stacks that two halves make: a few seconds
_MOST_BITS = 2**29  # 64 MB: which halves are within the limits together
_AT_ONCE = 64  # halves
_FULL = np.uint64(2**64 - 1)


def feasible_count(
    problem: StackProblem,
    fixed: Mapping[int, int] = NOTHING_FIXED,
    progress: Progress | None = None,
) -> int | None:
    """How many stacks keep all constraints, exactly; None where that would take too long.

    Ten layers of eight take some tenths of a second where limits bind. `progress` is called with
    the halves done and wanted; what it raises ends the work.
    """
    check(problem, fixed)
    own = with_fixed(problem, fixed)
    if prod(own.sizes) == 0:
        return 0
    return by_halves(own, progress) if limits_bind(own) else by_sums(own)


def limits_bind(problem: StackProblem) -> bool:
    """Whether any stack, fitting or not, is past a limit."""
    dearest = sum(float(own.max()) for own in problem.costs or ())
    if problem.costs is not None and dearest > cost_allowed(problem):
        return True
    return any(
        sum(max(mask.bit_count() for mask in layer) for layer in masks) > limit
        and len({bit for layer in masks for mask in layer for bit in bits_of(mask)}) > limit
        for masks, limit in needs_of(problem)
    )


def by_sums(problem: StackProblem) -> int | None:
    """The count where only pairs and groups forbid; None where a table would be too large."""
    factors = _forbidding(problem)
    plan = plan_of(problem.sizes, [scope for scope, _ in factors], 2**62)
    if any(_entries(plan.sizes, b.scope) > _MOST_ENTRIES for own in plan.buckets for b in own):
        return None
    kind = np.int64 if prod(problem.sizes) < 2**62 else np.object_
    tables: list[NDArray[Any]] = [np.ones(n, dtype=kind) for n in problem.sizes]
    tables += [table.astype(kind) for _, table in factors]
    count = 1
    for layer, buckets in zip(plan.order[::-1], plan.buckets[::-1], strict=True):
        (bucket,) = buckets
        axes = (*bucket.scope, layer)
        total: NDArray[Any] = np.ones([plan.sizes[i] for i in axes], dtype=kind)
        for factor in bucket.factors:
            scope, table = plan.scopes[factor], tables[factor]
            if layer in scope:
                table = np.moveaxis(table, scope.index(layer), -1)
            total = total * table.reshape([plan.sizes[i] if i in scope else 1 for i in axes])
        tables.append(np.asarray(total.sum(axis=-1), dtype=kind))
        if not bucket.scope:
            count *= int(tables[-1])
    return count


def by_halves(problem: StackProblem, progress: Progress | None = None) -> int | None:
    """The count where limits bind; None where there are too many halves."""
    factors = _forbidding(problem)
    order = plan_of(problem.sizes, [scope for scope, _ in factors], 2**62).order
    sizes = [problem.sizes[i] for i in order]
    cuts = range(len(order) + 1)
    cut = min(cuts, key=lambda k: max(prod(sizes[:k]), prod(sizes[k:])))
    covers = covers_of(problem.sizes, needs_of(problem))
    halves = [_half(problem, covers, factors, own) for own in (order[:cut], order[cut:])]
    if halves[0] is None or halves[1] is None:
        return None
    together = len(halves[0].costs) * len(halves[1].costs)
    if not 0 < together <= _MOST_TOGETHER:
        return None if together else 0
    left, right = halves[0], halves[1].in_order(np.argsort(halves[1].costs, kind="stable"))
    across = _across(problem, factors, set(order[:cut]), left, right)
    packed = [(keys, _packed(allowed)) for keys, allowed in across]
    if covers.limits:
        masks, keys = np.unique(left.masks, axis=0, return_inverse=True)
        if len(masks) * len(right.costs) > _MOST_BITS:
            return None
        within = [_packed(covers.kept(right.masks | mask)[None]) for mask in masks]
        packed.append((keys.reshape(-1), np.concatenate(within)))
    room = np.searchsorted(right.costs, cost_allowed(problem) - left.costs, side="right")
    total, words = 0, np.arange(-(-len(right.costs) // 64), dtype=np.int64)
    for row in range(0, len(left.costs), _AT_ONCE):
        # The dearer halves of the right are past the room: bits from there on are cleared.
        bits = np.clip(room[row : row + _AT_ONCE, None] - 64 * words, 0, 64)
        fits = np.where(bits == 64, _FULL, (np.uint64(1) << bits.astype(np.uint64)) - np.uint64(1))
        for keys, allowed in packed:
            fits &= allowed[keys[row : row + _AT_ONCE]]
        total += int(np.bitwise_count(fits).sum(dtype=np.int64))
        if progress is not None:
            progress(min(row + _AT_ONCE, len(left.costs)), len(left.costs))
    return total


class _Half(NamedTuple):
    choices: Choices  # (m, layers), of which those of the half count
    costs: Array
    masks: NDArray[np.uint64]

    def in_order(self, order: NDArray[np.int64] | slice) -> "_Half":
        return _Half(self.choices[order], self.costs[order], self.masks[order])


def _half(
    problem: StackProblem,
    covers: Covers,
    factors: Sequence[tuple[Scope, NDArray[np.bool_]]],
    layers: Sequence[int],
) -> _Half | None:
    """All choices in these layers that go together."""
    half = _Half(
        np.zeros((1, len(problem.sizes)), dtype=np.int64),
        np.zeros(1),
        np.zeros((1, covers.words), dtype=np.uint64),
    )
    for done, layer in enumerate(layers):
        size = problem.sizes[layer]
        if len(half.costs) * size > _MOST_HALVES:
            return None
        places = np.tile(np.arange(size), len(half.costs))
        choices = np.repeat(half.choices, size, axis=0)
        choices[:, layer] = places
        costs = np.repeat(half.costs, size)
        if problem.costs is not None:
            costs = costs + problem.costs[layer][places]
        masks = np.repeat(half.masks, size, axis=0) | covers.candidates[layer][places]
        keep = covers.kept(masks)
        for scope, table in factors:
            if layer in scope and set(scope) <= set(layers[: done + 1]):
                keep &= table[tuple(choices[:, i] for i in scope)]
        half = _Half(choices[keep], costs[keep], masks[keep])
    return half


def _across(
    problem: StackProblem,
    factors: Sequence[tuple[Scope, NDArray[np.bool_]]],
    left_layers: set[int],
    left: _Half,
    right: _Half,
) -> list[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    """For each factor that lies across, the key of each left half (m,), and by key which right
    halves go with it (keys, m).
    """
    found = []
    for scope, table in factors:
        near = [i for i in scope if i in left_layers]
        far = [i for i in scope if i not in left_layers]
        if not near or not far:
            continue
        keys = np.zeros(len(left.costs), dtype=np.int64)
        for i in near:
            keys = keys * problem.sizes[i] + left.choices[:, i]
        turned = table.transpose([scope.index(i) for i in (*near, *far)])
        flat = turned.reshape(-1, prod(problem.sizes[i] for i in far))
        places = np.zeros(len(right.costs), dtype=np.int64)
        for i in far:
            places = places * problem.sizes[i] + right.choices[:, i]
        found.append((keys, flat[:, places]))
    return found


def _packed(allowed: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Rows of bits, 64 in a word."""
    rows, count = allowed.shape
    packed = np.zeros((rows, -(-count // 64) * 8), dtype=np.uint8)
    packed[:, : -(-count // 8)] = np.packbits(allowed, axis=1, bitorder="little")
    return packed.view("<u8").astype(np.uint64)


def _forbidding(problem: StackProblem) -> list[tuple[Scope, NDArray[np.bool_]]]:
    """Pairs and groups that forbid anything, as (layers, table of what goes)."""
    found: list[tuple[Scope, NDArray[np.bool_]]] = []
    for scope, table in problem.pairs.items():
        if np.isinf(table).any():
            found.append((scope, np.isfinite(table)))
    for group in problem.groups:
        if np.isinf(group.penalty):
            members = sorted(group.members)
            goes = np.ones([problem.sizes[i] for i, _ in members], dtype=np.bool_)
            goes[tuple(place for _, place in members)] = False
            found.append((tuple(i for i, _ in members), goes))
    return found


def _entries(sizes: Sequence[int], scope: Scope) -> int:
    return prod(sizes[i] for i in scope)
