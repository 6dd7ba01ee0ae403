"""`cost:` blocks as they are written, before their names are looked up in the price book."""

from collections.abc import Mapping
from typing import Any

from selector.catalog.shapes._shape import Shape

Block = Mapping[str, Any]
"""The keys that a block writes, two levels deep."""

DISPLACED: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    **dict.fromkeys(
        ("price_input_tokens", "price_output_tokens", "price_cached_input_tokens"),
        (("tokens", ("provider", "model")), ("hosting", ("instance",)), ("owned", ("price",))),
    ),
    "batch_discount": (("tokens", ("provider", "model")),),
    "instance_hour": (
        ("hosting", ("instance", "region", "term")),
        ("owned", ("price",)),
        ("tokens", ("provider", "model")),
    ),
    "instance_output_tokens_per_second": (
        ("hosting", ("model", "precision", "instance", "instances_per_replica", "family")),
    ),
}
"""Price facts, and the keys of a block that stand in their place where they are written nearer."""


def block_of(shape: Shape | None) -> dict[str, Any]:
    """What a block writes, as plain mappings."""
    if shape is None:
        return {}
    written = {key: getattr(shape, key) for key in sorted(shape.written())}
    return {
        key: {name: getattr(part, name) for name in sorted(part.written())}
        for key, part in written.items()
        if isinstance(part, Shape)
    }


def merged(*blocks: Block) -> dict[str, Any]:
    """The blocks as one, key by key; later ones win. Whole amounts are not mixed."""
    one: dict[str, Any] = {}
    for block in blocks:
        for key, part in block.items():
            mixes = key in ("tokens", "hosting", "services")
            one[key] = {**one.get(key, {}), **part} if mixes else part
    return one


def displaced(levels: tuple[tuple[Mapping[str, Any], Block], ...]) -> frozenset[str]:
    """The price facts for which a block says otherwise, nearer to the decision.

    `levels` are the facts and the block of vendor, offer and alternative. At the same level a fact
    comes before a row of the price book, for it is the offer's own.
    """
    found = set()
    for fact, keys in DISPLACED.items():
        stated = max((i for i, (facts, _) in enumerate(levels) if fact in facts), default=-1)
        named = max(
            (
                i
                for i, (_, block) in enumerate(levels)
                if any(block.get(part, {}).get(key) for part, names in keys for key in names)
            ),
            default=-1,
        )
        if -1 < stated < named:
            found.add(fact)
    return frozenset(found)
