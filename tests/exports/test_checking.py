"""What `check` and `verify` say of those who are level, and leave out with `--redact`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.exports.made import SMALL
from tests.exports.test_frozen import as_file, run

WHEN = r"\d{4}-\d\d-\d\dT[\d:+]+"
SPEEDS = {"Alpha": 100, "Beta": 100, "Gamma": 100}


def of_speeds(folder: Path, speeds: dict[str, int]) -> Path:
    """A decision by speed alone, alternatives in this order."""
    path = folder / "small.yaml"
    rows = [{"id": n.lower(), "name": n, "performance": {"speed": v}} for n, v in speeds.items()]
    leaf = {"id": "speed", "name": "Speed", "unit": "ms", "goal": "min", "weight": 1,
            "value": {"worst": 1000, "best": 0}}  # fmt: skip
    data = {**SMALL, "criteria": [leaf], "alternatives": rows, "requirements": []}
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path


@pytest.mark.parametrize(
    ("before", "now", "code", "wanted"),
    [
        (SPEEDS, dict(reversed(SPEEDS.items())), 0, "Gamma, Beta and Alpha are level first."),
        (SPEEDS, SPEEDS, 0, "Nothing has changed: Alpha, Beta and Gamma are level first."),
        (SPEEDS, SPEEDS | {"Gamma": 50}, 1,
         "The answer has changed: Alpha, Beta and Gamma were level, now Gamma leads."),
        (SPEEDS | {"Gamma": 50}, SPEEDS, 1,
         "The answer has changed: Gamma led, now Alpha, Beta and Gamma are level."),
        (SPEEDS | {"Gamma": 150}, SPEEDS | {"Alpha": 150}, 1,
         "The answer has changed: Alpha and Beta were level, now Beta and Gamma are."),
        (SPEEDS | {"Gamma": 50}, SPEEDS | {"Alpha": 50}, 1,
         "The answer has changed: Gamma led, now Alpha does."),
    ],
)  # fmt: skip
def test_those_level_first_are_compared_whatever_their_order(
    before: dict[str, int], now: dict[str, int], code: int, wanted: str,
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = str(tmp_path / "f.json")
    run(capsys, "freeze", str(of_speeds(tmp_path, before)), "--to", out)
    file = str(of_speeds(tmp_path, now))
    found, told, _ = run(capsys, "check", file, "--against", out)
    assert (found, wanted in told) == (code, True), told
    data = json.loads(run(capsys, "check", file, "--against", out, "--format", "json")[1])
    assert data["flipped"] is bool(code)
    assert (data["winner"]["before"] != data["winner"]["now"]) <= data["flipped"]
    assert {*data["leaders"]["before"]} == {
        n.lower() for n, v in before.items() if v == min(before.values())
    }


def checked(
    capsys: pytest.CaptureFixture[str], file: Path, form: str, *more: str
) -> tuple[str, str]:
    """What `check` and `verify` print of a file and what was frozen of it."""
    out = str(file.with_suffix(".json"))
    day = ("--today", "2026-07-01")
    told = run(capsys, "check", str(file), "--against", out, "--format", form, *day, *more)[1]
    return told, run(capsys, "verify", out, "--format", form, *more)[1]


def test_redacted_they_tell_no_confidential_price_from_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prices = tmp_path / "prices.yaml"

    def agreed(value: float) -> None:
        prices.write_text(
            "confidential: true\nprices: [{vendor: groq, fact: price_output_tokens, "
            f"value: {value}, reason: agreed at {value}, as_of: 2026-06-01}}]\n"
        )

    said: dict[tuple[str, bool], Any] = {}
    for is_other, (old, new) in enumerate(((0.5, 0.5137), (0.5211, 0.5319))):
        agreed(old)
        file = as_file(tmp_path, prices="prices.yaml")
        out = file.with_suffix(".json")
        out.unlink(missing_ok=True)
        for value in (new, old):  # so that the log tells what was set otherwise
            agreed(value)
            run(capsys, "freeze", str(file), "--to", str(out), "--note", f"at {value}")
        agreed(new)
        for form in ("table", "json"):
            said[form, bool(is_other)] = checked(capsys, file, form, "--redact")
        open_, frozen_ = checked(capsys, file, "table")
        assert "Negotiated prices are confidential: do not pass these figures on." in open_
        assert f"at {new}" in frozen_

    for form in ("table", "json"):
        (one, log), (other, other_log) = said[form, False], said[form, True]
        assert one == other
        assert re.sub(WHEN, "", log) == re.sub(WHEN, "", other_log)
        assert "0.51" not in one + log
        assert "agreed at" not in one + log
    table, data = said["table", False][0], json.loads(said["json", False][0])
    assert "What rests on confidential prices is left out" in table
    assert data["confidential"]
    assert data["redacted"]
    assert data["version"]["before"] == data["version"]["now"], "what is shown is the same"
    assert [(r["alternative"], r["before"]) for r in data["changed"]["prices"]] == [("groq", None)]
    log = json.loads(said["json", False][1])
    assert log["version"] == data["version"]["now"]
    assert [(e["note"], e["version"], e["changed"]) for e in log["log"]] == [("", "", [])] * 2


def test_redacted_nothing_is_left_out_where_nothing_is_confidential(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = as_file(tmp_path)
    run(capsys, "freeze", str(file), "--to", str(file.with_suffix(".json")))
    plain, hushed = (json.loads(checked(capsys, file, "json", *m)[0]) for m in ((), ("--redact",)))
    assert hushed == plain | {"redacted": True}
    assert plain["confidential"] is False
