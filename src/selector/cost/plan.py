"""What a bill is made of: parts and parameters; and the bill, for any number of scenarios."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from selector.cost.hosting import Hosting, hosting_items
from selector.cost.load import Array, Item, Load
from selector.cost.people import Once, People, Whole, once_items, people_items, whole_items
from selector.cost.services import Serviced, service_items
from selector.cost.terms import Commitment, Credit, commitment_items, credit_items
from selector.cost.tokens import Tokens, token_items
from selector.domain.pricing import Basis
from selector.domain.span import Span

Part = Tokens | Hosting | Serviced | People | Whole

SEMANTIC = "semantic_cache_share"
ROUTED = "routed_share"
FALLBACK = "fallback_share"
"""Shares of the requests that something else than the main offer answers; else nought."""


class Parameter(NamedTuple):
    """One number that a bill rests on.

    `falls`: more of it makes the bill smaller (a discount, a throughput). `origin` is `workload`,
    `fact`, `price` (of the price book), `assumption` or `judgement`; `is_default`: nobody has
    written it; `row` is the fact or the row of the price book, `basis` what stands behind it.
    """

    name: str
    label: str
    span: Span
    unit: str = ""
    origin: str = "workload"
    basis: Basis = Basis(confidence="high")
    row: str = ""
    falls: bool = False
    is_default: bool = False


class Plan(NamedTuple):
    """How one alternative is billed over the horizon.

    `serving` answers the requests, but for the shares that a semantic cache, a smaller model
    (`routed`) and a `fallback` take; `around` serves all of them. `once` is paid once.
    """

    alternative: str
    parameters: Mapping[str, Parameter]
    months: int = 1
    serving: tuple[Part, ...] = ()
    routed: tuple[Part, ...] = ()
    fallback: tuple[Part, ...] = ()
    around: tuple[Part, ...] = ()
    once: tuple[Once, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    credits: tuple[Credit, ...] = ()
    discount_rate: float = 0

    def likely(self) -> dict[str, Array]:
        """The likely figure of every parameter, as one scenario."""
        return {name: np.array([p.span.likely]) for name, p in self.parameters.items()}

    @property
    def hosting(self) -> Hosting | None:
        """The model that one hosts, where it is billed by what one keeps running."""
        return next((part for part in self.serving if isinstance(part, Hosting)), None)

    @property
    def is_whole(self) -> bool:
        """Whether the bill is known only as a whole, at one volume of requests."""
        return any(isinstance(part, Whole) for part in self.serving)

    @property
    def tokens(self) -> Tokens | None:
        """The model that is billed by the token."""
        return next((part for part in self.serving if isinstance(part, Tokens)), None)


_ITEMS: Mapping[type, Any] = {
    Tokens: token_items,
    Hosting: hosting_items,
    Serviced: service_items,
    People: people_items,
    Whole: whole_items,
}


class Bill(NamedTuple):
    """A bill in every scenario: items of arrays that broadcast to (scenarios, months).

    `at_the_end` are those of `once` that are paid when the horizon is over.
    """

    items: tuple[Item, ...]
    once: tuple[Item, ...]
    shape: tuple[int, int]
    requests: Array
    discount_rate: float = 0
    at_the_end: tuple[Item, ...] = ()

    def by_month(self) -> Array:
        """The sum of what has a price, (scenarios, months)."""
        return self._sum(self.items)

    def _sum(self, items: Iterable[Item]) -> Array:
        total = np.zeros(self.shape)
        for item in items:
            total += item.monthly
        return total

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is used, but has no price."""
        missing = [i.unknown for i in (*self.items, *self.once) if i.is_missing]
        return tuple(dict.fromkeys(missing))

    def one_time(self) -> Array:
        """What is paid once, (scenarios,)."""
        return self._sum(self.once)[:, 0]

    def monthly(self) -> Array:
        """The first month, (scenarios,)."""
        return self.by_month()[:, 0]

    def monthly_mean(self) -> Array:
        """The mean month of the horizon, (scenarios,)."""
        mean: Array = self.by_month().mean(axis=1)
        return mean

    def weights(self) -> Array:
        """What a dollar of each month counts today, (months,): (1 + rate)^(−month/12)."""
        return np.asarray((1 + self.discount_rate) ** (-np.arange(self.shape[1]) / 12))

    def one_time_today(self) -> Array:
        """The same as it counts today: what is paid at the end is discounted, (scenarios,)."""
        later = 1 - (1 + self.discount_rate) ** (-self.shape[1] / 12)
        today: Array = self.one_time() - later * self._sum(self.at_the_end)[:, 0]
        return today

    def total(self) -> Array:
        """The months of the horizon and what is paid once, discounted, (scenarios,)."""
        running: Array = self.by_month() @ self.weights()
        return running + self.one_time_today()

    def per_1000_requests(self) -> Array:
        """The first month by its requests, (scenarios,); NaN without requests."""
        requests = np.broadcast_to(self.requests, self.shape)[:, 0]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.where(requests > 0, self.monthly() / requests * 1000, np.nan)


FIGURES = ("monthly", "monthly_mean", "total", "per_1000_requests")
"""The figures of a bill, as `measure: {cost: …}` names them."""


def bill(plan: Plan, figures: Mapping[str, Array]) -> Bill:
    """The bill of a plan for the figures of each scenario.

    `figures` give a number, or one for each scenario, for every parameter of the plan.
    """
    load = Load(figures, plan.months)
    items = _served(plan, load)
    items += [i for part in plan.around for i in _ITEMS[type(part)](part, load)]
    once = tuple(item for part in plan.once for item in once_items(part, load))
    ending = [item for part in plan.once if part.is_at_the_end for item in once_items(part, load)]
    items += commitment_items(plan.commitments, items, load)
    scenarios = max(map(np.size, figures.values()))
    shape = (scenarios, plan.months)
    for credit in plan.credits:
        items += credit_items(credit, items, load, shape)
    return Bill(tuple(items), once, shape, load.requests, plan.discount_rate, tuple(ending))


def answering(plan: Plan, load: Load) -> list[tuple[tuple[Part, ...], Load]]:
    """Who answers how much: the main offer the rest, and others their shares of the requests."""
    rest = np.ones((1, 1))
    if load.has(SEMANTIC):
        rest = rest * (1 - load(SEMANTIC))
    shares: list[tuple[tuple[Part, ...], Array]] = []
    for others, name in ((plan.fallback, FALLBACK), (plan.routed, ROUTED)):
        if others and load.has(name) and load(name).any():
            shares.append((others, rest * load(name)))
            rest = rest * (1 - load(name))
    whole = load if (rest == 1).all() else load.part(rest)
    return [(plan.serving, whole), *((parts, load.part(share)) for parts, share in shares)]


def _served(plan: Plan, load: Load) -> list[Item]:
    return [
        item
        for parts, served in answering(plan, load)
        for part in parts
        for item in _ITEMS[type(part)](part, served)
    ]


def bills(plans: Iterable[Plan], draws: Mapping[str, Array], figure: str = "by_month") -> Array:
    """A figure of many plans for the same draws of the load: (plans, scenarios, …) in one call.

    `draws` replace the parameters of those names, each an array (scenarios,); all else is at its
    likely figure. What has no price counts nothing.
    """
    found = [getattr(bill(plan, plan.likely() | dict(draws)), figure)() for plan in plans]
    return np.stack(np.broadcast_arrays(*found))
