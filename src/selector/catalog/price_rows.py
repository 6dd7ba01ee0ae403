"""Rows of the price book as JSON and back, so that a command reads only those that it wants.

`prices/rows.json` is written from the YAML files beside it by `tools/price_rows.py`. It counts only
for files that are, byte by byte, what it was written from; any other is read itself.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from selector.domain import pricing
from selector.domain.evidence import Source
from selector.domain.pricing import Basis

FILE = "rows.json"
_RECORDS = {
    record.__name__: record
    for record in (
        Source,
        pricing.Accelerator,
        pricing.Assumption,
        pricing.Charge,
        pricing.Figure,
        pricing.Instance,
        pricing.Latency,
        pricing.Licence,
        pricing.Price,
        pricing.ServedModel,
        pricing.Service,
        pricing.Throughput,
        pricing.Tier,
        pricing.TokenPrices,
        pricing.TokenRates,
        pricing.TokenTariff,
        pricing.TokenTier,
    )
}


def content_of(rows: Mapping[str, Mapping[str, Any]], files: Mapping[str, bytes]) -> str:
    """The text of `rows.json`: records by file and id; `files` are what they were read from."""
    table: dict[Basis, int] = {}
    written = {
        name: {
            "of": digest(files[name]),
            "rows": {key: _encoded(row, table) for key, row in records.items()},
        }
        for name, records in rows.items()
    }
    basis = [[_encoded(part, {}) for part in each] for each in table]
    return json.dumps({"basis": basis, "files": written}, ensure_ascii=False) + "\n"


def digest(content: bytes) -> str:
    """What tells one content of a file from another."""
    return sha256(content).hexdigest()[:16]


class Written(Mapping[str, Any]):
    """Rows as they stand in `rows.json`; one becomes a record when it is wanted."""

    def __init__(self, rows: Mapping[str, Any], basis: list[Any]) -> None:
        self._rows = rows
        self._basis = basis
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            self._made[key] = _decoded(self._rows[key], self._basis)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Folder:
    """The `rows.json` of one folder of prices, read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._content: Any = None

    def rows(self, name: str) -> Mapping[str, Any] | None:
        """The rows of a YAML file of the folder; None where they have to be read from it."""
        if self._content is None:
            try:
                self._content = json.loads((self._folder / FILE).read_bytes())
            except (OSError, ValueError):
                self._content = {}
        try:
            found = self._content["files"][name]
            is_same = found["of"] == digest((self._folder / f"{name}.yaml").read_bytes())
            return Written(found["rows"], self._content["basis"]) if is_same else None
        except (OSError, KeyError, TypeError):
            return None


def _encoded(value: Any, table: dict[Basis, int]) -> Any:
    if isinstance(value, Basis):
        return {"b": table.setdefault(value, len(table))}
    if isinstance(value, Decimal):
        return {"d": str(value)}
    if isinstance(value, date):
        return {"t": value.isoformat()}
    if isinstance(value, Mapping):
        return {"m": {key: _encoded(item, table) for key, item in value.items()}}
    if isinstance(value, tuple):
        parts = [_encoded(part, table) for part in value]
        return {"r": [type(value).__name__, *parts]} if hasattr(value, "_fields") else parts
    return value


def _decoded(value: Any, basis: list[Any]) -> Any:
    if isinstance(value, list):
        return tuple([_decoded(part, basis) for part in value])
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    if kind == "d":
        return Decimal(held)
    if kind == "m":
        return {key: _decoded(item, basis) for key, item in held.items()}
    if kind == "t":
        return date.fromisoformat(held)
    if kind == "b":
        return Basis(*[_decoded(part, []) for part in basis[held]])
    return _RECORDS[held[0]](*[_decoded(part, basis) for part in held[1:]])
