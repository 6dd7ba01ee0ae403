"""Plans as the tests want them: a workload, parts, and the figures they name."""

from typing import Any

import numpy as np

from selector.cost.hosting import Hosting
from selector.cost.plan import Bill, Parameter, Part, Plan, bill
from selector.cost.services import Charge, Serviced
from selector.cost.tokens import Rates, Tokens
from selector.domain.span import Span
from selector.domain.workload import Workload

LOAD: dict[str, float] = {
    name: value.likely
    for name, value in Workload(Span.exactly(1_000_000))._asdict().items()
    if isinstance(value, Span)
} | {"input_tokens": 2000, "output_tokens": 500}
TOKENS = Tokens((Rates("price_in", "price_cached", "price_in", "price_out"),), discount="off")
TOKEN_PRICES: dict[str, Any] = {"price_in": 1, "price_cached": 0.1, "price_out": 4, "off": 50}
HOSTING = Hosting(hour="hour", throughput="speed")
HOSTING_PRICES: dict[str, Any] = {"hour": 10, "speed": 900}


def span(value: Any) -> Span:
    """A number, or (low, high), or (low, likely, high)."""
    if isinstance(value, tuple):
        return Span.between(*value) if len(value) == 2 else Span(*value)
    return Span.exactly(value)


def plan(*serving: Part, figures: dict[str, Any] | None = None, **more: Any) -> Plan:
    """A plan of these parts; `figures` are added to those of the load and of the two parts."""
    known = {**LOAD, **TOKEN_PRICES, **HOSTING_PRICES, **(figures or {})}
    falling = ("speed", "off", "cached_share")
    parameters = {
        name: Parameter(name, name, span(value), falls=name in falling)
        for name, value in known.items()
    }
    return Plan("a", parameters, serving=serving, **more)


def monthly(*serving: Part, **more: Any) -> float:
    """The likely first month of such a plan."""
    return float(billed(plan(*serving, **more)).monthly()[0])


def billed(made: Plan) -> Bill:
    """The likely bill."""
    return bill(made, made.likely())


def at(made: Plan, requests: Any) -> Any:
    """The first month at so many requests, by the full model."""
    figures = made.likely() | {"requests_per_month": np.asarray(requests, dtype=np.float64)}
    return np.broadcast_to(bill(made, figures).monthly(), np.shape(requests))


def service(*steps: tuple[float, str], measure: str = "log_gb", minimum: str = "") -> Serviced:
    """A service with one charge."""
    return Serviced("logs", "logging", (Charge("taken in", measure, "GB", steps),), minimum)
