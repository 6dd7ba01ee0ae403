"""Scores and leads of stacks where they are ranked as alternatives, and what is said of that."""

from pathlib import Path

import pytest

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
    assert story.made_of == told


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
