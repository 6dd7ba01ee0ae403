"""What the bills say, in sentences: who is cheapest, from which volume on, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost, Effect
from selector.cost.break_even import BreakEven
from selector.domain import words as plain
from selector.domain.criterion import CostFigure, CostMeasure
from selector.domain.span import Span
from selector.measure.notes import months_between
from selector.report import words
from selector.report.money import Money, money_of

_LATER = re.compile(r"\.from_(\d{4}-\d{2}-\d{2})")  # in the name of a price that comes later
NEAR = 1.005  # amounts this close read as the same
CENT = 0.01  # of a US dollar: amounts that differ by less read as the same
NOUGHT = Span.exactly(0)
FIGURES: Mapping[CostFigure, str] = {
    "monthly": "",
    "monthly_mean": " in the mean month",
    "total": " over the horizon",
    "per_1000_requests": " for 1,000 requests",
}
"""What a bill is judged by, as it stands behind an amount."""
RESTS_ON = 3  # figures that a break-even is said to rest on


class Headline(NamedTuple):
    """The cheapest (its id, empty where none is known), a sentence, and what follows from it."""

    cheapest: str
    sentence: str
    more: tuple[str, ...] = ()


def by_cost(analysis: Analysis) -> list[AlternativeCost]:
    """All bills: those in the running first, then the knocked out; the cheapest first, and what is
    not known in full behind what is.
    """
    running = {row.alternative for row in analysis.ranking}
    return sorted(
        analysis.cost().alternatives.values(),
        key=lambda bill: (
            bill.alternative not in running,
            bill.monthly is None,
            (bill.monthly or bill.known_subtotal).likely,
        ),
    )


def are_months_apart(analysis: Analysis, hidden: frozenset[str] = frozenset()) -> bool:
    """Whether any bill that is told goes up or down by month.

    Where none is known, or those of stacks, which tell a sum, whether the load does.
    """
    load = analysis.decision.workload
    if load is None or load.months < 2:
        return False
    told = (b for b in analysis.cost().alternatives.values() if b.alternative not in hidden)
    likely = [bill.by_month[1] for bill in told if bill.by_month and any(bill.by_month[1])]
    if any(max(months) - min(months) >= CENT for months in likely):
        return True
    is_told_by_month = likely and analysis.composed is None
    return not is_told_by_month and any(load.growth_per_month)


def per_month(analysis: Analysis, hidden: frozenset[str] = frozenset()) -> str:
    """What follows the first month's bill in a sentence."""
    return "in the first month" if are_months_apart(analysis, hidden) else "a month"


def headline(analysis: Analysis) -> Headline:
    """The cheapest in the running, what it costs, and how that compares."""
    decision = analysis.decision
    if decision.workload is None:
        return Headline("", "The decision describes no workload, so there is no bill")
    running = {row.alternative for row in analysis.ranking}
    if not running:
        return Headline("", "No alternative is left to pay for", _unknown(analysis))
    known = [b for b in by_cost(analysis) if b.alternative in running and b.monthly is not None]
    if not known:
        return Headline("", "No bill is known in full", _unknown(analysis))
    money, called = money_of(decision), words.labels(decision)
    best, monthly = known[0], known[0].monthly or NOUGHT
    amount = money.text(monthly.likely)
    name = called[best.alternative].short
    only = len(running) == 1
    told = f"{name} costs {amount}" if only else f"{name} is cheapest: {amount}"
    more = [
        _range(monthly, money),
        *over_horizon(analysis),
        _rivals(analysis, known),
        _leader(analysis, best, money),
        _status_quo(analysis, best, money),
        _out(analysis, monthly, money),
        *_unknown(analysis),
    ]
    told = f"{told} {per_month(analysis)}"
    return Headline(best.alternative, told, tuple(line for line in more if line))


def _range(monthly: Span, money: Money) -> str:
    ends = money.ends(monthly)
    return f"It could be {ends}." if " to " in ends else "No figure of it is a range."


def _rivals(analysis: Analysis, known: list[AlternativeCost]) -> str:
    """Who would cost less with one figure at its end, and who only with several; what moves both
    bills, such as the load, moves them together.
    """
    called = words.labels(analysis.decision)
    best = known[0]
    alone, together = [], []
    for bill in known[1:]:
        name = called[bill.alternative].short
        gap = (bill.monthly or NOUGHT).likely - (best.monthly or NOUGHT).likely
        falls = []
        for effect in analysis.cost().gap_effects(bill.alternative, best.alternative):
            least = min(effect.at_low, effect.at_high)
            end = effect.parameter.span[0 if effect.at_low == least else 2]
            falls.append((gap - least, effect.parameter, end))
        fall, parameter, end = max(falls, key=lambda each: each[0], default=(0.0, None, 0.0))
        if parameter is not None and fall > gap:
            value = between(end, end, parameter.unit)
            alone.append(f"{name} with “{parameter.label}” at {value}")
        elif sum(max(0.0, each[0]) for each in falls) > gap:
            together.append(name)
    found = [f"One figure could turn it: cheaper is {plain.listed(alone, 'or')}."] if alone else []
    if together:
        found.append(f"Only several figures together could make {plain.listed(together)} cheaper.")
    return " ".join(found)


def times(larger: float, smaller: float) -> str:
    """How many times as much one amount is as another, in words."""
    if smaller <= 0:
        return ""
    ratio = larger / smaller
    if ratio < NEAR:
        return "as much"
    if ratio < 2:
        return f"{100 * (ratio - 1):.0f} % more"
    return f"{ratio:.1f} times as much" if ratio < 10 else f"{ratio:.0f} times as much"


def _leader(analysis: Analysis, best: AlternativeCost, money: Money) -> str:
    """What the leader of the decision costs beside the cheapest."""
    called = words.labels(analysis.decision)
    leader = analysis.ranking[0].alternative
    name = called[leader].short
    if leader == best.alternative:
        alone = len(analysis.ranking) == 1
        return "" if alone else f"{name} also leads the decision."
    bill = analysis.cost().alternatives[leader]
    figure = _judged_by(analysis)
    costs, least = getattr(bill, figure), getattr(best, figure)
    if costs is None or least is None:
        return f"What {name} costs, which leads the decision, is not known."
    if costs.likely * NEAR < least.likely:
        ratio = f"less than {called[best.alternative].short}"
    else:
        ratio = times(costs.likely, least.likely)
    said = f", {ratio}" if ratio else ""
    return (
        f"{name}, which leads the decision, costs {money.text(costs.likely)}{FIGURES[figure]}"
        f"{said}."
    )


def _judged_by(analysis: Analysis) -> CostFigure:
    """The figure of the bill by which the decision judges cost, else the first month."""
    measures = [leaf.measure for leaf in analysis.decision.criteria.leaves()]
    found = [m.figure for m in measures if isinstance(m, CostMeasure)]
    return found[0] if found else "monthly"


def _status_quo(analysis: Analysis, best: AlternativeCost, money: Money) -> str:
    """What the cheapest saves against what runs today."""
    today = next((a for a in analysis.decision.alternatives if a.kind == "status-quo"), None)
    if today is None:
        return ""
    name = words.labels(analysis.decision)[today.id].short
    if today.id == best.alternative:
        return f"{name} is the status quo: no other saves money."
    bill = analysis.cost().alternatives[today.id]
    if bill.monthly is None or best.monthly is None:
        return f"The status quo, {name}, has no known bill."
    saved = bill.monthly.likely - best.monthly.likely
    if saved <= 0:
        return f"The status quo, {name}, costs {money.text(-saved)} less a month."
    paid = {None: "which does not pay back within the horizon", 0: ""}.get(
        best.payback_months,
        f"and has paid for the change after {plain_months(best.payback_months)}",
    )
    once = f", {paid}" if best.one_time.likely > 0 and paid else ""
    return f"Against the status quo, {name}, it saves {money.text(saved)} a month{once}."


def plain_months(months: int | None) -> str:
    """A number of months in words."""
    return "1 month" if months == 1 else f"{months} months"


def over_horizon(analysis: Analysis) -> list[str]:
    """Where the order of the first month is not that of the horizon: of the mean month or in all.

    Prices that change, credits, growth and what is paid once turn it.
    """
    workload, running = analysis.decision.workload, {row.alternative for row in analysis.ranking}
    known = [b for b in by_cost(analysis) if b.alternative in running and b.monthly is not None]
    if workload is None or workload.months == 1 or len(known) < 2:
        return []
    money, called = money_of(analysis.decision), words.labels(analysis.decision)
    found: list[str] = []
    orders: dict[tuple[str, ...], list[str]] = {}
    for figure, what in (("monthly_mean", "in the mean month"), ("total", discounted(analysis))):
        cost = {b.alternative: (getattr(b, figure) or NOUGHT).likely for b in known}
        order = sorted(cost, key=lambda name: cost[name])
        first, least = known[0].alternative, order[0]
        if cost[least] * NEAR < cost[first]:
            found.append(
                f"Over {workload.months} months {called[least].short} is cheaper, {what}: "
                f"{money.text(cost[least])} against {money.text(cost[first])} of "
                f"{called[first].short}."
            )
        elif any(cost[a] > NEAR * cost[b] for a, b in _pairs([b.alternative for b in known])):
            orders.setdefault(tuple(called[name].short for name in order), []).append(what)
    for order_of, whats in orders.items():
        listed = ", ".join(order_of)
        told = " as well as ".join(whats)
        found.append(
            f"Over {workload.months} months the order changes. From the cheapest, {told}: {listed}."
        )
    return found


def _pairs(names: list[str]) -> list[tuple[str, str]]:
    """Each with each that comes after it."""
    return [(a, b) for place, a in enumerate(names) for b in names[place + 1 :]]


def discounted(analysis: Analysis) -> str:
    """What a total of the horizon counts, in words."""
    return f"in all, with what is paid once{_later(analysis)}"


def counted_beside(analysis: Analysis) -> str:
    """What makes totals of the horizon others than the sums of the months; empty where nothing.

    What is paid once and changes no figure that people read is nothing.
    """
    found = analysis.cost().alternatives.values()
    is_once = any(b.total and b.one_time.likely > (NEAR - 1) * b.total.likely for b in found)
    return ", with what is paid once" * is_once + _later(analysis)


def _later(analysis: Analysis) -> str:
    rate = analysis.decision.business.discount_rate
    return f", discounted at {100 * rate:g} % a year" if rate else ""


def _out(analysis: Analysis, best: Span, money: Money) -> str:
    """Those that are cheaper, but knocked out."""
    called = words.labels(analysis.decision)
    out = {row.alternative for row in analysis.excluded}
    cheaper = [
        f"{called[b.alternative].short} ({money.text(b.monthly.likely)})"
        for b in by_cost(analysis)
        if b.alternative in out and b.monthly is not None and b.monthly.likely < best.likely
    ]
    return f"Cheaper, but knocked out: {plain.listed(cheaper)}." if cheaper else ""


def _unknown(analysis: Analysis) -> tuple[str, ...]:
    """The bills that are not known in full, and what is missing."""
    called = words.labels(analysis.decision)
    if analysis.composed is not None:  # of parts, most of them without a bill: told once
        lacking = [bill.alternative for bill in by_cost(analysis) if bill.monthly is None]
        if not lacking:
            return ()
        names = [called[name].short for name in lacking]
        told = plain.listed(names) if len(names) < len(analysis.alternatives) else "any stack"
        return (f"The bill of {told} is not known in full: parts of it have no bill.",)
    return tuple(
        f"The bill of {called[bill.alternative].short} is not known: {plain.listed(bill.unknown)}."
        for bill in by_cost(analysis)
        if bill.monthly is None
    )


# --- from which volume on -------------------------------------------------------------------------


def volume(requests: float) -> str:
    """A number of requests as people say it: 8.2 million, 46,350."""
    if requests >= 1e9:
        return f"{requests / 1e9:,.4g} billion"
    if requests >= 1e6:
        return (
            f"{requests / 1e6:.3g} million" if requests < 1e8 else f"{requests / 1e6:.0f} million"
        )
    return f"{float(f'{requests:.4g}'):,.0f}"


def break_even(first: str, second: str, found: BreakEven) -> str:
    """From how many requests a month on the first stays cheaper than the second."""
    limit = "" if found.searched_to == float("inf") else f", up to {volume(found.searched_to)}"
    if not found.crossings:
        if found.requests == 0:
            return f"{first} is cheaper than {second} at any volume{limit}"
        return f"{first} is not cheaper than {second} at any volume{limit}"
    last = found.crossings[-1]
    who, whom = (first, second) if last.is_cheaper_above else (second, first)
    if last.requests < 100:
        return f"{who} is cheaper than {whom} at any volume worth looking at"
    before = len(found.crossings) - 1
    turns = {0: "", 1: "; below, the cheaper one changes once more"}.get(
        before, f"; below, the cheaper one changes {before} times more"
    )
    return (
        f"From {volume(last.requests)} requests a month on, {who} stays cheaper than {whom}{turns}"
    )


def first_month_only(analysis: Analysis, pair: Sequence[str]) -> str:
    """What break-even, reckoned with the first month, does not count of two bills; else empty."""
    cost, called = analysis.cost(), words.labels(analysis.decision)
    start, months = analysis.decision.day, 1
    if analysis.decision.workload is not None:
        months = analysis.decision.workload.months
    told = []
    for name in pair:
        planned = cost.planned[name]
        if planned is None:
            continue
        days = {
            date.fromisoformat(found[1])
            for key in planned.plan.parameters
            if (found := _LATER.search(key)) is not None
        }
        days = {day for day in days if months_between(start, day) < months}
        if days:
            when = plain.listed([plain.day(day) for day in sorted(days)])
            told.append(f"those of {called[name].short} change on {when}")
        if planned.plan.credits:
            told.append(f"the credits of {called[name].short} are not counted")
    return f"Prices of the first month; {'; '.join(told)}." if told else ""


def rests_on(effects: Iterable[Effect], but: str = "requests_per_month") -> list[str]:
    """The figures that do most to a gap, with how far they reach, the largest first."""
    found = []
    for effect in effects:
        if effect.parameter.name != but:
            found.append(f"{effect.parameter.label} ({reach(effect)})")
    return found[:RESTS_ON]


def reach(effect: Effect) -> str:
    """The ends of a figure with its unit."""
    low, _, high = effect.parameter.span
    return between(low, high, effect.parameter.unit)


def between(low: float, high: float, unit: str) -> str:
    """A range with its unit; what has none and is at most 1 is a share, and said in per cent."""
    if not unit and 0 < high <= 1:
        low, high, unit = 100 * low, 100 * high, "%"
    ends = _short(low) if _short(low) == _short(high) else f"{_short(low)} to {_short(high)}"
    return f"{ends}\u00a0{unit}" if unit == "%" else plain.with_unit(ends, unit)


def _short(value: float) -> str:
    return plain.number(float(f"{value:.4g}"))
