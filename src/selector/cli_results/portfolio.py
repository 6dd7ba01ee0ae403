"""`selector portfolio`: many decisions at once, as data and as one table."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from selector.cli_output import Data, bold, columns
from selector.domain import words

if TYPE_CHECKING:
    from selector.analysis.portfolio import Row

_SHOWN = 20  # warnings, for people: there may be thousands


def data(rows: "Sequence[Row]", samples: int, seed: int) -> Data:
    """All rows, and how many decisions each alternative leads."""
    return {
        "samples": samples,
        "seed": seed,
        "decisions": [
            row._asdict() | {"errors": [problem._asdict() for problem in row.errors]}
            for row in rows
        ],
        "winners": dict(Counter(row.winner for row in rows if row.winner).most_common()),
        "unusable": sum(bool(row.errors) for row in rows),
    }


def tell_errors(rows: "Iterable[Row]") -> None:
    """Every problem of every file, on standard error."""
    for problem in dict.fromkeys(problem for row in rows for problem in row.errors):
        print(problem, file=sys.stderr)


def progress() -> Callable[[int, int], None] | None:
    """A line on a terminal's standard error: how many decisions are done, and the time left."""
    if not sys.stderr.isatty():
        return None
    began, told = time.monotonic(), 0.0

    def tell(done: int, wanted: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < 0.1 and done < wanted:
            return
        told = now
        left = round((now - began) / done * (wanted - done))
        line = f"\r{words.number(done)} of {words.number(wanted)} decisions"
        line += f", {left // 60}:{left % 60:02} left" if done < wanted else ""
        print(f"{line:<48}", end="\n" if done == wanted else "", file=sys.stderr, flush=True)

    return tell


def table(data: Data) -> Iterable[str]:
    """The winners with how sure they are, then what one must know to read them."""
    rows = data["decisions"]
    head = ["Decision", "Winner", "first, of 100", "score", "lead", "Second", "first, of 100", "by"]
    yield from columns(head, [_cells(row) for row in rows], {2, 3, 4, 6})
    yield ""
    yield _summary(data)
    # An id may mean another in the next decision.
    winners = Counter(row["winner_name"] for row in rows if row["winner"]).most_common()
    if winners:
        led = [f"{name} {words.number(count)}" for name, count in winners]
        rest = f" and {len(led) - 8} more" if len(led) > 8 else ""
        yield f"First in so many: {', '.join(led[:8])}{rest}."
    notes = [(row["decision"], row["reason"]) for row in rows if row["reason"]]
    notes += [(row["decision"], text) for row in rows for text in row["warnings"]]
    if notes:
        yield ""
        yield bold("Notes")
        yield from (f"{decision}: {text}" for decision, text in notes[:_SHOWN])
        if len(notes) > _SHOWN:
            yield f"and {words.number(len(notes) - _SHOWN)} more, all in --format json"


def _cells(row: Data) -> list[str]:
    name = row["path"] if row["errors"] else row["decision"]
    if row["winner"] is None:
        return [name, "cannot be used" if row["errors"] else "none", "", "", "", "", "", ""]
    return [
        name,
        row["winner_name"] + (" (unproven)" if row["unproven"] else ""),
        words.of_100(_first(row)),
        _score(row, row["score"]),
        _score(row, row["margin"]),
        row["runner_up_name"] or "",
        "" if row["runner_up"] is None else words.of_100(_first(row, "runner_up_")),
        _by(row),
    ]


def _first(row: Data, who: str = "") -> float:
    """How often the winner (or `runner_up_`) is first: by the own method where it is drawn."""
    own: float | None = row[f"{who}first_by_method"]
    by_sum: float = row[f"{who}first_rank_acceptability"]
    return by_sum if own is None else own


def _by(row: Data) -> str:
    """The method whose order and shares a row has."""
    from selector.analysis.methods import called

    if row["method"] == "weighted_sum":
        return "weighted sum"
    shares = ", shares weighted sum" if row["first_by_method"] is None else ""
    return f"{called(row['method'])}{shares}"


def _score(row: Data, score: float | None) -> str:
    if score is None:
        return ""
    return words.points(score) if row["method"] == "weighted_sum" else f"{score:.4g}"


def _summary(data: Data) -> str:
    rows, unusable = data["decisions"], data["unusable"]
    without = sum(row["winner"] is None for row in rows) - unusable
    sure = [_first(row) for row in rows if row["winner"] is not None]
    parts = [f"{words.number(len(rows))} {'decision' if len(rows) == 1 else 'decisions'}"]
    if sure:
        high, low = sum(share >= 0.9 for share in sure), sum(share < 0.5 for share in sure)
        parts.append(f"the winner is first in 90 of 100 draws or more in {words.number(high)}")
        parts.append(f"in fewer than half in {words.number(low)}")
    if without:
        parts.append(f"{words.number(without)} without a winner")
    if unusable:
        parts.append(f"{words.number(unusable)} that cannot be used")
    drawn = words.number(data["samples"])
    return f"{'; '.join(parts)}. {drawn} draws each, seed {data['seed']}."
