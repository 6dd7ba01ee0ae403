"""The log of a frozen decision: covered by its hash, of one decision, complete, and harmless."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from selector.cli_results.frozen import freeze
from tests.exports.made import SMALL, loaded
from tests.exports.test_frozen import run

STEERS = "a\x1b[31m\u202eb\x9b\ud800"


def small(folder: Path, **changed: Any) -> str:
    """A small decision as a file."""
    path = folder / f"{changed.get('id', 'small')}.yaml"
    path.write_text(yaml.safe_dump({**SMALL, **changed}, sort_keys=False))
    return str(path)


def frozen_by(folder: Path, capsys: pytest.CaptureFixture[str], *by: str) -> Path:
    """What several froze one after the other."""
    out = folder / "f.json"
    for who in by:
        assert run(capsys, "freeze", small(folder), "--to", str(out), "--by", who)[0] == 0
    return out


def as_first_made(path: Path, **entry: str) -> None:
    """Write a frozen file as the first form was: the hash leaves the log out."""
    whole = json.loads(path.read_text()) | {"form": "selector-frozen-1"}
    whole["log"][0] |= entry
    held = {k: v for k, v in whole.items() if k not in ("hash", "log")}
    text = json.dumps(held, sort_keys=True)
    path.write_text(json.dumps(whole | {"hash": hashlib.sha256(text.encode()).hexdigest()}))


@pytest.mark.parametrize("key", ["by", "note", "at", "version", "winner", "changed", ""])
def test_a_forged_log_is_refused(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = frozen_by(tmp_path, capsys, "Ada")
    whole = json.loads(out.read_text())
    if key:
        whole["log"][0][key] = ["x"] if key == "changed" else "x"
    else:
        whole["log"] = []
    out.write_text(json.dumps(whole))
    forged = out.read_text()
    for arguments in (
        ("verify", str(out)),
        ("check", small(tmp_path), "--against", str(out)),
        ("freeze", small(tmp_path), "--to", str(out)),  # else the forgery would be signed
    ):
        code, _, told = run(capsys, *arguments)
        assert (code, "was changed after it was written" in told) == (2, True), told
    assert out.read_text() == forged


def test_a_file_of_the_first_form_is_read_and_its_log_said_to_be_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = frozen_by(tmp_path, capsys, "Ada")
    as_first_made(out)
    code, told, _ = run(capsys, "verify", str(out))
    assert (code, "Its log is not covered by its hash" in told) == (0, True)
    code, told, _ = run(capsys, "verify", str(out), "--format", "json")
    assert json.loads(told)["log_covered"] is False
    assert run(capsys, "check", small(tmp_path), "--against", str(out))[0] == 0
    frozen_by(tmp_path, capsys, "Bea")
    code, told, _ = run(capsys, "verify", str(out), "--format", "json")
    found = json.loads(told)
    assert (code, found["log_covered"], [e["by"] for e in found["log"]]) == (
        0,
        True,
        ["Ada", "Bea"],
    )
    assert "not covered" not in run(capsys, "verify", str(out))[1]


def test_what_steers_a_screen_is_refused_and_never_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "f.json"
    for option, text, wanted in (
        ("--by", "a\x1b[31m", "U+001B"), ("--note", "\u202ex", "U+202E"),
        ("--by", "\udcff", "UTF-8"),
        ("--by", "x" * 201, "longer than 200"), ("--note", "x" * 2001, "longer than 2,000"),
    ):  # fmt: skip
        code, _, told = run(capsys, "freeze", small(tmp_path), "--to", str(out), option, text)
        assert (code, wanted in told, out.exists()) == (2, True, False), told
    frozen_by(tmp_path, capsys, "Ada")
    as_first_made(
        out, by=STEERS + "\nnext\rline" + "y" * 5000, note=STEERS, at=STEERS, version=STEERS
    )
    for form in ("table", "json"):
        code, told, _ = run(capsys, "verify", str(out), "--format", form)
        assert code == 0
        assert not set(told) & {"\x1b", "\x9b", "\u202e", "\r", "\ud800"}
        assert form == "json" or max(map(len, told.splitlines())) < 1000


def test_another_decision_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = frozen_by(tmp_path, capsys, "Ada")
    before = out.read_bytes()
    code, _, told = run(capsys, "freeze", small(tmp_path, id="other"), "--to", str(out))
    assert code == 2
    assert "holds the decision 'small', not 'other'; name another file" in told
    assert out.read_bytes() == before


def test_several_who_freeze_at_once_all_stand_in_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, people = tmp_path / "f.json", ["Ada", "Bea", "Cyd", "Dan"]
    analyses = [loaded(SMALL, tmp_path) for _ in people]
    threads = [
        threading.Thread(target=freeze, args=(analysis, out, who, ""))
        for analysis, who in zip(analyses, people, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = json.loads(run(capsys, "verify", str(out), "--format", "json")[1])
    assert sorted(entry["by"] for entry in found["log"]) == people
    assert sorted(p.name for p in tmp_path.iterdir()) == ["f.json", "small.yaml"]
