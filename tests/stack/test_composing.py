"""A stack small enough to work out by hand: three layers, each kind of relation, each limit.

Weights 50, 30, 20. Scores: R1 1.0, R2 0.8, R3 0.4; G1 0.9, G2 0.6, G3 0.4 (0.2 to 0.6); B1 0.5,
B2 1.0, or nothing 0.
"""

import json
import math
from pathlib import Path

import pytest

from selector.analysis import Analysis, analyse
from selector.analysis.stack import StackAnalysis, analyse_stack, as_decision
from selector.catalog.library import Library
from selector.cli_results import compose, compose_table
from selector.domain.problem import InputError, UsageError
from selector.domain.span import Span
from selector.mcda.stacks import best_stacks
from selector.measure.changes import with_figures
from selector.report.exports import formats
from selector.report.exports.story import Story
from selector.ui.parts.stack import data_of
from tests.exports.made import OPTIONS
from tests.exports.test_confidence import all_of
from tests.stack.homes import STACK, library_of, relation

FITS = (
    relation("pair: [r1, g1], fit: none, note: Both want the same port.")
    + relation("pair: [r1, g2], fit: adapter, effort: medium")
    + relation("pair: [r2, g1], fit: native")
    + relation("pair: [g2, b2], fit: native")
    + relation("component: g1, offered_on: [b1], layer: blue, otherwise: adapter, effort: large")
    + relation("component: g1, requires: [blue]")
)


def stacks_of(folder: Path, relations: str = FITS, decision: str = STACK) -> StackAnalysis:
    library = library_of(folder, relations)
    path = folder / "decisions" / "whole.yaml"
    path.parent.mkdir()
    path.write_text(decision, encoding="utf-8")
    return analyse_stack(library.decision(path))


def limited(**keys: object) -> str:
    """The decision with a cost for some parts, providers and skills, and limits."""
    return STACK + "".join(f"  {key}: {json.dumps(value)}\n" for key, value in keys.items())


def ids(analysis: StackAnalysis, k: int = 100) -> list[str]:
    return [
        " ".join(c.id or "-" for c in stack.choices.values()) for stack in analysis.best(k).stacks
    ]


def test_scores_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path)
    found = analysis.best(5)
    scores = [round(stack.score, 12) for stack in found.stacks]
    # R1 G2 B2: .5 + .18 + .2 less .03 for the adapter
    # R1 G3 B2: .5 + .12 + .2 less .015 twice, for neither pair is known
    # R2 G1 B2: .4 + .27 + .2 less .08
    # R2 G1 B1: .4 + .27 + .1
    # R2 G2 B2: .4 + .18 + .2 less .015
    assert ids(analysis, 5) == ["r1 g2 b2", "r1 g3 b2", "r2 g1 b2", "r2 g1 b1", "r2 g2 b2"]
    assert scores == [0.85, 0.79, 0.79, 0.77, 0.765]
    assert [stack.rank for stack in found.stacks] == [1, 2, 2, 4, 5]
    # R1 never with G1 (3 stacks), G1 never with nothing in blue (2 more)
    assert (found.considered, analysis.feasible) == (27, 22)


def test_what_is_not_known_spans_from_native_to_a_large_adapter(tmp_path: Path) -> None:
    stack = stacks_of(tmp_path).best(2).stacks[1]
    assert [joint.fit for joint in stack.joints] == ["unknown", "unknown"]
    # G3 could be 0.2 or 0.6 (a weight of 0.3), each pair 0 or 8 points instead of 1.5
    assert stack.low == pytest.approx(0.79 - 0.06 - 2 * 0.065)
    assert stack.high == pytest.approx(0.79 + 0.06 + 2 * 0.015)


def test_what_is_disputed_is_charged_the_mean_of_what_is_said(tmp_path: Path) -> None:
    sourced = "source: https://example.com, as_of: 2026-11-01"
    said = f"[{{fit: native, {sourced}}}, {{fit: adapter, effort: large, {sourced}}}]"
    analysis = stacks_of(tmp_path, f"  - {{pair: [r1, g1], disputed: {said}}}\n")
    best = analysis.best(1).stacks[0]
    assert ids(analysis, 1) == ["r1 g1 b2"]
    assert best.score == pytest.approx(0.5 + 0.27 + 0.2 - 0.04 - 0.015)
    assert [joint.is_open for joint in best.joints] == [True, True]


def test_a_group_is_charged_once_and_only_where_all_are_chosen(tmp_path: Path) -> None:
    group = relation("group: [r1, g2, b2], fit: none")
    analysis = stacks_of(tmp_path, FITS + group)
    assert "r1 g2 b2" not in ids(analysis)
    assert "r1 g2 b1" in ids(analysis)


def test_points_of_adapters_are_the_decisions_own(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path, decision=limited(fit={"small": 0, "medium": 20, "large": 20}))
    assert ids(analysis, 1) == ["r2 g1 b1"]
    assert analysis.best(100).stacks[-1].score < 0.5


def test_an_explanation_says_what_keeps_the_better_one_out(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path)
    red, green, blue = analysis.explanations
    assert (red.chosen.id, red.rank, red.rivals) == ("r1", 1, ())
    assert (green.chosen.id, green.rank, green.candidates) == ("g2", 2, 3)
    (rival,) = green.rivals
    assert rival.candidate.id == "g1"
    assert rival.loss == pytest.approx(0.06)
    assert rival.because == (
        "R1 and G1 do not go together: Both want the same port. "
        "The best stack with it has 6.0 points fewer, with R2 instead of R1."
    )
    assert blue.candidates == 2


def test_what_fixing_gives_up_is_the_gap_to_the_best_with_it(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path)
    for layer, candidates in analysis.given_up.items():
        for name, given in candidates.items():
            own = analysis.with_fixed({layer: name}).best(1).stacks[0]
            assert given.loss == pytest.approx(0.85 - own.score), (layer, name)


def test_what_letting_go_would_gain_is_not_called_level(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path).with_fixed({"red": "r2"})
    assert analysis.given_up["red"]["r1"].loss == pytest.approx(0.79 - 0.85)
    (rival,) = analysis.explanations[0].rivals
    assert rival.because == "The layer is fixed to R2. The best stack with it has 6.0 points more."
    entries = {row["id"]: row["line"] for row in data_of(analysis)["layers"][0]["candidates"]}
    assert (entries["r2"], entries["r1"]) == ("in the best stack", "+6.0")
    told = "\n".join(compose_table.table(compose.data(analysis, 3, 10, 1)))
    assert "Red: R1 gains 6.0; R2" in told


def test_unknown_pairs_that_would_change_the_best_are_named(tmp_path: Path) -> None:
    # R1 G2 B2 has .88 - .105; R2 G2 B2 has .78 less half of that, as R2 and G2 are not known
    analysis = stacks_of(tmp_path, FITS, limited(fit={"small": 1, "medium": 10.5, "large": 10.5}))
    assert ids(analysis, 1) == ["r1 g2 b2"]
    (pair,) = analysis.open_pairs
    assert analysis.named(pair.joint) == "R2 and G2"
    assert not pair.is_chosen
    assert pair.if_native is not None
    assert pair.if_native.score == pytest.approx(0.78)


@pytest.mark.parametrize("fixed", [{}, {"red": "r3"}, {"green": "g3"}, {"blue": ""}])
def test_pairs_that_would_lead_are_those_that_composing_without_their_charge_finds(
    tmp_path: Path, fixed: dict[str, str]
) -> None:
    text = limited(fit={"small": 1, "medium": 40, "large": 40})
    analysis = stacks_of(tmp_path, relation("pair: [r3, g3], fit: native"), text)
    analysis = analysis.with_fixed(fixed)
    best = analysis.winner
    assert best is not None
    found = {p.joint.places: p.if_native for p in analysis.open_pairs if not p.is_chosen}
    wanted = {}
    for (one, other), joint in analysis.joints.pairs.items():
        tables = {key: table.copy() for key, table in analysis.problem.pairs.items()}
        tables[one[0], other[0]][one[1], other[1]] = 0
        problem = analysis.problem_with(tables)
        then = best_stacks(problem, 1, fixed=analysis.fixed_places).choices[0].tolist()
        if tuple(then) != best.places:
            wanted[joint.places] = tuple(then)
    assert {places: stack and stack.places for places, stack in found.items()} == wanted


def test_an_unknown_pair_of_the_best_that_might_not_fit_is_named_first(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path, relation("pair: [r1, g2], fit: native"))
    assert ids(analysis, 1) == ["r1 g1 b2"]
    first = analysis.open_pairs[0]
    assert first.is_chosen
    assert analysis.named(first.joint) == "R1 and G1"
    assert first.if_not is not None
    assert [c.id for c in first.if_not.choices.values()] == ["r1", "g2", "b2"]


def test_a_limit_of_cost_counts_what_is_known_and_marks_the_rest(tmp_path: Path) -> None:
    text = limited(limits={"monthly_cost": 100}).replace(
        "{id: r1, vendor: r1,",
        "{id: r1, vendor: r1, cost: {monthly: {value: 150, reason: the offer we have}},",
    )
    text = text.replace("stack:\n", "workload: {requests_per_month: 10}\nstack:\n")
    analysis = stacks_of(tmp_path, decision=text)
    assert not [name for name in ids(analysis) if "r1" in name]
    best = analysis.best(1).stacks[0]
    assert best.cost.monthly is None
    assert len(best.cost.unknown) == 3
    assert any("is not known" in said for said in best.unproven)
    assert analysis.given_up["red"]["r1"].stack is None


def test_figures_set_for_the_whole_reach_every_layer() -> None:
    decision = with_figures(
        Library().decision("startup-one-cloud"), {"requests_per_month": Span.exactly(800_000)}
    )
    before = analyse_stack(Library().decision("startup-one-cloud")).layers[0].candidates
    after = analyse_stack(decision).layers[0].candidates
    for one, other in zip(before, after, strict=True):
        assert other.cost.known.likely == pytest.approx(2 * one.cost.known.likely)


def test_conflicts_name_what_cannot_be_kept_together(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path).with_fixed({"red": "r1", "green": "g1"})
    assert analysis.best().stacks == ()
    assert analysis.conflicts == (
        "Red is fixed to R1.",
        "Green is fixed to G1.",
        "R1 and G1 do not go together: Both want the same port.",
    )
    empty = stacks_of(tmp_path / "other").with_fixed({"green": "g1", "blue": ""})
    assert empty.conflicts[:2] == ("Green is fixed to G1.", "Blue is left empty.")
    assert empty.conflicts[2].startswith("G1 needs Blue, and does not get it with Blue left empty")


def test_why_a_candidate_cannot_be_names_what_it_asks_of_people_and_whom_it_brings() -> None:
    analysis = analyse_stack(Library().decision("startup-one-cloud"))
    assert analysis.why_not("streaming", "apache-kafka") == (
        "Apache Kafka asks for Java virtual machine, Kubernetes and Event streaming.",
        "A stack may ask for no skill that the team has not.",
    )
    bicep = next(row for row in analysis.layers[-1].excluded if row.name == "Bicep")
    assert bicep.reason == "What it can describe does not include AWS."


def test_fixed_to_what_is_knocked_out_is_said(tmp_path: Path) -> None:
    text = STACK.replace(
        "      weight: 50\n",
        "      weight: 50\n      fixed: r3\n"
        "      requirements: [{criterion: speed, at_least: 5}]\n",
    )
    analysis = stacks_of(tmp_path, decision=text)
    assert analysis.best().stacks == ()
    assert analysis.conflicts[0].startswith("Red is fixed to R3, which is knocked out there.")
    assert ids(analysis.with_fixed({"red": None}), 1) == ["r1 g2 b2"]
    empty = text.replace("optional: true\n", "optional: true\n      fixed: ''\n")
    bare = stacks_of(tmp_path / "bare", decision=empty).with_fixed({"red": None})
    assert ids(bare, 1) == ["r1 g2 -"]
    # Another one there would do, with nothing to compare it with; elsewhere nothing helps.
    assert analysis.given_up["red"]["r2"].stack is not None
    assert analysis.given_up["red"]["r2"].loss is None
    assert analysis.given_up["green"]["g1"].stack is None


def test_what_cannot_be_fixed_is_a_wrong_call(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path)
    for choices in ({"read": "r1"}, {"red": "g1"}, {"red": ""}):
        with pytest.raises(UsageError):
            analysis.with_fixed(choices)
    with pytest.raises(UsageError, match="composes no stack"):
        analyse_stack(as_decision(analysis))


def test_weights_are_replaced_as_in_a_ranking(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path).with_weights({"green": 130})
    assert dict(analysis.shares) == pytest.approx({"red": 0.25, "green": 0.65, "blue": 0.1})
    assert ids(analysis, 1) == ["r2 g1 b1"]


def test_the_derived_decision_ranks_as_composing_does(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path)
    found = analysis.best(10).stacks
    ranked = analyse(analysis.decision).ranking
    assert [row.rank for row in ranked] == [stack.rank for stack in found]
    assert [row.alternative for row in ranked] == [f"stack-{n}" for n in range(1, 11)]
    worst = 0.16  # two pairs that could each be a large adapter
    for row, stack in zip(ranked, found, strict=True):
        for there, here in zip(row[3:6], (stack.score, stack.low, stack.high), strict=True):
            assert there == pytest.approx((here + worst) / (1 + worst))
    whole = analyse(as_decision(analysis, 3))
    assert len(whole.ranking) == 3
    assert set(whole.weights) == {"red", "green", "blue", "fit"}


@pytest.mark.parametrize("name", ["eu-bank-assistant", "startup-one-cloud"])
def test_stacks_that_are_close_rank_alike_too(name: str) -> None:
    analysis = analyse(Library().decision(name))
    assert analysis.composed is not None
    stacks = analysis.composed.best(10).stacks
    assert [row.rank for row in analysis.ranking] == [stack.rank for stack in stacks]
    digits = analysis.cell("stack-1", "vector-store").text.partition(".")[2]
    assert len(digits) <= 2


def test_stacks_are_told_apart_by_what_each_has_otherwise_than_the_first(tmp_path: Path) -> None:
    whole = as_decision(stacks_of(tmp_path, decision=limited(fit={"small": 0, "medium": 0})))
    names = [alternative.name for alternative in whole.alternatives]
    assert names[0].startswith("Stack 1, R1 + G2 + B2")
    assert len({name.partition(", ")[2] for name in names}) == len(names)
    assert any("with " in name and "R2" in name for name in names[1:])
    shipped = as_decision(analyse_stack(Library().decision("eu-bank-assistant"))).alternatives
    assert len({one.name.partition(", ")[2] for one in shipped}) == len(shipped)


def test_a_stack_without_any_answer_still_ranks_nothing_in_words(tmp_path: Path) -> None:
    whole = analyse(as_decision(stacks_of(tmp_path).with_fixed({"red": "r1", "green": "g1"})))
    assert whole.ranking == []
    assert any("R1 and G1 do not go together" in text for text in whole.warnings)


def test_draws_of_weights_find_each_best_stack(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path)
    found = analysis.acceptability(500, seed=3, weights="uniform")
    assert found.shares.sum() == pytest.approx(1)
    assert [layer.sum() for layer in found.candidates] == pytest.approx([1, 1, 1])
    again = analysis.acceptability(500, seed=3, weights="uniform")
    assert (again.choices == found.choices).all()


def test_no_stack_of_the_front_is_beaten(tmp_path: Path) -> None:
    front = stacks_of(tmp_path).pareto()
    assert front[0].places == stacks_of(tmp_path / "again").best(1).stacks[0].places


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("      weight: 50\n", "      weight: 50\n      fixed: r9\n", (9, 14), "there is no cand"),
        ("      weight: 50\n", "      weight: 50\n      fixed: ''\n", (9, 14), "a layer left emp"),
        ("      weight: 50\n", "", (7, 7), "'red' has no weight"),
        ("    - id: green\n", "    - id: red\n", (14, 11), "the layer 'red' stands twice"),
        ("vendor: r2", "vendor: r9", (12, 28), "there is no vendor 'r9'"),
        ("speed: 8", "sped: 8", (12, 46), "there is no leaf criterion 'sped'"),
        ("as_of: 2026-11-20\n", "criteria: red\n", (4, 1), "'criteria' beside a stack"),
        ("as_of: 2026-11-20\n", "weights: {values: {red: 2}}\n", (4, 1), "'weights' beside"),
        ("- id: blue", "- id: fit", (21, 11), "a layer called 'fit'"),
    ],
)
def test_what_is_wrong_in_a_layer_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, place: tuple[int, int], words: str
) -> None:
    assert old in STACK
    with pytest.raises(InputError) as error:
        stacks_of(tmp_path, decision=STACK.replace(old, new, 1))
    first = error.value.problems[0]
    assert (first.line, first.column) == place
    assert first.what.startswith(words)


def test_faults_of_shape_and_of_meaning_are_told_in_one_run(tmp_path: Path) -> None:
    text = STACK.replace("performance: {speed: 10}}", "perfomance: {speed: 10}}")
    text = text.replace("optional: true", "optional: perhaps")
    text = text.replace("vendor: r2", "vendor: r9").replace("{ease: 9}", "{eas: 9}")
    text += "  skills: python\n  limits: {vendors: 0}\n"
    with pytest.raises(InputError) as error:
        stacks_of(tmp_path, decision=text)
    assert [problem.line for problem in error.value.problems] == [11, 12, 18, 23, 28, 29]


# --- what is shipped -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["eu-bank-assistant", "startup-one-cloud", "airgapped-manufacturer"]
)
def test_a_shipped_stack_keeps_all_that_is_asked(name: str) -> None:
    analysis = analyse_stack(Library().decision(name))
    limits = analysis.spec.limits
    stacks = analysis.best(10).stacks
    assert len(stacks) == 10
    for stack in stacks:
        assert all(math.isfinite(joint.points) for joint in stack.joints)
        assert len(stack.providers) <= (limits.vendors or math.inf)
        assert len(stack.new_skills) <= (
            math.inf if limits.new_skills is None else limits.new_skills
        )
        assert stack.cost.known.likely <= (limits.monthly_cost or math.inf)
        for layer in analysis.layers:
            chosen = stack.choices[layer.layer.id].id
            assert chosen not in {row.alternative for row in layer.excluded}
    assert stacks[0].score >= stacks[-1].score


def test_exports_say_that_no_stack_is_left_and_what_stands_in_the_way(tmp_path: Path) -> None:
    text = STACK.replace("- id: red\n", "- id: red\n      fixed: r1\n")
    text = text.replace("- id: green\n", "- id: green\n      fixed: g1\n")
    composed = stacks_of(tmp_path, decision=text)
    story = Story(Analysis(as_decision(composed), composed=composed))
    for suffix in (".md", ".html", ".pptx"):
        told = all_of(formats()[suffix].made(story, OPTIONS), suffix)
        assert "No stack keeps all constraints" in told, suffix
        assert "loosen one of the constraints that stand in the way" in told, suffix
        assert "name options to choose from" not in told, suffix
        assert all(conflict in told for conflict in composed.conflicts), suffix
        assert ("3 constraints leave no stack" in told) == (suffix == ".pptx")
        assert ("* No combination of 3 keeps all constraints" in told) == (suffix == ".md")
        assert "No options yet" not in told
