"""The figures that a bill is computed from, scenario by scenario and month by month."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Item(NamedTuple):
    """One line of a bill: arrays that broadcast to (scenarios, months).

    Unit prices are in US dollars; `price` is None where it is not known, and `unknown` then says
    what is missing. `amount` stands where the bill is not simply quantity × price (tiers). `basis`
    names the parameters that the line rests on, prices first.
    """

    name: str
    category: str
    quantity: Array
    unit: str
    price: Array | None
    basis: tuple[str, ...] = ()
    unknown: str = ""
    amount: Array | None = None

    @property
    def monthly(self) -> Array:
        """US dollars a month; nothing where the price is not known."""
        if self.amount is not None:
            return self.amount
        return np.zeros((1, 1)) if self.price is None else self.quantity * self.price

    @property
    def is_missing(self) -> bool:
        """Whether something is used of which the price is not known."""
        return self.price is None and bool((self.quantity > 0).any())


class Load:
    """What each scenario says: a figure by name is (scenarios, 1), `requests` grows by month.

    `figures` are one number, or an array (scenarios,), by the name of the parameter.
    """

    def __init__(self, figures: Mapping[str, Array], months: int) -> None:
        self._figures = figures
        self.months = months
        growth = 1 + self("growth_per_month")
        is_flat = months == 1 or (growth == 1).all()
        self.growth = np.ones((1, months)) if is_flat else growth ** np.arange(months)
        self.requests = self("requests_per_month") * self.growth

    def __call__(self, name: str) -> Array:
        """The figure, (scenarios, 1). KeyError where there is none."""
        return np.asarray(self._figures[name], dtype=np.float64).reshape(-1, 1)

    def has(self, name: str) -> bool:
        """Whether there is such a figure."""
        return name in self._figures

    def part(self, share: Array) -> "Load":
        """The load of a share of the requests."""
        some = Load.__new__(Load)
        some._figures, some.months, some.growth = self._figures, self.months, self.growth
        some.requests = self.requests * share
        return some
