"""The shape of a `cost:` block, in a profile, an offer or an alternative."""

from datetime import date
from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import Id, Name
from selector.catalog.shapes._shape import Before, Shape, wrong
from selector.catalog.shapes.evidence import Sources
from selector.catalog.shapes.workload import SPAN, NotNegative, Positive, PositiveShare, spanned

Whole = Annotated[Any, Before(spanned(1, 100_000), SPAN)]


class TokensChoiceShape(Shape):
    """Which row of the token prices counts, and to which model of it requests could be routed."""

    provider: Name = ""
    model: Name = ""
    smaller_model: Name = ""


class HostingShape(Shape):
    """A model that one hosts: which, on what, and how it is run."""

    model: Id = ""
    precision: Id = ""
    instance: Id = ""
    region: str = ""
    term: Literal["on_demand", "spot", "reserved_1y", "reserved_3y", "capacity"] = "on_demand"
    instances_per_replica: Whole = None
    utilisation: PositiveShare = None
    autoscaling: bool = False
    scale_to_zero: bool = False
    spare_replicas: NotNegative = None
    family: Literal["mlperf", "inferencex", "silybench", "own", "other"] | None = None
    engine: str = ""
    cache_bytes: Annotated[Any, Before(spanned(0.25, 4), SPAN)] = None


class ModelChoiceShape(Shape):
    """A model of a provider in the token prices."""

    provider: Name
    model: Name


class ServicesShape(Shape):
    """Which services of the price book stand around the model."""

    cluster: Id = ""
    storage: Id = ""
    egress: Id = ""
    index: Id = ""
    logging: Id = ""
    endpoint: Id = ""
    fine_tuning: Id = ""
    embedding: ModelChoiceShape | None = None
    region: str = ""


class HoursShape(Shape):
    """Hours of work that running it takes, as somebody judges."""

    hours_per_month: NotNegative = None
    reason: str = ""
    by: str = ""
    as_of: date | None = None
    source: Sources | None = None


class AmountShape(Shape):
    """An amount of US dollars that is known or judged as a whole."""

    value: NotNegative = None
    reason: str = ""
    by: str = ""
    as_of: date | None = None
    source: Sources | None = None

    def check(self) -> None:
        """Relations between the keys."""
        if self.value is None:
            raise wrong("an amount without its figure", "add 'value: …'")
        if not self.reason and self.source is None:
            raise wrong("an amount that rests on nothing", "add 'reason: …' or 'source: …'")


class OwnedShape(Shape):
    """Machines that one owns, instead of rented ones."""

    price: Positive = None
    years: Positive = None
    kilowatts: NotNegative = None
    pue: Annotated[Any, Before(spanned(1, 5), SPAN)] = None
    electricity_kwh: NotNegative = None
    space_month: NotNegative = None
    reason: str = ""
    as_of: date | None = None
    source: Sources | None = None

    def check(self) -> None:
        """Relations between the keys."""
        if self.price is None or self.years is None:
            raise wrong("machines without price or life", "add 'price: …' and 'years: …'")


class CostShape(Shape):
    """How an alternative is billed, beyond the price facts."""

    tokens: TokensChoiceShape | None = None
    hosting: HostingShape | None = None
    services: ServicesShape | None = None
    people: HoursShape | None = None
    owned: OwnedShape | None = None
    monthly: AmountShape | None = None
    move_in: AmountShape | None = None
    move_out: AmountShape | None = None


class FallbackShape(Shape):
    """Another offer that takes a share of the requests."""

    vendor: Id
    offer: Id | None = None
    share: Annotated[Any, Before(spanned(0, 1), SPAN)]
