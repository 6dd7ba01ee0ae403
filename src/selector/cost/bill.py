"""A monthly bill: items with low, likely and high, and what could not be priced."""

import math
from typing import NamedTuple

from selector.domain.workload import Workload


class Range(NamedTuple):
    """A figure with the lowest and highest it could be."""

    low: float
    likely: float
    high: float

    def times(self, factor: float) -> "Range":
        """The range multiplied by a number that is not negative."""
        return Range(self.low * factor, self.likely * factor, self.high * factor)


class Item(NamedTuple):
    """One line of the bill, in US dollars a month; `price` is None where it is not known."""

    name: str
    quantity: Range
    unit: str
    price: Range | None
    fact: str = ""

    @property
    def monthly(self) -> Range | None:
        """Quantity times price."""
        if self.price is None:
            return None
        q, p = self.quantity, self.price
        return Range(q.low * p.low, q.likely * p.likely, q.high * p.high)


class Bill(NamedTuple):
    """The items of one month."""

    items: tuple[Item, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The items that have a quantity but no price."""
        return tuple(i.name for i in self.items if i.price is None and i.quantity.high > 0)

    @property
    def known_subtotal(self) -> Range:
        """The sum of what has a price."""
        known = [i.monthly for i in self.items if i.monthly is not None]
        return Range(
            math.fsum(m.low for m in known),
            math.fsum(m.likely for m in known),
            math.fsum(m.high for m in known),
        )

    @property
    def monthly(self) -> Range | None:
        """The whole bill, or None where a price is missing."""
        return None if self.unknown else self.known_subtotal


class TokenPrices(NamedTuple):
    """US dollars per million tokens, and the discount (0 to 1) on what is sent as a batch."""

    input: Range | None
    output: Range | None
    cached_input: Range | None
    batch_discount: Range | None


def token_bill(workload: Workload, prices: TokenPrices) -> Bill:
    """The bill of a model paid by the token.

    Millions of tokens a month = requests × tokens per request / 1e6, input split by the share that
    is read from the cache. The batch share of all of it costs (1 - discount) of the price.
    """
    requests = workload.requests_per_month
    factor = Range(1, 1, 1)
    if workload.batch_share and prices.batch_discount is not None:
        d, share = prices.batch_discount, workload.batch_share
        factor = Range(1 - share * d.high, 1 - share * d.likely, 1 - share * d.low)
    unknown_discount = workload.batch_share > 0 and prices.batch_discount is None

    def item(name: str, tokens: float, price: Range | None, fact: str) -> Item:
        if price is not None:
            low_factor = 1 - workload.batch_share if unknown_discount else factor.low
            price = Range(
                price.low * low_factor, price.likely * factor.likely, price.high * factor.high
            )
        millions = requests * tokens / 1e6
        return Item(name, Range(millions, millions, millions), "million tokens", price, fact)

    cached = workload.cached_share
    return Bill(
        (
            item(
                "input tokens",
                workload.input_tokens * (1 - cached),
                prices.input,
                "price_input_tokens",
            ),
            item(
                "cached input tokens",
                workload.input_tokens * cached,
                prices.cached_input,
                "price_cached_input_tokens",
            ),
            item("output tokens", workload.output_tokens, prices.output, "price_output_tokens"),
        )
    )


def instance_bill(workload: Workload, hour: Range | None, throughput: Range | None) -> Bill:
    """The bill of instances that one keeps running.

    `hour` is the price of an instance in US dollars, `throughput` the output tokens a second one
    instance sustains. Instances = the most of the replicas wanted and what the peak needs:
    peak tokens a second = requests × output tokens / seconds of service × peak-to-mean.
    A throughput that is unknown, or may be zero, makes the count unknown beyond the replicas.
    """
    seconds = workload.hours_per_month * 3600
    peak = workload.requests_per_month * workload.output_tokens / seconds * workload.peak_to_mean
    hours = workload.hours_per_month

    def needed(tokens_per_second: float) -> float:
        return max(workload.replicas, math.ceil(peak / tokens_per_second - 1e-9))

    least = float(workload.replicas)
    if throughput is None or throughput.low <= 0:
        base = Range(least * hours, least * hours, least * hours)
        items = [Item("instances kept for availability", base, "hours", hour, "instance_hour")]
        if peak > 0:
            more = Range(1, 1, 1)
            items.append(
                Item(
                    "instances for the peak",
                    more,
                    "load",
                    None,
                    "instance_output_tokens_per_second",
                )
            )
        return Bill(tuple(items))
    count = Range(needed(throughput.high), needed(throughput.likely), needed(throughput.low))
    return Bill((Item("instances", count.times(hours), "hours", hour, "instance_hour"),))
