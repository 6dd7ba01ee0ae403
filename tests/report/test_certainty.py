"""How sure an answer is, in sentences: each figure is that of the analysis."""

import pytest

import selector
from selector.analysis.robustness import Flip
from selector.domain.criterion import CriteriaSet, Criterion, LinearScale, ShareMeasure
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Evidence
from selector.report import certainty
from selector.report.exports.risks import risks
from tests import strategies as made


def _analysis(*rows: tuple[str, float, float]) -> selector.Analysis:
    leaves = tuple(
        Criterion(name, called, scale=LinearScale(0.0, 1.0))
        for name, called in (("x", "Speed"), ("y", "Ease"))
    )

    def one(name: str, x: float, y: float) -> Alternative:
        given = {"x": Evidence("value", value=x), "y": Evidence("value", value=y)}
        return Alternative(name, name.upper(), performances=given)

    alternatives = tuple(one(*row) for row in rows)
    return selector.analyse(
        Decision("d", "D", CriteriaSet("d", "D", leaves), alternatives=alternatives)
    )


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.594, "is first in 59 of 100 draws: too close to call"),
        (0.596, "is first in 60 of 100 draws"),
        (0.6, "is first in 60 of 100 draws"),
    ],
)
def test_what_is_too_close_to_call_is_judged_by_the_figure_that_is_told(
    share: float, told: str
) -> None:
    analysis = _analysis(("a", 0.9, 0.1), ("b", 0.5, 0.5))
    found = analysis.robustness(100, weights="uniform")
    shares = {"a": (share, 1 - share), "b": (1 - share, share)}
    found = found._replace(rank_acceptability=shares)
    assert certainty.headline(analysis, found).endswith(told)
    assert any("too close" in r.cause for r in risks(analysis, found)) == ("too close" in told)


def test_the_area_of_two_criteria_is_told_by_hand() -> None:
    # With weights w and 1-w, all equally likely: A is first where 0.9w + 0.1(1-w) > 0.5, so for
    # half of all weights; B, 0.5 on both, for the other half.
    analysis = _analysis(("a", 0.9, 0.1), ("b", 0.5, 0.5))
    found = analysis.robustness(200_000, weights="uniform")
    told = certainty.headline(analysis, found)
    assert told.endswith("is first in 50 of 100 draws: too close to call")
    assert certainty.precision(found) == "The shares are exact to about 0.2 of 100."
    assert certainty.drawn(found).startswith("Drawn were any weights at all")
    assert "200,000 draws, seed 1" in certainty.drawn(found)
    central = found.central_weights["a"]
    # The mean of w over 1/2 to 1 is 3/4, of 1-w 1/4.
    told = certainty.supporters(analysis, central)
    assert (
        told
        == "those who weigh speed 75\u00a0% (set: 50\u00a0%) and ease 25\u00a0% (set: 50\u00a0%)"
    )
    assert certainty.supporters(analysis, analysis.weights) == ""
    assert certainty.supporters(analysis, None) == ""


def test_who_leads_as_it_stands_is_told_where_another_is_first_more_often() -> None:
    # At equal weights A leads B by a hair, yet only where x weighs about as much as y: C takes the
    # draws on one side, B those on the other and more.
    analysis = _analysis(("a", 0.52, 0.52), ("b", 0.0, 1.0), ("c", 1.0, 0.0))
    found = analysis.robustness(50_000, weights="uniform")
    assert certainty.leaders_of(analysis) == ["a"]
    told = certainty.others(analysis, found)
    assert "as they stand A leads; over all draws" in told


def test_a_gap_within_the_error_of_sampling_turns_nothing() -> None:
    # B and C mirror each other: which of them is first more often is chance.
    analysis = _analysis(("b", 0.0, 1.0), ("c", 1.0, 1e-6))
    for seed in range(5):
        assert certainty.overtaken(analysis, analysis.robustness(500, seed, "uniform")) == ""


def test_a_change_of_weights_says_how_much_moves_where() -> None:
    analysis = _analysis(("a", 0.9, 0.1), ("b", 0.5, 0.4))
    flip = analysis.closest_flip
    assert flip is not None
    # 0.9w + 0.1(1-w) = 0.5w + 0.4(1-w) at w = 3/7: 7.1 points move.
    assert certainty.moves(analysis, flip) == "7.1 points from “Speed” to “Ease”"
    assert certainty.moves(analysis, Flip("b", {"x": 0.49, "y": 0.51}, 0.02)).startswith("1.0 po")


@pytest.mark.parametrize(
    ("tau", "told"),
    [
        (1.0, "the same order"),
        (0.87, "nearly the same"),
        (0.6, "much alike"),
        (0.2, "little alike"),
        (-0.4, "at odds"),
        (None, "cannot be said"),
    ],
)
def test_agreement_in_words(tau: float | None, told: str) -> None:
    assert certainty.agreement(tau) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (10_000, "10,000"),
        (1_000_000, "1 million"),
        (3_240_000, "3.2 million"),
        (10**7, "10 million"),
    ],
)
def test_millions(number: int, told: str) -> None:
    assert certainty.million(number) == told


def test_one_figure_in_the_unit_and_direction_of_its_criterion() -> None:
    analysis = selector.analyse(selector.load("support-assistant"))
    found = analysis.robustness(1_000)
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    for flip in found.performance_flips:
        needed, now = certainty.performance_flip(analysis, flip)
        assert bool(needed) == (flip.performance is not None)
        if not needed or not needed.endswith(("or more", "or less")):
            continue
        leaf = leaves[flip.criterion]
        assert leaf.unit in needed
        assert now
        rises = flip.needed_value > flip.value
        assert needed.endswith("or more") == (rises == (leaf.direction == "max"))


def test_along_a_scale_of_points_a_side_is_told_unless_it_turns() -> None:
    analysis = selector.analyse(selector.load("support-assistant"))
    leaf = next(leaf for leaf in analysis.leaves if leaf.id == "uptime")
    scale = analysis.scales["uptime"]
    assert scale.points
    assert certainty.performance(analysis, leaf, 99.7, is_better=False) == "99.7 % or less"
    assert certainty.performance(analysis, leaf, 99.5, is_better=True) == "99.5 % or more"
    analysis.scales["uptime"] = scale._replace(points=((0.0, 0.0), (99.0, 1.0), (100.0, 0.5)))  # type: ignore[index]
    assert certainty.performance(analysis, leaf, 99.5, is_better=True) == "99.5 %"


def test_those_that_are_level_in_every_draw_are_called_so() -> None:
    alternatives = [
        {"id": name, "name": name.upper(), "performance": {"x": x, "y": x}}
        for name, x in (("a", 5), ("b", 5), ("c", 1))
    ]
    scale = {"value": {"worst": 0, "best": 10}}
    criteria = [{"id": "x", **scale}, {"id": "y", **scale}]
    data = {"id": "d", "title": "D", "criteria": criteria, "alternatives": alternatives}
    analysis = made.analysed(data)
    found = analysis.robustness(1_000)
    assert certainty.headline(analysis, found) == "A and B are level in every draw"
    assert certainty.others(analysis, found) == ""
    assert certainty.precision(found) == ""


@pytest.mark.parametrize(
    ("share", "is_better", "told"),
    [
        (0.82, False, "4 of 5 or fewer"),
        (0.8, False, "4 of 5 or fewer"),
        (0.62, True, "4 of 5 or more"),
        (0.9, True, "5 of 5"),
        (0.1, False, "0 of 5"),
    ],
)
def test_whole_choices_are_rounded_towards_the_change(
    share: float, is_better: bool, told: str
) -> None:
    analysis = selector.analyse(selector.load("support-assistant"))
    leaf = next(leaf for leaf in analysis.leaves if isinstance(leaf.measure, ShareMeasure))
    assert isinstance(leaf.measure, ShareMeasure)
    five = leaf._replace(measure=ShareMeasure(leaf.measure.fact, tuple("abcde")))
    assert certainty.performance(analysis, five, share, is_better) == told


def test_the_risk_of_a_thin_lead_is_the_other_one() -> None:
    # A is 0.5 of 1. B is likely 0.49, which counts, but drawn from a triangle on 0.3 to 1: it is
    # before A in 0.5² / (0.7 × 0.51) = 70 of 100 draws.
    leaf = Criterion("x", "Speed", scale=LinearScale(0.0, 1.0))
    wide = Evidence("value", low=0.3, likely=0.49, high=1.0, confidence="high")
    given = {"a": Evidence("value", value=0.5, confidence="high"), "b": wide}
    alternatives = tuple(
        Alternative(name, name.upper(), performances={"x": one}) for name, one in given.items()
    )
    analysis = selector.analyse(
        Decision("d", "D", CriteriaSet("d", "D", (leaf,)), alternatives=alternatives)
    )
    assert analysis.ranking[0].alternative == "a"
    (thin,) = (r for r in risks(analysis, analysis.robustness()) if "too close" in r.cause)
    assert thin.cause == "A and B are too close to call"
    assert thin.effect == "With other plausible weights or facts B is first: in 70 of 100 draws"
    assert "keep B in the negotiation" in thin.control
