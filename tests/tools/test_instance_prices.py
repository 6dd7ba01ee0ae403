"""Prices of machines out of the clouds' lists, and the file in its usual form."""

import json
import subprocess
from datetime import date
from pathlib import Path

from selector.catalog.reading import read_document
from tools.instance_prices import FILES, TARGET, go_prices, json_prices, read_list, written
from tools.instance_prices import refreshed as refresh
from tools.refresh_sources import Checkout

GO = """\
// generated at 2026-07-20T13:44:30Z for us-east-1
var prices = map[string]map[string]float64{
\t// us-east-1
\t"us-east-1": {
\t\t// p5 family
\t\t"p5.4xlarge": 6.880000, "p5.48xlarge": 55.040000,
\t},
\t// eu-west-2
\t"eu-west-2": {
\t\t"p5.4xlarge": 8.944000,
\t},
}
"""


def test_a_generated_go_file_is_read_by_region() -> None:
    assert go_prices(GO) == {
        ("us-east-1", "on_demand", "p5.4xlarge"): 6.88,
        ("us-east-1", "on_demand", "p5.48xlarge"): 55.04,
        ("eu-west-2", "on_demand", "p5.4xlarge"): 8.944,
    }


def test_sums_of_parts_are_rounded_to_four_digits() -> None:
    text = json.dumps({"prices": {"us-central1": {"spot": {"a2-highgpu-1g": 1.92803334}}}})
    assert json_prices(text) == {("us-central1", "spot", "a2-highgpu-1g"): 1.928}


def test_only_prices_of_that_list_are_brought_up_to_date() -> None:
    content = {
        "instances": {
            "one": {
                "name": "p5.4xlarge",
                "source": "aws-list",
                "prices": {
                    "us-east-1": {"on_demand": 6.0, "spot": {"value": 2.1, "source": "elsewhere"}},
                    "eu-west-2": {"on_demand": {"value": 9.0, "source": "elsewhere"}},
                },
            },
            "gone": {
                "name": "p3.2xlarge",
                "source": "aws-list",
                "prices": {"us-east-1": {"on_demand": 3.06}},
            },
        }
    }
    assert refresh(content, "aws", go_prices(GO)) == [
        "p5.4xlarge us-east-1 on_demand: 6.0 -> 6.88",
        "p3.2xlarge us-east-1 on_demand: 3.06, no longer in the list",
    ]
    prices = content["instances"]["one"]["prices"]
    assert prices["us-east-1"]["on_demand"] == 6.88
    assert prices["eu-west-2"]["on_demand"]["value"] == 9.0


def test_a_checkout_says_which_commit_and_which_day(tmp_path: Path) -> None:
    file = tmp_path / FILES["aws"]
    file.parent.mkdir(parents=True)
    file.write_text(GO, encoding="utf-8")
    git = ["git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "prices"], check=True)
    prices, about = read_list("aws", Checkout(tmp_path))
    assert prices["us-east-1", "on_demand", "p5.48xlarge"] == 55.04
    assert about["as_of"] == date(2026, 7, 20)
    assert about["as_of_kind"] == "generated_at"
    assert Checkout(tmp_path).version in about["url"]


def test_the_shipped_file_is_in_the_form_the_tool_writes() -> None:
    assert written(read_document(TARGET).data) == TARGET.read_text(encoding="utf-8")
