"""From facts, `cost:` blocks and the price book to a bill: which row counts, and what is said."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector.analysis.cost import AlternativeCost, Cost
from selector.domain.criterion import CostMeasure
from selector.domain.pricing import Basis
from selector.domain.problem import InputError
from selector.domain.span import Span
from selector.measure import changes
from selector.measure.cells import cell_of
from tests import strategies as made

LOAD = {"requests_per_month": 1_000_000, "input_tokens": 2000, "output_tokens": 500, "months": 2}
DATED = made.yaml_day({"source": "https://example.com", "as_of": "2026-11-01"})
LLAMA = {
    "hosting": {
        "model": "llama-3-3-70b-instruct",
        "precision": "fp8",
        "instance": "azure-nd96isr-h100-v5",
        "region": "swedencentral",
    }
}


def fact(value: Any) -> dict[str, Any]:
    return {**(value if isinstance(value, dict) else {"value": value}), **DATED}


def decision(*alternatives: dict[str, Any], **more: Any) -> made.Data:
    return made.yaml_day(
        {
            "id": "bills",
            "title": "Bills",
            "as_of": "2026-11-24",
            "criteria": [
                {"id": "cost", "measure": {"cost": "monthly"}, "value": {"worst": 1e6, "best": 0}}
            ],
            "alternatives": list(alternatives),
            "workload": LOAD,
            **more,
        }
    )


def costs(*alternatives: dict[str, Any], **more: Any) -> Cost:
    return made.analysed(decision(*alternatives, **more)).cost()


def bill(alternative: dict[str, Any], **more: Any) -> AlternativeCost:
    return next(iter(costs(alternative, **more).alternatives.values()))


def items(found: AlternativeCost) -> dict[str, float]:
    return {line.item: line.monthly.likely for line in found.items if line.monthly is not None}


def monthly(found: AlternativeCost) -> float:
    assert found.monthly is not None, found.unknown
    return found.monthly.likely


TOKENS = {"id": "a", "cost": {"tokens": {"provider": "anthropic", "model": "claude-haiku-5-5"}}}
OWN = {"price_input_tokens": fact(1), "price_output_tokens": fact(4)}


def test_a_row_of_the_token_prices_is_enough() -> None:
    # 0.10 and 0.50 a million
    found = bill(TOKENS)
    assert monthly(found) == pytest.approx(2000 * 0.1 + 500 * 0.5)
    assert [used.model for used in found.models] == ["Claude Haiku 5.5"]
    sources = [str(s) for line in found.items for p in line.rests_on for s in p.basis.sources]
    assert any(source.startswith("genai-prices") for source in sources)


def test_at_the_same_place_a_fact_comes_before_a_row() -> None:
    assert monthly(bill(TOKENS | {"facts": OWN})) == pytest.approx(4000)


def test_a_block_of_the_alternative_comes_before_the_facts_of_the_offer() -> None:
    offer = {"vendor": "openai-api", "offer": "gpt-mini-eu"}
    changed = offer | {"cost": TOKENS["cost"], "id": "b"}
    assert monthly(bill(offer)) != monthly(bill(changed))
    assert monthly(bill(changed)) == pytest.approx(450)


def test_a_model_without_a_row_is_told_and_never_nought() -> None:
    found = bill({"id": "a", "cost": {"tokens": {"provider": "anthropic", "model": "claude-9"}}})
    assert found.monthly is None
    assert found.known_subtotal.likely == 0
    assert found.unknown[0] == "no price for claude-9 at Anthropic: input tokens"
    assert found.total is None
    assert found.per_1000_requests is None


@pytest.mark.parametrize(
    ("cost", "what"),
    [
        ({"hosting": {"model": "llama-9"}}, "no model of the price book 'llama-9'"),
        ({"hosting": {"instance": "aws-g6e-12xlarg"}}, "did you mean 'aws-g6e-12xlarge'"),
        ({"services": {"cluster": "aws-s4"}}, "no cluster service 'aws-s4'"),
        ({"services": {"cluster": "aws-egress"}}, "aws-egress is no cluster service, but egress"),
        (
            {"hosting": {"model": "llama-3-3-70b-instruct", "precision": "int2"}},
            "no precision of llama-3-3-70b-instruct 'int2'",
        ),
        ({"monthly": {"value": 3}}, "an amount that rests on nothing"),
        (
            {"tokens": {"provider": "openai", "model": "gpt-5.4-mini", "smaller_model": "nope"}},
            "no model of OpenAI 'nope'",
        ),
    ],
)
def test_what_does_not_exist_is_an_error_with_its_place(cost: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        made.read(decision({"id": "a", "cost": cost}))
    assert caught.value.problems[0].line > 1


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("assumptions", {"utilisatoin": 0.5}, "did you mean 'utilisation'"),
        ("assumptions", {"utilisation": 0}, "above 0, up to 1"),
        ("assumptions", {"machine_up": 100}, "below 100"),
        ("prices", "nowhere.yaml", "no file 'nowhere.yaml'"),
    ],
)
def test_keys_of_the_decision_are_checked_too(key: str, value: Any, what: str) -> None:
    with pytest.raises(InputError, match=what):
        made.read(decision({"id": "a"}, **{key: value}))


def test_a_stack_is_sized_by_a_benchmark_of_one_family() -> None:
    found = bill({"id": "a", "cost": LLAMA})
    (line, *_) = found.items
    rows = {p.name: p for p in line.rests_on}
    assert "utilisation" in rows, "a published benchmark is not reached by one's own stack"
    families = {used.throughput for used in found.models}
    assert len(families) == 1
    assert [note.verdict for note in found.notes if note.kind == "fit"] == ["passes"]


def test_what_does_not_fit_has_no_bill() -> None:
    hosting = {
        **LLAMA["hosting"],
        "precision": "bf16",
        "instance": "aws-g6-xlarge",
        "region": "us-east-1",
    }
    found = bill({"id": "a", "cost": {"hosting": hosting}})
    assert found.monthly is None
    assert any("Llama 3.3 70B Instruct does not fit g6.xlarge" in text for text in found.unknown)
    assert [note.verdict for note in found.notes if note.kind == "fit"] == ["fails"]


def test_a_licence_is_held_against_the_workload() -> None:
    few = bill({"id": "a", "cost": LLAMA}, workload=LOAD | {"users": 400})
    many = bill({"id": "a", "cost": LLAMA}, workload=LOAD | {"users": 8e8})
    verdicts = [
        {note.verdict for note in found.notes if note.kind == "licence"} for found in (few, many)
    ]
    assert "fails" not in verdicts[0]
    assert "fails" in verdicts[1]


def test_people_are_part_of_the_bill_only_where_they_are_asked_for() -> None:
    block = {**LLAMA, "people": {"hours_per_month": 20, "reason": "tried"}}
    assert "people" in items(bill({"id": "a", "cost": block}))
    vendor = {"vendor": "vllm-kubernetes", "offer": "llama-70b-eks-frankfurt"}
    assert "people" not in items(bill(vendor))
    asked = bill({"id": "a", "cost": LLAMA}, workload=LOAD | {"people": {"hourly_cost": 100}})
    hours = next(line for line in asked.items if line.item == "people")
    assert hours.quantity.likely == 32  # the assumption for what one runs oneself
    assert hours.is_assumed
    tokens = bill(TOKENS, workload=LOAD | {"people": {"hours_per_month": 3, "hourly_cost": 100}})
    assert items(tokens)["people"] == 300


def test_the_status_quo_costs_what_it_costs_and_the_change_pays_back() -> None:
    today = {
        "id": "today",
        "kind": "status-quo",
        "cost": {"monthly": {"value": 1450, "reason": "last year's invoices"}},
    }
    move = {"move_in": {"value": 1500, "reason": "two weeks"}}
    new = {"id": "new", "cost": {**TOKENS["cost"], **move}}
    found = costs(today, new, workload=LOAD | {"months": 6}).alternatives
    assert items(found["today"]) == {"whole bill, as known": 1450}
    assert found["new"].one_time.likely == 1500
    assert found["new"].total is not None
    assert found["new"].total.likely == pytest.approx(6 * 450 + 1500)
    assert found["new"].payback_months == 2  # 1,000 saved a month
    assert found["today"].payback_months is None


def test_what_requests_are_worth_less_the_bill() -> None:
    found = bill(TOKENS, business={"value_per_request": [0.001, 0.003]})
    assert found.worth is not None
    assert found.worth.monthly == pytest.approx((550, 1550, 2550))
    assert found.worth.payback_months == 0


def test_a_fallback_takes_a_share_at_its_own_prices() -> None:
    fallback = {"vendor": "openai-api", "offer": "gpt-mini-eu", "share": 0.1}
    alone = monthly(bill({"vendor": "openai-api", "offer": "gpt-mini-eu"}))
    both = bill(TOKENS | {"fallback": fallback})
    assert monthly(both) == pytest.approx(0.9 * 450 + 0.1 * alone)
    assert [(used.role, used.share.likely) for used in both.models] == [
        ("main", 1),
        ("fallback", 0.1),
    ]


@pytest.mark.parametrize(
    ("fallback", "what"),
    [
        ({"vendor": "openai-ap", "share": 0.1}, "did you mean 'openai-api'"),
        ({"vendor": "openai-api", "offer": "gpt-mini", "share": 0.1}, "no offer of openai-api"),
        ({"vendor": "openai-api", "share": 1.1}, "out of bounds"),
    ],
)
def test_a_fallback_names_what_exists(fallback: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError, match=what):
        made.read(decision(TOKENS | {"fallback": fallback}))


def test_a_reserved_price_that_is_not_listed_is_assumed_and_marked() -> None:
    hosting = {**LLAMA["hosting"], "term": "reserved_3y"}
    found = bill({"id": "a", "cost": {"hosting": hosting}})
    hour = found.parameters["instance_hour"]
    listed = bill({"id": "a", "cost": LLAMA}).parameters["instance_hour"]
    # 30 to 55 % off, likely 45 %
    wanted = [listed.span.likely * (1 - off) for off in (0.55, 0.45, 0.3)]
    assert tuple(hour.span) == pytest.approx(tuple(wanted), rel=0.2)
    assert hour.basis.assumption.startswith("the on-demand price less an assumed discount")
    assert hour.basis.confidence == "low"


def test_a_region_without_a_price_has_no_bill() -> None:
    hosting = {**LLAMA["hosting"], "region": "us-west-9"}
    found = bill({"id": "a", "cost": {"hosting": hosting}})
    wanted = "no price for Standard_ND96isr_H100_v5 in us-west-9, on demand: instances"
    assert found.unknown == (wanted,)


def test_what_is_missing_of_a_service_is_told() -> None:
    found = bill(TOKENS | {"cost": {**TOKENS["cost"], "services": {"egress": "aws-egress"}}})
    assert "Amazon" not in " ".join(items(found))  # nothing is sent, so nothing is billed
    sent = bill(
        TOKENS | {"cost": {**TOKENS["cost"], "services": {"egress": "aws-egress"}}},
        workload=LOAD | {"response_kb": 500},
    )
    assert monthly(sent) == pytest.approx(450 + 400 * 0.09)  # 500 GB, of which 100 are free


def test_documents_are_embedded_at_the_start_and_when_they_change() -> None:
    block = {
        **TOKENS["cost"],
        "services": {"embedding": {"provider": "openai", "model": "text-embedding-3-small"}},
    }
    load = LOAD | {"documents": 10_000, "tokens_per_document": 1000, "changed_share": 0.1}
    found = bill({"id": "a", "cost": block}, workload=load)
    # 0.02 a million: 10 at the start; 1 changed and 50 of questions a month
    assert found.one_time.likely == pytest.approx(0.2)
    assert monthly(found) == pytest.approx(450 + 51 * 0.02)


def test_rate_limits_are_held_against_the_peak() -> None:
    limit = {"default_tokens_per_minute": fact(60_000)}
    busy = bill(TOKENS | {"facts": limit}, workload=LOAD | {"peak_to_mean": 4})
    calm = bill(TOKENS | {"facts": limit}, workload=LOAD)
    open_ = bill(TOKENS)
    verdicts = [
        next(note.verdict for note in found.notes if note.kind == "rate_limit")
        for found in (busy, calm, open_)
    ]
    assert verdicts == ["fails", "passes", "unproven"]  # 228,311 and 57,078 tokens a minute


def test_assumptions_of_the_decision_come_first() -> None:
    assumed = bill({"id": "a", "cost": LLAMA})
    own = bill({"id": "a", "cost": LLAMA}, assumptions={"utilisation": 0.02})
    assert monthly(own) > monthly(assumed)
    assert own.parameters["utilisation"].basis.assumption == "the decision's own figure"


def test_negotiated_prices_commitments_and_credits(tmp_path: Any) -> None:
    path = tmp_path / "negotiated.yaml"
    path.write_text(
        "confidential: true\n"
        "prices: [{vendor: openai-api, discount: 0.5, reason: frame contract}]\n"
        "credits: [{vendor: openai-api, amount: 100, months: 1}]\n",
        encoding="utf-8",
    )
    alternative = {"vendor": "openai-api", "offer": "gpt-mini-eu"}
    content = decision(alternative) | {"prices": str(path)}
    listed = monthly(bill(alternative))
    found = next(iter(made.analysed(content).cost().alternatives.values()))
    assert monthly(found) == pytest.approx(listed / 2 - 100)
    assert found.is_confidential
    assert any(line.item == "credit" for line in found.items)


def test_what_was_negotiated_or_set_by_hand_is_told_before_the_list(tmp_path: Any) -> None:
    path = tmp_path / "negotiated.yaml"
    alternative = {"vendor": "openai-api", "offer": "gpt-mini-eu"}
    name = "price_output_tokens"

    def agreed(how: str) -> Basis:
        entry = f"vendor: openai-api, fact: {name}, {how}, reason: frame, as_of: 2026-10-01"
        path.write_text(f"prices: [{{{entry}}}]\n", encoding="utf-8")
        content = decision(alternative) | {"prices": str(path)}
        (found,) = made.analysed(content).cost().alternatives.values()
        return found.parameters[name].basis

    listed = bill(alternative).parameters[name].basis
    own, less = agreed("value: 1"), agreed("discount: 1")
    assert [str(source) for source in own.sources] == ["negotiated: frame"]
    assert own.as_of == less.as_of == date(2026, 10, 1)
    assert [str(source) for source in less.sources] == [
        "negotiated: frame",
        *map(str, listed.sources),
    ]
    by_hand = changes.with_figures(
        made.read(decision(alternative | {"id": "a"})), {f"a.{name}": Span.exactly(3)}
    )
    figure = Cost(by_hand).alternatives["a"].parameters[name]
    assert [str(source) for source in figure.basis.sources] == ["set by hand"]
    assert figure.basis.as_of is None
    (leaf,) = by_hand.criteria.leaves()
    cell = cell_of(by_hand, by_hand.alternatives[0], leaf)
    assert name not in cell.facts
    assert [str(source) for source in cell.facts[figure.label].sources] == ["set by hand"]


def test_moving_out_is_discounted_to_the_end_of_the_horizon() -> None:
    leaving = {"move_out": {"value": 1100, "reason": "read"}}
    block = {**TOKENS, "cost": {**TOKENS["cost"], **leaving}}
    rate = {"business": {"discount_rate": 0.1}}
    without = bill(TOKENS, **rate).total
    found = bill(block, **rate).total
    assert without is not None
    assert found is not None
    # two months: 1,100 / 1.1^(2/12)
    assert found.likely - without.likely == pytest.approx(1100 / 1.1 ** (2 / 12))


def test_the_bill_is_the_same_that_the_ranking_uses() -> None:
    analysis = selector.analyse(selector.load("support-assistant"))
    (leaf,) = (leaf for leaf in analysis.leaves if isinstance(leaf.measure, CostMeasure))
    for row in analysis.decision.alternatives:
        cell = analysis.cell(row.id, leaf.id)
        found = analysis.cost().alternatives[row.id].monthly
        assert found is not None
        assert (cell.low, cell.central, cell.high) == pytest.approx(tuple(found))


def test_what_was_measured_here_counts_before_a_nearer_row(tmp_path: Path) -> None:
    # the alternative names another model for the stack, so the offer's throughput does not count;
    # what was measured does: 190 tokens a second at the peak by 50 a second are four instances
    stack = {"vendor": "vllm-kubernetes", "offer": "llama-70b-eks-frankfurt", "id": "own"}
    other = {"hosting": {"model": "qwen3-14b", "precision": "fp8"}}
    content = decision(stack | {"cost": other})
    assert bill(stack | {"cost": other}).monthly is None
    (tmp_path / "tests.csv").write_text(
        "alternative,fact,value,as_of,by,method\n"
        "own,instance_output_tokens_per_second,50,2026-11-20,us,vllm bench serve\n",
        encoding="utf-8",
    )
    path = tmp_path / "bills.yaml"
    path.write_text(yaml.safe_dump(content | {"measurements": ["tests.csv"]}), encoding="utf-8")
    found = selector.analyse(selector.load(path)).cost().alternatives["own"]
    instances = next(line for line in found.items if line.item == "instances")
    assert instances.quantity.likely == 4 * 730


def test_documents_in_no_index_are_told_of() -> None:
    documents = {"documents": 1000, "tokens_per_document": 500}
    kept = {**LLAMA, "services": {"index": "aws-opensearch-serverless"}}

    def told(block: dict[str, Any], **more: Any) -> bool:
        found = bill({"id": "a", "cost": block}, workload=LOAD | more)
        return any("kept in no index" in note.text for note in found.notes)

    assert told(LLAMA, **documents)
    assert not told(LLAMA)
    assert not told(kept, **documents)
