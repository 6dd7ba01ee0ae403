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

    `batch` are the prices of requests sent as a batch; where it has none, `discount` names the
    per cent off. `named` is put before the names of the items, `missing` says what has no price.
    """

    rates: tuple[Rates, ...]
    batch: tuple[Rates, ...] = ()
    discount: str = ""
    missing: str = "no price"
    named: str = ""


def token_items(part: Tokens, load: Load) -> list[Item]:
    """The items: millions of tokens a month × US dollars per million.

    millions = requests × tokens of a request / 1e6, input split into what is read from the cache,
    written to it, and the rest. price = (1 − batch share) × price + batch share × batch price.
    """
    cached, written, batch = load("cached_share"), load("cache_write_share"), load("batch_share")
    tokens = {
        "input": load("input_tokens") * (1 - cached - written),
        "cached": load("input_tokens") * cached,
        "written": load("input_tokens") * written,
        "output": load("output_tokens"),
    }
    items = []
    for kind, name in KINDS:
        if kind == "written" and not written.any():
            continue
        millions = load.requests * np.maximum(tokens[kind], 0) / 1e6
        listed, basis = _price(part.rates, kind, load)
        price = listed
        if listed is not None and batch.any():
            cheaper, more = _batch_price(part, kind, load, listed)
            price, basis = (1 - batch) * listed + batch * cheaper, (*basis, *more)
        known = price is not None and not ((millions > 0) & np.isnan(price)).any()
        items.append(
            Item(
                part.named + name,
                "tokens",
                millions,
                "million tokens",
                np.nan_to_num(price) if price is not None and known else None,
                basis,
                f"{part.missing}: {part.named}{name}",
            )
        )
    return items


def _price(
    listed: tuple[Rates, ...], kind: str, load: Load
) -> tuple[Array | None, tuple[str, ...]]:
    """The price of a million tokens, (scenarios, 1 or months), and its parameters; NaN: unknown."""
    price: Array | None = None
    basis: list[str] = []
    for rates in listed:
        name = getattr(rates, kind)
        applies = load("input_tokens") > rates.above if rates.above else np.ones((1, 1), bool)
        if rates.from_month:
            applies = applies & (np.arange(load.months) >= rates.from_month)
        if not applies.any():
            continue
        rate = load(name) if name else np.full((1, 1), np.nan)
        if name:
            basis.append(name)
        if price is None and applies.all():
            price = rate
        else:
            price = np.where(applies, rate, np.nan if price is None else price)
    has_price = price is not None and not np.isnan(price).all()
    return price if has_price else None, tuple(dict.fromkeys(basis))


def _batch_price(
    part: Tokens, kind: str, load: Load, listed: Array
) -> tuple[Array, tuple[str, ...]]:
    cheaper, basis = _price(part.batch, kind, load)
    if cheaper is not None and not np.isnan(cheaper).any():
        return cheaper, basis
    off = load(part.discount) / 100 if part.discount else np.zeros((1, 1))
    rest = listed * (1 - off)
    more = (part.discount,) if part.discount else ()
    if cheaper is None:
        return rest, more
    return np.where(np.isnan(cheaper), rest, cheaper), (*basis, *more)


def peak_per_minute(load: Load) -> tuple[Array, Array]:
    """Requests, and input and output tokens, in the busiest minute, (scenarios, months)."""
    minutes = load("hours_per_month") * 60
    requests = load.requests / minutes * load("peak_to_mean")
    return requests, requests * (load("input_tokens") + load("output_tokens"))
