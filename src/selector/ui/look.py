"""The pages' look: one style sheet, of the tokens and of each part's own sheet."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from selector.report import live

SHEETS = (
    "look.css",
    "cost.css",
    "compare.css",
    "intake.css",
    "edit.css",
    "weigh.css",
    "export.css",
    "stack.css",
)


@cache
def style() -> str:
    """Return the style sheet as an element of the page."""
    folder = files("selector.ui")
    sheets = "".join((folder / name).read_text(encoding="utf-8") for name in SHEETS)
    return f"<style>{live.tokens()}{sheets}</style>"
