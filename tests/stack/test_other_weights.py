"""Under other weights than the file's the stacks that are ranked are those best by them."""

import json
from functools import cache

import pytest

from selector import cli
from selector.analysis import Analysis, analyse
from selector.analysis.stack.derived import stack_of
from selector.catalog.library import Library
from selector.report import words
from selector.ui.written import with_choices

LIBRARY = Library()
SHIPPED = ("eu-bank-assistant", "startup-one-cloud", "airgapped-manufacturer")


@cache
def filed(name: str) -> Analysis:
    return analyse(LIBRARY.decision(name))


def places(analysis: Analysis) -> list[tuple[int, ...]]:
    """What the ranked stacks are made of, best first."""
    assert analysis.composed is not None
    return [stack_of(analysis.composed, row.alternative).places for row in analysis.ranking]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_ranked_stacks_are_the_best_and_those_of_the_file_with_the_weights(name: str) -> None:
    raw, usual = LIBRARY.decision_path(name).read_bytes(), places(filed(name))
    answers = set()
    for criterion, points in [("fit", 0), *((name, 60) for name in filed(name).shares)]:
        found = filed(name).answering({criterion: points})
        assert found.composed is not None
        ranked = places(found)
        assert ranked == [stack.places for stack in found.composed.best(10).stacks]
        made = with_choices(raw, found, {criterion: points}, {})
        again = analyse(LIBRARY.decision_of(made, "x.yaml", {}))
        assert places(again) == ranked
        assert again.version == found.version
        assert found.shares == filed(name).with_weights({criterion: points}).shares
        answers.add(tuple(ranked))
    assert places(filed(name).answering({})) == usual
    assert len(answers) > 2


@pytest.mark.parametrize("name", SHIPPED)
def test_no_figure_that_would_turn_it_is_beyond_the_scale_of_its_layer(name: str) -> None:
    flips = filed(name).robustness(50).performance_flips
    assert flips
    for flip in flips:
        if flip.criterion != "fit":
            assert flip.performance is not None
            assert 0 <= flip.performance <= 100


def test_the_end_of_the_scale_of_the_fit_is_told_as_one_reads_it() -> None:
    found = filed("eu-bank-assistant").answering({"orchestration": 73})
    fit = found.decision.criteria.criteria[-1]
    assert words.swing(found, fit) == "from 4.85 to 0 points off"


def test_the_command_ranks_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["rank", "eu-bank-assistant", "--set", "fit=0", "--format", "json"])
    ranked = json.loads(capsys.readouterr().out)["ranking"]
    assert not end.value.code
    found = filed("eu-bank-assistant").answering({"fit": 0})
    assert [row["score"] for row in ranked] == [row.score for row in found.ranking]
    kept = filed("eu-bank-assistant").with_weights({"fit": 0}).ranking
    assert ranked[0]["score"] > kept[0].score, "another stack is the best where nothing is charged"
