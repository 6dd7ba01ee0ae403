"""Broken files of every kind: each is refused where it is wrong, in plain words, without a crash.

Every file below begins with what must be said of it, one comment for each message:
`# Refused at line:column first words`. The good files that they name are in `home/`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import selector
from selector import cli

SOURCES = Path(selector.__file__).resolve().parents[1]
HERE = Path(__file__).parent
KINDS = ("decisions", "vendors", "criteria", "facts")
CASES = [path for kind in KINDS for path in sorted((HERE / kind).glob("*.yaml"))]
ONLY_WHEN_RANKING = {"not-applicable-without-rule"}
MESSAGE = re.compile(r"(?P<path>[^\n]+?):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): .+; .+\Z")
EXPECTED = re.compile(r"# Refused at (\d+):(\d+) (.+)")
PLAIN = "criteria: [{id: speed, name: Speed}]\n"
USES = {
    "vendors": f"id: uses\ntitle: Uses\n{PLAIN}alternatives: [case]\n",
    "criteria": "id: uses\ntitle: Uses\ncriteria: case\nalternatives: [{id: a, name: A}]\n",
    "facts": f"id: uses\ntitle: Uses\n{PLAIN}alternatives: [{{id: a, name: A}}]\n",
}


class Answer(NamedTuple):
    """What a command did."""

    code: object
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "home", tmp_path / "home")
    (tmp_path / "home" / "decisions").mkdir(exist_ok=True)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(home)

    def call(*arguments: object) -> Answer:
        with pytest.raises(SystemExit) as end:
            cli.main([*map(str, arguments), "--home", str(home)])
        return Answer(end.value.code, *capfd.readouterr())

    return call


def placed(home: Path, kind: str, content: bytes) -> tuple[Path, Path]:
    """The broken file in its folder, and the decision that meets it."""
    names = {"facts": "criteria/facts.yaml"}
    broken = home / names.get(kind, f"{kind}/case.yaml")
    broken.write_bytes(content)
    if kind == "decisions":
        return broken, broken
    uses = home / "decisions" / "uses.yaml"
    uses.write_text(USES[kind], encoding="utf-8")
    return broken, uses


def located(lines: list[str]) -> list[tuple[str, int, int, str]]:
    """The messages with their places; each must name one."""
    found = []
    for line in lines:
        match = MESSAGE.match(line)
        assert match, f"not a located message: {line!r}"
        rest = line[match.end("column") + 2 :]
        found.append((match["path"], int(match["line"]), int(match["column"]), rest))
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_broken_file_is_refused_where_it_is_wrong(path: Path, home: Path, run: Run) -> None:
    text = path.read_text(encoding="utf-8")
    expected = [(int(line), int(column), words) for line, column, words in EXPECTED.findall(text)]
    assert expected, "the file does not say what is expected of it"
    broken, decision = placed(home, path.parent.name, path.read_bytes())
    ranked = run("rank", decision)
    assert (ranked.code, ranked.out) == (2, "")
    messages = located(ranked.err.splitlines())
    assert {message[0] for message in messages} == {str(broken.relative_to(home))}
    assert [message[1:3] for message in messages] == [place[:2] for place in expected]
    for message, place in zip(messages, expected, strict=True):
        assert message[3].startswith(place[2])
    if path.stem not in ONLY_WHEN_RANKING:
        validated = run("validate", broken)
        assert validated.code == 1
        assert set(messages) <= set(located(validated.out.splitlines()))


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 110


@pytest.mark.parametrize("kind", ["decisions", "vendors", "criteria"])
def test_problems_of_every_kind_are_told_in_one_run(kind: str, home: Path, run: Run) -> None:
    content = (HERE / kind / "all-kinds-at-once.yaml").read_bytes()
    messages = located(run("rank", placed(home, kind, content)[1]).err.splitlines())
    assert len({message[1] for message in messages}) >= 5


GOOD = b"""id: case
title: A case
criteria:
  - {id: speed, name: Speed, value: {worst: 0, best: 10}}
alternatives:
  - {id: a, name: A, performance: {speed: 5}}
"""
MANY = 100_000
BYTES = {
    "empty": (b"", (1, 1), "the file is empty"),
    "only a comment": (b"# nothing yet\n", (1, 1), "the file is empty"),
    "only spaces": (b"   \n\n", (1, 1), "the file is empty"),
    "byte-order mark": (b"\xef\xbb\xbf" + GOOD, (1, 1), "the file begins with a byte-order mark"),
    "UTF-16": (GOOD.decode().encode("utf-16"), (1, 1), "the file begins with a byte-order mark"),
    "not UTF-8": (
        GOOD.replace(b"A case", b"Caf\xe9"),
        (2, 11),
        "byte 0xe9 is not UTF-8",
    ),
    "a NUL": (GOOD.replace(b"A case", b"A\x00case"), (2, 9), "a character that YAML does not"),
    "a NUL after wide letters": (
        GOOD.replace(b"A case", "ééé€\x00".encode()),
        (2, 12),
        "a character that YAML does not",
    ),
    "an escape character": (
        GOOD.replace(b"A case", b"A \x1b[31mcase"),
        (2, 10),
        "a character that YAML does not",
    ),
    "100 levels": (b"id: " + b"[" * 100 + b"]" * 100, (1, 54), "nested more than 50 levels"),
    "100,000 levels": (b"id: " + b"[" * MANY + b"]" * MANY, (1, 54), "nested more than 50 levels"),
    "100,000 levels of mappings": (b"{a: " * MANY, (1, 201), "nested more than 50 levels"),
    "100,000 open levels": (b"- " * MANY, (1, 101), "nested more than 50 levels"),
    "3 MB": (GOOD + b"# " + b"x" * 3_000_000, (1, 1), "the file has"),
    "a long row of digits": (
        GOOD.replace(b"speed: 5", b"speed: " + b"1" * 500_000 + b"x"),
        (6, 43),
        "speed: '1111",
    ),
    "an alias to itself": (b"id: &a [*a]\n", (1, 9), "the alias *a stands inside its own anchor"),
    "keys of lists": (b"[1, 2]: 3\n{a: 1}: 4\n", (1, 1), "a list or mapping used as a key"),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_decision_are_refused(name: str, home: Path, run: Run) -> None:
    content, place, words = BYTES[name]
    broken, _ = placed(home, "decisions", content)
    ranked = run("rank", broken)
    assert (ranked.code, ranked.out) == (2, "")
    first = located(ranked.err.splitlines())[0]
    assert first[:3] == ("decisions/case.yaml", *place)
    assert first[3].startswith(words)
    assert len(first[3]) < 200
    assert run("validate", broken).code == 1


def test_a_vendor_that_is_not_utf_8_is_named_by_its_own_file(home: Path, run: Run) -> None:
    _, decision = placed(home, "vendors", b"id: case\nname: \xff\n")
    assert located(run("rank", decision).err.splitlines())[0][:3] == ("vendors/case.yaml", 2, 7)


def test_a_broken_vendor_that_nobody_names_is_not_read(home: Path, run: Run) -> None:
    placed(home, "vendors", b"id: case\nname: \xff\n")
    decision, _ = placed(home, "decisions", GOOD)
    assert run("rank", decision).code == 0
    assert run("validate", decision).code == 0


def test_all_problems_of_two_broken_vendors_and_the_decision_are_told(home: Path, run: Run) -> None:
    for name in ("one", "two"):
        (home / "vendors" / f"{name}.yaml").write_text(
            f"id: {name}\nname: {name}\nkind: model-api\nfacts:\n  uptme: {{unknown: true}}\n"
        )
    decision, _ = placed(
        home, "decisions", b"id: case\ntitle: T\n" + PLAIN.encode() + b"alternatives: [one, two, x]"
    )
    paths = [message[0] for message in located(run("rank", decision).err.splitlines())]
    assert paths == ["vendors/one.yaml", "vendors/two.yaml", "decisions/case.yaml"]


def test_a_folder_as_file_cannot_be_read(home: Path, run: Run) -> None:
    ranked = run("rank", home / "decisions")
    assert ranked.code == 2
    assert located(ranked.err.splitlines())[0][1:] == (
        1,
        1,
        "cannot be read (Is a directory); name a readable file",
    )


def test_a_file_that_does_not_exist_cannot_be_read(run: Run) -> None:
    ranked = run("rank", "nowhere.yaml")
    assert ranked.code == 2
    assert ranked.err == (
        "nowhere.yaml:1:1: cannot be read (No such file or directory); name a readable file\n"
    )


@pytest.mark.parametrize("name", ["loop.yaml", "x" * 300 + ".yaml", "a/b\nc.yaml"])
@pytest.mark.parametrize("command", ["rank", "validate"])
def test_odd_paths_are_refused(name: str, command: str, home: Path, run: Run) -> None:
    (home / "loop.yaml").symlink_to(home / "loop.yaml")
    answer = run(command, home / name)
    assert answer.code == 2
    assert "Traceback" not in answer.err


def test_a_device_without_end_is_refused(run: Run) -> None:
    ranked = run("rank", "/dev/zero")
    assert ranked.code == 2
    assert "more than 2 MB" in ranked.err


@pytest.mark.parametrize("kind", ["alias-bomb", "tags", "five-problems", "null-everywhere"])
def test_a_real_process_refuses_too(kind: str, home: Path) -> None:
    broken, _ = placed(home, "decisions", (HERE / "decisions" / f"{kind}.yaml").read_bytes())
    for command, code in (("rank", 2), ("validate", 1)):
        done = subprocess.run(
            [sys.executable, "-m", "selector", command, str(broken), "--home", str(home)],
            capture_output=True,
            text=True,
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            check=False,
        )
        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert located((done.stderr if command == "rank" else done.stdout).splitlines())
