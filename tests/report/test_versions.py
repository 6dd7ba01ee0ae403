"""What was set otherwise between two versions of a decision, as people would say it."""

from __future__ import annotations

from typing import Any

import pytest

from selector.catalog.editing import edited
from selector.report.versions import Difference, between
from tests.ui.edited import OWN, read

THEN = read(OWN)
CHANGES: list[tuple[tuple[str | int, ...], Any, Difference]] = [
    (("title",), "Another", Difference("Title", "A case", "Another")),
    (("budget", "monthly"), 2500, Difference("Monthly budget", "1,000", "2,500")),
    (("weights", "values", "price"), 4, Difference("Weight of Price", "1", "4")),
    (("weights", "reasons"), {"price": "we pay"},
     Difference("Reason for the weight of Price", "", "we pay")),
    (("weights",), {"method": "equal"}, Difference("Way to weigh", "direct", "equal")),
    (("requirements", 0, "at_least"), 2,
     Difference("Requirement taken out", "Speed: at least 1 ms", "")),
    (("requirements", 0, "at_least"), 2,
     Difference("Requirement added", "", "Speed: at least 2 ms")),
    (("alternatives", 1, "performance", "speed"), [40, 60],
     Difference("Speed of B", "50", "40–60")),
    (("alternatives", 1, "name"), "Bea", Difference("Alternative renamed", "B", "Bea")),
    (("alternatives", 2), {"id": "c", "name": "C"}, Difference("Alternative added", "", "C")),
    (("workload",), {"requests_per_month": 1000},
     Difference("Workload", "", "1,000 requests a month")),
    (("scenarios", 0, "weights", "price"), 7, Difference("Cheap: price", "5", "7")),
    (("stakeholders", 0, "influence"), 2, Difference("Influence of Finance", "1", "2")),
    (("method",), "topsis", Difference("Ranked by", "Weighted sum of values", "TOPSIS")),
    (("criteria", 1, "value"), {"worst": 10, "best": 100},
     Difference("Scale of Speed", "0 to 100 ms", "10 to 100 ms")),
    (("criteria", 1, "weight"), "45%", Difference("Weight of Speed", "40 %", "45 %")),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "told"), CHANGES, ids=[c[2].what for c in CHANGES])
def test_a_change_is_told_in_plain_words(
    path: tuple[str | int, ...], value: Any, told: Difference
) -> None:
    changes = [(path, value)]
    if value == "45%":
        changes.append((("criteria", 0, "weight"), "55%"))
    assert told in between(THEN, read(edited(OWN, *changes)))


def test_nothing_is_told_where_nothing_was_set() -> None:
    again = read(OWN)
    assert between(THEN, again) == []
    stands = again.decision._replace(record=again.decision.record._replace(status="proposed"))
    assert between(THEN, type(again)(stands)) == []


def test_facts_that_changed_in_a_profile_are_nobody_s_setting() -> None:
    first = THEN.decision.alternatives[0]
    fact = next(name for name, e in first.facts.items() if e.state == "value")
    other = first._replace(facts={k: e for k, e in first.facts.items() if k != fact})
    alternatives = (other, *THEN.decision.alternatives[1:])
    now = type(THEN)(THEN.decision._replace(alternatives=alternatives))
    assert between(THEN, now, facts=False) == []
    assert [one.now for one in between(THEN, now)] == [""]
