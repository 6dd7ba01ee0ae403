"""How Compare is looked at: what a link says of it, the order of its rows and columns, what is
hidden, and the values of groups.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector.analysis import Analysis
from selector.ui import comparing
from selector.ui.comparing import ALL, Look
from tests.strategies import analysed, decisions, yaml_day

IDS = st.from_regex(r"\A[a-z0-9][a-z0-9_-]{0,8}\Z")
LOOKS = st.builds(
    Look,
    view=st.sampled_from(comparing.VIEWS),
    columns=st.one_of(st.just(""), st.just(ALL), IDS),
    rows=st.sampled_from(comparing.ROWS),
    only=st.sampled_from(comparing.ONLY),
    least=st.integers(0, 200).map(lambda half: half / 2),
    words=st.text(max_size=comparing.LONGEST),
    shown=st.lists(IDS, unique=True).map(tuple),
    fold=st.lists(IDS, unique=True).map(tuple),
    pair=st.lists(IDS, unique=True, max_size=2).map(tuple),
    by=st.sampled_from(comparing.BY),
    within=st.one_of(st.just(""), st.just(ALL), IDS),
    lit=st.one_of(st.just(""), IDS),
)


@given(LOOKS)
def test_a_link_brings_back_the_same_look(look: Look) -> None:
    assert comparing.from_link(comparing.to_link(look)) == look


def test_the_usual_look_needs_no_link() -> None:
    assert comparing.to_link(Look()) == {}


@pytest.mark.parametrize(
    "link",
    [
        {"view": "cube", "rows": "../etc", "only": "<img>", "by": ""},
        {"columns": "Not An Id", "fold": "<script>,,", "pair": "A", "least": "much"},
        {"least": "nan", "within": "**", "lit": "a b"},
    ],
)
def test_what_a_link_says_wrongly_is_left_out(link: dict[str, str]) -> None:
    assert comparing.from_link(link) == Look()


def case() -> Analysis:
    """Three alternatives on two groups and a leaf of its own: z leads y by 0.07, x is last."""
    line = {"worst": 0, "best": 10}
    data: dict[str, Any] = {
        "id": "case",
        "title": "Case",
        "as_of": "2026-11-24",
        "criteria": [
            {
                "id": "safe",
                "name": "Safety",
                "weight": 50,
                "children": [
                    {"id": "keys", "name": "Own keys", "weight": 40, "value": line},
                    {"id": "log", "name": "Audit log", "weight": 60, "unit": "days", "value": line},
                ],
            },
            {"id": "price", "name": "Price", "weight": 20, "value": {"worst": 10, "best": 0}},
            {
                "id": "use",
                "name": "Use",
                "weight": 30,
                "children": [{"id": "fast", "name": "Speed", "value": line}],
            },
        ],
        "alternatives": [
            {"id": "x", "performance": {"keys": 5, "log": 1, "price": 9, "fast": 0}},
            {"id": "y", "performance": {"keys": 5, "log": 9, "price": 5, "fast": 5}},
            {"id": "z", "performance": {"keys": 5, "log": 8, "price": 0, "fast": None}},
        ],
    }
    return analysed(yaml_day(data))


def rows(look: Look) -> list[str]:
    return [row.node.id for row in comparing.arranged(case(), look).rows]


def columns(look: Look) -> tuple[str, ...]:
    return comparing.arranged(case(), look).columns


def test_columns_stand_by_rank_by_file_or_by_a_criterion() -> None:
    assert columns(Look()) == ("z", "y", "x")
    assert columns(Look(columns=ALL)) == ("x", "y", "z")
    assert columns(Look(columns="log")) == ("y", "z", "x")
    assert columns(Look(columns="keys")) == ("z", "y", "x")  # level: by rank
    assert columns(Look(columns="safe")) == ("y", "z", "x")  # a group
    assert columns(Look(columns="gone")) == ("z", "y", "x")


def test_rows_stand_by_file_weight_or_spread_inside_their_groups() -> None:
    assert rows(Look()) == ["safe", "keys", "log", "price", "use", "fast"]
    assert rows(Look(rows="weight")) == ["safe", "log", "keys", "use", "fast", "price"]
    # Points between best and worst: safe 0.24 (log 0.24, keys 0), price 0.18, use 0.15.
    assert rows(Look(rows="spread")) == ["safe", "log", "keys", "price", "use", "fast"]
    # Among y and z alone: price 0.10, safe 0.03, use 0.
    assert rows(Look(rows="spread", shown=("y", "z")))[:2] == ["price", "safe"]


def test_rows_can_be_left_out() -> None:
    assert rows(Look(only="apart")) == ["safe", "log", "price"]  # z and y: level on keys, fast
    assert rows(Look(only="apart", shown=("x", "y"))) == ["safe", "log", "price", "use", "fast"]
    assert rows(Look(only="open")) == ["use", "fast"]
    assert rows(Look(only="open", shown=("x", "y"))) == []
    assert rows(Look(least=25)) == ["safe", "log", "use", "fast"]
    assert rows(Look(words="audit")) == ["safe", "log"]
    assert rows(Look(words="safety OWN")) == ["safe", "keys"]
    assert rows(Look(words="days")) == ["safe", "log"]
    assert rows(Look(words="nowhere")) == []


def test_at_least_one_alternative_is_shown() -> None:
    assert columns(Look(shown=("x",))) == ("x",)
    assert columns(Look(shown=("gone",))) == ("z", "y", "x")
    one = comparing.arranged(case(), Look(shown=("x",), only="apart", rows="spread"))
    assert (one.rows, one.first_two) == ((), ("x",))


def test_what_is_hidden_is_counted() -> None:
    found = comparing.arranged(case(), Look(only="apart", shown=("x", "y")))
    assert (found.criteria, found.of_criteria) == (3, 4)
    assert (len(found.columns), found.of_alternatives) == (2, 3)


@given(decisions())
@settings(max_examples=40, deadline=None)
def test_the_values_of_the_top_add_up_to_the_scores(data: dict[str, Any]) -> None:
    analysis = analysed(data)
    found = comparing.worths(analysis)
    for end in range(3):
        whole = sum(
            comparing.weight_of(analysis, node) * found[node.id][end]
            for node in analysis.decision.criteria.criteria
        )
        scores = [analysis.scores[a][end] for a in analysis.table.alternatives]
        np.testing.assert_allclose(whole, scores, atol=1e-12)


@given(decisions(), LOOKS)
@settings(max_examples=40, deadline=None)
def test_any_look_fits_any_decision(data: dict[str, Any], look: Look) -> None:
    analysis = analysed(data)
    found = comparing.arranged(analysis, look)
    assert 1 <= len(found.columns) <= found.of_alternatives
    ids = [row.node.id for row in found.rows]
    assert len(set(ids)) == len(ids)
    for row in found.rows:
        assert set(row.above) <= set(ids)
    everything = comparing.arranged(analysis, Look(rows=look.rows, columns=look.columns))
    assert everything.criteria == everything.of_criteria


def test_the_pair_is_the_chosen_one_while_both_rank() -> None:
    assert comparing.pair_of(case(), Look()) == ("z", "y")
    assert comparing.pair_of(case(), Look(pair=("x", "z"))) == ("x", "z")
    assert comparing.pair_of(case(), Look(pair=("x", "gone"))) == ("z", "y")
