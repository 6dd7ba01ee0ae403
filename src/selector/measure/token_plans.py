"""A model paid by the token, as a part of a plan: from price facts, else from the price book."""

from collections.abc import Callable
from datetime import date

from selector.cost.plan import Parameter
from selector.cost.tokens import Rates, Tokens
from selector.domain.costing import TokensChoice
from selector.domain.pricing import Basis, Price, TokenPrices, TokenRates, TokenTariff
from selector.domain.span import Span
from selector.measure.notes import months_between
from selector.measure.parameters import Parameters

FACTS = ("price_input_tokens", "price_cached_input_tokens", "price_output_tokens")
BATCH = "batch_discount"
_LABELS = {
    "input": "Price of input tokens",
    "cached_input": "Price of cached input tokens",
    "cache_write": "Price of writing to the cache",
    "output": "Price of output tokens",
}


def tokens_part(
    found: Parameters, choice: TokensChoice | None, model: str, provider: str, named: str = ""
) -> Tokens:
    """The part: price facts first, what they leave open from the row that is chosen.

    Longer requests and later days have their prices from the row. `named` is put before the names
    of items and parameters.
    """
    tariff = choice.tariff if choice is not None else None
    if choice is not None and choice.model:
        model, provider = choice.model, choice.provider
    day = found.decision.day
    listed, batch = _from_row(found, tariff, day, named) if tariff is not None else ((), ())
    base = listed[0] if listed else Rates()
    stated = [fact for fact in FACTS if found.applies(fact)]
    if stated:
        base, listed = _from_facts(found, base), listed[1:]
        listed = (base, *listed)
    # A vendor's discount on batches counts where the row that an offer names has no batch price.
    is_nearer = bool(batch) and (BATCH in found.displaced or not stated)
    discount = "" if is_nearer else found.fact(BATCH)
    if discount:
        batch = ()
    elif not batch:
        discount = _unknown_discount(found)
    missing = _missing(model, provider, choice)
    return Tokens(listed, batch, discount, missing, named)


def _missing(model: str, provider: str, choice: TokensChoice | None) -> str:
    """Of what there is no price, and which name is wanting."""
    if choice is not None and choice.model and not choice.provider:
        return f"no price for {model} ('tokens' names no provider)"
    if not model:
        return f"no price at {provider} (no model is named)" if provider else "no price"
    return f"no price for {model} at {provider}" if provider else f"no price for {model}"


def smaller_part(found: Parameters, tariff: TokenTariff) -> Tokens:
    """The same for a smaller model of the same provider."""
    named = f"{tariff.name}: "
    listed, batch = _from_row(found, tariff, found.decision.day, named)
    discount = "" if batch else _unknown_discount(found)
    missing = f"no price for {tariff.model} at {tariff.provider}"
    return Tokens(listed, batch, discount, missing, named)


def _unknown_discount(found: Parameters) -> str:
    """A batch of which no price is known may be anything down to free; likely it costs the same."""
    why = "no batch price is known: likely none, at best free"
    basis = Basis(confidence="low", assumption=why)
    span = Span(0, 0, 100)
    if not found.decision.workload or not found.decision.workload.batch_share.high:
        span = Span.exactly(0)
    name = found.prefix + BATCH
    return found.add(
        Parameter(name, "Batch discount", span, "%", "assumption", basis, BATCH, True, True)
    )


def _from_facts(found: Parameters, row: Rates) -> Rates:
    given = dict(zip(FACTS, (row.input, row.cached, row.output), strict=True))
    names = {fact: found.fact(fact) if fact in found.facts else given[fact] for fact in FACTS}
    names = {fact: name or given[fact] for fact, name in names.items()}
    cached = FACTS[1]
    # Where there is no cache, what would be read from it is paid as any input.
    has_cache = found.applies(cached) or (cached not in found.facts and given[cached])
    return row._replace(
        input=names[FACTS[0]],
        cached=names[cached] if has_cache else names[FACTS[0]],
        written=row.written or names[FACTS[0]],
        output=names[FACTS[2]],
    )


def _from_row(
    found: Parameters, tariff: TokenTariff, day: date, named: str
) -> tuple[tuple[Rates, ...], tuple[Rates, ...]]:
    """Rates in force on the day and later, each followed by its tiers; and those of batches."""
    listed: list[Rates] = []
    batch: list[Rates] = []
    for prices in (tariff.on(day), *tariff.after(day)):
        month = months_between(day, prices.starts) if prices.starts else 0
        make = _maker(found, tariff, named, month)
        listed.append(make(prices.rates, 0, False, prices))
        if prices.batch is not None:
            batch.append(make(prices.batch, 0, True, prices))
        for tier in prices.tiers:
            listed.append(make(tier.rates, tier.above, False, prices))
            if tier.batch is not None:
                batch.append(make(tier.batch, tier.above, True, prices))
            elif batch:  # no batch price of long requests is known
                batch.append(Rates(from_month=month, above=tier.above))
    return tuple(listed), tuple(batch)


Make = Callable[[TokenRates, int, bool, TokenPrices], Rates]


def _maker(found: Parameters, tariff: TokenTariff, named: str, month: int) -> Make:
    row = f"{tariff.provider}/{tariff.model}"
    smaller = ".smaller" if named and not found.prefix else ""

    def make(rates: TokenRates, above: int, is_batch: bool, prices: TokenPrices) -> Rates:
        said = {
            (", in a batch", ".batch"): is_batch,
            (f", of requests above {above:,} tokens", f".above_{above}"): bool(above),
            (f", from {prices.starts}", f".from_{prices.starts}"): month > 0,
        }
        words, tail = (
            "".join(each)
            for each in zip(
                ("", smaller), *(text for text, counts in said.items() if counts), strict=True
            )
        )

        def parameter(kind: str) -> str:
            amount = getattr(rates, kind)
            if amount is None:
                return ""
            least = amount
            if prices.off_peak is not None and not is_batch and not above:
                cheaper = getattr(prices.off_peak, kind)
                least = amount if cheaper is None else min(cheaper, amount)
            basis = tariff.basis
            if least < amount:
                basis = basis._replace(note="the low end is the price at cheaper hours")
            price = Price(least, amount, amount, "million tokens", basis)
            label = f"{_LABELS[kind]}, {tariff.name}{words}"
            name = f"price_{kind}_tokens"
            keys = (row,) if is_batch or above else (row, name)
            return found.price(f"{name}{tail}", label, price, keys)

        listed = {kind: parameter(kind) for kind in _LABELS}
        return Rates(
            input=listed["input"],
            cached=listed["cached_input"] or listed["input"],
            written=listed["cache_write"] or listed["input"],
            output=listed["output"],
            from_month=month,
            above=above,
        )

    return make
