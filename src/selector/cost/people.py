"""People who run it, bills that are known as a whole, and what is paid once."""

from typing import NamedTuple

import numpy as np

from selector.cost.load import Item, Load


class People(NamedTuple):
    """Hours of work a month at a loaded hourly cost; both name parameters."""

    hours: str = "people_hours"
    hourly_cost: str = "hourly_cost"


class Whole(NamedTuple):
    """A bill that is known as a whole, as the status quo's is: the same each month."""

    amount: str = "known_bill"
    name: str = "whole bill, as known"


class Once(NamedTuple):
    """What is paid once: an amount, or millions of tokens embedded at the start × their price.

    `amount` names a parameter, "" where the price is not known and `missing` says so.
    """

    name: str
    amount: str
    is_embedding: bool = False
    is_at_the_end: bool = False
    missing: str = "no price"


def people_items(part: People, load: Load) -> list[Item]:
    """Hours × cost of an hour."""
    basis = (part.hourly_cost, part.hours)
    return [Item("people", "people", load(part.hours), "hours", load(part.hourly_cost), basis)]


def whole_items(part: Whole, load: Load) -> list[Item]:
    """The bill, once a month."""
    one = np.ones((1, 1))
    return [Item(part.name, "whole", one, "months", load(part.amount), (part.amount,))]


def once_items(part: Once, load: Load) -> list[Item]:
    """What is paid once, as an item of one month."""
    quantity, unit = np.ones((1, 1)), "times"
    if part.is_embedding:
        quantity = load("documents") * load("tokens_per_document") / 1e6
        unit = "million tokens"
    price = load(part.amount) if part.amount else None
    basis = (part.amount,) if part.amount else ()
    missing = f"{part.missing}: {part.name}"
    return [Item(part.name, "once", quantity, unit, price, basis, missing)]
