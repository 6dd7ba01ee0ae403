"""The page Cost: what it tells of the horizon, of later prices, and of what was written wrong."""

from pathlib import Path

import pytest

import selector
from selector.catalog.library import Library
from selector.report import bills
from selector.report.money import money_of
from tests.ui.test_cost import analysis_of, draw, two
from tests.ui.test_pages import markup


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that the app reads."""
    monkeypatch.setenv("SELECTOR_HOME", str(tmp_path))
    return tmp_path


def test_a_decision_by_the_mean_month_compares_its_leader_by_that(home: Path) -> None:
    case = two()
    decision = case.content["decision"]
    decision["criteria"][0] |= {"weight": 5, "measure": {"cost": "monthly_mean"}}
    decision["alternatives"][0]["performance"] = {"y": 10}
    case.home(home)
    analysis = selector.analyse(Library(home).decision(home / "decisions" / "case.yaml"))
    assert analysis.ranking[0].alternative == "a"
    mean = analysis.cost().alternatives["a"].monthly_mean
    assert mean is not None
    wanted = (
        f"leads the decision, costs {money_of(analysis.decision).text(mean.likely)} in the mean"
    )
    assert any(wanted in line for line in bills.headline(analysis).more)


def test_what_is_wrong_stands_right_under_its_row() -> None:
    test = draw("support-assistant")
    test.text_input(key="figure_requests_per_month").set_value("many").run()
    page = [getattr(each, "key", None) or str(getattr(each, "proto", "")) for each in test.main]
    wrong = next(place for place, said in enumerate(page) if "is not a figure" in said)
    assert page.index("figure_growth_per_month") < wrong < page.index("figure_cached_share")


@pytest.mark.parametrize(
    ("fold", "field"),
    [
        ("cost_more", "figure_tokens_per_document"),
        ("cost_assumed", "figure_bytes_per_token"),
        ("cost_own", "figure_vllm-llama.instance_hour"),
    ],
)
def test_what_is_wrong_is_told_although_its_part_is_folded(fold: str, field: str) -> None:
    test = draw("support-assistant")
    test.session_state[fold] = True
    test.run()
    test.text_input(key=field).set_value("many").run()
    assert markup(test).count("is not a figure") == 1
    test.session_state[fold] = False
    test.run()
    assert field not in [each.key for each in test.text_input]
    assert markup(test).count("is not a figure") == 1


def test_where_the_horizon_turns_the_order_the_headline_says_so(home: Path) -> None:
    case = two()
    case.content["decision"]["alternatives"][1]["cost"]["move_in"] = {
        "value": 90_000, "reason": "machines",
    }  # fmt: skip
    case.home(home)
    analysis = selector.analyse(Library(home).decision(home / "decisions" / "case.yaml"))
    said = bills.headline(analysis)
    assert said.cheapest == "b"
    assert said.more[1].startswith("Over 12 months Alpha is cheaper, in all")
    assert bills.over_horizon(analysis) == [said.more[1]]


def test_break_even_says_that_prices_change_later() -> None:
    analysis = analysis_of("support-assistant")
    pair = ("vllm-llama", "vertex-gemini")
    assert bills.first_month_only(analysis, pair).endswith("Vertex AI change on 1 Jan 2027.")
    assert bills.first_month_only(analysis, ("vllm-llama", "azure-gpt")) == ""
    assert bills.first_month_only(analysis_of("support-assistant", months=1), pair) == ""


def test_of_a_link_what_is_wrong_is_named_and_the_rest_kept() -> None:
    link = "requests_per_month:1000..1000000,utilisatoin:3,months:x"
    test = draw("support-assistant", link)
    assert not test.exception
    assert test.query_params["f"] == "requests_per_month:1000..500500..1000000"
    assert "left out: months:x, utilisatoin." in markup(test)
