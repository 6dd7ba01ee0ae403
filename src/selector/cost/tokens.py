"""Models paid by the token: caching, batches, tiers by length of input, prices that change."""

from typing import NamedTuple

import numpy as np

from selector.cost.load import Array, Item, Load

KINDS = (
    ("input", "input tokens"),
    ("cached", "cached input tokens"),
    ("written", "tokens written to the cache"),
    ("output", "output tokens"),
)
"""What is paid for, with its name in the bill."""


class Rates(NamedTuple):
    """Names of the parameters that hold the prices of a million tokens; "" where none is known.

    They are in force from a month of the horizon on (0 is the first), for requests with more than
    `above` input tokens: the whole request then costs these prices.
    """

    input: str = ""
    cached: str = ""
    written: str = ""
    output: str = ""
    from_month: int = 0
    above: float = 0


class Tokens(NamedTuple):
    """A model paid by the token. Of several rates that apply the last counts.

    `named` is put before the names of the items, `missing` begins what is said of no price.
    """

    rates: tuple[Rates, ...]
    discount: str = "batch_discount"
    missing: str = "no price"
    named: str = ""


def token_items(part: Tokens, load: Load) -> list[Item]:
    """The items: millions of tokens a month × US dollars per million.

    millions = requests × tokens of a request / 1e6, input split into what is read from the cache,
    written to it, and the rest. The batch share of all costs (1 − discount) of the price.
    """
    cached, written = load("cached_share"), load("cache_write_share")
    tokens = {
        "input": load("input_tokens") * (1 - cached - written),
        "cached": load("input_tokens") * cached,
        "written": load("input_tokens") * written,
        "output": load("output_tokens"),
    }
    factor = 1 - load("batch_share") * load(part.discount) / 100
    items = []
    for kind, name in KINDS:
        millions = load.requests * np.maximum(tokens[kind], 0) / 1e6
        if kind == "written" and not written.any():
            continue
        price, basis = _price(part, kind, load)
        known = price is not None and not ((millions > 0) & np.isnan(price)).any()
        items.append(
            Item(
                part.named + name,
                "tokens",
                millions,
                "million tokens",
                price * factor if known and price is not None else None,
                (*basis, *((part.discount,) if load("batch_share").any() else ())),
                f"{part.missing}: {part.named}{name}",
                list_price=price,
            )
        )
    return items


def _price(part: Tokens, kind: str, load: Load) -> tuple[Array | None, tuple[str, ...]]:
    """The price of a million tokens, (scenarios, 1 or months), and its parameters; NaN: unknown."""
    price: Array | None = None
    basis: list[str] = []
    for rates in part.rates:
        name = getattr(rates, kind)
        rate = load(name) if name else np.full((1, 1), np.nan)
        applies = load("input_tokens") > rates.above if rates.above else np.ones((1, 1), bool)
        if rates.from_month:
            applies = applies & (np.arange(load.months) >= rates.from_month)
        if not applies.any():
            continue
        if name:
            basis.append(name)
        price = rate if price is None else np.where(applies, rate, price)
    return price, tuple(basis)


def peak_tokens_per_minute(load: Load) -> Array:
    """Input and output tokens in the busiest minute, (scenarios, months)."""
    minutes = load("hours_per_month") * 60
    tokens = load("input_tokens") + load("output_tokens")
    return load.requests * tokens / minutes * load("peak_to_mean")
