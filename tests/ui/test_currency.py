"""In a business with another currency pages tell amounts in it; what files say stays in dollars."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from selector import analyse
from selector.catalog.library import Library
from selector.ui import sampling
from tests.exports.made import decided
from tests.golden.cases import Case
from tests.stack.test_composing import stacks_of
from tests.stack.test_currency import decided as stack_with_bills
from tests.ui.drawn import draw, markup
from tests.ui.test_weigh import weigh, written

SCALE = {"worst": 3000, "best": 0}
# A figure of a bill reads as its source has it, and a rate names both currencies.
GIVEN = re.compile(
    r"(Bill of a month, as known(: |</b>: |<small>|” at )|1 EUR = 1.25 US dollars)[^<]*"
)


def shown(page: str, **link: str) -> str:
    """All that a page shows, of components their data too."""
    test = draw(page, **link)
    assert not test.exception
    return markup(test) + " ".join(str(each.proto) for each in test.get("bidi_component"))


def decide(home: Path, **changes: Any) -> None:
    Case("money", {"decision": decided(True, SCALE) | changes}).home(home)


@pytest.mark.parametrize("page", ["decision", "weigh", "compare", "cost", "robustness"])
def test_no_page_tells_what_costs_in_dollars(page: str, home: Path) -> None:
    decide(home)
    # Another's draws of the same version, in dollars, are not what the page shows.
    filed = analyse(Library(home).decision("case"))
    assert sampling.at_once(filed, sampling.Settings()).performance_flips
    told = shown(page)
    assert "EUR" in told
    assert re.findall(r".{0,60}(?:USD|US dollars?).{0,40}", GIVEN.sub("", told)) == []


@pytest.mark.parametrize("page", ["stack", "decision", "cost"])
def test_no_page_tells_a_whole_stack_in_dollars(page: str, home: Path) -> None:
    stacks_of(home, decision=stack_with_bills())
    told = shown(page, decision="whole")
    assert "EUR" in told
    assert re.findall(r".{0,60}(?:USD|US dollars?).{0,40}", GIVEN.sub("", told)) == []


def test_what_a_bill_rests_on_reads_as_its_source_has_it(home: Path) -> None:
    decide(home)
    told = shown("compare", cell="b:price")
    assert "≈ 800–1,200 EUR per month" in told
    assert "Bill of a month, as known: 1,000–1,500 USD, most likely 1,250" in told


def test_what_is_edited_is_in_the_unit_of_the_file(home: Path) -> None:
    decide(home)
    test = draw("edit")
    views = {"Scales": "3,000 to 0 USD", "Requirements": "5,000 USD", "Alternatives": "9,000 USD"}
    for view, figure in views.items():
        test.session_state["edit_view"] = view
        told = markup(test.run())
        assert figure in told, view
        assert "EUR" not in told, view


def test_a_scale_is_tightened_to_round_ends_as_they_are_told(home: Path) -> None:
    rows = [row for row in decided(True)["alternatives"] if row["id"] in "ab"]
    for row, bill in zip(rows, (1000, 1130), strict=True):
        row["cost"]["monthly"]["value"] = bill
    decide(home, alternatives=rows)
    data = written(weigh(("tighten", "price")))
    assert data["scales"] == {"price": {"worst": 1250, "best": 1000}}  # 1,000 and 800 EUR
