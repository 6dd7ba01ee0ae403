"""What it costs, and how that grows."""

from __future__ import annotations

from collections.abc import Sequence

from selector.analysis.cost import AlternativeCost
from selector.domain import words as plain
from selector.domain.workload import Workload
from selector.report import words
from selector.report.bills import by_cost
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.deck import noting
from selector.report.exports.deck.canvas import LEFT, ROOM, TOP, Deck
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.look import (
    CHARTED,
    HEIGHT,
    LIGHT_FROM,
    LITTLE,
    NOTHING,
    colour,
    tint,
)
from selector.report.exports.story import NOT_KNOWN, Story


def cost(deck: Deck, story: Story) -> None:
    """The first month by kind of item, and its growth."""
    if story.analysis.decision.workload is None:
        return
    bills = [
        b for b in by_cost(story.analysis)
        if b.alternative not in story.hidden and b.monthly is not None
    ][:CHARTED]  # fmt: skip
    if not bills:
        return
    money = story.money
    sums: dict[str, float] = {}
    for line in (line for bill in bills for line in bill.items):
        sums[line.category] = sums.get(line.category, 0) + (line.monthly or NOTHING).likely
    kinds = sorted(sums, key=lambda kind: -sums[kind])
    amounts = {name: likely for name, likely, _ in story.bills}
    ranked = {o.id for o in story.ranked}
    names = [
        f"{short}: {amounts[short]}" + ("" if b.alternative in ranked else ", knocked out")
        for b, short in ((b, story.labels[b.alternative].short) for b in bills)
    ]
    series = [
        Series(
            words.title_of(kind),
            [
                sum(money(x.monthly.likely) for x in b.items if x.category == kind and x.monthly)
                for b in bills
            ],
            tint(place), place >= LIGHT_FROM,
        )
        for place, kind in enumerate(kinds)
    ]  # fmt: skip
    told = [f"{name} {likely}" for name, likely, _ in story.bills if likely != KEPT_IN_HOUSE]
    by = " by kind of item" if len(kinds) > 1 else ""
    under = f"The first month{by}, likely figures in {money.code}"
    untold = [o.short for o in story.options if o.monthly == NOT_KNOWN]
    if untold:
        under += f"; not known in full: {plain.listed(untold)}"
    slide = deck.slide(
        _cheapest(story, bills), under,
        [*(f"{name}: {likely}" + (f"; {ends}" if ends else "") for name, likely, ends in
           story.bills), noting.of_bills(story)],
    )  # fmt: skip
    slide.chart("stacked", names, series, f"The first month: {plain.listed(told)}.",
                (LEFT, TOP, ROOM, HEIGHT), number="#,##0", labels=False,
                legend=len(kinds) > 1)  # fmt: skip
    growth(deck, story)


def _cheapest(story: Story, bills: Sequence[AlternativeCost]) -> str:
    """Who is cheapest of those that can be chosen, and what the first costs, as a title."""
    ranked = [o.id for o in story.ranked]
    inside = [b for b in bills if b.alternative in ranked]
    if not inside:
        return "What the first month costs"
    who, leader = inside[0].alternative, story.standing.leader
    likely = _likely(inside[0])
    among = "cheapest"
    if any(_likely(b) < likely for b in bills if b.alternative not in ranked):
        among = "cheapest of those that meet what is required"
    if story.hidden:
        among = "cheapest of the bills shown"
    title = f"{story.labels[who].short} is {among}: {story.cost_of(who)} a month"
    if leader != who and leader in {b.alternative for b in inside}:
        title += f"; {story.labels[leader].short} costs {story.cost_of(leader)}"
    return title


def _likely(bill: AlternativeCost) -> float:
    return float((bill.monthly or NOTHING).likely)


def growth(deck: Deck, story: Story) -> None:
    """How the bills grow over the horizon, and from which volume on one becomes cheaper."""
    costs = story.analysis.cost()
    by_id = {o.id: o for o in story.options}
    bills = [
        b for b in by_cost(story.analysis)
        if b.alternative not in story.hidden and b.monthly is not None
        and b.alternative in {o.id for o in story.ranked}
    ][:CHARTED]  # fmt: skip
    workload = story.analysis.decision.workload
    if workload is None or workload.months < 2 or not bills:
        return
    months, volume = workload.months, workload.requests_per_month.likely
    money = story.money
    series = [
        Series(by_id[b.alternative].short, [money(x) for x in b.by_month[1]],
               colour(by_id[b.alternative]))
        for b in bills
    ]  # fmt: skip
    shown = next((b for b in bills if b.alternative == story.standing.leader), bills[0])
    first, last = shown.by_month[1][0], shown.by_month[1][-1]
    who = by_id[shown.alternative].short
    begins, ends = money.text(first), money.text(last)
    told = f"{who} goes from {begins} to {ends} a month in {months} months"
    if begins == ends:
        told = f"{who} stays at {begins} a month for {months} months"
    even = [
        f"{by_id[r.alternative].short} is cheaper than {by_id[r.against].short} from "
        f"{plain.number(float(f'{r.found.requests:.3g}'))} requests a month on."
        for r in costs.break_even
        if r.found.requests and r.found.requests > LITTLE * volume
        and not {r.alternative, r.against} & story.hidden
    ]  # fmt: skip
    slide = deck.slide(
        told, f"The likely bill of each month, in {money.code}. {_growing(workload)}", even
    )
    wide = ROOM * 0.68 if even else ROOM
    slide.chart("lines", [str(month) for month in range(1, months + 1)], series,
                f"{told}.", (LEFT, TOP, wide, HEIGHT), number="#,##0", labels=False)  # fmt: skip
    if even:
        slide.bullets(even[:6], LEFT + wide + 24, TOP, ROOM - wide - 24, HEIGHT, 13,
                      "Where one becomes cheaper")  # fmt: skip


def _growing(workload: Workload) -> str:
    """The load that the bills are for, in a sentence."""
    requests, growth = workload.requests_per_month, workload.growth_per_month
    told = f"For {plain.span(requests.low, requests.high)} requests in the first month"
    if growth.high > 0:
        told += f", and {plain.span(100 * growth.low, 100 * growth.high)} % more each month"
    return f"{told}."
