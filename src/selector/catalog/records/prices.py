"""Files of the price book: from their shapes to records, each figure with what it rests on."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.shapes.prices import (
    AcceleratorsFile,
    AssumptionsFile,
    BasisShape,
    ChargeShape,
    CitedShape,
    FigureShape,
    InstancesFile,
    LicenceShape,
    ModelsFile,
    NamedSourceShape,
    RatesShape,
    ServicesFile,
    ThroughputFile,
    TierShape,
    TokenModelShape,
    TokensFile,
)
from selector.domain.evidence import Source
from selector.domain.pricing import (
    Accelerator,
    Assumption,
    Basis,
    Charge,
    Figure,
    Instance,
    Latency,
    Licence,
    Price,
    ServedModel,
    Service,
    Term,
    Throughput,
    Tier,
    TokenPrices,
    TokenRates,
    TokenTariff,
    TokenTier,
)

Where = tuple[object, ...]
NO_BASIS = Basis()


def decimal(number: float | str) -> Decimal:
    """The number as it was written: a float's shortest form is what stood in the file."""
    if isinstance(number, float) and number.is_integer():
        return Decimal(int(number))
    return Decimal(str(number))


def figure_of(shape: FigureShape) -> Figure:
    """The number with its ends; the middle of a range is likely where nothing else is said."""
    if shape.value is not None:
        return Figure.exactly(decimal(shape.value))
    low, high = decimal(shape.low or 0), decimal(shape.high or 0)
    likely = (low + high) / 2 if shape.likely is None else decimal(shape.likely)
    return Figure(low, likely, high)


class Bases:
    """Works out what rows rest on, and notes what rests on nothing."""

    def __init__(self, document: Document, named: Mapping[str, NamedSourceShape]) -> None:
        self.document = document
        self.named = named

    def of(self, shape: BasisShape, where: Where, row: Basis = NO_BASIS) -> Basis:
        """The basis of a row, or of a price in it, which takes from the row what it leaves out."""
        cited = [self._cited(item, (*where, "source")) for item in shape.source or []]
        first = cited[0][1] if cited else row
        sources = tuple(source for source, _ in cited) or row.sources
        notes = "; ".join(part.rstrip(". ") for part in (shape.note, first.note) if part)
        basis = Basis(
            sources,
            shape.as_of or first.as_of,
            shape.as_of_kind or first.as_of_kind,
            shape.confidence or first.confidence,
            shape.assumed or ("" if cited else row.assumption),
            False,
            f"{shape.locator}: {notes}" if shape.locator and notes else shape.locator or notes,
        )
        return basis

    def checked(self, shape: BasisShape, where: Where, row: Basis = NO_BASIS) -> Basis:
        """The same, which has to rest on a dated source or on a reason."""
        basis = self.of(shape, where, row)
        if not basis.sources and not basis.assumption:
            self.document.complain(
                where, "a figure that rests on nothing", "add 'source: …' or 'assumed: reason'"
            )
        elif basis.sources and basis.as_of is None:
            self.document.complain(where, "a source without its date", "add 'as_of: …'")
        weak = basis.as_of_kind == "read_undated" or bool(basis.assumption)
        if weak and basis.confidence == "high":
            why = "undated" if basis.as_of_kind == "read_undated" else "assumed"
            self.document.complain(
                where, f"high confidence, though {why}", "write medium or low as 'confidence'"
            )
        return basis

    def _cited(self, shape: CitedShape, where: Where) -> tuple[Source, Basis]:
        if shape.named is None:
            return Source(shape.url or "", shape.package or "", shape.version, shape.item), NO_BASIS
        found = self.named.get(shape.named)
        if found is None:
            self.document.complain(
                where, *unknown_name("source in this file", shape.named, self.named)
            )
            return Source(), NO_BASIS
        item = shape.item or found.item
        source = Source(found.url or "", found.package or "", found.version, item)
        basis = Basis(
            (source,),
            found.as_of,
            found.as_of_kind,
            found.confidence or "medium",
            note=found.note,
        )
        return source, basis

    def price(self, shape: FigureShape, unit: str, where: Where, row: Basis) -> Price:
        """A price with what it rests on."""
        return Price(*figure_of(shape), unit, self.checked(shape, where, row))


def accelerators_record(document: Document, shape: AcceleratorsFile) -> dict[str, Accelerator]:
    """The cards by id."""
    bases = Bases(document, shape.sources)
    return {
        key: Accelerator(
            key,
            row.name,
            decimal(row.memory_gb),
            None if row.watts is None else decimal(row.watts),
            bases.checked(row, ("accelerators", key)),
        )
        for key, row in shape.accelerators.items()
    }


def instances_record(document: Document, shape: InstancesFile) -> dict[str, Instance]:
    """The machines by id."""
    bases = Bases(document, shape.sources)
    found = {}
    for key, row in shape.instances.items():
        where: Where = ("instances", key)
        basis = bases.of(row, where)
        prices: dict[str, dict[Term, Price]] = {}
        for region, terms in row.prices.items():
            prices[region] = {
                term: bases.price(price, "hour", (*where, "prices", region, term), basis)
                for term, price in terms.items()
            }
        found[key] = Instance(
            key,
            row.cloud,
            row.name,
            row.accelerator,
            row.count,
            prices,
            row.endpoint,
            row.includes,
        )
    return found


def models_record(document: Document, shape: ModelsFile) -> dict[str, ServedModel]:
    """The models whose weights one can run, by id."""
    bases = Bases(document, shape.sources)
    return {
        key: ServedModel(
            key,
            row.name,
            decimal(row.parameters),
            {precision: decimal(size) for precision, size in row.weights_gb.items()},
            None
            if row.licence is None
            else _licence(bases, row.licence, ("models", key, "licence")),
            None if row.active_parameters is None else decimal(row.active_parameters),
            row.layers,
            row.kv_heads,
            row.head_dim,
            row.cache_values_per_token,
            row.context_tokens,
            bases.checked(row, ("models", key)),
        )
        for key, row in shape.models.items()
    }


def _licence(bases: Bases, shape: LicenceShape, where: Where) -> Licence:
    return Licence(
        shape.name,
        shape.users_below,
        tuple(shape.excluded_regions),
        tuple(shape.purposes),
        tuple(shape.excluded_purposes),
        shape.attribution,
        bases.checked(shape, where),
    )


def throughput_record(document: Document, shape: ThroughputFile) -> dict[str, Throughput]:
    """The throughputs by id."""
    bases = Bases(document, shape.sources)
    return {
        key: Throughput(
            key,
            row.model,
            row.accelerator,
            row.count,
            row.precision,
            row.family,
            row.counts,
            figure_of(row),
            row.engine,
            row.input_tokens,
            row.output_tokens,
            row.limit,
            _latency(row.first_token_seconds, row.first_token_percentile),
            _latency(row.seconds_per_token, row.token_percentile),
            row.per_card,
            bases.checked(row, ("throughput", key)),
        )
        for key, row in shape.throughput.items()
    }


def _latency(seconds: float | None, percentile: float | None) -> Latency | None:
    if seconds is None:
        return None
    return Latency(decimal(seconds), None if percentile is None else decimal(percentile))


def services_record(document: Document, shape: ServicesFile) -> dict[str, Service]:
    """The services by id."""
    bases = Bases(document, shape.sources)
    found = {}
    for key, row in shape.services.items():
        where: Where = ("services", key)
        basis = bases.of(row, where)
        charges = tuple(
            _charge(bases, charge, (*where, "charges", index), basis)
            for index, charge in enumerate(row.charges)
        )
        minimum = None
        if row.minimum is not None:
            minimum = bases.price(row.minimum, "month", (*where, "minimum"), basis)
        found[key] = Service(key, row.name, row.provider, row.kind, charges, minimum)
    return found


def _charge(bases: Bases, shape: ChargeShape, where: Where, row: Basis) -> Charge:
    basis = bases.of(shape, where, row)
    times = Charge._field_defaults["times"] if shape.times is None else figure_of(shape.times)
    prices = {}
    for region, tiers in shape.prices.items():
        place: Where = (*where, "prices", region)
        if tiers[0].above or any(a.above >= b.above for a, b in pairwise(tiers)):
            bases.document.complain(
                place, "tiers that do not rise from 0", "begin with 'above: 0', then higher ones"
            )
        prices[region] = tuple(_tier(bases, tier, shape.unit, place, basis) for tier in tiers)
    holds = None if shape.holds_gb is None else decimal(shape.holds_gb)
    return Charge(shape.name, shape.per, shape.unit, prices, times, holds, basis)


def _tier(bases: Bases, shape: TierShape, unit: str, where: Where, row: Basis) -> Tier:
    return Tier(decimal(shape.above), bases.price(shape, unit, where, row))


def assumptions_record(document: Document, shape: AssumptionsFile) -> dict[str, Assumption]:
    """The assumptions by id; each needs its reason, whatever its sources."""
    bases = Bases(document, shape.sources)
    found = {}
    for key, row in shape.assumptions.items():
        where: Where = ("assumptions", key)
        if not row.assumed:
            document.complain(where, "an assumption without its reason", "add 'assumed: reason'")
        found[key] = Assumption(key, row.name, row.unit, figure_of(row), bases.checked(row, where))
    return found


def tokens_record(document: Document, shape: TokensFile) -> dict[str, dict[str, TokenTariff]]:
    """Token prices written by hand: models by provider."""
    bases = Bases(document, shape.sources)
    return {
        provider: {
            model: _tariff(bases, provider, model, row) for model, row in about.models.items()
        }
        for provider, about in shape.tokens.items()
    }


def _tariff(bases: Bases, provider: str, model: str, row: TokenModelShape) -> TokenTariff:
    where: Where = ("tokens", provider, "models", model)
    dated = tuple(
        TokenPrices(
            entry.from_,
            _rates(entry),
            None if entry.batch is None else _rates(entry.batch),
            tuple(
                TokenTier(
                    tier.above, _rates(tier), None if tier.batch is None else _rates(tier.batch)
                )
                for tier in entry.tiers
            ),
            None if entry.off_peak is None else _rates(entry.off_peak),
        )
        for entry in row.prices
    )
    starts: list[Any] = [entry.starts for entry in dated]
    if None in starts[1:] or starts[1:] != sorted(starts[1:]):
        bases.document.complain(
            where, "prices that are not in the order of their days", "write the earliest first"
        )
    return TokenTariff(
        provider,
        model,
        row.name or model,
        dated,
        bases.checked(row, where),
        row.context_tokens,
        row.deprecated,
        tuple(row.also_billed),
    )


def _rates(shape: RatesShape) -> TokenRates:
    return TokenRates(
        *(
            None if amount is None else decimal(amount)
            for amount in (shape.input, shape.output, shape.cached_input, shape.cache_write)
        )
    )
