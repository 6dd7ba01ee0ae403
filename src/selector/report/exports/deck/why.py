"""What scores are made of, how sure the answer is, what would change it."""

from __future__ import annotations

from collections.abc import Sequence

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.report import certainty, stacked, words
from selector.report.exports.deck import fitting, noting
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.frame import HEIGHT, LABELLED, LEFT, ROOM, TOP
from selector.report.exports.deck.ground import TINTS
from selector.report.exports.deck.look import CHARTED, blocks, colour, inside, tint
from selector.report.exports.option import Option, Reason
from selector.report.exports.story import Story

ASKED = 8  # stakeholders that a slide names
BARS = 10  # of criteria in which two differ
WEIGHED = 16  # bars of weights
SOME = 3  # names that a title has room for
FINE = 5  # per cent: where none weighs more, whole ones would not tell weights apart
WHOLE, TENTHS = '[>=0.95]0" %";0.0" %"', '0.0" %"'  # what is something never reads as nothing
NOTED = 12  # of each kind of turning point, in the notes


def contributions(deck: Deck, story: Story) -> None:
    """What each score is made of."""
    options_ = [o for o in story.ranked if o.id not in story.veiled][:CHARTED]
    analysis = story.analysis
    if not options_:
        return
    table, values = analysis.table, analysis.value_table.central
    tops = analysis.decision.criteria.criteria
    rows = [
        (top.name, [
            100 * sum(
                analysis.weights[leaf.id]
                * float(values[table.alternatives.index(o.id), table.leaves.index(leaf.id)])
                for leaf in top.leaves()
            )
            for o in options_
        ])
        for top in sorted(tops, key=lambda top: -share(story, top))
    ]  # fmt: skip
    sums = [f"{o.short}: {_sum(analysis, o)}" for o in options_]
    told = f"Points of 100 by group of criteria: {plain.listed(sums)}."
    slide = deck.slide(
        _earned(story, options_[0], [(name, own[0]) for name, own in rows]),
        f"Points of 100{story.by_sum}, by what they are made of; a wider block is more points",
        ["A block is the weight of its criteria times their values, from 0 worst to 1 best."],
        kind="chart",
    )
    slide.chart("stacked", sums, blocks(rows), told, (LEFT, TOP, ROOM, HEIGHT),
                number='[>=4]0;""')  # fmt: skip


def share(story: Story, node: Criterion) -> float:
    """The weight of a criterion with all that is under it."""
    return sum(story.analysis.weights[leaf.id] for leaf in node.leaves())


def _earned(story: Story, first: Option, parts: Sequence[tuple[str, float]]) -> str:
    """What most points of the first come from, as a title."""
    whole = _sum(story.analysis, first)
    most = max(points for _, points in parts)
    best = [name for name, points in parts if most - points < 0.05]
    led = "" if first.id == story.standing.leader else "Of those shown, "
    if not words.is_weighted_sum(story.analysis):
        led = "By the weighted sum, "
    has = f"{led}{first.short} has {whole} of 100 points"
    if len(parts) == 1 or most < 0.05:
        return has
    best = [_known(story, first, name) for name in best]
    if min(points for _, points in parts) < 0:
        adds = "adds" if len(best) == 1 else "each add"
        some_ = plain.listed(best) if len(best) <= SOME else f"{len(best)} criteria"
        return f"{has}; {some_} {adds} most: {plain.points(most / 100)}"
    if len(best) == len(parts):
        every = "both" if len(parts) == 2 else f"all {len(parts)}"
        each = f"{plain.points(most / 100)} of its {whole} points"
        return f"{led}{first.short} earns alike in {every} criteria: {each} in each"
    if len(best) > SOME:
        return (
            f"{led}{first.short} earns most in {len(best)} of {len(parts)} criteria: "
            f"{plain.points(most / 100)} of its {whole} points in each"
        )
    each = "each with" if len(best) > 1 else "with"
    return (
        f"{led}{first.short} earns {plain.points(most / 100)} of its {whole} points {each} "
        f"{plain.listed(best)}, more than with anything else"
    )


def _known(story: Story, option: Option, name: str) -> str:
    """A group of criteria in a title; marked where nothing of what the option has is known."""
    top = next(top for top in story.analysis.decision.criteria.criteria if top.name == name)
    cells = [story.cell(option.id, leaf) for leaf in top.leaves()]
    is_open = all(cell is not None and cell.state == "unknown" for cell in cells)
    return inside(name) + " (not known)" * is_open


def _sum(analysis: Analysis, option: Option) -> str:
    """The points of an option by the weighted sum, whatever the method that ranks."""
    return plain.points(analysis.scores[option.id][1])


def weights(deck: Deck, story: Story) -> None:
    """What counts how much, and how that came about."""
    analysis = story.analysis
    tops = sorted(analysis.decision.criteria.criteria, key=lambda top: -share(story, top))
    shares = [100 * share(story, top) for top in tops]
    told = plain.listed([f"{top.name} {_of_100(s)} %" for top, s in zip(tops, shares, strict=True)])
    slide = deck.slide(_heaviest([top.name for top in tops], shares), story.weighed,
                       [*story.implied, *story.changes], kind="chart")  # fmt: skip
    beside = analysis.decision.stakeholders or story.implied
    wide = ROOM * 0.56 if beside else ROOM
    names, figures = [top.name for top in tops], shares
    if len(names) > WEIGHED:
        rest = len(names) - WEIGHED + 1
        names = [*names[: WEIGHED - 1], f"the other {rest} together"]
        figures = [*shares[: WEIGHED - 1], sum(shares[WEIGHED - 1 :])]
    slide.chart("bars", names, [Series("Weight", figures, tint(0))], f"Weights: {told}.",
                (LEFT, TOP, wide, HEIGHT), number=WHOLE if shares[0] >= FINE else TENTHS,
                legend=False)  # fmt: skip
    lines = story.asked_people
    right, room, top = LEFT + wide + 30, ROOM - wide - 30, TOP
    if lines:
        shown = lines if len(lines) <= ASKED else [*lines[:ASKED], f"and {len(lines) - ASKED} more"]
        top = slide.bullets(shown, right, top, room, HEIGHT, 13, "Who was asked") + 12
    implied = story.implied[: 3 if lines else 8]
    if implied:
        slide.bullets(implied, right, top, room, TOP + HEIGHT - top, 13, "What the weights imply")


def _of_100(share_: float) -> str:
    """A share of the weight in per cent; small ones in two digits."""
    return f"{share_:.0f}" if share_ >= FINE else f"{float(f'{share_:.2g}'):g}"


def _heaviest(names: Sequence[str], shares: Sequence[float]) -> str:
    """What counts most, as a title; shares fall."""
    best = [name for name, share_ in zip(names, shares, strict=True) if shares[0] - share_ < 0.05]
    most = _of_100(shares[0])
    if len(names) == 1:
        return f"{names[0]} alone counts"
    if len(best) == len(names):
        every = "Both" if len(names) == 2 else f"All {len(names)}"
        return f"{every} criteria count the same: {most} % of the weight each"
    if len(best) > SOME:
        return f"{len(best)} of {len(names)} criteria count most: {most} % of the weight each"
    each = " each" if len(best) > 1 else ""
    return f"Most weight is on {plain.listed(list(map(inside, best)))}: {most} %{each}"


def sure(deck: Deck, story: Story) -> None:
    """How often each option has each rank."""
    found, shares = story.robustness, story.sampled.found.rank_acceptability
    if len(story.ranked) < 2 or not shares:
        return
    shown = story.ranked[:CHARTED]
    ranks = min(len(story.ranked), len(TINTS))
    rows = []
    for rank in range(ranks):
        is_last = rank == ranks - 1 and len(story.ranked) > ranks
        figures = [
            100 * float(sum(shares[o.id][rank:]) if is_last else shares[o.id][rank]) for o in shown
        ]
        rows.append((f"rank {rank + 1}" + (" or lower" if is_last else ""), figures))
    told = [
        f"{o.short} first in {plain.of_100(o.first or 0.0)}" for o in shown if (o.first or 0) > 0
    ]
    slide = deck.slide(
        _often(story), certainty.drawn(found),
        [certainty.others(story.analysis, found), certainty.precision(found)], kind="chart",
    )  # fmt: skip
    slide.chart("stacked", [o.short for o in shown], blocks(rows),
                f"Of 100 draws: {plain.listed(told)}.", (LEFT, TOP, ROOM, HEIGHT),
                number='[>=5]0;""', most=100)  # fmt: skip


def _often(story: Story) -> str:
    """How often the one that is recommended is first, and its nearest rival, as a title."""
    told = certainty.headline(story.analysis, story.robustness)
    leader, *others = sorted(
        story.ranked, key=lambda o: (o.id != story.standing.leader, -(o.first or 0))
    )
    if not story.is_close or leader.first is None:
        return told
    often = f"{plain.of_100(leader.first)} of 100 draws {story.draws_by}".strip()
    rival = f"{others[0].short} in\u00a0{plain.of_100(others[0].first or 0.0)}"
    return f"Too close to call: {leader.short} is first in {often}, {rival}"


def changes(deck: Deck, story: Story) -> None:
    """What would turn the answer, and what to find out."""
    if story.veiled:
        return
    near, by_sum = story.conditions, words.is_weighted_sum(story.analysis)
    slide = deck.slide(
        _turning(story), "The nearest turning points: one thing otherwise, all else as it is",
        ["A weight moves against its siblings, which keep their proportions. Of what is drawn, a "
         "fact is varied alone to see how often knowing it would put another first."],
        kind="columns",
    )  # fmt: skip
    none = "No single weight puts another first." if by_sum else "Reckoned for the weighted sum."
    lists = (
        ("If a weight moves", near, none),
        ("If a figure changes", story.performance_flips, "No figure alone puts another first."),
        ("If an open fact is known", story.find_out, "No open fact puts another first."),
    )
    slide.columns([(head, lines[:5] or [none]) for head, lines, none in lists], TOP, HEIGHT, 14)
    for _, lines, _ in lists:
        for told in lines[5:NOTED]:
            slide.note(told)


def _turning(story: Story) -> str:
    """The nearest thing that turns the answer, as a title."""
    if len(story.ranked) < 2:
        return "Nothing puts another first: there is no other option left"
    if not words.is_weighted_sum(story.analysis):
        method = words.method_name(story.analysis.decision.method)
        return f"Turning points are those of the weighted sum, not of {method}"
    if story.conditions:
        return story.conditions[0].rstrip(".")
    if story.find_out:
        return "No single weight changes the answer, but facts that are open could"
    if story.performance_flips:
        return "No single weight changes the answer, but a single figure could"
    return "No single weight, figure or open fact changes the answer"


def head_to_head(deck: Deck, story: Story) -> None:
    """The first against the second, criterion by criterion."""
    parts = [r for r in story.between() if abs(r.points) >= 5e-4]
    if not parts:
        return
    by_id = {o.id: o for o in story.ranked}
    first, second = by_id[story.standing.leader], by_id[story.standing.second]
    most = BARS if len(parts) > BARS + 1 else BARS + 1  # no bar of "the other 1"
    shown = sorted(sorted(parts, key=lambda r: -abs(r.points))[:most], key=lambda r: -r.points)
    rest = sum(r.points for r in story.between()) - sum(r.points for r in shown)
    names = [_named(r) for r in shown]
    figures = [100 * r.points for r in shown]
    if abs(rest) >= 5e-4:
        names.append(f"the other {len(story.between()) - len(shown)} together")
        figures.append(100 * rest)
    for_first = [_told(story, r) for r in shown if r.points > 0][:2]
    against = [_told(story, r) for r in reversed(shown) if r.points < 0][:1]
    if not for_first:
        title = f"By the weighted sum {second.short} is ahead in {against[0]}"
    elif against:
        title = (
            f"{first.short} is ahead in {plain.listed(for_first)}, {second.short} in {against[0]}"
        )
    else:
        title = f"{first.short} is ahead of {second.short} in {plain.listed(for_first)}"
    told = "; ".join(
        f"{n}: {plain.signed(f'{plain.tenths(f):+.1f}')}"
        for n, f in zip(names, figures, strict=True)
    )
    pair = f"{first.short} against {second.short}"
    apart = stacked.against(story.analysis, first.id, second.id)
    under = f"Points of 100{story.by_sum}, {pair}; the differences add up to {story.parting()}"
    if apart:
        more = f"; {len(apart) - SOME} more in the notes" if apart[SOME:] else ""
        under += f". {'; '.join(apart[:SOME])}{more}"
    sources = [noting.by_row(story, r.leaf, [first.id, second.id]) for r in shown]
    slide = deck.slide(title, under, [*apart[SOME:], *sources], kind="chart")
    series = [
        Series(f"for {first.short}", [f if f > 0 else None for f in figures], colour(first)),
        Series(f"for {second.short}", [f if f < 0 else None for f in figures], colour(second)),
    ]
    slide.chart("bars", names, series, f"{told}.", (LEFT, TOP, ROOM, HEIGHT), number='+0.0;"−"0.0')


def _told(story: Story, reason: Reason) -> str:
    """A criterion in a title; marked where what either of the two has there is not known."""
    pair = (story.standing.leader, story.standing.second)
    cells = [(who, story.cell(who, reason.leaf)) for who in pair]
    open_ = [who for who, cell in cells if cell is not None and cell.state == "unknown"]
    whose = f" of {story.labels[open_[0]].short}" if len(open_) == 1 else ""
    return inside(reason.leaf.name) + f" (not known{whose})" * bool(open_)


def _named(reason: Reason) -> str:
    """A criterion with what the two have there; without it where that is too long for a bar."""
    told = f"{reason.leaf.name}: {reason.performance.replace(' against ', ' / ')}"
    return told if fitting.width(told, 11) <= LABELLED * ROOM else reason.leaf.name
