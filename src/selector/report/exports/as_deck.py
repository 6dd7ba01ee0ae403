"""The deck: what a board asks, in its order, then an appendix. Charts and tables are native."""

from __future__ import annotations

from selector.domain import words as plain
from selector.report.exports import Options
from selector.report.exports.story import Story

SUFFIX = ".pptx"
NAME = "Slides (PowerPoint), for the board"


def made(story: Story, options: Options) -> bytes:
    """Return the deck."""
    from selector.report.exports.deck import answer, architecture, matrix, minding, money, why
    from selector.report.exports.deck.canvas import Deck, clean

    deck = Deck(story.stamp, story.link, options.template)
    deck.file.core_properties.title = clean(story.analysis.decision.title)[:250]
    deck.file.core_properties.comments = story.stamp
    if not story.ranked:
        answer.question(deck, story)
        answer.options(deck, story)
        deck.rest()
        return deck.saved()
    for part in (
        answer.recommendation, answer.question, answer.options, matrix.groups,
        why.contributions, why.weights, why.sure, why.changes, money.cost,
        why.head_to_head, minding.risks, minding.governance, minding.method,
    ):  # fmt: skip
        part(deck, story)
    if story.reference:
        architecture.picture(deck, story.reference)
    parts = ["the whole matrix"] if matrix.has_groups(story) else []
    parts += ["what flows and what fails"] if story.reference else []
    parts += ["every source"] if story.sources else []
    told = plain.listed(parts)
    deck.section("Appendix", told[:1].upper() + told[1:])
    deck.rest()
    matrix.leaves(deck, story)
    if story.reference:
        architecture.flows(deck, story.reference)
        architecture.failures(deck, story.reference)
    minding.standing(deck, story)
    minding.sources(deck, story)
    return deck.saved()
