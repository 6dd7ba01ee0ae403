"""Files that somebody brings, told apart, within limits; and packed again for taking away."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
import yaml

from selector.domain.problem import InputError
from selector.ui.bringing import brought, packed

CASE = (
    b"id: case\ntitle: A case\nmeasurements: [data/ours.csv, 'other.csv']\nprices: ../agreed.yaml\n"
)
AGREED = b"prices: [{vendor: amazon-bedrock, discount: 0.5, reason: ours}]\n"


def zipped(way: int = zipfile.ZIP_DEFLATED, **files: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", way) as archive:
        for name, raw in files.items():
            archive.writestr(name.replace("__", "."), raw)
    return into.getvalue()


def test_the_files_that_a_decision_names_are_found_by_their_last_part() -> None:
    found = brought(
        [("ours.csv", b"1"), ("case.yaml", CASE), ("agreed.yaml", AGREED), ("more.csv", b"3")]
    )
    assert found.name == "case.yaml"
    assert dict(found.files) == {"data/ours.csv": b"1", "../agreed.yaml": AGREED}
    assert found.unused == ("more.csv",)


def test_a_zip_is_the_same_as_its_files_and_packing_makes_one_that_can_be_brought() -> None:
    made = packed(CASE, {"data/ours.csv": b"1", "../agreed.yaml": AGREED}, "case.yaml")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert sorted(archive.namelist()) == ["agreed.yaml", "case.yaml", "ours.csv"]
        data = yaml.safe_load(archive.read("case.yaml"))
    assert data["measurements"] == ["ours.csv", "other.csv"]
    assert data["prices"] == "agreed.yaml"
    again = brought([("case.zip", made)])
    assert dict(again.files) == {"ours.csv": b"1", "agreed.yaml": AGREED}


def test_of_two_files_with_one_name_the_later_counts() -> None:
    assert brought([("a.yaml", b"title: one"), ("a.yaml", b"title: two")]).raw == b"title: two"


def test_a_decision_that_cannot_be_read_is_still_the_decision() -> None:
    assert brought([("a.yaml", b"title: [")]).raw == b"title: ["


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([], "no decision"),
        ([("a.csv", b"")], "no decision"),
        ([("a.yaml", b"title: x"), ("b.yaml", b"title: y")], "more than one"),
        ([("a.zip", b"no zip")], "not a zip"),
        ([("a.zip", zipped(a__csv=b""))], "no decision"),
        ([("../a.yaml", b"title: x")], "name"),
        ([("a\x00.yaml", b"title: x")], "name"),
        ([("a.yaml", b"x" * 2_000_001)], "2 MB"),
        ([("a.zip", zipped(a__yaml=b"0" * 50_000_000))], "2 MB"),
        ([("a.zip", zipped(**{f"f{i}__csv": b"" for i in range(30)}))], "30 files"),
        ([(f"f{i}.csv", b"") for i in range(30)], "files"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_one_decision_or_too_much_is_told(
    sent: list[tuple[str, bytes]], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        brought(sent)


def test_names_in_a_zip_lose_their_folders() -> None:
    evil = zipped(**{"../../etc/passwd__yaml": b"title: x"})
    assert brought([("a.zip", evil)]).name == "passwd.yaml"


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_was_damaged_on_its_way_is_told(way: int) -> None:
    whole = zipped(way, case__yaml=CASE)
    assert brought([("a.zip", whole)]).raw == CASE
    for place in range(0, len(whole), 3):
        damaged = whole[:place] + bytes(255 - byte for byte in whole[place : place + 6])
        with suppress(InputError):
            brought([("a.zip", damaged + whole[place + 6 :])])
