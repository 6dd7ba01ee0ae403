"""Weights of the literature, to the digits that were printed.

One file is one example, in `weighting/`: its citation, the inputs as printed and the figures as
printed, as text, since half of the last printed digit is the tolerance. `read_in` says where the
figures were read, if not in the publication itself. Points, swings, presets and equal weights only
divide by a sum: the cases in tests/golden show them.
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from selector.mcda.weighting.ahp import eigenvector_weights
from selector.mcda.weighting.best_worst import best_worst_weights
from selector.mcda.weighting.critic import critic_weights
from selector.mcda.weighting.deviation import deviation_weights
from selector.mcda.weighting.entropy import entropy_weights
from selector.mcda.weighting.merec import merec_weights
from selector.mcda.weighting.surrogate import weights_from_order

EXAMPLES = sorted((Path(__file__).parent / "weighting").glob("*.yaml"))
FROM_DATA: dict[str, Callable[[Any, Any], Any]] = {
    "entropy": lambda matrix, _: entropy_weights(matrix),
    "std": lambda matrix, _: deviation_weights(matrix),
    "critic": critic_weights,
    "merec": merec_weights,
}

METHODS = {*FROM_DATA, "ahp", "bwm", "roc", "rank_sum", "reciprocal"}
FEWER = {
    "merec": 2,  # both of its own publication; others print no full matrix with the weights
    "bwm": 2,  # of the linear model; most publications print weights of the non-linear one
    # A closed form of the number of criteria, checked against its definition besides. Looked for in
    # Barron and Barrett 1996, Roberts and Goodwin 2002 and Malczewski 1999, of which no copy of the
    # tables was at hand; the other rows of Roszkowska 2013 are wrongly rounded.
    "rank_sum": 2,
}
"""Methods with fewer than three published examples, and how many there are."""


def printed(text: str) -> Any:
    """A printed figure, with half of its last digit as tolerance."""
    decimals = len(text.partition(".")[2])
    return pytest.approx(float(text), abs=0.5 * 10**-decimals + 1e-12, rel=0)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_printed_figures_come_out(path: Path) -> None:
    example = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"citation", "where", "method", "expected"} <= set(example)
    expected = example["expected"]
    if "count" in example:
        weights = weights_from_order(example["count"], example["method"])
        assert [float(w) for w in weights] == [printed(text) for text in expected["weights"]]
        return
    if example["method"] == "bwm":
        best_to_others, others_to_worst = (
            np.array(example[key], dtype=float) for key in ("best_to_others", "others_to_worst")
        )
        found = best_worst_weights(
            best_to_others, others_to_worst, example["best"] - 1, example["worst"] - 1
        )._asdict()
        compare(found, expected)
        return
    matrix = np.array([[float(Fraction(str(x))) for x in row] for row in example["matrix"]])
    if example.get("normalised") == "range":
        matrix = (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)
    if example["method"] == "ahp":
        found = eigenvector_weights(matrix)._asdict()
    else:
        objectives = example.get("objectives", ["max"] * matrix.shape[1])
        is_max = np.array([goal == "max" for goal in objectives])
        found = {"weights": FROM_DATA[example["method"]](matrix, is_max)}
    compare(found, expected)


def compare(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """Weights and the other printed figures against ours."""
    for weight, text in zip(found["weights"], expected["weights"], strict=True):
        assert weight == printed(text)
    for figure in set(expected) - {"weights"}:
        assert found[figure] == printed(expected[figure]), figure


def test_every_way_of_weighing_has_its_published_examples() -> None:
    counts = Counter(yaml.safe_load(path.read_text("utf-8"))["method"] for path in EXAMPLES)
    assert set(counts) == METHODS
    assert {m: n for m, n in counts.items() if n < 3} == FEWER
