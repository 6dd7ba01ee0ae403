"""The page Robustness: its figures are those of the analysis, whatever is drawn."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import selector
from selector.catalog.library import Library
from selector.domain import words as plain
from selector.report import certainty, words
from selector.report.beyond import some
from tests.golden.cases import CASES, Case
from tests.shipped import PLATFORMS
from tests.ui.drawn import draw as draw_page
from tests.ui.drawn import markup

ROOT = Path(__file__).parents[2]
DECISIONS = PLATFORMS


def draw(decision: str = "case", drawn: str = "", weights: str = "") -> AppTest:
    """Run the page on a decision, drawn otherwise or under other weights."""
    return draw_page("robustness", decision, draw=drawn, w=weights)


def control(test: AppTest, name: str) -> Any:
    """The control of what is drawn that has this name."""
    return next(c for c in test.segmented_control if str(c.key).startswith(f"drawn_{name}"))


def two(method: str = "weighted_sum", **more: Any) -> Case:
    """Two alternatives that are good at one thing each, and a third that is poor at both."""
    decision = {
        "id": "case",
        "title": "Two and a third",
        "question": "Which one?",
        "as_of": date(2026, 11, 24),
        "method": method,
        "criteria": [
            {"id": "x", "name": "Speed", "weight": 60, "value": {"worst": 0, "best": 10}},
            {"id": "y", "name": "Ease", "weight": 40, "value": {"worst": 0, "best": 10}},
        ],
        "alternatives": [
            {"id": "a", "name": "Alpha", "performance": {"x": 9, "y": 3}},
            {"id": "b", "name": "Beta", "performance": {"x": 4, "y": 9}},
            {"id": "c", "name": "Gamma", "performance": {"x": 1, "y": 2}},
        ],
        **more,
    }
    return Case("two", {"decision": decision})


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_figures_are_those_of_the_analysis(decision: str) -> None:
    analysis = selector.analyse(selector.load(decision))
    found = analysis.robustness(samples=10_000, seed=1)
    called = words.labels(analysis.decision)
    test = draw(decision)
    assert not test.exception
    shown = markup(test)
    often = {a: row[0] for a, row in found.rank_acceptability.items()}
    leader = analysis.ranking[0].alternative
    best = certainty.oftener(analysis, found) or leader  # not whom chance alone puts before it
    assert often[best] > max(often.values()) - 0.01
    assert f"{called[best].short}</span> is first in {plain.of_100(often[best])} of 100" in shown
    for alternative, shares in found.rank_acceptability.items():
        told = f"first in {plain.of_100(shares[0])}" if shares[0] else "never first"
        told += f", in the first three in {plain.of_100(min(1, sum(shares[:3])))}"
        assert f"{called[alternative].short}<small>{told}</small>" in shown
    said = analysis.methods()
    firsts = [[r.alternative for r in m.ranking if r.rank == 1] for m in said.methods.values()]
    told = (
        f"{firsts.count([leader])} of {len(firsts)} methods put {called[leader].short} first alone"
    )
    assert told in shown
    assert shown.count('<td class="first">') == sum(len(first) == 1 for first in firsts)
    for why in said.agreement.why:
        assert why in shown
    kernel = said.methods["electre1"].details["kernel"]
    names = [called[row.alternative].short for row in analysis.ranking if row.alternative in kernel]
    if len(kernel) > 1:
        assert f"ELECTRE I only narrows down to {some(names)}: nobody else" in shown
    turning = [s for s in found.stability.values() if s.below or s.above]
    assert shown.count('class="stretch') == len(turning)
    # A name may be cut where there is no room for it, the figure behind it never.
    marks = sum(end is not None for s in turning for end in (s.below, s.above))
    assert len(re.findall(r"<em><span>[^<]+</span> [\d.]+ %</em>", shown)) == marks
    flip = found.closest_flip
    assert flip is not None
    assert f"puts {called[flip.winner_becomes].short} first." in shown


@pytest.mark.parametrize("decision", DECISIONS)
def test_decision_and_robustness_say_the_same_share(decision: str) -> None:
    from selector.ui.parts import answer

    analysis = selector.analyse(selector.load(decision))
    who, share = next(iter(answer.firsts(analysis).items()))
    assert f"is first in {100 * share:.0f} of 100 draws" in markup(draw(decision))
    assert f"{words.labels(analysis.decision)[who].short} {words.percent(share)}" in (
        answer.how_sure(analysis)
    )


def test_weights_of_the_link_count(home: Path) -> None:
    two().home(home)
    assert "Alpha</span> is first in" in markup(draw())
    assert "Beta</span> is first in every draw" in markup(draw(weights="x:10,y:90"))


def test_without_open_facts_and_spread_every_draw_is_the_ranking(home: Path) -> None:
    two(uncertainty={"weights": {"around": 0.0}}).home(home)
    shown = markup(draw())
    assert "Alpha</span> is first in every draw" in shown
    assert "Drawn were the weights set" in shown
    assert "No open fact, known alone, would change the winner" in shown
    # Alpha leads while 0.9w + 0.3(1-w) >= 0.4w + 0.9(1-w), for a share of speed of 6/11 and more.
    assert "Beta</span> 55 %" in shown
    assert "can be first by no weights at all" in shown  # Gamma, which both dominate
    assert "Alpha</b> is nowhere worse than Gamma" in shown


def test_the_smallest_change_is_told_in_points(home: Path) -> None:
    two().home(home)
    # From 60 down to 600/11: 5.5 points move from speed to ease.
    assert "Moving 5.5 points from “Speed” to “Ease” puts Beta first." in markup(draw())


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ("uniform", "any weights at all, all equally likely"),
        ("order", "any weights in the same order of importance"),
        ("around:0.1", "weights within 10 % of those set"),
        ("sobol", "a Sobol sequence, seed 1"),
        ("100000", "100,000 draws, seed 1"),
        ("topsis", "draws by TOPSIS"),
        ("uniform,vikor,sobol", "draws by VIKOR"),
    ],
)
def test_a_link_says_what_is_drawn(drawn: str, told: str, home: Path) -> None:
    two().home(home)
    test = draw(drawn=drawn)
    assert not test.exception
    assert told in markup(test)
    assert test.query_params["draw"] == drawn


@pytest.mark.parametrize("drawn", ["", "nonsense", "around:7", "10000000", "marcos", ",,", "-1"])
def test_what_does_not_fit_in_a_link_is_left_out(drawn: str, home: Path) -> None:
    two().home(home)
    test = draw(drawn=drawn)
    assert not test.exception
    assert "weights within 25 % of those set" in markup(test)
    assert "draw" not in test.query_params


def test_the_decision_says_how_weights_vary_unless_the_visitor_does(home: Path) -> None:
    two(uncertainty={"weights": "order"}).home(home)
    assert "in the same order of importance" in markup(draw())
    assert "any weights at all" in markup(draw(drawn="uniform"))


@pytest.mark.parametrize("method", ["topsis", "vikor", "promethee2", "marcos", "electre1"])
def test_another_method_is_named_and_what_is_of_the_sum_is_said(
    method: str,
    home: Path,
) -> None:
    two(method).home(home)
    test = draw()
    assert not test.exception
    shown = markup(test)
    assert "are told of the weighted sum" in shown
    drawn = method in ("topsis", "vikor", "promethee2")
    assert (f"draws by {words.method_name(method)}" in shown) == drawn
    if drawn:
        library = Library(home)
        analysis = selector.analyse(library.decision(home / "decisions" / "case.yaml"))
        found = analysis.robustness(samples=10_000).by_method[method]
        share = max(row[0] for row in found.rank_acceptability.values())
        often = "every draw" if share == 1 else f"{plain.of_100(share)} of 100 draws"
        assert f"is first in {often} by" in shown


def test_a_method_that_cannot_take_the_figures_is_told(home: Path) -> None:
    raw = [{"id": "x", "name": "Speed", "goal": "max"}, {"id": "y", "name": "Ease", "goal": "max"}]
    alternatives = [
        {"id": "a", "name": "Alpha", "performance": {"x": -9, "y": 3}},
        {"id": "b", "name": "Beta", "performance": {"x": 4, "y": -9}},
    ]
    two("weighted_product", criteria=raw, alternatives=alternatives).home(home)

    def script() -> None:
        from selector.ui.router import _runner, pages
        from selector.ui.state import State

        _runner(next(page for page in pages() if page.name == "robustness"), State())()

    test = AppTest.from_function(script, default_timeout=60)
    test.query_params["decision"] = "case"
    test.run()
    assert not test.exception
    assert "weighted_product cannot rank this decision" in markup(test)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("23-single-alternative", "is the only alternative"),
        ("25-all-excluded", "No alternative is left"),
        ("16-unknown", "What to find out first"),
        ("24-ties", "How often each is first"),
    ],
)
def test_few_alternatives_and_open_facts(name: str, told: str, home: Path) -> None:
    next(case for case in CASES if case.name.startswith(name)).home(home)
    test = draw()
    assert not test.exception
    assert told in markup(test)


def test_many_draws_go_on_beside_the_page_and_can_be_ended() -> None:
    from selector.ui import sampling

    test = draw("coding-assistant")
    control(test, "samples").set_value("10 million").run()
    assert not test.exception
    assert "Meanwhile what is shown is of 10,000" in markup(test)
    assert "10,000 draws, seed 1" in markup(test)
    run = test.session_state["run"]
    assert run.settings.samples == 10_000_000
    test.button(key="stop_sampling").click().run()
    assert "Stopped before 10 million draws were made" in markup(test)
    assert run.ended.wait(60)
    control(test, "samples").set_value("10,000").run()
    assert "Stopped" not in markup(test)
    assert sampling.kept(run.key) is None


def test_a_change_of_what_is_drawn_ends_the_run_before() -> None:
    test = draw("coding-assistant")
    control(test, "samples").set_value("10 million").run()
    before = test.session_state["run"]
    control(test, "weights").set_value("Any at all").run()
    after = test.session_state["run"]
    assert before is not after
    assert before.stage == "stopped"
    assert after.settings.weights == "uniform"
    after.stop()


def test_stakeholders_and_money_have_the_figures_of_the_analysis() -> None:
    from selector.analysis.weights import in_money
    from selector.report.worth import rounded

    analysis = selector.analyse(selector.load("coding-assistant"))
    called = words.labels(analysis.decision)
    shown = markup(draw("coding-assistant"))
    for name, view in analysis.stakeholders().views.items():
        first = called[view.ranking[0].alternative].short
        assert f"{name}: " in shown
        assert f">{first}</b>" in shown.split(f"{name}: ")[1][:200]
    money = in_money(analysis.decision, analysis.weights)
    assert money is not None
    most = max(worth for leaf, worth in money.swings.items() if leaf != money.criterion)
    assert f"is worth <b>{plain.number(rounded(most))}</b> US dollars a month to you" in shown


def test_many_alternatives_unfold(home: Path) -> None:
    alternatives = [
        {"id": f"a{i}", "name": f"Vendor {i}", "performance": {"x": i % 11, "y": (7 * i) % 11}}
        for i in range(30)
    ]
    two(alternatives=alternatives).home(home)
    test = draw()
    assert not test.exception
    shown = markup(test)
    assert shown.count("<summary>18 more</summary>") == 2  # of the ranks and of the methods
    for name in range(30):
        assert f">Vendor {name}<" in shown or f"</i>Vendor {name}<" in shown
    assert '<th scope="col">9+</th>' in shown


def test_who_changes_places_because_of_a_third_is_told(home: Path) -> None:
    # Speed has no scale of its own: without Gamma, 100, Alpha is the fastest and passes Beta.
    criteria = [
        {"id": "x", "name": "Speed", "weight": 50, "goal": "max"},
        {"id": "y", "name": "Ease", "weight": 50, "value": {"worst": 0, "best": 10}},
    ]
    alternatives = [
        {"id": "a", "name": "Alpha", "performance": {"x": 20, "y": 4}},
        {"id": "b", "name": "Beta", "performance": {"x": 10, "y": 9}},
        {"id": "c", "name": "Gamma", "performance": {"x": 100, "y": 0}},
    ]
    two(criteria=criteria, alternatives=alternatives).home(home)
    shown = markup(draw())
    assert "Without Gamma, Alpha would come before Beta" in shown


def test_the_terms_of_the_field_stand_in_the_glossary() -> None:
    from selector.ui.parts import beside

    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    assert [term for term in beside.TERMS if term.lower() not in glossary] == []
    assert all(f"<dt>{term}" in beside.terms().replace("&#x27;", "'") for term in beside.TERMS)


def test_draws_by_another_method_stand_beside_those_of_the_sum(home: Path) -> None:
    two().home(home)
    library = Library(home)
    analysis = selector.analyse(library.decision(home / "decisions" / "case.yaml"))
    shares = analysis.robustness(10_000).rank_acceptability
    shown = markup(draw(drawn="topsis"))
    often = plain.of_100(shares["a"][0])
    assert f"By the weighted sum of the same draws Alpha is first in {often}." in shown
    assert "are told of the weighted sum" in shown
    assert "are told of the weighted sum" not in markup(draw())
