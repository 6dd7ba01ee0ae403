"""What the commands promise: keys, exit codes, messages, homes, and working from anywhere."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import selector
from selector import cli
from selector.catalog.library import shipped_home

SOURCES = Path(selector.__file__).resolve().parents[1]
SHIPPED = "support-assistant"
DECISION = """id: small
title: Small
criteria:
  - {id: speed, name: Speed, weight: 60, value: {worst: 0, best: 10}}
  - id: money
    weight: 40
    children:
      - {id: price, name: Price, goal: min, value: {worst: 10, best: 0}}
      - {id: extras, name: Extras, value: {worst: 0, best: 1}}
alternatives:
  - {id: a, name: A, performance: {speed: 9, price: 9, extras: 0.5}}
  - {id: b, name: B, performance: {speed: 2, price: 1, extras: null}}
  - {id: c, name: C, performance: {speed: 0, price: 0, extras: 1}}
requirements: [{criterion: speed, at_least: 1}]
"""


class Answer(NamedTuple):
    code: object
    out: str
    err: str

    @property
    def data(self) -> Any:
        def refuse(name: str) -> float:
            raise AssertionError(f"{name} is not JSON")

        return json.loads(self.out, parse_constant=refuse)


Run = Callable[..., Answer]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("SELECTOR_HOME", raising=False)

    def call(*arguments: object) -> Answer:
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main([*map(str, arguments)])
        return Answer(end.value.code, *capfd.readouterr())

    return call


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(DECISION, encoding="utf-8")
    return path


def process(*arguments: object, **options: Any) -> "subprocess.CompletedProcess[str]":
    options["env"] = {**os.environ, "PYTHONPATH": str(SOURCES), **options.get("env", {})}
    command = [sys.executable, "-m", "selector", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


# rank ------------------------------------------------------------------------------------------


def test_rank_gives_the_keys_and_types_of_the_contract(run: Run) -> None:
    answer = run("rank", SHIPPED, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    data = answer.data
    assert data["decision"] == SHIPPED
    assert data["method"] == "weighted_sum"
    assert isinstance(data["version"], str)
    assert data["version"]
    assert [row["rank"] for row in data["ranking"]] == sorted(r["rank"] for r in data["ranking"])
    for row in data["ranking"]:
        assert isinstance(row["alternative"], str)
        assert isinstance(row["name"], str)
        assert type(row["rank"]) is int
        assert 0 <= row["low"] <= row["score"] <= row["high"] <= 1
        assert type(row["unproven"]) is bool
    for row in data["excluded"]:
        assert all(isinstance(row[key], str) for key in ("alternative", "requirement", "reason"))
    assert math.isclose(sum(data["weights"].values()), 1, abs_tol=1e-12)
    assert all(isinstance(text, str) for text in data["warnings"])


def test_rank_by_hand(run: Run, small: Path) -> None:
    # speed 0.6, price and extras 0.2 each.  a 0.54 + 0.02 + 0.1 = 0.66
    # b 0.12 + 0.18 + 0.2 x 0.5 = 0.4, from 0.3 to 0.5.  c is too slow.
    data = run("rank", small, "--format", "json").data
    assert [
        (row["alternative"], row["rank"], row["score"], row["low"], row["high"])
        for row in data["ranking"]
    ] == [
        ("a", 1, pytest.approx(0.66), pytest.approx(0.66), pytest.approx(0.66)),
        ("b", 2, pytest.approx(0.4), pytest.approx(0.3), pytest.approx(0.5)),
    ]
    assert [row["alternative"] for row in data["excluded"]] == ["c"]
    assert data["weights"] == pytest.approx({"speed": 0.6, "price": 0.2, "extras": 0.2})


def test_set_replaces_weights_beside_what_the_others_had(run: Run, small: Path) -> None:
    # speed 0 beside money 40 of 100: money all.  price 150 beside extras 50: 0.75, 0.25
    data = run("rank", small, "--set", "speed=0", "--set", "price=150", "--format", "json").data
    assert data["weights"] == pytest.approx({"speed": 0, "price": 0.75, "extras": 0.25})
    assert data["ranking"][0]["alternative"] == "b"


def test_the_table_is_plain_where_nobody_looks(run: Run) -> None:
    out = run("rank", SHIPPED).out
    assert "\x1b" not in out
    assert "Points of 100" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rank", "suport-assistant"], "did you mean 'support-assistant'?"),
        (["rank", SHIPPED, "--set", "securty=5"], "did you mean 'security'?"),
        (["rank", SHIPPED, "--set", "security"], "--set criterion=points"),
        (["rank", SHIPPED, "--set", "security=-1"], "--set criterion=points"),
        (["rank", SHIPPED, "--set", "security=nan"], "--set criterion=points"),
        (["rank", SHIPPED, "--set", "security=inf"], "--set criterion=points"),
        (["rank", SHIPPED, "--set", "security=1e300"], "security"),
        (["rank", SHIPPED, "--set", "security=40%"], "--set criterion=points"),
        (["rank", SHIPPED, "--method", "weighted_sun"], "did you mean 'weighted_sum'?"),
        (["rank", SHIPPED, "--format", "xml"], "'xml'"),
        (["rank", SHIPPED, "--bogus"], "--bogus"),
        (["rank"], "FILE"),
        (["bogus"], "bogus"),
        (["vendor", "openai"], "did you mean 'openai-api'?"),
        (["vendor", "../vendors/openai-api"], "there is no vendor"),
        (["rank", SHIPPED, "--home", "/nowhere/at/all"], "/nowhere/at/all is not a folder"),
        (["validate", "/nowhere/at/all"], "does not exist"),
    ],
)
def test_bad_usage_ends_with_2_and_says_what_would_be_right(
    run: Run, arguments: list[str], words: str
) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_weights_that_sum_to_zero_are_refused(run: Run, small: Path) -> None:
    answer = run("rank", small, "--set", "speed=0", "--set", "money=0")
    assert answer.code == 2
    assert "sum to zero" in answer.err


def test_a_decision_without_alternatives_has_weights_and_an_empty_ranking(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "bare.yaml"
    path.write_text("id: bare\ntitle: Bare\ncriteria: [{id: a}, {id: b}]\n")
    assert run("weights", path, "--format", "json").data["weights"] == {"a": 0.5, "b": 0.5}
    data = run("rank", path, "--format", "json").data
    assert data["ranking"] == []
    assert data["warnings"] == ["No alternative is left to rank."]


def test_a_path_and_an_id_name_the_same_decision(run: Run) -> None:
    path = shipped_home() / "decisions" / f"{SHIPPED}.yaml"
    by_path, by_id = run("rank", path, "--format", "json"), run("rank", SHIPPED, "--format", "json")
    assert by_path.data == by_id.data


def test_a_file_in_this_folder_is_found_whatever_its_ending(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small.parent / "plain").write_text(DECISION)
    monkeypatch.chdir(small.parent)
    assert run("rank", "small.yaml").code == 0
    assert run("rank", "./small.yaml").code == 0
    assert run("rank", "plain").code == 0
    assert run("rank", "./plain").code == 0


# weights, validate, vendors ----------------------------------------------------------------------


def test_weights_gives_the_keys_and_types_of_the_contract(run: Run) -> None:
    data = run("weights", SHIPPED, "--format", "json").data
    assert math.isclose(sum(data["weights"].values()), 1, abs_tol=1e-12)
    tops = [node for node in data["tree"] if node["depth"] == 0]
    assert math.isclose(sum(node["weight"] for node in tops), 1, abs_tol=1e-12)
    assert set(data["groups"]).isdisjoint(data["weights"])
    assert data["method"] == "direct"
    assert isinstance(data["consistency"], dict)
    assert isinstance(data["revisit"], list)
    assert isinstance(data["implied"], dict)
    printed = run("weights", SHIPPED).out
    assert "of the whole" in printed
    dearest = data["implied_in_words"][0]
    assert dearest.startswith("You would pay up to")
    assert dearest in printed


def test_worth_past_the_scale_of_cost_is_said(run: Run, tmp_path: Path) -> None:
    text = DECISION.replace("name: Price, goal: min,", "name: Price, goal: min, unit: EUR,")
    path = tmp_path / "priced.yaml"
    path.write_text(text, encoding="utf-8")
    # speed weighs 0.6 and price 0.2: worth 30, and the scale of price spans 10
    told = "Worth above 10 EUR runs past the scale of Price: nobody was asked about so much."
    assert told in run("weights", path).out.splitlines()
    assert run("weights", path, "--format", "json").data["implied_in"]["span"] == 10
    assert told not in run("weights", path, "--set", "speed=10").out


def test_all_shipped_data_are_valid(run: Run) -> None:
    answer = run("validate")
    assert (answer.code, answer.out) == (0, "")


def test_validate_says_all_on_standard_output_and_ends_with_1(run: Run, small: Path) -> None:
    small.write_text(
        DECISION.replace("worst: 10, best: 0", "worst: 10").replace("best: 1}", "bst}")
    )
    answer = run("validate", small)
    assert answer.code == 1
    assert len(answer.out.splitlines()) >= 2
    data = run("validate", small, "--format", "json").data
    assert {"path", "line", "column", "what", "instead"} <= set(data["problems"][0])


def test_validate_takes_a_folder_laid_out_as_a_home_for_the_home(run: Run, tmp_path: Path) -> None:
    for name in ("vendors", "decisions"):
        (tmp_path / name).mkdir()
    vendor = "id: ours\nname: Ours\nprovider: Us\nkind: status-quo\nfacts: {}\n"
    (tmp_path / "vendors" / "ours.yaml").write_text(vendor)
    decision = "id: d\ntitle: D\ncriteria: ai-platform\nbudget: {monthly: 100}\n"
    decision += "alternatives: [ours, openai-api]\n"
    (tmp_path / "decisions" / "d.yaml").write_text(decision)
    answer = run("validate", str(tmp_path))
    assert answer.code == 0, answer.out


def test_validate_takes_folders(run: Run, small: Path) -> None:
    (small.parent / "_draft.yaml").write_text("not: [a decision")
    assert run("validate", small.parent).code == 0


def test_vendors_gives_the_keys_and_types_of_the_contract(run: Run) -> None:
    data = run("vendors", "--format", "json").data
    assert len(data["vendors"]) >= 7
    table = run("vendors").out
    for row in data["vendors"]:
        assert all(isinstance(row[key], str) for key in ("id", "name", "kind"))
        assert row["known"] <= row["facts"]
        assert 0 <= row["coverage"] <= 1
        assert type(row["stale"]) is int
        assert row["id"] in table


def test_vendor_shows_each_fact_with_its_source(run: Run) -> None:
    data = run("vendor", "openai-api", "--format", "json").data
    assert data["id"] == "openai-api"
    facts = dict(data["facts"])
    for offer in data["offers"]:
        facts |= offer["facts"]
    assert len(facts) > 40
    for fact in facts.values():
        assert {"name", "state", "value", "sources", "as_of", "confidence"} <= set(fact)
        if fact["state"] == "value" and not fact.get("judgement"):
            assert fact["sources"]
            assert fact["as_of"]
    assert "https://" in run("vendor", "openai-api").out


# homes -----------------------------------------------------------------------------------------


def own_home(folder: Path) -> Path:
    for name in ("vendors", "criteria", "decisions"):
        (folder / name).mkdir(parents=True)
    (folder / "vendors" / "openai-api.yaml").write_text(
        "id: openai-api\nname: Our own reading\nkind: model-api\nfacts:\n"
        "  house_rule: {value: true, source: https://example.com, as_of: 2026-01-01}\n"
    )
    (folder / "vendors" / "ours.yaml").write_text("id: ours\nname: Ours\nkind: status-quo\n")
    (folder / "criteria" / "facts.yaml").write_text(
        "facts:\n  house_rule: {name: House rule, type: boolean}\n"
    )
    (folder / "decisions" / "own.yaml").write_text(
        "id: own\ntitle: Own\ncriteria: [{id: rule, measure: {fact: house_rule}}]\n"
        "alternatives: [openai-api, ours]\n"
    )
    return folder


@pytest.mark.parametrize("way", ["option behind", "option before", "variable"])
def test_ones_own_home_adds_to_and_overrides_the_shipped_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    home = own_home(tmp_path / "mine")
    before = ["--home", home] if way == "option before" else []
    behind = ["--home", home] if way == "option behind" else []
    if way == "variable":
        monkeypatch.setenv("SELECTOR_HOME", str(home))
    ranked = run(*before, "rank", "own", *behind, "--format", "json").data["ranking"]
    assert [row["name"] for row in ranked] == ["Our own reading", "Ours"]
    listed = run(*before, "vendors", *behind, "--format", "json").data["vendors"]
    assert {"ours", "amazon-bedrock"} <= {row["id"] for row in listed}
    assert len({row["id"] for row in listed}) == len(listed)


def test_an_option_wins_over_the_variable(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELECTOR_HOME", "/nowhere")
    assert run("rank", "own", "--home", own_home(tmp_path / "mine")).code == 0
    assert run("rank", SHIPPED).code == 2


# as a process --------------------------------------------------------------------------------


def test_it_works_from_any_folder(tmp_path: Path) -> None:
    done = process("rank", SHIPPED, "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["decision"] == SHIPPED


def test_the_ranking_is_the_same_in_two_processes(tmp_path: Path) -> None:
    one, two = (process("rank", SHIPPED, "--format", "json", cwd=tmp_path) for _ in range(2))
    assert one.stdout == two.stdout


@pytest.mark.parametrize("format", ["table", "json"])
def test_a_reader_that_leaves_is_no_error(format: str) -> None:
    process_of = subprocess.Popen(
        [sys.executable, "-m", "selector", "vendor", "openai-api", "--format", format],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )
    assert process_of.stdout
    assert process_of.stderr
    process_of.stdout.close()
    assert process_of.stderr.read() == b""
    assert process_of.wait() == 0
    process_of.stderr.close()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("format", ["table", "json"])
def test_a_narrow_terminal_encoding_is_no_error(encoding: str, format: str) -> None:
    done = process(
        "rank", SHIPPED, "--format", format, env={"PYTHONIOENCODING": encoding}, encoding="latin-1"
    )
    assert (done.returncode, done.stderr) == (0, "")
    if format == "json":
        assert json.loads(done.stdout)["decision"] == SHIPPED


def test_help_and_version() -> None:
    assert "rank" in process("--help").stdout
    assert process("version").stdout.strip() == selector.__version__


@pytest.mark.parametrize("command", ["methods", "robustness", "weights"])
def test_what_needs_no_ranking_goes_on_where_the_method_cannot_rank(
    command: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "id: case\ntitle: A case\ncriteria: [{id: x}]\nmethod: copras\n"
        "alternatives:\n  - {id: a, performance: {x: -9}}\n  - {id: b, performance: {x: 4}}\n"
    )
    answer = run(command, path)
    assert answer.code == 0, answer.err
    assert "it takes no negative numbers" in answer.out or command == "weights"
    asked = run("rank", path, "--method", "waspas")
    assert asked.err.startswith("selector: waspas cannot rank this decision"), "no place of a file"
