"""How the weights of a decision came about, in words."""

from __future__ import annotations

import re

from selector.analysis import Analysis
from selector.analysis.settled import moved
from selector.domain import words as plain
from selector.domain.decision import WeightSpec
from selector.domain.stack import FIT
from selector.report import words

BALLOTS = re.compile(r"Weights, (from \d+ ballots? in round \d+ of a workshop)")
"""What the change log says where a workshop's weights were taken into the file."""


def of(analysis: Analysis) -> str:
    """Return how the weights of an answer came about, in a sentence."""
    if moved(analysis):
        return "Weights set for this answer, otherwise than in the decision's file."
    if analysis.composed is not None:
        fit = words.percent(analysis.shares[FIT])
        return (
            f"How well it goes together has {fit} of the weight; the layers share the rest as the "
            "decision's file weighs them."
        )
    said = [e for e in analysis.decision.record.changes if e.what.lower().startswith("weight")]
    found = BALLOTS.fullmatch(said[-1].what) if said else None
    if found is not None and analysis.decision.weights.method == "direct":
        return f"Weights {found.group(1)}, on {plain.day(said[-1].on)}."
    return sentence(analysis.decision.weights)


def sentence(spec: WeightSpec) -> str:
    """Return how the weights came about, in a sentence."""
    if spec.method in ("direct", "swing") and not spec.values:
        return "Weights as given with the criteria."
    how = {
        "direct": "points given to the criteria", "swing": "swing weighing",
        "ranking": f"a ranking of the criteria ({spec.formula.replace('_', ' ')})",
        "ahp": "comparisons in pairs (AHP)", "bwm": "the best–worst method",
        "equal": "equal weights", "preset": f"the preset {words.preset_name(spec.preset)}",
        "entropy": "the data (entropy)", "critic": "the data (CRITIC)",
        "std": "the data (standard deviation)", "merec": "the data (MEREC)",
    }[spec.method]  # fmt: skip
    return f"Weights by {how}."
