"""An alternative as exports show it, and what speaks for it or against it."""

from __future__ import annotations

from typing import NamedTuple

from selector.domain.criterion import Criterion
from selector.domain.outcome import Excluded


class Reason(NamedTuple):
    """What one criterion adds to or takes from an option, in points of a score."""

    leaf: Criterion
    performance: str
    points: float


class Option(NamedTuple):
    """An alternative as an export shows it. `rank` is 0 for one that is knocked out.

    Scores are 0 to 1, None where the method gives none or the option is kept in confidence.
    """

    id: str
    name: str
    short: str
    detail: str
    place: int
    rank: int
    score: float | None
    low: float | None
    high: float | None
    first: float | None
    monthly: str
    unproven: tuple[str, ...]
    knocked_out: tuple[Excluded, ...]
