"""A decision, complete: the question, the alternatives with their facts, and what is asked."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from selector.domain import EMPTY
from selector.domain.costing import Costing, Fallback
from selector.domain.criterion import CriteriaSet
from selector.domain.evidence import NOWHERE, Evidence, Scalar
from selector.domain.fact import Dictionary
from selector.domain.negotiated import Negotiated
from selector.domain.outcome import Notice
from selector.domain.pricing import Assumption
from selector.domain.problem import Origin
from selector.domain.record import Architecture, Record
from selector.domain.span import Span
from selector.domain.stack import StackSpec
from selector.domain.workload import Business, Workload


class Alternative(NamedTuple):
    """An option with its facts (the vendor's, overridden by the offer's and by the decision's).

    `performances` are given by the decision itself, by leaf; they come before facts.
    `costing` says how it is billed beyond its price facts; `fallback` is an offer that takes a
    share of the requests. `architecture` replaces the decision's own where this is chosen.
    """

    id: str
    name: str
    vendor: str = ""
    vendor_name: str = ""
    kind: str = ""
    offer: str = ""
    model: str = ""
    region: str = ""
    plan: str = ""
    facts: Mapping[str, Evidence] = EMPTY
    performances: Mapping[str, Evidence] = EMPTY
    costing: Costing | None = None
    fallback: Fallback | None = None
    architecture: Architecture = Architecture()
    origin: Origin = NOWHERE


class Requirement(NamedTuple):
    """A knock-out. Exactly one of `fact`, `criterion`, `any_of` is set; all conditions must hold.

    `unproven_is_out`: what is not proven is out; else it stays, marked. `reason` says why it is
    asked, and changes no answer.
    """

    fact: str = ""
    criterion: str = ""
    any_of: tuple["Requirement", ...] = ()
    at_least: Scalar | None = None
    at_most: Scalar | None = None
    equals: Scalar | None = None
    includes: tuple[str, ...] = ()
    unproven_is_out: bool = False
    not_applicable_passes: bool = False
    origin: Origin = NOWHERE
    reason: str = ""


class Comparison(NamedTuple):
    """A judgement: `first` is so many times as important as `second`."""

    first: str
    second: str
    times: float
    origin: Origin = NOWHERE


class WeightSpec(NamedTuple):
    """How weights come about: the method's name and what people said.

    `values` are points by criterion id (`direct`, `swing`); those in `percent` were written as
    shares of 100. `comparisons` (`ahp`) link all of one set of siblings; `best`,
    `worst` and the two vectors (`bwm`) all of one set. `subtrees` are ways of their own for the
    children of a group, by its id. `reasons` say why, by criterion.
    """

    method: str = "direct"
    values: Mapping[str, float] = EMPTY
    percent: frozenset[str] = frozenset()
    preset: str = ""
    order: tuple[str, ...] = ()
    formula: str = "roc"
    comparisons: tuple[Comparison, ...] = ()
    best: str = ""
    worst: str = ""
    best_to_others: Mapping[str, float] = EMPTY
    others_to_worst: Mapping[str, float] = EMPTY
    subtrees: Mapping[str, "WeightSpec"] = EMPTY
    reasons: Mapping[str, str] = EMPTY
    origin: Origin = NOWHERE


class Stakeholder(NamedTuple):
    """Somebody with weights of their own, and how much they count."""

    name: str
    weights: Mapping[str, float]
    influence: float = 1
    origin: Origin = NOWHERE


class Scenario(NamedTuple):
    """A named set of weights that somebody wants to see beside the decision's own."""

    name: str
    weights: Mapping[str, float]
    origin: Origin = NOWHERE


class Decision(NamedTuple):
    """All that an answer rests on, with every reference resolved.

    `assumptions` are the decision's own figures for the cost model, in the place of `assumed`,
    those of the price book, which are read when the first of them is wanted. No answer hangs on
    `record` or `scenarios`. One with a `stack` composes its alternatives of layers; `said` is what
    must be told of an answer beside what its own figures show.
    """

    id: str
    title: str
    criteria: CriteriaSet
    question: str = ""
    as_of: date | None = None
    monthly_budget: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    workload: Workload | None = None
    business: Business = Business()
    negotiated: Negotiated = Negotiated()
    assumptions: Mapping[str, Span] = EMPTY
    assumed: Mapping[str, Assumption] = EMPTY
    weights: WeightSpec = WeightSpec()
    method: str = "weighted_sum"
    parameters: Mapping[str, Mapping[str, float]] = EMPTY
    stakeholders: tuple[Stakeholder, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    uncertainty: Mapping[str, str | float] = EMPTY
    record: Record = Record()
    dictionary: Dictionary = EMPTY
    stack: StackSpec | None = None
    said: tuple[Notice, ...] = ()
    origin: Origin = NOWHERE
    method_origin: Origin = NOWHERE  # nowhere, too, where the method was asked for elsewhere

    @property
    def day(self) -> date:
        """The day by which staleness and prices are judged: `as_of`, else today."""
        return self.as_of or date.today()
