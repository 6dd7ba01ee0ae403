"""People who run it, bills that are known as a whole, and what is paid once."""

from typing import NamedTuple

import numpy as np

from selector.cost.load import Item, Load


class People(NamedTuple):
    """Hours of work a month at a loaded hourly cost; names of parameters, "" where unknown."""

    hours: str = "people.hours_per_month"
    hourly_cost: str = "people.hourly_cost"
    missing: str = "not known"


class Whole(NamedTuple):
    """A bill that is known as a whole, as the status quo's is: the same each month."""

    amount: str = "known_bill"
    name: str = "whole bill, as known"


class Once(NamedTuple):
    """What is paid once: an amount, or millions of tokens embedded at the start × their price."""

    name: str
    amount: str
    is_embedding: bool = False
    is_at_the_end: bool = False


def people_items(part: People, load: Load) -> list[Item]:
    """Hours × cost of an hour. Hours that nobody has stated are not nought: they are missing."""
    known = load.has(part.hours) and load.has(part.hourly_cost)
    hours = load(part.hours) if load.has(part.hours) else np.ones((1, 1))
    price = load(part.hourly_cost) if known else None
    what = "hours of work" if not load.has(part.hours) else "cost of an hour of work"
    basis = (part.hourly_cost, part.hours) if known else ()
    missing = f"{what} {part.missing}: people"
    return [Item("people", "people", hours, "hours", price, basis, missing)]


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
    return [Item(part.name, "once", quantity, unit, load(part.amount), (part.amount,))]
