"""What the commands print: the same data as JSON for programs and as tables for people."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from selector.domain import words
from selector.domain.decision import Decision
from selector.domain.problem import SelectorError, UsageError

if TYPE_CHECKING:
    from selector.analysis import Analysis

Data = dict[str, Any]
_LEAST = 12  # letters that a column of text keeps, however narrow the terminal


def show(data: Data, format: str, table: Callable[[Data], Iterable[str]]) -> None:
    """Print the data as JSON or through its table."""
    if format == "json":
        write(json.dumps(data, indent=2, ensure_ascii=False, default=str, allow_nan=False) + "\n")
    else:
        say(table(data))


def say(lines: Iterable[str]) -> None:
    """Print lines on standard output. Raises SelectorError where it takes no more."""
    write("".join(f"{line}\n" for line in lines))


def write(text: str) -> None:
    """Write to standard output. Raises SelectorError where it takes no more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is still held back would fail again when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # A reader that has gone (`selector rank … | head`) is no error: all is said.
        if not isinstance(error, BrokenPipeError):
            raise SelectorError(f"the result cannot be written: {error.strerror}") from None


def _is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def bold(text: str) -> str:
    """The text in bold on a terminal, else as it is."""
    return f"\x1b[1m{text}\x1b[0m" if _is_coloured() else text


def terminal_width() -> int | None:
    """The width of the terminal that reads; None where it is a file or a program."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def columns(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: set[int],
    width: int | None = None,
) -> list[str]:
    """Rows as aligned columns, those in `right` right-aligned.

    Where they are wider than the terminal (or `width`), text is shortened with …, figures are not.
    """
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    room = width or terminal_width()
    if room is not None:
        _fit(widths, [i for i in range(len(head)) if i not in right], room)

    def line(row: Sequence[str]) -> str:
        cells = [
            text.rjust(widths[i]) if i in right else shortened(text, widths[i]).ljust(widths[i])
            for i, text in enumerate(row)
        ]
        return "  ".join(cells).rstrip()

    return [bold(line(head)), *(line(row) for row in rows)]


def points(sets: Iterable[str] | None) -> dict[str, float]:
    """What `--set criterion=points` says, by criterion."""
    found: dict[str, float] = {}
    for item in sets or []:
        name, sign, text = item.partition("=")
        try:
            value = float(text)
        except ValueError:
            value = -1
        if not sign or not 0 <= value < float("inf"):
            raise UsageError(
                f"--set {item}: not a weight; write --set criterion=points, such as cost=40"
            )
        found[name.strip()] = value
    return found


def _fit(widths: list[int], text: Sequence[int], room: int) -> None:
    """Narrow the widest columns of text, in place, until all columns fit or can give no more."""
    over = sum(widths) + 2 * (len(widths) - 1) - room
    for _ in range(over):
        widest = max(text, key=widths.__getitem__, default=None)
        if widest is None or widths[widest] <= _LEAST:
            return
        widths[widest] -= 1


def shortened(text: str, width: int) -> str:
    """The text, cut with … where it is longer."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def excluded(analysis: "Analysis") -> list[Data]:
    """A row for each requirement that an alternative fails."""
    return [
        {
            "alternative": row.alternative,
            "name": row.name,
            "requirement": row.requirement,
            "reason": row.reason,
            "why": row.why,
        }
        for row in analysis.excluded
    ]


def ranking(analysis: "Analysis") -> Data:
    """The ranking with what was knocked out, the weights and the warnings."""
    return {
        "decision": analysis.decision.id,
        "title": analysis.decision.title,
        "question": analysis.decision.question,
        "as_of": analysis.decision.day,
        "version": analysis.version,
        "method": analysis.decision.method,
        "ranking": [
            {
                "alternative": row.alternative,
                "name": row.name,
                "rank": row.rank,
                "score": row.score,
                "low": row.low,
                "high": row.high,
                "unproven": row.unproven,
                "unproven_requirements": list(row.unproven_requirements),
            }
            for row in analysis.ranking
        ],
        "excluded": excluded(analysis),
        "weights": analysis.weights,
        "warnings": analysis.warnings,
    }


def _score(row: Data) -> list[str]:
    """Points of 100 and what they could be; the bare score of a method without low and high."""
    if row["low"] is not None:
        between = f"{words.points(row['low'])} to {words.points(row['high'])}"
        return [words.points(row["score"]), between]
    return ["–" if row["score"] is None else f"{row['score']:.4f}".replace("-", "\u2212")]


def ranking_table(data: Data) -> Iterable[str]:
    """The ranking for people: points of 100."""
    yield bold(data["question"] or data["title"])
    yield ""
    rows = [
        [
            str(row["rank"]),
            row["name"] + (" (unproven)" if row["unproven"] else ""),
            *_score(row),
        ]
        for row in data["ranking"]
    ]
    is_sum = data["method"] == "weighted_sum"
    if rows:
        head = ["", "Alternative"] + (["Points of 100", "could be"] if is_sum else ["Score"])
        yield from columns(head, rows, {0, 2, 3})
    else:
        yield "No alternative is left to rank."
    for row in data["excluded"]:
        why = f" Asked because: {row['why'].strip()}" if row["why"].strip() else ""
        yield f"Knocked out: {row['name']}. Required: {row['requirement']}. {row['reason']}{why}"
    yield ""
    for warning in data["warnings"]:
        yield f"Note: {warning}"
    yield f"Facts as of {words.day(data['as_of'])} · version {data['version']}"


def coverage(decision: Decision, examined: Mapping[str, Mapping[str, list[str]]]) -> Data:
    """What a decision examines of each framework, and what it does not."""
    return {
        "decision": decision.id,
        "frameworks": {
            name: {part: leaves for part, leaves in parts.items() if leaves}
            for name, parts in examined.items()
        },
        "not_examined": {
            name: [part for part, leaves in parts.items() if not leaves]
            for name, parts in examined.items()
        },
    }


def coverage_table(data: Data) -> Iterable[str]:
    """The same for people: each part with its leaves, then what is left out."""
    titles = {"nist_ai_rmf": "NIST AI RMF 1.0", "well_architected": "AWS Well-Architected"}
    for name, parts in data["frameworks"].items():
        missing = data["not_examined"][name]
        yield bold(f"{titles[name]}: {len(parts)} of {len(parts) + len(missing)} examined")
        for part, leaves in parts.items():
            yield f"  {words.plain(part)}: {', '.join(leaves)}"
        yield f"  Not examined: {', '.join(map(words.plain, missing)) or 'nothing'}"
