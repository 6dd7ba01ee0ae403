"""Whatever bytes are read, the outcome is content or an InputError whose messages name a place."""

import random
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import selector
from selector.catalog.library import Library, shipped_home
from selector.catalog.reading import parse_document
from selector.catalog.validation import problems_of

MESSAGE = re.compile(r"[^\n]+:[1-9]\d*:[1-9]\d*: [^\n]+; [^\n]+\Z")
ROOT = shipped_home()
FILES = {
    "decisions/support-assistant.yaml": "decisions/support-assistant.yaml",
    "criteria/ai-platform.yaml": "criteria/ai-platform.yaml",
    "vendors/vllm-kubernetes.yaml": "vendors/vllm-kubernetes.yaml",
}
WORDS = "null true .nan 1e999 -1 2026-13-01 [ ] { } &a *a !!x << # : | > % @ ` é 99% --- ... ~ yes"
SPICE = [*WORDS.split(), *"'\"\t\u2028\ufeff\x07\n", "\r\n", "- ", "? ", "a: b", "''", "9" * 30]
fuzz = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def is_told(error: selector.InputError) -> None:
    assert error.problems
    for problem in error.problems:
        assert MESSAGE.match(str(problem)), repr(str(problem))


@fuzz
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        parse_document(content, "any.yaml")
    except selector.InputError as error:
        is_told(error)


@fuzz
@given(st.lists(st.sampled_from([*SPICE, " ", "a", "id", "1", ",", "\n  "]), max_size=40))
def test_any_row_of_signs_is_read_or_refused(parts: list[str]) -> None:
    try:
        document = parse_document("".join(parts).encode(), "any.yaml")
    except selector.InputError as error:
        is_told(error)
    else:
        is_told(selector.InputError(document.problems)) if document.problems else None


def mutated(text: str, rng: random.Random) -> str:
    """The text with one to three small changes, as a slip of the hand makes them."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        line = lines[at]
        kind = rng.randrange(6)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, line)
        elif kind == 2:
            lines[at] = " " * rng.randint(0, 8) + line.lstrip()
        elif kind == 3 and ":" in line:
            lines[at] = line[: line.index(":") + 1] + " " + rng.choice(SPICE)
        elif kind == 4 and line:
            place = rng.randrange(len(line))
            lines[at] = line[:place] + rng.choice(SPICE) + line[place + 1 :]
        else:
            lines[at] = line.replace("value", "vlaue").replace("weight", "wieght")
        if not lines:
            break
    return "\n".join(lines)


@pytest.mark.parametrize("name", FILES)
def test_slips_in_real_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    for folder in ("decisions", "criteria", "vendors"):
        (tmp_path / folder).mkdir()
    rng = random.Random(name)
    text = (ROOT / name).read_text(encoding="utf-8")
    refused = 0
    shutil.copy(ROOT / "decisions/support-assistant.yaml", tmp_path / "decisions")
    for _ in range(40 if name.startswith("decisions") else 12):
        (tmp_path / name).write_text(mutated(text, rng), encoding="utf-8")
        library = Library(tmp_path)
        for problem in problems_of(library, tmp_path / name):
            assert MESSAGE.match(str(problem)), repr(str(problem))
        try:
            analysis = selector.analyse(library.decision("support-assistant"))
            assert all(0 <= row.score <= 1 for row in analysis.ranking)
        except selector.InputError as error:
            refused += 1
            is_told(error)
    assert refused > 3
