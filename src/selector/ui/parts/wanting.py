"""What a decision still lacks to be an answer, each with the way there."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.domain.decision import WeightSpec
from selector.ui.parts.html import go, section

START = "begin with a few questions"


def section_of(analysis: Analysis) -> str:
    """Return what is to be done first; empty where nothing is wanting."""
    decision = analysis.decision
    if not decision.alternatives:
        return _told(
            "There is nothing to compare",
            f"{go('edit', 'Add the options')} that you have in mind, what you have today among "
            f"them; or {go('start', START)}, which proposes some.",
        )
    if not analysis.ranking:
        return _told(
            "What you can do",
            f"{go('edit', 'Loosen a requirement or add an alternative')}. A requirement that "
            "nobody meets says what the market does not offer, or asks for more than is needed.",
        )
    if len(decision.alternatives) == 1:
        return _told(
            "Nothing to compare it with",
            f"{go('edit', 'Add another alternative')}: doing nothing is one too.",
        )
    if len(analysis.ranking) == 1:
        return _told(
            "Only one meets every requirement",
            f"{go('edit', 'Look at the requirements')} again if that is a surprise: what was "
            "knocked out, and by which, stands beneath the ranking.",
        )
    if _is_unweighted(analysis):
        return _told(
            "Nobody has said yet what matters",
            f"Until then all criteria of a group count the same. {go('weigh', 'Set the weights')}.",
        )
    return ""


def _told(title: str, markup: str) -> str:
    return section(title, "", f"<p>{markup}</p>")


def _is_unweighted(analysis: Analysis) -> bool:
    """Whether neither the files nor the visitor give any criterion a weight."""
    decision = analysis.decision
    if decision.weights._replace(origin=WeightSpec().origin) != WeightSpec():
        return False
    nodes = [node for _, children in decision.criteria.siblings() for node in children]
    shares = [
        {round(analysis.shares[node.id], 9) for node in children}
        for _, children in decision.criteria.siblings()
    ]
    return (
        len(analysis.leaves) > 1
        and all(node.weight is None for node in nodes)
        and all(len(each) == 1 for each in shares)
    )
