"""The alternatives: offers of vendors, one's own, their names, and facts given by oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from selector.domain import words
from selector.domain.fact import FactDefinition
from selector.ui.edits import text
from selector.ui.edits._edit import Changes, Data, Edit, Refused, fresh_id, one_line

KINDS: Mapping[str, str] = {
    "status-quo": "What we have today",
    "managed-platform": "A managed platform",
    "model-api": "A model API",
    "open-weight-stack": "Open weights that we run",
}
MOST = 60  # alternatives in a decision that is edited here


def id_of(item: Any) -> str:
    """The id of an alternative as it stands in a file."""
    if isinstance(item, str):
        return item
    vendor, offer = item.get("vendor") or "", item.get("offer")
    return str(item.get("id") or (f"{vendor}-{offer}" if offer else vendor))


def ids(data: Data) -> list[str]:
    """The ids of all alternatives, in order."""
    return [id_of(item) for item in data.get("alternatives") or ()]


def as_mapping(edit: Edit, place: int) -> None:
    """Write an alternative that is only named as a mapping, so that more can be said of it."""
    item = edit.get("alternatives", place)
    if isinstance(item, str):
        edit.put(("alternatives", place), {"vendor": item})


def shared_cost(data: Data) -> Any:
    """The `cost` block that all alternatives of vendors have alike; None where there is none.

    A search index that is paid for whoever answers, say: a new alternative without it would look
    cheaper than it is.
    """
    named = [item for item in data.get("alternatives") or () if _vendor_of(item)]
    blocks = [item.get("cost") if isinstance(item, dict) else None for item in named]
    if len(blocks) < 2 or blocks[0] is None or any(block != blocks[0] for block in blocks):
        return None
    return blocks[0]


def _vendor_of(item: Any) -> str:
    return item if isinstance(item, str) else str(item.get("vendor") or "")


def add_offers(data: Data, chosen: Sequence[tuple[str, str]]) -> Changes:
    """Add offers of vendors, each as (vendor, offer); an empty offer is the vendor as a whole."""
    if not chosen:
        raise Refused("offers", "Choose at least one offer to add.")
    edit = Edit(data)
    _check_room(edit, len(chosen))
    cost = shared_cost(data)
    for vendor, offer in chosen:
        known = ids(edit.data)
        default = f"{vendor}-{offer}" if offer else vendor
        item: Any = {"vendor": vendor} | ({"offer": offer} if offer else {})
        if default in known:
            item = {"id": fresh_id(default, known, "alternative")} | item
        if cost is not None:
            item["cost"] = cost
        edit.append(("alternatives",), vendor if item == {"vendor": vendor} else item)
    return edit.changes


def add_own(data: Data, name: str, kind: str) -> Changes:
    """Add an alternative that no profile describes: what one has today, say."""
    edit = Edit(data)
    _check_room(edit, 1)
    wanted = "Write what it is called, such as What we have today."
    called = _unlike_others(data, "own_name", one_line("own_name", name, wanted), None)
    new = fresh_id(called, ids(data), "own")
    edit.append(("alternatives",), {"id": new, "name": called, "kind": kind})
    return edit.changes


def _check_room(edit: Edit, more: int) -> None:
    if len(edit.get("alternatives") or ()) + more > MOST:
        raise Refused("offers", f"{MOST} alternatives are kept at most; remove some first.")


def rename(data: Data, place: int, name: str) -> Changes:
    """Call an alternative otherwise; an empty name goes back to that of its profile."""
    edit = Edit(data)
    field = f"name_{place}"
    told = " ".join(name.split())
    if not told and not _vendor_of(edit.get("alternatives", place)):
        raise Refused(field, "Write a name: no profile gives it one.")
    if told:
        _unlike_others(data, field, told, place)
    as_mapping(edit, place)
    edit.say(("alternatives", place, "name"), told)
    return edit.changes


def _unlike_others(data: Data, field: str, name: str, place: int | None) -> str:
    others = [
        str(item.get("name") or "")
        for index, item in enumerate(data.get("alternatives") or ())
        if isinstance(item, dict) and index != place
    ]
    if name.casefold() in (other.casefold() for other in others):
        raise Refused(field, f"Another is called “{name}” already: write a name that tells them "
                      "apart.")  # fmt: skip
    return name


def status_quo(data: Data) -> int | None:
    """The place of what one has today; None where no alternative is that."""
    for place, item in enumerate(data.get("alternatives") or ()):
        if isinstance(item, dict) and item.get("kind") == "status-quo":
            return place
    return None


def stand_for_today(data: Data, place: int | None) -> Changes:
    """Say which alternative is what one has today; None: none of them is."""
    edit = Edit(data)
    for other, item in enumerate(data.get("alternatives") or ()):
        if other != place and isinstance(item, dict) and item.get("kind") == "status-quo":
            edit.remove("alternatives", other, "kind")
    if place is not None:
        as_mapping(edit, place)
        edit.put(("alternatives", place, "kind"), "status-quo")
    return edit.changes


def move(data: Data, place: int, by: int) -> Changes:
    """Put an alternative before or behind its neighbour: `by` is -1 or 1."""
    edit = Edit(data)
    other = place + by
    count = len(edit.get("alternatives") or ())
    if not (0 <= place < count and 0 <= other < count):
        return edit.changes
    mine, theirs = (edit.get("alternatives", each) for each in (place, other))
    edit.put(("alternatives", place), theirs)
    edit.put(("alternatives", other), mine)
    return edit.changes


def remove(data: Data, place: int) -> Changes:
    """Take an alternative out."""
    edit = Edit(data)
    edit.remove("alternatives", place)
    return edit.changes


# --- facts given by oneself -----------------------------------------------------------------------


def give_fact(
    data: Data,
    place: int,
    definition: FactDefinition,
    value: Any,
    rests_on: str,
    by: str,
    day: date,
) -> Changes:
    """Say what a fact is for one alternative.

    `rests_on` is a web address, or the reason of a judgement, which is then signed `by` somebody.
    """
    known = fact_value(definition, value)
    source = rests_on.strip()
    if not source:
        raise Refused("fact_rests_on", "Write where one can see it (https://…), or why you think "
                      "so: a fact without either is a guess.")  # fmt: skip
    fact: dict[str, Any]
    if source.startswith(("https://", "http://")):
        fact = {"value": known, "source": source, "as_of": day}
    else:
        signed = one_line("fact_by", by, "Write who says so: a judgement is signed.")
        fact = {"judgement": known, "reason": source, "by": signed, "as_of": day}
    edit = Edit(data)
    as_mapping(edit, place)
    edit.put(("alternatives", place, "facts", definition.id), fact)
    return edit.changes


def fact_value(definition: FactDefinition, value: Any) -> Any:
    """The value of a fact from what a field holds. Refused says what would be right."""
    field = "fact_value"
    if definition.type == "number":
        number = text.figure(field, str(value or ""), unit=definition.unit)
        if number is None:
            raise Refused(
                field, f"Write a number{f' in {definition.unit}' * bool(definition.unit)}."
            )
        low, high = definition.minimum, definition.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            ends = " to ".join("any" if e is None else words.number(e) for e in (low, high))
            raise Refused(field, f"{words.number(number)} cannot be: the fact runs from {ends}.")
        return number
    if definition.type == "set":
        return list(value or ())
    if value in (None, ""):
        raise Refused(field, "Say what it is.")
    return value


def forget_fact(data: Data, place: int, fact: str) -> Changes:
    """Go back to what the profile says of a fact."""
    edit = Edit(data)
    edit.remove("alternatives", place, "facts", fact)
    return edit.changes
