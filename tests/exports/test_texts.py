"""Record, table, data and page as text; files whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector import cli
from selector.catalog.library import Library
from selector.domain.problem import UsageError
from selector.report.exports import as_csv, as_json, as_page, as_record, formats, write
from selector.report.exports.story import Story
from tests.exports.made import HOSTILE, OPTIONS, SHIPPED, SMALL, export, hostile, loaded, shipped


def test_every_format_is_found() -> None:
    assert set(formats()) == {".pptx", ".xlsx", ".html", ".md", ".csv", ".json"}


# --- the record -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_the_record_has_the_parts_of_madr(name: str) -> None:
    text = export(name, ".md").decode()
    heads = re.findall(r"^#+ .*$", text, flags=re.M)
    for wanted in (
        "## Context and Problem Statement", "## Decision Drivers", "## Considered Options",
        "## Decision Outcome", "### Consequences", "### Confirmation",
        "## Pros and Cons of the Options", "## More Information",
    ):  # fmt: skip
        assert wanted in heads
    front = yaml.safe_load(text.split("---")[1])
    assert front["version"] == shipped(name).analysis.version
    assert f"Chosen option: “{shipped(name).ranked[0].name}”" in text


def test_the_record_is_yaml_whatever_a_name_holds(tmp_path: Path) -> None:
    name = "Ops \ufffe: # \ud7ff 'q' \U0001f600"
    data = hostile() | {"stakeholders": [{"name": name, "weights": {}}]}
    text = as_record.made(Story(loaded(data, tmp_path)), OPTIONS).decode()
    front = yaml.safe_load(text.split("---")[1])
    assert front["consulted"] == [" ".join(name.split())]


def test_the_record_shows_markup_as_text(tmp_path: Path) -> None:
    text = as_record.made(Story(loaded(hostile(), tmp_path)), OPTIONS).decode()
    body = text.split("---", 2)[2]
    assert "<script" not in re.sub(r"\\<", "", body)
    assert "](javascript" not in re.sub(r"\\\]", "", body)
    assert body.count("\n# ") == 1


# --- table and data -------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_cell_and_no_formula(tmp_path: Path) -> None:
    story = Story(loaded(hostile(), tmp_path))
    rows = list(csv.DictReader(io.StringIO(as_csv.made(story, OPTIONS).decode())))
    assert len(rows) == len(story.options) * len(story.analysis.leaves)
    for row in rows:
        for key in ("name", "criterion_name", "unit", "performance"):
            assert not row[key].startswith(("=", "+", "-", "@")), row[key]
    shown = {row["name"] for row in rows}
    assert shown == {f"'{text}" if text[0] in "=+-@" else text for text in HOSTILE}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_data_follow_their_schema_and_the_engine(name: str) -> None:
    import jsonschema

    data = json.loads(export(name, ".json"))
    schema = json.loads((Path(__file__).parents[2] / "schema" / "export.json").read_text())
    jsonschema.validate(data, schema)
    analysis = shipped(name).analysis
    assert [row["score"] for row in data["ranking"]] == [row.score for row in analysis.ranking]
    assert data["weights"] == analysis.weights
    assert as_json.data(shipped(name))["version"] == analysis.version


# --- the page -------------------------------------------------------------------------------------


def test_the_page_asks_nobody_and_says_all(tmp_path: Path) -> None:
    for text in (
        export("support-assistant", ".html").decode(),
        as_page.made(Story(loaded(hostile(), tmp_path)), OPTIONS).decode(),
    ):
        assert not re.search(r"<(?:link|iframe|object|embed|form)\b", text)
        assert not re.search(r"\bsrc\s*=\s*[\"'](?!data:)", text.split("<main>")[0])
        assert text.count("<script") == 2
        assert "<img" not in text
        assert "default-src 'none'" in text


def test_a_page_with_nobody_left_says_so(tmp_path: Path) -> None:
    nobody = {**SMALL, "requirements": [{"criterion": "speed", "at_most": 1}]}
    text = as_page.made(Story(loaded(nobody, tmp_path)), OPTIONS).decode()
    assert "No alternative is left to choose from" in text
    assert text.count("<script") == 0


def test_a_method_without_scores_keeps_nothing_in_confidence(tmp_path: Path) -> None:
    story = Story(loaded({**SMALL, "method": "electre1"}, tmp_path))
    for suffix, kind in formats().items():
        told = content_of(kind.made(story, OPTIONS), suffix)
        assert "kept in confidence" not in told, suffix


# --- what is kept in confidence -------------------------------------------------------------------


def test_redacted_exports_tell_no_confidential_bill(tmp_path: Path) -> None:
    path = tmp_path / "agreed.yaml"
    path.write_text(
        "confidential: true\n"
        "prices: [{vendor: amazon-bedrock, fact: price_output_tokens, value: 0.3137, "
        "reason: secret frame}]\n"
    )
    library = Library()
    decision = library.decision("support-assistant")._replace(negotiated=library.negotiated(path))
    analysis = selector.analyse(decision)
    full, redacted = Story(analysis), Story(analysis, redact=True)
    who = "bedrock-claude"
    assert redacted.hidden == {who}
    bill = analysis.cost().alternatives[who].monthly
    assert bill is not None
    score = f"{100 * analysis.scores[who][1]:.1f}"
    secrets = [full.money.ends(bill), f"{bill.likely:,.2f}", "0.3137", "secret frame"]
    for suffix in formats():
        told = content_of(formats()[suffix].made(redacted, OPTIONS), suffix)
        for secret in secrets:
            assert secret not in told, (suffix, secret)
        if suffix in (".md", ".html", ".pptx"):
            assert score in content_of(formats()[suffix].made(full, OPTIONS), suffix)
            assert f">{score}<" not in told
            assert f"| {score} |" not in told


def content_of(content: bytes, suffix: str) -> str:
    """All that a file says; of a zip, all its parts."""
    if suffix not in (".xlsx", ".pptx"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


# --- files ----------------------------------------------------------------------------------------


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / "a.html"
    old.write_text("old")

    class Broken(Story):
        @property
        def headline(self) -> str:  # type: ignore[override]
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        write(Broken(shipped("high-volume-chat").analysis), old, OPTIONS)
    assert old.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.html"]


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    story = shipped("high-volume-chat")
    real, link = tmp_path / "real" / "a.csv", tmp_path / "a.csv"
    real.parent.mkdir()
    real.write_text("old")
    link.symlink_to(real)
    write(story, link, OPTIONS)
    assert link.is_symlink()
    assert real.read_bytes() == as_csv.made(story, OPTIONS)
    ahead = tmp_path / "ahead.csv"
    ahead.symlink_to(tmp_path / "real" / "new.csv")
    write(story, ahead, OPTIONS)
    assert (tmp_path / "real" / "new.csv").is_file()
    nowhere, one, other = (tmp_path / f"{x}.csv" for x in ("nowhere", "one", "other"))
    nowhere.symlink_to(tmp_path / "no" / "such.csv")
    one.symlink_to(other)
    other.symlink_to(one)
    for path in (nowhere, one):
        with pytest.raises(UsageError, match="cannot be written"):
            write(story, path, OPTIONS)
    assert sorted(p.name for p in real.parent.iterdir()) == ["a.csv", "new.csv"]


def test_two_exports_at_once_do_not_mix(tmp_path: Path) -> None:
    out = tmp_path / "a.md"
    stories = [shipped("high-volume-chat"), shipped("coding-assistant")]
    whole = {as_record.made(story, OPTIONS) for story in stories}
    threads = [threading.Thread(target=write, args=(story, out, OPTIONS)) for story in stories * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert out.read_bytes() in whole
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    story: Any = shipped("high-volume-chat")
    for name, wanted in (("a.docx", "not a known kind"), ("no/such/a.md", "is not a folder")):
        with pytest.raises(UsageError, match=wanted):
            write(story, tmp_path / name, OPTIONS)


def test_the_command_writes_one_or_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["export", *arguments])
        return int(ended.value.code or 0), capsys.readouterr().err

    assert run("high-volume-chat", "--to", str(tmp_path / "a.md"))[0] == 0
    out = tmp_path / "new" / "out"
    assert run("all", "high-volume-chat", "--to", str(out))[0] == 0
    assert {p.suffix for p in out.glob("high-volume-chat.*")} == set(formats())
    for arguments, wanted in (
        (("high-volume-chat",), "nowhere to write"),
        (("high-volume-chat", "--to", "a.doc"), "not a known kind"),
        (("all", "high-volume-chat", "--to", str(tmp_path / "a.md")), "is a file"),
        (("nothing-such", "--to", str(tmp_path / "b.md")), "there is no decision"),
    ):
        code, told = run(*arguments)
        assert (code, wanted in told) == (2, True), told
    assert not (tmp_path / "b.md").exists()
    broken, new = tmp_path / "broken.pptx", tmp_path / "none"
    broken.write_bytes(b"PK")
    own = ("--template", str(broken))
    code, told = run("all", "high-volume-chat", "--to", str(new), *own)
    assert (code, "broken.pptx cannot be used" in told) == (2, True), told
    assert not new.exists(), "the template is looked at before anything is written"
    code, told = run("high-volume-chat", "--to", str(tmp_path / "a.csv"), *own)
    assert (code, "slides alone (.pptx) take one" in told) == (0, True), told
