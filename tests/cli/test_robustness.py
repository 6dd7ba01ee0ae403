"""`selector robustness` and `selector stakeholders`: the keys of the contract, and in words."""

from pathlib import Path

import pytest

from tests.cli.test_commands import SHIPPED, Run, run, small

__all__ = ["run", "small"]

KEYS = {
    "samples",
    "seed",
    "rank_acceptability",
    "central_weights",
    "confidence",
    "pairwise_winning",
    "stability",
    "closest_flip",
    "flips",
    "worth_finding_out",
}


def test_robustness_has_the_keys_of_the_contract(run: Run) -> None:
    answer = run("robustness", SHIPPED, "--samples", 5000, "--seed", 3, "--format", "json")
    assert answer.code == 0
    data = answer.data
    assert set(data) >= KEYS
    assert (data["samples"], data["seed"]) == (5000, 3)
    ranked = set(data["rank_acceptability"])
    assert set(data["flips"]) == ranked - {data["winner"]}
    assert set(data["stability"]["cost"]) == {"weight", "low", "high", "below", "above"}
    assert set(data["closest_flip"]) == {"winner_becomes", "weights", "distance"}
    for row in data["worth_finding_out"]:
        assert {"alternative", "criterion", "chance", "expected_loss"} <= set(row)
    for shares in data["rank_acceptability"].values():
        assert len(shares) == len(ranked)


def test_the_same_seed_prints_the_same_and_another_does_not(run: Run) -> None:
    one, same, other = (
        run("robustness", SHIPPED, "--samples", 2000, "--seed", seed, "--format", "json").out
        for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other


@pytest.mark.parametrize("weights", ["uniform", "around:0.5", "order"])
def test_the_way_that_weights_vary_is_said(run: Run, small: Path, weights: str) -> None:
    data = run("robustness", small, "--weights", weights, "--samples", 99, "--format", "json").data
    assert data["weighting"] == weights


def test_a_weight_set_here_counts(run: Run, small: Path) -> None:
    data = run("robustness", small, "--set", "speed=1", "--samples", 99, "--format", "json").data
    assert data["winner"] == "b"


def test_people_read_how_many_of_100(run: Run, small: Path) -> None:
    out = run("robustness", small).out
    assert "First in so many of 100 draws, by the weighted sum (100,000 were made)" in out
    assert "The smallest change of weights" in out
    assert "acceptability" not in out


@pytest.mark.parametrize(
    "wrong", [("--weights", "even"), ("--samples", 0), ("--seed", -1), ("--samples", "many")]
)
def test_what_cannot_be_used_is_said_and_ends_with_2(
    run: Run, small: Path, wrong: tuple[str, object]
) -> None:
    answer = run("robustness", small, *wrong)
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err


BY_TOPSIS = """id: other
title: By another method
method: topsis
criteria:
  - {id: speed, name: Speed, value: {worst: 0, best: 10}}
  - {id: room, name: Room, value: {worst: 0, best: 10}}
alternatives:
  - {id: a, name: A, performance: {speed: 1, room: [3, 9]}}
  - {id: b, name: B, performance: {speed: 3, room: 4}}
"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.yaml"
    path.write_text(BY_TOPSIS, encoding="utf-8")
    return path


def test_a_method_asked_for_stands_below_the_weighted_sum(run: Run) -> None:
    asked = ["robustness", SHIPPED, "--method", "topsis", "--samples", 5000]
    shares = run(*asked, "--format", "json").data["by_method"]["topsis"]["rank_acceptability"]
    first = max(shares, key=lambda a: shares[a][0])
    out = run(*asked).out
    head, below = out.split("By TOPSIS, of the same draws\n")
    assert head.startswith("First in so many of 100 draws, by the weighted sum (5,000 were made)")
    assert f" {100 * shares[first][0]:.0f} " in below.splitlines()[1]


def test_the_method_of_the_decision_comes_first(run: Run, other: Path) -> None:
    answer = run("robustness", other, "--samples", 5000)
    assert answer.out.startswith("First in so many of 100 draws, by TOPSIS (5,000 were made)")
    assert "By the weighted sum, of the same draws" in answer.out


def test_another_method_is_told_once_and_by_its_name(run: Run, other: Path) -> None:
    for asked in (["--format", "table"], ["--format", "json"]):
        out = run("robustness", other, "--samples", 99, *asked).out
        assert "not of TOPSIS, whose ranking is shown" in out
        assert "The order is that of another method" not in out


CLOSE = """id: close
title: Close
criteria:
  - {{id: x, name: X, value: {{worst: 0, best: 1}}}}
  - {{id: y, name: Y, value: {{worst: 0, best: 1}}}}
alternatives:
  - {{id: a, name: A, performance: {{x: {a}, y: {a}}}}}
  - {{id: b, name: B, performance: {{x: 0, y: 1}}}}
  - {{id: c, name: C, performance: {{x: 1, y: 0}}}}
"""


def test_a_leader_that_is_not_the_most_often_first_is_said_and_marked(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "close.yaml"
    asked = ["robustness", path, "--weights", "uniform"]
    told = "With the weights and figures as they stand A leads; over all draws"
    path.write_text(CLOSE.format(a=0.52), encoding="utf-8")
    out = run(*asked).out
    assert told in out
    assert [line[:9] for line in out.splitlines() if "(leads)" in line] == ["A (leads)"]
    # Here all three are level: nobody leads, and nothing is turned.
    path.write_text(CLOSE.format(a=0.5), encoding="utf-8")
    out = run(*asked).out
    assert "as they stand" not in out
    assert "(leads)" not in out
    assert out.count("(level first)") == 3
    # B and C are first equally often, but for the draws: that A leads as well is no turn.
    path.write_text(CLOSE.format(a=0.9), encoding="utf-8")
    assert "as they stand" not in run(*asked).out


def test_the_draws_explain_themselves(run: Run, small: Path) -> None:
    out = run("robustness", SHIPPED, "--samples", 2000).out
    assert "“First, weighed its way” is how often an alternative is first" in out
    assert "The shares are exact to about" in out
    assert "(1 was made)" in run("robustness", small, "--samples", 1).out
    assert "exact" not in run("robustness", SHIPPED, "--draws", "sobol", "--samples", 1024).out
    assert "by the weighted sum at the weights set" in out.split("Worth finding out first")[1]


@pytest.mark.parametrize("command", ["robustness", "methods"])
def test_what_was_knocked_out_is_said_with_the_reason(run: Run, small: Path, command: str) -> None:
    assert "Knocked out: C (Speed is 0).\n" in run(command, small).out
    (row,) = run(command, small, "--format", "json").data["excluded"]
    assert (row["alternative"], row["reason"]) == ("c", "Speed is 0.")
    text = small.read_text(encoding="utf-8")
    small.write_text(text.replace("at_least: 1}", "at_least: 10}"), encoding="utf-8")
    lines = run(command, small).out.splitlines()
    assert lines[:2] == [
        "No alternative is left to rank.",
        "Knocked out: A (Speed is 9), B (Speed is 2) and C (Speed is 0).",
    ]


def test_stakeholders_have_the_keys_of_the_contract(run: Run, small: Path) -> None:
    text = small.read_text(encoding="utf-8") + (
        "stakeholders:\n"
        "  - {name: Finance, weights: {money: 90}}\n"
        "  - {name: Tech, influence: 2, weights: {speed: 90}}\n"
    )
    small.write_text(text, encoding="utf-8")
    data = run("stakeholders", small, "--format", "json").data
    assert list(data["stakeholders"]) == ["Finance", "Tech"]
    for view in (*data["stakeholders"].values(), data["aggregate"]):
        assert {"weights", "ranking"} <= set(view)
        assert {"alternative", "rank", "score"} <= set(view["ranking"][0])
    assert 0 <= data["kendall_w"] <= 1
    assert data["differences"][0]["between"] == ["Finance", "Tech"]
    table = run("stakeholders", small).out
    assert "Together" in table
    assert "What divides them most" in table


def test_a_decision_without_stakeholders_says_so(run: Run, small: Path) -> None:
    assert "names no stakeholders" in run("stakeholders", small).out
    assert run("stakeholders", small, "--format", "json").data["kendall_w"] is None
