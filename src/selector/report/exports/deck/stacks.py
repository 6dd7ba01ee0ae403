"""What is asked of whole stacks, on slides: by each layer, and of how many they are the best."""

from __future__ import annotations

from selector.analysis.stack import StackAnalysis
from selector.report import stacked
from selector.report.exports import given
from selector.report.exports.deck.canvas import Deck
from selector.report.exports.deck.frame import HEIGHT, LEFT, ROOM, TOP
from selector.report.exports.deck.look import heads
from selector.report.exports.deck.tables import Cell
from selector.report.exports.story import Story


def asked(story: Story) -> list[stacked.Asked]:
    """What the layers require; nothing where no stack was composed."""
    composed = story.analysis.composed
    return stacked.required(composed) if composed is not None else []


def counted(story: Story) -> str:
    """How many requirements the layers have, as in a list of what there is; else empty."""
    count = len(asked(story))
    return f"{count} requirement{'s' * (count != 1)} of layers" if count else ""


def in_short(story: Story) -> str:
    """That layers require more, and where it stands, in a sentence; else empty."""
    count = len(asked(story))
    return f"Layers require more of their own: {count} in all, at the end." if count else ""


def standing(story: Story) -> str:
    """Of how many combinations the stacks are the best, as the title of what they meet."""
    composed = story.analysis.composed
    if composed is None or not story.options or story.out:
        return ""
    count, of = len(story.options), f"{composed.best().considered:,} combinations"
    told = f"The {count} best of {of}" if count > 1 else f"The best of {of}"
    open_ = sum(bool(option.unproven) for option in story.ranked)
    if not open_:
        return f"{told} meet{'s' * (count == 1)} what is required"
    who = {1: "one has", count: "it has" if count == 1 else "all have"}.get(open_, f"{open_} have")
    return f"{told}; {who} still to prove what is required"


def none_left(deck: Deck, composed: StackAnalysis) -> None:
    """Which constraints leave no stack, each by itself; none of them is needless."""
    told = list(composed.conflicts)
    count = len(told)
    then = "Where one of them is loosened" if count > 1 else "Where it is loosened"
    slide = deck.slide(
        "One constraint leaves no stack" if count == 1 else f"{count} constraints leave no stack",
        f"None of {composed.best().considered:,} combinations keeps them all",
        [f"{then}, others may still stand in the way."], kind="columns",
    )  # fmt: skip
    slide.bullets(told, LEFT, TOP, ROOM, HEIGHT, 16, "What stands in the way")


def required(deck: Deck, story: Story) -> None:
    """What each layer requires of whatever is chosen in it, why, and who fails it."""
    rows = asked(story)
    composed = story.analysis.composed
    if composed is None or not rows:
        return
    fail = len({(one.layer, name) for one in rows for name in one.fails})
    whole = sum(len(layer.decision.alternatives) for layer in composed.layers)
    deck.table(
        f"Of {whole} candidates {fail or 'none'} fail{'s' * (fail < 2)} what their layer requires",
        "Who fails is in no stack", heads("Layer", "Required", "Why", "Who fails"),
        [[Cell(one.layer, bold=True), Cell(one.wanted), Cell(one.reason),
          Cell(", ".join(one.fails))] for one in rows],
        (17, 27, 34, 22), [given.picked(story)], size=11,
    )  # fmt: skip
