"""Criteria: the tree, what each leaf measures, and how a performance becomes a value."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import NOWHERE
from selector.domain.problem import Origin

Goal = Literal["max", "min"]
CostFigure = Literal["monthly", "monthly_mean", "total", "per_1000_requests"]


class FactMeasure(NamedTuple):
    """The performance is one fact."""

    fact: str


class ShareMeasure(NamedTuple):
    """The performance is the share, 0 to 1, of the `wanted` choices that a set fact has."""

    fact: str
    wanted: tuple[str, ...]


class CostMeasure(NamedTuple):
    """The performance is a figure of the bill that the workload makes."""

    figure: CostFigure


class LayerMeasure(NamedTuple):
    """The performance is the score of what a stack has in a layer; `of_bills` where bills count."""

    of_bills: bool


Measure = FactMeasure | ShareMeasure | CostMeasure | LayerMeasure


class BudgetShare(NamedTuple):
    """An end of a scale given as a share of the decision's monthly budget."""

    share: float


End = float | BudgetShare


class LinearScale(NamedTuple):
    """A straight value function from `worst` (0) to `best` (1)."""

    worst: End
    best: End
    clamp: bool = True


class PointScale(NamedTuple):
    """A value function of straight pieces through points (performance, value)."""

    points: tuple[tuple[float, float], ...]


class LevelScale(NamedTuple):
    """A value for each named level."""

    levels: Mapping[str, float]


Scale = LinearScale | PointScale | LevelScale


class Preference(NamedTuple):
    """The preference function of the outranking methods (Brans and Vincke 1985)."""

    shape: Literal["usual", "u", "v", "level", "linear", "gaussian"]
    indifference: float | None = None
    preference: float | None = None
    sigma: float | None = None


class Criterion(NamedTuple):
    """A leaf of the tree, or a group with `children`.

    `weight` is relative to the siblings; None where no sibling has one. `weight_is_percent` says
    that it was written as a share of 100. `goal` is None where only the scale gives a direction.
    """

    id: str
    name: str
    children: tuple["Criterion", ...] = ()
    weight: float | None = None
    weight_is_percent: bool = False
    goal: Goal | None = None
    unit: str = ""
    measure: Measure | None = None
    scale: Scale | None = None
    question: str = ""
    anchors: Mapping[float, str] = EMPTY
    frameworks: Mapping[str, tuple[str, ...]] = EMPTY
    not_applicable: Literal["best", "worst"] | float | None = None
    preference: Preference | None = None
    veto: float | None = None
    origin: Origin = NOWHERE

    @property
    def direction(self) -> Goal:
        """Whether more is better (`max`) or less: the goal, else what the scale says."""
        if self.goal is None and isinstance(self.scale, LinearScale):
            worst, best = self.scale.worst, self.scale.best
            if isinstance(worst, BudgetShare) and isinstance(best, BudgetShare):
                return "min" if worst.share > best.share else "max"
            if isinstance(worst, float | int) and isinstance(best, float | int):
                return "min" if worst > best else "max"
        return self.goal or "max"

    def walk(self) -> Iterator["Criterion"]:
        """This criterion and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator["Criterion"]:
        """The leaves at or below this criterion, in the order of the file."""
        return (criterion for criterion in self.walk() if not criterion.children)


WIDENING: Mapping[str, float] = MappingProxyType({"high": 0.0, "medium": 0.05, "low": 0.15})


class CriteriaSet(NamedTuple):
    """A named tree of criteria with role presets and the settings of robustness."""

    id: str
    name: str
    criteria: tuple[Criterion, ...]
    presets: Mapping[str, Mapping[str, float]] = EMPTY
    widening: Mapping[str, float] = WIDENING

    def walk(self) -> Iterator[Criterion]:
        """All criteria, parents before children, in the order of the file."""
        for criterion in self.criteria:
            yield from criterion.walk()

    def leaves(self) -> tuple[Criterion, ...]:
        """The leaves, in the order of the file."""
        return tuple(criterion for criterion in self.walk() if not criterion.children)

    def siblings(self) -> Iterator[tuple[Criterion | None, tuple[Criterion, ...]]]:
        """Each set of siblings with its parent (None at the top), parents first."""
        yield None, self.criteria
        for criterion in self.walk():
            if criterion.children:
                yield criterion, criterion.children
