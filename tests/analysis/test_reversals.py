"""Rank reversals on local scales: against valuing the whole decision anew without each one."""

import random

import pytest

from selector.analysis.core import Analysis
from selector.analysis.robustness import TIE, Reversal, reversals_of
from tests import strategies as made


def anew(analysis: Analysis) -> set[Reversal]:
    """The same, the long way: a decision without each alternative in turn."""
    found = set()
    whole = {name: central for name, (_, central, _) in analysis.scores.items()}
    for out in whole:
        left = tuple(a for a in analysis.decision.alternatives if a.id != out)
        without = Analysis(analysis.decision._replace(alternatives=left), analysis.shares)
        part = {name: central for name, (_, central, _) in without.scores.items()}
        found |= {
            Reversal(out, one, other)
            for one in part
            for other in part
            if whole[one] > whole[other] + TIE and part[one] < part[other] - TIE
        }
    return found


def a_decision(rng: random.Random) -> made.Data:
    """With local scales and others, ranges, unknowns, and now and then a knock-out."""
    criteria: list[made.Data] = [
        {"id": f"k{i}", "goal": rng.choice(["max", "min"])} for i in range(rng.randint(1, 4))
    ]
    for criterion in criteria:
        if rng.random() < 0.3:
            ends = (
                {"worst": 0, "best": 10} if criterion["goal"] == "max" else {"worst": 10, "best": 0}
            )
            criterion["value"] = ends

    def cell() -> object:
        kind = rng.random()
        if kind < 0.15:
            return None
        return [rng.randint(0, 5), rng.randint(5, 10)] if kind < 0.3 else rng.randint(0, 10)

    data: made.Data = {
        "id": "d",
        "title": "D",
        "criteria": criteria,
        "alternatives": [
            {"id": f"a{i}", "performance": {c["id"]: cell() for c in criteria}}
            for i in range(rng.randint(1, 7))
        ],
    }
    if rng.random() < 0.3:
        data["requirements"] = [{"criterion": "k0", "at_least": 3}]
    return data


@pytest.mark.parametrize("part", range(5))
def test_only_who_holds_an_end_can_turn_others_and_how_is_worked_out_rightly(part: int) -> None:
    told = 0
    for seed in range(40 * part, 40 * part + 40):
        analysis = made.analysed(a_decision(random.Random(seed)))
        found = reversals_of(analysis)
        assert len(set(found)) == len(found)
        assert set(found) == anew(analysis), seed
        told += len(found)
    assert told > 0
