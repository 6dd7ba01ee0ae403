"""The price book: what tokens, machines and services cost, what models need, how fast they run.

All money is in US dollars, as Decimal. Nothing here knows a file: the catalogue fills the records,
the cost model reads them.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import AsOfKind, Confidence, Source

Term = Literal["on_demand", "spot", "reserved_1y", "reserved_3y", "capacity"]
ServiceKind = Literal["cluster", "storage", "egress", "index", "logging", "fine_tuning", "endpoint"]
Driver = Literal[
    "month",  # a flat amount
    "hour",  # each hour of service
    "gb_month",  # each GB kept for a month
    "gb",  # each GB sent, taken in or read
    "million_queries",  # each million questions asked of an index
    "million_writes",  # each million vectors or records written
    "million_tokens",  # each million tokens trained on
    "million_requests",  # each million requests
]
Family = Literal["mlperf", "inferencex", "silybench", "own", "other"]
ANYWHERE = "any"
"""The region of a price that is the same everywhere."""


class Basis(NamedTuple):
    """What a row of the price book rests on.

    `assumption` is the reason where the figure is assumed rather than found, else empty.
    `confidential` marks what a company has negotiated, and may not pass on.
    """

    sources: tuple[Source, ...] = ()
    as_of: date | None = None
    as_of_kind: AsOfKind | None = None
    confidence: Confidence = "medium"
    assumption: str = ""
    confidential: bool = False
    note: str = ""


class Figure(NamedTuple):
    """A number of the price book with its ends; the three rise."""

    low: Decimal
    likely: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal) -> "Figure":
        """A number that is known."""
        return cls(value, value, value)


class Price(NamedTuple):
    """An amount of US dollars for one `unit` ("hour", "GB-month", …), with what it rests on."""

    low: Decimal
    likely: Decimal
    high: Decimal
    unit: str
    basis: Basis = Basis()


class Tier(NamedTuple):
    """A marginal price: what each unit beyond `above` units a month costs."""

    above: Decimal
    price: Price


class TokenRates(NamedTuple):
    """US dollars per million tokens; None where the price list has no such price.

    A model without `cached_input` has no cheaper cache: what would be read from it is paid as
    input; without `cache_write`, writing to it costs what input does.
    """

    input: Decimal | None = None
    output: Decimal | None = None
    cached_input: Decimal | None = None
    cache_write: Decimal | None = None


class TokenTier(NamedTuple):
    """Rates of a whole request (all its tokens) whose input has more than `above` tokens."""

    above: int
    rates: TokenRates
    batch: TokenRates | None = None


class TokenPrices(NamedTuple):
    """The rates in force from a day on (None: from the beginning), with tiers by length.

    `batch` are the rates of requests sent as a batch, None where the list has none. Where prices
    change with the time of day `off_peak` holds the cheaper ones, and `rates` the full ones.
    """

    starts: date | None
    rates: TokenRates
    batch: TokenRates | None = None
    tiers: tuple[TokenTier, ...] = ()
    off_peak: TokenRates | None = None


class TokenTariff(NamedTuple):
    """What a model costs at a provider; `dated` in the order of their days.

    `also_billed` are charges that are not by the token (per request, per page) and not in `dated`.
    """

    provider: str
    model: str
    name: str
    dated: tuple[TokenPrices, ...]
    basis: Basis = Basis()
    context_tokens: int | None = None
    is_deprecated: bool = False
    also_billed: tuple[str, ...] = ()

    def on(self, day: date) -> TokenPrices:
        """The prices in force on that day: the latest that have begun, else the first."""
        begun = [prices for prices in self.dated if prices.starts is None or prices.starts <= day]
        return begun[-1] if begun else self.dated[0]

    def after(self, day: date) -> tuple[TokenPrices, ...]:
        """The prices that begin later."""
        return tuple(p for p in self.dated if p.starts is not None and p.starts > day)


class Accelerator(NamedTuple):
    """A card or chip: its memory in GB (10^9 bytes) and its power in watts, None where unknown."""

    id: str
    name: str
    memory_gb: Decimal
    watts: Decimal | None = None
    basis: Basis = Basis()


class Instance(NamedTuple):
    """A machine, or a managed endpoint on one, by the hour.

    `prices` maps a region to its prices by term; `includes` says in words what the price covers
    beyond the machine. It holds `cards` accelerators.
    """

    id: str
    cloud: str
    name: str
    accelerator: str
    cards: int
    prices: Mapping[str, Mapping[Term, Price]]
    is_endpoint: bool = False
    includes: str = ""

    def price(self, region: str, term: Term = "on_demand") -> Price:
        """The price of an hour in that region (or anywhere). KeyError where there is none."""
        for place in (region, ANYWHERE):
            if term in self.prices.get(place, EMPTY):
                return self.prices[place][term]
        raise KeyError((self.id, region, term))


class Licence(NamedTuple):
    """What the licence of a model's weights asks for.

    `users_below`: allowed without asking up to that many monthly users. `excluded_regions` are
    places in which (or for whose residents) the weights may not be used; `purposes`, where it has
    any, are the only ones allowed, `excluded_purposes` those that are not.
    """

    name: str
    users_below: int | None = None
    excluded_regions: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    excluded_purposes: tuple[str, ...] = ()
    attribution: str = ""
    basis: Basis = Basis()


class ServedModel(NamedTuple):
    """A model whose weights one can run, and what it needs of memory.

    `parameters` and `active_parameters` are counts. `weights_gb` maps a precision (bf16, fp8,
    int4 …) to GB (10^9 bytes). The key-value cache takes 2 × layers × kv_heads × head_dim values
    for each token unless `cache_values_per_token` says otherwise (a compressed cache, say). None
    is unknown; without a `licence` nobody has read it.
    """

    id: str
    name: str
    parameters: Decimal
    weights_gb: Mapping[str, Decimal]
    licence: Licence | None = None
    active_parameters: Decimal | None = None
    layers: int | None = None
    kv_heads: int | None = None
    head_dim: int | None = None
    cache_values_per_token: int | None = None
    context_tokens: int | None = None
    basis: Basis = Basis()


class Latency(NamedTuple):
    """How long something took at most, in seconds, for `percentile` of 100 answers.

    Without a percentile it is not said for how many.
    """

    seconds: Decimal
    percentile: Decimal | None = None


class Throughput(NamedTuple):
    """Tokens a second that a model sustained on so many `cards` in a published benchmark.

    Families measure different things and are never mixed: `counts` says which tokens are counted
    (the output, or input and output together), `limit` in words how fast each answer had to be.
    `first_token` is how long the first token took or was allowed to take at that speed, `per_token`
    each further one; None where nobody has read it.
    `input_tokens` and `output_tokens` are those of one request, None where not said. `per_card`:
    the figure is that of each card of a larger system, as those benchmarks publish it.
    """

    id: str
    model: str
    accelerator: str
    cards: int
    precision: str
    family: Family
    counts: Literal["output", "total"]
    tokens_per_second: Figure
    engine: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    limit: str = ""
    first_token: Latency | None = None
    per_token: Latency | None = None
    per_card: bool = False
    basis: Basis = Basis()

    def on(self, cards: int) -> Figure | None:
        """Tokens a second on so many cards: as measured, or per card times cards, else None."""
        if self.per_card:
            return Figure(*(speed * cards for speed in self.tokens_per_second))
        return self.tokens_per_second if cards == self.cards else None


class Charge(NamedTuple):
    """One thing that a service bills: `times` the workload's quantity of `per`, at a price.

    Where it runs in units that hold `holds_gb` each, by the hour, as many run as the data fill,
    and at least `times`.

    `prices` maps a region to marginal tiers, lowest first (a free amount is a first tier at
    nought); they apply to the billed units of a month.
    """

    name: str
    per: Driver
    unit: str
    prices: Mapping[str, tuple[Tier, ...]]
    times: Figure = Figure.exactly(Decimal(1))
    holds_gb: Decimal | None = None
    basis: Basis = Basis()

    def tiers(self, region: str) -> tuple[Tier, ...]:
        """The tiers in that region (or anywhere). KeyError where there are none."""
        for place in (region, ANYWHERE):
            if place in self.prices:
                return self.prices[place]
        raise KeyError((self.name, region))


class Service(NamedTuple):
    """A service around the model; its bill is at least `minimum` US dollars a month."""

    id: str
    name: str
    provider: str
    kind: ServiceKind
    charges: tuple[Charge, ...]
    minimum: Price | None = None


class Assumption(NamedTuple):
    """A figure that the model assumes where the decision says nothing; `basis` gives the reason."""

    id: str
    name: str
    unit: str
    figure: Figure
    basis: Basis


class PriceBook(NamedTuple):
    """All rows by id; a lookup of what is not there raises KeyError.

    `tokens` maps a provider to its models. `providers` maps a provider to its name.
    """

    tokens: Mapping[str, Mapping[str, TokenTariff]] = EMPTY
    providers: Mapping[str, str] = EMPTY
    accelerators: Mapping[str, Accelerator] = EMPTY
    instances: Mapping[str, Instance] = EMPTY
    models: Mapping[str, ServedModel] = EMPTY
    throughputs: Mapping[str, Throughput] = EMPTY
    services: Mapping[str, Service] = EMPTY
    assumptions: Mapping[str, Assumption] = EMPTY

    def tariff(self, provider: str, model: str) -> TokenTariff:
        """The token prices of a model at a provider."""
        return self.tokens[provider][model]

    def speeds(self, model: str, accelerator: str, precision: str = "") -> tuple[Throughput, ...]:
        """The throughputs of a model on a kind of accelerator, of all families, in file order."""
        return tuple(
            speed
            for speed in self.throughputs.values()
            if speed.model == model
            and speed.accelerator == accelerator
            and precision in ("", speed.precision)
        )
