"""What the projector lists while people weigh: all of it, whatever is asked."""

import re
from typing import Any

import pytest

import selector
from selector.analysis import Analysis, analyse
from selector.workshop import asking
from selector.workshop.records import Ask, Rules
from selector.workshop.web.pages.show import weighed
from tests.workshop.rooms import Room
from tests.workshop.test_join_page import MOST


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    """A decision of seven groups, large and small."""
    return analyse(selector.load("support-assistant"))


@pytest.mark.parametrize("ask", ["groups", "leaves", "both"])
def test_all_that_is_weighed_is_listed(analysis: Analysis, ask: Ask) -> None:
    rows = weighed(analysis, Rules(ask))
    assert len(rows) == len(analysis.decision.criteria.criteria)
    told = [name for name, _ in rows] + [one for _, what in rows for one in what.split("; ")]
    asked = asking.questions(analysis, Rules(ask))
    assert {question.name for question in asked} <= set(told)
    assert len(told) == len(set(told))


def test_a_criterion_without_parts_says_its_step(open_room: Any) -> None:
    room: Room = open_room(ask="groups")
    page = room.client.get(f"/show/{room.code}").text
    assert "<b>Money</b> <span>Price; Terms</span>" in page
    assert "<b>Quality</b> <span>from 0 to 10</span>" in page


def test_where_single_criteria_are_weighed_they_stand_under_their_group(open_room: Any) -> None:
    room: Room = open_room(ask="leaves")
    page = room.client.get(f"/show/{room.code}").text
    assert "<b>Money</b> <span>Price; Terms</span>" in page


@pytest.mark.parametrize("page", ["show", "run"])
def test_the_other_pages_are_as_light_as_the_phones(open_room: Any, page: str) -> None:
    room: Room = open_room(decision="support-assistant", ask="both")
    answer = room.client.get(f"/{page}/{room.code}")
    assert answer.status_code == 200
    assert len(answer.content) < MOST
    loaded = re.findall(r'(?:src|href)="(/[^"]+)"', answer.text)
    assert {at.rsplit("/", 1)[-1] for at in loaded} <= {"qr.svg", room.code}
