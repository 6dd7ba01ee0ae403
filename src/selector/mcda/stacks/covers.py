"""Limits on how many different things a stack needs: providers, new skills.

Each candidate has a set of them, as bits; the limit is on the size of the union. A bound comes of
looking at all sets that are as large as the limit allows: within each, every layer still open is
taken at its best candidate that needs nothing else. That is done for the `LOOKED_AT` things that
most layers have candidates for; the others are counted, but not foreseen.
"""

from collections import Counter
from collections.abc import Sequence
from functools import reduce
from itertools import combinations
from math import comb
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.mcda.stacks.tables import Plan, Tables

Array = NDArray[np.float64]
Words = NDArray[np.uint64]
LOOKED_AT = 10
_MOST_SETS = 1000


class Cover(NamedTuple):
    """One limit: its words among all, the bits in the first that are foreseen, and its losses.

    `losses` (objectives, steps + 1, 2^bits) is the most that a partial stack's bound keeps, by
    what it covers: 0 or less, and None where nothing is foreseen.
    """

    words: slice
    limit: int
    bits: int
    losses: Array | None


class Covers(NamedTuple):
    """`candidates[i]` (n_i, words): what each candidate needs, in the words of all covers."""

    candidates: tuple[Words, ...]
    words: int
    limits: tuple[Cover, ...]

    def kept(self, masks: Words) -> NDArray[np.bool_]:
        """Which masks (m, words) are within all limits."""
        keep = np.ones(len(masks), dtype=np.bool_)
        for cover in self.limits:
            keep &= np.bitwise_count(masks[:, cover.words]).sum(axis=1) <= cover.limit
        return keep

    def lowered(self, masks: Words, bounds: Array, step: int) -> Array | None:
        """The bounds (objectives, m) of partial stacks of a step, as far as limits lower them."""
        lowest: Array | None = None
        for cover in self.limits:
            if cover.losses is not None:
                seen = masks[:, cover.words.start] & np.uint64(2**cover.bits - 1)
                losses = cover.losses[:, step, seen.astype(np.int64)]
                lowest = losses if lowest is None else np.minimum(lowest, losses)
        return None if lowest is None else bounds + lowest

    def of(self, kept: Sequence[int]) -> "Covers":
        """The same for some of the objectives."""
        limits = [
            cover if cover.losses is None else cover._replace(losses=cover.losses[list(kept)])
            for cover in self.limits
        ]
        return self._replace(limits=tuple(limits))


def covers_of(sizes: Sequence[int], needs: Sequence[tuple[Sequence[Sequence[int]], int]]) -> Covers:
    """Covers of `needs`: for each limit the bits of each candidate by layer (any whole numbers
    of 0 or more), and the limit. Nothing is foreseen yet.
    """
    limits, columns, start = [], [], 0
    for masks, limit in needs:
        spread = Counter(bit for own in masks for bit in bits_of(reduce(or_, own, 0)))
        used = sorted(spread, key=lambda b: (-spread[b], b))
        place = {bit: k for k, bit in enumerate(used)}
        words = max(1, -(-len(used) // 64))
        columns.append([_packed(layer, place, words) for layer in masks])
        bits = min(len(used), LOOKED_AT)
        while comb(bits, limit) > _MOST_SETS:
            bits -= 1
        limits.append(Cover(slice(start, start + words), limit, bits, None))
        start += words
    if not limits:
        return Covers(tuple(np.zeros((n, 0), dtype=np.uint64) for n in sizes), 0, ())
    return Covers(
        tuple(np.concatenate(own, axis=1) for own in zip(*columns, strict=True)),
        start,
        tuple(limits),
    )


def bits_of(mask: int) -> list[int]:
    """The bits that are set."""
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def foreseen(covers: Covers, plan: Plan, tables: Sequence[Tables]) -> Covers:
    """The covers with the losses that each limit brings, by the tables of each objective."""
    if not covers.limits:
        return covers
    # The most that any choice elsewhere leaves of each candidate's gain (n, objectives), by step.
    kept = [
        np.stack([sum(p.most.max(axis=0) for p in t.steps[step]) for t in tables], axis=1)
        for step in range(len(plan.order))
    ]
    return covers._replace(
        limits=tuple(_with_losses(covers, cover, plan, kept) for cover in covers.limits)
    )


def _with_losses(covers: Covers, cover: Cover, plan: Plan, kept: Sequence[Array]) -> Cover:
    bits, limit = cover.bits, cover.limit
    if bits <= limit:
        return cover
    sets = np.array([sum(1 << b for b in chosen) for chosen in combinations(range(bits), limit)])
    objectives = kept[0].shape[1]
    losses = np.full((objectives, len(plan.order) + 1, 2**bits), -np.inf)
    total = np.zeros((objectives, len(sets)))
    losses[:, -1, sets] = total
    for step in range(len(plan.order) - 1, -1, -1):
        needs = covers.candidates[plan.order[step]][:, cover.words.start].astype(np.int64)
        within = (needs[:, None] & (2**bits - 1) & ~sets) == 0
        gains = np.where(within[:, None], kept[step][:, :, None], -np.inf)
        total = total + gains.max(axis=0)
        losses[:, step, sets] = total
    for bit in range(bits):  # what a set allows, each part of it allows
        halves = losses.reshape(*losses.shape[:2], -1, 2, 2**bit)
        np.maximum(halves[..., 0, :], halves[..., 1, :], out=halves[..., 0, :])
    return cover._replace(losses=losses)


def _packed(layer: Sequence[int], place: dict[int, int], words: int) -> Words:
    packed = np.zeros((len(layer), words), dtype=np.uint64)
    for row, mask in enumerate(layer):
        for bit in bits_of(mask):
            word, rest = divmod(place[bit], 64)
            packed[row, word] |= np.uint64(1 << rest)
    return packed
