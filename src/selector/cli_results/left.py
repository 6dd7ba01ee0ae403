"""Who is not ranked, and why: the lines that several commands share."""

from collections.abc import Iterable

from selector.cli_output import Data
from selector.domain import words

_TOLD = 5  # alternatives whose knock-out is told in one line


def knocked_out(data: Data) -> Iterable[str]:
    """One line on who is not in the table, and why; nothing where all are."""
    reasons: dict[str, list[str]] = {}
    for row in data["excluded"]:
        reasons.setdefault(row["name"], []).append(row["reason"].rstrip("."))
    told = [f"{name} ({'; '.join(whys)})" for name, whys in list(reasons.items())[:_TOLD]]
    more = [f"{len(reasons) - _TOLD} more"] if len(reasons) > _TOLD else []
    if told:
        yield f"Knocked out: {words.listed([*told, *more])}."


def nobody_left(data: Data) -> Iterable[str]:
    """Where no alternative is left to rank: that, and why."""
    yield "No alternative is left to rank."
    yield from knocked_out(data) if data["excluded"] else ["The decision has no alternatives."]
