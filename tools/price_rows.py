"""Write `prices/rows.json`: the YAML files of the price book, ready to be read row by row.

Run it after a file in `prices/` changed; tests/catalog/test_price_rows.py says when that is due.
"""

from selector.catalog.library import read_prices, shipped_home
from selector.catalog.price_files import KINDS
from selector.catalog.price_rows import FILE, content_of
from selector.catalog.pricebook import FOLDER

PRICES = shipped_home() / FOLDER


def written() -> str:
    """The content that the file should have now."""
    files = {name: path for name in KINDS if (path := PRICES / f"{name}.yaml").is_file()}
    rows = {name: read_prices(path, name) for name, path in files.items()}
    return content_of(rows, {name: path.read_bytes() for name, path in files.items()})


if __name__ == "__main__":
    (PRICES / FILE).write_text(written(), encoding="utf-8")
