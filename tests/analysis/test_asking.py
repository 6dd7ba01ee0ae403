"""The guided dialogues: what is asked next, and that the answers give the weights they should."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector.analysis.asking import (
    MOST_CHECKS,
    WAYS,
    Answer,
    Question,
    Way,
    left,
    question,
    questions,
    spec_of,
    way_of,
    weights_with,
)
from selector.analysis.weights import elicited, set_weights
from selector.catalog.library import Library
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.decision import Decision
from tests import strategies as made

PUBLISHED = Path(__file__).parents[1] / "published" / "weighting"
NAMES = ("a", "b", "c", "d", "e")


def ask(way: Way, names: Sequence[str], reply: Callable[[Question], Answer]) -> list[Answer]:
    """Answer every question of a dialogue."""
    answers: list[Answer] = []
    while (asked := question(way, names, answers)) is not None:
        assert left(way, names, answers) > 0
        answers.append(reply(asked))
        assert len(questions(way, names, answers)) == len(answers)
    assert left(way, names, answers) == 0
    return answers


def decided(names: Sequence[str], way: dict[str, Any]) -> Decision:
    """A flat decision that is weighed so."""
    criteria = CriteriaSet("s", "S", tuple(Criterion(name, name) for name in names))
    return Decision("d", "D", criteria, weights=spec_of(way))


def shares(decision: Decision) -> dict[str, float]:
    """The shares of a decision that needs no data for them."""

    def measured() -> Any:
        raise AssertionError

    return set_weights(decision, measured).shares


def published(method: str) -> list[dict[str, Any]]:
    found = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in sorted(PUBLISHED.iterdir())]
    return [example for example in found if example["method"] == method]


def printed(text: str) -> Any:
    decimals = len(text.partition(".")[2])
    return pytest.approx(float(text), abs=0.5 * 10**-decimals + 1e-12, rel=0)


def test_swings_are_ranked_and_then_given_points_against_the_biggest() -> None:
    order = iter("cadb")
    points = iter((80.0, 80.0, 20.0, 0.0))
    asked: list[Question] = []

    def reply(one: Question) -> Answer:
        asked.append(one)
        return next(points) if one.kind == "points" else next(order)

    way = way_of("swing", NAMES, ask("swing", NAMES, reply))
    assert way == {"method": "swing", "values": {"c": 100, "a": 80, "d": 80, "b": 20, "e": 0}}
    assert list(way["values"]) == ["c", "a", "d", "b", "e"]
    assert [one.kind for one in asked] == ["first", "next", "next", "next", *["points"] * 4]
    assert [one.about for one in asked[4:]] == [("a", "c"), ("d", "c"), ("b", "c"), ("e", "c")]
    assert [one.most for one in asked[4:]] == [100, 80, 80, 20]
    found = shares(decided(NAMES, way))
    assert found == pytest.approx({"c": 100 / 280, "a": 8 / 28, "d": 8 / 28, "b": 2 / 28, "e": 0})


def test_nothing_is_asked_of_what_matters_less_than_nothing() -> None:
    told: tuple[Answer, ...] = ("c", "a", "d", "b", 80.0, 0.0)
    assert question("swing", NAMES, told) is None
    assert left("swing", NAMES, told) == 0
    assert way_of("swing", NAMES, told)["values"] == {"c": 100, "a": 80, "d": 0, "b": 0, "e": 0}


@pytest.mark.parametrize("example", published("roc"), ids=lambda e: str(e["count"]))
def test_an_order_gives_the_published_weights(example: dict[str, Any]) -> None:
    names = tuple(f"n{place}" for place in range(example["count"]))
    turned = names[::-1]
    way = way_of("ranking", names, ask("ranking", names, lambda _: turned))
    found = shares(decided(names, way))
    expected = example["expected"]["weights"]
    assert [found[name] for name in turned] == [printed(text) for text in expected]


@pytest.mark.parametrize("example", published("bwm"), ids=lambda e: str(e["citation"][:20]))
def test_the_best_and_the_worst_give_the_published_weights(example: dict[str, Any]) -> None:
    to_best, to_worst = example["best_to_others"], example["others_to_worst"]
    names = tuple(f"n{place}" for place in range(len(to_best)))
    best, worst = names[example["best"] - 1], names[example["worst"] - 1]
    kinds: list[str] = []

    def reply(one: Question) -> Answer:
        kinds.append(one.kind)
        if one.kind == "first":
            return best
        if one.kind == "last":
            assert best not in one.about
            return worst
        first, second = one.about
        if first == best:
            return float(to_best[names.index(second)])
        assert second == worst
        return float(to_worst[names.index(first)])

    decision = decided(names, way_of("bwm", names, ask("bwm", names, reply)))
    found = shares(decision)
    assert [found[n] for n in names] == [printed(t) for t in example["expected"]["weights"]]
    assert kinds.count("times") == 2 * len(names) - 3
    (figures,) = elicited(decision).consistency
    if "xi" in example["expected"]:
        assert figures.xi == printed(example["expected"]["xi"])


@pytest.mark.parametrize("example", published("ahp"), ids=lambda e: str(e["citation"][:30]))
def test_pairs_of_a_published_matrix_are_asked_as_far_as_needed(example: dict[str, Any]) -> None:
    matrix = [[float(Fraction(str(x))) for x in row] for row in example["matrix"]]
    names = tuple(f"n{place}" for place in range(len(matrix)))

    def reply(one: Question) -> Answer:
        first, second = (names.index(name) for name in one.about)
        return matrix[first][second]

    answers = ask("ahp", names, reply)
    ring = len(names) if len(names) > 2 else 1
    assert ring <= len(answers) <= ring + MOST_CHECKS
    decision = decided(names, way_of("ahp", names, answers))
    found = shares(decision)
    if len(answers) == len(names) * (len(names) - 1) // 2:
        assert [found[n] for n in names] == [printed(t) for t in example["expected"]["weights"]]
    (figures,) = elicited(decision).consistency
    assert len(answers) == ring or len(answers) == ring + MOST_CHECKS or figures.is_acceptable


def test_judgements_that_hold_together_need_no_more_than_a_ring() -> None:
    wanted = dict(zip(NAMES, (0.4, 0.25, 0.2, 0.1, 0.05), strict=True))
    answers = ask("ahp", NAMES, lambda one: wanted[one.about[0]] / wanted[one.about[1]])
    assert len(answers) == 5
    assert shares(decided(NAMES, way_of("ahp", NAMES, answers))) == pytest.approx(wanted)


def test_judgements_that_contradict_each_other_are_asked_more_of_and_named() -> None:
    answers = ask("ahp", NAMES, lambda one: 1 / 9 if one.about == ("a", "e") else 3)
    assert len(answers) == 5 + MOST_CHECKS
    asked = [one.about for one in questions("ahp", NAMES, answers)]
    assert len({frozenset(pair) for pair in asked}) == len(asked)
    decision = decided(NAMES, way_of("ahp", NAMES, answers))
    (figures,) = elicited(decision).consistency
    assert figures.is_acceptable is False
    assert ("a", "e") in [(row.first, row.second) for row in elicited(decision).revisit]
    assert way_of("ahp", NAMES, answers)["comparisons"][4] == ["a", "e", "1/9"]
    # An answer that is changed afterwards leaves the others where they were.
    mended = [*answers[:4], 9.0, *answers[5:]]
    assert [one.about for one in questions("ahp", NAMES, mended)] == asked


@pytest.mark.parametrize("way", WAYS)
def test_two_siblings_need_little(way: Way) -> None:
    def reply(one: Question) -> Answer:
        return {"points": 50.0, "order": ("y", "x"), "times": 2.0, "either": 0.5}.get(one.kind, "y")

    answers = ask(way, ("x", "y"), reply)
    assert len(answers) == {"swing": 2, "ranking": 1, "ahp": 1, "bwm": 2}[way]
    found = shares(decided(("x", "y"), way_of(way, ("x", "y"), answers)))
    assert found["y"] == pytest.approx(0.75 if way == "ranking" else 2 / 3)


# --- into the file ------------------------------------------------------------------------------


TREE: list[made.Data] = [
    {
        "id": "g",
        "name": "G",
        "weight": 30,
        "children": [
            {"id": "x", "name": "X", "weight": 20, "value": {"worst": 0, "best": 1}},
            {"id": "y", "name": "Y", "weight": 80, "value": {"worst": 0, "best": 1}},
            {"id": "z", "name": "Z", "weight": 0, "value": {"worst": 0, "best": 1}},
        ],
    },
    {
        "id": "h",
        "name": "H",
        "weight": 70,
        "children": [
            {"id": "p", "name": "P", "value": {"worst": 0, "best": 1}},
            {"id": "q", "name": "Q", "value": {"worst": 0, "best": 1}},
        ],
    },
]
GIVEN: list[dict[str, Any]] = [
    {},
    {"method": "direct", "values": {"g": 40, "x": 60}, "reasons": {"g": "so", "x": "thus"}},
    {"method": "direct", "values": {"g": "40 %", "h": "60 %", "p": 10, "q": 30}},
    {"method": "swing", "values": {"x": 100, "y": 50, "z": 10}},
    {"method": "ranking", "order": ["z", "x", "y"], "formula": "rank_sum"},
    {"method": "ahp", "comparisons": [["x", "y", 3], ["y", "z", "1/2"]]},
    {
        "method": "bwm",
        "best": "x",
        "worst": "z",
        "best_to_others": {"y": 2, "z": 6},
        "others_to_worst": {"y": 3},
    },
    {"method": "equal"},
    {"method": "std"},
    {"subtrees": {"h": {"method": "ranking", "order": ["q", "p"]}}},
]
WEIGHED = {
    "": {"method": "swing", "values": {"h": 100, "g": 25}},
    "g": {"method": "ranking", "order": ["y", "z", "x"]},
    "h": {"method": "ahp", "comparisons": [["p", "q", "1/4"]]},
}


def data(weights: dict[str, Any]) -> made.Data:
    cells = ({"x": 1, "y": 0.2, "z": 0.4, "p": 0, "q": 0.7}, {"x": 0, "y": 1, "z": 0.9, "p": 1})
    return {
        "id": "d",
        "title": "D",
        "criteria": TREE,
        "weights": weights,
        "alternatives": [
            {"id": f"a{i}", "performance": {"q": 0.1, **row}} for i, row in enumerate(cells)
        ],
    }


@pytest.mark.parametrize("given", GIVEN, ids=lambda g: g.get("method", "subtrees or none"))
@pytest.mark.parametrize("group", WEIGHED)
def test_what_is_taken_moves_one_set_of_siblings_only(given: dict[str, Any], group: str) -> None:
    before = made.analysed(data(given))
    way = WEIGHED[group]
    taken = weights_with(before.decision, before.shares, group, way)
    after = made.analysed(data(taken))
    own = {"": ("g", "h"), "g": ("x", "y", "z"), "h": ("p", "q")}[group]
    expected = shares(decided(own, way))
    for name, share in after.shares.items():
        wanted = expected[name] if name in own else before.shares[name]
        assert share == pytest.approx(wanted, abs=1e-7), name
    asked = taken if not group else taken["subtrees"][group]
    assert asked["method"] == way["method"]
    assert not set(taken.get("reasons", {})) & set(own)


def test_a_shipped_decision_keeps_its_leaves_when_its_groups_are_weighed() -> None:
    before = selector.analyse(selector.load("support-assistant"))
    groups = [c.id for c in before.decision.criteria.criteria]
    way = {"method": "ranking", "order": groups}
    taken = weights_with(before.decision, before.shares, "", way)
    assert taken == way  # the leaves are as in the criteria set, which goes on saying so
    assert Library().decision("support-assistant").weights.values


def test_all_pairs_come_once_in_the_order_of_asking() -> None:
    for count in (2, 3, 4, 7, 9):
        names = tuple(f"n{place}" for place in range(count))
        every = count * (count - 1) // 2
        asked = questions("ahp", names, [1.0] * every)
        assert len({frozenset(one.about) for one in asked}) == every
        assert {one.about for one in asked} == set(combinations(names, 2))
