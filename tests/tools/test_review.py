"""The sample that people re-open: fair, repeatable, and only of what has a source."""

import csv
import io
from pathlib import Path

from selector.catalog.library import Library
from tools import review

ROOT = Path(__file__).resolve().parents[2]


def population() -> list[review.Drawn]:
    return review.statements(Library(), ["amazon-bedrock", "anthropic-api"])


def test_the_same_seed_draws_the_same_facts() -> None:
    everything = population()
    assert review.draw(everything, 10, 1) == review.draw(everything, 10, 1)
    assert review.draw(everything, 10, 1) != review.draw(everything, 10, 2)
    assert len(review.draw(everything, 10**6, 1)) == len(everything)


def test_only_what_has_a_source_is_drawn() -> None:
    assert all(drawn.source and drawn.value for drawn in population())


def test_the_columns_to_fill_in_are_empty() -> None:
    target = io.StringIO()
    review.write(review.draw(population(), 3, 1), target)
    rows = list(csv.DictReader(io.StringIO(target.getvalue())))
    assert len(rows) == 3
    assert {(row["verdict"], row["remark"], row["date"]) for row in rows} == {("", "", "")}


def test_the_review_that_is_kept_is_complete() -> None:
    path = ROOT / "docs" / "evidence-review.csv"
    counted = review.tally(path)
    assert set(counted) <= set(review.VERDICTS)
    assert sum(counted.values()) >= 40
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["remark"] for row in rows if row["verdict"] != "right")
    vendors = set(Library().vendor_ids())
    assert {row["vendor"] for row in rows} <= vendors
