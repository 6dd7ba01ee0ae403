"""Every published example through our kernels."""

from collections import Counter

import numpy as np
import pytest

from selector.mcda.methods._contract import method_ids, run
from selector.mcda.methods.electre1 import concordance_of
from tests.published.methods.examples import EXAMPLES, Example


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.method}: {e.name}")
def test_a_published_example_comes_out_as_printed(example: Example) -> None:
    result = run(
        example.method,
        example.matrix,
        example.objectives,
        example.weights,
        **example.parameters,
    ).result
    for key, wanted in example.expected.items():
        if key == "ranks":
            assert result.ranks.tolist() == wanted
        elif key == "scores":
            assert result.scores == pytest.approx(np.array(wanted), abs=example.tolerance)
        elif key == "ratios":
            for one, other, ratio in wanted:
                found = result.scores[one - 1] / result.scores[other - 1]
                assert found == pytest.approx(ratio, abs=example.tolerance)
        elif key == "outranks":
            assert [[a + 1, b + 1] for a, b in result.details[key]] == wanted
        elif key == "concordance":
            found = concordance_of(example.matrix * example.objectives, example.weights)
            assert found * sum(example.content["weights"]) == pytest.approx(np.array(wanted))
        elif isinstance(wanted, list) and key not in ("kernel", "compromise"):
            assert result.details[key] == pytest.approx(np.array(wanted), abs=example.tolerance)
        elif isinstance(wanted, list):
            assert list(result.details[key]) == [row - 1 for row in wanted], key
        else:
            assert result.details[key] == wanted, key


def test_every_example_is_cited() -> None:
    for example in EXAMPLES:
        assert len(example.content["citation"]) > 40, example.name
        assert example.content["digits"] >= 1
        assert ("slack" not in example.content) or example.content["note"]


def test_every_method_has_published_examples() -> None:
    counts = Counter(example.method for example in EXAMPLES)
    assert set(counts) == set(method_ids())
    assert min(counts.values()) >= 3, counts
