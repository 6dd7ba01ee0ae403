"""What is recommended, the question, the options."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from selector.domain import words as plain
from selector.report import certainty, words
from selector.report.axis import tens
from selector.report.exports import given
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.deck import dots, noting, stacks
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.frame import BETWEEN, HEIGHT, LEFT, ROOM, TOP
from selector.report.exports.deck.ground import QUIET
from selector.report.exports.deck.look import MOST_ROWS, colour, heads
from selector.report.exports.deck.slide import Slide
from selector.report.exports.deck.tables import BESIDE, Cell
from selector.report.exports.option import Option
from selector.report.exports.story import Story

MOST_FLIPS = 8  # turning points in the notes
LEAST_BELOW = 96.0  # points of height that lists below the first table need
WITH_REASONS = 14.0  # points of type; in less, what is required stands without its reasons
WIDTHS = (4, 30, 26, 10, 11, 22)  # of the columns of the first table
NO_DOTS = (4, 34, 26, 18, 14, 22)  # the same where the third stays empty and is left out


def recommendation(deck: Deck, story: Story) -> None:
    """First: what is recommended, what it costs, what is asked."""
    title = story.analysis.decision.title
    lines = [title, story.made_of, story.asked]
    notes = [story.headline, story.sure, *story.approvals] if story.ranked else []
    deck.cover(story.recommendation, [line for line in lines if line], [n for n in notes if n])


def ranking(deck: Deck, story: Story) -> None:
    """The ranking with what each score could be, how often each is first, and what it costs."""
    is_sum = words.is_weighted_sum(story.analysis)
    told = [o for o in story.ranked if o.score is not None]
    ends = tens((o.low, o.high) for o in told) if is_sum and told else None
    rows = [
        [Cell(str(o.rank), right=True, ink=QUIET), Cell(o.name, bold=o.rank == 1),
         Cell(" " if ends else ""), Cell(_points(o, o.id in story.veiled), bold=True, right=True),
         Cell("" if o.first is None else plain.of_100(o.first), right=True),
         Cell(o.monthly, right=True)]
        for o in story.ranked
    ]  # fmt: skip
    line = f"Points, from {ends[0]} to {ends[1]}; line: what open facts could do" if ends else ""
    top = heads(" ", "Option", line, story.score_head,
                story.often_head, story.month_head, right=(3, 4, 5))  # fmt: skip
    leader = story.ranked[0]
    resting = noting.of_cells(story, story.analysis.leaves, [leader.id])
    deck.table(
        _reach(story), story.asked_in_short, top, rows, WIDTHS if ends else NO_DOTS,
        notes=[
            story.headline, story.sure, *[story.asked] * (story.asked != story.asked_in_short),
            *story.conditions[:MOST_FLIPS], *story.approvals,
            *[f"{leader.short} rests on these, as numbered at the end: {resting}"] * bool(resting),
        ],
        told=[f"{o.name} could have {_span(o)} points." for o in story.ranked if _span(o)],
        over=partial(_dots, story, ends) if ends else None,
        size=14, most=MOST_ROWS, spread=True, here=1,
    )  # fmt: skip


def _reach(story: Story) -> str:
    """Who is first, and who comes before it in some of the draws, as a title."""
    first, *others = story.ranked
    level = [o.short for o in story.ranked if o.rank == first.rank]
    if not others:
        return f"{first.short} is the only option left to choose"
    if len(level) > 1:
        return f"{len(level)} of {len(story.ranked)} options share the first rank"
    told = f"{first.short} ranks first of {len(story.ranked)} options"
    if first.score is not None and first.low is not None:
        told = f"{first.short} has {plain.points(first.score)} of 100 points"
    if not story.sampled.found.pairwise_winning:
        return told
    draws, above = f"draws {story.draws_by}".strip(), story.before
    if not above:
        return f"{told}; no other comes before it in any of the {draws}"
    who, share = next(iter(above.items()))
    name, often = story.labels[who].short, words.percent(share)
    if len(above) == 1:
        return f"{told}; {name} comes before it in {often} of the {draws}"
    which = f"all {len(others)} others" if len(above) == len(others) else (
        f"{len(above)} of {len(others)} others"
    )  # fmt: skip
    which = "both others" if len(above) == len(others) == 2 else which
    return f"{told}; {which} come before it in some {draws}, {name} in {often}"


def _dots(
    story: Story, ends: tuple[int, int], slide: Slide, first: int, edges: Sequence[float],
    room: Sequence[float],
) -> None:  # fmt: skip
    """The scores as dots in the third column, beside the rows that stand on this slide."""
    left, top = LEFT + sum(room[:2]), edges[0]
    shown = story.ranked[first : first + len(edges) - 1]
    found = [
        dots.Dot(
            o.short, 100 * (o.low or 0.0), 100 * o.score, 100 * (o.high or 0.0), colour(o),
            (edges[row] + edges[row + 1]) / 2 - top,
        )
        for row, o in enumerate(shown)
        if o.score is not None
    ]  # fmt: skip
    if len(shown) == len(story.ranked):
        _below(story, slide, edges[-1])
    if found:
        told = plain.listed([f"{o.short} {_points(o, False)} ({_span(o)})" for o in shown])
        box = (left + BESIDE, top, room[2] - 2 * BESIDE, edges[-1] - top)
        dots.draw(slide, found, ends, box, f"Points of 100 with what they could be: {told}.")


def _below(story: Story, slide: Slide, top: float) -> None:
    """How sure it is and what would change it, where the table leaves room."""
    lists = [
        (head, lines[:1])
        for head, lines in (
            ("How sure", [story.sure] if story.sure else []),
            ("What would change it", story.conditions),
            ("What to find out", story.find_out),
        )
        if lines
    ]
    top += 18
    tall = slide.foot - top
    if lists and tall >= LEAST_BELOW:
        slide.columns(lists, top, tall, 13)


def _points(option: Option, is_veiled: bool) -> str:
    if option.score is None:
        return KEPT_IN_HOUSE if is_veiled else ""
    return (
        plain.points(option.score)
        if option.low is not None
        else plain.signed(f"{option.score:,.4f}")
    )


def _span(option: Option) -> str:
    if option.low is None or option.high is None:
        return ""
    return f"{plain.points(option.low)} to {plain.points(option.high)}"


def question(deck: Deck, story: Story) -> None:
    """The question with what is required, beside the answer and how sure it is."""
    decision = story.analysis.decision
    notes = [decision.question]
    if story.ranked:
        notes += [certainty.drawn(story.robustness), *story.find_out[:MOST_FLIPS]]
    asked_for = words.upper_first(story.asked.removeprefix("Asked: ").rstrip("."))
    title = story.headline if story.ranked else asked_for  # a headline begins with a name
    slide = deck.slide(title, notes=notes, kind="columns")
    wide = (ROOM - BETWEEN) / 2
    asked = [decision.question or decision.title]
    required = given.of_all(story)
    plainly = [f"Required: {words.lower_first(told)}." for told, _ in required]
    reasons = [reason for _, reason in required]
    whole = [f"{one} {why}".strip() for one, why in zip(plainly, reasons, strict=True)]
    if slide.fitting([*asked, *whole], wide, HEIGHT - 24, 16) < WITH_REASONS:
        for one, why in zip(whole, reasons, strict=True):
            if why:
                slide.note(one)
        whole = plainly
    whole += [more] if (more := stacks.in_short(story)) else []
    told = [story.sure, *story.conditions[:3], *story.find_out[:1]]
    told = [t for t in told if t] or [story.asked]
    slide.columns([("The question", [*asked, *whole]), ("The answer", told)], TOP, HEIGHT, 16)


def options(deck: Deck, story: Story) -> None:
    """Every option, and why some are out."""
    if story.analysis.composed is not None and not story.options:
        stacks.none_left(deck, story.analysis.composed)
        return
    by_id = {a.id: a for a in story.analysis.decision.alternatives}
    rows = []
    for option in story.options:
        own = by_id[option.id]
        stands = f"rank {option.rank}" if option.rank else "knocked out"
        failed = [
            f"{row.reason.rstrip('.')} (asked: {words.asked(row.requirement)}). {row.why}".strip()
            for row in option.knocked_out
        ]
        proof = f"Still to prove: {'; '.join(option.unproven)}" if option.unproven else ""
        why = " ".join(failed) or proof
        place = ", ".join(part for part in (own.vendor_name, own.model, own.region) if part)
        place = "" if place == option.name else place
        rows.append([Cell(option.name, bold=True), Cell(place), Cell(stands), Cell(why)])
    asked = [f"Required: {words.lower_first(told)}." for told, _ in given.of_all(story)]
    asked += [told] if (told := given.picked(story)) else []
    deck.table(
        stacks.standing(story) or _standing(story), "",
        heads("Option", "Vendor, model, region", "Stands", "Why"), rows,
        (26, 32, 12, 30), here=2, spread=True,
        notes=["An option that fails what is required is knocked out; one that has still to prove "
               "it stays, and is marked.", *asked],
    )  # fmt: skip


def _standing(story: Story) -> str:
    """How many options meet what is required, as a title."""
    count, left = len(story.options), len(story.ranked)
    if not count:
        return "No options yet"
    if not story.analysis.requirements:
        return (
            f"{count} options, and nothing that any of them must meet" if count > 1 else "1 option"
        )
    out, open_ = count - left, sum(bool(option.unproven) for option in story.ranked)
    if not out and not open_:
        return (
            "The only option meets what is required"
            if count == 1
            else f"{'Both' if count == 2 else f'All {count}'} options meet what is required"
        )
    if not left and count > 1:
        return (
            f"All {count} options are knocked out" if count > 2 else "Both options are knocked out"
        )
    told = f"{out or 'None'} of {count} options {'is' if out < 2 else 'are'} knocked out"
    if count == 1:
        told = "The only option is knocked out" if out else "The only option stays in"
    proof = f"; {open_} {'has' if open_ == 1 else 'have'} still to prove what is required"
    return told + (proof if open_ else "")
