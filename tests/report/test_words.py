"""Sentences say what the figures say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import selector
from selector.domain import words as plain
from selector.domain.decision import Requirement
from selector.domain.evidence import Evidence
from selector.measure.requirements import judge
from selector.report import certainty, live, palette, words
from selector.report.facts import value_text
from selector.report.money import shown
from tests.golden.cases import CASES, Case

RANKED = [case for case in CASES if "error" not in case.expected]


@pytest.fixture(scope="module")
def analysis() -> selector.Analysis:
    return selector.analyse(selector.load("support-assistant"))


def test_the_sentence_names_the_first_the_second_and_the_gap(analysis: selector.Analysis) -> None:
    found = words.standing(analysis)
    first, second = analysis.ranking[:2]
    assert (found.leader, found.second) == (first.alternative, second.alternative)
    shown = [float(plain.points(row.score)) for row in (first, second)]
    assert plain.points((shown[0] - shown[1]) / 100) in found.sentence


def test_a_year_is_said_as_one() -> None:
    found = selector.analyse(selector.load("orchestration-choice"))
    leaf = next(leaf for leaf in found.leaves if leaf.id == "age")
    assert words.cell_text(found.cell("langgraph", "age")) == "2023"
    assert words.with_unit(found.cell("langgraph", "age"), leaf) == "2023"
    assert certainty.performance(found, leaf, 2023.4, is_better=True) == "2023 or earlier"
    assert certainty.performance(found, leaf, 2023.4, is_better=False) == "2024 or later"
    fact = found.decision.dictionary["first_release_year"]
    assert value_text(Evidence("value", value=2023), fact) == "2023"


@pytest.mark.parametrize(
    ("amount", "told"),
    [(999.5, "999.50"), (123456789012, "123,456,789,012"), (1.24e18, "1.2 × 10^18"),
     (-9.96e17, "−1.0 × 10^18")],
)  # fmt: skip
def test_a_vast_amount_is_told_by_its_power_of_ten(amount: float, told: str) -> None:
    assert shown(amount) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(2, 8, "2–8"), (3, 3, "3"), (-8, 2, "−8 to 2"), (-8, -2, "−8 to −2"), (0, 5, "0–5"),
     (1e-7, 2, "1e-07 to 2")],
)  # fmt: skip
def test_no_stroke_stands_beside_a_minus_sign(low: float, high: float, told: str) -> None:
    assert plain.span(low, high) == told


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [("1", "suppliers", "1 supplier"), ("2", "suppliers", "2 suppliers"), ("1", "ms", "1 ms"),
     ("1", "USD per month", "1 USD per month")],
)  # fmt: skip
def test_one_of_a_unit_is_not_many(text: str, unit: str, told: str) -> None:
    assert plain.with_unit(text, unit) == told


def test_a_zero_reads_as_the_dictionary_says_in_cells_facts_and_verdicts(
    analysis: selector.Analysis,
) -> None:
    found = analysis
    uptime = next(leaf for leaf in found.leaves if leaf.id == "uptime")
    cells = [found.cell(a.id, "uptime") for a in found.decision.alternatives]
    definition = found.decision.dictionary["uptime_sla"]
    zeros = [cell for cell in cells if cell.central == 0]
    assert zeros
    for cell in zeros:
        assert words.cell_text(cell) == words.with_unit(cell, uptime) == "none committed"
        assert value_text(cell.facts["uptime_sla"], definition) == "none committed"
    asked = Requirement(fact="uptime_sla", at_least=99.0)
    told = {
        judge(asked, found.decision, a, {}).known
        for a, cell in zip(found.decision.alternatives, cells, strict=True)
        if cell in zeros
    }
    assert told == {"Monthly uptime commitment is none committed"}


@pytest.mark.parametrize(
    ("high", "low", "told"),
    [(0.83965, 0.83425, "0.6"), (0.84, 0.834, "0.6"), (0.5004, 0.5, "0.0"), (0.2, 0.6, "−40.0")],
)
def test_a_difference_agrees_with_the_points_shown(high: float, low: float, told: str) -> None:
    ends = [float(plain.points(score)) for score in (high, low)]
    assert plain.points(plain.apart(high, low)) == told
    assert float(told.replace("−", "-")) == pytest.approx(ends[0] - ends[1])


def test_past_each_limit_the_one_named_there_is_first(analysis: selector.Analysis) -> None:
    parents = {c.id: cs for _, cs in analysis.decision.criteria.siblings() for c in cs}
    flips = words.flips(analysis)
    assert flips
    for flip in flips:
        past = flip.limit + (1e-6 if flip.side == "more" else -1e-6)
        others = {
            c.id: analysis.shares[c.id] / (1 - flip.now) * (1 - past) * 100
            for c in parents[flip.node]
        }
        moved = analysis.with_weights(others | {flip.node: past * 100})
        assert moved.ranking[0].alternative == flip.winner, flip


@pytest.mark.parametrize("case", RANKED, ids=lambda case: case.name)
def test_the_model_of_the_browser_is_whole(case: Case, tmp_path: Path) -> None:
    analysis = case.analysis(tmp_path)
    model = live.model(analysis)
    assert [a["id"] for a in model["alternatives"]] == [a.id for a in analysis.alternatives]
    for place, node in enumerate(model["nodes"]):
        assert -1 <= node["parent"] < place
    for parent in {node["parent"] for node in model["nodes"]}:
        shares = [node["local"] for node in model["nodes"] if node["parent"] == parent]
        assert sum(shares) == pytest.approx(1)


def test_short_names_tell_the_alternatives_apart(analysis: selector.Analysis) -> None:
    called = [label.short for label in words.labels(analysis.decision).values()]
    assert len(set(called)) == len(called)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Committed uptime", "committed uptime"),
        ("OpenAI-compatible interface", "OpenAI-compatible interface"),
        ("EU processing", "EU processing"),
        ("", ""),
        ("Model Context Protocol", "Model Context Protocol"),
        ("Traces by OpenTelemetry", "traces by OpenTelemetry"),
        ("Kubernetes", "Kubernetes"),
        ("Official SDK languages", "official SDK languages"),
        ("Helm chart by the makers", "Helm chart by the makers"),
    ],
)
def test_a_name_inside_a_sentence_keeps_its_own_capitals(text: str, inside: str) -> None:
    assert words.lower_first(text) == inside


def test_a_limit_that_rounds_to_the_present_weight_gets_a_decimal() -> None:
    assert words.percent(0.234, beside=0.228) == "23.4\u00a0%"
    assert words.percent(0.28, beside=0.228) == "28\u00a0%"


@pytest.mark.parametrize(
    ("share", "told"),
    [(0, "0"), (0.0002, "under 0.1"), (0.0019, "0.2"), (0.005, "1"), (0.125, "13"), (1, "100")],
)
def test_a_weight_that_is_not_nothing_never_reads_as_0(share: float, told: str) -> None:
    assert words.percent(share) == f"{told}\u00a0%"


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0004, "0.04"), (0.00034, "0.03"), (1e-7, "0.001"), (0.0009, "0.1"), (0.12, "12"),
     (0.9996, "99.96"), (1, "100")],
)  # fmt: skip
def test_a_limit_never_reads_as_less_than_under_something(share: float, told: str) -> None:
    flip = words.Flip("a", "Care", "", "less", share, 0.5, "b")
    assert flip.condition == f"care weighs less than {told}\u00a0%"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_on_the_colours_of_alternatives_can_be_read() -> None:
    assert len(palette.LIGHT) == len(palette.DARK)
    for colour in palette.LIGHT:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5
    for colour in palette.DARK:
        assert (luminance(colour) + 0.05) / (luminance("#14191f") + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("limit", "is_more", "now", "told"),
    [
        (75.234, False, None, "75.2"),
        (1660.4, True, 961, "1,670"),
        (2015.99, False, 2016, "2,015"),
        (5.00005, True, 5, "5.00005"),
        (-2.345, True, -3, "−2.34"),
        (3, False, 3, "3"),
    ],
)
def test_a_limit_is_rounded_to_the_side_that_keeps_it_true_and_told_apart_from_now(
    limit: float, is_more: bool, now: float | None, told: str
) -> None:
    assert plain.number(plain.past(limit, is_more, now)) == told


@given(
    st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-3), st.booleans(), st.floats(-1e6, 1e6)
)  # fmt: skip
def test_a_rounded_limit_is_never_on_the_other_side(
    limit: float, is_more: bool, now: float
) -> None:
    found = plain.past(limit, is_more, now)
    slack = 1e-5 * abs(limit)
    assert found >= limit - slack if is_more else found <= limit + slack
    assert abs(found - limit) <= max(0.01 * abs(limit), 1.0)


def test_of_one_a_unit_loses_its_s() -> None:
    assert plain.with_unit("1", "points off") == "1 point off"
    assert plain.with_unit("1", "suppliers") == "1 supplier"
    assert plain.with_unit("1", "USD per month") == "1 USD per month"


@pytest.mark.parametrize(
    ("score", "told"),
    [(-0.0045, "−0.5"), (0.0375, "3.8"), (0.2265, "22.7"), (-0.0001, "0.0"), (1, "100.0")],
)
def test_points_are_rounded_as_charts_round_them(score: float, told: str) -> None:
    assert plain.points(score) == told


def test_nothing_has_no_sign() -> None:
    assert plain.number(-0.0) == plain.span(-0.0, 0.0) == "0"
