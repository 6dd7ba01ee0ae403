"""How large a decision may be that visitors bring or make: what the pages can show and draw.

The commands and one's home know no such limits. Nothing here knows of Streamlit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selector.catalog.reading import Document
from selector.domain.problem import InputError, Problem

MOST = {
    "alternatives": 100,
    "criteria": 200,
    "requirements": 200,
    "stakeholders": 100,
    "scenarios": 100,
    "measurements": 20,
}
MOST_CELLS = 5_000  # alternatives times criteria
LONGEST = {"title": 200, "question": 1_000, "name": 200, "unit": 100}  # letters
_NAMED = ("alternatives", "stakeholders", "scenarios")


def check_size(document: Document, criteria_of_the_set: int) -> None:
    """InputError where the decision has more of something, or longer names, than the app takes.

    `criteria_of_the_set` counts those of the set that it names, 0 where it names none.
    """
    data = document.data if isinstance(document.data, dict) else {}
    counts = {name: _count(data.get(name)) for name in MOST}
    counts["criteria"] = len(list(_rows(data.get("criteria"), ()))) or criteria_of_the_set
    problems = [
        Problem.at(
            document.origin(name),
            f"{counts[name]:,} {name}",
            f"the app takes at most {most}; the commands take more",
        )
        for name, most in MOST.items()
        if counts[name] > most
    ]
    cells = counts["alternatives"] * counts["criteria"]
    if not problems and cells > MOST_CELLS:
        what = f"{counts['alternatives']} alternatives on {counts['criteria']} criteria"
        instead = f"the app takes at most {MOST_CELLS:,} cells; the commands take more"
        problems.append(Problem.at(document.origin("alternatives"), what, instead))
    problems += _long(document, data)
    if problems:
        raise InputError(problems)


def _long(document: Document, data: Any) -> Iterator[Problem]:
    """What is longer than a line or a heading can be."""
    rows: list[tuple[tuple[Any, ...], Any]] = [((), data)]
    rows += [(place, row) for name in _NAMED for place, row in _rows(data.get(name), (name,))]
    rows += _rows(data.get("criteria"), ("criteria",))
    for place, row in rows:
        for key, most in LONGEST.items():
            told = row.get(key) if isinstance(row, dict) else None
            if isinstance(told, str) and len(told) > most:
                what = f"{key}: {len(told):,} letters"
                yield Problem.at(document.origin(*place, key), what, f"write at most {most:,}")


def _rows(found: Any, where: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every item of a list with its place, and those of the lists `children` in it."""
    for index, item in enumerate(found if isinstance(found, list) else ()):
        yield (*where, index), item
        if isinstance(item, dict):
            yield from _rows(item.get("children"), (*where, index, "children"))


def _count(found: Any) -> int:
    return len(found) if isinstance(found, list) else 0
