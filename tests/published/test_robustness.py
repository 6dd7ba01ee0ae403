"""SMAA-2 against results of others, within the error of their draws and of ours.

One file is one example, in `robustness/`: whole decisions with beta distributions, as printed. The
error is that of `iterations` draws; `read_in` says where inputs and results were read.
"""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tests import strategies as made

EXAMPLES = sorted((Path(__file__).parent / "robustness").glob("*.yaml"))
SAMPLES = 100_000
DEVIATIONS = 4  # standard errors


def error_of(share: float, iterations: int) -> float:
    """What two shares of as many draws may differ by."""
    return DEVIATIONS * float(np.sqrt(share * (1 - share) * (1 / iterations + 1 / SAMPLES)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_results_of_others_come_out_within_the_error_of_drawing(path: Path) -> None:
    example = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = robustness_of(example)
    draws, expected = example["iterations"], example["expected"]
    for alternative, shares in expected["rank_acceptability"].items():
        for ours, theirs in zip(found.rank_acceptability[alternative], shares, strict=True):
            assert ours == pytest.approx(theirs, abs=error_of(theirs, draws) + 0.0005)
    ids = [criterion["id"] for criterion in example["criteria"]]
    for alternative, weights in expected["central_weights"].items():
        first = expected["rank_acceptability"][alternative][0] * draws
        means = found.central_weights[alternative]
        for name, theirs in zip(ids, weights, strict=False):
            # The standard deviation of a weight is a quarter or less.
            assert means[name] == pytest.approx(theirs, abs=DEVIATIONS * 0.25 / first**0.5)
    for alternative, theirs in expected.get("confidence", {}).items():
        # They judge it at their own central weights, which have an error of their own.
        near = error_of(theirs, draws) + 0.01
        assert found.confidence[alternative] == pytest.approx(theirs, abs=near)


def robustness_of(example: dict[str, Any]) -> Any:
    """The example through a decision, as a user would write it."""
    criteria = [
        {
            "id": criterion["id"],
            "weight": criterion.get("weight", 1),
            "value": {"worst": criterion["worst"], "best": criterion["best"], "clamp": False},
        }
        for criterion in example["criteria"]
    ]
    alternatives = [
        {
            "id": alternative,
            "performance": {
                criterion["id"]: {"beta": shapes}
                for criterion, shapes in zip(example["criteria"], cells, strict=True)
            },
        }
        for alternative, cells in example["beta"].items()
    ]
    decision = {
        "id": "example",
        "title": "Example",
        "as_of": date(2026, 11, 24),
        "criteria": criteria,
        "alternatives": alternatives,
    }
    return made.analysed(decision).robustness(SAMPLES, seed=1, weights=example["weights"])


def test_every_example_says_where_it_was_read() -> None:
    assert len(EXAMPLES) >= 3
    for path in EXAMPLES:
        example = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert len(example["citation"]) > 40
        assert example["read_in"]
