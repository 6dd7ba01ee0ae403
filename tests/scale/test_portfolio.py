"""A portfolio: the same rows whoever works, nobody's fault is another's, prices that change."""

import pickle
from pathlib import Path

import pytest

import selector
from selector.catalog.library import shipped_home
from selector.domain.problem import ClusterError, InputError, UsageError
from selector.scale import clusters
from selector.scale.portfolio import decision_files, portfolio
from tests.scale.conftest import NOBODY, decision


def test_the_rows_are_the_same_whoever_works(mixed: Path, address: str) -> None:
    asked = {"samples": 20_000, "seed": 4}
    here = portfolio(mixed, **asked)
    assert portfolio(mixed, **asked, workers=1) == here
    assert portfolio(mixed, **asked, workers=2) == here
    assert portfolio(mixed, **asked, scheduler=address) == here


@pytest.mark.parametrize("batch", [1, 3])
def test_the_rows_are_the_same_in_other_batches(
    mixed: Path, address: str, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = portfolio(mixed, samples=500)
    monkeypatch.setattr(clusters, "_BATCH", batch)
    assert portfolio(mixed, samples=500, scheduler=address) == here


def test_another_seed_draws_otherwise(mixed: Path) -> None:
    one, other = (
        [row.first_rank_acceptability for row in portfolio(mixed, samples=500, seed=seed)]
        for seed in (1, 2)
    )
    assert one != other


def test_a_row_says_what_the_analysis_of_its_decision_says(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(decision(7), encoding="utf-8")
    (row,) = portfolio(path, samples=5000, seed=9, weights="uniform")
    analysis = selector.analyse(selector.load(path))
    first, second = analysis.ranking[:2]
    found = analysis.robustness(5000, 9, "uniform").rank_acceptability
    assert (row.winner, row.score, row.runner_up) == (
        first.alternative,
        first.score,
        second.alternative,
    )
    assert row.margin == pytest.approx((first.score or 0) - (second.score or 0))
    assert row.first_rank_acceptability == found[first.alternative][0]
    assert row.runner_up_first_rank_acceptability == found[second.alternative][0]
    assert (row.version, row.title, row.errors) == (analysis.version, "Decision 7", ())


def test_a_bad_file_loses_nobody_else_and_tells_its_place(mixed: Path) -> None:
    rows = {Path(row.path).name: row for row in portfolio(mixed, samples=99)}
    assert len(rows) == 12
    assert sum(row.winner is not None for row in rows.values()) == 9
    places = {(p.line, p.column, p.what) for p in rows["bad.yaml"].errors}
    assert (2, 1, "the key 'titel' is not known here") in places
    assert all(Path(p.path).name == "broken.yaml" for p in rows["broken.yaml"].errors)
    assert rows["broken.yaml"].decision == "broken"
    assert "not YAML" in rows["broken.yaml"].errors[0].what


def test_a_decision_without_a_winner_has_a_reason(mixed: Path) -> None:
    (row,) = [row for row in portfolio(mixed, samples=99) if row.decision == "nobody"]
    assert (row.winner, row.first_rank_acceptability, row.errors) == (None, None, ())
    assert row.reason == "Every alternative fails a requirement. A: Speed is 1. B: Speed is 2."


def test_a_decision_without_alternatives_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text("id: bare\ntitle: Bare\ncriteria: [{id: a}]\n")
    (row,) = portfolio(tmp_path, samples=99)
    assert (row.winner, row.reason) == (None, "It has no alternatives.")


def test_a_single_alternative_wins_every_draw(tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(NOBODY.replace("at_least: 9", "at_least: 2"), encoding="utf-8")
    (row,) = portfolio(path, samples=99)
    assert (row.winner, row.runner_up, row.margin) == ("b", None, None)
    assert row.first_rank_acceptability == 1


BY_OTHER = """id: other
title: By another method
method: {method}
criteria:
  - {{id: speed, name: Speed, value: {{worst: 0, best: 10}}}}
  - {{id: room, name: Room, value: {{worst: 0, best: 10}}}}
alternatives:
  - {{id: a, name: A, performance: {{speed: 1, room: [3, 9]}}}}
  - {{id: b, name: B, performance: {{speed: 3, room: 4}}}}
"""


def test_a_decision_by_another_method_has_its_own_share_too(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(BY_OTHER.format(method="topsis"), encoding="utf-8")
    (row,) = portfolio(path, samples=2000)
    found = selector.analyse(selector.load(path)).robustness(2000)
    assert row.winner == "b"
    assert row.first_rank_acceptability == found.rank_acceptability["b"][0]
    assert row.first_by_method == found.by_method["topsis"].rank_acceptability["b"][0]
    assert row.runner_up_first_by_method == found.by_method["topsis"].rank_acceptability["a"][0]
    assert row.first_by_method + row.runner_up_first_by_method == pytest.approx(1)
    assert [text for text in row.warnings if "TOPSIS" in text or "another method" in text] == [
        "The order and how often each is first are those of TOPSIS, not of the weighted sum."
    ]


LEVEL = BY_OTHER.replace("speed: 1, room: [3, 9]", "speed: {a}, room: 4").replace(
    "speed: 3, room: 4", "speed: 4, room: 3"
)


@pytest.mark.parametrize("speed", [3, 3.0001])
def test_chance_and_level_alternatives_turn_nothing(tmp_path: Path, speed: float) -> None:
    path = tmp_path / "level.yaml"
    path.write_text(LEVEL.format(method="weighted_sum", a=speed), encoding="utf-8")
    rows = [portfolio(path, samples=300, seed=seed)[0] for seed in range(6)]
    assert {row.winner for row in rows} == {"a"}
    assert any((row.first_rank_acceptability or 0) < 0.5 for row in rows)
    assert not any("more often" in text for row in rows for text in row.warnings)


def test_all_that_is_drawn_can_be_sent(tmp_path: Path, address: str) -> None:
    # The shipped decisions have cells with shapes of their own; other methods have parameters.
    for method in ("topsis", "vikor", "promethee2"):
        text = BY_OTHER.format(method=method).replace("id: other", f"id: {method}")
        (tmp_path / f"{method}.yaml").write_text(text, encoding="utf-8")
    for folder in (tmp_path, shipped_home() / "decisions"):
        here = portfolio(folder, samples=9000)
        assert portfolio(folder, samples=9000, scheduler=address) == here
        assert not any(row.errors for row in here)


def test_a_method_that_cannot_be_drawn_has_the_share_of_the_weighted_sum(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(BY_OTHER.format(method="edas"), encoding="utf-8")
    (row,) = portfolio(path, samples=99)
    assert row.winner is not None
    assert row.first_rank_acceptability is not None
    assert (row.first_by_method, row.runner_up_first_by_method) == (None, None)
    assert any("cannot be drawn by EDAS" in text for text in row.warnings)


def test_a_method_that_cannot_take_the_figures_is_an_error_of_its_file(tmp_path: Path) -> None:
    text = BY_OTHER.format(method="weighted_product").replace(", value: {worst: 0, best: 10}", "")
    (tmp_path / "other.yaml").write_text(text.replace("speed: 1,", "speed: -1,"), encoding="utf-8")
    (tmp_path / "good.yaml").write_text(decision(1), encoding="utf-8")
    good, bad = portfolio(tmp_path, samples=99)
    assert good.winner is not None
    assert (bad.winner, bad.errors[0].line) == (None, 3)
    assert "negative" in bad.errors[0].what


def test_who_is_first_more_often_than_the_winner_is_named(tmp_path: Path) -> None:
    # As things stand b leads with 5.1 against 5; a may be anything from 5 up to 10 in one of two.
    (tmp_path / "d.yaml").write_text(
        "id: d\ntitle: D\ncriteria: [{id: c, name: C, value: {worst: 0, best: 10}}]\n"
        "alternatives:\n"
        "  - {id: a, name: A, performance: {c: {lognormal: [1.0, 0.9]}}}\n"
        "  - {id: b, name: B, performance: {c: 3.5}}\n",
        encoding="utf-8",
    )
    (row,) = portfolio(tmp_path, samples=4000)
    assert row.winner == "a"  # its mean is above, its middle below
    assert any("B is first more often over the draws" in text for text in row.warnings)


VENDOR = """id: {id}
name: {name}
provider: {name}
kind: model-api
summary: Made up for a test.
homepage: https://example.org/
facts:
  price_output_tokens:
    value: {price}
    source: https://example.org/
    as_of: 2026-11-01
    tier: vendor_docs
"""


@pytest.mark.parametrize("way", ["here", "workers", "scheduler"])
def test_a_price_that_changes_changes_the_winner(tmp_path: Path, address: str, way: str) -> None:
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "cheap.yaml").write_text(
        "id: cheap\ntitle: The cheapest\nas_of: 2026-11-24\n"
        "criteria:\n  - {id: price, goal: min, measure: {fact: price_output_tokens},"
        " value: {worst: 20, best: 0}}\n"
        "alternatives: [acme, bolt]\n",
        encoding="utf-8",
    )
    for home, price in (("before", 2), ("after", 9)):
        (tmp_path / home / "vendors").mkdir(parents=True)
        for name, its in (("acme", price), ("bolt", 5)):
            text = VENDOR.format(id=name, name=name.title(), price=its)
            (tmp_path / home / "vendors" / f"{name}.yaml").write_text(text, encoding="utf-8")
    options = {"here": {}, "workers": {"workers": 1}, "scheduler": {"scheduler": address}}[way]
    (before,), (after,) = (
        portfolio(tmp_path / "decisions", 99, home=tmp_path / home, **options)
        for home in ("before", "after")
    )
    assert (before.winner, after.winner) == ("acme", "bolt")
    assert before.version != after.version


def test_files_are_taken_by_their_paths_in_order(mixed: Path) -> None:
    found = [str(path.relative_to(mixed)) for path in decision_files(mixed)]
    assert found == sorted(found)
    assert "later/d8.yaml" in found
    assert not [name for name in found if name.startswith((".", "_", "vendors"))]


def test_progress_counts_files_and_what_it_raises_ends_the_work(mixed: Path, address: str) -> None:
    told: list[tuple[int, int]] = []
    portfolio(mixed, 99, progress=lambda done, count: told.append((done, count)))
    assert told == [(done, 13) for done in range(1, 14)]

    class Cancelled(Exception):
        pass

    def cancel(done: int, count: int) -> None:
        raise Cancelled

    for options in ({}, {"scheduler": address}):
        with pytest.raises(Cancelled):
            portfolio(mixed, 99, progress=cancel, **options)


@pytest.mark.parametrize(
    "wrong",
    [
        {"samples": 0},
        {"seed": -1},
        {"weights": "even"},
        {"workers": 0},
        {"workers": 1, "scheduler": "tcp://127.0.0.1:1"},
    ],
)
def test_a_wrong_call_is_refused_before_anything_runs(
    mixed: Path, wrong: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        portfolio(mixed, **wrong)  # type: ignore[arg-type]


def test_a_folder_without_decisions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no decision"):
        portfolio(tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        portfolio(tmp_path / "nowhere")
    (tmp_path / "v.yaml").write_text(VENDOR.format(id="v", name="V", price=1), encoding="utf-8")
    with pytest.raises(UsageError, match="no file there is a decision"):
        portfolio(tmp_path)


def test_errors_cross_to_another_process_whole(mixed: Path) -> None:
    (row,) = [row for row in portfolio(mixed, 99) if row.decision == "bad"]
    error = pickle.loads(pickle.dumps(InputError(row.errors)))
    assert error.problems == row.errors
    assert isinstance(pickle.loads(pickle.dumps(ClusterError("lost"))), ClusterError)
