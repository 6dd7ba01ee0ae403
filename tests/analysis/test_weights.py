"""The ways to weigh over a tree of criteria: from the file to the weight of each leaf."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

import selector
from selector.analysis.weights import elicited, in_money
from selector.cli import app

LINEAR = {"worst": 0, "best": 10}
TREE = [
    {"id": "a", "name": "A", "weight": 50, "value": LINEAR},
    {"id": "b", "name": "B", "weight": 30, "value": LINEAR},
    {
        "id": "g",
        "name": "G",
        "weight": 20,
        "children": [
            {"id": "c", "name": "C", "weight": 3, "value": LINEAR},
            {"id": "d", "name": "D", "weight": 1, "value": LINEAR},
        ],
    },
]
ROWS = [
    {"id": "x", "name": "X", "performance": {"a": 2, "b": 9, "c": 4, "d": 5}},
    {"id": "y", "name": "Y", "performance": {"a": 8, "b": 3, "c": 5, "d": 5}},
    {"id": "z", "name": "Z", "performance": {"a": 5, "b": 1, "c": 9, "d": 5}},
]
AHP = {"method": "ahp", "comparisons": [["a", "b", 2], ["g", "a", "1/4"], ["b", "g", 2]]}
BWM = {"method": "bwm", "best": "c", "worst": "d", "best_to_others": {"d": 4}}


@pytest.fixture
def analysed(tmp_path: Path) -> Any:
    def made(weights: dict[str, Any], rows: Any = ROWS, tree: Any = TREE) -> selector.Analysis:
        content = {"id": "case", "title": "Case", "criteria": tree, "alternatives": rows}
        path = tmp_path / "case.yaml"
        path.write_text(yaml.safe_dump({**content, "weights": weights}), encoding="utf-8")
        return selector.analyse(selector.load(path))

    return made


def test_ahp_weighs_one_set_of_siblings_and_leaves_the_rest(analysed: Any) -> None:
    weights = analysed(AHP).weights  # 4 : 2 : 1, without a contradiction
    assert weights == pytest.approx({"a": 4 / 7, "b": 2 / 7, "c": 0.75 / 7, "d": 0.25 / 7})


def test_the_best_worst_method_does_the_same(analysed: Any) -> None:
    weights = analysed(BWM).weights
    assert weights == pytest.approx({"a": 0.5, "b": 0.3, "c": 0.16, "d": 0.04})


@pytest.mark.parametrize(
    ("way", "shares"),
    [
        ({"method": "equal"}, (1 / 2, 1 / 2)),
        ({"method": "direct", "values": {"d": 75}}, (1 / 2, 1 / 2)),
        ({"values": {"c": 10, "d": 30}}, (1 / 4, 3 / 4)),
        ({"method": "swing", "values": {"c": "40%", "d": "60%"}}, (0.4, 0.6)),
        ({"method": "ranking", "order": ["d", "c"], "formula": "rank_sum"}, (1 / 3, 2 / 3)),
        ({"method": "ahp", "comparisons": [["d", "c", 9]]}, (1 / 10, 9 / 10)),
        (BWM, (4 / 5, 1 / 5)),
    ],
)
@pytest.mark.parametrize("above", [AHP, {"method": "equal"}, {"method": "entropy"}, {}])
def test_a_group_can_have_a_way_of_its_own(
    analysed: Any, above: dict[str, Any], way: dict[str, Any], shares: tuple[float, float]
) -> None:
    plain = analysed(above)
    analysis = analysed({**above, "subtrees": {"g": way}})
    assert analysis.group_weights == pytest.approx(plain.group_weights)
    group = analysis.group_weights["g"]
    assert analysis.weights["c"] == pytest.approx(group * shares[0])
    assert analysis.weights["d"] == pytest.approx(group * shares[1])


@pytest.mark.parametrize("method", ["entropy", "critic", "std", "merec"])
def test_data_weighs_all_leaves_at_once_and_a_group_is_their_sum(
    analysed: Any, method: str
) -> None:
    analysis = analysed({"method": method})
    assert analysis.weights["d"] == 0
    assert sum(analysis.weights.values()) == pytest.approx(1)
    assert analysis.group_weights["g"] == pytest.approx(analysis.weights["c"])
    assert analysis.with_weights({"g": 0}).weights["c"] == 0
    assert "weights-from-data" in {notice.code for notice in analysis.notices}


def test_the_spread_of_values_is_that_of_the_scale(analysed: Any) -> None:
    # deviations of 2, 8, 5 and 9, 3, 1 and 4, 5, 9, by sums of squares 18, 104/3 and 14
    weights = analysed({"method": "std"}).weights
    roots = {"a": 18**0.5, "b": (104 / 3) ** 0.5, "c": 14**0.5, "d": 0}
    assert weights == pytest.approx({k: v / sum(roots.values()) for k, v in roots.items()})


def test_a_leaf_without_a_value_function_enters_with_its_objective(analysed: Any) -> None:
    tree = [{"id": "p", "name": "P", "goal": "min"}, {"id": "q", "name": "Q", "goal": "max"}]
    rows = [
        {"id": "x", "name": "X", "performance": {"p": 10, "q": 1}},
        {"id": "y", "name": "Y", "performance": {"p": 20, "q": 2}},
        {"id": "z", "name": "Z", "performance": {"p": None, "q": 4}},
    ]
    # p at the middle of its scale, 15: by its sum 45 parts 2/9, 4/9, 3/9; q 1/7, 2/7, 4/7
    weights = analysed({"method": "entropy"}, rows, tree).weights
    assert weights["q"] > weights["p"] > 0
    # 1/4 + 1/2 + 1/4: with p to minimise, X is best there and worst in q
    assert analysed({"method": "critic"}, rows, tree).weights == pytest.approx(
        {"p": 1 / (1 + (28 / 27) ** 0.5), "q": 1 - 1 / (1 + (28 / 27) ** 0.5)}
    )


def test_a_zero_is_shifted_for_merec_with_a_notice(analysed: Any) -> None:
    rows = [ROWS[0], {"id": "w", "name": "W", "performance": {"a": 0, "b": 1, "c": 1, "d": 5}}]
    analysis = analysed({"method": "merec"}, rows)
    shifted = [n.text for n in analysis.notices if n.code == "zeros-shifted"]
    assert shifted == ["MEREC cannot take zeros: 0.01 is added to all performances on A."]
    assert analysis.with_weights({"a": 10}).warnings == analysis.warnings
    assert "zeros-shifted" not in {n.code for n in analysed({"method": "merec"}).notices}


@pytest.mark.parametrize(
    ("method", "rows", "said"),
    [
        ("entropy", [], "entropy needs at least two alternatives, and there is none; weigh"),
        ("critic", ROWS[:1], "CRITIC needs at least two alternatives, and there is 1; weigh"),
        ("std", [ROWS[0], {**ROWS[0], "id": "w"}], "std finds nothing that tells"),
    ],
)
def test_data_that_weigh_nothing_are_refused_where_the_method_stands(
    analysed: Any, method: str, rows: Any, said: str
) -> None:
    with pytest.raises(selector.InputError) as caught:
        _ = analysed({"method": method}, rows).weights
    assert said in str(caught.value)
    assert all(problem.line > 1 for problem in caught.value.problems)


def test_negative_performances_are_named_with_their_criterion(analysed: Any) -> None:
    tree = [{"id": "p", "name": "Profit"}, {"id": "q", "name": "Quality"}]
    rows = [
        {"id": "x", "name": "X", "performance": {"p": -1, "q": 1}},
        {"id": "y", "name": "Y", "performance": {"p": 20, "q": 2}},
    ]
    for method, name in {"entropy": "entropy cannot take", "merec": "MEREC needs"}.items():
        with pytest.raises(selector.InputError, match=rf"{name} .* \(Profit\)"):
            _ = analysed({"method": method}, rows, tree).weights
    assert analysed({"method": "std"}, rows, tree).weights == {"p": 0.5, "q": 0.5}


def test_judgements_say_how_they_hold_together_without_alternatives(analysed: Any) -> None:
    contradictory = [["a", "b", 9], ["b", "g", 9], ["a", "g", "1/9"]]
    way = {"method": "ahp", "comparisons": contradictory, "subtrees": {"g": BWM}}
    found = elicited(analysed(way, []).decision)
    above, below = found.consistency
    assert (above.group, above.method, above.is_acceptable) == ("", "ahp", False)
    assert above.ratio is not None
    assert above.ratio > 1
    assert (below.group, below.method, below.xi, below.ratio) == ("g", "bwm", 0, 0)
    assert len(found.revisit) == 3
    assert {(r.first, r.second) for r in found.revisit} == {("a", "b"), ("b", "g"), ("a", "g")}
    assert elicited(analysed({}).decision).consistency == ()


@pytest.mark.parametrize(("times", "codes"), [("1/9", {"inconsistent-judgements"}), (9, set())])
def test_contradictory_judgements_are_told_with_the_answer(
    analysed: Any, times: Any, codes: set[str]
) -> None:
    comparisons = [["a", "b", 3], ["b", "g", 3], ["a", "g", times]]
    analysis = analysed({"method": "ahp", "comparisons": comparisons})
    assert {n.code for n in analysis.notices} == codes


def test_swings_have_a_price_where_a_criterion_measures_cost(analysed: Any) -> None:
    cost = {"id": "k", "name": "K", "weight": 20, "unit": "USD a month", "goal": "min"}
    cost["value"] = {"worst": 5000, "best": 1000}
    tree = [*TREE[:2], cost]
    analysis = analysed({}, [], tree)
    money = in_money(analysis.decision, analysis.weights)
    assert money is not None
    assert (money.criterion, money.unit) == ("k", "USD a month")
    assert money.swings == pytest.approx({"a": 10_000, "b": 6_000, "k": 4_000})
    free = analysis.with_weights({"k": 0})
    assert in_money(free.decision, free.weights) is None
    assert in_money(analysed({}).decision, analysed({}).weights) is None


def test_the_command_prints_it_all(analysed: Any, tmp_path: Path) -> None:
    comparisons = [["a", "b", 9], ["b", "g", 9], ["a", "g", "1/9"]]
    analysed({"method": "ahp", "comparisons": comparisons, "subtrees": {"g": BWM}}, [])
    asked = ["weights", str(tmp_path / "case.yaml")]
    made = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).stdout)
    assert made["consistency"]["ratio"] > 0.1
    assert made["consistency"]["xi"] == 0
    assert [one["acceptable"] for one in made["consistency"]["sets"]] == [False, True]
    assert len(made["revisit"]) == len(made["revisit_given"]) == 3
    assert all(len(row) == 3 for row in made["revisit"])
    said = CliRunner().invoke(app, asked).stdout
    assert "contradict each other: consistency ratio" in said
    assert "below G hold together well enough" in said
    assert "Look again at A against B: it says 9, and 1 would fit" in said


def test_the_command_says_that_weights_come_from_data(analysed: Any, tmp_path: Path) -> None:
    zero = {"id": "w", "name": "W", "performance": {"a": 0, "b": 1, "c": 1, "d": 5}}
    analysed({"method": "merec"}, [ROWS[0], zero])
    asked = ["weights", str(tmp_path / "case.yaml")]
    warnings = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).stdout)["warnings"]
    said = CliRunner().invoke(app, asked).stdout
    assert [f"Note: {warning}" in said for warning in warnings] == [True] * len(warnings)
    assert "(by MEREC)" in warnings[0]
    assert "0.01 is added to all performances on A" in warnings[1]


def test_three_judgements_in_a_circle_are_named(analysed: Any) -> None:
    tree = [{"id": name, "name": name.upper()} for name in "abc"]
    rows = [{"id": "x", "performance": {"a": 1, "b": 2, "c": 3}}, {"id": "y"}]
    circle = [["a", "b", 9], ["b", "c", 9], ["c", "a", 9]]
    (told,) = (
        notice.text
        for notice in analysed({"method": "ahp", "comparisons": circle}, rows, tree).notices
        if notice.code == "inconsistent-judgements"
    )
    assert told.endswith("Three go in a circle: “A” over “B”, “B” over “C” and “C” over “A”.")
    straight = [["a", "b", 9], ["b", "c", 9], ["a", "c", 2]]
    warned = analysed({"method": "ahp", "comparisons": straight}, rows, tree).warnings
    assert any("contradict each other" in text for text in warned)
    assert not any("in a circle" in text for text in warned)
