"""A visitor's working copy: every edit kept, named by the link, told when it is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from selector.catalog.drafts import drafts
from selector.catalog.editing import REMOVE, edited
from selector.domain.problem import InputError, UsageError
from selector.domain.span import Span

Do = Callable[[Any], Any]
CASE = """\
# A case of ours.
id: case
title: A case
criteria:
  - {id: a, name: Speed, value: {worst: 0, best: 1}}
  - {id: b, name: Price, value: {worst: 0, best: 1}}
alternatives:
  - {id: x, name: One, performance: {a: 1, b: 0}}   # the first
  - {id: y, name: Two, performance: {a: 0.4, b: 0.9}}
  - {id: z, name: Three, performance: {a: 0.1, b: 0.2}}
weights: {values: {a: 60, b: 40}}
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for working copies, empty."""
    monkeypatch.setenv("SELECTOR_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


class Visitor:
    """A session of the app that does what a test says, one run of the page each."""

    def __init__(self, **link: str) -> None:
        def script() -> None:
            import streamlit as st

            from selector.ui.state import State

            state = State()
            st.session_state["notice"] = state.notice
            if "do" in st.session_state:
                st.session_state["did"] = st.session_state["do"](state)
            state.write_link()

        self.test = AppTest.from_function(script, default_timeout=60)
        for key, value in link.items():
            self.test.query_params[key] = value

    def does(self, do: Do) -> Any:
        self.test.session_state["do"] = do
        self.test.run()
        assert not self.test.exception, self.test.exception[0].message
        return self.test.session_state["did"]

    @property
    def link(self) -> dict[str, str]:
        found = self.test.query_params.items()
        return {key: value if isinstance(value, str) else value[0] for key, value in found}

    @property
    def notice(self) -> str:
        told: str = self.test.session_state["notice"]
        return told


def brought(text: str = CASE) -> Visitor:
    """Return a visitor who has brought a decision."""
    visitor = Visitor()
    visitor.does(lambda state: state.adopt(text.encode(), "case.yaml"))
    return visitor


def ranking(state: Any) -> list[str]:
    return [row.alternative for row in state.analysis.ranking]


def refused(do: Do) -> Do:
    """Return what is done, expecting that it is refused; it returns the problems."""

    def doing(state: Any) -> list[str]:
        with pytest.raises(InputError) as caught:
            do(state)
        return [f"{p.what}; {p.instead}" for p in caught.value.problems]

    return doing


def test_the_first_edit_of_a_known_decision_makes_a_copy(data: Path) -> None:
    visitor = Visitor(decision="support-assistant")
    before = visitor.does(lambda state: (state.is_draft, state.file()))
    assert before[0] is False
    visitor.does(lambda state: state.edit((("title",), "Ours")))
    after = visitor.does(lambda state: (state.is_draft, state.origin, state.file(), state.titles))
    assert after[:2] == (True, "support-assistant")
    assert after[2] == before[1].replace(b"Platform for the support assistant", b"Ours")
    assert after[3][visitor.link["decision"]] == "Ours"
    assert visitor.link["decision"].startswith("draft-")
    assert len(visitor.link["decision"]) == len("draft-") + 32
    visitor.does(lambda state: state.undo_edit())
    assert visitor.does(lambda state: state.file()) == before[1]


def test_an_edit_shows_and_another_session_sees_it_by_the_link(data: Path) -> None:
    visitor = brought()
    assert visitor.does(ranking) == ["x", "y", "z"]
    visitor.does(lambda state: state.edit((("weights", "values", "b"), 400)))
    assert visitor.does(ranking) == ["y", "z", "x"]
    other = Visitor(**visitor.link)
    assert other.does(ranking) == ["y", "z", "x"]
    assert other.notice == ""


def test_undo_and_redo_move_between_edits_and_a_new_edit_drops_what_was_undone(data: Path) -> None:
    visitor = brought()
    for title in ("one", "two", "three"):
        visitor.does(lambda state, title=title: state.edit((("title",), title)))

    def titles(step: Do) -> str:
        visitor.does(step)
        return str(visitor.does(lambda state: state.data["title"]))

    assert titles(lambda state: state.undo_edit()) == "two"
    assert titles(lambda state: state.undo_edit()) == "one"
    assert titles(lambda state: state.redo_edit()) == "two"
    assert visitor.does(lambda state: (state.can_undo_edit, state.can_redo_edit)) == (True, True)
    assert titles(lambda state: state.edit((("title",), "four"))) == "four"
    assert visitor.does(lambda state: state.can_redo_edit) is False
    assert titles(lambda state: state.redo_edit()) == "four"
    for _ in range(5):
        visitor.does(lambda state: state.undo_edit())
    assert visitor.does(lambda state: state.data["title"]) == "A case"
    assert visitor.does(lambda state: state.can_undo_edit) is False


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((("alternatives", 0, "performance", "a"), "fast"), "fast"),
        ((("alternatives", 0, "vendor"), "nobody"), "nobody"),
        ((("criteria",), []), "no criteria"),
        ((("title",), REMOVE), "'title' is missing"),
        ((("titel",), "x"), "'titel' is not known"),
        ((("title",), "a\x1b[0m"), "U+001B"),
        ((("nowhere", 3), 1), "no place"),
    ],
)
def test_an_edit_that_makes_the_file_wrong_is_refused_and_changes_nothing(
    change: Any, told: str, data: Path
) -> None:
    visitor = brought()
    before = visitor.does(lambda state: (state.file(), state.can_undo_edit))
    problems = visitor.does(refused(lambda state: state.edit(change)))
    assert told in " ".join(problems)
    assert visitor.does(lambda state: (state.file(), state.can_undo_edit)) == before


def test_what_was_set_stays_as_far_as_it_fits(data: Path) -> None:
    visitor = brought()
    visitor.does(lambda state: state.receive({"a": 20, "b": 80}))
    visitor.does(lambda state: state.edit((("title",), "Ours")))
    assert visitor.does(lambda state: dict(state.points)) == {"a": 20, "b": 80}
    visitor.does(lambda state: state.open_cell("z", "a"))
    visitor.does(lambda state: state.edit((("alternatives", 2), REMOVE)))
    assert visitor.does(lambda state: state.cell) is None
    gone = (("criteria", 1), REMOVE), (("weights", "values", "b"), REMOVE)
    gone += tuple((("alternatives", i, "performance", "b"), REMOVE) for i in (0, 1))
    visitor.does(lambda state: state.edit(*gone))
    assert visitor.does(ranking) == ["x", "y"]


def test_an_edit_of_the_weights_shows_though_sliders_were_moved(data: Path) -> None:
    visitor = brought()
    visitor.does(lambda state: state.receive({"a": 20, "b": 80}))
    visitor.does(lambda state: state.edit((("weights", "values"), {"a": 10, "b": 1})))
    assert visitor.does(lambda state: dict(state.points)) == {}
    assert visitor.does(ranking) == ["x", "y", "z"]


def test_two_windows_lose_nothing_of_each_other(data: Path) -> None:
    one = brought()
    other = Visitor(**one.link)
    other.does(lambda state: None)
    one.does(lambda state: state.edit((("title",), "By one")))
    other.does(lambda state: state.edit((("question",), "By the other?")))
    found = one.does(lambda state: state.data)
    assert (found["title"], found["question"]) == ("By one", "By the other?")


def test_an_item_is_found_where_another_window_moved_it(data: Path) -> None:
    one = brought()
    other = Visitor(**one.link)
    other.does(lambda state: None)
    one.does(lambda state: state.edit((("alternatives", 0), REMOVE)))
    other.does(lambda state: state.edit((("alternatives", 1, "name"), "Zwei")))
    names = one.does(lambda state: [a["name"] for a in state.data["alternatives"]])
    assert names == ["Zwei", "Three"]
    one.does(lambda state: state.edit((("alternatives", 0), REMOVE)))
    told = other.does(refused(lambda state: state.edit((("alternatives", 0, "name"), "Deux"))))
    assert "meanwhile" in told[0]
    assert one.does(lambda state: [a["name"] for a in state.data["alternatives"]]) == ["Three"]


@pytest.mark.parametrize("key", ["0" * 32, "../../etc/passwd", "..", "A" * 32, "", "0" * 33, "a/b"])
def test_a_link_to_a_copy_that_is_not_there_says_so(key: str, data: Path) -> None:
    visitor = Visitor(decision=f"draft-{key}")
    assert visitor.does(lambda state: state.is_draft) is False
    assert "working copy is not here" in visitor.notice
    assert visitor.link["decision"] == "support-assistant"


def test_a_copy_that_is_removed_gives_way_to_the_decision_it_was_made_from(data: Path) -> None:
    visitor = Visitor(decision="coding-assistant")
    visitor.does(lambda state: state.edit((("title",), "Ours")))
    other = Visitor(**visitor.link)
    other.does(lambda state: None)
    visitor.does(lambda state: state.remove_draft(state.decision_id))
    assert visitor.does(lambda state: state.decision_id) == "coding-assistant"
    assert other.does(lambda state: state.is_draft) is False
    assert list((data / "drafts").iterdir()) == []


def test_without_a_disk_the_session_goes_on_in_memory_and_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.write_text("a file where a folder belongs")
    visitor = brought()
    visitor.does(lambda state: state.edit((("title",), "Kept")))
    assert visitor.does(lambda state: state.data["title"]) == "Kept"
    assert "memory only" in visitor.notice
    assert Visitor(**visitor.link).does(lambda state: state.data["title"]) == "Kept"


def test_a_disk_that_fills_up_loses_no_edit(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = brought()
    visitor.does(lambda state: state.edit((("title",), "Before")))
    full = OSError(28, "No space left on device")

    def refuse(*_: Any, **__: Any) -> None:
        raise full

    monkeypatch.setattr("selector.catalog.shelves.os.replace", refuse)
    visitor.does(lambda state: state.edit((("title",), "While full")))
    assert visitor.does(lambda state: state.data["title"]) == "While full"
    assert "memory only" in visitor.notice
    visitor.does(lambda state: state.undo_edit())
    assert visitor.does(lambda state: state.data["title"]) == "Before"


def test_a_copy_takes_along_the_files_that_its_decision_names(data: Path, home: Path) -> None:
    (home / "decisions").mkdir()
    (home / "agreed.yaml").write_text("prices: []\n")
    (home / "decisions" / "case.yaml").write_text(
        CASE + "measurements: [ours.csv]\nprices: ../agreed.yaml\n"
    )
    (home / "decisions" / "ours.csv").write_text("alternative,criterion,value\nx,b,0.5\n")
    visitor = Visitor(decision="case")
    visitor.does(lambda state: state.edit((("title",), "Ours")))
    (home / "decisions" / "ours.csv").unlink()
    (home / "agreed.yaml").unlink()
    assert visitor.does(lambda state: sorted(state.beside)) == ["../agreed.yaml", "ours.csv"]
    assert visitor.does(lambda state: state.analysis.cell("x", "b").central) == 0.5


@pytest.mark.parametrize("key", ["measurements: [{}]", "prices: {}"])
@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "secret", "drafts/../../secret"])
def test_a_brought_decision_reads_no_other_file(
    key: str, name: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_text("alternative,criterion,value\nx,b,0.5\n")
    text = CASE + key.format(name) + "\n"
    told = Visitor().does(refused(lambda state: state.adopt(text.encode(), "case.yaml")))
    assert "was not brought" in told[0]
    visitor = brought()
    path = ("prices",) if key.startswith("prices") else ("measurements",)
    value = name if path == ("prices",) else [name]
    told = visitor.does(refused(lambda state: state.edit((path, value))))
    assert "was not brought" in told[0]


def test_a_link_to_a_file_elsewhere_is_not_followed(data: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("alternative,criterion,value\nx,b,0.5\n")
    visitor = brought()
    box = data / "drafts" / visitor.link["decision"].removeprefix("draft-")
    (box / "linked.csv").symlink_to(tmp_path / "secret")
    told = visitor.does(refused(lambda state: state.edit((("measurements",), ["linked.csv"]))))
    assert "was not brought" in told[0]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff", b"x" * 2_000_001, b"a: &a [*a]", b"a: !!python/object:os.system x",
     b"a: 1\na: 2",
     b"a: &a [1]\n" + b"b: [" + b"*a," * 20_000 + b"]", b"[" * 100, b"{}", b"id: x"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_not_kept(raw: bytes, data: Path) -> None:
    told = Visitor().does(refused(lambda state: state.adopt(raw, "evil.yaml")))
    assert told
    assert not (data / "drafts").exists()


def test_figures_that_the_edited_file_cannot_take_are_let_go(data: Path) -> None:
    visitor = Visitor(decision="support-assistant")
    visitor.does(lambda state: state.change_figure("cached_share", Span.exactly(0.5)))
    visitor.does(lambda state: state.change_figure("output_tokens", Span.exactly(100)))
    visitor.does(lambda state: state.edit((("workload", "cached_share"), 0.4)))
    assert visitor.does(lambda state: list(state.figures)) == ["output_tokens"]
    visitor.does(lambda state: state.edit((("workload",), REMOVE)))
    assert visitor.does(lambda state: list(state.figures)) == []


def test_drafts_are_only_readable_by_their_user(data: Path) -> None:
    brought()
    for path in (data / "drafts").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert drafts() is drafts()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CASE.replace("weights:", "".join(
            f"  - {{id: n{i}, performance: {{a: 1, b: 0}}}}\n" for i in range(99)) + "weights:"),
         "case.yaml:8:3: 102 alternatives; the app takes at most 100"),
        (CASE + "stakeholders: [" + "{name: P}," * 101 + "]\n", "101 stakeholders"),
        ("id: case\ntitle: A case\nalternatives: [" + "{id: x}," * 60_000 + "]\n", "60,000"),
        ("id: case\ntitle: A case\ncriteria:\n" + "".join(
            f"  - {{id: c{i}, value: {{worst: 0, best: 1}}}}\n" for i in range(80))
         + "alternatives: [" + ",".join(f"{{id: x{i}}}" for i in range(70)) + "]\n",
         "70 alternatives on 80 criteria"),
    ],
    ids=["alternatives", "stakeholders", "very many", "cells"],
)  # fmt: skip
def test_more_than_the_pages_can_show_is_refused(text: str, told: str, data: Path) -> None:
    def bring(state: Any) -> str:
        with pytest.raises(InputError) as caught:
            state.adopt(text.encode(), "case.yaml")
        return str(caught.value)

    assert told in Visitor().does(bring)


def test_a_very_long_part_of_a_file_is_not_changed_in_place(data: Path) -> None:
    many = ", ".join(f"k{i}: 1" for i in range(30_000))
    with pytest.raises(UsageError, match="too long"):
        edited(f"a: {{{many}}}\n".encode(), (("a", "k1"), 2))
    assert edited(f"a: {{{many}}}\nb: 1\n".encode(), (("b",), 2)).endswith(b"\nb: 2\n")


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("title: A case", "title: 2,000 letters"),
        ("name: Price", "name: 2,000 letters"),
        ("name: Two", "name: 2,000 letters"),
    ],
)
def test_a_name_that_no_line_can_hold_is_refused_where_it_stands(
    data: Path, old: str, told: str
) -> None:
    text = CASE.replace(old, f"{old.split(':')[0]}: {'N' * 2_000}")
    line = next(number for number, row in enumerate(CASE.splitlines(), 1) if old in row)

    def doing(state: Any) -> list[tuple[int, str]]:
        with pytest.raises(InputError) as caught:
            state.adopt(text.encode(), "case.yaml")
        return [(p.line, p.what) for p in caught.value.problems]

    assert Visitor().does(doing) == [(line, told)]
