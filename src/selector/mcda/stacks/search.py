"""Branch and bound over partial stacks, many at once (Land and Doig 1960).

Land and Doig 1960, "An automatic method of solving discrete programming problems", Econometrica
28 (3), 497-520, doi 10.2307/1910129. Layers are decided in the order of the plan. All partial
stacks of a block are carried on together by each candidate of the next layer, and those whose
bound falls short of what is asked are dropped. Blocks have at most `BLOCK` rows, and the best is
carried on first, to its end, so that memory stays within (layers × BLOCK × candidates).

What a stack is worth is looked at by several objectives at once, each scale × score − rate × cost:
the score, the cost, and a mix of the two, by which the limit of cost is felt from the first layer
on (Lagrangian relaxation: Geoffrion 1974, doi 10.1007/BFb0120690).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from selector.mcda.stacks.covers import Covers
from selector.mcda.stacks.problem import Group
from selector.mcda.stacks.tables import Part, Plan, Tables

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Told the stacks done with and all there are; what it raises ends the work."""
BLOCK = 2**14


class Objective(NamedTuple):
    """scale × score − rate × cost; the scale is 1 or 0."""

    scale: float
    rate: float


class Space(NamedTuple):
    """All that is searched: the plan, the tables of each objective, groups and covers."""

    plan: Plan
    objectives: tuple[Objective, ...]
    tables: tuple[Tables, ...]
    groups: tuple[Group, ...]
    covers: Covers

    def of(self, kept: Sequence[int]) -> "Space":
        """The space with some of the objectives."""
        return self._replace(
            objectives=tuple(self.objectives[k] for k in kept),
            tables=tuple(self.tables[k] for k in kept),
            covers=self.covers.of(kept),
        )


class Rows(NamedTuple):
    """Partial stacks: `choices` (m, layers), of which those decided count.

    `bounds` (objectives, m); `samples` (m,) is which draw of the values each belongs to; `masks`
    (m, words) what each covers.
    """

    choices: NDArray[np.int16]
    bounds: Array
    samples: NDArray[np.int64]
    masks: NDArray[np.uint64]

    def at(self, places: NDArray[np.int64] | slice) -> "Rows":
        """Some of them."""
        return Rows(
            self.choices[places], self.bounds[:, places], self.samples[places], self.masks[places]
        )


class Found(Protocol):
    """What is asked of the search, and takes what it finds."""

    def is_wanted(self, space: Space, bounds: Array, rows: Rows) -> NDArray[np.bool_]:
        """Which partial stacks may lead to something wanted, by their bounds (objectives, m)."""
        ...

    def least(self, objective: int) -> Array:
        """The least of an objective (samples,) or (1,) that is of any use now."""
        ...

    def take(self, rows: Rows) -> bool:
        """Take whole stacks; whether more are wanted."""
        ...


def start(space: Space, samples: int = 1) -> Rows:
    """Nothing decided, for each sample."""
    bounds = np.stack([np.broadcast_to(tables.root, samples) for tables in space.tables])
    return Rows(
        np.zeros((samples, len(space.plan.sizes)), dtype=np.int16),
        bounds,
        np.arange(samples),
        np.zeros((samples, space.covers.words), dtype=np.uint64),
    )


def explore(
    space: Space,
    found: Found,
    samples: int = 1,
    progress: Progress | None = None,
    block: int = BLOCK,
) -> None:
    """Give `found` every whole stack that it may want, the promising ones first."""
    below = _below(space)
    whole = below[0] * samples
    done = 0
    waiting = [(0, start(space, samples))]
    while waiting:
        step, rows = waiting.pop()
        before = len(rows.choices)
        rows = rows.at(np.flatnonzero(wanted(space, found, rows.bounds, rows)))
        done += (before - len(rows.choices)) * below[step]
        if step == len(below) - 1:
            done += len(rows.choices)
            if len(rows.choices) and not found.take(rows):
                return
        elif len(rows.choices):
            before = len(rows.choices) * (below[step] // below[step + 1])
            rows = carried_on(space, found, rows, step)
            done += (before - len(rows.choices)) * below[step + 1]
            order = np.argsort(-rows.bounds[-1], kind="stable")
            parts = range(0, len(order), block)
            waiting += [(step + 1, rows.at(order[k : k + block])) for k in reversed(parts)]
        if progress is not None:
            progress(done, whole)


def dive(space: Space, found: Found, width: int) -> None:
    """Give `found` some good whole stacks: at each step only the best `width` are carried on."""
    rows = start(space)
    for step in range(len(space.plan.order)):
        rows = carried_on(space, found, rows, step)
        if len(rows.choices) > width:
            rows = rows.at(np.argpartition(-rows.bounds[-1], width)[:width])
    if len(rows.choices):
        found.take(rows)


def wanted(space: Space, found: Found, bounds: Array, rows: Rows) -> NDArray[np.bool_]:
    """Which rows are wanted, with these bounds (objectives, m)."""
    keep = found.is_wanted(space, bounds, rows)
    for objective, bound in enumerate(bounds):
        keep &= bound >= _least(found, objective, rows.samples)
    return keep


def carried_on(space: Space, found: Found, rows: Rows, step: int) -> Rows:
    """The rows with each candidate of the step's layer that may still be of use."""
    layer = space.plan.order[step]
    parents, places, bounds = _survivors(space, found, rows, step)
    choices = rows.choices[parents]
    choices[:, layer] = places
    decided = set(space.plan.order[: step + 1])
    for group in space.groups:
        layers = [i for i, _ in group.members]
        if layer in layers and decided.issuperset(layers):
            together = np.all([choices[:, i] == place for i, place in group.members], axis=0)
            for objective, row in zip(space.objectives, bounds, strict=True):
                row[together] -= _charge(objective, group.penalty)
    masks = rows.masks[parents] | space.covers.candidates[layer][places]
    made = Rows(choices, bounds, rows.samples[parents], masks)
    keep = space.covers.kept(masks)
    if len(space.groups):
        keep &= bounds[0] > -np.inf
    made = made.at(np.flatnonzero(keep))
    lowered = space.covers.lowered(made.masks, made.bounds, step + 1)
    if lowered is not None:
        made = made.at(np.flatnonzero(wanted(space, found, lowered, made)))
    return made


def _survivors(
    space: Space, found: Found, rows: Rows, step: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Which rows go on with which candidates, and their bounds (objectives, m)."""
    last = len(space.objectives) - 1
    parts = [tables.steps[step] for tables in space.tables]
    places = [_places(part, rows) for part in parts[last]]
    table = rows.bounds[last][:, None] + _gained(parts[last], places, rows)
    parents, candidates = np.nonzero(table >= _least(found, last, rows.samples)[:, None])
    bounds = np.empty((last + 1, len(parents)))
    bounds[last] = table[parents, candidates]
    keep = np.ones(len(parents), dtype=np.bool_)
    for objective in range(last):
        row = rows.bounds[objective][parents]
        for part, place in zip(parts[objective], places, strict=True):
            if len(part.gains) > 1:
                row += part.gains[rows.samples[parents], place[parents], candidates]
            else:
                row += part.gains[0][place[parents], candidates]
        keep &= row >= _least(found, objective, rows.samples[parents])
        bounds[objective] = row
    kept = np.flatnonzero(keep)
    return parents[kept], candidates[kept], bounds[:, kept]


def _least(found: Found, objective: int, samples: NDArray[np.int64]) -> Array:
    least = found.least(objective)
    return least[samples] if len(least) > 1 else least


def _places(part: Part, rows: Rows) -> NDArray[np.int64]:
    if not len(part.scope):
        return np.zeros(len(rows.choices), dtype=np.int64)
    return np.asarray(rows.choices[:, part.scope] @ part.strides, dtype=np.int64)


def _gained(parts: Sequence[Part], places: Sequence[NDArray[np.int64]], rows: Rows) -> Array:
    total: Array | float = 0.0
    for part, place in zip(parts, places, strict=True):
        gains = part.gains
        total = total + (gains[rows.samples, place] if len(gains) > 1 else gains[0][place])
    return np.asarray(total)


def _charge(objective: Objective, penalty: float) -> float:
    return np.inf if np.isinf(penalty) else objective.scale * penalty


def _below(space: Space) -> list[int]:
    """How many stacks a partial one of each step stands for."""
    below = [1]
    for layer in reversed(space.plan.order):
        below.append(below[-1] * space.plan.sizes[layer])
    return below[::-1]
