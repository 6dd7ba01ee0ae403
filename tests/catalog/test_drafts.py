"""Working copies on a disk and in memory: revisions, limits, two writers, and what goes wrong."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

import pytest

from selector.catalog import drafts as module
from selector.catalog.drafts import Draft, Drafts, Full, Moved, is_key, is_plain_name
from selector.catalog.shelves import Disk, Memory, data_folder
from selector.domain.problem import InputError


@pytest.fixture
def kept(tmp_path: Path) -> Drafts:
    """Return the drafts in an empty folder."""
    return Drafts(Disk(tmp_path / "drafts"), Memory())


def at(kept: Drafts, key: str) -> Draft:
    found = kept.find(key)
    assert found is not None
    return found


def text(kept: Drafts, key: str) -> bytes:
    return kept.text(key, at(kept, key).revision)


def test_a_key_and_a_revision_always_mean_the_same_text(kept: Drafts) -> None:
    one = kept.make(b"1")
    two = kept.write(one, b"2")
    three = kept.write(two, b"3")
    back = kept.move(three, -1)
    assert text(kept, one.key) == b"2"
    four = kept.write(back, b"4")
    assert four.revision > three.revision
    assert four.revisions == (one.revision, two.revision, four.revision)
    with pytest.raises(Moved):
        kept.text(one.key, three.revision)
    assert [kept.text(one.key, number) for number in four.revisions] == [b"1", b"2", b"4"]


def test_a_head_that_moved_is_told_to_whoever_rests_on_the_former(kept: Drafts) -> None:
    one = kept.make(b"1")
    kept.write(one, b"2")
    with pytest.raises(Moved):
        kept.write(one, b"also 2")
    with pytest.raises(Moved):
        kept.move(one, 1)
    assert text(kept, one.key) == b"2"


def test_many_writers_at_once_each_get_a_revision(kept: Drafts, tmp_path: Path) -> None:
    key = kept.make(b"0").key
    other = Drafts(Disk(tmp_path / "drafts"), Memory())  # as another process has it

    def write(drafts: Drafts, name: int) -> None:
        for _ in range(200):
            now = at(drafts, key)
            try:
                drafts.write(now, drafts.text(key, now.revision) + f" {name}".encode())
            except Moved:
                time.sleep(0.001)
            else:
                return

    threads = [threading.Thread(target=write, args=((kept, other)[i % 2], i)) for i in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(text(kept, key).split()[1:]) == sorted(str(i).encode() for i in range(10))


def test_ten_thousand_edits_leave_fifty() -> None:
    memory = Memory()
    kept = Drafts(memory, Memory())
    draft = kept.make(b"0")
    for number in range(10_000):
        draft = kept.write(draft, str(number).encode())
    assert len(draft.revisions) == 50
    assert kept.text(draft.key, draft.revisions[0]) == b"9950"
    assert len(memory._boxes[draft.key]) == 51


def test_on_a_disk_the_revisions_dropped_are_deleted(kept: Drafts, tmp_path: Path) -> None:
    draft = kept.make(b"0")
    for number in range(60):
        draft = kept.write(draft, str(number).encode())
    assert len(list((tmp_path / "drafts" / draft.key).glob("*.yaml"))) == 50


def test_large_revisions_push_out_the_oldest(kept: Drafts) -> None:
    draft = kept.make(b"0" * 1_900_000)
    for number in range(8):
        draft = kept.write(draft, str(number).encode() * 1_900_000)
    assert len(draft.revisions) == 5


@pytest.mark.parametrize(
    ("raw", "files"),
    [
        (b"x" * 2_000_001, {}),
        (b"x", {"a.csv": b"x" * 2_000_001}),
        (b"x", {f"{i}.csv": b"x" for i in range(21)}),
        (b"x", {f"{i}.csv": b"x" * 1_900_000 for i in range(6)}),
    ],
)
def test_more_than_the_limits_is_refused_and_nothing_kept(
    raw: bytes, files: dict[str, bytes], kept: Drafts, tmp_path: Path
) -> None:
    with pytest.raises(InputError):
        kept.make(raw, files)
    assert not (tmp_path / "drafts").exists()


@pytest.mark.parametrize(
    "key",
    [
        "",
        ".",
        "..",
        "../x",
        "0" * 31,
        "0" * 33,
        "G" * 32,
        "A" * 32,
        "0" * 32 + "\n",
        "/" + "0" * 31,
    ],
)
def test_nothing_but_a_key_reaches_a_path(key: str, kept: Drafts, tmp_path: Path) -> None:
    (tmp_path / "head").write_text("{}")
    (tmp_path / "x").mkdir()
    assert not is_key(key)
    assert kept.find(key) is None
    kept.remove(key)
    with pytest.raises(Moved):
        kept.text(key, 1)
    assert (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "a/b", "a\\b", "a\x00", "a\n", "x" * 101, "-x", "~", "C:x"]
)
def test_only_plain_names_are_plain(name: str) -> None:
    assert not is_plain_name(name)
    assert is_plain_name("Our tests (2).csv")


def test_files_are_found_by_the_names_that_the_decision_gives_them(
    kept: Drafts, tmp_path: Path
) -> None:
    files = {"../../etc/passwd": b"1", "a.csv": b"2"}
    draft = kept.make(b"x", files)
    assert kept.files(at(kept, draft.key)) == files
    names = {path.name for path in (tmp_path / "drafts" / draft.key).iterdir()}
    assert names == {"head", "0001.yaml", "file-0", "file-1"}


def test_what_nobody_has_used_for_long_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Drafts(Disk(tmp_path / "drafts"), Memory(), most=3)
    keys = [kept.make(b"x").key for _ in range(3)]
    with pytest.raises(Full, match="3 working copies"):
        kept.make(b"x")
    old = time.time() - 181 * 86_400
    os.utime(tmp_path / "drafts" / keys[0] / "head", (old, old))
    os.utime(tmp_path / "drafts" / keys[1] / "head", (old, old))
    at(kept, keys[1])  # somebody opens it
    kept.make(b"x")
    assert kept.find(keys[0]) is None
    assert kept.find(keys[1]) is not None


@pytest.mark.parametrize("head", ["", "{", "[]", "{}", '{"at": 9}', "null"])
def test_a_head_that_is_broken_is_a_draft_that_is_not_there(
    head: str, kept: Drafts, tmp_path: Path
) -> None:
    key = kept.make(b"x").key
    (tmp_path / "drafts" / key / "head").write_text(head)
    assert kept.find(key) is None


def test_a_write_that_breaks_off_leaves_the_former_revision(
    kept: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = kept.make(b"1")
    replace, count = os.replace, []

    def breaks(source: str, target: str) -> None:
        if Path(target).name == "head":
            raise KeyboardInterrupt  # as if the machine went off
        replace(source, target)
        count.append(target)

    monkeypatch.setattr("selector.catalog.shelves.os.replace", breaks)
    with pytest.raises(KeyboardInterrupt):
        kept.write(draft, b"2")
    monkeypatch.undo()
    assert count
    assert text(kept, draft.key) == b"1"
    after = kept.write(at(kept, draft.key), b"3")
    assert kept.text(draft.key, after.revision) == b"3"
    folder = tmp_path / "drafts" / draft.key
    assert json.loads((folder / "head").read_text())["at"] == after.revision
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_memory_keeps_to_its_size() -> None:
    memory = Memory(most=1_000)
    kept = Drafts(memory, Memory())
    keys = [kept.make(b"x" * 300).key for _ in range(10)]
    assert kept.find(keys[0]) is None
    assert kept.find(keys[-1]) is not None
    assert sum(len(raw) for box in memory._boxes.values() for raw in box.values()) <= 1_000


def test_the_folder_is_where_the_system_keeps_data_or_where_one_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SELECTOR_DATA", str(tmp_path / "here"))
    assert data_folder() == tmp_path / "here"
    monkeypatch.delenv("SELECTOR_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setattr("sys.platform", "linux")
    assert data_folder() == tmp_path / "xdg" / "selector"
    assert module.drafts()._disk.folder == tmp_path / "xdg" / "selector" / "drafts"  # type: ignore[attr-defined]
