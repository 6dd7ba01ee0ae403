"""Exports as the app makes them: in memory, from what is set now."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.report.exports import Options, formats
from selector.report.exports.story import Story

HOLDS = {
    ".pptx": "Recommendation, ranking, options, matrix, contributions, weights, how sure, what "
    "would change it, cost, head to head, risks, governance, method; the whole matrix and all "
    "sources behind them",
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
SAID = 3  # lines of a slide that are shown
CONTINUED = re.compile(r" \(\d+ of \d+\)$")


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


class Slide(NamedTuple):
    """What a slide says: its place, its title, its first lines, and what it shows beside them.

    `last` is the last of several slides over which one table goes on.
    """

    number: int
    title: str
    says: tuple[str, ...] = ()
    shows: str = ""
    last: int = 0


@lru_cache(maxsize=8)
def slides(wish: Wish) -> tuple[Slide, ...]:
    """The deck slide by slide, read from the file itself. UsageError as in `Wish.made`."""
    from pptx import Presentation

    found: list[Slide] = []
    before: list[str] = []  # the heads of the table of the slide before
    for number, slide in enumerate(Presentation(io.BytesIO(wish.made(".pptx"))).slides, 1):
        title = slide.shapes.title
        told = title.text_frame.text if title is not None else ""
        plain = CONTINUED.sub("", told)
        rest = [shape for shape in slide.shapes if title is None or shape != title]
        heads = [c.text_frame.text for s in rest if s.has_table for c in s.table.rows[0].cells]
        goes_on = plain != told and found and found[-1].title == plain
        if goes_on or (heads and heads == before):
            found[-1] = found[-1]._replace(last=number)
            continue
        before = heads
        lines = [s.text_frame.text for s in rest if s.has_text_frame]
        lines = [line for line in lines if line and wish.story().stamp not in line]
        tables = [s.table for s in rest if s.has_table]
        charts = [s.chart for s in rest if s.has_chart]
        for table in tables:
            head, *rows = ([cell.text_frame.text for cell in row.cells] for row in table.rows)
            lines += [_row(head, row) for row in rows[:SAID]]
        for chart in charts:
            lines += _leading(chart)
        shows = "Chart" if charts else "Table" if tables else "Words"
        found.append(Slide(number, plain, tuple(lines[:SAID]), shows))
    return tuple(found)


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    """A row of a table as a line; a figure has the head of its column before it."""
    cells = (
        f"{name} {cell}" if cell[:1].isdigit() else cell
        for name, cell in zip(head, row, strict=True)
    )
    return " · ".join(filter(None, map(str.strip, cells)))


def _leading(chart: Any) -> list[str]:
    """The first figures of a chart: by category, of each series that has one there."""
    plot = chart.plots[0]
    series = [(each.name, list(each.values)) for each in plot.series]
    lines = []
    for place, category in enumerate(list(plot.categories)[:SAID]):
        there = [(name, values[place]) for name, values in series if values[place]]
        told = ", ".join(
            f"{name} {_figure(v)}" if len(series) > 1 else _figure(v) for name, v in there[:SAID]
        )
        lines.append(f"{category}: {told}")
    return lines


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def preview(wish: Wish, what: str) -> Sequence[Sequence[str]] | str:
    """What a file says, to look at before it is taken: rows with a head, or text."""
    if what == "Record":
        return wish.made(".md").decode()
    rows = [[r.cause, r.effect, r.control, r.function] for r in wish.story().risks]
    return [["Cause", "Effect", "Control", "AI RMF"], *rows]
