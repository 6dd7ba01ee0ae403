"""The shape of a decision, `decisions/<id>.yaml`."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from selector.catalog.shapes._common import Id, Number, Shape, wrong
from selector.catalog.shapes.criteria import CriterionShape, Points, ValueShape
from selector.catalog.shapes.evidence import EvidenceShape

Share = Annotated[Number, Field(ge=0, le=1)]
NotNegative = Annotated[Number, Field(ge=0)]


def _as_alternative(value: Any) -> Any:
    return {"vendor": value} if isinstance(value, str) else value


class AlternativeShape(Shape):
    """An alternative: a vendor, a vendor's offer, or one of the decision's own."""

    id: Id | None = None
    vendor: Id | None = None
    offer: Id | None = None
    name: str = ""
    facts: dict[str, EvidenceShape] = {}
    performance: dict[str, Any] = {}
    note: str = ""

    @model_validator(mode="after")
    def _is_named(self) -> "AlternativeShape":
        if self.id is None and self.vendor is None:
            raise wrong("an alternative without id and vendor", "add 'id: …' or 'vendor: …'")
        if self.offer is not None and self.vendor is None:
            raise wrong("an offer without its vendor", "add 'vendor: …'")
        return self


AlternativeItem = Annotated[AlternativeShape, BeforeValidator(_as_alternative)]


class RequirementShape(Shape):
    """A knock-out on a fact or a criterion, or any of several."""

    fact: Id | None = None
    criterion: Id | None = None
    any: list["RequirementShape"] | None = Field(default=None, min_length=1)
    at_least: Any = None
    at_most: Any = None
    is_: Any = Field(default=None, alias="is")
    includes: list[str] | None = Field(default=None, min_length=1)
    unproven: Literal["out", "stays"] = "stays"
    when_not_applicable: Literal["pass", "fail"] = "fail"
    reason: str = ""

    @model_validator(mode="after")
    def _is_one(self) -> "RequirementShape":
        named = (self.fact is not None) + (self.criterion is not None) + (self.any is not None)
        if named != 1:
            raise wrong("not one requirement", "give fact, or criterion, or any")
        conditions = [self.at_least, self.at_most, self.is_, self.includes]
        given = sum(condition is not None for condition in conditions)
        if self.any is not None and given:
            raise wrong("a condition beside 'any'", "put conditions into the items of 'any'")
        if self.any is None and not given:
            raise wrong("a requirement without a condition", "add at_least, at_most, is or includes")
        return self


class WorkloadShape(Shape):
    """The monthly load."""

    requests_per_month: NotNegative
    input_tokens: NotNegative = 0.0
    output_tokens: NotNegative = 0.0
    cached_share: Share = 0.0
    batch_share: Share = 0.0
    peak_to_mean: Annotated[Number, Field(ge=1)] = 1.0
    growth_per_month: Annotated[Number, Field(gt=-1, le=10)] = 0.0
    months: int = Field(default=12, ge=1, le=600)
    hours_per_month: Annotated[Number, Field(gt=0, le=744)] = 730.0
    replicas: int = Field(default=1, ge=1, le=100_000)


class BudgetShape(Shape):
    """What may be spent, in US dollars."""

    monthly: Annotated[Number, Field(gt=0)]


class WeightsShape(Shape):
    """How the weights come about."""

    method: Literal["direct", "swing", "ranking", "equal", "preset"] = "direct"
    values: dict[str, Points] = {}
    preset: str = ""
    order: list[str] = []
    formula: Literal["roc", "rank_sum", "reciprocal"] = "roc"

    @model_validator(mode="after")
    def _fits_its_method(self) -> "WeightsShape":
        belongs = {"values": ("direct", "swing"), "preset": ("preset",), "order": ("ranking",)}
        for key, methods in belongs.items():
            if getattr(self, key) and self.method not in methods:
                raise wrong(f"'{key}' with the method {self.method}", f"it belongs to {methods[0]}")
        if self.method == "preset" and not self.preset:
            raise wrong("a preset without its name", "add 'preset: …'")
        if self.method == "ranking" and len(self.order) < 2:
            raise wrong("a ranking of fewer than two criteria", "add 'order: [first, second, …]'")
        if len(set(self.order)) < len(self.order):
            raise wrong("a criterion stands twice in the order", "name each once")
        return self


class StakeholderShape(Shape):
    """Somebody with weights of their own."""

    name: str = Field(min_length=1)
    influence: NotNegative = 1.0
    weights: dict[str, Points] = {}


class UncertaintyShape(Shape):
    """How weights may vary in robustness."""

    weights: Any = None

    @model_validator(mode="after")
    def _is_known(self) -> "UncertaintyShape":
        given = self.weights
        if given in (None, "uniform", "order"):
            return self
        spread = given.get("around") if isinstance(given, dict) and len(given) == 1 else None
        if isinstance(spread, bool) or not isinstance(spread, int | float) or not 0 <= spread <= 1:
            raise wrong("not a way to vary weights", "write uniform, order, or {around: 0.25}")
        return self


class DecisionFile(Shape):
    """The whole decision."""

    id: Id
    title: str = Field(min_length=1)
    question: str = ""
    as_of: date | None = None
    criteria: Annotated[
        Annotated[str, Tag("id")] | Annotated[list[CriterionShape], Tag("tree")],
        Discriminator(lambda value: "tree" if isinstance(value, list) else "id"),
    ]
    scales: dict[str, ValueShape] = {}
    budget: BudgetShape | None = None
    alternatives: list[AlternativeItem] = []
    measurements: list[str] = []
    requirements: list[RequirementShape] = []
    workload: WorkloadShape | None = None
    weights: WeightsShape = WeightsShape()
    method: str = "weighted_sum"
    parameters: dict[str, dict[str, Number]] = {}
    stakeholders: list[StakeholderShape] = []
    uncertainty: UncertaintyShape = UncertaintyShape()

