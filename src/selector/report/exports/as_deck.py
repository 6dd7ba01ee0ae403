"""The deck: what a board asks, in its order, then an appendix. Charts and tables are native."""

from __future__ import annotations

from selector.domain import words as plain
from selector.report import words
from selector.report.exports import Options
from selector.report.exports.story import Story

SUFFIX = ".pptx"
NAME = "Slides (PowerPoint), for the board"


def made(story: Story, options: Options) -> bytes:
    """Return the deck."""
    from selector.report.exports.deck import (
        answer,
        architecture,
        around,
        matrix,
        minding,
        money,
        stacks,
        why,
    )
    from selector.report.exports.deck.canvas import Deck
    from selector.report.exports.deck.frame import clean
    from selector.report.exports.deck.template import signed

    deck = Deck(story.stamp, story.link, options.template, _names(story))
    signed(deck.file, clean(story.analysis.decision.title)[:250], story.stamp, story.day)
    if not story.ranked:
        answer.recommendation(deck, story)
        answer.question(deck, story)
        answer.options(deck, story)
        deck.rest()
        stacks.required(deck, story)
        return deck.saved()
    for part in (
        answer.recommendation, answer.ranking, answer.question, answer.options, matrix.groups,
        why.contributions, why.weights, why.sure, why.changes, money.cost,
        why.head_to_head, minding.risks, minding.governance, minding.method,
    ):  # fmt: skip
        part(deck, story)
    if story.reference:
        architecture.picture(deck, story.reference)
    around.parts(deck, story)
    said = story.analysis.decision.record
    parts = (matrix.has_groups(story), stacks.asked(story), story.reference, story.sources,
             said.approved, said.changes)  # fmt: skip
    if deck.waits or any(parts):
        deck.section(*_appendix(story))
    deck.rest()
    stacks.required(deck, story)
    matrix.leaves(deck, story)
    if story.reference:
        architecture.flows(deck, story.reference)
        architecture.failures(deck, story.reference)
    minding.standing(deck, story)
    minding.sources(deck, story)
    return deck.saved()


def _appendix(story: Story) -> tuple[str, str]:
    """What the appendix holds: how much of it, and what that is."""
    from selector.report.exports.deck import matrix, stacks

    counts, parts = [], []
    if told := stacks.counted(story):
        counts.append(told)
        parts.append("what each layer requires")
    if matrix.has_groups(story):
        counts.append(f"{len(story.ranked)} by {len(story.analysis.leaves)} cells of the matrix")
        parts.append("options by criteria")
    if story.reference:
        pattern = story.reference.pattern
        counts += [f"{len(pattern.flows)} flows", f"{len(pattern.failures)} failures"]
        parts += ["what flows", "what fails"]
    said = story.analysis.decision.record
    if said.approved or said.changes:
        rows = len(said.approved) + len(said.changes)
        counts.append("1 line of the record" if rows == 1 else f"{rows} lines of the record")
        parts.append("who set what and approved")
    if story.sources:
        counts.append("1 source" if len(story.sources) == 1 else f"{len(story.sources)} sources")
        parts.append("every source with its day")
    told = plain.listed(parts)
    head = plain.listed(counts) or "what the slides before have no room for"
    return f"Appendix: {head}", told[:1].upper() + told[1:]


def _names(story: Story) -> list[str]:
    """What titles may shorten: names of options and criteria, as they stand in sentences."""
    own = [label.short for label in story.labels.values()]
    criteria = [node.name for node in story.analysis.decision.criteria.walk()]
    return [*own, *criteria, *map(words.lower_first, criteria)]
