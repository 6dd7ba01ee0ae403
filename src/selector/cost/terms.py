"""What a company has agreed on: commitments that are paid whether used or not, and credits."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from selector.cost.load import Array, Item, Load


class Commitment(NamedTuple):
    """US dollars a month (`monthly`) for a share off (`discount`) what they cover; both name
    parameters. `covers` are prices by name; without any it covers all that is bought.

    What lies beyond the commitment is billed at the list price, or, where `is_minimum`, at the
    discount too: then the amount is only the least that has to be spent.
    """

    name: str
    monthly: str
    discount: str
    covers: tuple[str, ...] = ()
    is_minimum: bool = False


class Credit(NamedTuple):
    """US dollars (`amount` names a parameter) off the first `months` bills, until all is spent."""

    name: str
    amount: str
    months: int


def commitment_items(parts: Sequence[Commitment], items: Sequence[Item], load: Load) -> list[Item]:
    """An item for each: what the commitment makes of the bill of what it covers, less that bill.

    With the covered bill C at list, the commitment M and the discount d: M + the part of
    C·(1 − d) beyond M, which costs 1 / (1 − d) times as much at list. What one has taken no other
    does; those that name what they cover come first.
    """
    left = [item.monthly for item in items]  # at list, and taken by none yet
    found = []
    for part in sorted(parts, key=lambda each: not each.covers):
        covered = [place for place, item in enumerate(items) if _is_covered(part, item)]
        listed: Array = np.zeros((1, 1))
        if covered:
            listed = np.sum(np.broadcast_arrays(*[left[place] for place in covered]), axis=0)
        committed, share = load(part.monthly), 1 - load(part.discount)
        beyond = np.maximum(listed * share - committed, 0)
        at_list = np.where(share > 0, beyond / np.where(share > 0, share, 1), 0)
        change = committed + (beyond if part.is_minimum else at_list) - listed
        rest = np.zeros((1, 1)) if part.is_minimum else at_list
        for place in covered:
            left[place] = left[place] * rest / np.where(listed > 0, listed, 1)
        basis = (part.monthly, part.discount)
        found.append(Item(part.name, "terms", np.ones((1, 1)), "months", change, basis))
    return found


def _is_covered(part: Commitment, item: Item) -> bool:
    if part.covers:
        return any(name in item.basis for name in part.covers)
    return item.category not in ("people", "terms")


def credit_items(part: Credit, items: list[Item], load: Load, shape: tuple[int, int]) -> list[Item]:
    """One item: what is taken off each bill of the first months, until the credit is spent."""
    billed = np.zeros(shape)
    for item in items:
        if item.category != "people":
            billed += item.monthly
    left = load(part.amount) * np.ones((shape[0], 1))
    usable = np.where(np.arange(shape[1]) < part.months, np.maximum(billed, 0), 0)
    spent = np.minimum(np.cumsum(usable, axis=1), left)
    taken = np.diff(spent, axis=1, prepend=0)
    one = np.ones((1, 1))
    return [Item(part.name, "terms", one, "months", -taken, (part.amount,))]
