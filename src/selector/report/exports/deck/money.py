"""What it costs, and how that grows."""

from __future__ import annotations

from selector.domain import words as plain
from selector.report import words
from selector.report.bills import by_cost
from selector.report.exports.confidence import KEPT_IN_HOUSE
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
from selector.report.exports.story import Story


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
    shorts = [story.labels[b.alternative].short for b in bills]
    names = [f"{short}: {amounts[short]}" for short in shorts]
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
    cheapest = bills[0]
    among = "cheapest of the bills shown" if story.hidden else "cheapest"
    title = f"{shorts[0]} is {among}: {story.cost_of(cheapest.alternative)} a month"
    slide = deck.slide(
        title, f"The first month by kind of item, likely figures in {money.code}",
        [f"{name}: {likely}; {ends}" for name, likely, ends in story.bills],
    )  # fmt: skip
    slide.chart("stacked", names, series, f"The first month: {plain.listed(told)}.",
                (LEFT, TOP, ROOM, HEIGHT), number="#,##0", labels=False)  # fmt: skip
    growth(deck, story)


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
    first, last = bills[0].by_month[1][0], bills[0].by_month[1][-1]
    who = by_id[bills[0].alternative].short
    told = f"{who} goes from {money.text(first)} to {money.text(last)} a month in {months} months"
    even = [
        f"{by_id[r.alternative].short} is cheaper than {by_id[r.against].short} from "
        f"{plain.number(float(f'{r.found.requests:.3g}'))} requests a month on."
        for r in costs.break_even
        if r.found.requests and r.found.requests > LITTLE * volume
        and not {r.alternative, r.against} & story.hidden
    ]  # fmt: skip
    slide = deck.slide(told, f"The likely bill of each month, in {money.code}", even)
    wide = ROOM * 0.68 if even else ROOM
    slide.chart("lines", [str(month) for month in range(1, months + 1)], series,
                f"{told}.", (LEFT, TOP, wide, HEIGHT), number="#,##0", labels=False)  # fmt: skip
    if even:
        slide.bullets(even[:6], LEFT + wide + 24, TOP, ROOM - wide - 24, HEIGHT, 13,
                      "Where one becomes cheaper")  # fmt: skip
