"""The token prices that are shipped, against the package they come from and its own calculator."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import pytest
from genai_prices import Usage
from genai_prices.data import providers

from selector.catalog.pricebook import price_book
from selector.domain.pricing import TokenPrices, TokenRates
from tools.token_prices import BATCH, TARGET, book, written

PROVIDERS = {provider.id: provider for provider in providers}
SHIPPED = TARGET.read_text(encoding="utf-8")
CACHED, WRITTEN, OUTPUT = 3_000, 700, 1_500
"""Tokens of a request, of which the input is varied."""


def test_the_file_is_what_the_tool_writes() -> None:
    held = json.loads(SHIPPED)
    assert held["version"] == version("genai-prices")
    assert written(book(providers, held["version"], held["as_of"])) == SHIPPED


def _rates(prices: TokenPrices, tokens: int, in_batch: bool) -> TokenRates | None:
    rates, batch = prices.rates, prices.batch
    for tier in prices.tiers:
        if tokens > tier.above:
            rates, batch = tier.rates, tier.batch
    return batch if in_batch else rates


def _ours(rates: TokenRates, tokens: int) -> Decimal:
    """US dollars of one request by the rules of the price book."""
    price = rates.input or Decimal(0)
    cached = price if rates.cached_input is None else rates.cached_input
    write = price if rates.cache_write is None else rates.cache_write
    plain = tokens - CACHED - WRITTEN
    output = (rates.output or Decimal(0)) * OUTPUT
    return (price * plain + cached * CACHED + write * WRITTEN + output) / 1_000_000


def _theirs(provider_id: str, name: str, hour: datetime, tokens: int, in_batch: bool) -> Decimal:
    """US dollars of the same request by the package's calculator, without a price per request."""
    provider = PROVIDERS[provider_id]
    model = next(model for model in provider.models if model.id == name)
    usage = Usage(
        input_tokens=tokens,
        cache_read_tokens=CACHED,
        cache_write_tokens=WRITTEN,
        output_tokens=OUTPUT,
    )
    context = BATCH if in_batch else None
    calculated = model.calc_price(
        usage, provider, genai_request_timestamp=hour, price_context=context
    )
    a_request = (calculated.model_price.requests_kcount or Decimal(0)) / 1000
    return calculated.total_price - a_request


def _hours(prices: TokenPrices) -> list[datetime]:
    """Hours of the day on which the prices begin; all where they change with the time of day."""
    day = prices.starts or date(2020, 1, 1)
    return [
        datetime.combine(day, time(hour, 45), UTC)
        for hour in (range(24) if prices.off_peak else (12,))
    ]


@pytest.mark.parametrize("provider_id", sorted(json.loads(SHIPPED)["providers"]))
def test_every_price_is_that_of_the_package(provider_id: str, tmp_path: Path) -> None:
    (tmp_path / "prices").mkdir()
    (tmp_path / "prices" / TARGET.name).write_text(SHIPPED, encoding="utf-8")
    tariffs = price_book([tmp_path], lambda *_: {}).tokens[provider_id]
    for name, tariff in tariffs.items():
        for prices in tariff.dated:
            for above in (0, *(tier.above for tier in prices.tiers)):
                tokens = above + 10_000
                for in_batch in (False, True):
                    rates = _rates(prices, tokens, in_batch)
                    if rates is None:
                        continue
                    theirs = [
                        _theirs(provider_id, name, hour, tokens, in_batch)
                        for hour in _hours(prices)
                    ]
                    case = (name, prices.starts, tokens, in_batch)
                    assert _ours(rates, tokens) == max(theirs), case
