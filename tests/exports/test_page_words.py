"""What page and record say beside the tables: true of any method, any number of options."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import openpyxl
import pytest

import selector
from selector.report.exports import as_page, as_record, as_workbook, given
from selector.report.exports.risks import risks
from selector.report.exports.story import Story
from tests.exports.made import OPTIONS, SMALL, decided, export, large, loaded, shipped


def page(story: Story) -> str:
    """The page as text, without its script and data."""
    text = as_page.made(story, OPTIONS).decode()
    return html.unescape(text.split("<main>")[1].split("</main>")[0]).replace("\u00a0", " ")


def record(story: Story) -> str:
    return as_record.made(story, OPTIONS).decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("method", "name", "head"),
    [("topsis", "TOPSIS", "Score"), ("vikor", "VIKOR", "Score, less is better"),
     ("electre1", "ELECTRE I", "")],
)  # fmt: skip
def test_another_method_is_named_and_points_are_said_to_be_of_the_sum(
    method: str, name: str, head: str, tmp_path: Path
) -> None:
    story = Story(loaded(decided(currency=True) | {"method": method}, tmp_path), samples=200)
    shown, kept = page(story), record(story)
    assert f"Ranked by {name}." in shown
    assert f"the ranking by the weighted sum, not that by {name}, follows" in shown
    assert shown.count("Reckoned for the weighted sum.") == 2
    assert kept.count("Points are those of the weighted sum.") == 2
    assert "is reckoned for the weighted sum." in kept
    heads = re.search(r"\| Rank \| (.*) \|\n", kept)
    assert heads is not None
    assert heads.group(1).split(" | ") == [
        "Option", *([head] if head else []), story.often_head, "A month"
    ]  # fmt: skip
    assert re.findall(r">(Score[^<]*)</th>", shown) == ([head] if head else [])


def test_no_column_is_empty_and_no_source_is_promised_where_there_is_none(tmp_path: Path) -> None:
    story = Story(loaded(SMALL, tmp_path), samples=200)
    assert "A month" not in page(story) + record(story)
    assert "of the sources below" not in page(story)
    assert "of the sources below" in page(shipped("support-assistant"))


def test_what_is_asked_is_what_the_slides_ask(tmp_path: Path) -> None:
    nobody = {**SMALL, "requirements": [{"criterion": "speed", "at_most": 1}]}
    for story in (shipped("support-assistant"), Story(loaded(nobody, tmp_path), samples=200)):
        assert story.asked.startswith("Asked: ")
        assert story.asked in page(story)
        assert story.asked in record(story)


def test_one_option_alone_has_nothing_to_be_weighed_against(tmp_path: Path) -> None:
    alone = {**SMALL, "alternatives": SMALL["alternatives"][:1]}
    story = Story(loaded(alone, tmp_path), samples=200)
    assert "of 100 draws" not in page(story) + record(story)
    assert 'class="live"' not in page(story)


def test_what_was_required_and_the_workload_stand_where_the_bills_are_told(tmp_path: Path) -> None:
    asked = {"criterion": "price", "at_most": 5000, "reason": "<b>the budget</b>"}
    load = {
        "requests_per_month": {"low": 1000, "likely": 1200, "high": 2000},
        "growth_per_month": [-0.01, 0.02], "input_tokens": 300, "months": 6, "replicas": 1,
        "cached_share": 0.4, "purpose": "<i>help</i>",
    }  # fmt: skip
    data = decided(currency=True) | {"requirements": [asked], "workload": load}
    story = Story(loaded(data, tmp_path), samples=200)
    shown, kept = page(story), record(story)
    assert "<bdi>Monthly cost: at most 4,000 EUR per month</bdi>" in shown
    told = (
        "1,000–2,000 (likely 1,200) requests in the first month, and from 1 % fewer to 2 % more "
        "each month, over 6 months. A request has 300 input tokens. Also given: share of the input "
        "read from the cache: 40 %; copies kept running at least: 1; purpose: "
    )
    assert f'<p class="load">{told}<i>help</i>.</p>' in shown
    assert f"The workload: {told}\\<i\\>help\\</i\\>." in kept
    raw = as_page.made(story, OPTIONS).decode()
    assert "<i>help" not in raw
    assert "<b>the budget" not in raw
    assert "&lt;b&gt;the budget" in raw
    small = Story(loaded(SMALL, tmp_path), samples=200)
    assert "The workload" not in page(small) + record(small)
    assert "<bdi>nobody would use it</bdi>" in page(small)
    assert "What was required" not in page(shipped("high-volume-chat"))


def test_bills_that_the_decision_gives_are_not_called_list_prices(tmp_path: Path) -> None:
    story = Story(loaded(decided(currency=True), tmp_path), samples=200)
    assert "Bills are as the decision gives them. What they rest on" in page(story)
    listed = "Bills are at list prices without taxes unless negotiated ones are given"
    assert f"{listed}. What they rest on" in page(shipped("support-assistant"))
    mixed = selector.load("support-assistant")
    first, *others = mixed.alternatives
    whole = story.analysis.decision.alternatives[0].costing
    mixed = mixed._replace(alternatives=(first._replace(costing=whole), *others))
    told = given.priced(Story(selector.analyse(mixed), samples=200))
    assert told == f"{listed}; that of SageMaker is as the decision gives it."
    unbilled = Story(
        loaded(SMALL | {"workload": {"requests_per_month": 1000}}, tmp_path), samples=200
    )
    assert not given.priced(unbilled)
    assert "The workload" in page(unbilled)
    assert "What the first month costs" not in page(unbilled)  # for nothing has a bill
    book = openpyxl.load_workbook(io.BytesIO(as_workbook.made(unbilled, OPTIONS)))
    assert "Cost" not in book.sheetnames


def test_the_record_has_what_each_costs_over_the_horizon(tmp_path: Path) -> None:
    kept = record(Story(loaded(decided(currency=True), tmp_path), samples=200))
    assert (
        "Over 12 months, in all, with what is paid once: B 9,600 to 14,400 EUR; A 19,200 EUR; "
        "D 33,600 EUR; C 86,400 EUR (knocked out)."
    ) in kept
    stacks = Story(selector.analyse(selector.load("eu-bank-assistant")), samples=200)
    assert "with what is paid once" not in record(stacks)  # none is known in full


def test_of_whole_stacks_the_parts_are_told_and_each_thing_once() -> None:
    story = Story(selector.analyse(selector.load("eu-bank-assistant")), samples=200)
    shown, kept = page(story), record(story)
    assert story.made_of in shown
    assert shown.count("<b>Unproven:</b>") == 1
    assert "Stack 9 and Stack 10; still to show: Monthly cost of the whole stack" in shown
    for told in (shown, kept):
        assert told.count("do not yet prove") == 1
        assert "stays, but" not in told
    assert "at least 9,999 USD, not known in full" in shown
    assert "Least to most" not in shown
    assert (
        "Neutral, because what it costs is not known in full: at least 9,999 USD in the first mon"
        in kept
    )
    assert "Required: at most 7 vendors behind a whole stack." in kept
    assert "Required: at most 1 skill that the team has not." in kept
    # A lead of a hair has its reason too, and it adds up.
    assert "under +0.1</b> <bdi>Orchestration</bdi>" in shown
    assert "add up to 0.03, before scores are rounded." in shown
    assert "of the sources below" not in shown


def test_on_paper_no_more_options_stand_side_by_side_than_fit(tmp_path: Path) -> None:
    shown = page(Story(loaded(large(), tmp_path), samples=200))
    tables = re.findall(r'<div class="scroll (\w*)".*?<thead>(.*?)</thead>', shown, flags=re.S)
    counts = [(where, head.count("<bdi>")) for where, head in tables if "<bdi>" in head]
    assert counts == [("paper", 7), ("paper", 6), ("paper", 7), ("screen", 20)]
    assert 'class="scroll paper"' not in page(shipped("support-assistant"))


def test_those_who_are_level_are_parted_by_more_or_less_than_they_have(tmp_path: Path) -> None:
    text = record(Story(loaded(decided(currency=True), tmp_path), samples=200))
    assert "B leads with care of B at more than 3 (now 3)." in text
    assert "B leads with care of A at less than 9 (now 9)." in text
    assert "at more than 1,600 EUR per month (now 1,600 EUR per month)." in text


def test_a_licence_that_allows_the_use_is_no_risk_and_notes_say_whose_they_are() -> None:
    told = shipped("regulated-documents")
    allowed = risks(told.analysis, told.robustness, chosen="vllm-mistral")
    assert not any("nothing in it stands against" in risk.cause for risk in allowed)
    own = risks(told.analysis, told.robustness)
    assert any(risk.cause.startswith("Bedrock: 166,096 tokens") for risk in own)
    assert any(risk.cause == "Answer quality of Bedrock: unknown" for risk in own)


def test_what_is_stale_reads_as_a_sentence() -> None:
    text = export("support-assistant", ".md").decode()
    told = "look up for Bedrock: monthly uptime commitment, of 4 Oct 2023 and past its shelf life."
    assert told in text.replace("\u00a0", " ")
