"""Gathered evidence is mapped to the dictionary, and what nobody checked is told."""

from pathlib import Path

import pytest

from selector.catalog.library import Library
from tools import map_evidence

EVIDENCE = """\
- {vendor: bedrock, fact: sla, value: 99.9, source: https://example.com/sla}
- {vendor: bedrock, fact: odd_thing, value: true, source: https://example.com/odd}
- {vendor: bedrock, fact: speed, value: 12, source: https://example.com/speed}
- {vendor: nobody, fact: sla, value: 99, source: https://example.com/nobody}
"""
TABLE = """\
vendor,gathered_fact,fact,checked_by,checked_on,remark
bedrock,sla,uptime_sla,Ada,2026-11-24,
bedrock,speed,own_test_score,,,a guess
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    evidence, table = tmp_path / "evidence.yaml", tmp_path / "map.csv"
    evidence.write_text(EVIDENCE)
    table.write_text(TABLE)
    return evidence, table


def test_mapped_unchecked_and_unknown_are_told_apart(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    evidence, table = files
    assert map_evidence.main([str(evidence), "--table", str(table)]) == 0
    told = capsys.readouterr().out
    assert "4 entries, 3 of vendors with a profile: 2 map (1 checked, 1 not yet), 1 have" in told
    checked, rest = told.split("Maps, not yet checked")
    assert "bedrock: sla = 99.9 -> uptime_sla" in checked
    assert "bedrock: speed = 12 -> own_test_score" in rest
    assert "bedrock: odd_thing = True" in rest.split("No id")[1]
    assert map_evidence.main([str(evidence), "--table", str(table), "--summary"]) == 0
    assert "odd_thing" not in capsys.readouterr().out


def test_coverage_grows_only_by_what_is_new(files: tuple[Path, Path]) -> None:
    evidence, table = files
    rows = map_evidence.read_table(table)
    gathered = map_evidence.read_evidence([evidence], rows)
    covers = {c.vendor: c for c in map_evidence.coverage(gathered, Library())}
    bedrock = covers["amazon-bedrock"]
    known = {f for f, e in Library().vendor("amazon-bedrock").facts.items() if e.state == "value"}
    new = {"uptime_sla", "own_test_score"} - known
    assert bedrock.after - bedrock.before == len(new)
    assert all(c.after == c.before for v, c in covers.items() if v != "amazon-bedrock")


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("bedrock,a,no_such_fact,,,", "there is no fact 'no_such_fact'"),
        ("bedrock,a,uptime_sla,Ada,,", "half a check"),
        ("bedrock,a,uptime_sla,Ada,yesterday,", "write year-month-day"),
        ("bedrock,sla,uptime_sla,,,", "stands here twice"),
    ],
)
def test_a_slip_in_the_table_is_told(
    files: tuple[Path, Path], row: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence, table = files
    table.write_text(TABLE + row + "\n")
    assert map_evidence.main([str(evidence), "--table", str(table)]) == 2
    assert complaint in capsys.readouterr().err


def test_evidence_that_is_no_list_of_entries_is_told(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    evidence, table = files
    evidence.write_text("- {vendor: bedrock}\n")
    assert map_evidence.main([str(evidence), "--table", str(table)]) == 2
    assert "evidence.yaml:1:3: not an entry; write vendor" in capsys.readouterr().err


def test_the_shipped_table_is_sound() -> None:
    table = map_evidence.read_table(map_evidence.TABLE)
    assert not map_evidence.problems_of(table, Library().dictionary())
    assert {"bedrock", "sagemaker", "vertex-ai", "azure-ai", "openai", "anthropic", "vllm"} <= {
        row.vendor for row in table if row.checked_by
    }
    assert set(map_evidence.PROFILES.values()) <= set(Library().vendor_ids())
