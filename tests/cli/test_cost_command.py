"""`selector cost`: the keys of the contract, other figures, negotiated prices, and bad usage."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import selector
from selector import cli
from selector.catalog.library import Library
from selector.report import focus
from selector.report.money import Money


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        cli.main(["cost", *arguments])
    said = capsys.readouterr()
    return int(end.value.code or 0), said.out, said.err


def made(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    code, out, err = run(capsys, *arguments, "--format", "json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_keys_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    data = made(capsys, "support-assistant")
    assert {"workload", "currency", "alternatives", "break_even"} <= set(data)
    for bill in data["alternatives"].values():
        wanted = {"monthly", "low", "high", "monthly_mean", "total", "per_1000_requests"}
        assert wanted | {"known_subtotal", "unknown", "items"} <= set(bill)
        for item in bill["items"]:
            assert {"item", "monthly", "quantity", "unit_price", "source"} <= set(item)
            assert item["source"]
        assert bill["low"] <= bill["monthly"] <= bill["high"]
        assert sum(item["monthly"] for item in bill["items"]) == pytest.approx(bill["monthly"])
        assert bill["per_1000_requests"] == pytest.approx(bill["monthly"] / 600)
    for row in data["break_even"]:
        assert {"alternative", "against", "requests_per_month", "crossings"} <= set(row)
    assert data["currency"] == "USD"


def test_other_figures_move_the_bill(capsys: pytest.CaptureFixture[str]) -> None:
    def tokens(data: dict[str, Any], which: str = "monthly") -> float:
        items = data["alternatives"]["bedrock-claude"]["items"]
        return float(sum(item[which] for item in items if item["category"] == "tokens"))

    data = made(capsys, "support-assistant")
    once = tokens(data)
    twice = made(capsys, "support-assistant", "--set", "requests_per_month=1_200_000")
    assert twice["workload"]["requests_per_month"] == 1_200_000
    assert tokens(twice) == pytest.approx(2 * once)
    spread = made(capsys, "support-assistant", "--set", "requests_per_month=6e5..1.2e6")
    assert tokens(spread, "low") == pytest.approx(once)
    assert tokens(spread, "high") == pytest.approx(2 * once)
    dearer = made(capsys, "support-assistant", "--set", "bedrock-claude.price_output_tokens=10")
    assert tokens(dearer) > once
    assert dearer["alternatives"]["azure-gpt"] == data["alternatives"]["azure-gpt"]


def test_a_figure_that_moves_nothing_is_not_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    for decision in ("support-assistant", "high-volume-chat", "regulated-documents"):
        _, out, _ = run(capsys, decision)
        told = re.findall(r": (\S+ USD) to (\S+ USD) a month", out)
        assert told
        assert all(least != most for least, most in told)


def test_a_latency_may_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--set", "first_token_seconds=1.5", "--set", "seconds_per_token=0.05")
    data = made(capsys, "support-assistant", *asked)
    assert data["workload"]["first_token_seconds"] == 1.5
    figure = data["alternatives"]["vllm-llama"]["figures"]["seconds_per_token"]
    assert (figure["value"], figure["unit"]) == (0.05, "s")
    code, _, err = run(capsys, "support-assistant", "--set", "first_token_seconds=0")
    assert (code, "above 0" in err) == (2, True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("requests_per_mont=3", "did you mean 'requests_per_month'"),
        ("utilisatoin=3", "did you mean 'utilisation'"),
        ("vllm-lama.instance_hour=3", "did you mean 'vllm-llama'"),
        ("vllm-llama.instance_hours=3", "did you mean 'instance_hour'"),
        ("requests_per_month", "not a figure"),
        ("requests_per_month=many", "not a figure"),
        ("requests_per_month=5..3", "the low end is above the high"),
        ("utilisation=0.4..0.9..0.8", "not between low and high"),
        ("requests_per_month=nan", "not a figure"),
        ("requests_per_month=-1", "out of bounds"),
        ("cached_share=2", "out of bounds"),
        ("utilisation=0", "above 0, up to 1"),
        ("utilisation=0.5..1.2", "above 0, up to 1"),
        ("machine_up=100", "below 100"),
        ("vllm-llama.instance_output_tokens_per_second=0", "above 0"),
        ("vllm-llama.hours_per_month=0", "above 0"),
        ("hourly_cost=-3", "from 0 on"),
        ("months=1.5", "whole number"),
        ("growth_per_month=9", "trillionfold"),
    ],
)
def test_what_cannot_be_set_is_told(
    given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "support-assistant", "--set", given)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_items_as_csv_have_the_names_of_focus(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "support-assistant", "--format", "csv")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    data = made(capsys, "support-assistant")
    for name, bill in data["alternatives"].items():
        own = [row for row in rows if row["x_Alternative"] == name]
        billed = [row for row in own if row["ChargeFrequency"] != "One-Time"]
        assert sum(float(row["BilledCost"]) for row in billed) == pytest.approx(bill["monthly"])
    assert {row["BillingCurrency"] for row in rows} == {"USD"}
    own = {"BilledCost", "BillingPeriodStart", "ChargeDescription", "ServiceName", "SkuId"}
    assert own <= set(rows[0])


def test_negotiated_prices_are_marked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "negotiated.yaml"
    path.write_text(
        "confidential: true\nprices: [{vendor: amazon-bedrock, discount: 0.5, reason: ours}]\n",
        encoding="utf-8",
    )
    listed = made(capsys, "support-assistant")["alternatives"]["bedrock-claude"]["monthly"]
    data = made(capsys, "support-assistant", "--prices", str(path))
    bill = data["alternatives"]["bedrock-claude"]
    assert bill["monthly"] == pytest.approx(listed / 2)
    assert data["confidential"]
    assert all(item["confidential"] for item in bill["items"])
    assert not data["alternatives"]["azure-gpt"]["confidential"]
    _, out, _ = run(capsys, "support-assistant", "--prices", str(path))
    assert "confidential" in out


@pytest.fixture
def agreed(tmp_path: Path) -> str:
    """A file of confidential prices, commitments and credits."""
    path = tmp_path / "agreed.yaml"
    path.write_text(
        "confidential: true\n"
        "prices: [{vendor: amazon-bedrock, fact: price_output_tokens, value: 0.3137, "
        "reason: secret frame}]\n"
        "commitments: [{vendor: openai-api, kind: minimum_spend, monthly: 4711, reason: hush}]\n"
        "credits: [{vendor: google-vertex-ai, amount: 8642, months: 6, reason: start-up}]\n",
        encoding="utf-8",
    )
    return str(path)


def test_redacted_data_tell_no_confidential_amount(
    capsys: pytest.CaptureFixture[str], agreed: str
) -> None:
    arguments = ("support-assistant", "--prices", agreed)
    full, data = made(capsys, *arguments), made(capsys, *arguments, "--redact")
    secret = {name for name, bill in full["alternatives"].items() if bill["confidential"]}
    assert len(secret) == 3
    assert data["version"] != full["version"], "a hash of what is confidential"
    told = json.dumps(data)
    for word in ("secret frame", "hush", "start-up", "0.3137", "4711", "8642"):
        assert word in json.dumps(full)
        assert word not in told
    for name in secret:
        bill, before = data["alternatives"][name], full["alternatives"][name]
        sums = ("monthly", "low", "high", "monthly_mean", "total", "known_subtotal", "one_time")
        assert [bill[key] for key in (*sums, "per_1000_requests", "worth")] == [None] * 9
        assert not any(bill[key] for key in ("ranges", "by_month", "sensitivity", "levers"))
        for item, was in zip(bill["items"], before["items"], strict=True):
            assert item["confidential"] == was["confidential"]
            assert item == was or item["quantity"] is item["unit_price"] is item["monthly"] is None
        for amount in (before["monthly"], before["total"], before["known_subtotal"]):
            assert amount == 0 or str(amount) not in told
    assert data["break_even"]
    assert not secret & {
        row[end] for row in data["break_even"] for end in ("alternative", "against")
    }
    for name in set(full["alternatives"]) - secret:
        assert data["alternatives"][name] == full["alternatives"][name]


def test_redacted_tables_and_files_say_confidential(
    capsys: pytest.CaptureFixture[str], agreed: str
) -> None:
    arguments = ("support-assistant", "--prices", agreed, "--redact")
    for format in ("table", "csv"):
        code, out, _ = run(capsys, *arguments, "--format", format)
        assert (code, "confidential" in out) == (0, True)
        for word in ("secret frame", "hush", "start-up", "0.3137", "4,711", "4711", "8,642"):
            assert word not in out
    decision = Library().decision("support-assistant")
    decision = decision._replace(negotiated=Library().negotiated(Path(agreed)))
    found = selector.analyse(decision).cost().alternatives
    assert out == focus.focus_csv(focus.rows(found, Money(), False), "USD", decision.day)


def test_the_table_tells_once_never_and_cautions(capsys: pytest.CaptureFixture[str]) -> None:
    data = made(capsys, "support-assistant")
    _, out, _ = run(capsys, "support-assistant")
    block = out.partition("  Paid once:\n")[2].splitlines()[0]
    assert re.search(r"embedding the documents .* once ", block)
    assert "vLLM on EKS, Llama 70B is not cheaper at any volume, up to" in out
    assert "Prices of the first month; those of Vertex AI change on 1 Jan 2027." in out
    assert "Over 24 months the order changes. From the cheapest, in" in out
    for bill in data["alternatives"].values():
        assert all(f"    {lever['caution']}" in out for lever in bill["levers"][:3])


def test_the_table_tells_of_discounting_of_ranges_and_of_what_is_not_known(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(
        "id: some\ntitle: Some\nas_of: 2026-11-24\ncriteria: ai-platform\n"
        "budget: {monthly: 20000}\nbusiness: {discount_rate: 0.08, value_per_request: 0.001}\n"
        "workload: {requests_per_month: 1e6, input_tokens: 1000, months: 12}\n"
        "alternatives:\n- {vendor: anthropic-api, offer: claude-haiku}\n"
        "- {id: none, name: Unpriced}\n",
        encoding="utf-8",
    )
    code, out, err = run(capsys, str(path))
    assert (code, err) == (0, "")
    assert "The sum of 12 months is discounted at 8 % a year." in out
    assert re.search(r"Unpriced +not known", out)
    assert "Worth minus cost: " in out
    assert not re.search(r"(?<!\S)([\d,.]+) to \1(?![\d,.])", out)


def test_a_file_of_prices_that_is_wrong_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "negotiated.yaml"
    path.write_text("prices: [{vendor: nobody, discount: 0.5, reason: ours}]\n", encoding="utf-8")
    code, _, err = run(capsys, "support-assistant", "--prices", str(path))
    assert code == 2
    assert "there is no vendor 'nobody'" in err
    code, _, err = run(capsys, "support-assistant", "--prices", str(tmp_path / "none.yaml"))
    assert code == 2
    assert "Traceback" not in err


def test_another_currency_is_shown_with_its_rate(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "euro.yaml"
    path.write_text(
        "id: euro\ntitle: Euro\nas_of: 2026-11-24\ncriteria: ai-platform\n"
        "budget: {monthly: 20000}\nalternatives: [{vendor: anthropic-api, offer: claude-haiku}]\n"
        "workload: {requests_per_month: 1e6, input_tokens: 1000}\n"
        "business: {currency: {code: EUR, usd: 1.25, as_of: 2026-11-20}}\n",
        encoding="utf-8",
    )
    data = made(capsys, str(path))
    assert data["currency"] == "EUR"
    assert data["exchange"]["usd"] == 1.25
    (bill,) = data["alternatives"].values()
    assert bill["monthly"] == pytest.approx(1000 * 0.1 / 1.25)


def test_without_a_workload_there_is_no_bill(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(
        "id: none\ntitle: None\ncriteria: ai-platform\nbudget: {monthly: 20000}\n"
        "alternatives: [{vendor: anthropic-api, offer: claude-haiku}]\n",
        encoding="utf-8",
    )
    data = made(capsys, str(path))
    (bill,) = data["alternatives"].values()
    assert bill["monthly"] is None
    assert bill["unknown"] == ["no workload"]
    code, out, _ = run(capsys, str(path))
    assert code == 0
    assert "no workload" in out
