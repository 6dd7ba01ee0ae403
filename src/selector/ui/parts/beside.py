"""What else bears on how sure an answer is: dominance, money, scales, and the terms."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.analysis.scales import dwarfed
from selector.domain import words as plain
from selector.report import words
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, more, section, text

REVERSALS = 4

TERMS = {
    "Rank acceptability index": "how often an alternative has a rank, over all draws.",
    "Central weights": "the mean of the weights of those draws in which an alternative is first: "
    "what somebody who would choose it cares for. In the literature: central weight vector.",
    "Confidence factor": "how often an alternative is first for somebody with its central "
    "weights, given what is not known.",
    "Pairwise winning index": "how often one alternative is before another, over all draws.",
    "SMAA": "stochastic multicriteria acceptability analysis: drawing weights and facts over and "
    "over, and counting who has which rank.",
    "Sobol": "a sequence of draws that fill the space more evenly than random ones: fewer do.",
    "Stability interval": "the stretch of one weight, moved alone, on which the winner stays "
    "first.",
    "Smallest change": "the least weight that must move, all weights together, before another is "
    "first. In the literature: the closest flip by the L1 distance.",
    "Kendall's tau": "how far two orders agree: 1 the same, 0 no relation, −1 the opposite. Here "
    "tau-b, which allows for ties.",
    "Kendall's W": "how far several people's rankings agree: 1 the same, 0 not at all.",
    "Worth finding out": "the chance that knowing one open fact would change the winner, and what "
    "is lost on the mean by not looking. In the literature: expected value of information.",
    "Dominance": "nowhere worse and somewhere better, so that no weights can turn the two round.",
    "Rank reversal": "two alternatives change places because a third came or went.",
}


def certain(analysis: Analysis, found: Robustness) -> str:
    """Return who can never be beaten by whom, and whose order hangs on a third."""
    called = words.labels(analysis.decision)
    items = []
    for better, worse in found.dominates.items():
        always = [w for w in worse if w in found.dominates_whatever_comes.get(better, ())]
        known = [w for w in worse if w not in always]
        for names, how in ((always, "whatever the weights and open facts"), (known, "as known")):
            if names:
                told = plain.listed([called[w].short for w in names])
                by = f'<b style="color:{colour_of(analysis, better)}">'
                items.append(
                    f"{by}{text(called[better].short)}</b> is nowhere worse than {text(told)} "
                    f"<span>· {how}; no weights put {text(told)} before it</span>"
                )
    if not items:
        told = "No alternative is better or equal everywhere: weights decide between any two."
        items = [told] if len(analysis.ranking) > 1 else []
    dominance = section("Who beats whom whatever the weights", "", lines(items)) if items else ""
    return dominance + _reversals(analysis, found)


def _reversals(analysis: Analysis, found: Robustness) -> str:
    """Whose order hangs on a third."""
    called = words.labels(analysis.decision)
    items = [
        f"Without {text(called[row.without].short)}, {text(called[row.after].short)} would come "
        f"before {text(called[row.before].short)}"
        for row in found.rank_reversals
    ]
    if not items:
        return ""
    how = "A criterion without a scale of its own is measured by these alternatives alone."
    folded = more(f"{len(items[REVERSALS:])} more", lines(items[REVERSALS:]))
    return section("Whose order hangs on a third", how, lines(items[:REVERSALS]), folded)


def notes(analysis: Analysis, found: Robustness) -> str:
    """Return what one must know to read all this, and scales that dwarf today's differences."""
    names = {leaf.id: leaf.name for leaf in analysis.leaves}
    items = [text(notice.text) for notice in found.notices]
    for row in dwarfed(analysis):
        ends = f"{plain.number(row.worst)} to {plain.number(row.best)}"
        items.append(
            f"<b>{text(names[row.criterion])}</b>: these alternatives use {100 * row.used:.1f} % "
            f"of its scale, so it moves a score by at most {plain.points(row.effect)} points. "
            f"<span>A scale from {text(ends)} would tell them apart; its weight must then be asked "
            "anew.</span>"
        )
    return section("To know when reading this", "", lines(items)) if items else ""


def terms() -> str:
    """Return the words of the field, one plain sentence each, folded."""
    rows = "".join(f"<dt>{text(word)}</dt><dd>{text(told)}</dd>" for word, told in TERMS.items())
    return (
        '<details class="more terms"><summary>The terms of the field</summary>'
        f"<dl>{rows}</dl></details>"
    )
