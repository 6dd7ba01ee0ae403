"""What stands around a model: cluster, storage, index, embedding, network, logs, training."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from selector.cost.load import Array, Item, Load

ALWAYS = 730.0  # hours of a month, of what is never switched off
BYTES_OF_A_NUMBER = 4


class Metered(NamedTuple):
    """A service paid by what is used of it.

    `measure` is a key of MEASURES. `steps` are marginal tiers: from so much a month on, the price
    of that name counts for what lies above. `least` names a charge that is the least of a month,
    `least_units` and `unit_size` the units kept, and what fits into one (`index_unit_hours`).
    """

    name: str
    category: str
    measure: str
    unit: str
    steps: tuple[tuple[float, str], ...] = ()
    least: str = ""
    least_units: str = ""
    unit_size: str = ""
    weights_gb: float = 0
    missing: str = "no price"


def pieces(load: Load) -> Array:
    """Vectors in the index: documents × pieces of each, rounded up."""
    each = np.ceil(load("tokens_per_document") / load("chunk_tokens") - 1e-9)
    return load("documents") * np.maximum(each, 1)


def _index_gb(part: Metered, load: Load) -> Array:
    """Vectors × dimensions × 4 bytes × what the index adds to them."""
    extra = load("index_overhead") if load.has("index_overhead") else 1.0
    return pieces(load) * load("dimensions") * BYTES_OF_A_NUMBER / 1e9 * extra


def _index_unit_hours(part: Metered, load: Load) -> Array:
    """Units that run all month: as many as the index fills, and at least those kept."""
    units: Array = np.ones((1, 1))
    if part.unit_size:
        units = np.ceil(_index_gb(part, load) / load(part.unit_size) - 1e-9)
    if part.least_units:
        units = np.maximum(units, load(part.least_units))
    return units * ALWAYS


def _stored_gb(part: Metered, load: Load) -> Array:
    """Text of the documents, and the weights of a model that one hosts."""
    size = load("bytes_per_token") if load.has("bytes_per_token") else 4.0
    return load("documents") * load("tokens_per_document") * size / 1e9 + part.weights_gb


def _queries(load: Load) -> Array:
    """Questions that are searched for, a month; none without documents."""
    return load.requests * load("embedded_queries") * (load("documents") > 0)


def embedded_tokens(load: Load) -> Array:
    """Tokens embedded in a month: documents that changed, and questions."""
    changed = load("documents") * load("tokens_per_document") * load("changed_share")
    return changed + _queries(load) * load("question_tokens")


MEASURES: Mapping[str, Callable[[Metered, Load], Array]] = {
    "hours": lambda part, load: np.full((1, 1), ALWAYS),
    "months": lambda part, load: np.ones((1, 1)),
    "stored_gb": _stored_gb,
    "index_gb": _index_gb,
    "index_unit_hours": _index_unit_hours,
    "index_vectors": lambda part, load: pieces(load) / 1e6,
    "queries": lambda part, load: _queries(load) / 1e6,
    "egress_gb": lambda part, load: load.requests * load("response_kb") / 1e6,
    "log_gb": lambda part, load: load.requests * load("log_kb") / 1e6,
    "embedded_tokens": lambda part, load: embedded_tokens(load) / 1e6,
    "trained_tokens": lambda part, load: (
        load("fine_tuning_runs") * load("fine_tuning_tokens") / 1e6
    ),
}
"""How much of a service a month uses, in the unit that it is sold by."""


def service_items(part: Metered, load: Load) -> list[Item]:
    """One item: what is used × price, tier by tier, at least the least charge."""
    quantity = MEASURES[part.measure](part, load)
    if not (quantity > 0).any() and not part.least:
        return []
    missing = f"{part.missing}: {part.name}"
    if not part.steps:
        return [Item(part.name, part.category, quantity, part.unit, None, (), missing)]
    basis = tuple(name for _, name in part.steps)
    first = load(part.steps[0][1])
    if len(part.steps) == 1 and not part.steps[0][0] and not part.least:
        return [Item(part.name, part.category, quantity, part.unit, first, basis, missing)]
    amount = tiered(quantity, [(start, load(name)) for start, name in part.steps])
    if part.least:
        amount, basis = np.maximum(amount, load(part.least)), (*basis, part.least)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(quantity > 0, amount / np.maximum(quantity, 1e-300), first)
    return [
        Item(part.name, part.category, quantity, part.unit, mean, basis, missing, amount=amount)
    ]


def tiered(quantity: Array, steps: list[tuple[float, Array]]) -> Array:
    """The price of a quantity in marginal tiers: (start, price) with starts that rise from 0."""
    ends = [*(start for start, _ in steps[1:]), np.inf]
    parts = [
        np.clip(quantity - start, 0, end - start) * price
        for (start, price), end in zip(steps, ends, strict=True)
    ]
    total: Array = np.sum(np.broadcast_arrays(*parts), axis=0, dtype=np.float64)
    return total
