"""Decisions and ballots of rounds, by hand and for hypothesis."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from selector.analysis import Analysis
from selector.domain import EMPTY
from selector.workshop.asking import questions, scored
from selector.workshop.records import Ballot, Role, Rules
from tests import strategies as made

DAY = date(2026, 11, 24)


def data(**more: Any) -> made.Data:
    """Two groups beside a leaf; A is fast and dear, B cheap and slow, C in between."""
    return {
        "id": "round",
        "title": "Round",
        "as_of": DAY,
        "criteria": [
            {"id": "speed", "name": "Speed", "weight": 50, "value": {"worst": 0, "best": 10}},
            {
                "id": "money",
                "name": "Money",
                "weight": 30,
                "children": [
                    {"id": "price", "name": "Price", "unit": "USD", "weight": 75,
                     "value": {"worst": 10, "best": 0}},
                    {"id": "extras", "name": "Extras", "weight": 25,
                     "value": {"worst": 0, "best": 1}},
                ],
            },
            {
                "id": "safety",
                "name": "Safety and law",
                "weight": 20,
                "question": "How much does it matter to be safe, against bare?",
                "children": [
                    {"id": "audit", "name": "Audit", "value": {"worst": 0, "best": 1},
                     "question": "How much does an audit matter?",
                     "anchors": {0: "None", 0.5: "Some", 1: "All"}},
                    {"id": "keys", "name": "Keys", "value": {"worst": 0, "best": 1}},
                ],
            },
        ],
        "alternatives": [
            {"id": "a", "name": "Alpha, large",
             "performance": {"speed": 9, "price": 9, "extras": 0.5, "audit": 0.6, "keys": 1}},
            {"id": "b", "name": "Beta, small",
             "performance": {"speed": 2, "price": 1, "extras": 1, "audit": 0.5, "keys": 0}},
            {"id": "c", "name": "Gamma",
             "performance": {"speed": 6, "price": 5, "extras": 0, "audit": 1, "keys": 1}},
        ],
    } | more  # fmt: skip


def analysis(**more: Any) -> Analysis:
    """The analysis of the decision by hand."""
    return made.analysed(data(**more))


def ballot(who: str = "", weights: Mapping[str, float | None] = EMPTY, **more: Any) -> Ballot:
    """A ballot of round 1."""
    return Ballot(**{"participant": who, "round": 1, "weights": weights} | more)


def top(
    who: str, speed: float | None, money: float | None, safety: float | None, **more: Any
) -> Ballot:
    """A ballot on the top of the tree."""
    return ballot(who, {"speed": speed, "money": money, "safety": safety}, **more)


def points() -> st.SearchStrategy[float | None]:
    """Points of a slider, tiny ones too, or no opinion."""
    return st.one_of(
        st.integers(0, 100).map(float), st.none(), st.sampled_from([1e-9, 0.5, 33.3, 100.0])
    )


@st.composite
def rounds(
    draw: st.DrawFn, full: bool = False, most: int = 6
) -> tuple[Analysis, Rules, list[Ballot]]:
    """A decision, the rules of a room on it, and ballots that it takes.

    `full`: everybody answers everything, with more than 0.
    """
    found = made.analysed(draw(made.decisions(clamped=True)))
    leaves = [leaf.id for leaf in found.leaves]
    scores = () if full else tuple(draw(st.lists(st.sampled_from(leaves), max_size=2, unique=True)))
    ask = draw(st.sampled_from(["groups", "leaves"] if full else ["groups", "leaves", "both"]))
    some = st.lists(st.sampled_from([n.id for n in found.decision.criteria.walk()]), unique=True)
    roles = () if full else (Role("finance", tuple(draw(some))), Role("tech", None, scores))
    rules = Rules(ask, scores, True, False, roles)
    ids = [a.id for a in found.alternatives]
    ballots = []
    for number in range(draw(st.integers(0, most))):
        role = "" if full else draw(st.sampled_from(["", "finance", "tech"]))
        given = st.integers(1, 100).map(float) if full else points()
        weights = {q.id: draw(given) for q in questions(found, rules, role)}
        own = {
            a: {one.id: draw(points()) for one in scored(found, rules, role)}
            for a in ids
            if not full and draw(st.booleans())
        }
        gut = () if full else tuple(draw(st.permutations(ids)))[: draw(st.integers(0, len(ids)))]
        ballots.append(ballot(f"p{number}", weights, scores=own, gut_ranking=gut, role=role))
    return found, rules, ballots
