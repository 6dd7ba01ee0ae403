"""The tree of criteria as plain data: where each stands, and who its siblings are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selector.ui.edits._edit import Data

Place = tuple[str | int, ...]


def place_of(criteria: Any, name: str) -> Place | None:
    """The path of a criterion in a file that lists its criteria; None where it is not there."""
    for path, node in walk(criteria):
        if node["id"] == name:
            return path
    return None


def walk(criteria: Any, above: Place = ("criteria",)) -> Iterator[tuple[Place, dict[str, Any]]]:
    """All criteria with their paths, parents first; nothing where a set is named."""
    if not isinstance(criteria, list):
        return
    for index, node in enumerate(criteria):
        path = (*above, index)
        yield path, node
        yield from walk(node.get("children") or [], (*path, "children"))


def nodes(data: Data, of_set: Any) -> list[dict[str, Any]]:
    """All criteria as the files write them; `of_set` is the list of the set that is named."""
    criteria = data.get("criteria")
    return [node for _, node in walk(criteria if isinstance(criteria, list) else of_set)]


def below(node: Data) -> list[str]:
    """The ids of a criterion and of all below it."""
    return [str(node["id"]), *(str(n["id"]) for _, n in walk(node.get("children") or []))]
