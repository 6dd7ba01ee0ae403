"""The shapes of the files of the price book, `prices/*.yaml`."""

from datetime import date
from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import Id, Line, Name, WebAddress
from selector.catalog.shapes._shape import Before, Limits, Shape, wrong
from selector.catalog.shapes.evidence import DateKind

NotNegative = Annotated[float, Limits(ge=0, le=1e15)]
Positive = Annotated[float, Limits(gt=0, le=1e15)]
Percentile = Annotated[float, Limits(gt=0, lt=100)]
Count = Annotated[int, Limits(ge=1, le=100_000)]
Many = Annotated[int, Limits(ge=1, le=1_000_000_000)]
TermName = Literal["on_demand", "spot", "reserved_1y", "reserved_3y", "capacity"]
ConfidenceName = Literal["high", "medium", "low"]


def _as_cited(value: object) -> object:
    """One source becomes a list of one; names of the file's sources are told from addresses."""
    items = value if isinstance(value, list) else [value]
    found: list[object] = []
    for item in items:
        if isinstance(item, dict):
            found.append(item)
        elif isinstance(item, str):
            found.append({"url" if "://" in item else "named": item})
        else:
            raise wrong("not a source", "name one of the file's 'sources', or write https://…")
    return found


class CitedShape(Shape):
    """A source: by its name among the file's `sources`, or a web address, or a package."""

    named: str | None = None
    url: WebAddress | None = None
    package: str | None = None
    version: str = ""
    item: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        if sum(part is not None for part in (self.named, self.url, self.package)) != 1:
            raise wrong("not a source", "write a name, https://…, or {package:, version:, item:}")
        if self.package is not None and not self.version:
            raise wrong("a package without its version", "add 'version: …'")


_MAPPING = {
    "type": "object",
    "properties": {
        key: {"type": "string"} for key in ("named", "url", "package", "version", "item")
    },
    "additionalProperties": False,
}
_ONE = {"anyOf": [{"type": "string"}, _MAPPING]}
_CITED = {"anyOf": [*_ONE["anyOf"], {"type": "array", "items": _ONE}]}
Cited = Annotated[list[CitedShape], Limits(min_length=1), Before(_as_cited, _CITED)]


class BasisShape(Shape):
    """What a row rests on: its source and date, or the reason why it is assumed."""

    source: Cited | None = None
    locator: str = ""
    as_of: date | None = None
    as_of_kind: DateKind | None = None
    confidence: ConfidenceName | None = None
    assumed: str = ""
    note: str = ""


class FigureShape(BasisShape):
    """A number, or a range of which the middle is likely where nothing else is said."""

    value: NotNegative | None = None
    low: NotNegative | None = None
    likely: NotNegative | None = None
    high: NotNegative | None = None

    def check(self) -> None:
        """Relations between the keys."""
        ends = (self.low, self.high)
        if self.value is None and None in ends:
            raise wrong("a figure without its value", "add 'value: …', or 'low: …' and 'high: …'")
        if self.value is not None and (ends != (None, None) or self.likely is not None):
            raise wrong("a value beside a range", "keep 'value', or 'low', 'likely' and 'high'")
        if self.low is not None and self.high is not None:
            middle = self.likely if self.likely is not None else self.low
            if not self.low <= middle <= self.high:
                raise wrong("low, likely and high do not rise", "write them in that order")


class TierShape(FigureShape):
    """The price of what lies above so many units a month."""

    above: NotNegative = 0.0


def _as_figure(value: object) -> object:
    """A bare number is a value."""
    return {"value": value} if isinstance(value, int | float) and value is not True else value


def _as_tiers(value: object) -> object:
    """One price is one tier."""
    items = value if isinstance(value, list) else [value]
    return [_as_figure(item) for item in items]


_NUMBER = {"type": "number"}


class _OrNumber(Before):
    """A number, beside the mapping that it stands for."""

    def _for_editors(self, schema: Any, handler: Any) -> Any:
        return {"anyOf": [_NUMBER, handler(schema)]}


class _OrTiers(Before):
    """A number or a mapping, beside the list that it stands for."""

    def _for_editors(self, schema: Any, handler: Any) -> Any:
        made = handler(schema)
        return {"anyOf": [_NUMBER, made["items"], made]}


Amount = Annotated[FigureShape, _OrNumber(_as_figure, or_text=True)]
Tiers = Annotated[list[TierShape], Limits(min_length=1), _OrTiers(_as_tiers, or_text=True)]


class NamedSourceShape(Shape):
    """A source that several rows of the file name."""

    url: WebAddress | None = None
    package: str | None = None
    version: str = ""
    item: str = ""
    as_of: date | None = None
    as_of_kind: DateKind | None = None
    confidence: ConfidenceName | None = None
    note: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        if (self.url is None) == (self.package is None):
            raise wrong("not a source", "write 'url: https://…', or 'package:' and 'version:'")


class AcceleratorShape(BasisShape):
    """A card or chip."""

    name: Name
    memory_gb: Positive
    watts: Positive | None = None


class InstanceShape(BasisShape):
    """A machine or managed endpoint, with its prices by region and term."""

    cloud: Id
    name: Name
    accelerator: Id
    count: Count = 1
    endpoint: bool = False
    includes: str = ""
    prices: dict[Id, dict[TermName, Amount]]


class LicenceShape(BasisShape):
    """What the licence of the weights asks for."""

    name: Name
    users_below: Many | None = None
    excluded_regions: list[str] = []
    purposes: list[str] = []
    excluded_purposes: list[str] = []
    attribution: str = ""


class ModelShape(BasisShape):
    """A model whose weights one can run."""

    name: Name
    parameters: Positive
    active_parameters: Positive | None = None
    layers: Count | None = None
    kv_heads: Count | None = None
    head_dim: Count | None = None
    cache_values_per_token: Count | None = None
    context_tokens: Many | None = None
    weights_gb: dict[Id, Positive]
    licence: LicenceShape | None = None


class ThroughputShape(FigureShape):
    """Tokens a second in a published benchmark."""

    model: Id
    accelerator: Id
    count: Count = 1
    precision: Id
    engine: str = ""
    family: Literal["mlperf", "inferencex", "silybench", "own", "other"]
    counts: Literal["output", "total"]
    input_tokens: Many | None = None
    output_tokens: Many | None = None
    limit: str = ""
    first_token_seconds: Positive | None = None
    first_token_percentile: Percentile | None = None
    seconds_per_token: Positive | None = None
    token_percentile: Percentile | None = None
    per_card: bool = False

    def check(self) -> None:
        """A percentile is that of a figure."""
        for percentile, seconds in (
            ("first_token_percentile", "first_token_seconds"),
            ("token_percentile", "seconds_per_token"),
        ):
            if getattr(self, percentile) is not None and getattr(self, seconds) is None:
                raise wrong(f"'{percentile}' without '{seconds}'", f"add '{seconds}: …'")
        super().check()


class ChargeShape(BasisShape):
    """One thing that a service bills."""

    name: Name
    per: Literal[
        "month",
        "hour",
        "gb_month",
        "gb",
        "million_queries",
        "million_writes",
        "million_tokens",
        "million_requests",
    ]
    unit: Name
    times: Amount | None = None
    holds_gb: Positive | None = None
    prices: dict[Id, Tiers]


class ServiceShape(BasisShape):
    """A service around the model."""

    name: Name
    provider: Name
    kind: Literal["cluster", "storage", "egress", "index", "logging", "fine_tuning", "endpoint"]
    minimum: Amount | None = None
    charges: Annotated[list[ChargeShape], Limits(min_length=1)]


class AssumptionShape(FigureShape):
    """A figure that is assumed where a decision says nothing."""

    name: Name
    unit: Line = ""


class RatesShape(Shape):
    """US dollars per million tokens."""

    input: NotNegative | None = None
    output: NotNegative | None = None
    cached_input: NotNegative | None = None
    cache_write: NotNegative | None = None


class TokenTierShape(RatesShape):
    """The rates of a request whose input is longer."""

    above: Many
    batch: RatesShape | None = None


class TokenPricesShape(RatesShape):
    """The rates from a day on."""

    from_: date | None = None
    batch: RatesShape | None = None
    off_peak: RatesShape | None = None
    tiers: list[TokenTierShape] = []


class TokenModelShape(BasisShape):
    """A model of a provider."""

    name: Line = ""
    context_tokens: Many | None = None
    deprecated: bool = False
    also_billed: list[str] = []
    prices: Annotated[list[TokenPricesShape], Limits(min_length=1)]


class ProviderShape(Shape):
    """A provider with its models."""

    name: Line = ""
    pages: list[WebAddress] = []
    models: dict[str, TokenModelShape]


Named = dict[Id, NamedSourceShape]


class AcceleratorsFile(Shape):
    """`prices/accelerators.yaml`."""

    sources: Named = {}
    accelerators: dict[Id, AcceleratorShape]


class InstancesFile(Shape):
    """`prices/instances.yaml`."""

    sources: Named = {}
    instances: dict[Id, InstanceShape]


class ModelsFile(Shape):
    """`prices/models.yaml`."""

    sources: Named = {}
    models: dict[Id, ModelShape]


class ThroughputFile(Shape):
    """`prices/throughput.yaml`."""

    sources: Named = {}
    throughput: dict[Id, ThroughputShape]


class ServicesFile(Shape):
    """`prices/services.yaml`."""

    sources: Named = {}
    services: dict[Id, ServiceShape]


class AssumptionsFile(Shape):
    """`prices/assumptions.yaml`."""

    sources: Named = {}
    assumptions: dict[Id, AssumptionShape]


class TokensFile(Shape):
    """`prices/tokens.yaml`."""

    sources: Named = {}
    tokens: dict[str, ProviderShape]
