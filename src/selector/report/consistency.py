"""How well judgements in pairs hold together, in sentences."""

from collections.abc import Mapping
from typing import Any


def said(one: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The consistency of one set of siblings: the fields of `Consistency`, names by id."""
    where = f" below {names[one['group']]}" if one["group"] else ""
    if one["is_unchecked"]:
        return f"The comparisons{where} are too few to check each other."
    if one["ratio"] is None:
        return f"The comparisons{where} are too many for a consistency ratio."
    held = {
        True: "hold together well enough",
        False: "contradict each other",
        None: "have no published limit",
    }
    limit = "" if one["threshold"] is None else f", at most {one['threshold']:g} is acceptable"
    xi = "" if one["xi"] is None else f", xi {one['xi']:.3f}"
    return (
        f"The comparisons{where} {held[one['acceptable']]}: "
        f"consistency ratio {one['ratio']:.3f}{limit}{xi}."
    )


def times(value: float) -> str:
    """How many times, as one writes it: 3, or 1/3."""
    return f"{value:g}" if value >= 1 else f"1/{1 / value:g}"
