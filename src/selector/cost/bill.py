"""A monthly bill: items with low, likely and high, and what could not be priced."""

import math
from typing import NamedTuple

from selector.domain.span import Span
from selector.domain.workload import Workload


class Item(NamedTuple):
    """One line of the bill, in US dollars a month; `price` is None where it is not known."""

    name: str
    quantity: Span
    unit: str
    price: Span | None
    fact: str = ""

    @property
    def monthly(self) -> Span | None:
        """Quantity times price."""
        if self.price is None:
            return None
        q, p = self.quantity, self.price
        return Span(q.low * p.low, q.likely * p.likely, q.high * p.high)


class Bill(NamedTuple):
    """The items of one month."""

    items: tuple[Item, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The items that have a quantity but no price."""
        return tuple(i.name for i in self.items if i.price is None and i.quantity.high > 0)

    @property
    def known_subtotal(self) -> Span:
        """The sum of what has a price."""
        known = [i.monthly for i in self.items if i.monthly is not None]
        return Span(
            math.fsum(m.low for m in known),
            math.fsum(m.likely for m in known),
            math.fsum(m.high for m in known),
        )

    @property
    def monthly(self) -> Span | None:
        """The whole bill, or None where a price is missing."""
        return None if self.unknown else self.known_subtotal


class TokenPrices(NamedTuple):
    """US dollars per million tokens, and the discount (0 to 1) on what is sent as a batch."""

    input: Span | None
    output: Span | None
    cached_input: Span | None
    batch_discount: Span | None


def token_bill(workload: Workload, prices: TokenPrices) -> Bill:
    """The bill of a model paid by the token.

    Millions of tokens a month = requests × tokens per request / 1e6, input split by the share that
    is read from the cache. The batch share of all of it costs (1 - discount) of the price.
    """
    requests = workload.requests_per_month.likely
    factor = Span(1, 1, 1)
    if workload.batch_share.likely and prices.batch_discount is not None:
        d, share = prices.batch_discount, workload.batch_share.likely
        factor = Span(1 - share * d.high, 1 - share * d.likely, 1 - share * d.low)
    unknown_discount = workload.batch_share.likely > 0 and prices.batch_discount is None

    def item(name: str, tokens: float, price: Span | None, fact: str) -> Item:
        if price is not None:
            low_factor = 1 - workload.batch_share.likely if unknown_discount else factor.low
            price = Span(
                price.low * low_factor, price.likely * factor.likely, price.high * factor.high
            )
        millions = requests * tokens / 1e6
        return Item(name, Span(millions, millions, millions), "million tokens", price, fact)

    cached = workload.cached_share.likely
    return Bill(
        (
            item(
                "input tokens",
                workload.input_tokens.likely * (1 - cached),
                prices.input,
                "price_input_tokens",
            ),
            item(
                "cached input tokens",
                workload.input_tokens.likely * cached,
                prices.cached_input,
                "price_cached_input_tokens",
            ),
            item(
                "output tokens", workload.output_tokens.likely, prices.output, "price_output_tokens"
            ),
        )
    )


def instance_bill(workload: Workload, hour: Span | None, throughput: Span | None) -> Bill:
    """The bill of instances that one keeps running.

    `hour` is the price of an instance in US dollars, `throughput` the output tokens a second one
    instance sustains. Instances = the most of the replicas wanted and what the peak needs:
    peak tokens a second = requests × output tokens / seconds of service × peak-to-mean.
    A throughput that is unknown, or may be zero, makes the count unknown beyond the replicas.
    """
    seconds = workload.hours_per_month.likely * 3600
    peak = (
        workload.requests_per_month.likely
        * workload.output_tokens.likely
        / seconds
        * workload.peak_to_mean.likely
    )
    hours = workload.hours_per_month.likely

    def needed(tokens_per_second: float) -> float:
        return max(workload.replicas.likely, math.ceil(peak / tokens_per_second - 1e-9))

    least = float(workload.replicas.likely)
    if throughput is None or throughput.low <= 0:
        base = Span(least * hours, least * hours, least * hours)
        items = [Item("instances kept for availability", base, "hours", hour, "instance_hour")]
        if peak > 0:
            more = Span(1, 1, 1)
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
    count = Span(needed(throughput.high), needed(throughput.likely), needed(throughput.low))
    return Bill((Item("instances", count.times(hours), "hours", hour, "instance_hour"),))
