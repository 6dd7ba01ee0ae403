"""Knock-outs: from their shape to `Requirement`, with conditions that fit what they test."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records import quoted, unknown_name
from selector.catalog.records.evidence import Where
from selector.catalog.shapes._shape import as_day
from selector.catalog.shapes.decision import RequirementShape
from selector.domain.criterion import Criterion
from selector.domain.decision import Requirement
from selector.domain.fact import Dictionary
from selector.domain.levels import TRUTH, level_names


def requirement_record(
    document: Document,
    where: Where,
    shape: RequirementShape,
    leaves: Mapping[str, Criterion],
    dictionary: Dictionary,
) -> Requirement:
    """One requirement; problems are noted in the document."""
    any_of = tuple(
        requirement_record(document, (*where, "any", index), item, leaves, dictionary)
        for index, item in enumerate(shape.any or [])
    )
    if shape.fact is not None:
        _check_fact(document, where, shape, dictionary)
    elif shape.criterion is not None:
        _check_criterion(document, where, shape, leaves, dictionary)
    asked = dictionary.get(shape.fact or "")
    plain = as_day if asked is not None and asked.type == "date" else _plain
    return Requirement(
        fact=shape.fact or "",
        criterion=shape.criterion or "",
        any_of=any_of,
        at_least=plain(shape.at_least),
        at_most=plain(shape.at_most),
        equals=plain(shape.is_),
        includes=tuple(shape.includes or ()),
        unproven_is_out=shape.unproven == "out",
        not_applicable_passes=shape.when_not_applicable == "pass",
        origin=document.origin(*where),
        reason=shape.reason,
    )


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_fact(
    document: Document, where: Where, shape: RequirementShape, dictionary: Dictionary
) -> None:
    definition = dictionary.get(shape.fact or "")
    if definition is None:
        document.complain((*where, "fact"), *unknown_name("fact", shape.fact or "", dictionary))
        return
    if shape.includes is not None:
        if definition.type != "set":
            document.complain(
                (*where, "includes"),
                f"includes for a {definition.type}",
                "it is for facts of type set",
            )
            return
        for index, choice in enumerate(shape.includes):
            if choice not in definition.choices:
                what, instead = unknown_name("choice", choice, definition.choices)
                document.complain((*where, "includes", index), what, instead)
    _check_conditions(document, where, shape, definition.type, definition.levels)


def _check_criterion(
    document: Document,
    where: Where,
    shape: RequirementShape,
    leaves: Mapping[str, Criterion],
    dictionary: Dictionary,
) -> None:
    leaf = leaves.get(shape.criterion or "")
    if leaf is None:
        what, instead = unknown_name("leaf criterion", shape.criterion or "", leaves)
        document.complain((*where, "criterion"), what, instead)
        return
    if shape.includes is not None:
        document.complain(
            (*where, "includes"), "includes for a criterion", "name a fact of type set"
        )
    names = level_names(leaf, dictionary)
    kind = "boolean" if names == TRUTH else "level" if names else "number"
    _check_conditions(document, where, shape, kind, names)


def _check_conditions(
    document: Document, where: Where, shape: RequirementShape, kind: str, levels: tuple[str, ...]
) -> None:
    conditions = {"at_least": shape.at_least, "at_most": shape.at_most, "is": shape.is_}
    for key, given in conditions.items():
        if given is None:
            continue
        place = (*where, key)
        if kind in ("boolean", "text", "set") and key != "is":
            document.complain(place, f"{key} for a {kind}", "use is, or includes for a set")
            continue
        fits = {
            "number": isinstance(given, int | float) and not isinstance(given, bool),
            "boolean": isinstance(given, bool),
            "level": isinstance(given, str) and given in levels,
            "text": isinstance(given, str),
            "date": isinstance(as_day(given), date),
            "set": False,
        }[kind]
        if not fits:
            instead = {
                "number": "write a number",
                "boolean": "write true or false",
                "level": f"write one of {', '.join(levels)}",
                "text": "write text",
                "date": "write a date as year-month-day",
                "set": "use includes: [..]",
            }[kind]
            document.complain(place, f"{quoted(given)} does not fit a {kind}", instead)
    if kind == "number" and _is_above(shape.at_least, shape.at_most):
        document.complain(where, "at_least is above at_most", "nothing can pass; correct one")


def _is_above(low: Any, high: Any) -> bool:
    return isinstance(low, int | float) and isinstance(high, int | float) and low > high
