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


def check_size(document: Document, criteria_of_the_set: int) -> None:
    """InputError where the decision has more of something than the app takes.

    `criteria_of_the_set` counts those of the set that it names, 0 where it names none.
    """
    data = document.data if isinstance(document.data, dict) else {}
    counts = {name: _count(data.get(name)) for name in MOST}
    counts["criteria"] = sum(1 for _ in _nodes(data.get("criteria"))) or criteria_of_the_set
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
    if problems:
        raise InputError(problems)


def _count(found: Any) -> int:
    return len(found) if isinstance(found, list) else 0


def _nodes(criteria: Any) -> Iterator[Any]:
    """Every criterion and group written in the file."""
    if isinstance(criteria, list):
        for criterion in criteria:
            yield criterion
            if isinstance(criterion, dict):
                yield from _nodes(criterion.get("children"))
