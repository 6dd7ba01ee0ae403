"""The rules of the intake: what follows from an answer, and that the tables hang together."""

import re
from functools import cache
from pathlib import Path

import pytest

from selector.catalog.library import Library, shipped_home
from selector.domain.problem import UsageError
from selector.intake.answers import Answers
from selector.intake.proposal import Proposal, Wishes
from selector.intake.proposing import propose
from selector.intake.questions import questions
from selector.intake.rules import asked, taken, weighed
from tools import intake_tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "intake.md"
LIBRARY = Library(shipped_home())
RULES = (*asked.SETS, *asked.REQUIREMENTS, *asked.NOTES, *weighed.WEIGHTS, *taken.CHOICE)


@cache
def proposed(**answers: object) -> Proposal:
    return propose(Answers(**answers), LIBRARY)  # type: ignore[arg-type]


def requirements(**answers: object) -> dict[str, object]:
    return {r.id: r.asks for r in proposed(**answers).requirements}


# --- the tables -----------------------------------------------------------------------------------


def test_the_page_has_the_rules_of_the_program() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert intake_tables.written(page) == page, "run python tools/intake_tables.py"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule)[:60])
def test_a_rule_names_questions_and_answers_that_exist(rule: asked.Note) -> None:
    known = {q.id: {*q.choices, ""} for q in questions(LIBRARY.dictionary())}
    known["criteria"] = set(LIBRARY.criteria_ids())
    for question, answers in rule.when.items():
        assert set(answers) <= known[question]


def test_a_rule_names_facts_sets_and_groups_that_exist() -> None:
    for rule in asked.REQUIREMENTS:
        for part in rule.asks.get("any", [rule.asks]):
            assert part["fact"] in LIBRARY.dictionary()
    for rule in asked.SETS:
        assert rule.criteria in LIBRARY.criteria_ids()
    for groups in weighed.CONCERNS.values():
        for name, group in groups.items():
            assert group in {c.id for c in LIBRARY.criteria_set(name).criteria}


def test_there_are_a_dozen_questions_and_each_answer_is_a_field() -> None:
    all_of_them = questions(LIBRARY.dictionary())
    assert sum(not q.part_of for q in all_of_them) == 12
    assert tuple(q.id for q in all_of_them) == Answers._fields
    assert all(q.part_of in Answers._fields for q in all_of_them if q.part_of)


# --- what follows ---------------------------------------------------------------------------------


def test_personal_data_in_the_eu_asks_for_the_contract_the_place_and_no_training() -> None:
    found = requirements(data=("personal",), place="eu", where="eu")
    assert set(found) == {"no-training", "processing-contract", "eu-only"}
    assert found["no-training"] == {
        "fact": "trains_on_customer_data",
        "is": False,
        "when_not_applicable": "pass",
    }


def test_health_data_is_strict_and_asked_once() -> None:
    found = requirements(data=("health",), where="us")
    assert set(found) == {"no-training", "health-contract", "not-kept"}
    assert found["no-training"] == {
        "fact": "trains_on_customer_data",
        "is": False,
        "unproven": "out",
        "when_not_applicable": "pass",
    }


def test_the_law_of_the_united_states_is_not_asked_of_what_stays_in_the_eu() -> None:
    assert "health-contract" not in requirements(data=("health",), place="eu")
    assert "health-contract" not in requirements(data=("health",), where="eu")


def test_public_data_asks_for_nothing() -> None:
    assert requirements(data=("public",), place="anywhere") == {}


def test_certificates_are_those_named() -> None:
    found = requirements(certificates=("iso27001", "hipaa", "fedramp"))
    assert found["certificates"] == {
        "fact": "attestations",
        "includes": ["iso27001"],
        "when_not_applicable": "pass",
    }
    assert {"hipaa", "fedramp"} <= set(found)


def test_a_prohibited_practice_stops() -> None:
    with pytest.raises(UsageError, match="article 5 of the EU AI Act"):
        proposed(ai_act="prohibited")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"ai_act": "high", "purpose": "coding"}, "governance-first"),
        ({"place": "own_premises", "data": ("health",)}, "open-weight-stack"),
        ({"data": ("payment",), "purpose": "documents"}, "governance-first"),
        ({"team": "accelerators", "lock_in": "much"}, "open-weight-stack"),
        ({"purpose": "documents"}, "model-api"),
        ({"purpose": "assistant"}, "ai-platform"),
        ({}, "ai-platform"),
    ],
)
def test_the_criteria_set_follows(answers: dict[str, object], expected: str) -> None:
    assert proposed(**answers).criteria == expected


# --- alternatives ---------------------------------------------------------------------------------


def test_unanswered_seven_are_proposed_that_differ_in_vendor_and_kind() -> None:
    found = proposed().alternatives
    assert len(found) == 7
    assert len({a.vendor for a in found}) == 7
    assert {a.kind for a in found} == {"managed-platform", "model-api", "open-weight-stack"}


def test_what_is_proposed_or_left_out_is_each_vendor_and_no_part_of_a_stack() -> None:
    found = proposed(data=("personal",), place="eu")
    named = {a.vendor for a in found.alternatives} | {out.vendor for out in found.left_out}
    vendors = map(LIBRARY.vendor, LIBRARY.vendor_ids())
    assert named == {vendor.id for vendor in vendors if vendor.kind != "component"}
    reasons = {out.vendor: out.reason for out in found.left_out}
    assert reasons["groq"] == "Can be held to processing in the EU is no."


def test_nothing_that_fails_a_requirement_is_proposed() -> None:
    offers = {a.offer for a in proposed(place="eu").alternatives}
    assert offers
    for vendor in map(LIBRARY.vendor, LIBRARY.vendor_ids()):
        for offer in vendor.offers:
            facts = {**vendor.facts, **offer.facts}
            if offer.id in offers and "eu_processing" in facts:
                assert facts["eu_processing"].value is not False


def test_whoever_runs_no_servers_is_offered_none_to_run() -> None:
    kinds = {a.kind for a in proposed(team="nobody").alternatives}
    assert "open-weight-stack" not in kinds


def test_on_premises_only_what_can_run_there_is_proposed() -> None:
    found = proposed(place="own_premises")
    assert {a.kind for a in found.alternatives} == {"open-weight-stack"}
    open_ones = [a for a in found.alternatives if not a.offer]
    assert {a.vendor for a in open_ones} >= {"vllm-kubernetes", "kserve-vllm"}
    assert all("still to be chosen" in a.reason for a in open_ones)


def test_in_an_account_of_ours_only_our_clouds_are_proposed() -> None:
    found = proposed(place="own_cloud", clouds=("azure",))
    assert {a.vendor for a in found.alternatives} >= {"azure-ai", "kserve-vllm"}
    assert not {"amazon-bedrock", "google-vertex-ai"} & {a.vendor for a in found.alternatives}
    assert sum(a.vendor == "azure-ai" for a in found.alternatives) == 2  # too few without


def test_a_contract_comes_first_in_its_kind() -> None:
    with_aws = proposed(clouds=("aws",)).alternatives
    first = {a.kind: a.vendor for a in reversed(with_aws)}
    assert first["managed-platform"] == "amazon-sagemaker"
    assert first["model-api"] == "amazon-bedrock"


def test_today_is_an_alternative_with_its_facts_to_be_filled_in() -> None:
    today = proposed(today="solution", today_name="Old desk", data=("internal",)).alternatives[0]
    assert (today.id, today.name, today.kind) == ("today", "Old desk", "status-quo")
    assert today.facts["trains_on_customer_data"]["unknown"] is True
    by_hand = proposed(today="by_hand", today_monthly=9000.0, data=("internal",)).alternatives[0]
    assert by_hand.facts["trains_on_customer_data"]["not_applicable"] is True
    assert by_hand.monthly == 9000


# --- load, cost and weights -----------------------------------------------------------------------


def test_requests_of_each_person_make_a_months() -> None:
    figures = {
        f.key: f for f in proposed(users=300.0, requests_per_day=10.0, audience="inside").workload
    }
    assert figures["requests_per_month"].value == 300 * 10 * 21
    assert figures["requests_per_month"].reason == "300 people, 10 requests a day, 21 days."
    assert figures["input_tokens"].assumed


def test_without_a_volume_there_is_no_workload_and_it_is_said() -> None:
    found = proposed(users=300.0)
    assert found.workload == ()
    assert any("No volume is given" in text for text in found.assumptions)


def test_without_a_budget_the_scale_of_cost_follows_the_bills_in_the_middle() -> None:
    found = proposed(requests_per_month=100_000.0)
    assert found.worst_cost is not None
    assert re.fullmatch(r"[1-9]\d?0*", str(int(found.worst_cost)))
    twice = proposed(requests_per_month=200_000.0)
    assert twice.worst_cost is not None
    assert twice.worst_cost > found.worst_cost
    assert proposed(requests_per_month=100_000.0, budget=500.0).worst_cost is None


def test_unanswered_the_weights_are_those_of_the_set() -> None:
    for weight in proposed().weights:
        assert weight.points == weight.usual
        assert weight.reason == "As in the set."


def test_a_shift_moves_its_group_says_why_and_keeps_the_sum() -> None:
    found = {w.criterion: w for w in proposed(lock_in="much", data=("personal", "secret")).weights}
    assert sum(w.points for w in found.values()) == 100
    assert found["openness"].points > found["openness"].usual
    assert "times 2: a supplier's exit must not hurt" in found["openness"].reason
    assert found["security"].reason.count("times") == 1  # the strictest class counts once


# --- what somebody wants otherwise ----------------------------------------------------------------


def test_a_requirement_taken_out_lets_in_what_it_kept_out() -> None:
    answers = Answers(place="eu")
    strict = propose(answers, LIBRARY)
    loose = propose(answers, LIBRARY, Wishes(without=frozenset({"eu-only"})))
    assert [r.id for r in strict.requirements] == ["eu-only"]
    assert loose.requirements == ()
    assert not any("EU is no" in out.reason for out in loose.left_out)


def test_an_alternative_can_be_taken_out_and_another_put_in() -> None:
    plain = proposed()
    gone, wanted = plain.alternatives[0].id, plain.left_out[0].id
    wishes = Wishes(without=frozenset({gone}), also=frozenset({wanted}))
    found = [a.id for a in propose(Answers(), LIBRARY, wishes).alternatives]
    assert gone not in found
    assert wanted in found


def test_criteria_points_and_figures_can_be_set() -> None:
    wishes = Wishes(criteria="model-api", points={"cost": 40}, figures={"input_tokens": 500})
    found = propose(Answers(requests_per_month=1000), LIBRARY, wishes)
    assert found.criteria == "model-api"
    weights = {w.criterion: w.points for w in found.weights}
    assert weights["cost"] == 40
    assert sum(weights.values()) == 100
    assert {f.key: f.value for f in found.workload}["input_tokens"] == 500


@pytest.mark.parametrize(
    ("months", "said"), [(12.0, "year"), (36.0, "three years"), (30.0, "30 months")]
)
def test_the_question_says_how_far_it_looks(months: float, said: str) -> None:
    wishes = Wishes(figures={"months": months})
    found = propose(Answers(requests_per_month=1000), LIBRARY, wishes)
    assert found.question.endswith(f"for the next {said}?")
