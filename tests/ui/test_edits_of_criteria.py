"""Criteria that are edited: each change is made, the file read again, and the weights hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from selector.analysis import Analysis
from selector.ui.edits import criteria, scores
from selector.ui.edits._edit import Edit
from tests.ui.edited import OWN, SHIPPED, read, refused, tree


def test_the_first_edit_of_a_named_set_writes_it_in_and_changes_nothing_else() -> None:
    before = read(SHIPPED)
    same = tree(SHIPPED, lambda edit, _: criteria.describe(edit, "cost", "Cost", "Why?"))
    assert same.ranking == before.ranking
    assert same.weights == pytest.approx(before.weights)
    assert [c.id for c in same.decision.criteria.walk()] == [
        c.id for c in before.decision.criteria.walk()
    ]


def test_a_preset_is_kept_as_points_when_its_set_is_written_in() -> None:
    start, _, rest = SHIPPED.partition(b"  method: direct\n")
    raw = start + b"  method: preset\n  preset: ciso\n" + b""
    assert rest
    before = read(raw)
    same = tree(raw, lambda edit, _: criteria.describe(edit, "cost", "Money", ""))
    assert same.weights == pytest.approx(before.weights)


def test_a_criterion_that_joins_has_a_weight_where_its_siblings_have() -> None:
    found = tree(OWN, lambda edit, a: criteria.add(edit, a, "", "Fit with us", "score"))
    new = found.decision.criteria.criteria[-1]
    assert (new.id, new.weight, new.unit) == ("fit-with-us", 50, scores.POINTS)
    assert [c.weight for c in found.decision.criteria.criteria] == [60, 40, 50]
    inner = tree(
        OWN, lambda edit, a: criteria.add(edit, a, "money", "Uptime", "fact", "uptime_sla")
    )
    assert inner.decision.criteria.criteria[0].children[-1].weight == 2
    cost = tree(OWN, lambda edit, a: criteria.add(edit, a, "money", "Bill", "cost", "monthly"))
    assert cost.decision.criteria.criteria[0].children[-1].scale.worst == 1500  # type: ignore[union-attr]
    share = tree(
        OWN,
        lambda edit, a: criteria.add(
            edit, a, "", "Proof", "share", "attestations", "max", ("soc2",)
        ),
    )
    assert share.leaves[-1].unit == "share"
    tree(OWN, lambda edit, a: criteria.add(edit, a, "", "More", "group"))


def test_a_criterion_goes_with_all_that_was_said_of_it() -> None:
    def change(edit: Edit, analysis: Analysis) -> None:
        requirements_gone = edit.data.pop("requirements")
        edit._changes.append((("requirements",), []))
        edit.data["requirements"] = []
        assert requirements_gone
        criteria.remove(edit, "money", analysis)

    found = tree(OWN, change)
    assert [leaf.id for leaf in found.leaves] == ["speed"]
    assert found.decision.stakeholders[0].weights == {"speed": 30}
    assert found.decision.scenarios[0].weights == {}
    assert set(found.decision.alternatives[1].performances) == {"speed"}


def test_what_would_leave_no_decision_is_refused() -> None:
    def refuse(field: str, words: str, change: Callable[[Edit, Analysis], Any]) -> None:
        refused(field, words, lambda: tree(OWN, change))

    refuse("criterion", "A requirement tests it", lambda e, a: criteria.remove(e, "speed", a))
    refuse("parent", "within itself", lambda e, a: criteria.move(e, "money", "money", a))
    refuse("new_parent", "only a group", lambda e, a: criteria.add(e, a, "speed", "X", "score"))
    refuse("new_name", "already", lambda e, a: criteria.add(e, a, "", "price", "score"))
    refuse(
        "new_wanted", "wanted", lambda e, a: criteria.add(e, a, "", "X", "share", "attestations")
    )
    refuse("criterion_name", "already", lambda e, _: criteria.describe(e, "price", "Speed", ""))

    def last(edit: Edit, analysis: Analysis) -> None:
        criteria.move(edit, "effort", "", analysis)
        criteria.move(edit, "price", "", analysis)

    refuse("criterion", "last of “money”", last)


def test_a_criterion_moves_and_its_old_siblings_keep_a_weight() -> None:
    found = tree(OWN, lambda edit, analysis: criteria.move(edit, "price", "", analysis))
    assert [c.id for c in found.decision.criteria.criteria] == ["money", "speed", "price"]
    # What remains had only points of 0 in one scenario, which say nothing any more.
    assert found.decision.scenarios[0].weights == {}
    assert found.decision.weights.values == {"effort": 1}


def test_turning_a_criterion_round_exchanges_the_ends() -> None:
    found = tree(OWN, lambda edit, _: criteria.turn(edit, "speed", "min"))
    scale = next(leaf for leaf in found.leaves if leaf.id == "speed").scale
    assert (scale.worst, scale.best) == (100, 0)  # type: ignore[union-attr]
    found = tree(OWN, lambda edit, _: criteria.turn(edit, "price", "max"))
    scale = next(leaf for leaf in found.leaves if leaf.id == "price").scale
    assert (scale.worst, scale.best) == (0, 1500)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "weights",
    [
        "{method: ahp, comparisons: [[money, speed, 3]]}",
        "{method: ranking, order: [speed, money]}",
        "{method: bwm, best: money, worst: speed, best_to_others: {money: 1, speed: 4}, "
        "others_to_worst: {money: 4, speed: 1}}",
        "{method: direct, values: {speed: 10}, subtrees: {money: {method: ahp, comparisons: "
        "[[price, effort, 3]]}}}",
        "{method: equal}",
        "{method: entropy}",
        "{method: direct, values: {money: 30%, speed: 70%}}",
    ],
)
def test_weights_of_any_method_outlive_a_change_of_the_criteria(weights: str) -> None:
    said = b"weights: {method: direct, values: {price: 1, effort: 1}}"
    raw = OWN.replace(said, f"weights: {weights}".encode())
    before = read(raw)
    found = tree(raw, lambda edit, analysis: criteria.remove(edit, "effort", analysis))
    assert found.weights["price"] + found.weights["speed"] == pytest.approx(1)
    if "entropy" not in weights:
        assert found.shares["money"] == pytest.approx(before.shares["money"])
    more = tree(raw, lambda edit, a: criteria.add(edit, a, "", "X", "score"))
    assert more.ranking
