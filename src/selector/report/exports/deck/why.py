"""What scores are made of, how sure the answer is, what would change it."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.report import certainty, words
from selector.report.exports.deck import fitting, noting
from selector.report.exports.deck.canvas import LABELLED, LEFT, ROOM, TOP, Deck
from selector.report.exports.deck.charts import Series
from selector.report.exports.deck.look import (
    CHARTED,
    HEIGHT,
    LIGHT_FROM,
    TINTS,
    colour,
    inside,
    tint,
)
from selector.report.exports.option import Option, Reason
from selector.report.exports.story import Story

ASKED = 8  # stakeholders that a slide names
NOTED = 12  # of each kind of turning point, in the notes


def contributions(deck: Deck, story: Story) -> None:
    """What each score is made of."""
    options_ = [o for o in story.ranked if o.id not in story.veiled][:CHARTED]
    analysis = story.analysis
    if not options_:
        return
    table, values = analysis.table, analysis.value_table.central
    series = []
    for place, top in enumerate(analysis.decision.criteria.criteria):
        figures = [
            100 * sum(
                analysis.weights[leaf.id]
                * float(values[table.alternatives.index(o.id), table.leaves.index(leaf.id)])
                for leaf in top.leaves()
            )
            for o in options_
        ]  # fmt: skip
        series.append(Series(top.name, figures, tint(place), place >= LIGHT_FROM))
    sums = [f"{o.short}: {_sum(analysis, o)}" for o in options_]
    told = f"Points of 100 by group of criteria: {plain.listed(sums)}."
    first = options_[0]
    most = max(series, key=lambda row: row.figures[0] or 0.0)
    told_of = "" if first.id == story.standing.leader else "Of those shown, "
    slide = deck.slide(
        f"{told_of}{first.short} earns most of its points with {inside(most.name)}",
        "Points of 100, by what they are made of; a wider block is more points",
        ["A block is the weight of its criteria times their values, from 0 worst to 1 best."],
    )
    many = len(analysis.decision.criteria.criteria) <= len(TINTS)
    slide.chart("stacked", sums, series, told, (LEFT, TOP, ROOM, HEIGHT), labels=many,
                number='[>=4]0;""')  # fmt: skip


def _sum(analysis: Analysis, option: Option) -> str:
    """The points of an option by the weighted sum, whatever the method that ranks."""
    return plain.points(analysis.scores[option.id][1])


def weights(deck: Deck, story: Story) -> None:
    """What counts how much, and how that came about."""
    analysis = story.analysis
    tops = sorted(
        analysis.decision.criteria.criteria,
        key=lambda top: -sum(analysis.weights[leaf.id] for leaf in top.leaves()),
    )
    shares = [100 * sum(analysis.weights[x.id] for x in top.leaves()) for top in tops]
    told = plain.listed([f"{top.name} {s:.0f} %" for top, s in zip(tops, shares, strict=True)])
    slide = deck.slide(
        f"{tops[0].name} counts most: {shares[0]:.0f} % of the weight",
        story.weighed,
        [*story.implied, *story.changes],
    )
    wide = ROOM * 0.56
    series = [Series("Weight", shares[:16], tint(0), True)]
    slide.chart("bars", [top.name for top in tops[:16]], series, f"Weights: {told}.",
                (LEFT, TOP, wide, HEIGHT), number='0" %"', legend=False)  # fmt: skip
    lines = [
        f"{s.name} (counts {plain.number(s.influence)})" for s in analysis.decision.stakeholders
    ]
    right, room, top = LEFT + wide + 30, ROOM - wide - 30, TOP
    if lines:
        shown = lines if len(lines) <= ASKED else [*lines[:ASKED], f"and {len(lines) - ASKED} more"]
        top = slide.bullets(shown, right, top, room, HEIGHT, 13, "Who was asked") + 12
    implied = story.implied[: 3 if lines else 8]
    if implied:
        slide.bullets(implied, right, top, room, TOP + HEIGHT - top, 13, "What the weights imply")


def sure(deck: Deck, story: Story) -> None:
    """How often each option has each rank."""
    found = story.robustness
    if len(story.ranked) < 2 or not found.rank_acceptability:
        return
    shown = story.ranked[:CHARTED]
    ranks = min(len(story.ranked), len(TINTS))
    series = []
    for rank in range(ranks):
        is_last = rank == ranks - 1 and len(story.ranked) > ranks
        figures = [
            100 * float(sum(found.rank_acceptability[o.id][rank:]) if is_last
                        else found.rank_acceptability[o.id][rank])
            for o in shown
        ]  # fmt: skip
        name = f"rank {rank + 1}" + (" or lower" if is_last else "")
        series.append(Series(name, figures, tint(rank), rank >= LIGHT_FROM))
    told = [
        f"{o.short} first in {plain.of_100(o.first or 0.0)}" for o in shown if (o.first or 0) > 0
    ]
    slide = deck.slide(
        _often(story), certainty.drawn(found),
        [certainty.others(story.analysis, found), certainty.precision(found)],
    )  # fmt: skip
    slide.chart("stacked", [o.short for o in shown], series,
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
    often = f"{plain.of_100(leader.first)} of 100 draws"
    rival = f"{others[0].short} in\u00a0{plain.of_100(others[0].first or 0.0)}"
    return f"Too close to call: {leader.short} is first in {often}, {rival}"


def changes(deck: Deck, story: Story) -> None:
    """What would turn the answer, and what to find out."""
    if story.veiled:
        return
    near = story.conditions
    title = near[0].rstrip(".") if near else "No single weight changes the answer"
    slide = deck.slide(
        title, "The nearest turning points: one thing otherwise, all else as it is",
        ["A weight moves against its siblings, which keep their proportions. Of what is drawn, a "
         "fact is varied alone to see how often knowing it would put another first."],
    )  # fmt: skip
    lists = (
        ("If a weight moves", near, "No single weight puts another first."),
        ("If a figure changes", story.performance_flips, "No figure alone puts another first."),
        ("If an open fact is known", story.find_out, "No open fact puts another first."),
    )
    slide.columns([(head, lines[:5] or [none]) for head, lines, none in lists], TOP, HEIGHT, 14)
    for _, lines, _ in lists:
        for told in lines[5:NOTED]:
            slide.note(told)


def head_to_head(deck: Deck, story: Story) -> None:
    """The first against the second, criterion by criterion."""
    parts = [r for r in story.between() if abs(r.points) >= 5e-4]
    if not parts:
        return
    by_id = {o.id: o for o in story.ranked}
    first, second = by_id[story.standing.leader], by_id[story.standing.second]
    shown = sorted(sorted(parts, key=lambda r: -abs(r.points))[:10], key=lambda r: -r.points)
    rest = sum(r.points for r in story.between()) - sum(r.points for r in shown)
    names = [_named(r) for r in shown]
    figures = [100 * r.points for r in shown]
    if abs(rest) >= 5e-4:
        names.append(f"the other {len(story.between()) - len(shown)} together")
        figures.append(100 * rest)
    for_first = [_told(story, r) for r in shown if r.points > 0][:2]
    against = [_told(story, r) for r in reversed(shown) if r.points < 0][:1]
    title = (
        f"{plain.listed(for_first)} decide"
        if len(for_first) > 1
        else (f"{plain.listed(for_first) or 'nothing'} decides")
    )
    if against:
        title += f"; {against[0]} pulls the other way"
    told = "; ".join(
        f"{n}: {f:+.1f}".replace("-", "\u2212") for n, f in zip(names, figures, strict=True)
    )
    slide = deck.slide(
        title[:1].upper() + title[1:],
        f"Points of 100, {first.short} against {second.short}; the differences add up to "
        f"{plain.points(words.ahead(story.analysis, first.id, second.id))}",
        [noting.by_row(story, r.leaf, [first.id, second.id]) for r in shown],
    )
    series = [
        Series(f"for {first.short}", [f if f > 0 else None for f in figures], colour(first), True),
        Series(
            f"for {second.short}", [f if f < 0 else None for f in figures], colour(second), True
        ),
    ]
    slide.chart("bars", names, series, f"{told}.", (LEFT, TOP, ROOM, HEIGHT), number='+0.0;"−"0.0')


def _told(story: Story, reason: Reason) -> str:
    """A criterion in a title; marked where what either of the two has there is not known."""
    cells = (story.cell(who, reason.leaf) for who in (story.standing.leader, story.standing.second))
    is_open = any(cell is not None and cell.state == "unknown" for cell in cells)
    return inside(reason.leaf.name) + " (not known)" * is_open


def _named(reason: Reason) -> str:
    """A criterion with what the two have there; without it where that is too long for a bar."""
    told = f"{reason.leaf.name}: {reason.performance.replace(' against ', ' / ')}"
    return told if fitting.width(told, 11) <= LABELLED * ROOM else reason.leaf.name
