"""The criteria: their names and questions, what they measure, and where they stand in the tree.

A decision that names a criteria set gets the set's criteria written into it by the first of these
edits: the set itself is never changed. Weights stay such that every sibling has one, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector.analysis import Analysis
from selector.domain import words
from selector.ui.edits._edit import Data, Edit, Refused, fresh_id, one_line, plain
from selector.ui.edits._tree import Place, below, place_of, walk
from selector.ui.edits._weights import bare, dropped, settle
from selector.ui.edits.scores import POINTS

MOST = 120  # criteria in a decision that is edited here
FIGURES: Mapping[str, str] = {
    "monthly": "the bill of the first month",
    "monthly_mean": "the mean bill of a month",
    "total": "the sum of all months",
    "per_1000_requests": "the cost of 1,000 requests",
}
PER_MONTH = ("monthly", "monthly_mean")


def inlined(data: Data, of_set: Data | None, analysis: Analysis) -> Edit:
    """An edit of a decision that lists its criteria itself: those of its set are written in."""
    edit = Edit(data)
    if isinstance(edit.get("criteria"), str):
        if of_set is None:
            raise Refused("criteria", "The criteria set cannot be read.")
        if (edit.get("weights", "method") or "") == "preset":
            settle(edit, analysis)
        edit.put(("criteria",), of_set["criteria"])
    return edit


def _path(edit: Edit, name: str) -> Place:
    found = place_of(edit.get("criteria"), name)
    if found is None:
        raise Refused("criteria", "This criterion is gone; choose another.")
    return found


# --- what it is called ----------------------------------------------------------------------------


def describe(edit: Edit, name: str, called: str, question: str, unit: str | None = None) -> None:
    """Call a criterion otherwise, and ask for its weight in other words."""
    path = _path(edit, name)
    told = one_line("criterion_name", called, "Write what it is called.")
    others = {str(n.get("name") or n["id"]).casefold(): n["id"] for _, n in _all(edit)}
    if others.get(told.casefold(), name) != name:
        raise Refused("criterion_name", f"Another criterion is called “{told}” already.")
    edit.put((*path, "name"), told)
    edit.say((*path, "question"), " ".join(question.split()))
    if unit is not None:
        edit.say((*path, "unit"), " ".join(unit.split()))


def turn(edit: Edit, name: str, goal: str) -> None:
    """Say whether more or less is better; ends of a scale that say otherwise are exchanged."""
    path = _path(edit, name)
    budget = edit.get("budget", "monthly") or 1
    for place in ((*path, "value"), ("scales", name)):
        worst, best = edit.get(*place, "worst"), edit.get(*place, "best")
        low, high = (e["budget"] * budget if isinstance(e, dict) else e for e in (worst, best))
        if worst is not None and best is not None and (high > low) != (goal == "max"):
            edit.put((*place, "worst"), best)
            edit.put((*place, "best"), worst)
    edit.put((*path, "goal"), goal)


def _all(edit: Edit) -> list[tuple[Place, dict[str, Any]]]:
    return list(walk(edit.get("criteria")))


# --- new ones -----------------------------------------------------------------------------------


def add(
    edit: Edit,
    analysis: Analysis,
    parent: str,
    called: str,
    measured: str,
    what: str = "",
    goal: str = "max",
    wanted: tuple[str, ...] = (),
) -> str:
    """Add a criterion below `parent` ("" is the top), and return its id.

    `measured` is "group", "score" (0 to 100, given by people), "fact" (`what` is its id), "share"
    (of the `wanted` choices of the set fact `what`), or "cost" (`what` is the figure of the bill).
    """
    told = one_line("new_name", called, "Write what it is called.")
    known = {str(node.get("name") or node["id"]).casefold() for _, node in _all(edit)}
    if told.casefold() in known:
        raise Refused("new_name", f"A criterion is called “{told}” already.")
    if len(known) >= MOST:
        raise Refused("new_name", f"{MOST} criteria are kept at most; remove some first.")
    taken = {str(node["id"]) for _, node in _all(edit)}
    new: dict[str, Any] = {"id": fresh_id(told, taken, "criterion"), "name": told}
    new |= _measure(measured, what, goal, wanted)
    if what in PER_MONTH and edit.get("budget"):
        new["value"] = {"worst": {"budget": 1.5}, "best": {"budget": 0}}
    if measured == "group":
        new["children"] = [
            {
                "id": fresh_id(f"{told} 1", taken | {new["id"]}, "criterion"),
                "name": f"{told}: first",
            }
            | _measure("score", "", "max", ())
        ]
    _join(edit, analysis, parent, new)
    return str(new["id"])


def _measure(measured: str, what: str, goal: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    if measured == "group":
        return {}
    if measured == "score":
        return {"goal": "max", "unit": POINTS, "value": {"worst": 0, "best": 100}}
    if measured == "cost":
        return {"goal": "min", "measure": {"cost": what}}
    if not what:
        raise Refused("new_fact", "Choose the fact that it measures.")
    if measured == "share":
        if not wanted:
            raise Refused("new_wanted", "Choose what is wanted; the share of it that one has is "
                          "the performance.")  # fmt: skip
        return {"goal": "max", "measure": {"share_of": what, "wanted": list(wanted)}}
    return {"goal": goal, "measure": {"fact": what}}


def _join(edit: Edit, analysis: Analysis, parent: str, new: dict[str, Any]) -> None:
    """Put a criterion behind its siblings, with a weight where they have one: their mean."""
    place: Place = ("criteria",) if not parent else (*_path(edit, parent), "children")
    if parent and not edit.get(*place):
        raise Refused("new_parent", "This criterion measures something itself: only a group holds "
                      "others.")  # fmt: skip
    siblings = [str(node["id"]) for node in edit.get(*place) or ()]
    settle(edit, analysis, touched=siblings)
    bare(edit, siblings, place)
    weights = [node["weight"] for node in edit.get(*place) if "weight" in node]
    if weights:
        mean = round(sum(weights) / len(weights), 2)
        new = {**new, "weight": plain(mean or 1)}
    edit.append(place, new)


# --- away and elsewhere -------------------------------------------------------------------------


def remove(edit: Edit, name: str, analysis: Analysis) -> None:
    """Take a criterion out, with all below it and all that is said of them."""
    path = _path(edit, name)
    node = edit.get(*path)
    gone = below(node)
    asked = [r for r in edit.get("requirements") or () if _asks(r, gone)]
    if asked:
        raise Refused("criterion", "A requirement tests it: remove that requirement first, under "
                      "Requirements.")  # fmt: skip
    if set(gone) >= {str(n["id"]) for _, n in _all(edit)}:
        raise Refused("criterion", "A decision has at least one criterion: add another first.")
    _leave(edit, path, analysis, gone)
    for leaf in gone:
        edit.remove("scales", leaf)
        for place, item in enumerate(edit.get("alternatives") or ()):
            if isinstance(item, dict) and leaf in (item.get("performance") or {}):
                edit.remove("alternatives", place, "performance", leaf)


def _asks(requirement: Data, gone: list[str]) -> bool:
    parts = requirement.get("any") or [requirement]
    return any(part.get("criterion") in gone for part in parts)


def move(edit: Edit, name: str, parent: str, analysis: Analysis) -> None:
    """Move a criterion, with all below it, to another group; "" is the top."""
    path = _path(edit, name)
    node = edit.get(*path)
    if parent in below(node):
        raise Refused("parent", "A group cannot stand within itself: choose another.")
    stays = {key: value for key, value in node.items() if key != "weight"}
    _leave(edit, path, analysis, [name])
    _join(edit, analysis, parent, stays)


def _leave(edit: Edit, path: Place, analysis: Analysis, gone: list[str]) -> None:
    """Take a criterion from among its siblings, and out of all weights."""
    siblings = edit.get(*path[:-1])
    if len(siblings) == 1 and len(path) > 2:
        group = edit.get(*path[:-2])
        called = group.get("name") or group["id"]
        raise Refused("criterion", f"It is the last of “{called}”: remove the group, or first put "
                      "another into it.")  # fmt: skip
    settle(edit, analysis, touched=gone)
    stay = [str(n["id"]) for n in siblings if n["id"] not in gone]
    dropped(edit, gone, stay)
    bare(edit, [*gone, *stay], path[:-1])
    weights = [n["weight"] for n in siblings if "weight" in n and n["id"] not in gone]
    edit.remove(*path)
    if weights and not sum(weights):  # all of the weight was with what went
        for index in range(len(stay)):
            edit.put((*path[:-1], index, "weight"), 1)


def removal_words(edit: Edit, name: str) -> str:
    """What goes with a criterion that is removed; empty where it goes alone."""
    path = _path(edit, name)
    rest = below(edit.get(*path))[1:]
    if not rest:
        return ""
    named = [str(n.get("name") or n["id"]) for _, n in _all(edit) if n["id"] in rest]
    return f"With it {'goes' if len(named) == 1 else 'go'} {words.listed(named)}."
