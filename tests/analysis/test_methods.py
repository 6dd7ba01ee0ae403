"""The methods on whole decisions: what they are fed, what is left out, what is told."""

import copy
import json
import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from typer.testing import CliRunner

import selector
from selector.analysis.methods import reversals_by_method
from selector.cli import app
from selector.cli_results import methods as printed
from selector.mcda.methods._contract import method_ids
from selector.report.beyond import beyond_ranks, some
from tests import strategies as made

TEXTBOOK: made.Data = made.yaml_day(
    {
        "id": "textbook",
        "title": "Textbook",
        "as_of": "2026-11-24",
        "criteria": [
            {"id": "risk", "weight": 50, "goal": "min"},
            {"id": "altitude", "weight": 50, "goal": "max"},
        ],
        "alternatives": [
            {"id": "a1", "performance": {"risk": 1, "altitude": 3000}},
            {"id": "a2", "performance": {"risk": 2, "altitude": 3750}},
            {"id": "a3", "performance": {"risk": 5, "altitude": 4500}},
        ],
    }
)


def changed(**keys: Any) -> made.Data:
    return copy.deepcopy(TEXTBOOK) | keys


def test_raw_performances_enter_with_their_goal() -> None:
    # Opricovic and Tzeng 2004: Q = 1, 0, 1; S = 0.5, 0.375, 0.5; R = 0.5, 0.25, 0.5.
    vikor = made.analysed(TEXTBOOK).methods().methods["vikor"]
    assert [(row.alternative, row.rank, row.score) for row in vikor.ranking] == [
        ("a2", 1, 0.0),
        ("a1", 2, 1.0),
        ("a3", 2, 1.0),
    ]
    assert vikor.details["s"] == pytest.approx({"a1": 0.5, "a2": 0.375, "a3": 0.5})
    assert vikor.details["r"] == pytest.approx({"a1": 0.5, "a2": 0.25, "a3": 0.5})
    assert vikor.details["compromise"] == ["a2"]


def test_a_criterion_with_a_value_function_enters_as_its_value() -> None:
    data = changed()
    data["criteria"][0]["value"] = {"worst": 10, "best": 0}
    data["criteria"][1]["value"] = {"worst": 0, "best": 5000}
    product = made.analysed(data).methods().methods["weighted_product"]
    scores = {row.alternative: row.score for row in product.ranking}
    assert scores == pytest.approx(
        {"a1": math.sqrt(0.9 * 0.6), "a2": math.sqrt(0.8 * 0.75), "a3": math.sqrt(0.5 * 0.9)}
    )


def test_an_unknown_enters_at_the_middle_of_its_scale() -> None:
    data = changed()
    data["alternatives"].append({"id": "a4", "performance": {"risk": None, "altitude": 4000}})
    known = changed()
    known["alternatives"].append({"id": "a4", "performance": {"risk": 3, "altitude": 4000}})
    for method, one in made.analysed(data).methods().methods.items():
        assert one.ranking == made.analysed(known).methods().methods[method].ranking, method


def test_parameters_and_thresholds_of_the_decision_count() -> None:
    data = changed(parameters={"vikor": {"v": 1}, "waspas": {"lambda": 0}})
    data["criteria"][1]["preference"] = {"shape": "v", "preference": 1500}
    found = made.analysed(data).methods().methods
    assert found["vikor"].parameters == {"v": 1}
    assert found["waspas"].details["product"] == {
        row.alternative: pytest.approx(row.score) for row in found["waspas"].ranking
    }
    # pi on altitude over a1: 750/1500 and 1; on risk, usual, a1 leads both: phi+ of a1 is 0.5.
    assert found["promethee2"].details["phi_plus"]["a1"] == pytest.approx(0.5)
    assert found["promethee2"].details["phi_minus"]["a1"] == pytest.approx(0.5 * (0.5 + 1) / 2)


def test_thresholds_on_a_straight_scale_are_in_the_unit_of_the_criterion() -> None:
    data = changed()
    data["criteria"][1]["preference"] = {"shape": "v", "preference": 1500}
    scaled = copy.deepcopy(data)
    scaled["criteria"][1]["value"] = {"worst": 0, "best": 10_000}
    plain, on_scale = (made.analysed(d).methods().methods["promethee2"] for d in (data, scaled))
    assert on_scale.details["phi_plus"] == pytest.approx(plain.details["phi_plus"])


def test_a_method_that_cannot_take_the_figures_is_left_out_and_the_others_go_on() -> None:
    data = changed()
    data["alternatives"][0]["performance"]["altitude"] = -100
    found = made.analysed(data).methods()
    assert set(found.left_out) == {"weighted_product", "waspas", "marcos", "copras"}
    assert found.left_out["copras"] == "it takes no negative numbers (altitude)"
    assert set(found.methods) | set(found.left_out) == set(method_ids())
    with pytest.raises(selector.InputError, match=r"copras cannot rank this.*\(altitude\)"):
        made.analysed(data | {"method": "copras"}).ranking  # noqa: B018


def test_another_method_can_be_the_answer() -> None:
    ranking = made.analysed(changed(method="vikor")).ranking
    assert [(r.alternative, r.rank, r.score, r.low, r.high) for r in ranking] == [
        ("a2", 1, 0.0, None, None),
        ("a1", 2, 1.0, None, None),
        ("a3", 2, 1.0, None, None),
    ]
    kernel = made.analysed(changed(method="electre1"))
    assert all(row.score is None for row in kernel.ranking)
    assert "other-method" in {notice.code for notice in kernel.notices}


def test_agreement_is_symmetric_and_full_with_itself() -> None:
    tau = made.analysed(TEXTBOOK).methods().agreement.kendall_tau
    for one in tau:
        assert tau[one][one] == 1
        for other in tau:
            assert tau[one][other] == tau[other][one]


def test_another_leader_is_told_with_its_cause() -> None:
    data = changed()
    data["criteria"] = [
        {"id": name, "name": name.title(), "weight": weight, "value": {"worst": 0, "best": 1}}
        for name, weight in (("x", 35), ("y", 35), ("z", 30))
    ]
    rows = {"strong": (1, 0, 1), "even": (0.6, 0.55, 0.6), "odd": (0, 1, 0)}
    data["alternatives"] = [
        {
            "id": name,
            "name": f"{name.title()}, of two",
            "performance": dict(zip("xyz", row, strict=True)),
        }
        for name, row in rows.items()
    ]
    why = made.analysed(data).methods().agreement.why
    assert any(line.startswith("VIKOR") and "Even first, and not Strong" in line for line in why)
    assert any("what Strong lacks on Y" in line for line in why)
    codes = {notice.code for notice in made.analysed(data | {"method": "vikor"}).notices}
    assert {"other-method", "other-leader"} <= codes


@given(made.decisions())
@settings(max_examples=60, deadline=None)
def test_every_decision_gets_an_answer_of_every_method_or_a_reason(data: made.Data) -> None:
    analysis = made.analysed(data)
    found = analysis.methods()
    assert set(found.methods) | set(found.left_out) == set(method_ids())
    json.dumps([found.methods["vikor"].details, found.agreement], allow_nan=False)
    sums = [(r.alternative, r.rank, pytest.approx(r.score)) for r in analysis.ranking]
    assert [tuple(row) for row in found.methods["weighted_sum"].ranking] == sums


def test_no_alternative_left_is_no_error() -> None:
    empty = made.analysed(changed(alternatives=[]))
    assert empty.methods().methods == {}
    assert made.analysed(changed(alternatives=[], method="topsis")).ranking == []


def test_one_alternative_is_first_by_every_method() -> None:
    alone = made.analysed(changed(alternatives=TEXTBOOK["alternatives"][:1])).methods()
    assert {one.ranking[0].rank for one in alone.methods.values()} == {1}
    assert alone.agreement.kendall_tau["topsis"]["vikor"] is None


# The command and the file --------------------------------------------------------------------


def _file(folder: Path, **keys: Any) -> str:
    path = folder / "textbook.yaml"
    path.write_text(yaml.dump(changed(**keys), sort_keys=False), encoding="utf-8")
    return str(path)


def test_the_command_prints_json_and_a_table(tmp_path: Path) -> None:
    path = _file(tmp_path)
    out = json.loads(CliRunner().invoke(app, ["methods", path, "--format", "json"]).stdout)
    assert out["methods"]["vikor"]["details"]["compromise"] == ["a2"]
    assert list(out["methods"]) == list(method_ids())
    table = CliRunner().invoke(app, ["methods", path]).stdout
    assert "weighted sum" in table
    assert "methods put" in table
    assert max(map(len, table.split("\n\n")[1].splitlines())) < 80


def test_only_methods_that_put_the_leader_first_alone_are_counted() -> None:
    # Two that mirror each other but for a hair: ELECTRE I keeps both.
    criteria = [{"id": i, "value": {"worst": 0, "best": 10}} for i in ("x", "y")]
    rows = [{"id": "a", "performance": {"x": 9.1, "y": 1}}]
    rows.append({"id": "b", "performance": {"x": 1, "y": 9}})
    analysis = made.analysed(changed(criteria=criteria, alternatives=rows))
    said = analysis.methods().methods
    firsts = {m: [r.alternative for r in one.ranking if r.rank == 1] for m, one in said.items()}
    assert firsts["electre1"] == ["a", "b"]
    alone = sum(first == ["a"] for first in firsts.values())
    (told,) = [line for line in printed.table(printed.data(analysis)) if "methods put" in line]
    assert told == f"{alone} of {len(said)} methods put a first alone."


def test_a_kernel_of_many_is_told_by_the_first_and_how_many_more() -> None:
    ids = [f"a{number}" for number in range(9)]
    (told,) = beyond_ranks({"electre1": {"kernel": ids}}, some)
    assert (
        told == "ELECTRE I only narrows down to a0, a1, a2 and 6 more: nobody else outranks them."
    )
    assert some(ids[:6]) == "a0, a1, a2, a3, a4 and a5"


def test_wrong_methods_and_parameters_are_told_with_their_place(tmp_path: Path) -> None:
    wrong = {"vikor": {"v": 2, "w": 1}, "topsy": {"x": 1}}
    path = _file(tmp_path, method="topsi", parameters=wrong)
    with pytest.raises(selector.InputError) as caught:
        selector.load(path)
    said = str(caught.value)
    assert "did you mean 'topsis'" in said
    assert "v of vikor is 2; write a number from 0 to 1" in said
    assert "vikor has no parameter 'w'; it has v" in said
    assert len(caught.value.problems) == 4
    assert all(problem.line > 1 for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("preference", "said"),
    [
        ({"shape": "linear", "preference": 3}, "without 'indifference'"),
        ({"shape": "linear", "indifference": 4, "preference": 3}, "below indifference"),
        ({"shape": "gaussian", "sigma": 0}, "below zero"),
    ],
)
def test_a_preference_function_needs_its_thresholds(
    tmp_path: Path, preference: made.Data, said: str
) -> None:
    criteria = copy.deepcopy(TEXTBOOK["criteria"])
    criteria[0]["preference"] = preference
    with pytest.raises(selector.InputError, match=said):
        selector.load(_file(tmp_path, criteria=criteria))


def test_what_a_rank_cannot_say_is_printed() -> None:
    shape = {"shape": "v", "preference": 10}
    ids = ("x", "y", "z")
    criteria = [{"id": i, "value": {"worst": 0, "best": 10}, "preference": shape} for i in ids]
    rows = {"a": (9, 9, 0), "b": (5, 5, 5), "c": (4, 4, 4)}
    alternatives = [
        {"id": name, "performance": dict(zip(ids, row, strict=True))} for name, row in rows.items()
    ]
    analysis = made.analysed(changed(criteria=criteria, alternatives=alternatives))
    details = {method: one.details for method, one in analysis.methods().methods.items()}
    assert details["promethee2"]["incomparable"] == [["a", "b"]]
    lines = list(printed.table(printed.data(analysis)))
    assert "PROMETHEE I cannot compare [1] and [2]." in lines
    # b leads a by the whole spread of z, more than the discordance of 0.35 bears
    assert details["electre1"]["kernel"] == ["a", "b"]
    assert "ELECTRE I only narrows down to [1] and [2]: nobody else outranks them." in lines
    # S is 5, 8 and 11 fifteenths, R 5, 4 and 5: Q is 0.5, 0.25 and 1, and 0.25 is less than 1/2
    assert details["vikor"]["compromise"] == ["b", "a"]
    assert "VIKOR's compromise is [1] and [2]: the lead is too small." in lines


def test_a_compromise_of_equals_is_said_to_be_level() -> None:
    twins = changed()
    for alternative in twins["alternatives"]:
        alternative["performance"] = {"risk": 1, "altitude": 3000}
    lines = list(printed.table(printed.data(made.analysed(twins))))
    assert "VIKOR's compromise is [1], [2] and [3]: they are level." in lines


def test_the_order_of_two_that_hangs_on_a_third_is_told_by_method() -> None:
    # Shares of a sum. With c: a 11/101 + 1/4, b 5/101 + 2/4, so b before a. Without: a 11/16 + 1/3
    # and b 5/16 + 2/3, so a before b.
    data = changed()
    for criterion in data["criteria"]:
        criterion.update({"goal": "max", "value": {"worst": 0, "best": 100}})
    rows = {"a": (11, 1), "b": (5, 2), "c": (85, 1)}
    data["alternatives"] = [
        {"id": name, "performance": dict(zip(("risk", "altitude"), row, strict=True))}
        for name, row in rows.items()
    ]
    analysis = made.analysed(data)
    found = reversals_by_method(analysis)
    assert ("c", "b", "a") in found["copras"]
    assert "weighted_sum" not in found, "scales of their own never turn an order"
    (line,) = [x for x in printed.table(printed.data(analysis)) if x.startswith("Taking one")]
    assert "copras (1)" in line


def test_two_alternatives_cannot_turn_each_other() -> None:
    data = changed()
    del data["alternatives"][2]
    assert reversals_by_method(made.analysed(data)) == {}
    data["requirements"] = [{"criterion": "risk", "at_most": 0}]  # nobody is left
    nobody = made.analysed(data)
    assert reversals_by_method(nobody) == {}
    assert next(iter(printed.table(printed.data(nobody)))) == "No alternative is left to rank."
