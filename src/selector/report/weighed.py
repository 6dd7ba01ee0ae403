"""How the weights of a decision came about, in words."""

from __future__ import annotations

from selector.domain.decision import WeightSpec
from selector.report import words


def sentence(spec: WeightSpec) -> str:
    """Return how the weights came about, in a sentence."""
    if spec.method in ("direct", "swing") and not spec.values:
        return "Weights of the criteria set."
    how = {
        "direct": "points given to the criteria", "swing": "swing weighing",
        "ranking": f"a ranking of the criteria ({spec.formula.replace('_', ' ')})",
        "ahp": "comparisons in pairs (AHP)", "bwm": "the best–worst method",
        "equal": "equal weights", "preset": f"the preset {words.preset_name(spec.preset)}",
        "entropy": "the data (entropy)", "critic": "the data (CRITIC)",
        "std": "the data (standard deviation)", "merec": "the data (MEREC)",
    }[spec.method]  # fmt: skip
    return f"Weights by {how}."
