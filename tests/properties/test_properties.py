"""What must hold of every decision, whatever its numbers."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import selector
from tests import strategies as made

quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
CLOSE = 1e-9


def spans(analysis: selector.Analysis) -> dict[str, tuple[float, float, float]]:
    return {r.alternative: (r.low or 0.0, r.score, r.high or 0.0) for r in analysis.ranking}


def is_same(one: selector.Analysis, other: selector.Analysis) -> None:
    """The same scores, and the same ranks wherever scores are not within a hair."""
    mine, theirs = spans(one), spans(other)
    assert mine.keys() == theirs.keys()
    for alternative, triple in mine.items():
        assert triple == pytest.approx(theirs[alternative], abs=CLOSE)
    same_order(one, other)


def same_order(one: selector.Analysis, other: selector.Analysis) -> None:
    mine = {row.alternative: row.score for row in one.ranking}
    theirs = {row.alternative: row.score for row in other.ranking}
    for a in mine:
        for b in mine:
            if a in theirs and b in theirs and mine[a] > mine[b] + CLOSE:
                assert theirs[a] > theirs[b]


@quick
@given(made.decisions())
def test_weights_sum_to_one_and_values_follow_their_order(data: made.Data) -> None:
    analysis = made.analysed(data)
    assert sum(analysis.weights.values()) == pytest.approx(1, abs=1e-12)
    assert all(weight >= 0 for weight in analysis.weights.values())
    table = analysis.value_table
    assert np.all(table.low <= table.central + 1e-12)
    assert np.all(table.central <= table.high + 1e-12)
    for low, score, high in spans(analysis).values():
        assert low - 1e-12 <= score <= high + 1e-12


@quick
@given(made.decisions(clamped=True))
def test_values_and_scores_of_clamped_scales_stay_within_0_and_1(data: made.Data) -> None:
    analysis = made.analysed(data)
    for values in (analysis.value_table.low, analysis.value_table.high):
        assert np.all((values >= 0) & (values <= 1))
    for triple in spans(analysis).values():
        assert all(-1e-12 <= score <= 1 + 1e-12 for score in triple)


@quick
@given(made.decisions(), st.sampled_from([1e-6, 0.5, 3, 1e9]))
def test_scaling_all_weights_changes_nothing(data: made.Data, factor: float) -> None:
    def scale(copy: made.Data) -> None:
        for node in made.nodes_of(copy["criteria"]):
            if "weight" in node:
                node["weight"] *= factor

    is_same(made.analysed(data), made.analysed(made.changed(data, scale)))


@quick
@given(made.decisions(least=2), st.randoms(use_true_random=False))
def test_permuting_alternatives_permutes_the_results(data: made.Data, rng: random.Random) -> None:
    other = made.changed(data, lambda copy: rng.shuffle(copy["alternatives"]))
    one, two = made.analysed(data), made.analysed(other)
    ranks = {row.alternative: (row.rank, row.score, row.low, row.high) for row in one.ranking}
    assert ranks == {r.alternative: (r.rank, r.score, r.low, r.high) for r in two.ranking}


@quick
@given(made.decisions(least=2), st.randoms(use_true_random=False))
def test_permuting_criteria_permutes_the_results(data: made.Data, rng: random.Random) -> None:
    def shuffle(copy: made.Data) -> None:
        groups = [copy["criteria"]]
        groups += [n["children"] for n in made.nodes_of(copy["criteria"]) if "children" in n]
        for siblings in groups:
            rng.shuffle(siblings)

    one, two = made.analysed(data), made.analysed(made.changed(data, shuffle))
    is_same(one, two)
    assert one.weights == pytest.approx(two.weights)


@quick
@given(made.decisions())
def test_a_copy_of_an_alternative_ties_with_it(data: made.Data) -> None:
    def copy_first(copy: made.Data) -> None:
        copy["alternatives"].append(copy["alternatives"][0] | {"id": "twin"})

    rows = {r.alternative: r for r in made.analysed(made.changed(data, copy_first)).ranking}
    first, twin = rows["a0"], rows["twin"]
    assert (first.rank, first.score, first.low, first.high) == (
        twin.rank,
        twin.score,
        twin.low,
        twin.high,
    )


@quick
@given(made.decisions(least=2))
def test_what_dominates_in_values_never_ranks_lower(data: made.Data) -> None:
    analysis = made.analysed(data)
    ranks = {row.alternative: row.rank for row in analysis.ranking}
    values = dict(zip(analysis.table.alternatives, analysis.value_table.central, strict=True))
    for a in ranks:
        for b in ranks:
            if np.all(values[a] >= values[b]):
                assert ranks[a] <= ranks[b]


@quick
@given(made.decisions(is_global=True), st.data())
def test_better_raw_performances_never_lower_a_rank(data: made.Data, more: st.DataObject) -> None:
    """Dominance on what is written, not on what our value functions make of it."""
    straight = {
        leaf["id"]: leaf["value"]["best"] - leaf["value"]["worst"]
        for leaf in made.leaves_of(data)
        if "worst" in leaf["value"]
    }
    assume(straight)
    better: dict[str, Any] = dict(data["alternatives"][0]["performance"])
    for leaf, direction in straight.items():
        if isinstance(better[leaf], float):
            gain = more.draw(made.decimals(0, 50))
            better[leaf] += gain if direction > 0 else -gain

    def add(copy: made.Data) -> None:
        copy["alternatives"].append({"id": "better", "performance": better})

    rows = {r.alternative: r for r in made.analysed(made.changed(data, add)).ranking}
    assert rows["better"].rank <= rows["a0"].rank
    assert rows["better"].score >= rows["a0"].score - 1e-12


@quick
@given(made.decisions(is_global=True), st.data())
def test_widening_a_range_never_narrows_low_and_high(data: made.Data, more: st.DataObject) -> None:
    numbers = [leaf["id"] for leaf in made.leaves_of(data) if "levels" not in leaf["value"]]
    assume(numbers)
    leaf = more.draw(st.sampled_from(numbers))
    a, b, c, d = sorted(more.draw(st.tuples(*[made.decimals(-150, 150)] * 4)))

    def with_range(low: float, high: float) -> selector.Analysis:
        def widen(copy: made.Data) -> None:
            copy["alternatives"][0]["performance"][leaf] = [low, high]

        return made.analysed(made.changed(data, widen))

    narrow, wide = spans(with_range(b, c))["a0"], spans(with_range(a, d))["a0"]
    assert wide[0] <= narrow[0] + 1e-12
    assert wide[2] >= narrow[2] - 1e-12


@quick
@given(made.decisions(is_global=True, clamped=True), st.data())
def test_not_knowing_is_never_narrower_than_knowing(data: made.Data, more: st.DataObject) -> None:
    leaf = more.draw(st.sampled_from([leaf["id"] for leaf in made.leaves_of(data)]))

    def forget(copy: made.Data) -> None:
        copy["alternatives"][0]["performance"][leaf] = None

    known = spans(made.analysed(data))["a0"]
    unknown = spans(made.analysed(made.changed(data, forget)))["a0"]
    assert unknown[0] <= known[0] + 1e-12
    assert unknown[2] >= known[2] - 1e-12


@quick
@given(made.decisions(is_global=True, least=2))
def test_under_global_scales_a_new_alternative_never_reorders_others(data: made.Data) -> None:
    def drop(copy: made.Data) -> None:
        copy["alternatives"].pop()

    fewer, all_of_them = made.analysed(made.changed(data, drop)), made.analysed(data)
    scores = {row.alternative: row.score for row in all_of_them.ranking}
    assert all(row.score == scores[row.alternative] for row in fewer.ranking)
    same_order(fewer, all_of_them)


@quick
@given(made.decisions(), st.data())
def test_a_leaf_without_weight_changes_nothing(data: made.Data, more: st.DataObject) -> None:
    before = made.analysed(data)

    def add(copy: made.Data) -> None:
        for node in copy["criteria"]:
            node.setdefault("weight", 1.0)
        extra = {"id": "extra", "weight": 0, "value": {"worst": 0, "best": 100}}
        copy["criteria"].insert(more.draw(st.integers(0, len(copy["criteria"]))), extra)
        for alternative in copy["alternatives"]:
            alternative["performance"]["extra"] = more.draw(st.integers(0, 100))

    after = made.analysed(made.changed(data, add))
    is_same(before, after)
    assert after.weights["extra"] == 0


@quick
@given(made.decisions())
def test_giving_every_criterion_its_own_share_changes_nothing(data: made.Data) -> None:
    before = made.analysed(data)
    is_same(before, before.with_weights({name: 100 * s for name, s in before.shares.items()}))
    one = next(iter(before.shares))
    assume(len(data["criteria"]) > 1)
    is_same(before, before.with_weights({one: 100 * before.shares[one]}))


@quick
@given(made.decisions(least=2), st.data())
def test_contributions_add_up_to_the_lead(data: made.Data, more: st.DataObject) -> None:
    analysis = made.analysed(data)
    a, b = more.draw(st.permutations([row.alternative for row in analysis.ranking]))[:2]
    lead = analysis.scores[a][1] - analysis.scores[b][1]
    parts = analysis.contributions(a, b)
    assert sum(part.difference for part in parts) == pytest.approx(lead, abs=1e-9)


def at_share(analysis: selector.Analysis, node: str, share: float) -> selector.Analysis:
    """The analysis with the node's share among its siblings moved, as a slider moves it."""
    for _, siblings in analysis.decision.criteria.siblings():
        names = [c.id for c in siblings]
        if node in names:
            others = {n: analysis.shares[n] for n in names if n != node}
            total = sum(others.values())
            points = {
                n: (1 - share) * (value / total if total > 0 else 1 / len(others))
                for n, value in others.items()
            }
            return analysis.with_weights({**points, node: share})
    raise KeyError(node)


@quick
@given(made.decisions(least=2), st.data())
def test_the_winner_stays_inside_its_interval_and_falls_just_outside(
    data: made.Data, more: st.DataObject
) -> None:
    analysis = made.analysed(data)
    winner = analysis.ranking[0].alternative
    node = more.draw(st.sampled_from(sorted(analysis.stability)))
    found = analysis.stability[node]
    assert found.low <= found.weight + 1e-9
    assert found.weight - 1e-9 <= found.high
    assume(found.low < found.high)
    siblings = next(
        s for _, s in analysis.decision.criteria.siblings() if node in {c.id for c in s}
    )
    assume(len(siblings) > 1)
    for part in (0.001, 0.5, 0.999):
        share = found.low + part * (found.high - found.low)
        moved = at_share(analysis, node, share).scores
        assert moved[winner][1] >= max(score for _, score, _ in moved.values()) - CLOSE
    for end, rival, step in ((found.low, found.below, -1), (found.high, found.above, 1)):
        if rival is None:
            assert end == (0 if step < 0 else 1)
            continue
        outside = min(1.0, max(0.0, end + step * 1e-4))
        moved = at_share(analysis, node, outside).scores
        best = max(score for _, score, _ in moved.values())
        assert moved[rival][1] >= moved[winner][1] - CLOSE
        near = at_share(analysis, node, min(1.0, max(0.0, end + step * 1e-7))).scores
        assert near[rival][1] == pytest.approx(max(s for _, s, _ in near.values()), abs=1e-6)
        assert best >= moved[winner][1] - CLOSE
