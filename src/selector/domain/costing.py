"""How an alternative is billed: the rows of the price book and the judgements that it names."""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import Evidence, Source
from selector.domain.pricing import (
    Accelerator,
    Basis,
    Instance,
    Price,
    ServedModel,
    Service,
    Throughput,
    TokenTariff,
)
from selector.domain.span import Span


class Judged(NamedTuple):
    """A figure that somebody states as a whole, with what it rests on."""

    figure: Span
    basis: Basis


class TokensChoice(NamedTuple):
    """A model in the token prices; `tariff` is None where there is no price for it.

    `smaller` is the tariff of the model to which requests could be routed.
    """

    provider: str
    model: str
    tariff: TokenTariff | None = None
    smaller: TokenTariff | None = None


class HostingChoice(NamedTuple):
    """A model that one hosts. None and nothing are what is not said, or not in the price book.

    `hours` are the prices of an hour by term, in the region chosen. `speeds` are the throughputs
    of benchmarks of all families, or of that which is named; those of one will count.
    """

    model: str = ""
    precision: str = ""
    instance: str = ""
    region: str = ""
    term: str = "on_demand"
    served: ServedModel | None = None
    machine: Instance | None = None
    accelerator: Accelerator | None = None
    hours: Mapping[str, Price] = EMPTY
    speeds: tuple[Throughput, ...] = ()
    instances_per_replica: Span = Span.exactly(1)
    utilisation: Span | None = None
    spare_replicas: Span | None = None
    autoscaling: bool = False
    scale_to_zero: bool = False
    cache_bytes: Span | None = None

    @property
    def model_name(self) -> str:
        """What the model is called; as the file says where the price book does not know it."""
        return self.served.name if self.served is not None else self.model

    @property
    def machine_name(self) -> str:
        """What the machine is called; as the file says where the price book does not know it."""
        return self.machine.name if self.machine is not None else self.instance

    @property
    def instances(self) -> int:
        """The instances of one copy of the model."""
        return ceil(self.instances_per_replica.likely)

    @property
    def accelerators(self) -> int:
        """The accelerators of one copy of the model."""
        return self.instances * (self.machine.cards if self.machine is not None else 1)


class Owned(NamedTuple):
    """Machines that one owns: price and years of use of one, its power, what power costs, space.

    Power is in kilowatts, `pue` what the building takes for each kilowatt of the machine,
    electricity in US dollars a kWh, space in US dollars a month.
    """

    price: Span
    years: Span
    kilowatts: Span | None = None
    pue: Span | None = None
    electricity_kwh: Span | None = None
    space_month: Span | None = None
    basis: Basis = Basis()


class ServiceChoice(NamedTuple):
    """A service of the price book, in a region."""

    service: Service
    region: str


class Fallback(NamedTuple):
    """Another offer that takes a share of the requests, with its facts and its prices."""

    name: str
    share: Span
    vendor: str = ""
    offer: str = ""
    model: str = ""
    facts: Mapping[str, Evidence] = EMPTY
    costing: "Costing | None" = None


class Costing(NamedTuple):
    """All that a `cost:` block says, resolved.

    `people_asked`: the decision itself asks for people, not only a profile that says how many
    hours. `displaced` are price facts in whose place a nearer block stands.
    """

    tokens: TokensChoice | None = None
    hosting: HostingChoice | None = None
    services: Mapping[str, ServiceChoice] = EMPTY
    embedding: TokensChoice | None = None
    people: Judged | None = None
    people_asked: bool = False
    owned: Owned | None = None
    monthly: Judged | None = None
    move_in: Judged | None = None
    move_out: Judged | None = None
    displaced: frozenset[str] = frozenset()


def judgement(
    reason: str, by: str = "", as_of: date | None = None, sources: tuple[Source, ...] = ()
) -> Basis:
    """What a judged figure rests on: its sources, else the reason as an assumption."""
    said = f"{reason} ({by})" if reason and by else reason
    if sources:
        return Basis(sources, as_of, confidence="medium", note=said)
    return Basis((), as_of, confidence="low", assumption=said)
