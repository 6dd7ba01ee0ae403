"""What a page says above all else: of the link, of the file, of the method."""

from pathlib import Path

import pytest

from selector.ui import router
from tests.golden.cases import Case
from tests.ui.drawn import draw, markup

DECISION = {
    "id": "case",
    "title": "A case",
    "question": "Which of the two?",
    "criteria": [
        {"id": "x", "name": "Speed", "weight": 2},
        {"id": "y", "name": "Ease", "weight": 1},
    ],
    "alternatives": [
        {"id": "a", "name": "Alpha", "performance": {"x": -9, "y": 3}},
        {"id": "b", "name": "Beta", "performance": {"x": 4, "y": -9}},
    ],
}
PAGES = [page.name for page in router.pages() if page.name not in router.APART]


@pytest.mark.parametrize("page", PAGES)
def test_a_method_that_cannot_take_the_figures_leaves_the_pages_whole(
    page: str, home: Path
) -> None:
    Case("unfit", {"decision": {**DECISION, "method": "copras"}}).home(home)
    test = draw(page, framed=True)
    assert not test.exception
    shown = markup(test)
    assert "copras cannot rank this decision: it takes no negative numbers" in shown
    assert "choose another method in the file. Shown is the weighted sum." in shown
    assert "A case" in shown
    assert "<h1>" in shown
    if page == "decision":
        assert "Which of the two?" in shown
        assert "points of 100" in shown


def test_a_file_with_a_mistake_says_nothing_of_the_link(home: Path) -> None:
    wrong = {**DECISION, "weights": {"method": "ahp", "comparisons": [["x", "nobody", 3]]}}
    Case("wrong", {"decision": wrong}).home(home)
    shown = markup(draw("robustness", framed=True))
    assert "cannot be read" in shown
    assert "The link" not in shown


@pytest.mark.parametrize("drawn", ["nonsense", "around:7", "order,marcos"])
def test_what_a_link_says_of_the_draws_and_does_not_fit_is_told(drawn: str, home: Path) -> None:
    Case("plain", {"decision": DECISION}).home(home)
    assert "the link says of the draws" in markup(draw("robustness", framed=True, draw=drawn))
    assert "the link says of the draws" not in markup(
        draw("robustness", framed=True, draw="sobol,order")
    )
