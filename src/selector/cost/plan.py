"""What a bill is made of: parts and parameters; and the bill, for any number of scenarios."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from selector.cost.hosting import Hosting, hosting_items
from selector.cost.load import Array, Item, Load
from selector.cost.people import Once, People, Whole, once_items, people_items, whole_items
from selector.cost.services import Metered, service_items
from selector.cost.tokens import Tokens, token_items
from selector.domain import EMPTY
from selector.domain.pricing import Basis
from selector.domain.span import Span

Part = Tokens | Hosting | Metered | People | Whole


class Parameter(NamedTuple):
    """One number that a bill rests on.

    `falls`: more of it makes the bill smaller (a discount, a throughput). `least` and `most` are
    its bounds; `is_whole`: only whole numbers make sense. `origin` is `workload`, `fact`, `price`
    (of the price book) or `judgement`; `is_default` what nobody has written or looked up; `basis`
    what stands behind it.
    """

    name: str
    label: str
    span: Span
    unit: str = ""
    origin: str = "workload"
    basis: Basis = Basis(confidence="high")
    fact: str = ""
    falls: bool = False
    least: float = 0
    most: float = np.inf
    is_default: bool = False
    is_whole: bool = False


class Plan(NamedTuple):
    """How one alternative is billed over the horizon.

    `serving` answers the requests, but for the share that `fallback` takes (`fallback.share` of
    the parameters); `around` serves all of them. `once` is paid once.
    """

    alternative: str
    parameters: Mapping[str, Parameter]
    months: int = 1
    serving: tuple[Part, ...] = ()
    fallback: tuple[Part, ...] = ()
    around: tuple[Part, ...] = ()
    once: tuple[Once, ...] = ()
    discount_rate: float = 0

    def likely(self) -> dict[str, Array]:
        """The likely figure of every parameter, as one scenario."""
        return {name: np.array([p.span.likely]) for name, p in self.parameters.items()}

    @property
    def is_hosted(self) -> bool:
        """Whether it is billed by instances or machines that one keeps."""
        return any(isinstance(part, Hosting) for part in self.serving)

    @property
    def is_by_token(self) -> bool:
        """Whether it is billed by the token."""
        return any(isinstance(part, Tokens) for part in self.serving)


_ITEMS: Mapping[type, Any] = {
    Tokens: token_items,
    Hosting: hosting_items,
    Metered: service_items,
    People: people_items,
    Whole: whole_items,
}


class Bill(NamedTuple):
    """A bill in every scenario: items of arrays that broadcast to (scenarios, months)."""

    items: tuple[Item, ...]
    once: tuple[Item, ...]
    shape: tuple[int, int]
    requests: Array
    discount_rate: float = 0

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

    def total(self) -> Array:
        """The months of the horizon and what is paid once, discounted by the month, (scenarios,).

        The first month and what is paid once count in full; a month later by
        (1 + rate)^(−1/12).
        """
        weights = (1 + self.discount_rate) ** (-np.arange(self.shape[1]) / 12)
        running: Array = self.by_month() @ weights
        return running + self.one_time()

    def per_1000_requests(self) -> Array:
        """The first month by its requests, (scenarios,); NaN without requests."""
        requests = np.broadcast_to(self.requests, self.shape)[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(requests > 0, self.monthly() / requests * 1000, np.nan)


FIGURES = ("monthly", "monthly_mean", "total", "per_1000_requests")
"""The figures of a bill, as `measure: {cost: …}` names them."""


def bill(plan: Plan, figures: Mapping[str, Array]) -> Bill:
    """The bill of a plan for the figures of each scenario.

    `figures` give a number, or one for each scenario, for every parameter of the plan.
    """
    load = Load(figures, plan.months)
    serving = around = load
    items: list[Item] = []
    if plan.fallback:
        share = load("fallback.share")
        serving = load.part(1 - share)
        others = load.part(share)
        items = [i for part in plan.fallback for i in _ITEMS[type(part)](part, others)]
    items = [i for part in plan.serving for i in _ITEMS[type(part)](part, serving)] + items
    items += [i for part in plan.around for i in _ITEMS[type(part)](part, around)]
    once = tuple(item for part in plan.once for item in once_items(part, load))
    shapes = [np.shape(item.monthly) for item in (*items, *once)]
    scenarios = max([load.requests.shape[0], *(shape[0] for shape in shapes)])
    return Bill(tuple(items), once, (scenarios, plan.months), load.requests, plan.discount_rate)


def bills(plans: Iterable[Plan], draws: Mapping[str, Array], figure: str = "by_month") -> Array:
    """A figure of many plans for the same draws of the load: (plans, scenarios, …) in one call.

    `draws` replace the parameters of those names, each an array (scenarios,); all else is at its
    likely figure. What has no price counts nothing.
    """
    found = [getattr(bill(plan, plan.likely() | dict(draws)), figure)() for plan in plans]
    return np.stack(np.broadcast_arrays(*found))


NO_PLAN = Plan("", EMPTY)
