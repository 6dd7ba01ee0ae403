"""What a round's ballots say together: against the engine one by one, and as properties."""

import json
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from selector.analysis import Analysis
from selector.analysis.opinions import minority
from selector.domain.decision import Stakeholder
from selector.mcda.group import kendalls_w
from selector.workshop.asking import questions, shares_of
from selector.workshop.results import results, stakeholders_from, to_json
from tests.workshop.rounds import ballot, rounds
from tools.schemas import FOLDER, ROUND, written

SCHEMA = json.loads((FOLDER / f"{ROUND}.json").read_text(encoding="utf-8"))

# --- against the engine, one by one -------------------------------------------------------------


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_each_persons_ranking_is_that_of_the_engine(made_round: Any) -> None:
    analysed, rules, ballots = made_round
    rules = rules._replace(scores=(), roles=tuple(r._replace(scores=()) for r in rules.roles))
    got = results(analysed, rules, ballots)
    for one in ballots:
        row = got.rows[got.places[one.participant]]
        own = analysed.with_shares(dict(shares_of(analysed, one.weights)))
        assert row.weights == pytest.approx(list(own.weights.values()), abs=1e-12)
        if row.ranking:
            scores = {r.alternative: (r.rank, pytest.approx(r.score)) for r in own.ranking}
            assert {r.alternative: (r.rank, r.score) for r in row.ranking} == scores
        for name, share in row.shares.items():
            if share is not None:
                assert share == pytest.approx(own.shares[name], abs=1e-12)


def test_the_shipped_schema_is_current() -> None:
    assert written(ROUND) == (FOLDER / f"{ROUND}.json").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_the_parts_agree_with_each_other(made_round: Any) -> None:
    analysed, rules, ballots = made_round
    got = results(analysed, rules, ballots)
    told = json.loads(json.dumps(to_json(results(analysed, rules, ballots, got)), allow_nan=False))
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert set(told) == set(SCHEMA["properties"])
    assert got.participants == len(ballots)
    assert got.opinions == sum(any(s is not None for s in r.shares.values()) for r in got.rows)
    ranked = [r for r in got.rows if r.ranking]
    assert sum(first.people for first in got.firsts) == pytest.approx(len(ranked))
    assert set(got.talk) | set(got.calm) == {one.id for one in got.weighed}
    for one in got.weighed:
        given_ = [r.shares[one.id] for r in got.rows if r.shares[one.id] is not None]
        assert one.opinions == len(given_)
        if given_:
            assert one.low == min(given_)
            assert one.high == max(given_)
            assert one.median == pytest.approx(float(np.median(given_)))
            assert one.mean == pytest.approx(float(np.mean(given_)))
            assert one.low <= one.lower <= one.median <= one.upper <= one.high  # type: ignore[operator]
        else:
            assert one.mean is one.median is one.low is one.high is None
            assert one.weight == pytest.approx(analysed.shares[one.id])
        past_low = sum(s < one.stable_low - 1e-12 for s in given_) if one.below else 0
        past_high = sum(s > one.stable_high + 1e-12 for s in given_) if one.above else 0
        assert (one.past, one.matters) == (past_low + past_high, past_low + past_high > 0)
    for family in analysed.basis.families:
        assert sum(got.shares[name] for name in family) == pytest.approx(1)
    ranks = [[r.rank for r in sorted(row.ranking)] for row in ranked]
    assert got.kendall_w == (kendalls_w(ranks) if ranks and ranks[0] else None)
    assert sum(len(camp.members) for camp in got.camps) == got.opinions


@given(rounds(full=True))
@settings(max_examples=25, deadline=None)
def test_the_minority_is_that_of_stakeholders(made_round: Any) -> None:
    analysed, rules, ballots = made_round
    got = results(analysed, rules, ballots)
    views = {
        one.participant: (1.0, analysed.with_shares(dict(shares_of(analysed, one.weights))).ranking)
        for one in ballots
        if got.rows[got.places[one.participant]].ranking
    }
    expected = minority(views, got.ranking, is_sum=True)
    assert sum(one.people for one in got.minority) == len(expected)
    for one in got.minority:
        losses = [row.loss for row in expected if row.winner == one.alternative]
        assert one.people == len(losses)
        assert one.loss == pytest.approx(np.mean(losses))
        assert one.most_loss == pytest.approx(max(losses))


# --- properties ---------------------------------------------------------------------------------


@given(rounds(), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_ballots_changes_nothing(made_round: Any, chance: Any) -> None:
    analysed, rules, ballots = made_round
    mixed = chance.sample(ballots, len(ballots))
    assert to_json(results(analysed, rules, mixed)) == to_json(results(analysed, rules, ballots))


@given(rounds(), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_who_uses_the_slider_half_as_far_says_the_same(made_round: Any, halvings: int) -> None:
    analysed, rules, ballots = made_round
    small = [
        one._replace(
            weights={
                name: None if points is None else points / 2**halvings
                for name, points in one.weights.items()
            }
        )
        for one in ballots
    ]
    assert to_json(results(analysed, rules, small)) == to_json(results(analysed, rules, ballots))


@given(rounds(full=True), st.integers(2, 5))
@settings(max_examples=25, deadline=None)
def test_people_who_say_the_same_agree_fully(made_round: Any, count: int) -> None:
    analysed, rules, ballots = made_round
    assume(ballots and ballots[0].weights)
    same = [ballots[0]._replace(participant=f"q{n}") for n in range(count)]
    got = results(analysed, rules, same)
    levels = {row.rank for row in got.ranking}
    assert got.kendall_w is None if len(levels) < 2 else got.kendall_w == pytest.approx(1)
    assert len(got.camps) <= 1
    assert got.minority == ()
    for one in got.weighed:
        assert one.low == pytest.approx(one.high)


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_a_ballot_without_any_opinion_counts_only_as_a_ballot(made_round: Any) -> None:
    analysed, rules, ballots = made_round
    more = [*ballots, ballot("silent", {q.id: None for q in questions(analysed, rules)})]
    got, was = results(analysed, rules, more), results(analysed, rules, ballots)
    assert got.participants == was.participants + 1
    assert got.without_opinion == was.without_opinion + 1
    assert got.weighed == was.weighed
    assert got.ranking == was.ranking
    assert got.firsts == was.firsts
    assert got.consensus == was.consensus


@given(rounds(full=True))
@settings(max_examples=25, deadline=None)
def test_stakeholders_make_the_same_of_it(made_round: Any) -> None:
    analysed, rules, ballots = made_round
    people = stakeholders_from(analysed, rules, ballots)
    got = results(analysed, rules, ballots)
    assert len(people) == got.opinions
    assume(people)
    same = with_stakeholders(analysed, people).stakeholders()
    assert same.aggregate is not None
    weights = dict(same.aggregate.weights)
    own = analysed.with_shares(dict(got.shares)).weights
    assert weights == pytest.approx(own, abs=1e-6)
    scores = {row.alternative: row.score for row in got.ranking}
    assert {r.alternative: r.score for r in same.aggregate.ranking} == pytest.approx(
        scores, abs=1e-6
    )


def with_stakeholders(analysed: Analysis, people: Any) -> Analysis:
    rows = tuple(Stakeholder(p["name"], p["weights"]) for p in people)
    return Analysis(analysed.decision._replace(stakeholders=rows))
