"""Weights of the literature, to the digits that were printed.

One file is one example, in `weighting/`: its citation, the inputs as printed and the figures as
printed, as text, since half of the last printed digit is the tolerance.
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from selector.mcda.weighting.ahp import eigenvector_weights
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
    matrix = np.array([[float(Fraction(str(x))) for x in row] for row in example["matrix"]])
    if example["method"] == "ahp":
        found = eigenvector_weights(matrix)._asdict()
    else:
        objectives = example.get("objectives", ["max"] * matrix.shape[1])
        is_max = np.array([goal == "max" for goal in objectives])
        found = {"weights": FROM_DATA[example["method"]](matrix, is_max)}
    for weight, text in zip(found["weights"], expected["weights"], strict=True):
        assert weight == printed(text)
    for figure in set(expected) - {"weights"}:
        assert found[figure] == printed(expected[figure]), figure
