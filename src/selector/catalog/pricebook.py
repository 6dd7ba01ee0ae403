"""Read the price book, file by file, each only when one of its rows is asked for.

`prices/` of the shipped home, then of one's own home, whose rows add to and override the shipped
ones by id. `tokens.json` is made by `tools/token_prices.py`; what is written by hand is YAML, token
prices of one's own included (`tokens.yaml`).
"""

import json
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from selector.catalog.price_rows import Folder
from selector.domain.evidence import Source
from selector.domain.pricing import (
    Basis,
    PriceBook,
    TokenPrices,
    TokenRates,
    TokenTariff,
    TokenTier,
)
from selector.domain.problem import InputError, Problem

FOLDER = "prices"
TOKENS = "tokens.json"
_LARGE = 10**15
Read = Callable[[Path, str], Mapping[str, Any]]
"""Reads one YAML file of a folder of prices: its path and its name without `.yaml`."""

Value = TypeVar("Value")


class Rows(Mapping[str, Value], Generic[Value]):
    """Rows by id that are read when the first of them is wanted."""

    def __init__(self, load: Callable[[], Mapping[str, Value]]) -> None:
        self._load = load
        self._rows: Mapping[str, Value] | None = None

    def _all(self) -> Mapping[str, Value]:
        if self._rows is None:
            self._rows = self._load()
        return self._rows

    def __getitem__(self, key: str) -> Value:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class _Tariffs(Mapping[str, TokenTariff]):
    """A provider's models; a row becomes a record when it is wanted.

    Raises InputError where a row of the file is none.
    """

    def __init__(self, provider: str, about: Mapping[str, Any], rows: Mapping[str, Any]) -> None:
        self._provider, self._about, self._rows = provider, about, rows

    def __getitem__(self, key: str) -> TokenTariff:
        row = self._rows[key]
        if isinstance(row, TokenTariff):
            return row
        try:
            return _made(self._about, self._provider, key, row)
        except _NO_ROW:
            raise InputError([_no_row(self._about["path"], self._provider, key)]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def price_book(homes: Sequence[Path], read: Read) -> PriceBook:
    """The price book of those homes, the later over the earlier; `read` reads one YAML file.

    Nothing is opened before a row is asked for; then InputError says what is wrong with a file.
    """
    folders = [home / FOLDER for home in homes]
    made = [Folder(folder) for folder in folders]

    def rows(name: str) -> Rows[Any]:
        def load() -> Mapping[str, Any]:
            found: list[Mapping[str, Any]] = []
            for folder, written in zip(folders, made, strict=True):
                path = folder / f"{name}.yaml"
                if path.is_file():
                    ready = written.rows(name)
                    found.append(read(path, name) if ready is None else ready)
            return found[0] if len(found) == 1 else ChainMap(*map(_mutable, found[::-1]))

        return Rows(load)

    by_hand = rows("tokens")
    packaged: Rows[Any] = Rows(lambda: _packaged(folders))

    def tokens() -> Mapping[str, Mapping[str, TokenTariff]]:
        merged: dict[str, Mapping[str, TokenTariff]] = {
            provider: _Tariffs(provider, about, about["models"])
            for provider, about in packaged.items()
        }
        for provider, models in by_hand.items():
            packaged_rows = packaged.get(provider, {"models": {}})
            rows = {**packaged_rows["models"], **models}
            merged[provider] = _Tariffs(provider, packaged_rows, rows)
        return merged

    return PriceBook(
        tokens=Rows(tokens),
        providers=Rows(lambda: {key: about["name"] for key, about in packaged.items()}),
        accelerators=rows("accelerators"),
        instances=rows("instances"),
        models=rows("models"),
        throughputs=rows("throughput"),
        services=rows("services"),
        assumptions=rows("assumptions"),
    )


def _mutable(rows: Mapping[str, Any]) -> MutableMapping[str, Any]:
    """The rows as a ChainMap asks for them; nothing is ever written to it."""
    return cast("MutableMapping[str, Any]", rows)


def _packaged(folders: Sequence[Path]) -> dict[str, Any]:
    """The providers of `tokens.json`, each with the head of the file it stands in."""
    found: dict[str, Any] = {}
    for folder in folders:
        path = folder / TOKENS
        if not path.is_file():
            continue
        try:
            content = json.loads(path.read_bytes())
            head = {key: content[key] for key in ("package", "version", "as_of", "as_of_kind")}
            for provider, about in content["providers"].items():
                found[provider] = {**about, **head, "path": str(path)}
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            raise InputError([unreadable(path)]) from None
    return found


def token_problems(path: Path, shown: str) -> list[Problem]:
    """What is wrong with a `tokens.json`; a model that cannot be read is named."""
    try:
        packaged = _packaged([path.parent]) if path.name == TOKENS else None
    except InputError as error:
        return list(error.problems)
    if packaged is None:
        return [
            Problem(shown, 1, 1, "not a file of this program", f"only {TOKENS} is read as JSON")
        ]
    found = []
    for provider, about in packaged.items():
        for model in about["models"]:
            try:
                _made(about, provider, model, about["models"][model])
            except _NO_ROW:
                found.append(_no_row(shown, provider, model))
    return found


_NO_ROW = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What reading a row of `tokens.json` raises that is none."""


def _no_row(shown: str, provider: str, model: str) -> Problem:
    what = f"{provider} {model}: not prices as tools/token_prices.py writes them"
    return Problem(shown, 1, 1, what, "make the file anew")


def unreadable(path: Path) -> Problem:
    """What to say of a `tokens.json` that is not what the tool writes."""
    return Problem(
        str(path),
        1,
        1,
        "not token prices as tools/token_prices.py writes them",
        "make it anew, or write prices of your own in tokens.yaml",
    )


def _made(
    about: Mapping[str, Any], provider: str, model: str, row: Mapping[str, Any]
) -> TokenTariff:
    item = f"{provider}/{model}"
    package = Source(package=about["package"], version=about["version"], item=item)
    pages = tuple(Source(url=page) for page in about["pages"])
    basis = Basis(
        (package, *pages), date.fromisoformat(about["as_of"]), about["as_of_kind"], "medium"
    )
    dated = tuple(_dated(entry) for entry in row["prices"])
    if not dated:
        raise ValueError("a model without prices")
    return TokenTariff(
        provider,
        model,
        row.get("name", model),
        dated,
        basis,
        row.get("context_tokens"),
        row.get("deprecated", False),
        tuple(row.get("also_billed", ())),
    )


def _dated(entry: Mapping[str, Any]) -> TokenPrices:
    return TokenPrices(
        date.fromisoformat(entry["from"]) if "from" in entry else None,
        _rates(entry),
        _rates(entry["batch"]) if "batch" in entry else None,
        tuple(
            TokenTier(
                tier["above"], _rates(tier), _rates(tier["batch"]) if "batch" in tier else None
            )
            for tier in entry.get("tiers", ())
        ),
        _rates(entry["off_peak"]) if "off_peak" in entry else None,
    )


def _rates(entry: Mapping[str, str]) -> TokenRates:
    return TokenRates(
        *(_amount(entry[key]) if key in entry else None for key in TokenRates._fields)
    )


def _amount(text: str) -> Decimal:
    amount = Decimal(text)
    if not 0 <= amount < _LARGE:
        raise ValueError("no price")
    return amount
