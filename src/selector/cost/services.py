"""What stands around a model: cluster, storage, index, embedding, network, logs, training."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from selector.cost.load import Array, Item, Load

ALWAYS = 730.0  # hours of a month, of what is never switched off
BYTES_OF_A_NUMBER = 4


class Charge(NamedTuple):
    """One thing that a service bills: what a month uses of it × price, tier by tier.

    `measure` is a key of MEASURES; `times` names the units for each of those, "" for one.
    `steps` are marginal tiers: from so much a month on, the price of that name counts for what
    lies above. Where `holds_gb` is set, as many units run by the hour as the index fills, and at
    least `times`. `weights_gb` are stored beside the documents.
    """

    name: str
    measure: str
    unit: str
    steps: tuple[tuple[float, str], ...] = ()
    times: str = ""
    holds_gb: float = 0
    weights_gb: float = 0
    missing: str = "no price"


class Serviced(NamedTuple):
    """A service with its charges; a month costs at least `minimum`, "" where there is none."""

    name: str
    category: str
    charges: tuple[Charge, ...]
    minimum: str = ""


def pieces(load: Load) -> Array:
    """Vectors in the index: documents × pieces of each, rounded up."""
    each = np.ceil(load("tokens_per_document") / load("chunk_tokens") - 1e-9)
    return load("documents") * np.maximum(each, 1)


def index_gb(load: Load) -> Array:
    """Vectors × dimensions × 4 bytes × what the index adds to them."""
    extra = load("index_overhead") if load.has("index_overhead") else 1.0
    return pieces(load) * load("dimensions") * BYTES_OF_A_NUMBER / 1e9 * extra


def _stored_gb(charge: Charge, load: Load) -> Array:
    """Text of the documents, and the weights of a model that one hosts."""
    size = load("bytes_per_token") if load.has("bytes_per_token") else 4.0
    return load("documents") * load("tokens_per_document") * size / 1e9 + charge.weights_gb


def _queries(load: Load) -> Array:
    """Questions that are searched for, a month; none without documents."""
    return load.requests * load("embedded_queries") * (load("documents") > 0)


def embedded_tokens(load: Load) -> Array:
    """Tokens embedded in a month: documents that changed, and questions."""
    changed = load("documents") * load("tokens_per_document") * load("changed_share")
    return changed + _queries(load) * load("question_tokens")


MEASURES: Mapping[str, Callable[[Charge, Load], Array]] = {
    "hours": lambda charge, load: np.full((1, 1), ALWAYS),
    "months": lambda charge, load: np.ones((1, 1)),
    "stored_gb": _stored_gb,
    "index_gb": lambda charge, load: index_gb(load),
    "queries": lambda charge, load: _queries(load) / 1e6,
    "writes": lambda charge, load: pieces(load) * load("changed_share") / 1e6,
    "egress_gb": lambda charge, load: load.requests * load("response_kb") / 1e6,
    "log_gb": lambda charge, load: load.requests * load("log_kb") / 1e6,
    "requests": lambda charge, load: load.requests / 1e6,
    "embedded_tokens": lambda charge, load: embedded_tokens(load) / 1e6,
    "trained_tokens": lambda charge, load: (
        load("fine_tuning_runs") * load("fine_tuning_tokens") / 1e6
    ),
}
"""How much of a service a month uses, in the unit that it is sold by."""


def used(charge: Charge, load: Load) -> Array:
    """The units that a month uses."""
    quantity = MEASURES[charge.measure](charge, load)
    times = load(charge.times) if charge.times else np.ones((1, 1))
    if charge.holds_gb:
        times = np.maximum(times, np.ceil(index_gb(load) / charge.holds_gb - 1e-9))
    return quantity * times


def service_items(part: Serviced, load: Load) -> list[Item]:
    """An item for each charge of which something is used, and what is missing to the least bill."""
    items = [
        _item(part, charge, quantity, load)
        for charge in part.charges
        if ((quantity := used(charge, load)) > 0).any()
    ]
    if part.minimum and not any(item.is_missing for item in items):
        billed = np.sum(np.broadcast_arrays(*[item.monthly for item in items]), axis=0)
        rest = np.maximum(load(part.minimum) - billed, 0) if items else load(part.minimum)
        if (rest > 0).any():
            name = f"{part.name}: up to the least bill of a month"
            one = np.ones((1, 1))
            items.append(Item(name, part.category, one, "months", rest, (part.minimum,)))
    return items


def _item(part: Serviced, charge: Charge, quantity: Array, load: Load) -> Item:
    name = f"{part.name}: {charge.name}"
    missing = f"{charge.missing}: {name}"
    if not charge.steps:
        return Item(name, part.category, quantity, charge.unit, None, (), missing)
    basis = tuple(step for _, step in charge.steps) + ((charge.times,) if charge.times else ())
    first = load(charge.steps[0][1])
    if len(charge.steps) == 1 and not charge.steps[0][0]:
        return Item(name, part.category, quantity, charge.unit, first, basis, missing)
    amount = tiered(quantity, [(start, load(step)) for start, step in charge.steps])
    mean = np.where(quantity > 0, amount / np.where(quantity > 0, quantity, 1), first)
    return Item(name, part.category, quantity, charge.unit, mean, basis, missing, amount=amount)


def tiered(quantity: Array, steps: list[tuple[float, Array]]) -> Array:
    """The price of a quantity in marginal tiers: (start, price) with starts that rise from 0."""
    ends = [*(start for start, _ in steps[1:]), np.inf]
    parts = [
        np.clip(quantity - start, 0, end - start) * price
        for (start, price), end in zip(steps, ends, strict=True)
    ]
    total: Array = np.sum(np.broadcast_arrays(*parts), axis=0, dtype=np.float64)
    return total
