"""What a file says of costs and cannot mean, and what is missing: told in plain words."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from selector.analysis.cost import Cost
from selector.domain.costing import Fallback
from selector.domain.decision import Alternative
from selector.domain.negotiated import Commitment, Credit, Negotiated
from selector.domain.problem import InputError, UsageError
from selector.domain.span import Span
from selector.measure import changes
from tests import strategies as made
from tests.measure.test_plans import (
    LLAMA,
    LOAD,
    TOKENS,
    bill,
    costs,
    decision,
    fact,
    items,
    monthly,
)

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (
            {"business": {"currency": {"code": "eur", "usd": 1, "as_of": DAY}}},
            "code: 'eur' is not a currency; write three capital letters, such as EUR",
        ),
        (
            {"business": {"currency": {"code": "EUR", "usd": 0, "as_of": DAY}}},
            "usd: '0' is out of bounds; write a figure above 0",
        ),
        ({"workload": LOAD | {"months": 0}}, "months: '0' is out of bounds; write a figure from 1"),
        ({"business": {"discount_rate": 2}}, "discount_rate: '2' is out of bounds; .* up to 1"),
    ],
)
def test_figures_out_of_bounds_are_told_in_plain_words(more: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError, match=what):
        made.read(decision({"id": "a"}, **more))


def test_other_months_out_of_bounds_too() -> None:
    with pytest.raises(UsageError, match=r"months: '0' is out of bounds; write a figure from 1"):
        changes.with_figures(made.read(decision(TOKENS)), {"months": Span.exactly(0.0)})


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("a.batch_share", 3, "a.batch_share: '3' is out of bounds; write a figure from 0, up to 1"),
        ("a.cached_share", 1.5, "a.cached_share: '1.5' is out of bounds"),
        ("a.hours_per_month", 800, "a.hours_per_month: '800' is out of bounds"),
        ("a.fallback.batch_discount", 101, "write a figure from 0, up to 100"),
        ("a.fallback.instance_output_tokens_per_second", 0, "write a figure above 0"),
    ],
)
def test_a_figure_of_one_bill_has_the_bounds_of_its_kind(
    name: str, value: float, what: str
) -> None:
    fallback = {"vendor": "openai-api", "offer": "gpt-mini-eu", "share": 0.1}
    known = made.read(decision(TOKENS | {"fallback": fallback}))
    with pytest.raises(UsageError, match=what):
        changes.with_figures(known, {name: Span.exactly(value)})


def test_a_fallback_to_itself_is_none() -> None:
    offer = {"vendor": "openai-api", "offer": "gpt-mini-eu"}
    itself = {"id": "a", **offer, "fallback": {**offer, "share": 0.1}}
    with pytest.raises(InputError, match="the fallback is the alternative itself"):
        made.read(decision(itself))
    made.read(decision(itself | {"cost": TOKENS["cost"]}))  # which is another


def test_a_fallback_leaves_the_figures_of_the_main_offer_alone() -> None:
    owned = {"price": 100_000, "years": 4, "reason": "an offer"}
    machines = [
        {"id": "a", "cost": {"hosting": LLAMA["hosting"] | {"utilisation": 0.9}, "owned": owned}},
        {"id": "b", "cost": {**LLAMA, "owned": owned | {"price": 300_000}}},
    ]
    read = made.read(decision(*machines, workload=LOAD | {"requests_per_month": 2e8}))
    main, other = read.alternatives
    fallback = Fallback("b", Span.exactly(0.5), costing=other.costing)

    def items_of(alternative: Alternative) -> dict[str, float]:
        return items(Cost(read._replace(alternatives=(alternative,))).alternatives["a"])

    both = items_of(main._replace(fallback=fallback))
    halved = read._replace(
        workload=read.workload and read.workload._replace(requests_per_month=Span.exactly(1e8))
    )
    alone = items(Cost(halved._replace(alternatives=(main,))).alternatives["a"])
    assert {name: both[name] for name in alone} == pytest.approx(alone)
    assert both["fallback: machines, written off"] > 3 * both["machines, written off"]


def test_the_power_of_a_machine_that_one_owns_can_be_assumed_otherwise() -> None:
    owned = {"price": 100_000, "years": 4, "reason": "an offer"}
    machine = {"id": "a", "cost": {**LLAMA, "owned": owned}}

    def electricity(**assumptions: float) -> float:
        more = {"kilowatts_per_accelerator": 1, "electricity_kwh": 0.2} | assumptions
        found = costs(machine, assumptions=more).alternatives["a"]
        return items(found)["electricity"]

    assert electricity() == pytest.approx(8 * 730 * 0.2)
    assert electricity(kilowatts_per_accelerator=2) == pytest.approx(2 * 8 * 730 * 0.2)


def test_what_a_commitment_covers_has_to_exist(tmp_path: Path) -> None:
    path = tmp_path / "negotiated.yaml"
    entry = "vendor: openai-api, kind: savings_plan, monthly: 100, discount: 0.1"
    path.write_text(f"commitments: [{{{entry}, covers: [price_output_tokens, nope]}}]\n")
    with pytest.raises(InputError, match="no row of the price book 'nope'") as caught:
        made.analysed(decision({"id": "a"}) | {"prices": str(path)})
    assert caught.value.problems[0].line == 1
    path.write_text(f"commitments: [{{{entry}, covers: [price_output_tokens, nebius-b200]}}]\n")
    made.analysed(decision({"id": "a"}) | {"prices": str(path)})


def test_of_machines_that_one_owns_the_rent_is_said_not_to_count() -> None:
    own = {"price": 300_000, "years": 4, "reason": "an offer"}
    found = bill({"id": "a", "cost": {**LLAMA, "owned": own}})
    assert any("to rent is not counted" in note.text for note in found.notes)


@pytest.mark.parametrize(
    ("alternative", "what"),
    [
        (
            {"cost": {"tokens": {"model": "gpt-5.4-mini"}}},
            "no price for gpt-5.4-mini ('tokens' names no provider)",
        ),
        (
            {"cost": {"hosting": {"instance": "nebius-b200"}}},
            "no throughput on nebius-b200 ('hosting' names no model)",
        ),
        (
            {**TOKENS, "fallback": {"vendor": "openai-api", "share": 0.1}},
            "no price at OpenAI API (no model is named): fallback: ",
        ),
    ],
)
def test_what_is_missing_says_which_name_is_wanting(alternative: Any, what: str) -> None:
    assert any(text.startswith(what) for text in bill({"id": "a", **alternative}).unknown)


@pytest.mark.parametrize(
    "more", [{"spare_replicas": 2}, {"instances_per_replica": 2}, {"term": "spot"}]
)
def test_another_bill_is_another_version(more: dict[str, Any]) -> None:
    was, now = (
        made.analysed(decision({"id": "a", "cost": {"hosting": LLAMA["hosting"] | own}}))
        for own in ({}, more)
    )
    assert was.cell("a", "cost")[1:4] != now.cell("a", "cost")[1:4]
    assert was.version != now.version


def test_no_part_of_an_instance_is_billed() -> None:
    # one to two instances a copy, likely one and a half: two, with the accelerators of two
    block = {"hosting": LLAMA["hosting"] | {"instances_per_replica": [1, 2]}}
    found = bill({"id": "a", "cost": block})
    assert found.monthly is not None
    assert found.monthly.likely == found.monthly.high == 2 * found.monthly.low


def test_an_instance_that_does_not_apply_is_neither_free_nor_in_the_way() -> None:
    none = {"instance_hour": {"not_applicable": True}}
    by_token = bill({**TOKENS, "facts": none})
    assert monthly(by_token) == monthly(bill(TOKENS))
    hosted = {"id": "a", "cost": LLAMA}
    assert monthly(bill({**hosted, "facts": none})) == monthly(bill(hosted)) > 0
    assert bill({"id": "a", "facts": none}).unknown == ("no price is stated",)


def test_requests_at_once_are_given_for_a_load_that_there_is() -> None:
    # 10 at once of likely none and at most 3 million: at most 10 at once
    most = {"low": 0, "likely": 0, "high": 3e6}
    load = LOAD | {"requests_per_month": most, "concurrency": 10}
    found = next(iter(costs({"id": "a", "cost": LLAMA}, workload=load).alternatives.values()))
    assert found.monthly is not None
    assert found.monthly.high == found.monthly.likely


def test_what_was_agreed_changes_no_bill_that_is_known_as_a_whole() -> None:
    known = {"value": 1450, "reason": "last year's invoices"}
    today = {"id": "a", "vendor": "openai-api", "cost": {"monthly": known}}
    terms = Negotiated(
        commitments=(Commitment("openai-api", "savings_plan", Decimal(500), Decimal("0.5")),),
        credits=(Credit("openai-api", Decimal(100), 1),),
    )
    read = made.read(decision(today))
    (found,) = Cost(read._replace(negotiated=terms)).alternatives.values()
    assert items(found) == {"whole bill, as known": 1450}


def test_a_status_quo_with_a_price_missing_is_nothing_to_save_against() -> None:
    today = {
        "id": "today",
        "kind": "status-quo",
        "facts": {"price_input_tokens": fact(1), "price_output_tokens": {"unknown": True}},
    }
    new = {
        "id": "new",
        "facts": {f"price_{kind}_tokens": fact(0.1) for kind in ("input", "output")},
    }
    assert costs(today, new).alternatives["new"].payback_months is None


def test_every_assumption_of_the_price_book_moves_a_bill_or_a_lever() -> None:
    stack = LLAMA["hosting"] | {"precision": "bf16"}
    around = {"index": "qdrant-cloud-4c16g", "storage": "aws-s3"}
    owned = {"price": 300_000, "years": 4, "reason": "an offer"}
    measured = {"instance_output_tokens_per_second": fact(900)}
    smaller = {
        "provider": "anthropic",
        "model": "claude-opus-4-5",
        "smaller_model": "claude-haiku-4-5",
    }
    found = costs(
        {"id": "tokens", "cost": {"tokens": smaller}},
        {"id": "hosted", "cost": {"hosting": stack, "services": around}, "facts": measured},
        {"id": "again", "cost": {"hosting": LLAMA["hosting"]}},
        {"id": "zero", "cost": {"hosting": stack | {"scale_to_zero": True, "term": "reserved_3y"}}},
        {"id": "endpoint", "kind": "managed-platform", "cost": {"hosting": stack}},
        {"id": "owned", "cost": {"hosting": stack, "owned": owned}},
        {"id": "metered", "cost": {"hosting": stack, "owned": owned | {"kilowatts": 8}}},
        workload=LOAD
        | {"requests_per_month": 2e8, "documents": 1e6, "tokens_per_document": 800}
        | {"availability": 99.9, "people": {}},
    )
    bills = found.alternatives.values()
    used = {parameter.row for one in bills for parameter in one.parameters.values()}
    used |= {name for one in bills for lever in one.levers for name in lever.rests_on}
    assert set(found.assumed) - used == set()
