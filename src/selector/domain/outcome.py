"""What comes out: ranks, knock-outs, and the notices that say what one must know to read them."""

from collections.abc import Mapping
from typing import NamedTuple

from selector.domain import EMPTY


class Notice(NamedTuple):
    """A warning with a code for programs and plain words for people."""

    code: str
    text: str
    alternative: str = ""
    criterion: str = ""

    def __str__(self) -> str:
        return self.text


class Excluded(NamedTuple):
    """A requirement that an alternative fails, or cannot prove where proof is asked.

    `reason` is what is known that led to it; `why` is why the decision asks for it.
    """

    alternative: str
    name: str
    requirement: str
    reason: str
    requirement_index: int
    why: str = ""


class Ranked(NamedTuple):
    """One alternative in the ranking; rank 1 is best, ties share a rank.

    Scores of the weighted sum are 0 to 1; those of other methods are their own, without low and
    high, and None where a method gives no score.
    """

    alternative: str
    name: str
    rank: int
    score: float | None
    low: float | None
    high: float | None
    unproven: bool = False
    unproven_requirements: tuple[str, ...] = ()


class Stability(NamedTuple):
    """The stretch of a weight (share among its siblings) on which the winner stays first.

    `below` and `above` are the alternatives that take over past its ends; None where nobody does.
    """

    weight: float
    low: float
    high: float
    below: str | None = None
    above: str | None = None


class Contribution(NamedTuple):
    """What one leaf adds to the lead of one alternative over another, in points of a score."""

    leaf: str
    difference: float


class EvidenceCount(NamedTuple):
    """How well the cells of the ranking are known; the parts add up to `cells`."""

    cells: int
    known: int
    ranges: int
    weak: int
    disputed: int
    unknown: int
    not_applicable: int
    by_alternative: Mapping[str, float] = EMPTY
