"""A reference architecture as a picture: filled with what was chosen, laid out, and drawn.

`filled` takes a pattern and what fills its layers; `laid_out` gives the geometry that every drawing
shares; `svg` and `mermaid` draw it for pages and records, the deck draws it with shapes of its own.
"""

from functools import cache
from importlib.resources import files

from selector.report.diagram.as_mermaid import mermaid
from selector.report.diagram.as_svg import svg
from selector.report.diagram.filling import Chosen, Reference, filled
from selector.report.diagram.plan import CLOSE, Plan, laid_out

__all__ = [
    "CLOSE", "Chosen", "Plan", "Reference", "filled", "laid_out", "mermaid", "style", "svg",
]  # fmt: skip


@cache
def style() -> str:
    """Return the style sheet of the picture; it stands on the look's tokens."""
    return (files(__name__) / "diagram.css").read_text(encoding="utf-8")
