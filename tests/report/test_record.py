"""What a record says beside the answer: who approved, the architecture, the change log."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector.domain import words as plain
from selector.domain.criterion import LayerMeasure
from selector.domain.problem import InputError
from selector.report import record
from selector.report.exports import as_record, formats
from selector.report.exports.story import Story
from selector.report.exports.watching import watching
from tests.exports.made import HOSTILE, OPTIONS, SHIPPED, SMALL, export, loaded, shipped

PARTS = {
    "approved": [
        {"by": "Ada", "role": "CTO", "on": "2026-11-20", "note": "for a year"},
        {"by": "Ben", "on": "2026-11-20", "version": "a123456789"},
    ],
    "supersedes": "ADR-7",
    "architecture": {
        "parts": {"desk": "Ticket system", "wiki": "Articles"},
        "links": [["desk", "chosen", "questions"], ["chosen", "wiki"]],
    },
    "changes": [
        {"on": "2026-11-01", "by": "Ben", "what": "Weight of Speed", "before": "1", "now": "2",
         "why": "it is asked"},
    ],
}  # fmt: skip


def days(data: dict[str, Any]) -> dict[str, Any]:
    """The same with days that YAML writes without quotes."""
    from datetime import date

    for key in ("approved", "changes"):
        for row in data.get(key, ()):
            row["on"] = date.fromisoformat(str(row["on"]))
    return data


def story(folder: Path, **parts: Any) -> Story:
    """The story of the small decision with these parts."""
    plain = yaml.safe_load(yaml.safe_dump({**SMALL, **parts}, allow_unicode=True))
    return Story(loaded(days(plain), folder))


def test_the_version_does_not_hang_on_who_approved(tmp_path: Path) -> None:
    assert story(tmp_path, **PARTS).analysis.version == story(tmp_path).analysis.version


def test_every_format_says_who_approved_and_who_changed_what(tmp_path: Path) -> None:
    from tests.exports.test_texts import content_of

    told = story(tmp_path, **PARTS)
    for suffix in (".md", ".html", ".pptx", ".xlsx", ".json"):
        text = content_of(formats()[suffix].made(told, OPTIONS), suffix)
        for wanted in ("Ada", "for a year", "ADR-7", "it is asked"):
            assert wanted in text, (suffix, wanted)
        if suffix != ".pptx":
            assert "Ticket system" in text, suffix
    front = yaml.safe_load(formats()[".md"].made(told, OPTIONS).decode().split("---")[1])
    assert front["status"] == "accepted"
    assert front["decision-makers"] == ["Ada (CTO)", "Ben"]
    assert front["supersedes"] == ["ADR-7"]


def test_an_approval_of_another_version_is_not_passed_off_as_one_of_this(tmp_path: Path) -> None:
    told = story(tmp_path, **PARTS)
    now = told.analysis.version
    assert record.caution(told.analysis) == (
        f"Ben approved version a123456789; this is version {now}: show them what has changed."
    )
    assert told.asked.startswith("Asked: approve A")
    assert "Ben approved version a123456789" in told.asked
    mine = [{**PARTS["approved"][1], "version": now}]  # type: ignore[dict-item]
    assert story(tmp_path, approved=mine).asked == "Approved by Ben on 20 Nov 2026."


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({}, "proposed"),
        ({"approved": PARTS["approved"]}, "accepted"),
        ({"approved": PARTS["approved"], "status": "proposed"}, "proposed"),
        ({"superseded_by": "ADR-9"}, "superseded by ADR-9"),
        ({"status": "rejected"}, "rejected"),
    ],
)
def test_the_status_follows_the_file(parts: dict[str, Any], wanted: str, tmp_path: Path) -> None:
    assert record.status(story(tmp_path, **parts).analysis) == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ("status: accepted", "accepted, but by nobody"),
        ("status: superseded", "superseded, but by nothing"),
        ("superseded_by: x\nstatus: rejected", "with the status rejected"),
        ("status: good", "not one of the choices"),
        ("approved: [{by: A, on: 2999-01-01}]", "lies in the future"),
        ("approved: [{by: A, on: 2026-01-01}, {by: A, on: 2026-01-02}]", "'A' approves twice"),
        ("supersedes: small", "supersedes itself"),
        ("changes: [{on: 2999-01-01, by: A, what: x}]", "lies in the future"),
        ("architecture: {links: [[chosen, nowhere]]}", "there is no part 'nowhere'"),
        ("architecture: {links: [[chosen]]}", "not a link"),
        ("architecture: {parts: {a: A}, links: [[chosen, chosen]]}", "'a' has no link"),
        ("architecture: {parts: {chosen: A}, links: [[chosen, chosen]]}", "option that leads"),
        ("architecture: {parts: {A B: A}, links: [[chosen, A B]]}", "is no id"),
        ("architecture: {parts: {a: A}}", "'links' is missing"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(parts: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(yaml.safe_dump(SMALL, sort_keys=False) + parts)
    first = len(yaml.safe_dump(SMALL).splitlines())
    with pytest.raises(InputError) as caught:
        selector.load(path)
    problem = next(p for p in caught.value.problems if wanted in str(p))
    assert problem.line > first


# --- the diagram ----------------------------------------------------------------------------------


def test_the_chosen_option_and_its_fallback_are_drawn(tmp_path: Path) -> None:
    drawn = story(tmp_path, **PARTS).architecture
    assert drawn is not None
    assert drawn.lines() == ["Ticket system → A: questions", "A → Articles"]
    spare = {"vendor": "groq", "share": 0.05}
    first = {**SMALL["alternatives"][0], "fallback": spare}
    path = tmp_path / "spare.yaml"
    path.write_text(
        yaml.safe_dump({**SMALL, "id": "spare", "alternatives": [first]}, sort_keys=False)
        + "architecture: {links: [[chosen, chosen]]}"
    )
    with_spare = record.architecture(selector.analyse(selector.load(path)))
    assert with_spare is not None
    assert with_spare.lines()[1].startswith("A → ")
    assert with_spare.lines()[1].endswith(": 5 % of the requests fall back")


@pytest.mark.parametrize("text", [*HOSTILE, "```", '"]', "%%{init: {}}%%", "a\n```\nb", "1. x",
                                  "- x", "end", "style a:b#c;", "#quot;"])  # fmt: skip
def test_nothing_that_people_wrote_is_read_as_a_part_of_the_diagram(
    text: str, tmp_path: Path
) -> None:
    parts = {"parts": {"a": " ".join(text.split())}, "links": [["a", "chosen", text]]}
    made = formats()[".md"].made(story(tmp_path, architecture=parts), OPTIONS).decode()
    block = re.search(r"^```mermaid\n(.*?)^```$", made, flags=re.M | re.S)
    assert block
    assert re.findall(r"^ *(?:```|~~~).*$", made, flags=re.M) == ["```mermaid", "```"]
    quoted = re.findall(r'"([^"]*)"', block[1])
    assert len(quoted) == 3
    bare = re.sub(r"#\d+;", "", " ".join(quoted))
    assert not re.search(r"[`\"<>{}\[\]|%#;&\\:]", bare)
    assert not any(re.match(r"\d+\.\s|-\s", label) for label in quoted)
    assert max(map(len, quoted)) <= record.LONGEST * 6


# --- what to watch --------------------------------------------------------------------------------


def test_the_record_says_when_facts_of_the_leader_grow_stale_and_which_price_turns_it() -> None:
    told = shipped("support-assistant")
    found = dict(watching(told))
    analysis, leader = told.analysis, told.standing.leader
    last = {
        evidence.as_of + timedelta(days=analysis.decision.dictionary[fact].shelf_life_days)
        for leaf in analysis.leaves
        for fact, evidence in analysis.cell(leader, leaf.id).facts.items()
        if evidence.as_of and fact in analysis.decision.dictionary
    }
    first = min(day for day in last if day >= told.day)
    when = found["When to look again"]
    assert any(line.startswith(f"By {plain.day(first)}, ") for line in when)
    assert any(line.startswith("Now, ") for line in when) == any(day < told.day for day in last)
    prices, others = found["Prices that would turn it"], found["Other figures that would turn it"]
    assert prices
    assert all(" cost of " in line for line in prices)
    assert not any("onthly cost of " in line for line in others)
    text = export("support-assistant", ".md").decode()
    for line in (*when, *prices):
        assert as_record.text(line) in text


def test_points_of_a_layer_are_no_prices() -> None:
    told = shipped("startup-one-cloud")
    found = dict(watching(told))
    assert not found["Prices that would turn it"]
    layers = [line for leaf, line in told.told_flips if isinstance(leaf.measure, LayerMeasure)]
    assert set(layers) & set(found["Other figures that would turn it"])


def test_what_is_not_known_speaks_neither_for_nor_against() -> None:
    for name in SHIPPED:
        text = export(name, ".md").decode()
        assert not re.search(r"^\* (Good|Bad), because.*: unknown", text, flags=re.M)
        assert not re.search(r"\bis (does not apply|is)\b", text)
