"""Small pieces of markup. Whatever people wrote passes through `text` on its way in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from selector.domain.problem import InputError
from selector.report import glossary

# Emphasis, code, links, mathematics, markup; directives such as :red[…] and :smile:, addresses that
# become links, and entities.
_MARKS = re.compile(r"[\\`*_\[\]~$<|@]|:(?=//|[\w/+-]+[:\[])|(?<=www)\.|&(?=#?\w+;)", re.IGNORECASE)
# A space before a short unit, or behind a sign: no line ends there.
_BOUND = re.compile(r"(?<=\d) (?=(?:%|s|ms|h)(?![\w.]))|(?<=≈) (?=[\d\u2212])")
PROBLEMS_SHOWN = 20  # of a file; the command line lists all
NO_BREAK = "\u00a0"
_AT_THE_START = re.compile(r"\A(\s*\d*)((?<=\d)[.)]|(?<!\d)[#>+-])")


def text(words: object) -> str:
    """Return words as text that is safe inside markup and attributes."""
    return escape(str(words), quote=True)


def unmarked(words: str) -> str:
    """Return words for a label that Streamlit reads as Markdown, so that they stay as written.

    No more is escaped than would be read as a mark: a screen reader is given the escapes too.
    """
    return _AT_THE_START.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", words))


def page(*parts: str) -> str:
    """Return the parts inside the element that carries the pages' look.

    What belongs to a number, such as a short unit, is not parted from it at a line's end.
    """
    return f'<div class="page">{_BOUND.sub(NO_BREAK, "".join(parts))}</div>'


def section(title: str, how: str, *parts: str, terms: Iterable[str] = ()) -> str:
    """Return a titled section with one line on how to read it; title and line are plain text.

    The terms, words of docs/glossary.md, lead to what they mean where the line first has them.
    """
    line = f'<p class="how">{explained(how, terms)}</p>' if how else ""
    return f"<section><h2>{text(title)}</h2>{line}{''.join(parts)}</section>"


def crumb(left: str, right: str = "") -> str:
    """Return the small line at the head of a page."""
    return f'<div class="crumb"><span>{text(left)}</span><span>{text(right)}</span></div>'


def lines(items: Iterable[str]) -> str:
    """Return a list of lines; the items are markup. Empty where there are none."""
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="lines">{inside}</ul>' if inside else ""


def more(summary: str, inside: str) -> str:
    """Return what unfolds; the summary is plain text. Empty where nothing is inside."""
    if not inside:
        return ""
    return f'<details class="more"><summary>{text(summary)}</summary>{inside}</details>'


def tag(words: str, kind: str = "") -> str:
    """Return a small label; `kind` is empty for a warning, `ok` or `plain`."""
    return f'<span class="tag {kind}">{text(words)}</span>'


def link(url: str, words: str) -> str:
    """Return a link to a source; an address that is not of the web is shown as text."""
    if not url.startswith(("https://", "http://")):
        return text(words)
    return f'<a href="{text(url)}" target="_blank" rel="noopener noreferrer">{text(words)}</a>'


def go(page: str, words: str, **values: str) -> str:
    """Return a link to a page of the app that keeps all that is set; `values` go with it."""
    more = "".join(f' data-{name}="{text(value)}"' for name, value in values.items())
    path = "./" if page == "decision" else page
    return f'<a href="{text(path)}" data-go="{text(page)}"{more}>{text(words)}</a>'


def explained(words: str, terms: Iterable[str]) -> str:
    """Return plain text whose terms lead to what they mean; each where it first stands."""
    known = glossary.words()
    found = {
        match.start(): (match[0], term)
        for term in terms
        if (match := re.search(rf"\b{re.escape(term)}s?\b", words, re.IGNORECASE))
    }
    parts, end = [], 0
    for start, (said, term) in sorted(found.items()):
        if start >= end:
            link = go("words", said, word=term).replace("<a", '<a class="term"', 1)
            title = f' title="{text(known[term])}"'
            parts += [text(words[end:start]), link.replace(">", f"{title}>", 1)]
            end = start + len(said)
    return "".join([*parts, text(words[end:])])


def notice(words: str, kind: str = "") -> str:
    """Return a line that must be seen; `kind` is empty for a warning, or `ok`."""
    return page(f'<div class="alert {kind}" role="status">{text(words)}</div>')


def problems(error: InputError, what: str = "This decision", then: str = "reload") -> str:
    """Return all that is wrong with a file, with its places; `what` names it."""
    count = len(error.problems)
    told = [text(problem) for problem in error.problems[:PROBLEMS_SHOWN]]
    rows = lines([*told, f"and {count - len(told):,} more"] if count > len(told) else told)
    places = "this place" if count == 1 else f"these {count} places"
    return page(
        f"<h1>{text(what)} cannot be read</h1>",
        f'<p class="sub">Mend {places} in the file, then {text(then)}.</p>',
        f'<div class="problems" role="alert">{rows}</div>',
    )


def share_bar(part: float, told: str) -> str:
    """Return a bar filled to a share, 0 to 1, with what it says in words beside it."""
    fill = f'<u style="width:{100 * min(1.0, max(0.0, part)):.1f}%"></u>'
    return f'<span class="share"><i aria-hidden="true">{fill}</i><b>{text(told)}</b></span>'
