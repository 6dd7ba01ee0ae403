"""The deck: what a board asks, in its order, then an appendix. Charts and tables are native."""

from __future__ import annotations

from selector.report.exports import Options
from selector.report.exports.story import Story

SUFFIX = ".pptx"
NAME = "Slides (PowerPoint), for the board"


def made(story: Story, options: Options) -> bytes:
    """Return the deck."""
    from selector.report.exports.deck import slides
    from selector.report.exports.deck.canvas import Deck

    deck = Deck(story.stamp, story.link, options.template)
    deck.file.core_properties.title = story.analysis.decision.title[:250]
    deck.file.core_properties.comments = story.stamp
    if not story.ranked:
        slides.question(deck, story)
        slides.options(deck, story)
        return deck.saved()
    for part in (
        slides.recommendation, slides.question, slides.options, slides.groups,
        slides.contributions, slides.weights, slides.sure, slides.changes, slides.cost,
        slides.head_to_head, slides.risks, slides.governance, slides.method,
    ):  # fmt: skip
        part(deck, story)
    deck.section("Appendix", "The whole matrix, and every source")
    slides.leaves(deck, story)
    slides.sources(deck, story)
    return deck.saved()
