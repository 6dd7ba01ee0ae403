"""The stakeholders: who they are, how much they count, and what matters to them."""

from __future__ import annotations

from collections.abc import Mapping

from selector.ui.edits import text
from selector.ui.edits._edit import Changes, Data, Edit, Refused, one_line


def names(data: Data) -> list[str]:
    """Who they are, in order."""
    return [str(person.get("name", "")) for person in data.get("stakeholders") or ()]


def add(data: Data, name: str) -> Changes:
    """Add somebody, who counts as one and weighs as the decision does until it is said."""
    edit = Edit(data)
    called = one_line("new_person", name, "Write a name or a role, such as Finance.")
    _unlike(data, "new_person", called, None)
    edit.append(("stakeholders",), {"name": called, "influence": 1, "weights": {}})
    return edit.changes


def change(
    data: Data, place: int, name: str, influence: str, weights: Mapping[str, str]
) -> Changes:
    """Change somebody's name, influence and points; an empty point is as the decision weighs."""
    edit = Edit(data)
    called = one_line("person", name, "Write a name or a role.")
    _unlike(data, "person", called, place)
    counts = text.figure("influence", influence, 0)
    if counts is None:
        raise Refused("influence", "Write how much they count: 1 is as much as one other.")
    path = ("stakeholders", place)
    edit.put((*path, "name"), called)
    edit.put((*path, "influence"), counts)
    for criterion, written in weights.items():
        points = text.figure(f"weight_{criterion}", written, 0)
        if points is None:
            edit.remove(*path, "weights", criterion)
        else:
            edit.put((*path, "weights", criterion), points)
    return edit.changes


def remove(data: Data, place: int) -> Changes:
    """Take somebody out."""
    edit = Edit(data)
    if len(names(data)) == 1:
        edit.remove("stakeholders")
    else:
        edit.remove("stakeholders", place)
    return edit.changes


def _unlike(data: Data, field: str, name: str, place: int | None) -> None:
    others = [other for index, other in enumerate(names(data)) if index != place]
    if name.casefold() in (other.casefold() for other in others):
        raise Refused(field, f"“{name}” is there already: write another name.")
