"""Figures and scores as people write them, for the fields of an edit."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from selector.domain import words
from selector.domain.criterion import BudgetShare, Criterion, End
from selector.domain.evidence import Evidence
from selector.domain.problem import UsageError
from selector.domain.span import Span
from selector.ui import figures
from selector.ui.edits._edit import Refused, plain
from selector.ui.figures import Field

_BUDGET = re.compile(r"\s*(?:(?P<times>[\d.]+)\s*(?P<sign>%|x|×|times)?\s*(?:of\s+)?)?(?:the\s+)?"
                     r"budget\s*", re.IGNORECASE)  # fmt: skip
UNKNOWN = ("unknown", "?", "not known")
NOT_APPLICABLE = ("does not apply", "n/a", "not applicable")


def figure(field: str, text: str, least: float | None = None, unit: str = "") -> float | None:
    """One number; None where nothing is written. Refused says what would be right."""
    span = _span(field, text, unit)
    if span is None:
        return None
    if not span.is_exact:
        raise Refused(field, f"“{text.strip()}” is a range: write one number.")
    if least is not None and span.likely < least:
        told = "above 0" if least > 0 else f"of {words.number(least)} or more"
        raise Refused(field, f"“{text.strip()}” is too little: write a number {told}.")
    return plain(span.likely)


def _span(field: str, text: str, unit: str = "") -> Span | None:
    told = text.strip()
    if unit and told.lower().endswith(unit.lower()):
        told = told[: -len(unit)].strip()
    try:
        return figures.read(told.replace("%", ""), Field(field, field))
    except UsageError as error:
        raise Refused(field, f"{error}.") from None


def written(number: float | None) -> str:
    """A number as it stands in a field."""
    return "" if number is None else figures.written(Span.exactly(float(number)))


# --- ends of a scale ----------------------------------------------------------------------------


def end(field: str, text: str, unit: str = "") -> float | dict[str, float] | None:
    """An end of a scale: a number, or a share of the budget such as "150 % of the budget"."""
    shared = _BUDGET.fullmatch(text)
    if not shared:
        return figure(field, text, unit=unit)
    try:
        share = float(shared["times"] or 1)
    except ValueError:
        raise Refused(field, f"“{text}” is no share: write 150 % of the budget.") from None
    return {"budget": plain(share / 100 if shared["sign"] == "%" else share)}


def end_text(given: End | Any) -> str:
    """An end of a scale as people write it."""
    if isinstance(given, BudgetShare):
        return f"{100 * given.share:g} % of the budget"
    if isinstance(given, dict):
        return f"{100 * given['budget']:g} % of the budget"
    return written(given)


def points(field: str, text: str) -> list[list[float]]:
    """Points of a scale: a performance and what it is worth of 100, as "0 is 0, 500 is 60"."""
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        sides = re.split(r"\s+is\s+|\s*(?:→|=|:)\s*", part)
        if len(sides) != 2:
            raise Refused(field, f"“{part}” is no point: write pairs such as 0 is 0; 500 is 60.")
        x, worth = (figure(field, side) for side in sides)
        if x is None or worth is None or not 0 <= worth <= 100:
            raise Refused(field, f"“{part}”: what a point is worth lies from 0 to 100.")
        found.append([x, plain(worth / 100)])
    if len(found) < 2:
        raise Refused(field, "Write at least two points, such as 0 is 0; 500 is 60; 1,000 is 100.")
    if any(b[0] <= a[0] for a, b in pairwise(found)):
        raise Refused(field, "The points do not rise: order them by their first number.")
    return found


def points_text(given: Any) -> str:
    """The points of a scale as people write them."""
    return "; ".join(f"{written(x)} is {written(round(100 * v, 6))}" for x, v in given)


# --- a performance ------------------------------------------------------------------------------


def performance(field: str, text: str, leaf: Criterion, levels: tuple[str, ...] = ()) -> Any:
    """A performance as a file says it: a number, a range, a level, or None for unknown."""
    told = text.strip()
    if told.lower() in UNKNOWN:
        return None
    if told.lower() in NOT_APPLICABLE:
        return {"not_applicable": True}
    if levels:
        return _level(field, told, levels)
    span = _span(field, told, leaf.unit)
    if span is None:
        raise Refused(field, "Write a number, a range such as 60-80, or unknown.")
    if span.is_exact:
        return plain(span.likely)
    low, likely, high = (plain(end) for end in span)
    if abs(span.likely - (span.low + span.high) / 2) <= 1e-9 * max(1.0, abs(span.high)):
        return [low, high]
    return {"low": low, "likely": likely, "high": high}


def _level(field: str, told: str, levels: tuple[str, ...]) -> str:
    by_name = {words.plain(level).lower(): level for level in levels}
    by_name |= {"yes": "true", "no": "false"} if set(levels) == {"true", "false"} else {}
    found = by_name.get(words.plain(told).lower())
    if found is None:
        named = words.listed([said_level(level) for level in levels], last="or")
        raise Refused(field, f"“{told}” is none of the levels: write {named}, or unknown.")
    return found


def said_level(level: str) -> str:
    """A level as people read it."""
    return {"true": "yes", "false": "no"}.get(level, words.plain(level))


def performance_text(given: Any) -> str:
    """What a decision says of a performance, as it stands in a field."""
    if given is None:
        return "unknown"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, int | float):
        return written(given)
    if isinstance(given, str):
        return said_level(given)
    if isinstance(given, list) and all(isinstance(end, int | float) for end in given):
        return " to ".join(written(end) for end in given)
    if isinstance(given, list):
        return " to ".join(said_level(str(end)) for end in given)
    if isinstance(given, dict) and "judgement" in given:
        return performance_text(given["judgement"])
    if isinstance(given, dict) and set(given) == {"low", "likely", "high"}:
        low, likely, high = (performance_text(given[part]) for part in ("low", "likely", "high"))
        return f"{low} to {high}, likely {likely}"
    if given == {"not_applicable": True}:
        return "does not apply"
    return ""


def evidence_text(evidence: Evidence | None) -> str:
    """What a fact says in a few words, for the line beside a field."""
    if evidence is None or evidence.state == "unknown":
        return "unknown"
    if evidence.state != "value":
        return words.plain(evidence.state)
    value = evidence.value
    if isinstance(value, tuple):
        return words.listed([words.plain(str(v)) for v in value]) or "none"
    if value is None and evidence.low is not None:
        return f"{_said(evidence.low)} to {_said(evidence.high)}"
    return _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return words.number(value) if isinstance(value, int | float) else words.plain(str(value))
