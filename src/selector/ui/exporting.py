"""Exports as the app makes them: in memory, from what is set now."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from selector.analysis import Analysis
from selector.report.exports import Options, formats
from selector.report.exports.story import Story

HOLDS = {
    ".pptx": "Recommendation, options, matrix, contributions, weights, how sure, what would "
    "change it, cost, head to head, risks, governance, method; the whole matrix and all sources "
    "behind them",
    ".xlsx": "The matrix with live formulas, performances, facts with links, cost items, "
    "robustness, risks, sources",
    ".html": "One file with live sliders, for an e-mail; it asks nothing of any network",
    ".md": "Context, options, outcome, consequences, what to watch, pros and cons, risks, sources",
    ".csv": "A row for each option and criterion",
    ".json": "The whole answer, for programs",
}
MIME = {
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".json": "application/json",
}
ORDER = (".pptx", ".xlsx", ".html", ".md", ".csv", ".json")
PREVIEWED = ("Slides", "Record", "Risks")
MOST_TEMPLATE = 20_000_000


class Wish(NamedTuple):
    """What is to be made: of which analysis, redacted or not, with which link and template."""

    analysis: Analysis
    redact: bool = False
    link: str = ""
    template: bytes = b""

    def story(self) -> Story:
        """The story that every format tells."""
        return _story(self.analysis, self.redact, self.link)

    def made(self, suffix: str) -> bytes:
        """The file. UsageError where the template cannot be used."""
        if suffix != ".pptx" or not self.template:
            return formats()[suffix].made(self.story(), Options())
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.pptx"
            path.write_bytes(self.template)
            return formats()[suffix].made(self.story(), Options(path))


@lru_cache(maxsize=32)
def _story(analysis: Analysis, redact: bool, link: str) -> Story:
    return Story(analysis, redact, link)


def has_secrets(analysis: Analysis) -> bool:
    """Whether anything of it is confidential."""
    return bool(_story(analysis, True, "").hidden)


def preview(wish: Wish, what: str) -> Sequence[Sequence[str]] | str:
    """What a file says, to look at before it is taken: rows with a head, or text."""
    if what == "Record":
        return wish.made(".md").decode()
    if what == "Risks":
        rows = [[r.cause, r.effect, r.control, r.function] for r in wish.story().risks]
        return [["Cause", "Effect", "Control", "AI RMF"], *rows]
    from pptx import Presentation

    deck = Presentation(io.BytesIO(wish.made(".pptx")))
    titles = [
        slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""
        for slide in deck.slides
    ]
    return [["Slide", "What it says"], *([str(n), t] for n, t in enumerate(titles, 1))]
