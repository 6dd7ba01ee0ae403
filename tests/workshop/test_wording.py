"""The sentences of a reveal: right in number, and saying what the figures say."""

from typing import Any

import pytest
from hypothesis import given, settings

from selector.workshop import wording
from selector.workshop.records import Ballot, Rules
from selector.workshop.results import Results, results, to_json
from selector.workshop.results.records import Change
from tests.workshop.rounds import analysis, rounds, top

FOUND = analysis()


def found(*ballots: Ballot, **rules: Any) -> Results:
    return results(FOUND, Rules(**rules), ballots)


def many(who: str, count: int, speed: float, money: float, safety: float) -> list[Ballot]:
    return [top(f"{who}{n}", speed, money, safety) for n in range(count)]


FAST, CHEAP = many("f", 3, 60, 10, 30), many("c", 2, 10, 80, 10)


def test_the_headline_says_who_would_be_chosen_and_what_to_talk_about() -> None:
    got = found(*FAST, *CHEAP)
    assert wording.headline(got).startswith("3 of 5 of you would choose Alpha")
    assert wording.headline(got, "people").startswith("3 of 5 people would choose Alpha")
    assert "Talk about" in wording.headline(got)


def test_what_cannot_change_the_winner_is_not_worth_the_talk() -> None:
    one = found(*many("a", 4, 80, 10, 10), top("x", 75, 5, 20))
    assert one.talk == ()
    assert wording.headline(one) == (
        "All 5 of you would choose Alpha. You differ most on safety and law, and it cannot change "
        "the winner."
    )
    assert {wording.verdict(one, row) for row in one.weighed} == {"Cannot change the winner"}


def test_the_look_of_the_reveal() -> None:
    # Speed is pressing; what people differ on beside it and cannot matter is named too.
    got = found(*many("a", 3, 60, 20, 20), *many("b", 2, 20, 20, 60))
    rows = {one.id: one for one in got.weighed}
    assert rows["money"].matters is False
    pressing = [one.name.lower() for one in got.weighed if one.is_pressing]
    assert pressing
    told = wording.headline(got)
    assert told.startswith("3 of 5 of you would choose Alpha. Talk about ")
    assert all(name in told for name in pressing)
    assert {wording.verdict(got, one) for one in got.weighed if one.is_pressing} == {
        "Talk: it can change the winner"
    }
    above = wording.reason(got, rows["safety"])
    assert above.endswith("would be first; 2 of 5 are there.")
    assert above.startswith("Above ")
    assert "Gamma" in above


def test_without_a_pressing_one_the_widest_that_matters_is_to_be_talked_about() -> None:
    # One of nine is past an end: the middle half is not.
    got = found(*many("a", 8, 60, 20, 20), top("x", 20, 20, 60))
    matter = [one for one in got.weighed if one.matters]
    assert matter
    assert [one.id for one in got.weighed if one.is_pressing] == [got.talk[0]]
    verdicts = [wording.verdict(got, one) for one in matter]
    assert verdicts.count("Talk: it can change the winner") == 1
    assert wording.reason(got, matter[0]).endswith("1 of 9 is there.")


@pytest.mark.parametrize(
    ("ballots", "start"),
    [
        ([], "Nobody has voted."),
        ([top("x", None, None, None)], "Nobody had an opinion. By the decision's own weights "),
        (FAST[:1], "The one who weighed would choose Alpha."),
        (FAST[:2], "Both of you would choose Alpha. You weigh alike."),
        (FAST, "All 3 of you would choose Alpha."),
        ([*FAST[:1], *CHEAP[:1]], "Alpha and Beta are first for 1 of 2 of you each."),
    ],
)
def test_few_people_in_words(ballots: list[Ballot], start: str) -> None:
    assert wording.headline(found(*ballots)).startswith(start)


def test_both_and_all_read_well_of_participants_too() -> None:
    assert wording.headline(found(*FAST[:2]), "participants").startswith("Both participants would")
    assert wording.headline(found(*FAST), "participants").startswith("All 3 participants would")


def test_where_all_together_choose_another_the_headline_says_so() -> None:
    # Three are a little for Alpha, two very much for Beta.
    mild = many("m", 3, 40, 35, 25)
    got = found(*mild, *many("s", 2, 0, 100, 0))
    firsts = {f.alternative: f.people for f in got.firsts}
    leader = max(firsts, key=lambda name: firsts[name])
    together = next(row for row in got.ranking if row.rank == 1)
    assert leader != together.alternative
    assert f"but all weights together put {got.short[together.alternative]} first" in (
        wording.headline(got)
    )


def test_a_consensus_on_another_than_all_together_choose_is_not_left_at_that() -> None:
    mild = many("m", 3, 40, 35, 25)
    got = found(*mild, *many("s", 2, 0, 100, 0), lead=0.5, agreement=0.0)
    assert got.consensus.level == "reached"
    names = [got.short[row.alternative] for row in got.ranking if row.rank == 1]
    assert wording.consensus(got).endswith(
        f" All weights together put {names[0]} first: settle which counts before you sign."
    )
    assert "settle" not in wording.consensus(found(*FAST))


def test_where_no_single_weight_decides_nobody_is_told_that_all_is_calm() -> None:
    """Roles weigh a part each, so that most rank by the decision, and one against all of it."""
    got = found(*many("m", 3, 40, 35, 25), *many("s", 2, 0, 100, 0))
    calm = [one._replace(matters=False, is_pressing=False) for one in got.weighed]
    held = got._replace(weighed=tuple(calm), talk=(), calm=tuple(one.id for one in calm))
    assert wording.headline(held).endswith(
        " first. No single weight makes that difference; several together do."
    )


def test_what_one_person_weighs_for_all_is_said() -> None:
    part = [top(f"f{n}", None, 50 + n, None) for n in range(4)]
    got = found(*part, top("all", 80, 10, 90))
    assert wording.headline(got).endswith(
        "On 2 of 3 criteria one person's weights stand for all: ask the others first."
    )
    rows = {one.id: wording.verdict(got, one) for one in got.weighed}
    assert rows["speed"].endswith("; 1 of 5 weighed it")
    assert "weighed it" not in rows["money"]


def test_nothing_left_to_choose_from() -> None:
    out = [{"criterion": "speed", "at_least": 100}]
    got = results(analysis(requirements=out), Rules(), FAST)
    assert wording.headline(got) == "No alternative is left to choose from."
    assert wording.agreement(got).startswith("There is nothing to agree on")
    assert {wording.verdict(got, one) for one in got.weighed} == {""}


@pytest.mark.parametrize(
    ("w", "words"),
    [
        (1.0, "nearly the same"),
        (0.9, "nearly the same"),
        (0.71, "much alike"),
        (0.5, "moderately alike"),
        (0.3, "only a little alike"),
        (0.0, "hardly alike"),
    ],
)
def test_kendalls_w_in_words(w: float, words: str) -> None:
    got = found(*FAST, *CHEAP)
    held = got._replace(consensus=got.consensus._replace(kendall_w=w))
    assert wording.agreement(held) == (
        f"People's rankings are {words} (Kendall's W {w:.2f}; 0 is no agreement, 1 the same "
        "ranking from all)."
    )


def test_consensus_is_told_against_what_was_wanted() -> None:
    assert wording.consensus(found(*FAST)) == (
        "Consensus: Alpha is first for 3 of 3 (at least 60 of 100 were wanted) and the rankings "
        "agree (Kendall's W 1.00, at least 0.70 was wanted)."
    )
    half = wording.consensus(found(*FAST, *CHEAP))
    assert half.startswith("Half a consensus: Alpha is first for 3 of 5 (at least 60 of 100 were ")
    assert "but the rankings differ (Kendall's W " in half
    none = wording.consensus(found(*FAST[:2], *CHEAP))
    assert none.startswith("No consensus yet: no single one leads")
    assert wording.consensus(found(*FAST[:1])).startswith("Too few for a consensus")


def test_the_minority_is_told_in_the_right_number() -> None:
    (one,) = wording.minority(found(*FAST, CHEAP[0]))
    assert one.startswith("1 of 4 would choose Beta: by that person's weights Alpha is ")
    assert "points of 100 behind it; apart on money (80" in one
    (two,) = wording.minority(found(*FAST, *CHEAP))
    assert two.startswith("2 of 5 would choose Beta: by their weights Alpha is ")
    assert "behind it on average" in two
    assert wording.minority(found(*FAST)) == []


def test_feeling_against_the_weights() -> None:
    ballots = [one._replace(gut_ranking=("b", "a")) for one in FAST]
    assert wording.gut(found(*ballots, *CHEAP)) == [
        "By feeling Beta is first for 3 of 3; all weights together put Alpha first.",
        "For none of 3 feeling and weights put the same first.",
    ]
    same = [one._replace(gut_ranking=("a",)) for one in FAST[:1]]
    assert wording.gut(found(*same, *FAST[1:])) == [
        "By feeling Alpha is first for 1 of 1, and so by all weights together.",
        "For 1 of 1 feeling and weights put the same first.",
    ]
    split = [FAST[0]._replace(gut_ranking=("a",)), FAST[1]._replace(gut_ranking=("c",))]
    assert wording.gut(found(*split))[0].startswith(
        "By feeling Alpha and Gamma are first for 1 of 2 each; all weights"
    )
    assert wording.gut(found(*FAST)) == []


def test_what_moved() -> None:
    before = found(*FAST, *CHEAP)
    now = [*FAST, CHEAP[0], top("c1", 60, 10, 30)]
    got = results(FOUND, Rules(), [one._replace(round=2) for one in now], before)
    told = wording.movement(got)
    assert told[0] == (
        "Since round 1, 1 of 5 who voted in both rounds weighs otherwise, and 1 puts another first."
    )
    assert told[1] == "All weights together still put Alpha first."
    assert told[2].startswith("The agreement grew: Kendall's W went from 0.")
    assert wording.movement(before) == []
    strangers = [one._replace(participant=f"new{n}") for n, one in enumerate(CHEAP)]
    told = wording.movement(results(FOUND, Rules(), strangers, before))
    assert told[0] == "Nobody voted in round 1 and in this one."
    assert told[1] == "All weights together now put Beta first, before it was Alpha."


def test_agreement_that_stays_is_told_as_such() -> None:
    before = found(*FAST, *CHEAP)
    got = results(FOUND, Rules(), [*FAST, *CHEAP], before)
    told = wording.movement(got)
    assert "0 of 5" not in told[0]
    assert told[0].startswith("Since round 1, none of 5 who voted in both rounds weigh otherwise")
    assert any(text.startswith("The agreement is as before (Kendall's W ") for text in told)
    assert got.movement is not None
    assert got.movement.kendall_w == Change(got.kendall_w, got.kendall_w)


def test_camps_in_words() -> None:
    told = wording.camps(found(*FAST, *CHEAP))
    assert told[0] == "There are 2 camps of opinion."
    assert told[1].startswith("3 people: first is Alpha for 3; apart on ")
    assert told[2].startswith("2 people: first is Beta for 2; apart on ")
    assert wording.camps(found(*FAST)) == ["No camps of opinion stand out."]
    assert wording.camps(found(*FAST[:2])) == []


def test_scores_in_words() -> None:
    scored = [
        FAST[0]._replace(scores={"a": {"speed": 0}, "c": {"speed": 100}}),
        FAST[1]._replace(scores={"a": {"speed": 40}, "c": {"speed": 100}}),
    ]
    assert wording.scores(found(*scored, FAST[2], scores=("speed",))) == [
        "People score Alpha on speed most differently: from 0 to 40 of 100.",
        "Without the scores Alpha would be first.",
    ]
    assert wording.scores(found(*FAST, scores=("speed",))) == []


@given(rounds())
@settings(max_examples=25, deadline=None)
def test_every_sentence_reads_as_one(made_round: Any) -> None:
    analysed, rules, ballots = made_round
    before = results(analysed, rules, ballots[:2])
    got = results(analysed, rules, ballots, before)
    told = [wording.headline(got), wording.consensus(got), wording.agreement(got)]
    told += [
        text for part in wording.sentences(got).values() if isinstance(part, list) for text in part
    ]  # type: ignore[attr-defined]
    for text in told:
        assert text[-1] == "."
        assert text == text.strip()
        assert "  " not in text
        assert "None" not in text
        assert "nan" not in text
        assert "e+" not in text
    assert to_json(got)["headline"] == told[0]
