"""Bills worked out by hand from price pages: the program comes to the same, to the cent."""

import ast
import json
import math
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from selector import cli

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]
BILLS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yaml")}
CENT = Decimal("0.01")
FIGURES = ("low", "high", "total", "monthly_mean", "per_1000_requests")
"""What a case may give beside the month, as the keys of `selector cost`."""

DECISION: Mapping[str, Any] = {
    "id": "bill",
    "title": "A bill worked out by hand",
    "as_of": date(2026, 11, 24),
    "criteria": [
        {
            "id": "cost",
            "name": "Cost",
            "goal": "min",
            "unit": "USD",
            "measure": {"cost": "monthly"},
            "value": {"worst": 1_000_000, "best": 0},
        }
    ],
}


def worked(line: str) -> tuple[Decimal, Decimal]:
    """Both sides of a line of working, `quantity * price = amount`, in decimal arithmetic."""
    left, right = line.split(" = ")
    return _value(ast.parse(left, mode="eval").body), Decimal(right.replace("_", ""))


def _value(node: ast.expr) -> Decimal:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Decimal(repr(number))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _value(left), _value(right)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return a**b
        case ast.Call(func=ast.Name(id="up"), args=[inner]):  # rounded up to whole machines
            return Decimal(math.ceil(_value(inner)))
        case ast.Call(func=ast.Name(id="most"), args=inner):
            return max(_value(one) for one in inner)
    raise ValueError(f"not arithmetic: {ast.dump(node)}")


def _rounded(amount: float | Decimal, like: Decimal = CENT) -> Decimal:
    return Decimal(repr(amount) if isinstance(amount, float) else amount).quantize(
        like, ROUND_HALF_UP
    )


@pytest.fixture(name="billed", params=sorted(BILLS))
def _billed(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A bill as worked out by hand, and as the program gives it."""
    bill = BILLS[request.param]
    content = {**DECISION, "alternatives": [bill["alternative"]], "workload": bill["workload"]}
    if "negotiated" in bill:
        agreed = tmp_path / "negotiated.yaml"
        agreed.write_text(yaml.safe_dump(bill["negotiated"]), encoding="utf-8")
        content["prices"] = agreed.name
    path = tmp_path / "bill.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        cli.main(["cost", str(path), "--format", "json"])
    assert end.value.code == 0
    (given,) = json.loads(capsys.readouterr().out)["alternatives"].values()
    return bill, given


def test_there_are_ten_and_more() -> None:
    assert len(BILLS) >= 10


@pytest.mark.parametrize("name", sorted(BILLS))
def test_the_working_is_right(name: str) -> None:
    bill = BILLS[name]
    assert bill["sources"]
    lines = [bill[key] for key in ("monthly", *FIGURES) if key in bill]
    for line in (*bill["working"].values(), *lines):
        left, right = worked(line)
        assert _rounded(left, right) == right, line


def test_each_item_is_billed_to_the_cent(billed: tuple[dict[str, Any], dict[str, Any]]) -> None:
    bill, given = billed
    assert given["unknown"] == []
    items = {item["item"]: _rounded(item["monthly"]) for item in given["items"]}
    wanted = {item: worked(line)[1] for item, line in bill["working"].items()}
    assert {item: amount for item, amount in items.items() if amount or item in wanted} == wanted


def test_the_sums_are_billed_to_the_cent(billed: tuple[dict[str, Any], dict[str, Any]]) -> None:
    bill, given = billed
    for figure in ("monthly", *FIGURES):
        if figure in bill:
            wanted = worked(bill[figure])[1]
            assert _rounded(given[figure], wanted) == wanted, figure


@pytest.mark.parametrize("name", sorted(BILLS))
def test_its_prices_are_of_the_snapshot_that_is_shipped(name: str) -> None:
    shipped = json.loads((ROOT / "prices" / "tokens.json").read_text("utf-8"))
    for source in BILLS[name]["sources"]:
        if source.get("through", "").startswith("genai-prices"):
            assert source["through"] == f"genai-prices {shipped['version']}"
            assert source["as_of"] == date.fromisoformat(shipped["as_of"])
