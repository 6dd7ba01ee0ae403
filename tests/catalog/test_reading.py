"""How plain scalars are read, where everything stands, and what may not stand there."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from selector import InputError
from selector.catalog.library import Library
from selector.catalog.reading import Document, parse_document, read_document

SCALARS: dict[str, Any] = {
    "true": True,
    "false": False,
    "null": None,
    "": None,
    "yes": "yes",
    "no": "no",
    "on": "on",
    "True": "True",
    "NULL": "NULL",
    "~": "~",
    "12": 12,
    "-3": -3,
    "+3": 3,
    "012": 12,
    "1_500_000": 1_500_000,
    "1.5": 1.5,
    ".5": 0.5,
    "5.": 5.0,
    "1e3": 1000.0,
    "1.5E-3": 0.0015,
    "1_000.25": 1000.25,
    "0x1F": "0x1F",
    "0o17": "0o17",
    "12:30": "12:30",
    "1:30:00": "1:30:00",
    "1.2.3": "1.2.3",
    "30%": "30%",
    ".inf": ".inf",
    ".nan": ".nan",
    "1e": "1e",
    "-": "-",
    "2026-11-24": date(2026, 11, 24),
    "2026-1-2": "2026-1-2",
    "2026-11-24T10:00:00": "2026-11-24T10:00:00",
    '"12"': "12",
    "'true'": "true",
    '"2026-11-24"': "2026-11-24",
    "123456789012345678901": 123456789012345678901.0,
}


def parsed(text: str) -> Document:
    return parse_document(text.encode(), "some.yaml")


@pytest.mark.parametrize("text", SCALARS)
def test_plain_scalars_are_read_by_our_rules_and_not_those_of_1999(text: str) -> None:
    if text == "-":
        text = '"-"'
    document = parsed(f"key: {text}\n")
    value = document.data["key"]
    wanted = SCALARS[text.strip('"') if text == '"-"' else text]
    assert value == wanted
    assert type(value) is type(wanted)
    assert document.problems == []


def test_every_part_has_its_place() -> None:
    document = parsed("a: 1\nb:\n  - x\n  - {c: 2, d: [3, 4]}\n")
    assert document.origin()[1:] == (1, 1)
    assert document.origin("a")[1:] == (1, 4)
    assert document.origin("a", key=True)[1:] == (1, 1)
    assert document.origin("b", 1, "d", 1)[1:] == (4, 19)
    assert document.origin("b", 1, "d", key=True)[1:] == (4, 12)
    assert document.origin("b", 7, "nowhere")[1:] == (3, 3)


def test_columns_count_letters_and_not_bytes() -> None:
    assert parsed("é€: [ü, 7]\n").origin("é€", 1)[1:] == (1, 9)


def test_an_alias_has_the_content_and_the_places_of_its_anchor() -> None:
    document = parsed("a: &x {n: 1}\nb: *x\n")
    assert document.data == {"a": {"n": 1}, "b": {"n": 1}}
    assert document.origin("b", "n")[1:] == (1, 11)


def test_fifty_levels_are_read_and_fifty_one_are_not() -> None:
    assert parsed("[" * 50 + "]" * 50).data
    with pytest.raises(InputError, match="nested more than 50"):
        parsed("[" * 51 + "]" * 51)


def test_aliases_may_stand_for_ten_thousand_values() -> None:
    ten = "[" + ", ".join("1" * 1 for _ in range(99)) + "]"  # 100 nodes with the list itself
    assert parsed(f"a: &a {ten}\nb: [{', '.join(['*a'] * 100)}]\n").data
    with pytest.raises(InputError, match="aliases stand for more than"):
        parsed(f"a: &a {ten}\nb: [{', '.join(['*a'] * 101)}]\n")


def test_two_megabytes_are_read_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a: 1\n#".ljust(2_000_000, b"x"))
    assert read_document(path).data == {"a": 1}
    path.write_bytes(b"a: 1\n#".ljust(2_000_001, b"x"))
    with pytest.raises(InputError, match="2,000,001 bytes"):
        read_document(path)


def test_windows_line_ends_are_read() -> None:
    document = parsed("a: 1\r\nb: 2\r\n")
    assert document.data == {"a": 1, "b": 2}
    assert document.origin("b")[1:] == (2, 4)


def test_a_day_in_quotes_is_a_day_where_one_belongs_for_json_has_no_other(tmp_path: Path) -> None:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "facts.yaml").write_text(
        "facts:\n  end: {name: End of support, type: date}\n", encoding="utf-8"
    )
    day = "2026-03-01"
    fact = {"value": day, "source": "https://example.com/", "as_of": day}
    given = {
        "id": "a", "title": "2026-11-24", "as_of": "2026-11-24",
        "criteria": [{"id": "c", "value": {"worst": 0, "best": 1}}],
        "alternatives": [{"id": "x", "facts": {"end": fact}, "performance": {"c": 1}}],
        "requirements": [{"fact": "end", "at_least": "2026-01-01"}],
        "approved": [{"by": "Ada", "on": day}],
    }  # fmt: skip
    found = Library(tmp_path).decision_of(json.dumps(given).encode(), "a.json", {})
    assert found.title == "2026-11-24"
    assert found.day == date(2026, 11, 24)
    assert found.alternatives[0].facts["end"].value == date(2026, 3, 1)
    assert found.requirements[0].at_least == date(2026, 1, 1)
    given["approved"] = [{"by": "Ada", "on": "2026-02-30"}]
    with pytest.raises(InputError, match="write a date as year-month-day"):
        Library(tmp_path).decision_of(json.dumps(given).encode(), "a.json", {})
