"""A business with another currency is told whole stacks in it; data stay in US dollars."""

import json
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import selector
from selector.analysis.stack import analyse_stack
from selector.catalog.library import Library
from selector.cli import app
from selector.report.currency import in_currency
from selector.report.stack_records import records
from tests.exports.made import DAY
from tests.stack.homes import STACK
from tests.stack.test_composing import stacks_of

DOLLARS = re.compile(r".{0,60}(?:USD|US dollars?).{0,40}")
RATE = "1 EUR is 1.25 US dollars"
BILLS = {"r1": 2000, "r2": [1000, 1500], "r3": 9000, "g1": 100, "g2": 3000, "b1": 60, "b2": 40}


def decided(code: str = "EUR", limit: float = 5000) -> str:
    """A stack with bills, a limit of cost, and one that is knocked out by its own bill."""
    data = yaml.safe_load(STACK)
    for layer in data["stack"]["layers"]:
        for each in layer["candidates"]:
            if bill := BILLS.get(each["id"]):
                each["cost"] = {"monthly": {"value": bill, "reason": "a quote"}}
    red = data["stack"]["layers"][0]
    red["criteria"].append({"id": "price", "name": "Price", "measure": {"cost": "monthly"},
                            "goal": "min", "unit": "USD per month"})  # fmt: skip
    red["requirements"] = [{"criterion": "price", "at_most": 7500}]
    data["stack"]["limits"] = {"monthly_cost": limit}
    data["workload"] = {"requests_per_month": 1000}
    data["business"] = {"currency": {"code": code, "usd": 1.25, "as_of": DAY}} if code else {}
    return yaml.safe_dump(data, sort_keys=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    stacks_of(tmp_path, decision=decided())
    (tmp_path / "decisions" / "dollars.yaml").write_text(decided(""), encoding="utf-8")
    return tmp_path


def printed(home: Path, command: str, name: str, *more: str) -> str:
    path = str(home / "decisions" / f"{name}.yaml")
    return CliRunner().invoke(app, [command, path, *more, "--home", str(home)]).output


@pytest.mark.parametrize("command", ["compose", "rank"])
def test_tables_are_in_it_and_data_have_the_same_figures(command: str, home: Path) -> None:
    table = printed(home, command, "whole")
    assert {"compose": "Price: at most 6,000 EUR", "rank": "at most 4,000 EUR"}[command] in table
    assert DOLLARS.findall(table) == []
    mine, plain = (
        json.loads(printed(home, command, name, "--format", "json"))
        for name in ("whole", "dollars")
    )
    for key in ("stacks", "alternatives", "limits", "ranking", "excluded"):
        told, filed = (
            re.sub(r"\d[\d,]* (EUR|USD)", "", json.dumps(data.get(key))) for data in (mine, plain)
        )
        assert told == filed


def test_the_limit_holds_in_it_as_in_dollars(home: Path) -> None:
    asked = selector.analyse(Library(home).decision(home / "decisions" / "whole.yaml"))
    told = in_currency(asked)
    assert told.version == asked.version
    open_ = [list(map(bool, each.basis.unproven)) for each in (told, asked)]
    assert any(open_[0])
    assert open_[0] == open_[1]
    assert [row.alternative for row in told.ranking] == [row.alternative for row in asked.ranking]
    assert "Monthly cost of the whole stack: at most 4,000 EUR" in told.requirements


def test_no_record_tells_an_amount_in_dollars(home: Path) -> None:
    found = records(analyse_stack(Library(home).decision(home / "decisions" / "whole.yaml")))
    told = {name: text.decode() for name, text in found.items()}
    assert "At most 4,000 EUR a month" in told["stack.md"]
    assert "at most 6,000 EUR per month" in told["stack.md"]
    assert RATE in told["stack.md"]
    for name, text in told.items():
        assert DOLLARS.findall(text.replace(RATE, "")) == [], name


def test_what_cannot_be_kept_is_told_in_it(tmp_path: Path) -> None:
    told = " ".join(stacks_of(tmp_path, decision=decided(limit=20)).conflicts)
    assert "A stack may cost at most 16 EUR a month." in told
