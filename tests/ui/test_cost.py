"""The page Cost: its figures are those of the analysis, and follow what a visitor writes."""

import csv
import html as escapes
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.testing.v1 import AppTest

import selector
from selector.analysis import Analysis
from selector.catalog.library import Library, shipped_home
from selector.domain import words as plain
from selector.domain.span import Span
from selector.measure.changes import with_figures
from selector.report import bills, focus, stacked, words
from selector.report.money import Money, money_of, shown
from tests.golden.cases import Case
from tests.shipped import PLATFORMS
from tests.ui import drawn
from tests.ui.drawn import markup

DECISIONS = PLATFORMS


def draw(decision: str = "case", figures: str = "", page: str = "cost") -> AppTest:
    """Run a page as the router does."""
    return drawn.draw(page, decision, framed=True, f=figures)


def two(**more: Any) -> Case:
    """A managed offer by the month, one hosted for more, and what runs today."""
    decision = {
        "id": "case",
        "title": "Three bills",
        "question": "Which one?",
        "as_of": date(2026, 11, 24),
        "criteria": [
            {
                "id": "cost",
                "name": "Monthly cost",
                "weight": 60,
                "unit": "USD",
                "goal": "min",
                "measure": {"cost": "monthly"},
                "value": {"worst": 10_000, "best": 0},
            },
            {"id": "y", "name": "Ease", "weight": 40, "value": {"worst": 0, "best": 10}},
        ],
        "workload": {"requests_per_month": 100_000, "months": 12, "growth_per_month": 0.02},
        "alternatives": [
            made("a", "Alpha, managed", 4000, {"y": 3}),
            made("b", "Beta, hosted", {"low": 2000, "high": 3000}, {"y": 9}),
            {**made("t", "As today", 6000, {"y": 5}), "kind": "status-quo"},
        ],
        **more,
    }
    return Case("two", {"decision": decision})


def made(name: str, called: str, value: Any, performance: dict[str, Any]) -> dict[str, Any]:
    """An alternative whose month costs so much."""
    reason = "last year's <b>invoices</b>"
    cost = {"monthly": {"value": value, "reason": reason}}
    return {"id": name, "name": called, "cost": cost, "performance": performance}


def analysis_of(decision: str, **changes: Any) -> Analysis:
    """The analysis of a shipped decision with other figures."""
    spans = {name: Span.exactly(float(value)) for name, value in changes.items()}
    return selector.analyse(with_figures(selector.load(decision), spans))


def figures_are_those_of(analysis: Analysis, shown_page: str) -> None:
    """Every amount that the page names is one of the analysis."""
    money, called = money_of(analysis.decision), words.labels(analysis.decision)
    said = bills.headline(analysis)
    for line in said.more:
        assert escapes.escape(line) in shown_page
    if said.cheapest:
        monthly = analysis.cost().alternatives[said.cheapest].monthly
        assert monthly is not None
        assert f"{called[said.cheapest].short}</span> is cheapest: " in shown_page
        running = [row.alternative for row in analysis.ranking]
        costs = [analysis.cost().alternatives[a].monthly for a in running]
        assert monthly.likely == min(cost.likely for cost in costs if cost is not None)
    for bill in analysis.cost().alternatives.values():
        for used in bill.models:
            assert escapes.escape(used.model) in shown_page
        for note in bill.notes:
            assert escapes.escape(note.text) in shown_page
        if bill.monthly is None:
            assert escapes.escape(plain.listed(bill.unknown)) in shown_page
            continue
        assert f"<b>{money.text(bill.monthly.likely)}</b>" in shown_page
        for line in (*bill.items, *bill.once):
            assert escapes.escape(line.item) in shown_page
            if line.monthly is not None:
                assert f"<b>{shown(money(line.monthly.likely))}</b>" in shown_page
            for parameter in line.rests_on:
                for source in parameter.basis.sources:
                    assert not source.url or escapes.escape(source.url) in shown_page
        for span in (bill.total, bill.monthly_mean, bill.per_1000_requests):
            if span is not None:
                assert f"<td>{shown(money(span.likely))}" in shown_page


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_figures_are_those_of_the_analysis(decision: str) -> None:
    test = draw(decision)
    assert not test.exception
    figures_are_those_of(analysis_of(decision), markup(test))


@pytest.mark.parametrize("decision", DECISIONS)
def test_what_a_visitor_writes_moves_every_figure(decision: str) -> None:
    test = draw(decision)
    test.text_input(key="figure_requests_per_month").set_value("2.5 million").run()
    assert not test.exception
    figures_are_those_of(analysis_of(decision, requests_per_month=2_500_000), markup(test))
    assert test.query_params["f"] == "requests_per_month:2500000"
    assert test.text_input(key="figure_requests_per_month").value == "2,500,000"
    test.button(key="reset_figures").click().run()
    figures_are_those_of(analysis_of(decision), markup(test))
    assert "f" not in test.query_params


def test_the_words_of_break_even_tornado_and_levers_are_those_of_the_analysis() -> None:
    analysis = analysis_of("high-volume-chat")
    cost, money = analysis.cost(), Money()
    called = words.labels(analysis.decision)
    test = draw("high-volume-chat")
    shown_page = markup(test)
    first, second = "own-b200", "vertex"
    row = cost.between(first, second)
    told = bills.break_even(called[first].short, called[second].short, row.found)
    assert f"<b>{told}.</b>" in shown_page
    for effect in cost.gap_effects(first, second)[:3]:
        ends = f"{shown(money(effect.at_low))} to {shown(money(effect.at_high))}"
        assert ends in shown_page
    for effect in cost.alternatives[first].effects[:3]:
        assert f"{shown(effect.at_low)} to {shown(effect.at_high)}" in shown_page
    levers = cost.alternatives[first].levers
    assert levers
    for lever in levers:
        assert escapes.escape(lever.name) in shown_page
        assert f"<b>{money.text(lever.saving.likely)}</b>" in shown_page


def test_another_pair_is_compared_and_all_pairs_that_cross_are_listed() -> None:
    analysis = analysis_of("high-volume-chat")
    called = words.labels(analysis.decision)
    test = draw("high-volume-chat")
    test.selectbox(key="cost_second").set_value("groq").run()
    assert not test.exception
    found = analysis.cost().between("own-b200", "groq").found
    told = bills.break_even(called["own-b200"].short, called["groq"].short, found)
    assert told.startswith("From 66.2 million requests a month on")
    assert f"<b>{told}.</b>" in markup(test)
    for crossing in found.crossings:
        assert bills.volume(crossing.requests) in markup(test)
    assert "All pairs that cross" not in markup(test)
    test.session_state["cost_pairs"] = True
    test.run()
    rows = [r for r in analysis.cost().break_even if (r.found.requests or 0) >= 100]
    assert rows
    for row in rows:
        assert bills.volume(row.found.requests or 0) in markup(test)


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("requests_per_month", "many", "Requests a month: “many” is not a figure"),
        ("requests_per_month", "1,5", "is not a figure"),
        ("requests_per_month", "-4", "out of bounds"),
        ("requests_per_month", "2 to 1", "write the lower end first"),
        ("requests_per_month", "9e99", "too large"),
        ("cached_share", "30", "more than the whole"),
        ("cached_share", "130 %", "more than the whole"),
        ("growth_per_month", "-200 %", "out of bounds"),
        ("growth_per_month", "900 %", "grows more than a trillionfold"),
        ("months", "1.5", "not a whole number"),
        ("months", "0", "from 1 on"),
        ("peak_to_mean", "0.5", "out of bounds"),
        ("output_tokens", "<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(name: str, written: str, told: str) -> None:
    test = draw("support-assistant")
    test.text_input(key=f"figure_{name}").set_value(written).run()
    assert not test.exception
    assert told in markup(test)
    assert "<script>" not in markup(test)
    assert test.text_input(key=f"figure_{name}").value == written  # it stands there to be mended
    assert "f" not in test.query_params
    figures_are_those_of(analysis_of("support-assistant"), markup(test))
    test.text_input(key=f"figure_{name}").set_value("").run()
    assert told not in markup(test)


def test_ranges_and_assumptions_count_and_stand_in_the_link() -> None:
    test = draw("support-assistant")
    test.text_input(key="figure_cached_share").set_value("20 to 40 %").run()
    test.session_state["cost_assumed"] = True
    test.run()
    assert not test.exception
    test.text_input(key="figure_bytes_per_token").set_value("4").run()
    assert test.query_params["f"] == "cached_share:0.2..0.3..0.4,bytes_per_token:4"
    again = draw("support-assistant", test.query_params["f"])
    assert markup(again) == markup(draw("support-assistant", test.query_params["f"]))
    spans = {"cached_share": Span(0.2, 0.3, 0.4), "bytes_per_token": Span.exactly(4)}
    changed = selector.analyse(with_figures(selector.load("support-assistant"), spans))
    figures_are_those_of(changed, markup(again))
    assert again.text_input(key="figure_cached_share").value == "20 to 40 %"


def test_the_ranking_on_the_other_pages_follows(home: Path) -> None:
    two().home(home)
    before = markup(draw(page="decision"))
    assert "Beta</span> leads" in before
    link = "b.known_bill:9500"
    after = markup(draw(figures=link, page="decision"))
    decision = Library(home).decision(home / "decisions" / "case.yaml")
    changed = selector.analyse(with_figures(decision, {"b.known_bill": Span.exactly(9500)}))
    assert escapes.escape(words.standing(changed).sentence.split(" leads")[0]) in after
    assert plain.points(changed.scores["b"][1]) in after
    assert "1 figure of cost is yours" in after
    assert "figure of cost" not in before


@pytest.mark.parametrize("link", ["nonsense", "x:1", "months:1.5", "a:b:c", "utilisation:2..1..3",
                                  "requests_per_month:-1", ":", "utilisation:nan"])  # fmt: skip
def test_a_link_that_does_not_fit_is_told(link: str) -> None:
    test = draw("support-assistant", link)
    assert not test.exception
    assert "figures of cost do not all fit" in markup(test)
    figures_are_those_of(analysis_of("support-assistant"), markup(test))


def test_without_a_workload_one_can_be_entered_for_the_session(home: Path) -> None:
    case = two()
    del case.content["decision"]["workload"]
    case.home(home)
    test = draw()
    assert not test.exception
    assert "describes no workload, so there is no bill" in markup(test)
    assert [field.key for field in test.text_input] == ["figure_requests_per_month"]
    test.text_input(key="figure_requests_per_month").set_value("50,000").run()
    assert not test.exception
    assert "Beta</span> is cheapest: 2,500 USD a month" in markup(test)
    assert len(test.text_input) == 8


def test_the_status_quo_and_the_leader_are_compared(home: Path) -> None:
    two().home(home)
    shown_page = markup(draw())
    assert "It could be 2,000 to 3,000 USD." in shown_page
    assert "Beta also leads the decision." in shown_page
    assert "Against the status quo, As today, it saves 3,500 USD a month" in shown_page
    assert "<b>invoices</b>" not in shown_page
    assert "&lt;b&gt;invoices&lt;/b&gt;" in shown_page


def test_a_bill_known_as_a_whole_is_compared_without_a_break_even(home: Path) -> None:
    two().home(home)
    shown_page = markup(draw())
    assert "its bill is known as a whole, not how it changes with the requests." in shown_page
    by_token = {"price_input_tokens": {"value": 1, "source": "https://example.com"}}
    by_token["price_input_tokens"]["as_of"] = date(2026, 11, 1)
    case = two(workload={"requests_per_month": 100_000, "input_tokens": 100_000, "months": 12})
    for name in "cd":
        row = {"id": name, "name": name, "performance": {"y": 2}, "facts": by_token}
        case.content["decision"]["alternatives"].append(row)
    case.home(home)
    beside = draw().selectbox(key="cost_second").value
    assert beside in ("c", "d"), "dearer, but its bill changes with the requests"


def test_a_latency_is_asked_for_in_seconds() -> None:
    test = draw("support-assistant", "first_token_seconds:1.5")
    test.session_state["cost_more"] = True
    test.run()
    field = test.text_input(key="figure_first_token_seconds")
    assert (field.label, field.value) == ("Longest wait for the first token, s · changed", "1.5")
    assert test.text_input(key="figure_seconds_per_token").value == ""


def test_another_currency_is_shown(home: Path) -> None:
    euro = {"code": "EUR", "usd": 1.25, "as_of": date(2026, 11, 20)}
    two(business={"currency": euro}).home(home)
    shown_page = markup(draw())
    assert "Beta</span> is cheapest: 2,000 EUR a month" in shown_page
    assert "1 EUR = 1.25 US dollars, as of 20 Nov 2026." in shown_page
    assert "<b>2,000 EUR</b>" in shown_page
    assert "× 2,000 (1,600 to 2,400) EUR" in shown_page


@pytest.mark.parametrize("count", [1, 2])
def test_few_alternatives(count: int, home: Path) -> None:
    case = two()
    del case.content["decision"]["alternatives"][count:]
    case.home(home)
    test = draw()
    assert not test.exception
    assert ("Alpha</span> costs 4,000 USD" if count == 1 else "Beta</span> is cheapest") in markup(
        test
    )


def test_all_knocked_out_have_their_bills_all_the_same(home: Path) -> None:
    two(requirements=[{"criterion": "y", "at_least": 9.5}]).home(home)
    test = draw()
    assert not test.exception
    assert "No alternative is left to pay for" in markup(test)
    assert "<b>2,500 USD</b>" in markup(test)


def test_a_bill_without_any_price_is_told(home: Path) -> None:
    case = two()
    for alternative in case.content["decision"]["alternatives"]:
        del alternative["cost"]
    case.home(home)
    test = draw()
    assert not test.exception
    assert "No bill is known in full" in markup(test)
    assert "no price is stated" in markup(test)


def test_what_is_confidential_stays_out_of_the_file_unless_asked_for(home: Path) -> None:
    two().home(home)
    agreed = {"vendor": "amazon-bedrock", "discount": 0.5, "reason": "frame contract"}
    (home / "decisions" / "agreed.yaml").write_text(
        yaml.safe_dump({"confidential": True, "prices": [agreed]})
    )
    shipped = (shipped_home() / "decisions" / "support-assistant.yaml").read_text("utf-8")
    own = home / "decisions" / "support-assistant.yaml"
    own.write_text(f"{shipped}\nprices: agreed.yaml\n", "utf-8")
    test = draw("support-assistant")
    assert not test.exception
    assert "do not pass these figures on" in markup(test)
    decision = Library(home).decision(own)
    found = selector.analyse(decision).cost().alternatives
    every = list(focus.rows(found, Money()))
    open_rows = [row for row in every if not row["confidential"]]
    assert 0 < len(open_rows) < len(every)
    redacted = list(focus.rows(found, Money(), confidential=False))
    assert [row for row in redacted if not row["confidential"]] == open_rows
    for row in redacted:
        assert not row["confidential"] or row["monthly"] is row["quantity"] is row["low"] is None
    assert "frame contract" not in str(redacted)
    read = list(csv.DictReader(io.StringIO(focus.focus_csv(every, "USD", decision.day))))
    assert [row["x_Confidential"] for row in read].count("true") == len(every) - len(open_rows)


def test_the_last_change_of_a_figure_is_kept_apart_from_other_decisions() -> None:
    test = draw("support-assistant", "requests_per_month:2000000")
    assert test.query_params["f"] == "requests_per_month:2000000"
    test.session_state["decision"] = "coding-assistant"
    test.run()
    assert not test.exception


def test_of_whole_stacks_it_is_told_which_parts_have_a_bill() -> None:
    told = markup(draw("eu-bank-assistant"))
    assert "The bill of any stack is not known in full" in told
    assert "no price is stated" not in told
    composed = selector.analyse(selector.load("eu-bank-assistant")).composed
    assert composed is not None
    best = composed.best(1).stacks[0]
    assert stacked.money(best, money_of(composed.decision)) in told
    lacking = [choice.name for choice in best.choices.values() if choice.cost.unknown]
    assert plain.listed(lacking) in told
    assert told.count("Stack 1, ") == 1
