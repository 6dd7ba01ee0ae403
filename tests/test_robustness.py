"""How sure an answer is, from a decision to its figures: what is drawn, by each kind of cell."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import selector
from selector.analysis.robustness import Robustness, performance_for, weighting_for
from selector.analysis.spread import Drawn, drawn_values
from selector.catalog.library import Library
from selector.cli_results import robustness as printed
from selector.mcda.robustness.information import even_chances
from selector.measure.valuation import ColumnScale
from tests import strategies as made

DAY = date(2026, 11, 24)
CHANCES = even_chances(20_000)
LINEAR = {"worst": 0, "best": 10}


def one_leaf(performance: Any, against: Any = 5, **leaf: Any) -> made.Data:
    return {
        "id": "one",
        "title": "One",
        "as_of": DAY,
        "criteria": [{"id": "speed", "value": LINEAR, **leaf}],
        "alternatives": [
            {"id": "a", "performance": {"speed": performance}},
            {"id": "b", "performance": {"speed": against}},
        ],
    }


def drawn_of(analysis: selector.Analysis) -> Drawn:
    return drawn_values(
        analysis.decision,
        analysis.alternatives,
        analysis.table,
        analysis.value_table,
        analysis.scales,
    )


def draws_of(analysis: selector.Analysis, row: int = 0, column: int = 0) -> np.ndarray:
    """What is drawn for one cell, at even chances."""
    for cell in drawn_of(analysis).open_cells:
        if (cell.row, cell.column) == (row, column):
            return np.sort(cell.quantile(CHANCES))
    return np.full(len(CHANCES), drawn_of(analysis).spread.low[row, column])


def draws(performance: Any, **leaf: Any) -> np.ndarray:
    return draws_of(made.analysed(one_leaf(performance, **leaf)))


# What is drawn -------------------------------------------------------------------------------


def test_a_number_is_itself() -> None:
    assert set(draws(4).tolist()) == {0.4}


def test_a_range_is_drawn_evenly() -> None:
    np.testing.assert_allclose(draws([2, 6]), 0.2 + 0.4 * CHANCES, atol=1e-9)


def test_a_range_past_a_clamped_scale_piles_up_at_its_end() -> None:
    found = draws([-5, 5])
    assert np.mean(found == 0) == pytest.approx(0.5, abs=1e-3)
    assert np.mean(found < 0.25) == pytest.approx(0.75, abs=1e-3)


def test_a_range_across_a_peak_is_drawn_in_performance() -> None:
    # Even on [0, 10] through a peak of 1 at 4: value above 0.5 from 2 to 7, half of the draws.
    found = draws([0, 10], value={"points": [[0, 0], [4, 1], [10, 0]]})
    assert np.mean(found > 0.5) == pytest.approx(0.5, abs=1e-3)


def test_a_likely_value_makes_a_triangle() -> None:
    found = draws({"low": 0, "likely": 2, "high": 8})
    assert found.mean() == pytest.approx((0 + 0.2 + 0.8) / 3, abs=1e-3)
    assert np.mean(found < 0.2) == pytest.approx(0.25, abs=1e-3)


@pytest.mark.parametrize(
    ("given", "mean", "sd"),
    [
        ({"normal": [5, 0.5]}, 0.5, 0.05),
        ({"triangular": [0, 3, 6]}, 0.3, (6**2 / 24) ** 0.5 / 10),
        (
            {"lognormal": [1, 0.1]},
            np.exp(1.005) / 10,
            np.exp(1.005) * (np.exp(0.01) - 1) ** 0.5 / 10,
        ),
        ({"beta": [2, 6]}, 0.025, (12 / (64 * 9)) ** 0.5 / 10),
    ],
)
def test_a_distribution_is_drawn_with_its_mean_and_spread(
    given: Any, mean: float, sd: float
) -> None:
    found = draws(given)
    assert found.mean() == pytest.approx(mean, abs=1e-3)
    assert found.std() == pytest.approx(sd, abs=1e-3)


def test_unknown_is_drawn_evenly_in_value() -> None:
    found = draws(None, value={"points": [[0, 0.2], [1, 0.3], [10, 0.6]]})
    np.testing.assert_allclose(found, 0.2 + 0.4 * CHANCES, atol=1e-9)


def test_a_range_of_levels_is_drawn_among_them() -> None:
    levels = {"none": 0, "low": 0.3, "high": 1}
    data = one_leaf(["none", "low"], "high", value={"levels": levels})
    found = draws_of(made.analysed(data))
    assert set(found.tolist()) == {0, 0.3}
    assert np.mean(found == 0) == pytest.approx(0.5, abs=1e-3)


def test_not_applicable_is_what_the_criterion_says() -> None:
    found = draws({"not_applicable": True}, not_applicable=0.7)
    assert set(found.tolist()) == {0.7}


FACTS = {"facts": {"uptime": {"name": "Uptime", "type": "number", "shelf_life_days": 365}}}
SOURCED = {"source": "https://example.org/a", "as_of": date(2026, 10, 1), "tier": "vendor_docs"}


def sourced(tmp_path: Path, fact: made.Data, **criterion: Any) -> selector.Analysis:
    """Alternative a with this fact, b with a value of 5 that is certain; one leaf 0 to 10."""
    files: dict[str, Any] = {
        "criteria/facts.yaml": FACTS,
        "vendors/v.yaml": {"id": "v", "name": "V", "kind": "component", "facts": {"uptime": fact}},
        "decisions/d.yaml": {
            "id": "d",
            "title": "D",
            "as_of": DAY,
            "criteria": [{"id": "up", "measure": {"fact": "uptime"}, "value": LINEAR, **criterion}],
            "alternatives": [{"vendor": "v"}, {"id": "b", "performance": {"up": 5}}],
        },
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return selector.analyse(Library(tmp_path).decision(tmp_path / "decisions" / "d.yaml"))


@pytest.mark.parametrize(
    ("more", "half"),
    [
        ({"confidence": "high"}, 0),
        ({"confidence": "medium"}, 0.05),
        ({}, 0.05),
        ({"confidence": "low"}, 0.15),
        ({"confidence": "high", "as_of": date(2025, 1, 1)}, 0.05),
        ({"confidence": "medium", "as_of": date(2025, 1, 1)}, 0.15),
        ({"confidence": "low", "as_of": date(2025, 1, 1)}, 0.15),
    ],
)
def test_confidence_and_age_widen_a_cell(tmp_path: Path, more: made.Data, half: float) -> None:
    analysis = sourced(tmp_path, {"value": 4, **SOURCED, **more})
    np.testing.assert_allclose(draws_of(analysis), 0.4 - half + 2 * half * CHANCES, atol=1e-9)
    assert analysis.ranking[1].low == analysis.ranking[1].high == pytest.approx(0.4)


def test_widening_never_goes_past_a_clamped_scale(tmp_path: Path) -> None:
    analysis = sourced(tmp_path, {"value": 9.9, **SOURCED, "confidence": "low"})
    found = draws_of(analysis)
    np.testing.assert_allclose([found[0], found[-1]], [0.84, 1.0], atol=1e-4)


def test_a_range_is_widened_at_both_ends(tmp_path: Path) -> None:
    analysis = sourced(tmp_path, {"low": 2, "high": 6, **SOURCED, "confidence": "medium"})
    np.testing.assert_allclose(draws_of(analysis), 0.15 + 0.5 * CHANCES, atol=1e-9)


def test_of_a_disputed_fact_each_account_is_as_likely(tmp_path: Path) -> None:
    accounts = [
        {"value": 2, **SOURCED, "confidence": "high"},
        {"value": 8, **SOURCED, "confidence": "medium"},
    ]
    found = draws_of(sourced(tmp_path, {"disputed": accounts}))
    assert np.mean(found == 0.2) == pytest.approx(0.5, abs=1e-3)
    np.testing.assert_allclose([found[10_001], found[-1]], [0.75, 0.85], atol=1e-3)


# What comes of it ----------------------------------------------------------------------------


def test_the_chance_of_being_first_is_the_area_by_hand() -> None:
    # a even on [0.2, 0.6] against 0.5: a first in a quarter.
    found = made.analysed(one_leaf([2, 6])).robustness()
    assert found.winner == "b"
    assert found.rank_acceptability["a"][0] == pytest.approx(0.25, abs=0.006)
    assert found.confidence["a"] == pytest.approx(0.25, abs=0.006)
    assert found.pairwise_winning["b"]["a"] == pytest.approx(0.75, abs=0.006)
    (row,) = found.worth_finding_out
    assert (row.alternative, row.criterion, row.because) == ("a", "speed", "range")
    assert row.chance == pytest.approx(0.25, abs=1e-3)
    assert row.expected_loss == pytest.approx(0.25 * 0.05, abs=1e-4)


def test_what_is_likeliest_to_change_the_winner_is_found_out_first() -> None:
    # Against 0.5: a on [0.1, 0.8] in 3/7 with 0.15 at stake, c on [0.48, 0.518] in 9/19 with 0.009.
    data = one_leaf([1, 8])
    data["alternatives"].append({"id": "c", "performance": {"speed": [4.8, 5.18]}})
    rows = made.analysed(data).robustness(1000).worth_finding_out
    assert [row.alternative for row in rows] == ["c", "a"]
    assert [row.chance for row in rows] == pytest.approx([9 / 19, 3 / 7], abs=1e-3)
    assert rows[1].expected_loss == pytest.approx(3 / 7 * 0.15, abs=1e-3)


def test_weights_vary_as_asked_else_as_the_decision_says_else_by_a_quarter() -> None:
    data = one_leaf(4)
    assert str(weighting_for(made.analysed(data), None)) == "around:0.25"
    data["uncertainty"] = {"weights": "order"}
    assert str(weighting_for(made.analysed(data), None)) == "order"
    data["uncertainty"] = {"weights": {"around": 0.4}}
    assert str(weighting_for(made.analysed(data), None)) == "around:0.4"
    assert str(weighting_for(made.analysed(data), "uniform")) == "uniform"


def test_nothing_left_to_rank_is_nothing_to_tell() -> None:
    data = one_leaf(4)
    data["requirements"] = [{"criterion": "speed", "at_least": 9}]
    found = made.analysed(data).robustness()
    assert (found.winner, found.rank_acceptability, found.closest_flip) == ("", {}, None)


def test_one_alternative_is_first_whatever_comes() -> None:
    data = one_leaf([2, 6])
    del data["alternatives"][1]
    found = made.analysed(data).robustness(1000)
    assert found.rank_acceptability == {"a": (1.0,)}
    assert (found.closest_flip, found.flips, found.performance_flips) == (None, {}, ())
    assert [row.chance for row in found.worth_finding_out] == [0]


def test_a_local_scale_can_turn_an_order_and_that_is_told() -> None:
    data = {
        "id": "local",
        "title": "Local",
        "criteria": [{"id": "x", "weight": 50}, {"id": "y", "weight": 50}],
        "alternatives": [
            {"id": "a", "performance": {"x": 10, "y": 1}},
            {"id": "b", "performance": {"x": 5, "y": 4}},
            {"id": "c", "performance": {"x": 0, "y": 10}},
        ],
    }
    # With c: a 0.5, b 0.25 + 1/6 = 0.417. Without: a 0.5, b 0.5; level, so no reversal.
    assert made.analysed(data).robustness(100).rank_reversals == ()
    data["alternatives"][1]["performance"]["x"] = 5.5  # type: ignore[index]
    # With c: a 0.5 and b 0.275 + 1/6. Without c: a 0.5 and b 0.5 again: x 10 and 5.5 are the ends.
    data["criteria"].append({"id": "z", "weight": 2, "value": {"worst": 0, "best": 1}})  # type: ignore[attr-defined]
    for alternative, z in zip(data["alternatives"], (0, 1, 0), strict=True):
        alternative["performance"]["z"] = z  # type: ignore[index]
    # The little that z weighs puts b before a once c is out, and not while it is in.
    # The same the other way round: without a, b is level with c on x and y, and before it by z.
    found = made.analysed(data).robustness(100).rank_reversals
    assert found == (("a", "c", "b"), ("c", "a", "b"))


def test_performances_are_read_back_through_the_value_function() -> None:
    assert performance_for(ColumnScale(10, 0), 0.25, 3, 1) == 7.5
    assert performance_for(ColumnScale(levels=(0, 0.3, 1)), 0.2, 0, 1) == 1
    assert performance_for(ColumnScale(levels=(0, 0.3, 1)), 0.2, 2, -1) == 0
    peak = ColumnScale(points=((0, 0), (4, 1), (10, 0)))
    assert performance_for(peak, 0.5, 1, 1) == 2
    assert performance_for(peak, 0.5, 9, 1) == 7
    assert performance_for(peak, 1.5, 9, 1) is None


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(made.decisions(), st.sampled_from(["uniform", "order", "around:0.5"]))
def test_any_decision_has_a_robustness_that_adds_up(data: made.Data, weights: str) -> None:
    analysis = made.analysed(data)
    found = analysis.robustness(500, 1, weights)
    check(analysis, found)
    json.dumps(printed.data(analysis, found), default=str, allow_nan=False)
    assert list(printed.table(printed.data(analysis, found)))


def check(analysis: selector.Analysis, found: Robustness) -> None:
    ids = [row.alternative for row in analysis.ranking]
    assert set(found.rank_acceptability) == set(ids)
    for a in ids:
        assert sum(found.rank_acceptability[a]) == pytest.approx(1)
        is_ever_first = found.rank_acceptability[a][0] > 0
        assert (found.central_weights[a] is not None) == is_ever_first
        assert (found.confidence[a] is not None) == is_ever_first
        if central := found.central_weights[a]:
            assert sum(central.values()) == pytest.approx(1)
    drawn = drawn_of(analysis)
    table = analysis.value_table
    for cell in drawn.open_cells:
        # Performances in the file are certain as such: nothing lies past low and high, except
        # the tails of a distribution.
        values = cell.quantile(np.array([0.0, 0.3, 0.7, 1.0]))
        fact = next(iter(analysis.table.cells[cell.row][cell.column].facts.values()), None)
        if fact is None or fact.distribution is None:
            assert values.min() >= table.low[cell.row, cell.column] - 1e-9
            assert values.max() <= table.high[cell.row, cell.column] + 1e-9
    if found.closest_flip is not None:
        changed = found.closest_flip.weights
        moved = sum(abs(changed[leaf] - w) for leaf, w in analysis.weights.items())
        assert moved == pytest.approx(found.closest_flip.distance, abs=1e-9)
        now = found.flips[found.closest_flip.winner_becomes]
        assert now is not None
        assert now.distance == pytest.approx(found.closest_flip.distance, abs=1e-7)


def test_adding_what_is_dominated_whatever_comes_leaves_the_others_first_as_often() -> None:
    data = one_leaf([2, 6])
    before = made.analysed(data).robustness(100_000)
    more = copy.deepcopy(data)
    more["alternatives"].append({"id": "c", "performance": {"speed": 1}})
    after = made.analysed(more).robustness(100_000)
    assert after.rank_acceptability["a"][0] == before.rank_acceptability["a"][0]
    assert after.dominates_whatever_comes == {"a": ("c",), "b": ("c",)}
    assert after.flips["c"] is None


@pytest.mark.parametrize("seed", range(40))
def test_a_performance_said_to_level_two_does_level_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    goals = rng.choice(["max", "min"], 3).tolist()
    criteria: list[made.Data] = [
        {"id": f"c{j}", "weight": int(rng.integers(1, 9)), "goal": goal}
        for j, goal in enumerate(goals)
    ]
    for criterion in criteria[1:]:  # the first has a local scale, whose ends must not move along
        ends = [0, 10] if criterion["goal"] == "max" else [10, 0]
        criterion["value"] = dict(zip(("worst", "best"), ends, strict=True))
    data: made.Data = {
        "id": "d",
        "title": "D",
        "criteria": criteria,
        "alternatives": [
            {
                "id": f"a{i}",
                "performance": {c["id"]: int(rng.integers(0, 101)) / 10 for c in criteria},
            }
            for i in range(int(rng.integers(2, 5)))
        ],
    }
    analysis = made.analysed(data)
    for flip in analysis.robustness(10).performance_flips:
        other = copy.deepcopy(data)
        place = analysis.basis.ids.index(flip.alternative)
        other["alternatives"][place]["performance"][flip.criterion] = flip.performance
        scores = {row.alternative: row.score for row in made.analysed(other).ranking}
        leader = analysis.ranking[0].alternative
        assert scores[flip.winner_becomes] == pytest.approx(scores[leader], abs=1e-9)


def test_who_is_dominated_is_printed_and_whether_that_is_sure() -> None:
    data = one_leaf(8, [1, 9])
    data["alternatives"].append({"id": "c", "name": "C", "performance": {"speed": 0}})
    analysis = made.analysed(data)
    lines = list(printed.table(printed.data(analysis, analysis.robustness(1000))))
    # b is 5 in the middle: behind a as it counts, not whatever comes; c is behind both for sure
    assert "b is nowhere better than a and somewhere worse." in lines
    sure = ", whatever unknown facts and ranges turn out to be."
    assert "C is nowhere better than a or b and somewhere worse" + sure in lines


def test_a_level_that_would_flip_is_named_and_not_numbered() -> None:
    levels = {"none": 0, "low": 0.3, "mid": 0.6, "high": 1}
    data: made.Data = {
        "id": "levels",
        "title": "Levels",
        "criteria": [
            {"id": "kept", "name": "Kept", "weight": 60, "value": {"levels": levels}},
            {"id": "speed", "name": "Speed", "weight": 40, "unit": "km/h", "value": LINEAR},
        ],
        "alternatives": [
            {"id": "a", "name": "A", "performance": {"kept": "high", "speed": 5}},
            {"id": "b", "name": "B", "performance": {"kept": "low", "speed": 9}},
        ],
    }
    # A 0.8, B 0.54: A falls past B at 1 - 0.26 / 0.6 = 0.57 (low), or B rises at 0.73 (high);
    # speed cannot give 0.26 / 0.4 = 6.5 more to B, nor take it from A.
    analysis = made.analysed(data)
    found = printed.data(analysis, analysis.robustness(1000))
    said = [(f["alternative"], f["criterion"], f["needed"]) for f in found["performance_flips"]]
    assert said == [("a", "kept", "low"), ("b", "kept", "high")]
    ending = "all else equal, would put B level with the first, or before it."
    assert f"Kept of A at low, {ending}" in list(printed.table(found))
