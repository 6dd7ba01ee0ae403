"""What an export under moved weights says of the file, of people, and of how to keep it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector import cli
from selector.analysis import Analysis
from selector.analysis.settled import moved
from selector.report import record
from selector.report.exports import as_page, as_record
from selector.report.exports.story import Story
from tests.exports.made import OPTIONS, SMALL

POINTS = {"speed": 7.0, "care": 9.0}
PEOPLE = [{"name": "Ada", "weights": {"care": 20}}, {"name": "Ben", "weights": {"speed": 70}}]
PRESETS = {"cto": {"speed": 50, "care": 50}}


def filed(home: Path, **parts: Any) -> Analysis:
    """The small decision with people, by the weights of its file in a home."""
    (home / "decisions").mkdir(exist_ok=True)
    text = yaml.safe_dump({**SMALL, "stakeholders": PEOPLE, **parts}, sort_keys=False)
    (home / "decisions" / "small.yaml").write_text(text)
    return selector.analyse(selector.load("small", home))


def test_the_lines_of_the_record_keep_the_answer_that_it_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = filed(tmp_path)
    shown = base.answering(POINTS)
    told = as_record.made(Story(shown), OPTIONS).decode()
    monkeypatch.chdir(tmp_path)

    def run(line: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([*line.split(), "--home", str(tmp_path)])
        return int(ended.value.code or 0), capsys.readouterr().out

    freeze, check = re.findall(r"^\$ selector (.*)$", told, re.M)
    assert run(freeze) == (0, "")
    whole = json.loads(Path("small.json").read_text())
    assert whole["results"]["version"] == shown.version != base.version
    assert f"version: {shown.version}" in told
    code, out = run(check)
    assert code == 0
    assert "Nothing has changed" in out
    assert "Weight" in run("check small --against small.json")[1]  # the file's are others
    plain = as_record.made(Story(base), OPTIONS).decode()
    assert "`selector freeze small --to small.json`" in plain
    apart = as_record.made(Story(shown, is_apart=True), OPTIONS).decode()
    assert "`selector freeze small.yaml --to small.json`" in apart, "of what was downloaded"
    assert "*Download this decision*" in apart


def test_an_approval_of_moved_weights_holds_for_the_file_that_has_them(tmp_path: Path) -> None:
    shown = filed(tmp_path).answering(POINTS)
    weights = {"method": "direct", "values": moved(shown)[""]}
    approved = [{"by": "Ada", "on": SMALL["as_of"], "version": shown.version}]
    again = filed(tmp_path, weights=weights, approved=approved)
    assert again.version == shown.version
    assert not record.caution(again)
    assert record.caution(again.answering({"speed": 8.0}))


def test_on_the_page_as_in_the_file_is_the_file(tmp_path: Path) -> None:
    criteria = {"id": "set", "criteria": SMALL["criteria"], "presets": PRESETS}
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "set.yaml").write_text(yaml.safe_dump({**criteria, "name": "Set"}))
    base = filed(tmp_path, criteria="set")
    for shown, names in (
        (base, ["CTO"]),
        (base.answering(POINTS), ["As in this answer", "CTO"]),
    ):
        page = as_page.made(Story(shown), OPTIONS).decode()
        data = json.loads(page.split('id="data">')[1].split("</script>")[0])
        assert data["base"] == pytest.approx([*base.shares.values()])
        assert [row["name"] for row in data["presets"]] == names
        now = dict(
            zip(shown.shares, [node["local"] for node in data["model"]["nodes"]], strict=True)
        )
        assert now == pytest.approx(shown.shares)
        if len(names) > 1:
            points = data["presets"][0]["points"]
            assert points == pytest.approx({name: 100 * x for name, x in now.items()})


def test_a_slide_says_of_people_what_they_said(tmp_path: Path) -> None:
    two = [
        {"id": "a", "name": "A", "performance": {"speed": 100, "care": 2}},
        {"id": "b", "name": "B", "performance": {"speed": 200, "care": 9}},
    ]
    base = filed(tmp_path, requirements=[], alternatives=two)
    told = Story(base).asked_people
    assert told == ["Ada (counts 1): A first", "Ben (counts 1): A first"]
    shown = base.answering({"speed": 1.0, "care": 99.0})
    assert shown.ranking[0].name == "B"
    assert Story(shown).asked_people == told
    assert "By the weights of all stakeholders together A would be first" in shown.warnings[-1]
