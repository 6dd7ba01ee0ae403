"""What is proposed: a whole decision, each part with its reason."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from selector.domain import EMPTY
from selector.domain.span import Span


class ProposedRequirement(NamedTuple):
    """A knock-out: `asks` is what the file writes, `says` is it in words."""

    id: str
    asks: Mapping[str, Any]
    says: str
    reason: str
    source: str


class ProposedAlternative(NamedTuple):
    """An offer, or what there is today (without a vendor)."""

    id: str
    name: str
    kind: str
    reason: str
    vendor: str = ""
    offer: str = ""
    monthly: float | None = None
    performance: Mapping[str, float] = EMPTY
    facts: Mapping[str, Mapping[str, Any]] = EMPTY


class LeftOut(NamedTuple):
    """An offer that is not proposed, and why; `id` names it for those who want it all the same."""

    id: str
    name: str
    reason: str
    vendor: str
    offer: str
    kind: str


class Figure(NamedTuple):
    """A figure of the workload. `assumed` says that nobody answered it."""

    key: str
    value: Span | float | str
    reason: str
    assumed: bool = False


class ProposedWeight(NamedTuple):
    """The points of a group, beside those of the criteria set."""

    criterion: str
    name: str
    points: int
    usual: float
    reason: str


class Said(NamedTuple):
    """A sentence, and what stands behind it."""

    text: str
    source: str = ""


class Proposal(NamedTuple):
    """A whole decision as it follows from the answers.

    `worst_cost` is the end of the scale of cost where no budget was given. `assumptions` are all
    that is taken for granted because nobody answered; `notes` what there is to know besides.
    `without` are the parts that somebody took out, so that they can be put back.
    """

    id: str
    title: str
    question: str
    criteria: str
    criteria_name: str
    criteria_reason: Said
    alternatives: tuple[ProposedAlternative, ...]
    left_out: tuple[LeftOut, ...]
    requirements: tuple[ProposedRequirement, ...]
    workload: tuple[Figure, ...]
    budget: float | None
    worst_cost: float | None
    cost_criteria: tuple[str, ...]
    cost_reason: str
    weights: tuple[ProposedWeight, ...]
    assumptions: tuple[str, ...]
    notes: tuple[Said, ...]
    without: tuple[ProposedRequirement | ProposedAlternative, ...] = ()


class Wishes(NamedTuple):
    """What somebody wants otherwise than it follows from the answers.

    `without` are ids of requirements and alternatives that are taken out, `also` ids of offers
    that were left out and shall be in. `points` replace those of groups, `figures` those of the
    workload, by key.
    """

    criteria: str = ""
    without: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    points: Mapping[str, float] = EMPTY
    figures: Mapping[str, float] = EMPTY


NO_WISHES = Wishes()
