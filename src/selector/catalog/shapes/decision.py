"""The shape of a decision, `decisions/<id>.yaml`."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import ID_PATTERN, Id, Line, Name
from selector.catalog.shapes._shape import After, Before, Limits, Shape, wrong
from selector.catalog.shapes.costing import CostShape, FallbackShape
from selector.catalog.shapes.criteria import CriterionShape, Points, ValueShape
from selector.catalog.shapes.evidence import EvidenceShape
from selector.catalog.shapes.record import (
    ApprovalShape,
    ArchitectureShape,
    EntryShape,
    Names,
    Status,
)
from selector.catalog.shapes.workload import BusinessShape, WorkloadShape
from selector.catalog.shapes.workload import NotNegative as Figure

NotNegative = Annotated[float, Limits(ge=0)]
KindName = Literal["managed-platform", "model-api", "open-weight-stack", "component", "status-quo"]


_ONE_OVER = re.compile(r"1/[1-9]\d{0,2}\Z")
_BELONGS: dict[str, tuple[str, ...]] = {
    "values": ("direct", "swing"),
    "preset": ("preset",),
    "order": ("ranking",),
    "comparisons": ("ahp",),
    **dict.fromkeys(("best", "worst", "best_to_others", "others_to_worst"), ("bwm",)),
}
"""To which methods of weighing a key belongs."""


def _as_alternative(value: Any) -> Any:
    return {"vendor": value} if isinstance(value, str) else value


class AlternativeShape(Shape):
    """An alternative: a vendor, a vendor's offer, or one of the decision's own."""

    id: Id | None = None
    vendor: Id | None = None
    offer: Id | None = None
    name: Line = ""
    kind: KindName | None = None
    facts: dict[str, EvidenceShape] = {}
    cost: CostShape | None = None
    fallback: FallbackShape | None = None
    performance: dict[str, Any] = {}
    architecture: ArchitectureShape | None = None
    note: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        if self.id is None and self.vendor is None:
            raise wrong("an alternative without id and vendor", "add 'id: …' or 'vendor: …'")
        if self.offer is not None and self.vendor is None:
            raise wrong("an offer without its vendor", "add 'vendor: …'")
        if self.fallback is None or self.cost is not None or self.facts:
            return
        if (self.fallback.vendor, self.fallback.offer) == (self.vendor, self.offer):
            raise wrong("the fallback is the alternative itself", "name another offer there")


AlternativeItem = Annotated[AlternativeShape, Before(_as_alternative, or_text=True)]


class RequirementShape(Shape):
    """A knock-out on a fact or a criterion, or any of several."""

    fact: Id | None = None
    criterion: Id | None = None
    any: Annotated[list["RequirementShape"], Limits(min_length=1)] | None = None
    at_least: Any = None
    at_most: Any = None
    is_: Any = None
    includes: Annotated[list[str], Limits(min_length=1)] | None = None
    unproven: Literal["out", "stays"] = "stays"
    when_not_applicable: Literal["pass", "fail"] = "fail"
    reason: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        named = (self.fact is not None) + (self.criterion is not None) + (self.any is not None)
        if named != 1:
            raise wrong("not one requirement", "give fact, or criterion, or any")
        conditions = [self.at_least, self.at_most, self.is_, self.includes]
        given = sum(condition is not None for condition in conditions)
        if self.any is not None and given:
            raise wrong("a condition beside 'any'", "put conditions into the items of 'any'")
        if any(item.unproven == "out" for item in self.any or ()):
            raise wrong("'unproven' inside 'any'", "write it beside 'any': it is of the whole")
        if self.any is None and not given:
            raise wrong(
                "a requirement without a condition", "add at_least, at_most, is or includes"
            )


class BudgetShape(Shape):
    """What may be spent, in US dollars."""

    monthly: Annotated[float, Limits(gt=0)]


def _comparison(value: list[Any]) -> list[Any]:
    """A judgement of AHP: two criteria, and how many times as important the first is."""
    meant = "write [first, second, 3]: the first is 3 times as important as the second"
    if len(value) != 3 or not all(isinstance(name, str) for name in value[:2]):
        raise wrong("not a comparison", meant)
    first, second, times = value
    if isinstance(times, str) and _ONE_OVER.match(times):
        times = 1 / float(times.partition("/")[2])
    if isinstance(times, bool) or not isinstance(times, int | float):
        raise wrong(f"{str(times).lower()!r} is not a judgement", f"{meant}; 1/3 turns it round")
    if not 0.001 <= times <= 1000:
        raise wrong(f"a judgement of {times:g}", "write 1 to 9, or 1/2 to 1/9 to turn it round")
    return [first, second, float(times)]


SubtreeMethod = Literal["direct", "swing", "ranking", "ahp", "bwm", "equal"]
TreeMethod = Literal[SubtreeMethod, "preset", "entropy", "critic", "std", "merec"]
Comparisons = list[Annotated[list[Any], After(_comparison)]]
Times = Annotated[float, Limits(ge=1, le=1000)]


class SubtreeShape(Shape):
    """A way of its own to weigh the children of one group."""

    method: SubtreeMethod = "direct"
    values: dict[str, Points] = {}
    order: list[str] = []
    formula: Literal["roc", "rank_sum", "reciprocal"] = "roc"
    comparisons: Comparisons = []
    best: str = ""
    worst: str = ""
    best_to_others: dict[str, Times] = {}
    others_to_worst: dict[str, Times] = {}

    def check(self) -> None:
        """Relations between the keys."""
        for key, methods in _BELONGS.items():
            if getattr(self, key, None) and self.method not in methods:
                raise wrong(f"'{key}' with the method {self.method}", f"it belongs to {methods[0]}")
        if self.method == "ranking" and len(self.order) < 2:
            raise wrong("a ranking of fewer than two criteria", "add 'order: [first, second, …]'")
        if len(set(self.order)) < len(self.order):
            raise wrong("a criterion stands twice in the order", "name each once")
        if self.method == "ahp" and not self.comparisons:
            raise wrong("ahp without comparisons", "add 'comparisons: [[first, second, 3], …]'")
        if self.method == "bwm" and not (self.best and self.worst):
            raise wrong("bwm without best and worst", "add 'best: …' and 'worst: …'")
        if self.method == "bwm" and self.best == self.worst:
            raise wrong(f"{self.best!r} is both best and worst", "name two criteria")


class WeightsShape(SubtreeShape):
    """How the weights come about."""

    method: TreeMethod = "direct"  # type: ignore[assignment]  # and more than a subtree's
    preset: str = ""
    subtrees: dict[str, SubtreeShape] = {}
    reasons: dict[str, str] = {}

    def check(self) -> None:
        """Relations between the keys."""
        super().check()
        if self.method == "preset" and not self.preset:
            raise wrong("a preset without its name", "add 'preset: …'")


class StakeholderShape(Shape):
    """Somebody with weights of their own."""

    name: Name
    influence: NotNegative = 1.0
    weights: dict[str, Points] = {}


class ScenarioShape(Shape):
    """A named set of weights beside the decision's own."""

    name: Name
    weights: dict[str, Points] = {}


class UncertaintyShape(Shape):
    """How weights may vary in robustness."""

    weights: Any = None

    def check(self) -> None:
        """Relations between the keys."""
        given = self.weights
        if given in (None, "uniform", "order"):
            return
        spread = given.get("around") if isinstance(given, dict) and len(given) == 1 else None
        if isinstance(spread, bool) or not isinstance(spread, int | float) or not 0 <= spread <= 1:
            raise wrong("not a way to vary weights", "write uniform, order, or {around: 0.25}")


class LayerShape(Shape):
    """A layer of a stack: a small decision of its own."""

    id: Id
    name: Line = ""
    weight: Points = None
    criteria: str | list[CriterionShape] | None = None
    scales: dict[str, ValueShape] = {}
    candidates: Annotated[list[AlternativeItem], Limits(min_length=1)] | None = None
    requirements: list[RequirementShape] = []
    weights: WeightsShape = WeightsShape()
    fixed: Annotated[str, Limits(pattern=f"^$|{ID_PATTERN}")] | None = None
    optional: bool = False


Count = Annotated[int, Limits(ge=0, le=1000)]


class LimitsShape(Shape):
    """What a whole stack must keep to."""

    monthly_cost: Annotated[float, Limits(gt=0)] | None = None
    vendors: Annotated[int, Limits(ge=1, le=1000)] | None = None
    new_skills: Count | None = None


class FitPointsShape(Shape):
    """What an adapter takes off the score of the whole stack, in points of 100."""

    small: NotNegative = 1.0
    medium: NotNegative = 3.0
    large: NotNegative = 8.0

    def check(self) -> None:
        """Relations between the keys."""
        if not self.small <= self.medium <= self.large <= 100:
            raise wrong("points that do not rise", "small, medium and large rise, up to 100")


class StackShape(Shape):
    """A stack that is composed of layers."""

    pattern: Id | None = None
    layers: Annotated[list[LayerShape], Limits(min_length=1)]
    limits: LimitsShape = LimitsShape()
    skills: list[str] | None = None
    fit: FitPointsShape = FitPointsShape()

    def check(self) -> None:
        """Relations between the keys."""
        if self.limits.new_skills is not None and self.skills is None:
            raise wrong("a limit of new skills without skills", "add 'skills: [..]' that you have")


class DecisionFile(Shape):
    """The whole decision."""

    id: Id
    title: Name
    question: str = ""
    as_of: date | None = None
    criteria: str | list[CriterionShape] = None  # type: ignore[assignment]  # may be absent, not null
    stack: StackShape | None = None
    scales: dict[str, ValueShape] = {}
    budget: BudgetShape | None = None
    alternatives: list[AlternativeItem] = []
    measurements: list[str] = []
    requirements: list[RequirementShape] = []
    workload: WorkloadShape | None = None
    business: BusinessShape | None = None
    prices: str = ""
    assumptions: dict[str, Figure] = {}
    weights: WeightsShape = WeightsShape()
    method: str = "weighted_sum"
    parameters: dict[str, dict[str, float]] = {}
    stakeholders: list[StakeholderShape] = []
    scenarios: list[ScenarioShape] = []
    uncertainty: UncertaintyShape = UncertaintyShape()
    status: Status | None = None
    approved: list[ApprovalShape] = []
    supersedes: Names = []
    superseded_by: Line = ""
    architecture: ArchitectureShape | None = None
    changes: list[EntryShape] = []
