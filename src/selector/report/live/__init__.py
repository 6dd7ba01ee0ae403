"""The live weights: one browser script that the app and the page export share."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _read(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def engine() -> str:
    """Return the model in the browser: a plain script that defines ``SelectorEngine``."""
    return _read("engine.js")


def script() -> str:
    """Return the engine and the sliders as one ES module with a default export."""
    return engine() + "\n" + _read("weigh.js")


def tokens() -> str:
    """Return the look's colours and type as CSS variables, light and dark."""
    return _read("tokens.css")


def style() -> str:
    """Return the style sheet of the sliders, tokens included."""
    return tokens() + "\n" + _read("weigh.css")
