"""What fits what is read, found again from either side, and held together over files."""

from pathlib import Path

import pytest

from selector.catalog.library import Library
from selector.catalog.validation import problems_of
from selector.domain.problem import InputError
from tests.stack.homes import LAYERS, SOURCED, home_of, library_of, relation


def test_each_kind_of_line_is_found_from_either_side(tmp_path: Path) -> None:
    fits = library_of(
        tmp_path,
        relation("pair: [r1, g1], fit: native")
        + relation("pair: [r1, g2], fit: adapter, effort: small")
        + relation("pair: [r2, g1], judgement: none, reason: Both want the port, by: us")
        + "  - {pair: [r2, g2], fit: unknown, note: Neither says anything}\n"
        + relation(
            "component: g1, offered_on: [b1], layer: blue, otherwise: adapter, effort: large"
        )
        + relation("component: g3, requires: [{layer: blue, any: [b1]}, red]")
        + relation("group: [r1, g1, b2], fit: none"),
    ).compatibility()
    for one, layer, other, other_layer, fit, effort in (
        ("r1", "red", "g1", "green", "native", None),
        ("r1", "red", "g2", "green", "adapter", "small"),
        ("r2", "red", "g1", "green", "none", None),
        ("r2", "red", "g2", "green", "unknown", None),
        ("g1", "green", "b1", "blue", "native", None),
        ("g1", "green", "b2", "blue", "adapter", "large"),
    ):
        forth = fits.between(one, layer, other, other_layer)
        back = fits.between(other, other_layer, one, layer)
        assert forth is not None
        assert forth == back
        assert (forth.fit, forth.effort) == (fit, effort)
    assert fits.between("r3", "red", "g3", "green") is None
    assert fits.meet("blue", "green")
    assert not fits.meet("red", "blue")
    assert [group.members for group in fits.groups] == [("r1", "g1", "b2")]
    needed = fits.needs["g3"].layers
    assert [(layer.layer, layer.any_of) for layer in needed] == [("blue", ("b1",)), ("red", ())]
    judged = fits.between("r2", "red", "g1", "green")
    assert judged is not None
    assert judged.evidence.is_judgement
    assert fits.between("r1", "red", "g1", "green").evidence.as_of is not None  # type: ignore[union-attr]


def test_what_is_said_of_the_pair_comes_before_what_is_said_of_all_others(tmp_path: Path) -> None:
    fits = library_of(
        tmp_path,
        relation("component: g1, offered_on: [b1], layer: blue, otherwise: none")
        + relation("pair: [b2, g1], fit: adapter, effort: small"),
    ).compatibility()
    found = fits.between("g1", "green", "b2", "blue")
    assert found is not None
    assert found.fit == "adapter"


def test_files_that_contradict_each_other_are_told_at_the_later_place(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        relation("pair: [r1, g1], fit: native"),
        later="relations:\n" + relation("pair: [g1, r1], fit: none"),
    )
    with pytest.raises(InputError) as error:
        library.compatibility()
    (problem,) = error.value.problems
    assert problem.path.endswith("later.yaml")
    assert (problem.line, problem.column) == (3, 5)
    assert problem.what.startswith("'g1' and 'r1': none here, native in ")
    assert problem.what.endswith("fits.yaml:6")
    assert [*problems_of(library, tmp_path / "compatibility" / "fits.yaml")] == []
    assert [*problems_of(library, tmp_path / "compatibility" / "later.yaml")] == [problem]


def test_what_is_disputed_contradicts_nothing_and_stands(tmp_path: Path) -> None:
    accounts = f"[{{fit: native, {SOURCED}}}, {{fit: none, {SOURCED}}}]"
    fits = library_of(
        tmp_path,
        f"  - {{pair: [r1, g1], disputed: {accounts}}}\n",
        later="relations:\n" + relation("pair: [g1, r1], fit: none"),
    ).compatibility()
    found = fits.between("r1", "red", "g1", "green")
    assert found is not None
    assert found.fit == "disputed"
    assert [account.fit for account in found.accounts] == ["native", "none"]


def test_ones_own_word_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    """The shipped home knows nothing of these; an own home over it is simulated by two of them."""
    shipped = home_of(tmp_path / "shipped", {}, LAYERS)
    library = library_of(tmp_path / "own", relation("pair: [r1, g1], fit: none"))
    (shipped / "compatibility").mkdir()
    (shipped / "compatibility" / "other.yaml").write_text(
        "id: other\nrelations:\n"
        + relation("pair: [r1, g1], fit: native")
        + relation("pair: [r2, g1], fit: native"),
        encoding="utf-8",
    )
    library.homes.insert(0, shipped)
    fits = library.compatibility()
    assert fits.between("r1", "red", "g1", "green").fit == "none"  # type: ignore[union-attr]
    assert fits.between("r2", "red", "g1", "green").fit == "native"  # type: ignore[union-attr]


def test_the_shipped_files_hold_together() -> None:
    Library().compatibility()


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        (relation("pair: [r1, g9], fit: native"), (6, 17), "there is no component 'g9'"),
        (relation("pair: [r1, r2], fit: native"), (6, 12), "'r1' and 'r2' are both of the layer"),
        (relation("pair: [r1, b1], fit: native"), (6, 5), "the layers red and blue meet nowhere"),
        (relation("pair: [r1, r1], fit: native"), (6, 5), "a member stands twice"),
        (relation("pair: [r1, g1]"), (6, 5), "no fit"),
        (relation("pair: [r1], fit: none"), (6, 12), "pair: 1 item in the list"),
        (relation("component: g1, requires: []"), (6, 31), "requires: no items in the list"),
        (
            relation(f"pair: [r1, {'g' * 201}], fit: none"),
            (6, 17),
            f"'{'g' * 37}…' has 201 letters",
        ),
        (relation("pair: [r1, g1], fit: perhaps"), (6, 27), "fit: 'perhaps' is not one"),
        (relation("pair: [r1, g1], fit: adapter"), (6, 5), "an adapter without its effort"),
        (relation("pair: [r1, g1], fit: native, effort: small"), (6, 5), "an effort without an"),
        (relation("pair: [r1, g1], judgement: none"), (6, 5), "fit: a judgement without 'reason'"),
        (relation("pair: [r1, g1], group: [r1, g1, b1], fit: none"), (6, 5), "both pair and gr"),
        (relation("component: g1, offered_on: [b1]"), (6, 5), "offered_on without 'layer'"),
        (relation("component: g1, requires: [blau]"), (6, 32), "there is no layer 'blau'"),
        (relation("component: g1, requires: [green]"), (6, 32), "'g1' is of the layer green"),
        ("  - {pair: [r1, g1], fit: native}\n", (6, 5), "fit: no source"),
        (f"  - {{pair: [r1, g1], disputed: [{{fit: none, {SOURCED}}}]}}\n", (6, 5), "disputed by"),
        (
            relation("component: g1, offered_on: [r1], layer: blue, otherwise: none"),
            (6, 34),
            "'r1' is of the layer red, not blue",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, line: str, place: tuple[int, int], words: str
) -> None:
    library = library_of(tmp_path, line)
    with pytest.raises(InputError) as error:
        library.compatibility()
    first = error.value.problems[0]
    assert (first.line, first.column) == place
    assert first.what.startswith(words)
    assert problems_of(library, tmp_path / "compatibility" / "fits.yaml")[0] == first


def test_all_faults_of_a_file_are_told_in_one_run(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        relation("pair: [r1, g9], fit: native")
        + relation("pair: [r1, g1], fitt: native")
        + "  - {pair: [r2, g2], fit: native}\n",
    )
    with pytest.raises(InputError) as error:
        library.compatibility()
    assert [problem.line for problem in error.value.problems] == [6, 7, 8, 8]


def test_a_day_that_has_not_come_is_told(tmp_path: Path) -> None:
    line = "  - {pair: [r1, g1], fit: native, source: https://example.com, as_of: 2999-01-01}\n"
    library = library_of(tmp_path, line)
    (problem,) = problems_of(library, tmp_path / "compatibility" / "fits.yaml")
    assert problem.what == "r1, g1: as_of 2999-01-01 lies in the future"
