"""Scores and leads of stacks where they are ranked as alternatives, and what is said of that."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from selector.analysis import Analysis
from selector.analysis.stack import analyse_stack, as_decision
from selector.catalog.library import Library
from selector.domain import words
from selector.domain.evidence import Evidence
from selector.report import stacked, weighed
from selector.report.exports import Options, as_record
from selector.report.exports.story import Story
from selector.report.facts import value_text
from selector.report.words import percent
from tests.exports.made import export, shipped
from tests.exports.test_deck import texts
from tests.stack.test_composing import stacks_of


def test_leads_there_are_the_share_of_those_here_that_the_notice_says(tmp_path: Path) -> None:
    stacks = stacks_of(tmp_path)
    derived = Analysis(as_decision(stacks), composed=stacks)
    (told,) = (n.text for n in derived.notices if n.code == "stack-scale")
    first, second = stacks.best(2).stacks
    here, there = first.score - second.score, derived.ranking[0].score - derived.ranking[1].score
    assert f"leads are {100 * there / here:.0f} of 100 of those there" in told
    assert derived.ranking[0].score > first.score
    fit = percent(derived.shares["fit"])
    assert f"goes together has {fit} of the weight" in weighed.of(derived)


def test_the_leading_stack_is_told_in_full_and_none_by_what_cannot_be_kept(tmp_path: Path) -> None:
    stacks = stacks_of(tmp_path).with_fixed({"green": "g2"})
    told = stacked.in_full(Analysis(as_decision(stacks), composed=stacks))
    assert "G2 (fixed); " in told
    assert told.count(": ") == len(stacks.layers)
    none = stacks.with_fixed({"red": "r1", "green": "g1"})
    told = stacked.in_full(Analysis(as_decision(none), composed=none))
    assert none.conflicts
    assert told.endswith(" ".join(none.conflicts))
    for analysis in (stacks, none):
        story = Story(Analysis(as_decision(analysis), composed=analysis), samples=20)
        assert stacked.in_full(story.analysis) in as_record.made(story, Options()).decode()
    assert story.made_of == f"What stands in the way: {' '.join(none.conflicts)}"


@pytest.mark.parametrize(
    ("name", "read"), [("open_api", "open API"), ("proprietary_api", "proprietary API"),
                       ("open_api to open_format", "open API to open format"), ("rapid", "rapid")],
)  # fmt: skip
def test_levels_are_read_as_words(name: str, read: str) -> None:
    assert words.plain(name) == read
    ranged = Evidence("value", low="open_api", high="open_format")
    assert value_text(ranged, None) == "open API to open format"


def test_what_stacks_share_puts_none_of_them_before_another() -> None:
    derived = Analysis(as_decision(analyse_stack(Library().decision("eu-bank-assistant"))))
    shared = {
        leaf.id for leaf in derived.leaves
        if len({str(a.performances[leaf.id]) for a in derived.alternatives}) == 1
    }  # fmt: skip
    assert "model" in str(shared)
    found = derived.robustness(2000)
    told = {flip.criterion for flip in found.performance_flips}
    told |= {row.criterion for row in found.worth_finding_out if row.chance}
    assert told
    assert not shared - {"fit"} & told


def test_every_export_tells_what_layers_require_and_of_how_many_the_stacks_are_the_best() -> None:
    story = shipped("eu-bank-assistant")
    composed = story.analysis.composed
    assert composed is not None
    asked = stacked.required(composed)
    assert len(asked) == sum(len(layer.decision.requirements) for layer in composed.layers)
    (bank,) = (one for one in asked if "Trains on customer data" in one.wanted)
    assert (bank.layer, bank.wanted) == (
        "Model platform", "Trains on customer data by default: no"
    )  # fmt: skip
    assert bank.reason.startswith("Banking secrecy")
    out = next(one.fails for one in asked if one.layer == "Guardrails")
    assert out == ("Amazon Bedrock Guardrails",)
    slides = Presentation(BytesIO(export("eu-bank-assistant", ".pptx"))).slides
    book = load_workbook(BytesIO(export("eu-bank-assistant", ".xlsx")))
    cells = [str(x) for row in book["Method"].iter_rows(values_only=True) for x in row if x]
    told = {
        ".pptx": "\n".join(text for slide in slides for text in texts(slide)),
        ".xlsx": "\n".join(cells),
        **{end: unescape(export("eu-bank-assistant", end).decode()) for end in (".md", ".html")},
    }
    for suffix, text in told.items():
        assert f"{composed.best().considered:,} combinations" in text, suffix
        for one in asked:
            assert one.wanted[1:] in text, (suffix, one)
            assert one.reason in text, (suffix, one)


def test_how_often_a_stack_is_the_best_says_of_how_many(tmp_path: Path) -> None:
    assert re.search(r"it is the best in \d+ of 100(;|$)", stacked.sure(stacks_of(tmp_path)))


def test_who_runs_a_part_is_read_from_its_facts_and_from_what_its_layer_requires() -> None:
    small = analyse_stack(Library().decision("startup-one-cloud"))
    small = small.with_fixed({"evaluation": "langsmith"})
    best, pattern = small.winner, small.spec.pattern
    assert best is not None
    assert pattern is not None
    reference = stacked.reference(small, best, pattern)
    apart = {who: [part.name for part in parts] for who, parts in reference.apart().items()}
    assert apart == {"others on AWS": ["LangGraph", "pgvector"], "LangChain": ["LangSmith"]}
    told = "Run by others on AWS: LangGraph and pgvector."
    assert told in reference.apart_told()
    assert told in export("startup-one-cloud", ".html").decode()
    traces = next(flow for flow in pattern.flows if flow.target == "watch")
    assert reference.crosses(traces)
    bank = shipped("eu-bank-assistant").reference  # whose layers must run on its own premises
    assert bank is not None
    assert not bank.apart()
    slides = Presentation(BytesIO(export("eu-bank-assistant", ".pptx"))).slides
    (drawn,) = ("\n".join(texts(s)) for s in slides if "a boundary of trust" in texts(s)[0])
    assert drawn.count("not chosen") == sum(part.is_open for part in bank.parts) > 1


def test_the_second_stack_is_told_by_what_it_has_otherwise() -> None:
    story = shipped("startup-one-cloud")
    deck = Presentation(BytesIO(export("startup-one-cloud", ".pptx")))
    told = "\n".join(text for slide in deck.slides for text in texts(slide))
    pair = (story.standing.leader, story.standing.second)
    (apart,) = stacked.against(story.analysis, *pair)
    assert apart == "Model platform: Bedrock, Claude Haiku against Bedrock, Nova Lite"
    assert f"add up to {story.parting()}. {apart}" in told.replace("\u00a0", " ")
