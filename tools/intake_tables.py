"""Write the rules of the intake into docs/intake.md, between its markers.

Run it after a rule or a question changed; tests/intake says when that is due.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from selector.catalog.library import Library, shipped_home
from selector.domain import words
from selector.domain.span import Span
from selector.intake.questions import GROUPS, questions
from selector.intake.rules import asked, taken, weighed
from selector.intake.rules._when import When
from selector.intake.writing import _flow, _value

PAGE = Path(__file__).resolve().parents[1] / "docs" / "intake.md"


def blocks() -> dict[str, str]:
    """The tables as Markdown, by the name of their marker."""
    return {
        "questions": _table(("question", "asks", "answers"), _questions()),
        "sets": _table(
            ("set", "when", "reason", "source"),
            ((f"`{r.criteria}`", _when(r.when), r.reason, r.source) for r in asked.SETS),
        ),
        "requirements": _table(
            ("requirement", "when", "reason", "source"),
            ((_asks(r.asks), _when(r.when), r.reason, r.source) for r in asked.REQUIREMENTS),
        ),
        "load": _table(
            ("answer", "tokens in", "tokens out", "what that is"),
            (
                (f"`length: {r.length}`", _span(r.input_tokens), _span(r.output_tokens), r.reason)
                for r in taken.LENGTHS
            ),
        ),
        "peaks": _table(
            ("answer", "busiest time against the mean", "why"),
            ((f"`waiting: {name}`", _span(span), why) for name, (span, why) in taken.PEAKS.items()),
        ),
        "choice": _table(
            ("when", "left out", "source"),
            ((_when(r.when), f"what fits this: {r.because}", r.source) for r in taken.CHOICE),
        ),
        "weights": _table(
            ("concern", "times", "when", "because", "source"),
            (
                (r.concern, words.number(r.times), _when(r.when), r.reason, r.source)
                for r in weighed.WEIGHTS
            ),
        ),
        "concerns": _table(
            ("concern", *(f"`{s}`" for s in taken.KINDS)),
            (
                (name, *(f"`{groups[s]}`" if s in groups else "" for s in taken.KINDS))
                for name, groups in weighed.CONCERNS.items()
            ),
        ),
        "notes": _table(
            ("when", "told", "source"),
            ((_when(n.when), n.text, n.source) for n in asked.NOTES),
        ),
    }


def _questions() -> Iterable[Sequence[str]]:
    dictionary = Library(shipped_home()).dictionary()
    for group in GROUPS:
        for q in questions(dictionary):
            if q.group != group:
                continue
            if q.id == "certificates":
                given = "any of the dictionary's `attestations`, `hipaa`, `fedramp`"
            elif q.choices:
                some = "any of " if q.kind == "choices" else ""
                given = some + ", ".join(f"`{name}`" for name in q.choices)
            else:
                given = q.unit or "a few words"
            yield f"`{q.id}`", q.words, given


def _when(when: When) -> str:
    if not when:
        return "always"
    parts = []
    for question, answers in when.items():
        named = [f"`{answer}`" if answer else "not answered" for answer in answers]
        parts.append(f"{question}: {words.listed(named, last='or')}")
    return "; ".join(parts)


def _asks(asks: Mapping[str, Any]) -> str:
    parts = asks.get("any")
    if parts:
        return " or ".join(f"`{_flow(part)[1:-1]}`" for part in parts)
    return f"`{', '.join(f'{key}: {_value(value)}' for key, value in asks.items())}`"


def _span(span: Span) -> str:
    if span.is_exact:
        return words.number(span.likely)
    return (
        f"{words.number(span.low)} to {words.number(span.high)}, likely {words.number(span.likely)}"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def written(page: str) -> str:
    """The page with the tables of now between the markers."""
    for name, block in blocks().items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        page = re.sub(
            f"{begin}.*?{end}",
            lambda _, text=f"{begin}\n\n{block}\n\n{end}": text,  # type: ignore[misc]
            page,
            flags=re.DOTALL,
        )
    return page


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
