"""How a link says what was answered on Start, and what is wanted otherwise, so that a reload loses
nothing. Nothing here knows of Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from selector.domain.fact import Dictionary
from selector.domain.problem import UsageError
from selector.intake.answers import Answers, answers_of
from selector.intake.proposal import NO_WISHES, Wishes

LONGEST = 4_000
"""Letters of such a part of a link that are read."""
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SETS = {"out": "without", "in": "also"}
_NUMBERS = {"points": "points", "load": "figures"}


def to_link(given: Mapping[str, Any], wishes: Wishes = NO_WISHES) -> str:
    """Answers and wishes as a link says them: name:value, parted by commas; nothing for none."""
    parts = [f"{name}:{_written(value)}" for name, value in given.items()]
    parts += [f"set:{wishes.criteria}"] if wishes.criteria else []
    for key, field in _SETS.items():
        names = sorted(getattr(wishes, field))
        parts += [f"{key}:{'+'.join(names)}"] if names else []
    for key, field in _NUMBERS.items():
        figures = getattr(wishes, field)
        parts += [f"{key}.{name}:{value:.10g}" for name, value in figures.items()]
    return ",".join(parts)


def _written(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "+".join(value)
    return f"{value:.10g}" if isinstance(value, int | float) else quote(str(value), safe="")


def from_link(text: str, dictionary: Dictionary) -> tuple[dict[str, Any], Wishes]:
    """The answers and wishes that a link says; what cannot be read is left out."""
    given: dict[str, Any] = {}
    wishes: dict[str, Any] = {field: {} for field in _NUMBERS.values()}
    for part in text[:LONGEST].split(","):
        name, _, told = part.partition(":")
        key, _, below = name.partition(".")
        if name in Answers._fields:
            given |= _answer(name, told, dictionary)
        elif name == "set" and _ID.fullmatch(told):
            wishes["criteria"] = told
        elif name in _SETS:
            wishes[_SETS[name]] = frozenset(i for i in told.split("+") if _ID.fullmatch(i))
        elif key in _NUMBERS and _ID.fullmatch(below) and (value := _number(told)) is not None:
            wishes[_NUMBERS[key]][below] = value
    return given, Wishes(**wishes)


def _answer(name: str, told: str, dictionary: Dictionary) -> dict[str, Any]:
    """The answer by its question, or nothing where it is none."""
    kind = type(getattr(Answers(), name))
    value: Any = told.split("+") if kind is tuple else unquote(told) if kind is str else None
    if value is None:
        value = _number(told)
    try:
        checked = getattr(answers_of({name: value}, dictionary), name)
    except UsageError:
        return {}
    return {} if checked in ("", (), None) else {name: value}


def _number(told: str) -> float | None:
    try:
        value = float(told)
    except ValueError:
        return None
    return value if 0 <= value <= 1e15 else None
