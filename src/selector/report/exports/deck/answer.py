"""What is recommended, the question, the options."""

from __future__ import annotations

from selector.domain import words as plain
from selector.report import words
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.deck.canvas import LEFT, ROOM, TOP, Cell, Deck
from selector.report.exports.deck.charts import QUIET
from selector.report.exports.deck.look import (
    HEIGHT,
    MOST_ROWS,
    heads,
)
from selector.report.exports.story import Option, Story


def recommendation(deck: Deck, story: Story) -> None:
    """First: what is recommended, what it costs, what is asked."""
    rows = [
        [Cell(str(o.rank), right=True, ink=QUIET), Cell(o.name, bold=o.rank == 1),
         Cell(_points(o, o.id in story.veiled), bold=True, right=True),
         Cell(_span(o), right=True, ink=QUIET),
         Cell("" if o.first is None else plain.of_100(o.first), right=True),
         Cell(o.monthly, right=True)]
        for o in story.ranked
    ]  # fmt: skip
    score = "Points of 100" if words.is_weighted_sum(story.analysis) else "Score"
    top = heads(" ", "Platform, model", score, "could be", "First, of 100 draws", "A month",
                right=(2, 3, 4, 5))  # fmt: skip
    deck.table(
        story.recommendation, story.asked, top, rows, (4, 34, 12, 14, 14, 22),
        [story.headline, story.sure, *story.conditions, *story.approvals],
        size=14, most=MOST_ROWS, spread=True, here=1,
    )  # fmt: skip


def _points(option: Option, is_veiled: bool) -> str:
    if option.score is None:
        return KEPT_IN_HOUSE if is_veiled else ""
    return plain.points(option.score) if option.low is not None else f"{option.score:,.4f}"


def _span(option: Option) -> str:
    if option.low is None or option.high is None:
        return ""
    return f"{plain.points(option.low)} to {plain.points(option.high)}"


def question(deck: Deck, story: Story) -> None:
    """The question with what is required, beside the answer and how sure it is."""
    decision = story.analysis.decision
    slide = deck.slide(story.headline, notes=[decision.question])
    half = (ROOM - 40) / 2
    asked = [decision.question or decision.title]
    asked += [
        f"Required: {words.lower_first(told)}." + (f" {r.reason}" if r.reason else "")
        for r, told in zip(decision.requirements, story.analysis.requirements, strict=True)
    ]
    slide.bullets(asked, LEFT, TOP, half, HEIGHT, 16, "The question")
    told = [story.sure, *story.conditions[:3], *story.find_out[:1]]
    right = LEFT + half + 40
    slide.bullets([t for t in told if t], right, TOP, half, HEIGHT, 16, "The answer")


def options(deck: Deck, story: Story) -> None:
    """Every option, and why some are out."""
    by_id = {a.id: a for a in story.analysis.decision.alternatives}
    rows = []
    for option in story.options:
        own = by_id[option.id]
        stands = f"rank {option.rank}" if option.rank else "knocked out"
        failed = [
            f"{row.reason.rstrip('.')} (asked: {row.requirement}). {row.why}".strip()
            for row in option.knocked_out
        ]
        proof = f"still to prove: {'; '.join(option.unproven)}" if option.unproven else ""
        why = " ".join(failed) or proof
        place = ", ".join(part for part in (own.vendor_name, own.model, own.region) if part)
        rows.append([Cell(option.name, bold=True), Cell(place), Cell(stands), Cell(why)])
    out = len(story.out)
    told = f"{len(story.ranked)} of {len(story.options)} options meet what is required"
    if not out:
        told = f"All {len(story.options)} options meet what is required"
    deck.table(told, "", heads("Option", "Vendor, model, region", "Stands", "Why"), rows,
               (26, 32, 12, 30), here=2)  # fmt: skip
