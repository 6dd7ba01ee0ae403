"""A file is changed at some places; the rest stays as people wrote it."""

from __future__ import annotations

import datetime
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from selector.catalog.editing import REMOVE, Change, data_of, edited
from selector.catalog.library import shipped_home
from selector.domain.problem import InputError, UsageError

SHIPPED = sorted((shipped_home() / "decisions").glob("*.yaml"))
FILE = b"""\
# A file of ours.
id: case   # the id
count: 012
answer: no
at: 12:30
half: .5
amount: 20_000
said: 'in quotes'
told: >-
  folded
  over lines

# What is asked.
asked:
  # of the law
  - {fact: one, is: true}   # first
  # of the works council
  - {fact: two}
  - fact: three
# What it weighs.
weights: &w
  cost: 10%     # money
  # and what remains
  speed: 5
again: *w
deep: {a: {b: [1, 2, {c: &shared {d: 1}}]}, e: *shared}
"""


def lines_changed(raw: bytes, made: bytes) -> tuple[list[str], list[str]]:
    """Return the lines that went, and those that came."""
    before, after = raw.decode().splitlines(), made.decode().splitlines()
    gone = [line for line in before if line not in after]
    return gone, [line for line in after if line not in before]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_only_the_line_that_is_changed_changes(path: Any) -> None:
    raw = path.read_bytes()
    title = next(line for line in raw.decode().splitlines() if line.startswith("title:"))
    made = edited(raw, (("title",), "Another: title"))
    assert lines_changed(raw, made) == ([title], ["title: 'Another: title'"])
    assert len(made.splitlines()) == len(raw.splitlines())


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        ((("weights", "cost"), 20), ["  cost: 10%     # money"], ["  cost: 20      # money"]),
        ((("amount",), 30_000), ["amount: 20_000"], ["amount: 30_000"]),
        ((("amount",), 20000.0), [], []),
        ((("said",), "it's"), ["said: 'in quotes'"], ["said: 'it''s'"]),
        ((("asked", 3), {"fact": "four"}), [], ["  - fact: four"]),
        ((("new", "and", "deep"), [1, 2]), [], ["new: {and: {deep: [1, 2]}}"]),
        ((("asked", 1), REMOVE), ["  - {fact: two}"], []),
        ((("weights", "nothing"), REMOVE), [], []),
        ((("answer",), REMOVE), ["answer: no"], []),
        ((("asked",), []), None, ["asked: []"]),
    ],
)
def test_a_change_leaves_comments_order_and_layout(
    change: Change, gone: list[str] | None, come: list[str]
) -> None:
    made = edited(FILE, change)
    went, came = lines_changed(FILE, made)
    if change[0][0] == "weights" and change[1] is not REMOVE:  # shown in two places
        assert data_of(made)["again"] == {"cost": "10%", "speed": 5}
        return
    assert came == come
    assert gone is None or went == gone
    for comment in ("# A file of ours.", "# What is asked.", "# What it weighs.", "# money"):
        assert comment in made.decode()


def test_an_alias_elsewhere_keeps_saying_what_it_said() -> None:
    made = data_of(edited(FILE, (("deep", "a", "b", 2, "c", "d"), 2)))
    assert made["deep"] == {"a": {"b": [1, 2, {"c": {"d": 2}}]}, "e": {"d": 1}}
    made = data_of(edited(FILE, (("again", "cost"), 3), (("weights", "speed"), 4)))
    assert made["again"] == {"cost": 3, "speed": 5}
    assert made["weights"] == {"cost": "10%", "speed": 4}


def test_comments_on_the_lines_after_what_is_taken_out_stay() -> None:
    made = edited(FILE, (("asked", 1), REMOVE), (("asked", 1), REMOVE)).decode()
    assert "# of the works council" in made
    made = edited(FILE, (("weights", "cost"), REMOVE)).decode()
    assert "# and what remains" in made or "speed: 5" in made


LISTED = """\
# All that could be bought.
rows:
  # The cheap one,
  # of old.
  - id: a   # ours
    # seen in May
    at: 1

  - {id: b}   # theirs
  # Of the north
  - id: c
    # its own last word
# What it costs.
cost: 3
"""


@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        (0, ["  - {id: b}   # theirs", "  # The cheap one,", "  # of old.", "  - id: a   # ours",
             "    # seen in May", "    at: 1", "", "  # Of the north", "  - id: c",
             "    # its own last word"]),
        (1, ["  # The cheap one,", "  # of old.", "  - id: a   # ours", "    # seen in May",
             "    at: 1", "", "  # Of the north", "  - id: c", "    # its own last word",
             "  - {id: b}   # theirs"]),
    ],
)  # fmt: skip
def test_neighbours_of_a_list_change_places_with_their_comments(
    first: int, wanted: list[str]
) -> None:
    raw = LISTED.encode()
    rows = data_of(raw)["rows"]
    changes = ((("rows", first), rows[first + 1]), (("rows", first + 1), rows[first]))
    for order in (changes, changes[::-1]):
        made = edited(raw, *order).decode().splitlines()
        assert made[0] == "# All that could be bought."
        assert made[2:12] == wanted
        assert made[12:] == ["# What it costs.", "cost: 3"]
    again = ((("rows", first), rows[first]), (("rows", first + 1), rows[first + 1]))
    assert edited(edited(raw, *changes), *again) == raw


@pytest.mark.parametrize(
    "rows", ["[1, 2]", "\n  - 1\n  - 2", "\n- 1\n-\n  2", "\n  - [1]\n  - [2]   # two"]
)
def test_neighbours_in_any_layout_change_places(rows: str) -> None:
    raw = f"of: {{it: 1}}\nrows: {rows}".encode()
    one, two = data_of(raw)["rows"]
    made = edited(raw, (("rows", 0), two), (("rows", 1), one))
    assert data_of(made) == {"of": {"it": 1}, "rows": [two, one]}


@pytest.mark.parametrize(
    "raw", [b"{a: {b: 1}, c: [1]}", b"a:\r\n  b: 1\r\nc:\r\n- 1\r\n", b"a: {b: 1}\nc: [1]"]
)
def test_any_layout_can_be_edited(raw: bytes) -> None:
    made = edited(raw, (("c", 1), "x"), (("a", "b"), None), (("d",), datetime.date(2026, 11, 29)))
    assert data_of(made) == {"a": {"b": None}, "c": [1, "x"], "d": datetime.date(2026, 11, 29)}
    assert b"\r" not in made


@pytest.mark.parametrize(
    "value",
    ["", "null", "true", "no", "012", "1e5", "2026-11-29", "# x", "a: b", "- a", "*a", "&a", "%",
     "a\nb", "a\n", "\n a", " lead", "trail ", "it's", 'say "x"', "{a}", "[", "!x",
     "é 漢 🙂", "?", "x" * 5000],
)  # fmt: skip
def test_text_comes_back_as_it_was(value: str) -> None:
    for path in (("title",), ("flow", "a"), ("rows", 0), (value or "empty",)):
        made = edited(b"title: x\nflow: {a: 1}\nrows:\n  - 1\n", (path, value))
        found = data_of(made)
        for step in path:
            found = found[step]  # type: ignore[call-overload]
        assert found == value, path


@pytest.mark.parametrize("path", [(), ("a", 0), ("c", 3), ("c", -1), ("c", "x"), ("a", "b", "d")])
def test_a_place_that_does_not_exist_is_told(path: tuple[str | int, ...]) -> None:
    with pytest.raises(UsageError, match="place"):
        edited(b"a: {b: 1}\nc: [1]\n", (path, 1))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_no_file_can_say_is_refused(value: Any) -> None:
    with pytest.raises(UsageError):
        edited(b"a: 1\n", (("a",), value))


@pytest.mark.parametrize(
    "raw",
    [b"", b"a: &a [*a]", b"a: 1\na: 2\n", b"a: !!python/object/apply:os.system [ls]", b"a: [",
     b"a: " + b"[" * 60 + b"]" * 60, b"\xff", b"a: 1\n---\nb: 2\n", b"x" * 2_000_001],
)  # fmt: skip
def test_ruamel_never_sees_what_our_reader_refuses(
    raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from selector.catalog import editing_by_ruamel

    seen: list[str] = []
    monkeypatch.setattr(editing_by_ruamel, "loaded", seen.append)
    with pytest.raises(InputError):
        edited(raw, (("a",), 1))
    assert seen == []


def test_a_control_character_is_refused_with_its_place() -> None:
    with pytest.raises(InputError, match=r"U\+001B"):
        edited(b"a: 1\n", (("a",), "x\x1b[31m"))


SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**9), 10**9)
    | st.floats(-1e9, 1e9, allow_nan=False)
    | st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=12)
    | st.dates()
)  # fmt: skip
KEYS = st.sampled_from(["a", "b", "c", "d e", "012", "no"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place in plain data, and one past the end of each list."""
    found = [path] if path else []
    if isinstance(data, dict):
        for key, item in data.items():
            found += places(item, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            found += places(item, (*path, index))
        found.append((*path, len(data)))
    return found


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.data())
def test_what_comes_out_says_exactly_what_was_asked(data: dict[str, Any], draws: Any) -> None:
    """Plain data is written, changed at random places, and read again."""
    raw = b"zero: 0\n"
    wanted: dict[str, Any] = {"zero": 0}
    for key, value in data.items():
        raw = edited(raw, ((key,), value))
        wanted[key] = value
    for _ in range(3):
        known = [path for path in places(wanted) if path != ("zero",)]
        path = draws.draw(st.sampled_from([*known, ("more",)]))
        value = draws.draw(VALUES | st.just(REMOVE))
        raw = edited(raw, (path, value))
        wanted = deepcopy(wanted)
        place: Any = wanted
        for step in path[:-1]:
            place = place[step]
        if value is not REMOVE:
            if isinstance(place, list) and path[-1] == len(place):
                place.append(value)
            else:
                place[path[-1]] = value
        elif path[-1] in (range(len(place)) if isinstance(place, list) else place):
            del place[path[-1]]
    assert data_of(raw) == wanted


def test_numbers_are_keys_too_and_what_is_long_stands_on_lines_of_its_own() -> None:
    anchors = {0: "Nobody knows it", 0.5: "Half of us do", 1: "All of us do"}
    new = [{"id": "one", "question": "How much? " * 12, "anchors": anchors}, {"id": "two"}]
    made = edited(b"id: case\n", (("criteria",), new))
    assert data_of(made)["criteria"] == new
    assert b"\n  - id: one\n" in made
    assert b"\n    anchors: {0: Nobody knows it, 0.5: Half of us do, 1: All of us do}\n" in made
    assert made.endswith(b"\n  - {id: two}\n")
