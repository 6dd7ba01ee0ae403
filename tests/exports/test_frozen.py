"""Frozen decisions: recomputed to the last digit by what they hold alone, and compared."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector import cli
from selector.domain.decision import Decision
from selector.domain.problem import SelectorError, UsageError
from selector.report.frozen import decoded, differences, encoded, frozen, thawed
from selector.report.since import changes
from tests.exports.made import DAY, SHIPPED, SMALL, loaded, shipped


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_decision_comes_out_the_same(name: str) -> None:
    whole = json.loads(json.dumps(frozen(shipped(name).analysis), default=str))
    again = thawed(whole)
    assert differences(whole, again) == []
    assert again.version == shipped(name).analysis.version


def test_what_was_changed_afterwards_is_refused() -> None:
    whole = json.loads(json.dumps(frozen(shipped("high-volume-chat").analysis), default=str))
    whole["weights"][next(iter(whole["weights"]))] = 0.9
    with pytest.raises(UsageError, match="was changed after"):
        thawed(whole)


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"form": "other"}, {"@": "Popen"}, {"@": "Decision", "no_such": 1}],
)
def test_what_is_no_frozen_decision_is_told(data: Any) -> None:
    with pytest.raises(UsageError):
        thawed(data)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("decision", {"@": "Criterion", "id": "a", "name": "b"}), ("decision", {"@": "Decision"}),
        ("decision", {"@map": [[{}, 1]]}), ("decision", {"@decimal": "x"}), ("shares", {"a": "x"}),
        ("results", {}), ("results", None), ("engine", None), ("log", None), ("log", [1]),
        ("log", [{"at": "x"}]),
    ],
)  # fmt: skip
def test_what_another_hand_put_together_is_told(key: str, value: Any) -> None:
    whole = json.loads(json.dumps(frozen(shipped("high-volume-chat").analysis), default=str))
    whole[key] = value
    with pytest.raises(SelectorError):
        thawed(signed(whole))


def test_a_decision_with_a_foreign_part_never_breaks_it(tmp_path: Path) -> None:
    kept = json.dumps(frozen(loaded(SMALL, tmp_path)), default=str)
    told = 0
    for key in Decision._fields:
        for value in ("x", [1], {"a": 1}):
            whole = json.loads(kept)
            whole["decision"][key] = value
            try:
                differences(signed(whole), thawed(signed(whole)))
            except SelectorError:
                told += 1
    assert told > 20


def signed(whole: dict[str, Any]) -> dict[str, Any]:
    text = {k: v for k, v in whole.items() if k != "hash"}
    sums = hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()
    return {**whole, "hash": sums}


def test_only_records_of_decisions_are_ever_built() -> None:
    for name in ("Popen", "object", "str", "Analysis", "__import__"):
        with pytest.raises(ValueError, match="no record"):
            decoded({"@": name})
    with pytest.raises(TypeError):
        encoded(object())


def test_keys_that_look_like_ours_come_back_as_they_were() -> None:
    odd = {"@": 1, "@set": (2, 3), "plain": {"@date": "x"}, 1.5: "number"}
    assert decoded(json.loads(json.dumps(encoded(odd)))) == odd


def test_what_has_changed_is_told(tmp_path: Path) -> None:
    then = loaded(SMALL, tmp_path)
    other = json.loads(json.dumps(SMALL, default=str)) | {"as_of": DAY}
    other["alternatives"][0]["performance"]["speed"] = 250
    other["criteria"][0]["weight"] = 3
    now = loaded(other, tmp_path)
    found = changes(then, now, DAY)
    assert found.is_flipped
    assert found.winner == {"before": "a", "now": "b"}
    assert {row["alternative"]: (row["before"], row["now"]) for row in found.ranking} == {
        "a": (1, 2), "b": (2, 1),
    }  # fmt: skip
    assert found.weights["speed"] == {"before": pytest.approx(2 / 3), "now": 0.75}
    assert any(row["alternative"] == "a" for row in found.facts)


def test_a_fact_past_its_shelf_life_is_stale_on_that_day() -> None:
    analysis = shipped("support-assistant").analysis
    later = changes(analysis, analysis, date(2030, 1, 1))
    assert len(later.stale) > len(changes(analysis, analysis, DAY).stale)
    assert later.facts == later.prices == later.ranking == []


@pytest.mark.parametrize("name", ["streaming-choice", "coding-assistant", "serving-choice"])
def test_what_is_stale_is_what_the_app_counts(name: str) -> None:
    analysis = shipped(name).analysis
    stale = changes(analysis, analysis, analysis.decision.day).stale
    told = [n.text for n in analysis.notices if n.code == "stale-fact"]
    assert sorted(f"{r['name']} of {r['of']}" for r in stale) == sorted(
        text.partition(" dates from ")[0] for text in told
    )
    if name == "streaming-choice":  # of three old facts of Flink one knocks it out
        assert [r["fact"] for r in stale if r["alternative"] == "flink"] == ["event_retention_days"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def test_the_commands_freeze_verify_and_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "small.yaml", tmp_path / "small.json"
    file.write_text(yaml.safe_dump(SMALL, sort_keys=False))
    assert run(capsys, "freeze", str(file), "--to", str(out), "--by", "Ada", "--note", "x")[0] == 0
    bea = run(capsys, "freeze", str(file), "--to", str(out), "--by", "Bea")
    assert bea == (0, "", f"{out} written\n"), "as `selector export` says it"
    code, told, _ = run(capsys, "verify", str(out), "--format", "json")
    assert code == 0
    assert [entry["by"] for entry in json.loads(told)["log"]] == ["Ada", "Bea"]
    code, told, _ = run(capsys, "check", str(file), "--against", str(out), "--format", "json")
    assert code == 0
    kinds = ("facts", "prices", "weights", "ranking", "choices", "fits")
    assert {kind: list(found) for kind, found in json.loads(told)["changed"].items()} == {
        kind: [] for kind in kinds
    }
    file.write_text(file.read_text().replace("speed: 100", "speed: 900"))
    code, told, _ = run(capsys, "check", str(file), "--against", str(out))
    assert code == 1
    assert "The answer has changed: A led, now B does." in told
    assert selector.load(file).id == "small"


def test_bad_input_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = tmp_path / "note.json"
    note.write_text("{}")
    for arguments, wanted in (
        (("freeze", "high-volume-chat", "--to", str(note)), "is no frozen decision"),
        (("freeze", "high-volume-chat", "--to", str(tmp_path / "no" / "x.json")), "not a folder"),
        (("verify", str(tmp_path / "none.json")), "cannot be read"),
        (("verify", str(note)), "not a frozen decision"),
        (("check", "high-volume-chat", "--against", str(note)), "not a frozen decision"),
        (("check", "high-volume-chat", "--against", str(note), "--today", "x"), "not a date"),
    ):
        code, _, told = run(capsys, *arguments)
        assert (code, wanted in told) == (2, True), told
    assert note.read_text() == "{}"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["note.json"]


def as_file(folder: Path, **changed: Any) -> Path:
    """A shipped decision as a file of one's own, with some keys set otherwise."""
    text = (Path(__file__).parents[2] / "decisions" / "high-volume-chat.yaml").read_text()
    path = folder / "mine.yaml"
    data = {**yaml.safe_load(text), "id": "mine", **changed}
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))
    return path


def watched(capsys: pytest.CaptureFixture[str], file: Path, *more: str) -> tuple[int, Any]:
    """What `check` says of a file against what was frozen of it: exit code and data."""
    frozen_ = str(file.with_suffix(".json"))
    code, told, _ = run(capsys, "check", str(file), "--against", frozen_, "--format", "json", *more)
    return code, json.loads(told)


def test_a_nightly_job_is_told_what_has_changed_by_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prices = tmp_path / "prices.yaml"
    price = "prices: [{vendor: groq, fact: price_output_tokens, value: %s, reason: agreed}]\n"
    prices.write_text(price % 0.5)
    file = as_file(tmp_path, prices="prices.yaml")
    fresh = ("--today", "2026-07-01")  # before any fact in use is past its shelf life
    run(capsys, "freeze", str(file), "--to", str(file.with_suffix(".json")))

    assert run(capsys, "verify", str(file.with_suffix(".json")))[0] == 0, "by its own prices"
    code, found = watched(capsys, file, *fresh)
    assert (code, found["flipped"], found["stale"]) == (0, False, [])
    assert not any(found["changed"].values()), "nothing has changed"
    assert found["edits"] == []

    prices.write_text(price % 0.55)
    code, found = watched(capsys, file, *fresh)
    assert (code, found["flipped"]) == (0, False), "a price that does not flip it"
    assert [row["alternative"] for row in found["changed"]["prices"]] == ["groq"]

    dear = "prices: [{vendor: google-vertex-ai, fact: price_output_tokens, value: 90, reason: x}]\n"
    prices.write_text(dear)
    code, found = watched(capsys, file, *fresh)
    assert (code, found["flipped"]) == (1, True), "a price that flips it"
    assert found["winner"]["before"] == "vertex" != found["winner"]["now"]

    prices.write_text(price % 0.5)
    told = [dict(a) for a in yaml.safe_load(file.read_text())["alternatives"]]
    fact = {
        "value": 99.0,
        "source": "https://example.com/sla",
        "as_of": date(2026, 6, 30),
        "retrieved": date(2026, 6, 30),
    }
    told[1]["facts"] = {"uptime_sla": fact}
    as_file(tmp_path, prices="prices.yaml", alternatives=told)
    code, found = watched(capsys, file, *fresh)
    assert (code, found["flipped"]) == (0, False), "a fact that does not flip it"
    assert any(row["alternative"] == "groq" for row in found["changed"]["facts"])

    as_file(tmp_path, prices="prices.yaml")
    code, found = watched(capsys, file, "--today", "2030-01-01")
    assert (code, found["flipped"]) == (1, False), "nothing has changed but the day"
    assert found["stale"]


@pytest.mark.parametrize("how", ["cut", "tampered", "empty", "another"])
def test_a_corrupt_frozen_file_is_told_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(yaml.safe_dump(SMALL, sort_keys=False))
    out = tmp_path / "small.json"
    run(capsys, "freeze", str(file), "--to", str(out))
    whole = out.read_text()
    out.write_text({
        "cut": whole[: len(whole) // 2], "tampered": whole.replace('"Speed"', '"Spied"', 1),
        "empty": "", "another": "[1, 2]",
    }[how])  # fmt: skip
    for command in (("check", str(file), "--against", str(out)), ("verify", str(out))):
        code, told, error = run(capsys, *command)
        assert (code, told) == (2, "")
        assert "small.json" in error or "frozen" in error or "changed" in error
        assert "Traceback" not in error
