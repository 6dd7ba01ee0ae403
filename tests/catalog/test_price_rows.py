"""`prices/rows.json` says what the YAML files beside it say, and counts only as long as it does."""

import shutil
from pathlib import Path

import pytest

from selector.catalog.library import Library, read_prices, shipped_home
from selector.catalog.price_files import KINDS
from selector.catalog.price_rows import FILE, Folder
from selector.catalog.pricebook import FOLDER, price_book
from tools import price_rows

PRICES = shipped_home() / FOLDER
FILES = [name for name in KINDS if (PRICES / f"{name}.yaml").is_file()]


def test_the_file_is_current() -> None:
    now = (PRICES / FILE).read_text(encoding="utf-8")
    assert now == price_rows.written(), "run python tools/price_rows.py"


@pytest.mark.parametrize("name", FILES)
def test_a_row_is_the_same_record_either_way(name: str) -> None:
    ready = Folder(PRICES).rows(name)
    assert ready is not None
    assert dict(ready) == dict(read_prices(PRICES / f"{name}.yaml", name))


def test_a_file_that_was_changed_is_read_itself(tmp_path: Path) -> None:
    shutil.copytree(PRICES, tmp_path / FOLDER)
    path = tmp_path / FOLDER / "assumptions.yaml"
    path.write_text(path.read_text("utf-8").replace("low: 0.5\n", "low: 0.45\n", 1), "utf-8")
    book = price_book([tmp_path], read_prices)
    assert float(book.assumptions["utilisation"].figure.low) == 0.45
    assert len(book.instances) == len(Library().prices().instances)


def test_ones_own_rows_override_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "assumptions.yaml").write_text(
        "assumptions:\n  utilisation: {name: Ours, value: 0.5, assumed: measured here}\n", "utf-8"
    )
    assumed = Library(tmp_path).prices().assumptions
    assert assumed["utilisation"].name == "Ours"
    assert assumed["hourly_cost"] == Library().prices().assumptions["hourly_cost"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {"instances": 3}}'])
def test_a_file_that_says_something_else_does_not_count(tmp_path: Path, content: str) -> None:
    shutil.copy(PRICES / "instances.yaml", tmp_path)
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    assert Folder(tmp_path).rows("instances") is None
