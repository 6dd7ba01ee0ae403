"""The first screen: what it names, and what it says where there is no answer yet."""

import re
from pathlib import Path
from typing import Any

import pytest

from selector import analyse, load
from selector.domain import words as plain
from selector.report import words
from selector.ui import router, sampling
from selector.ui.parts import resting
from tests.golden.cases import Case
from tests.ui.drawn import draw, markup

LEAVES = [{"id": i, "name": i, "value": {"worst": 0, "best": 10}} for i in ("speed", "ease")]
ONE = {"id": "a", "name": "A", "performance": {"speed": 7, "ease": [3, 5]}}
TWO = {"id": "b", "name": "B", "performance": {"speed": 6, "ease": 2}}
STRICT = [{"criterion": "speed", "at_least": 6.5, "reason": "<i>The contract</i> says so."}]


def told(home: Path, **changed: Any) -> str:
    """What the page shows of a small decision."""
    decision = {"id": "case", "title": "T", "question": "Q", "criteria": LEAVES, **changed}
    Case("small", {"decision": decision}).home(home)
    test = draw("decision", framed=True)
    assert not test.exception
    return re.sub(r"<style>.*?</style>", "", markup(test), flags=re.DOTALL)


@pytest.mark.parametrize("decision", ["support-assistant", "regulated-documents"])
def test_the_title_and_its_line_name_lead_distance_certainty_and_what_would_change_it(
    decision: str,
) -> None:
    analysis = analyse(load(decision))
    shown = re.sub(r"<[^>]+>", "", markup(draw("decision", decision)))
    leader, second = analysis.ranking[:2]
    found = analysis.robustness(sampling.FEW)
    assert words.standing(analysis).sentence in shown
    first = plain.of_100(found.rank_acceptability[leader.alternative][0])
    assert f"First in {first} of 100 plausible weightings and facts" in shown
    flip = next(flip for flip in words.flips(analysis) if not flip.parent)
    assert f"{flip.condition} ({flip.present})".replace("\u00a0", " ") in shown
    next_steps = shown.partition("Find out next")[2].partition("Evidence")[0]
    chances = [row.chance for row in found.worth_finding_out if row.chance > 0][
        : resting.OPEN_SHOWN
    ]
    assert re.findall(r"(\d+) % [A-Z]", next_steps) == [plain.of_100(c) for c in chances]
    assert chances == sorted(chances, reverse=True)
    assert words.labels(analysis.decision)[second.alternative].short in shown


def test_what_is_wanting_is_told_with_the_way_there(home: Path) -> None:
    empty = told(home)
    assert "No alternative to choose from yet" in empty
    assert 'data-go="edit"' in empty
    assert 'data-go="start"' in empty
    assert "Nothing to compare it with" in told(home, alternatives=[ONE])
    out = told(home, alternatives=[TWO], requirements=STRICT)
    assert "No alternative is left to choose from" in out
    assert "Loosen a requirement" in out
    assert "Asked because: &lt;i&gt;The contract&lt;/i&gt; says so." in out
    alone = told(home, alternatives=[ONE, TWO], requirements=STRICT)
    assert "Only one meets every requirement" in alone
    assert "Nobody has said yet what matters" in told(home, alternatives=[ONE, TWO])
    weighted = [{**leaf, "weight": 1} for leaf in LEAVES]
    both = told(home, alternatives=[ONE, TWO], criteria=weighted)
    assert "Nobody has said" not in both
    level = told(home, alternatives=[ONE, {**ONE, "id": "b", "name": "B"}], criteria=weighted)
    assert "Neither is ahead" in level


def test_every_link_of_the_pages_leads_to_a_page() -> None:
    source = Path(router.__file__).parent
    named = set()
    for path in source.rglob("*.py"):
        named |= set(re.findall(r"\bgo\(\s*['\"]([a-z]+)['\"]", path.read_text(encoding="utf-8")))
    assert named <= {page.name for page in router.pages()}
    assert {"compare", "edit", "start", "weigh"} <= named
