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
CONTINUED = re.compile(r" \(\d+ of \d+\)$")


class Wish(NamedTuple):
    """What is to be made: of which analysis, redacted or not, with which link and template.

    `is_apart` where figures were set for it, or it is of a working copy.
    """

    analysis: Analysis
    redact: bool = False
    link: str = ""
    template: bytes = b""
    is_apart: bool = False

    def story(self) -> Story:
        """The story that every format tells."""
        return _story(self.analysis, self.redact, self.link, self.is_apart)

    def made(self, suffix: str) -> bytes:
        """The file. UsageError where the template cannot be used."""
        if suffix != ".pptx" or not self.template:
            return formats()[suffix].made(self.story(), Options())
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "template.pptx"
            path.write_bytes(self.template)
            return formats()[suffix].made(self.story(), Options(path))


@lru_cache(maxsize=32)
def _story(analysis: Analysis, redact: bool, link: str, is_apart: bool) -> Story:
    return Story(analysis, redact, link, is_apart=is_apart)


def has_secrets(analysis: Analysis) -> bool:
    """Whether anything of it is confidential."""
    return bool(_story(analysis, True, "", False).hidden)


class Part(NamedTuple):
    """What stands together on a slide: a head, and lines or the rows of a table, heads first."""

    head: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Slide(NamedTuple):
    """What a slide says in the order in which it is read, and what it shows beside that.

    `last` is the last of several slides over which one table goes on.
    """

    number: int
    title: str
    parts: tuple[Part, ...] = ()
    shows: str = ""
    last: int = 0


@lru_cache(maxsize=8)
def slides(wish: Wish) -> tuple[Slide, ...]:
    """The deck slide by slide, read from the file itself. UsageError as in `Wish.made`."""
    from pptx import Presentation

    found: list[Slide] = []
    before: list[tuple[str, ...]] = []  # the heads of the tables of the slide before
    for number, slide in enumerate(Presentation(io.BytesIO(wish.made(".pptx"))).slides, 1):
        bold = (s for s in slide.shapes if s.has_text_frame and _is_bold(s.text_frame))
        title = slide.shapes.title or next(bold, None)  # a template may have no place for titles
        told = title.text_frame.text if title is not None else ""
        rest = [shape for shape in slide.shapes if title is None or shape != title]
        parts = _parts(rest, wish.story().stamp)
        plain = CONTINUED.sub("", told)
        heads = [part.rows[0] for part in parts if part.rows]
        goes_on = plain != told and found and found[-1].title == plain
        if goes_on or (heads and heads == before):
            found[-1] = found[-1]._replace(last=number, parts=_joined(found[-1].parts, parts))
            continue
        before = heads
        has_chart = any(shape.has_chart for shape in rest)
        shows = "Chart" if has_chart else "Table" if heads else "Words"
        found.append(Slide(number, plain, tuple(parts), shows))
    return tuple(found)


def _parts(shapes: Sequence[Any], stamp: str) -> list[Part]:
    """What the shapes of a slide say; a bold line is the head of what comes next."""
    has_chart = any(shape.has_chart for shape in shapes)
    has_table = any(shape.has_table for shape in shapes)
    found: list[Part] = []
    head = ""
    for shape in shapes:
        part = Part(head)
        if shape.has_table:
            rows = [tuple(_flat(cell.text_frame) for cell in row.cells) for row in shape.table.rows]
            part = Part(head, rows=_filled(rows) if has_chart else tuple(rows))
        elif shape.has_chart and not has_table:  # beside a table it draws what stands there
            part = Part(head, tuple(_figures(shape.chart)))
        elif shape.has_text_frame and stamp not in shape.text_frame.text:
            lines = [line for each in shape.text_frame.paragraphs if (line := _flat(each))]
            if len(lines) == 1 and _is_bold(shape.text_frame):
                if not lines[0].isdigit():  # which marks a place in a drawing
                    _add(found, Part(head))
                    head = lines[0]
                continue
            part = Part(head, tuple(lines))
        if not part.lines and not part.rows:
            continue
        _add(found, part)
        head = ""
    _add(found, Part(head))
    return found


def _add(found: list[Part], part: Part) -> None:
    """Add a part; a head of nothing is a line, and lines without a head stand together."""
    if part == Part(part.head):
        part = Part(lines=(part.head,) if part.head else ())
    loose = [not (each.head or each.rows) for each in (*found[-1:], part)]
    if len(loose) > 1 and all(loose):
        found[-1] = Part(lines=found[-1].lines + part.lines)
    elif part != Part():
        found.append(part)


def _flat(words: Any) -> str:
    return str(words.text).replace("\v", " ").strip()


def _is_bold(frame: Any) -> bool:
    runs = [run for each in frame.paragraphs for run in each.runs]
    return bool(runs) and all(run.font.bold for run in runs)


def _filled(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Rows without the column that is left free for a chart."""
    kept = [n for n in range(len(rows[0])) if any(row[n] for row in rows[1:])]
    return tuple(tuple(row[n] for n in kept) for row in rows)


def _joined(parts: Sequence[Part], more: Sequence[Part]) -> tuple[Part, ...]:
    """The parts of a slide and of that which goes on with it; tables of like heads are one."""
    joined = list(parts)
    for part in more:
        same = [n for n, p in enumerate(joined) if part.rows and p.rows[:1] == part.rows[:1]]
        if same:
            whole = joined[same[-1]]
            joined[same[-1]] = whole._replace(rows=whole.rows + part.rows[1:])
        elif part not in joined:
            joined.append(part)
    return tuple(joined)


def _figures(chart: Any) -> list[str]:
    """The figures of a chart: by category, of each series that has one there."""
    plot = chart.plots[0]
    series = [(each.name, list(each.values)) for each in plot.series]
    lines = []
    for place, category in enumerate(plot.categories):
        there = [(name, values[place]) for name, values in series if values[place]]
        told = (f"{name} {_figure(v)}" if len(series) > 1 else _figure(v) for name, v in there)
        lines.append(f"{category}: {', '.join(told) or '–'}")
    return lines


def _figure(value: float) -> str:
    told = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return told.replace("-", "\u2212")


def preview(wish: Wish, what: str) -> Sequence[Sequence[str]] | str:
    """What a file says, to look at before it is taken: rows with a head, or text."""
    if what == "Record":
        return wish.made(".md").decode()
    rows = [[r.cause, r.effect, r.control, r.owner, r.function] for r in wish.story().risks]
    return [["Cause", "Effect", "Control", "Owner", "AI RMF"], *rows]
