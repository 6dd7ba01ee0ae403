"""One bill looked at closely, beside another: what moves it, what would lower it, break-even."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost, BreakEvenRow, Effect
from selector.domain import words as plain
from selector.domain.span import Span
from selector.report import bills, words
from selector.report.charts import Curve
from selector.report.money import Money, money_of, shown
from selector.ui.parts.answer import colour_of
from selector.ui.parts.bills import basis_of
from selector.ui.parts.html import section, text

SHOWN = 8  # figures of a tornado at once; the others unfold
POINTS = 900  # volumes at which a curve is drawn


def default_pair(analysis: Analysis) -> tuple[str, str]:
    """The pair looked at first: what one hosts oneself against the cheapest, else the leader.

    Bills that are known as a whole come last: they have no break-even.
    """
    cost = analysis.cost()
    running = {row.alternative for row in analysis.ranking}
    known = [b.alternative for b in bills.by_cost(analysis) if b.monthly is not None]
    order = [a for a in known if a in running] + [a for a in known if a not in running]
    if not order:
        return "", ""
    order.sort(key=lambda a: (p := cost.planned[a]) is not None and p.plan.is_whole)
    hosted = [a for a in order if (p := cost.planned[a]) is not None and p.plan.hosting is not None]
    first = next(iter(hosted), "") or (analysis.ranking[0].alternative if running else order[0])
    if first not in order:
        first = order[0]
    return first, next((a for a in order if a != first), "")


# --- break-even -----------------------------------------------------------------------------------


def curves(
    analysis: Analysis, pair: Sequence[str], row: BreakEvenRow
) -> tuple[list[Curve], list[tuple[float, float]], float]:
    """The bills of two over the volume, the crossings in sight, and the workload's volume."""
    decision = analysis.decision
    money, called = money_of(decision), words.labels(decision)
    load = decision.workload
    here = load.requests_per_month.likely if load is not None else 0.0
    crossings = [c.requests for c in row.found.crossings if c.requests >= 100]
    right = max(2 * here, 1.4 * max(crossings, default=0), 1000.0)
    right = min(right, row.found.searched_to)
    near = [c * (1 + side) for c in crossings for side in (-1e-6, 1e-6) if c < right]
    x = np.unique(np.concatenate([np.linspace(0, right, POINTS), near]))
    bill = analysis.cost().at_volumes(x, pair)
    places = {a.id: place for place, a in enumerate(decision.alternatives)}
    drawn = [
        Curve(called[a].short, places[a], x.tolist(), (bill[a] * money.factor).tolist())
        for a in pair
    ]
    at = np.array([c for c in crossings if c <= right])
    marks = analysis.cost().at_volumes(at, pair) if at.size else {}
    heights = np.maximum(*(marks[a] for a in pair)) * money.factor if at.size else at
    return drawn, list(zip(at.tolist(), heights.tolist(), strict=True)), here


def break_even_words(analysis: Analysis, pair: tuple[str, str], row: BreakEvenRow) -> str:
    """Return in words from when on which is cheaper, and on what that rests."""
    called = words.labels(analysis.decision)
    names = tuple(called[a].short for a in pair)
    told = bills.break_even(names[0], names[1], row.found)
    only = bills.first_month_only(analysis, pair)
    resting = bills.rests_on(analysis.cost().gap_effects(*pair))
    rests = f"The gap rests on: {'; '.join(resting)}." if resting else ""
    crossings = [c for c in row.found.crossings if c.requests >= 100]
    each = ""
    if len(crossings) > 1:
        steps = [
            f"{bills.volume(c.requests)} ({names[0] if c.is_cheaper_above else names[1]} above)"
            for c in crossings
        ]
        each = f'<p class="how">The cheaper one changes at {text(plain.listed(steps))}.</p>'
    return f'<p class="said"><b>{text(told)}.</b> {text(rests)} {text(only)}</p>{each}'


def moved(analysis: Analysis, pair: tuple[str, str], row: BreakEvenRow) -> str:
    """Return what each range does to the volume from which the first is the cheaper one."""
    name = words.labels(analysis.decision)[pair[0]].short
    found = analysis.cost().moved(*pair)
    now = _from(row.found.requests)
    if not found:
        return f'<p class="how">No figure that is a range moves it: {text(name)} {text(now)}.</p>'
    body = "".join(
        f'<tr><th scope="row">{text(each.parameter.label)}</th>'
        f"<td>{text(_end(each.parameter.span.low, each.parameter.unit))}</td>"
        f"<td>{text(_from(each.at_low))}</td>"
        f"<td>{text(_end(each.parameter.span.high, each.parameter.unit))}</td>"
        f"<td>{text(_from(each.at_high))}</td></tr>"
        for each in found
    )
    heads = ("Figure", "at", f"{name} is cheaper", "at", f"{name} is cheaper")
    head = "".join(f'<th scope="col">{text(each)}</th>' for each in heads)
    how = f'<p class="how">As all stands, {text(name)} is cheaper {text(now)} requests a month.</p>'
    return (
        f'{how if row.found.requests else ""}<div class="wide" tabindex="0" role="region" '
        f'aria-label="What moves the volume"><table class="crossing"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _end(value: float, unit: str) -> str:
    return bills.between(value, value, unit)


def _from(requests: float | None) -> str:
    """From which volume on: never, always, or from so many on."""
    if requests is None:
        return "never"
    return "at any volume" if requests < 100 else f"from {bills.volume(requests)}"


def all_pairs(analysis: Analysis) -> str:
    """Return every pair that crosses, from where on which is the cheaper one."""
    called = words.labels(analysis.decision)
    rows = [
        row
        for row in analysis.cost().break_even
        if row.found.requests is not None and row.found.requests >= 100
    ]
    if not rows:
        calm = '<p class="how">No two of them change places at any volume worth looking at.</p>'
        return calm
    rows.sort(key=lambda row: row.found.requests or 0)
    body = "".join(
        f'<tr><th scope="row"><i style="--c:{colour_of(analysis, row.alternative)}"></i>'
        f"{text(called[row.alternative].short)}</th>"
        f"<td>{text(called[row.against].short)}</td>"
        f"<td>{text(bills.volume(row.found.requests or 0))}</td>"
        f"<td>{len(row.found.crossings)}</td></tr>"
        for row in rows
    )
    names = ("Alternative", "stays cheaper than", "from requests a month", "crossings")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="All pairs that cross">'
        f'<table class="crossing"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


# --- what moves it --------------------------------------------------------------------------------


def tornado(analysis: Analysis, title: str, effects: Sequence[Effect], now: float) -> str:
    """Return what each figure alone does, the largest first; `now` is where it stands."""
    money = money_of(analysis.decision)
    said = money.text(now)
    effects = [e for e in effects if {money.text(e.at_low), money.text(e.at_high)} != {said}]
    if not effects:
        told = f'<p class="how">No figure that is a range moves it: it is {text(said)}.</p>'
        return section(title, "", told)
    ends = [end for effect in effects for end in (effect.at_low, effect.at_high)]
    low, high = min(*ends, now), max(*ends, now)
    width = high - low or 1.0

    def at(amount: float) -> float:
        return 100 * (amount - low) / width

    rows = []
    for effect in effects:
        left, right = sorted((at(effect.at_low), at(effect.at_high)))
        first, last = money(effect.at_low), money(effect.at_high)
        ends_told = [shown(first), shown(last)]
        told = " to ".join(dict.fromkeys(ends_told))
        default = " · default" if effect.parameter.is_default else ""
        rows.append(
            f'<div class="swing" role="listitem"><span class="nm">{text(effect.parameter.label)}'
            f"<small>{text(bills.reach(effect))}{default}</small></span>"
            f'<span class="track" aria-hidden="true"><u style="left:{left:.2f}%;'
            f'width:{right - left:.2f}%"></u><i style="left:{at(now):.2f}%"></i></span>'
            f'<span class="sc">{text(told)}</span></div>'
        )
    how = (
        f"Each figure alone at its low end, then at its high end, as written under its name; all "
        f"else as it is. The mark is {money.text(now)}. In {money.code} a month."
    )
    axis = (
        '<div class="swing axis" aria-hidden="true"><span></span><span class="ticks">'
        f"<em>{shown(money(low))}</em><em>{shown(money(high))}</em></span><span></span></div>"
    )
    rest = rows[SHOWN:]
    more = (
        f'<details class="more"><summary>{len(rest)} more that do less</summary>'
        f'<div role="list">{"".join(rest)}</div></details>'
        if rest
        else ""
    )
    return section(title, how, f'<div role="list">{"".join(rows[:SHOWN])}</div>', axis, more)


# --- what would lower it --------------------------------------------------------------------------


def levers(analysis: Analysis, bill: AlternativeCost) -> str:
    """Return what would lower the bill, the largest saving first, and on what it rests."""
    money = money_of(analysis.decision)
    name = words.labels(analysis.decision)[bill.alternative].short
    title = f"What would lower the bill of {name}"
    if not bill.levers:
        none = '<p class="how">None of the levers known saves anything on this bill.</p>'
        return section(title, "", none)
    assumed = analysis.decision.assumed
    most = max(lever.saving.likely for lever in bill.levers)
    colour = colour_of(analysis, bill.alternative)
    rows = []
    for lever in bill.levers:
        resting = [_assumption(analysis, each) for each in lever.rests_on if each in assumed]
        rests = f"<small>Rests on {text(plain.listed(resting))}.</small>" if resting else ""
        told = money.ends(lever.saving)
        ends = told if " to " in told else ""
        basis = basis_of(lever.basis)
        rows.append(
            f'<div class="lever" role="listitem" style="--c:{colour}">'
            f'<span class="nm">{text(lever.name)}{rests}<small>{text(lever.caution)}</small>'
            f"{f'<small>{basis}</small>' if basis else ''}</span>"
            f'<span class="sc"><b>{text(money.text(lever.saving.likely))}</b>'
            f"<small>{text(ends)}</small>"
            f'<i aria-hidden="true" style="width:{100 * lever.saving.likely / most:.1f}%"></i>'
            "</span></div>"
        )
    how = "Saved a month, each alone, the largest first; two together save less than their sum."
    return section(title, how, f'<div role="list">{"".join(rows)}</div>')


def _assumption(analysis: Analysis, name: str) -> str:
    row = analysis.decision.assumed[name]
    span = analysis.cost().assumed[name]
    return f"{words.lower_first(row.name)} ({bills.between(span.low, span.high, row.unit)})"


def others(analysis: Analysis, but: str) -> str:
    """Return the largest lever of each other bill; empty where none has any."""
    money, called = money_of(analysis.decision), words.labels(analysis.decision)
    found = [b for b in bills.by_cost(analysis) if b.levers and b.alternative != but]
    if not found:
        return ""
    found.sort(key=lambda bill: -bill.levers[0].saving.likely)
    rows = "".join(
        f'<li><b style="color:{colour_of(analysis, bill.alternative)}">'
        f"{text(called[bill.alternative].short)}</b> {text(words.lower_first(bill.levers[0].name))}"
        f" <span>· {text(money.text(bill.levers[0].saving.likely))}</span></li>"
        for bill in found
    )
    return f'<ul class="lines">{rows}</ul>'


# --- what it is worth -----------------------------------------------------------------------------


def worth(analysis: Analysis, bill: AlternativeCost) -> str:
    """Return what the requests are worth minus the bill, and when what was paid once is back."""
    money = money_of(analysis.decision)
    name = words.labels(analysis.decision)[bill.alternative].short
    told = []
    if bill.worth is not None:
        told.append(
            f"<b>{text(money.text(bill.worth.monthly.likely))}</b> a month is what its answers are "
            f"worth minus its bill{_between(bill.worth.monthly, money)}; "
            f"{text(money.text(bill.worth.total.likely))} over the horizon{_later(analysis)}"
        )
        told.append(f"What is paid once is back {_back(bill.worth.payback_months)}")
    if bill.payback_months is not None and bill.one_time.likely > 0:
        told.append(f"Against the status quo it is paid back {_back(bill.payback_months)}")
    if not told:
        return ""
    if bill.one_time.likely > 0:
        told.append(f"Paid once: <b>{text(money.text(bill.one_time.likely))}</b>")
    rows = "".join(f"<li>{each}</li>" for each in told)
    return section(f"Worth and payback of {name}", "", f'<ul class="lines">{rows}</ul>')


def _later(analysis: Analysis) -> str:
    rate = analysis.decision.business.discount_rate
    return f", discounted at {100 * rate:g} % a year" if rate else ""


def _between(span: Span, money: Money) -> str:
    told = money.ends(span)
    return f" ({text(told)})" if " to " in told else ""


def _back(months: int | None) -> str:
    if months is None:
        return "not within the horizon"
    return "at once" if months == 0 else f"after {bills.plain_months(months)}"
