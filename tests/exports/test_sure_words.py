"""How sure the answer is said to be: by one source, the same on every slide and in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import selector
from selector.domain import words as plain
from selector.domain.criterion import CriteriaSet, Criterion, LinearScale
from selector.domain.decision import Alternative, Decision
from selector.domain.evidence import Evidence
from selector.report import certainty, words
from selector.report.exports.as_deck import made
from selector.report.exports.story import Story
from selector.ui.parts import answer
from tests.exports.made import OPTIONS, loaded
from tests.exports.test_deck import opened, texts
from tests.exports.test_deck_words import decided, titles

SCALE = {"value": {"worst": 0, "best": 10}}
FAST = {"unit": "ms", "goal": "min", "value": {"worst": 300, "best": 0}}


def told(data: dict[str, Any], folder: Path, samples: int = 2000, **more: Any) -> Story:
    return Story(loaded(data | more, folder), samples=samples)


def of_two(rows: dict[str, Any], weights: tuple[float, float] = (1, 1)) -> dict[str, Any]:
    names = zip(("speed", "care"), weights, strict=True)
    criteria = [{"id": x, "name": x.title(), "weight": w, **SCALE} for x, w in names]
    return decided(criteria, {a: dict(zip(("speed", "care"), own, strict=True))
                              for a, own in rows.items()})  # fmt: skip


def traded(method: str) -> dict[str, Any]:
    """A is fast, B and Z are careful: the weighted sum and other methods do not agree."""
    criteria = [{"id": "speed", "name": "Speed", "weight": 5, **FAST},
                {"id": "care", "name": "Care", "weight": 4, **SCALE}]  # fmt: skip
    rows = {x: {"speed": s, "care": c} for x, s, c in (("A", 30, 1), ("B", 150, 5), ("Z", 180, 5))}
    return decided(criteria, rows) | {"method": method}


@pytest.mark.parametrize("method", ["topsis", "vikor", "electre1"])
def test_shares_are_those_of_the_method_that_ranks_and_say_so(method: str, tmp_path: Path) -> None:
    story = told(traded(method), tmp_path)
    one = certainty.sampled(story.robustness)
    assert one.method == ("" if method == "electre1" else method)  # which cannot be sampled
    assert {o.id: o.first for o in story.ranked} == one.firsts()
    by = one.by or "by the weighted sum"
    assert by in story.sure
    assert story.draws_by == by
    leader = story.ranked[0]
    assert story.is_close is not certainty.is_clear(leader.first or 0.0)
    assert any("too close" in risk.cause for risk in story.risks) is story.is_close
    (sure,) = (t for t in titles(made(story, OPTIONS)) if "of 100 draws" in t)
    assert f"{leader.short} is first in {plain.of_100(leader.first or 0)} of 100 draws {by}" in sure


def test_who_shares_the_first_place_is_not_recommended_alone(tmp_path: Path) -> None:
    story = told(traded("vikor"), tmp_path)
    assert story.recommendation == "We recommend A, level with B"
    assert story.asked.startswith("Asked: agree on the weights, and approve a pilot with A and B")
    story = told(of_two(dict.fromkeys("ABD", (5, 5))), tmp_path)
    assert story.recommendation == "We recommend A, level with B and D"
    assert story.headline == "A, B and D are level"
    assert story.asked == "Asked: choose between A, B and D, which are level."
    assert "None of them is ahead" in answer.conditions(story.analysis)
    found = titles(made(story, OPTIONS))
    assert "A earns alike in both criteria: 25.0 of its 50.0 points in each" in found
    many = told(of_two(dict.fromkeys("ABCDEF", (5, 5))), tmp_path)
    assert many.recommendation == "We recommend A, level with 5 others"
    assert many.headline == "6 alternatives are level"


def test_another_that_is_first_more_often_is_told_with_the_answer(tmp_path: Path) -> None:
    likely = {"low": 0, "likely": 8, "high": 9}
    story = told(of_two({"A": (likely, 5), "B": (7.5, 5)}, (1, 0.0001)), tmp_path)
    often = plain.of_100(story.robustness.rank_acceptability["b"][0])
    more = f"though B is first in more draws, {often} of 100"
    assert story.recommendation == f"We recommend A: ahead by 5.0 points, {more}"
    assert story.headline.startswith("Too close to call: A leads B by 5.0 points of 100, but B is")
    assert "pilot with A and B" in story.asked
    assert answer.headline(story.analysis).startswith("<h1>Too close to call: ")
    assert "B is first more often, in <b>" in answer.conditions(story.analysis)


def test_only_a_small_lead_is_one_by_a_hair(tmp_path: Path) -> None:
    wide = told(of_two({"A": (None, 10)} | dict.fromkeys("BCDEF", (None, 0)), (3, 1)), tmp_path)
    assert wide.is_close
    assert wide.recommendation == "We recommend A, but not surely: 25.0 points before B"
    found = titles(made(wide, OPTIONS))
    assert any("of its 62.5 points with speed (not known)" in title for title in found)
    near = told(of_two({"A": (9, 1), "B": (1, 8.9)}), tmp_path)
    assert near.recommendation == "We recommend A, before B by a hair: 0.5 points"


def test_what_could_turn_the_answer_is_told_alike_where_evidence_is_weak(tmp_path: Path) -> None:
    leaf = Criterion("speed", "Speed", scale=LinearScale(0.0, 1.0))
    alternatives = tuple(
        Alternative(x.lower(), x, performances={"speed": Evidence("value", value=value,
                                                                  confidence="low")})
        for x, value in (("A", 0.66), ("B", 0.65))
    )  # fmt: skip
    criteria = CriteriaSet("d", "D", (leaf,), widening={"low": 0.3})
    story = Story(selector.analyse(Decision("d", "D", criteria, alternatives=alternatives)))
    assert story.find_out
    assert story.ranked[0].low > (story.ranked[1].high or 0.0), "by their own ends alone"
    found = titles(made(story, OPTIONS))
    share = words.percent(story.before["b"]).replace("\u00a0", " ")
    assert f"A has 66.0 of 100 points; B comes before it in {share} of the draws" in found


def test_who_never_comes_before_the_leader_is_said_to_by_the_method_that_ranks(
    tmp_path: Path,
) -> None:
    story = told(of_two({"A": (9, [5, 9]), "B": (1, [4, 6]), "C": (2, 2)}), tmp_path)
    assert "A has 80.0 of 100 points; no other comes before it in any of the draws" in titles(
        made(story, OPTIONS)
    )
    other = told(traded("topsis"), tmp_path)
    share = words.percent(other.before["a"]).replace("\u00a0", " ")
    title = f"B ranks first of 3 options; A comes before it in {share} of the draws by TOPSIS"
    assert title in titles(made(other, OPTIONS))


def test_who_would_be_first_by_other_people_is_told_before_facts_of_the_others() -> None:
    story = Story(selector.analyse(selector.load("coding-assistant")).with_weights({"cost": 30}))
    assert story.warnings[0].startswith("By the weights of all stakeholders together ")
    leader = story.ranked[0].name
    stale = [told for told in story.warnings if "past its shelf life" in told]
    assert stale == sorted(stale, key=lambda told: leader not in told)
    assert story.warnings[-1] == stale[-1]
    slide = next(
        s
        for s in opened(made(story, OPTIONS)).slides
        if "To know when reading" in " ".join(texts(s))
    )
    shown = " ".join(texts(slide))
    assert "By the weights of all stakeholders together" in shown


@pytest.mark.parametrize(
    ("own", "title"),
    [((0, 0), "A has 0.0 of 100 points"), ((8, 2), "A earns 40.0 of its 50.0 points with speed")],
)
def test_what_a_score_is_made_of_is_true_of_nothing_too(
    own: tuple[int, int], title: str, tmp_path: Path
) -> None:
    story = told(of_two({"A": own, "B": (0, 0)}), tmp_path)
    assert any(one.startswith(title) for one in titles(made(story, OPTIONS)))


def test_points_below_nothing_are_no_part_of_a_sum(tmp_path: Path) -> None:
    criteria = [{"id": x, "name": x.title(), "weight": 1,
                 "value": {"worst": 0, "best": 10, "clamp": False}}
                for x in ("speed", "care")]  # fmt: skip
    rows = {"A": {"speed": 60, "care": -30}, "B": {"speed": 0, "care": 0}}
    found = titles(made(told(decided(criteria, rows), tmp_path), OPTIONS))
    assert "A has 150.0 of 100 points; speed adds most: 300.0" in found
    rows["A"] = {"speed": -3, "care": -6}
    rows["B"] = {"speed": -9, "care": -9}
    found = titles(made(told(decided(criteria, rows), tmp_path), OPTIONS))
    assert "A has −45.0 of 100 points" in found


def test_a_half_is_rounded_up_as_charts_do() -> None:
    assert [plain.of_100(x) for x in (0.225, 0.235, 0.005, 0.0049, 0.994, 0.996)] == [
        "23", "24", "1", "under 1", "99", "over 99",
    ]  # fmt: skip


def test_the_leader_is_named_before_whom_chance_alone_puts_first() -> None:
    story = Story(selector.analyse(selector.load("support-assistant")))
    shares = story.sampled.firsts()
    assert (next(iter(shares)), story.standing.leader) == ("azure-gpt", "bedrock-claude")
    assert not story.oftener
    assert story.sure.startswith("Bedrock is first in 46 of 100 draws: too close to call. Azure AI")


@pytest.mark.parametrize(
    ("record", "told"),
    [({"status": "rejected"}, "rejected"), ({"status": "deprecated"}, "deprecated"),
     ({"superseded_by": "0007-other"}, "superseded by 0007-other")],
)  # fmt: skip
def test_nothing_is_asked_of_a_decision_that_is_closed(
    record: dict[str, Any], told: str, tmp_path: Path
) -> None:
    story = Story(loaded(of_two({"A": (9, 9), "B": (1, 1)}) | record, tmp_path), samples=200)
    assert story.recommendation.startswith(f"{told[0].upper()}{told[1:]}: A leads B by ")
    assert story.asked == f"Nothing is asked: the decision is {told}."
    found = titles(made(story, OPTIONS))
    assert not [title for title in found if "We recommend" in title]


def test_what_it_costs_stands_beside_whose_it_is() -> None:
    told = Story(selector.analyse(selector.load("support-assistant"))).recommendation
    assert told.startswith("We recommend Bedrock, at 611 to 961 USD in the first month, before Az")


def test_best_in_a_group_with_open_facts_is_likely_best(tmp_path: Path) -> None:
    data = of_two({"A": (9, [5, 9]), "B": (2, [4, 6])})
    assert "A is likely best in speed and care" in titles(made(told(data, tmp_path), OPTIONS))
    data = of_two({"A": (9, 7), "B": (2, [4, 6])})
    assert "A is best in speed and care" in titles(made(told(data, tmp_path), OPTIONS))


@pytest.mark.parametrize(("count", "share"), [(150, "0.67"), (40, "2.5"), (11, "9"), (4, "25")])
def test_small_shares_of_the_weight_are_not_told_as_whole_figures(
    count: int, share: str, tmp_path: Path
) -> None:
    criteria = [{"id": f"c{n}", "name": f"C{n}", "weight": 1, **SCALE} for n in range(count)]
    own = {row["id"]: 5 for row in criteria}
    data = {
        "id": "many", "title": "Many", "criteria": criteria,
        "alternatives": [{"id": "a", "name": "A", "performance": own}],
    }  # fmt: skip
    found = titles(made(told(data, tmp_path, 50), OPTIONS))
    assert f"All {count} criteria count the same: {share} % of the weight each" in found
