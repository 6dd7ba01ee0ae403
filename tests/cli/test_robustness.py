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
    assert "First in so many of 100 draws (100,000 were made)" in out
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
