"""The change log of a decision's file, written by the app: who set what, when and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from selector.analysis import Analysis
from selector.catalog.editing import REMOVE, data_of, edited
from selector.report.versions import Difference, between


def signed(
    raw: bytes, then: Analysis, now: Analysis, by: str, why: str = "", on: date | None = None
) -> bytes:
    """The text of a file with a line in its log for each thing that was set otherwise.

    What the same person sets again on the same day for the same reason stays one line: with what
    it said before the first time. A line whose value is back where it was is taken out.
    """
    log = list(data_of(raw).get("changes") or ())
    stood = list(log)
    for one in between(then, now):
        _add(log, one, {"on": on or date.today(), "by": _flat(by)}, _flat(why))
    if log == stood:
        return raw
    return edited(raw, (("changes",), log or REMOVE))


def _add(log: list[dict[str, Any]], one: Difference, who: dict[str, Any], why: str) -> None:
    line = who | {"what": _flat(one.what), "before": _flat(one.before), "now": _flat(one.now)}
    line |= {"why": why} if why else {}
    same = ("on", "by", "what")
    for place in range(len(log) - 1, -1, -1):
        other = log[place]
        if all(other.get(key) == line[key] for key in same) and other.get("why", "") == why:
            is_next = other.get("now", "") == line["before"] and line["before"] != ""
            if is_next:
                line["before"] = other.get("before", "")
                del log[place]
            break
    if line["before"] != line["now"]:
        log.append({key: value for key, value in line.items() if value != ""})


def _flat(text: str) -> str:
    return " ".join(text.split())
