"""What is asked: the title, the question, the day of the facts, the budget."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from selector.domain import words
from selector.ui.edits import text
from selector.ui.edits._edit import Changes, Data, Edit, Refused, one_line


def title(data: Data, written: str) -> Changes:
    """Call the decision otherwise."""
    edit = Edit(data)
    edit.put(
        ("title",),
        one_line("title", written, "Write a title: the decision is known by it on every page."),
    )
    return edit.changes


def question(data: Data, written: str) -> Changes:
    """Ask another question; an empty one is taken out."""
    edit = Edit(data)
    edit.say(("question",), " ".join(written.split()))
    return edit.changes


def day(data: Data, chosen: date | None) -> Changes:
    """Judge facts and prices by another day; None is the day on which one looks."""
    edit = Edit(data)
    edit.say(("as_of",), chosen)
    return edit.changes


def budget(data: Data, written: str, nodes: Iterable[Data]) -> Changes:
    """Set another monthly budget in US dollars; empty takes it out.

    `nodes` are the criteria as they stand in the files, the set's or the decision's own.
    """
    edit = Edit(data)
    amount = text.figure("budget", written.strip().removeprefix("$"), unit="USD")
    if amount is not None and amount <= 0:
        raise Refused("budget", f"“{written}” is no budget: write an amount above 0.")
    if amount is None:
        held = [str(n.get("name") or n["id"]) for n in nodes if _on_budget(scale_of(data, n))]
        if held:
            raise Refused(
                "budget",
                f"{words.listed(held)} {'is' if len(held) == 1 else 'are'} scaled by the budget: "
                "write one, or first give ends of its own under Scales.",
            )
        edit.remove("budget")
    else:
        edit.put(("budget", "monthly"), amount)
    return edit.changes


def scale_of(data: Data, node: Data) -> Any:
    """The scale of a criterion as the files write it: the decision's own, else its set's."""
    own = data.get("scales") or {}
    return own.get(node["id"], node.get("value"))


def _on_budget(scale: Any) -> bool:
    return isinstance(scale, dict) and any(
        isinstance(scale.get(end), dict) for end in ("worst", "best")
    )
