"""What it costs, and how that grows; where a bill is not known in full, what of it is known."""

from __future__ import annotations

from collections.abc import Sequence

from selector.domain import words as plain
from selector.domain.workload import Workload
from selector.report.bills import NEAR, counted_beside
from selector.report.exports.deck import noting
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.frame import HEIGHT, LEFT, ROOM, TOP
from selector.report.exports.deck.look import CHARTED, LITTLE, blocks, colour
from selector.report.exports.given import growing
from selector.report.exports.partly import Partly, at_least, partly
from selector.report.exports.story import Story

SOME = 3  # names that a title has room for
MISSED = 6  # parts without a bill that a line names
LINES = 8  # bills whose growth one chart can show apart
EVEN, FEW = 5, 2  # volumes at which one becomes cheaper beside a chart, alone or under sums
SUMS = 6  # of bills over the horizon beside a chart
NO_EVEN = "From which volume on another is cheaper is not known where a bill is not known in full."


def cost(deck: Deck, story: Story) -> None:
    """The first month by kind of item, and its growth."""
    if not story.is_billed:
        return
    told = [bill for bill in partly(story) if bill.option.id not in story.hidden]
    bills = [bill for bill in told if bill.is_full or bill.known > 0][:CHARTED]
    money = story.money
    sums: dict[str, float] = {}
    for bill in bills:
        for kind, likely in bill.kinds.items():
            sums[kind] = sums.get(kind, 0.0) + likely
    kinds = sorted(sums, key=lambda kind: -sums[kind])
    rows = [(kind, [money(bill.kinds.get(kind, 0.0)) for bill in bills]) for kind in kinds]
    names = [
        f"{bill.option.short}: {amount(story, bill)}" + (", knocked out" * (not bill.option.rank))
        for bill in bills
    ]
    lacking = [bill for bill in told if not bill.is_full]
    by = " by kind of item" if len(kinds) > 1 else ""
    what = "likely figures" if not lacking else "what is known, likely figures"
    full = [bill for bill in told if bill.option.rank and bill.is_full]
    under = f"The first month{by}: {what} in {money.code}. {_overlapping(story, full)}".rstrip(". ")
    slide = deck.slide(
        _cheapest(story, told), under,
        [*(f"{name}: {said}" + (f"; {ends}" if ends else "") for name, said, ends in
           story.bills), *_missing(lacking, 99), noting.of_bills(story)],
        kind="chart" if bills else "table",
    )  # fmt: skip
    open_ = _missing(lacking, MISSED)
    if bills:
        wide = ROOM * 0.66 if lacking else ROOM
        said = [f"{b.option.short} {amount(story, b)}" for b in bills]
        slide.chart("stacked", names, blocks(rows), f"The first month: {plain.listed(said)}.",
                    (LEFT, TOP, wide, HEIGHT), number="#,##0", labels=False,
                    legend=len(kinds) > 1)  # fmt: skip
        if lacking:
            left = LEFT + wide + 24
            slide.bullets(open_, left, TOP, LEFT + ROOM - left, HEIGHT, 13, "What is not known")
    elif open_:
        slide.bullets(open_, LEFT, TOP, ROOM, HEIGHT, 16, "What is not known")
    if told:
        growth(deck, story, told)


def amount(story: Story, bill: Partly) -> str:
    """The likely bill of the first month, or what of it is known."""
    if bill.is_full:
        return story.money.whole(bill.known)
    return at_least(story, bill) or "not known"


def _missing(bills: Sequence[Partly], most: int) -> list[str]:
    """What is not known of bills, those that miss the same in one line."""
    same: dict[tuple[str, ...], list[str]] = {}
    for bill in bills:
        same.setdefault(bill.missing, []).append(bill.option.short)
    found = []
    for missing, names in same.items():
        whose = (
            plain.listed(names[:3]) if len(names) <= 3 else f"{names[0]} and {len(names) - 1} more"
        )
        parts = (
            [*missing[:most], f"{len(missing) - most} more"] if len(missing) > most + 1 else missing
        )
        found.append(f"{whose}: {plain.listed(list(parts))}.")
    return found


def _cheapest(story: Story, bills: Sequence[Partly]) -> str:
    """Who is cheapest of those that can be chosen, and what the first costs, as a title."""
    inside = [b for b in bills if b.option.rank]
    full = [b for b in inside if b.is_full]
    leader = story.standing.leader
    if not full:
        return _in_part(story, inside)
    best = full[0]
    who, costs = best.option, amount(story, best)
    level = [b.option for b in full if amount(story, b) == costs and b.known <= NEAR * best.known]
    level.sort(key=lambda option: option.rank)
    among = "cheapest"
    if any(b.is_full and b.known < best.known for b in bills if not b.option.rank):
        among = "cheapest of those that meet what is required"
    if any(not b.is_full and b.known < best.known for b in inside):
        among = "cheapest of the bills known in full"
    if story.hidden:
        among = "cheapest of the bills shown"
    if len(story.ranked) == 1:
        return f"{who.short} costs {story.cost_of(who.id)} {story.per_month}"
    likely = "likely " if _overlapping(story, full) else ""
    title = f"{who.short} is {likely}{among}: {costs} {story.per_month}"
    if len(level) > 1:
        names = [option.short for option in level]
        names = plain.few(names, SOME - 1)
        told = f"are {likely}{among}: {costs} each {story.per_month}"
        is_all = len(level) == len(inside)
        told = f"each {likely}cost {costs} {story.per_month}" if is_all else told
        title = f"{plain.listed(names)} {told}"
    if leader in {option.id for option in level} or leader in story.hidden:
        return title
    own = next(b for b in inside if b.option.id == leader)
    told = f"costs {amount(story, own)}"
    told = told if own.is_full or own.known > 0 else "has no bill"
    return f"{title}; {own.option.short} {told}"


def _overlapping(story: Story, full: Sequence[Partly]) -> str:
    """Whose bill could be below that of the cheapest, in a sentence; empty where no other's."""
    bills = story.analysis.cost().alternatives
    spans = [(b.option, bills[b.option.id].monthly) for b in full]
    known = [(option, span) for option, span in spans if span is not None]
    if len(known) < 2:
        return ""
    (who, own), (other, lowest) = known[0], min(known[1:], key=lambda row: row[1].low)
    if own.high <= lowest.low:
        return ""
    return (
        f"Ranges overlap: {who.short} costs {story.cost_of(who.id)}, "
        f"{other.short} {story.cost_of(other.id)}."
    )


def _in_part(story: Story, bills: Sequence[Partly]) -> str:
    """What is known of the first's bill where none is known in full, as a title."""
    first = next((b for b in bills if b.option.id == story.standing.leader), None)
    if first is None:
        return "No bill that may be told is known in full"
    if first.known <= 0:
        return (
            "No bill is known, not even in part"
            if not any(b.known for b in bills)
            else ("No bill is known in full")
        )
    return (
        f"{first.option.short} costs at least {story.money.whole(first.known)} {story.per_month}; "
        "no bill is known in full"
    )


def growth(deck: Deck, story: Story, told: Sequence[Partly]) -> None:
    """How the bills grow over the horizon, and from which volume on one becomes cheaper."""
    bills = [b for b in told if b.option.rank and b.known > 0 and b.by_month][:CHARTED]
    workload = story.analysis.decision.workload
    if workload is None or workload.months < 2 or not bills:
        return
    months, money = workload.months, story.money
    alike: dict[tuple[float, ...], list[Partly]] = {}
    for bill in bills:  # lines that lie on each other are one
        alike.setdefault(tuple(round(x, 2) for x in bill.by_month), []).append(bill)
    shown = next((b for b in bills if b.option.id == story.standing.leader), bills[0])
    lines = sorted(alike.values(), key=lambda same: shown not in same)[:LINES]
    series = [
        Series(_line_of(same), [money(x) for x in same[0].by_month], colour(same[0].option))
        for same in sorted(lines, key=lambda same: same[0].known)
    ]
    begins, ends = money.whole(shown.by_month[0]), money.whole(shown.by_month[-1])
    who = shown.option.short if shown.is_full else f"What is known of {shown.option.short}"
    title = f"{who} goes from {begins} to {ends} a month in {months} months"
    if begins == ends:
        title = f"{who} stays at {begins} a month for {months} months"
    sums = _sums(story, bills)
    counts = counted_beside(story.analysis)
    if shown.option.id in sums and not counts:
        title += f": {sums[shown.option.id]} in all"
    even, open_ = _even(story, workload), [b for b in bills if not b.is_full]
    if open_:
        even.append(NO_EVEN)
    what = "The likely bill of each month" if not open_ else "What is known of each month's bill"
    of = f" of {len(lines)} of {len(alike)}" if len(lines) < len(alike) else ""
    under = f"{what}{of}, in {money.code}. For {growing(workload)}."
    whole = [f"{b.option.short}: {sums[b.option.id]}" for b in bills if b.option.id in sums]
    slide = deck.slide(title, under, [*whole, *even], kind="chart")
    wide = ROOM * 0.68 if even or whole else ROOM
    slide.chart("lines", [str(month) for month in range(1, months + 1)], series,
                f"{title}.", (LEFT, TOP, wide, HEIGHT), number="#,##0", labels=False)  # fmt: skip
    left, top = LEFT + wide + 24, TOP
    if len(whole) > SUMS + 1:
        whole = [*whole[:SUMS], f"{len(whole) - SUMS} more in the notes"]
    if whole:
        top = slide.bullets(whole, left, top, ROOM - wide - 24, HEIGHT, 13,
                            f"In all {months} months{counts}") + 12  # fmt: skip
    if even:
        most = FEW if whole else EVEN
        shown_ = [*even[:most], *([NO_EVEN] if open_ and NO_EVEN not in even[:most] else [])]
        slide.bullets(shown_, left, top, ROOM - wide - 24, TOP + HEIGHT - top, 13,
                      "Where one becomes cheaper")  # fmt: skip


def _sums(story: Story, bills: Sequence[Partly]) -> dict[str, str]:
    """What each bill that is known in full adds up to over the horizon, likely, by option."""
    found = story.analysis.cost().alternatives
    totals = {b.option.id: found[b.option.id].total for b in bills if b.is_full}
    return {
        who: story.money.whole(total.likely) for who, total in totals.items() if total is not None
    }


def _line_of(bills: Sequence[Partly]) -> str:
    """The name of a line of the chart, which is that of bills that are alike."""
    first, others = bills[0], len(bills) - 1
    more = f" and {others} more" if others else ""
    return first.option.short + more + ("" if all(b.is_full for b in bills) else ", in part")


def _even(story: Story, workload: Workload) -> list[str]:
    """From how many requests a month on one becomes cheaper than another, a sentence each."""
    by_id, volume = {o.id: o for o in story.options}, workload.requests_per_month.likely
    return [
        f"{by_id[r.alternative].short} is cheaper than {by_id[r.against].short} from "
        f"{plain.number(float(f'{r.found.requests:.3g}'))} requests a month on."
        for r in story.analysis.cost().break_even
        if r.found.requests and r.found.requests > LITTLE * volume
        and not {r.alternative, r.against} & story.hidden
    ]  # fmt: skip
