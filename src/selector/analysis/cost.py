"""What each alternative costs, item by item, and where one becomes cheaper than another."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from selector.cost.break_even import (
    BreakEven,
    Moved,
    Volumes,
    break_even,
    moved_by,
    volumes_of,
)
from selector.cost.levers import Lever, Levers
from selector.cost.load import Array, Item
from selector.cost.plan import Parameter, Plan
from selector.cost.spread import Spread, spanned
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Confidence
from selector.domain.problem import UsageError
from selector.domain.span import Span
from selector.measure.costs import Bills
from selector.measure.notes import Note
from selector.measure.parameters import span_of
from selector.measure.plans import ModelUsed, Planned

_ORDER: tuple[Confidence, ...] = ("high", "medium", "low")
NOTHING = Span.exactly(0)


class Line(NamedTuple):
    """One item of the first month's bill: quantity × unit price, and what they rest on.

    `monthly`, `quantity` and `unit_price` are those of the cheapest, the likely and the dearest
    case, so that the items of each case sum to its bill; None where the price is not known.
    """

    item: str
    category: str
    quantity: Span
    unit: str
    unit_price: Span | None
    monthly: Span | None
    rests_on: tuple[Parameter, ...] = ()
    unknown: str = ""

    @property
    def confidence(self) -> Confidence:
        """That of the weakest figure it rests on."""
        return weakest(self.rests_on)

    @property
    def is_assumed(self) -> bool:
        """Whether something of it is assumed or judged, not found."""
        return any(p.basis.assumption for p in self.rests_on)

    @property
    def is_confidential(self) -> bool:
        """Whether it rests on what was negotiated in confidence."""
        return any(p.basis.confidential for p in self.rests_on)


class Effect(NamedTuple):
    """What a figure of the first month's bill is with one parameter at its low or high end."""

    parameter: Parameter
    at_low: float
    at_high: float

    @property
    def swing(self) -> float:
        """How far the two are apart."""
        return abs(self.at_high - self.at_low)


class Worth(NamedTuple):
    """What the answered requests are worth less the bill, in US dollars.

    `payback_months`: after how many months what was paid once has come back; None where it does
    not within the horizon.
    """

    monthly: Span
    total: Span
    payback_months: int | None


class AlternativeCost(NamedTuple):
    """The bill of one alternative. What is None is not known, for a price is missing.

    `known_subtotal` is the first month without what has no price, `unknown` says what that is.
    `by_month` holds low, likely and high of each month of the horizon.
    """

    alternative: str
    name: str
    models: tuple[ModelUsed, ...]
    notes: tuple[Note, ...]
    monthly: Span | None
    monthly_mean: Span | None
    total: Span | None
    per_1000_requests: Span | None
    known_subtotal: Span
    one_time: Span
    unknown: tuple[str, ...]
    items: tuple[Line, ...]
    once: tuple[Line, ...]
    by_month: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    effects: tuple[Effect, ...]
    levers: Levers | tuple[Lever, ...]
    worth: Worth | None
    payback_months: int | None = None
    parameters: Mapping[str, Parameter] = {}

    @property
    def confidence(self) -> Confidence:
        """That of the weakest item."""
        return weakest([p for line in (*self.items, *self.once) for p in line.rests_on])

    @property
    def is_confidential(self) -> bool:
        """Whether any of it rests on what was negotiated in confidence."""
        return any(line.is_confidential for line in (*self.items, *self.once))


class BreakEvenRow(NamedTuple):
    """From `requests` a month on, the alternative stays cheaper than `against`; None: never."""

    alternative: str
    against: str
    found: BreakEven


class Cost:
    """The bills of a decision's alternatives, each part made when it is asked for.

    Alternatives that are knocked out have their bill too. Amounts are US dollars.
    """

    def __init__(self, decision: Decision, bills: Bills | None = None) -> None:
        self.decision = decision
        self._bills = bills or Bills(decision)
        self._curves: dict[str, Volumes] = {}

    @cached_property
    def planned(self) -> Mapping[str, Planned | None]:
        """The plan of each alternative; None where there is no workload or no price at all."""
        return {a.id: self._bills.planned(a) for a in self.decision.alternatives}

    @cached_property
    def spreads(self) -> Mapping[str, Spread]:
        """The bills of those that have a plan, from the least to the most they could be."""
        return {
            a.id: self._bills.spread(a, planned)
            for a in self.decision.alternatives
            if (planned := self.planned[a.id]) is not None
        }

    @cached_property
    def assumed(self) -> Mapping[str, Span]:
        """Every assumption: the decision's own figure, else that of the price book."""
        own = self.decision.assumptions
        return {
            name: own.get(name, span_of(row.figure)) for name, row in self.decision.assumed.items()
        }

    @cached_property
    def alternatives(self) -> Mapping[str, AlternativeCost]:
        """The bill of every alternative, in the decision's order."""
        return {a.id: self._bill_of(a) for a in self.decision.alternatives}

    def _bill_of(self, alternative: Alternative) -> AlternativeCost:
        planned = self.planned[alternative.id]
        if planned is None:
            why = "no workload" if self.decision.workload is None else "no price is stated"
            return _without(alternative, why)
        spread = self.spreads[alternative.id]
        found = spread.bill
        known = not found.unknown
        figures = {
            name: spread.span(name) if known else None
            for name in ("monthly", "monthly_mean", "total")
        }
        months = found.by_month()
        parameters = planned.plan.parameters
        cases = (spread.cheapest, 0, spread.dearest)
        ends = spread.ends("monthly")
        effects = [Effect(parameters[name], *pair) for name, pair in ends.items()]
        return AlternativeCost(
            alternative.id,
            alternative.name,
            planned.models,
            planned.notes,
            figures["monthly"],
            figures["monthly_mean"],
            figures["total"],
            spread.span("per_1000_requests") if known and not spread.is_idle else None,
            spread.span("monthly"),
            spread.span("one_time"),
            found.unknown,
            tuple(_line(item, found.shape, cases, parameters) for item in found.items),
            tuple(_line(item, found.shape, cases, parameters) for item in found.once),
            (
                tuple(map(float, months.min(axis=0))),
                tuple(map(float, months[0])),
                tuple(map(float, months.max(axis=0))),
            ),
            tuple(sorted((e for e in effects if e.swing > 0), key=lambda e: -e.swing)),
            Levers(planned.plan, self.assumed),
            self._worth(spread) if known else None,
            self._payback(alternative, spread) if known else None,
            parameters,
        )

    def _worth(self, spread: Spread) -> Worth | None:
        """The value of the requests less the bill, where a value is given."""
        value = self.decision.business.value_per_request
        if value is None:
            return None
        costs = spread.bill.by_month()
        requests = np.broadcast_to(spread.bill.requests, costs.shape)
        rows = np.stack([each * requests - costs for each in (value.likely, value.low, value.high)])
        weights = spread.bill.weights()
        total = rows @ weights - spread.bill.one_time_today()
        flows = rows[0, 0]
        return Worth(
            spanned(rows[:, :, 0].ravel()),
            spanned(total.ravel()),
            _paid_back(flows, float(spread.bill.one_time()[0])),
        )

    def _payback(self, alternative: Alternative, spread: Spread) -> int | None:
        """After how many months what is saved against the status quo has paid for the change."""
        today = next((a for a in self.decision.alternatives if a.kind == "status-quo"), None)
        if today is None or today.id == alternative.id or today.id not in self.spreads:
            return None
        now = self.spreads[today.id].bill
        if now.unknown:
            return None
        saved = now.by_month()[0] - spread.bill.by_month()[0]
        return _paid_back(saved, float(spread.bill.one_time()[0]))

    def _volumes(self, name: str) -> Volumes:
        """The bill of one over the volume. UsageError where that is not known."""
        planned = self.planned.get(name)
        if planned is not None and planned.plan.is_whole:
            raise UsageError(
                f"the bill of {name!r} is known as a whole, not how it changes with the requests"
            )
        if name not in self._known:
            raise UsageError(f"there is no full bill of {name!r}")
        if name not in self._curves:
            self._curves[name] = volumes_of(self._known[name])
        return self._curves[name]

    @cached_property
    def _known(self) -> Mapping[str, Plan]:
        """The plans of those whose prices are all known, at any volume."""
        return {
            name: planned.plan
            for name, planned in self.planned.items()
            if planned is not None
            and not planned.plan.is_whole
            and not self.spreads[name].bill.unknown
        }

    @cached_property
    def break_even(self) -> tuple[BreakEvenRow, ...]:
        """Each alternative whose prices are all known, at any volume, against each other one."""
        return tuple(
            self.between(first, second)
            for first in self._known
            for second in self._known
            if first != second
        )

    def between(self, first: str, second: str) -> BreakEvenRow:
        """From when on the first is cheaper than the second. UsageError where that is not known."""
        found = break_even(self._volumes(first), self._volumes(second))
        return BreakEvenRow(first, second, found)

    def moved(self, first: str, second: str) -> tuple[Moved, ...]:
        """What each figure that is a range does to that volume, the farthest first."""
        for name in (first, second):
            self._volumes(name)
        return moved_by(self._known[first], self._known[second])

    def at_volumes(self, requests: Array, of: Sequence[str] | None = None) -> Mapping[str, Array]:
        """The likely first month's bill at so many requests a month (n,), as a curve.

        `of` names whose; without it all whose prices are known at any volume.
        """
        curves = {name: self._volumes(name) for name in (self._known if of is None else of)}
        return {
            name: np.where(requests <= volumes.limit, volumes.value(requests), np.nan)
            for name, volumes in curves.items()
        }

    def gap_effects(self, first: str, second: str) -> tuple[Effect, ...]:
        """What each figure does to the first's monthly bill less the second's, largest first.

        A figure of the workload, an assumption or a price of the book that both rest on moves both.
        """
        for name in (first, second):
            if name not in self.spreads:
                raise UsageError(f"there is no bill of {name!r}")
        found: dict[str, Effect] = {}
        plans = [planned.plan for n in (first, second) if (planned := self.planned[n]) is not None]
        both = [p for p in plans[0].parameters.values() if p in plans[1].parameters.values()]
        likely = [float(self.spreads[name].bill.monthly()[0]) for name in (first, second)]
        for sign, name in ((1, first), (-1, second)):
            planned = self.planned[name]
            for own, (low, high) in self.spreads[name].ends("monthly").items():
                parameter = planned.plan.parameters[own] if planned is not None else None
                if parameter is None:
                    continue
                is_shared = parameter.origin in ("workload", "assumption") or (
                    parameter.origin == "price" and parameter in both
                )
                key = f"{own} {parameter.row}" if is_shared else f"{name}.{own}"
                now = found.get(key, Effect(parameter, *[likely[0] - likely[1]] * 2))
                middle = likely[0] if sign > 0 else likely[1]
                found[key] = now._replace(
                    at_low=now.at_low + sign * (low - middle),
                    at_high=now.at_high + sign * (high - middle),
                )
        moving = [effect for effect in found.values() if effect.swing > 0]
        return tuple(sorted(moving, key=lambda effect: -effect.swing))


def _without(alternative: Alternative, why: str) -> AlternativeCost:
    nothing: tuple[float, ...] = ()
    return AlternativeCost(
        alternative.id,
        alternative.name,
        (),
        (),
        None,
        None,
        None,
        None,
        NOTHING,
        NOTHING,
        (why,),
        (),
        (),
        (nothing, nothing, nothing),
        (),
        (),
        None,
    )


def _line(
    item: Item, shape: tuple[int, int], cases: Sequence[int], parameters: Mapping[str, Parameter]
) -> Line:
    """An item of a bill of that shape, in the scenarios that are its cheapest, likely, dearest."""

    def spanned(figures: Array) -> Span:
        first = np.broadcast_to(figures, shape)[:, 0]
        return Span(*(float(first[case]) for case in cases))

    price = None if item.price is None else spanned(item.price)
    return Line(
        item.name,
        item.category,
        spanned(item.quantity),
        item.unit,
        price,
        None if item.price is None else spanned(item.monthly),
        tuple(parameters[name] for name in dict.fromkeys(item.basis)),
        item.unknown if item.is_missing else "",
    )


def _paid_back(flows: Array, once: float) -> int | None:
    """The first month at whose end the sum of the flows is at least what was paid once."""
    if once <= 0 and flows[0] >= 0:
        return 0
    back = np.flatnonzero(np.cumsum(flows) >= once)
    return int(back[0]) + 1 if back.size else None


def weakest(parameters: "list[Parameter] | tuple[Parameter, ...]") -> Confidence:
    """The lowest confidence of some figures; high where there are none."""
    return max((p.basis.confidence for p in parameters), key=_ORDER.index, default="high")
