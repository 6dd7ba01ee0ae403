"""Every golden case through the Python engine: expected numbers worked by hand (see README.md)."""

from pathlib import Path

import pytest

import selector
from tests.golden.cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_golden_case_comes_out_as_worked_by_hand(case: Case, tmp_path: Path) -> None:
    expected = case.expected
    if "error" in expected:
        with pytest.raises(selector.SelectorError) as error:
            assert case.analysis(tmp_path).ranking
        message = str(error.value).lower()
        assert [
            part for part in case.content["expected"]["error"] if part.lower() not in message
        ] == []
        return
    analysis = case.analysis(tmp_path)
    for leaf, weight in expected.get("weights", {}).items():
        assert analysis.weights[leaf] == close(weight), f"weight of {leaf}"
    for alternative, row in expected.get("values", {}).items():
        for leaf, triple in row.items():
            at = analysis.table.alternatives.index(alternative), analysis.table.leaves.index(leaf)
            values = analysis.value_table
            found = [float(values.low[at]), float(values.central[at]), float(values.high[at])]
            assert found == close(triple), f"value of {alternative} on {leaf}"
    if "ranking" in expected:
        found_rows = [
            {
                "alternative": r.alternative,
                "rank": r.rank,
                "score": r.score,
                "low": r.low,
                "high": r.high,
                "unproven": r.unproven,
            }
            for r in analysis.ranking
        ]
        assert len(found_rows) == len(expected["ranking"])
        for found_row, wanted in zip(found_rows, expected["ranking"], strict=True):
            for key, value in wanted.items():
                assert found_row[key] == close(value), f"{key} of {wanted['alternative']}"
    if "excluded" in expected:
        assert [(e.alternative, e.requirement_index) for e in analysis.excluded] == [
            (e["alternative"], e["requirement_index"]) for e in expected["excluded"]
        ]
    if "notices" in expected:
        assert sorted({n.code for n in analysis.notices}) == sorted(expected["notices"])
    for node, wanted in expected.get("stability", {}).items():
        found_interval = analysis.stability[node]
        for key, value in wanted.items():
            assert getattr(found_interval, key) == close(value), f"{key} of {node}"


def close(wanted: object) -> object:
    """Numbers to 1e-9; anything else exactly."""
    if isinstance(wanted, list):
        return pytest.approx(wanted, abs=1e-9)
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return wanted
    return pytest.approx(wanted, abs=1e-9)
