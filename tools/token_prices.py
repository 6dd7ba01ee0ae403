"""Write the token prices of the genai-prices package into `prices/tokens.json`.

    pip install genai-prices
    python tools/token_prices.py --as-of 2026-11-10

`--as-of` is the day that version of the package was released; without it the day that stands in
the file stays, which is right only while the version does too. Each model keeps every set of prices
with the day from which it holds, prices for long requests and for batches included; what is billed
by something else than text tokens is named, not priced. Amounts are US dollars per million tokens,
as text, so that no digit is lost. `tests/tools/test_token_prices.py` compares every price with the
package's own calculator.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGE = "genai-prices"
TARGET = Path(__file__).resolve().parents[1] / "prices" / "tokens.json"
RATES = {
    "input": "input_mtok",
    "output": "output_mtok",
    "cached_input": "cache_read_mtok",
    "cache_write": "cache_write_mtok",
}
ALSO = {
    "requests_kcount": "a price per request",
    "web_searches_kcount": "web searches",
    "storage_searches_kcount": "searches of files",
    "cache_write_1h_mtok": "a cache kept for an hour",
    "output_reasoning_mtok": "reasoning tokens",
    "output_citation_mtok": "tokens of citations",
}
"""What else the package has a price for; images, sound, video and pages are told in one word."""

BATCH = {"processing": "batch"}
_BEGINNING = date(2015, 1, 1)


def book(providers: Iterable[Any], package_version: str, as_of: str) -> dict[str, Any]:
    """The content of `prices/tokens.json`."""
    found = {}
    for provider in sorted(providers, key=lambda p: p.id):
        models = {model.id: row for model in provider.models if (row := model_row(model))}
        if models:
            found[provider.id] = {
                "name": provider.name,
                "pages": list(provider.pricing_urls or ()),
                "models": dict(sorted(models.items())),
            }
    return {
        "package": PACKAGE,
        "version": package_version,
        "as_of": as_of,
        "as_of_kind": "package_version",
        "providers": found,
    }


def model_row(model: Any) -> dict[str, Any]:
    """One model's row; empty where it has no price by the text token."""
    dated = []
    for start in _starts(model):
        entry = _entry(model, start)
        if entry and (not dated or entry != dated[-1][1]):
            dated.append((start, entry))
    if not dated:
        return {}
    prices = [
        ({} if start == _BEGINNING else {"from": start.isoformat()}) | entry
        for start, entry in dated
    ]
    row: dict[str, Any] = {}
    if model.name and model.name != model.id:
        row["name"] = model.name
    if model.context_window:
        row["context_tokens"] = model.context_window
    if model.deprecated:
        row["deprecated"] = True
    if also := _also(model):
        row["also_billed"] = also
    return row | {"prices": prices}


def _conditional(model: Any) -> list[Any]:
    return model.prices if isinstance(model.prices, list) else []


def _starts(model: Any) -> list[date]:
    """The beginning, and each later day on which some price of the model may change."""
    limits = [entry.constraint for entry in _conditional(model)]
    limits += [v.constraint for v in model.price_variants or () if v.when == BATCH]
    starts = {day for limit in limits if (day := getattr(limit, "start_date", None))}
    return sorted({_BEGINNING} | starts)


def _entry(model: Any, day: date) -> dict[str, Any]:
    """The prices of one day: those of the dearest hour, and of the cheapest where they differ."""
    hours = [datetime.combine(day, time(hour, 45), UTC) for hour in range(24)]
    by_hour = [_priced(model, hour) for hour in hours]
    if not by_hour[0]:
        return {}
    dearest = max(by_hour, key=_weight)
    cheapest = min(by_hour, key=_weight)
    if cheapest == dearest:
        return dearest
    return dearest | {"off_peak": {key: cheapest[key] for key in RATES if key in cheapest}}


def _weight(entry: Mapping[str, Any]) -> Decimal:
    return sum((Decimal(entry[key]) for key in RATES if key in entry), Decimal(0))


def _priced(model: Any, moment: datetime) -> dict[str, Any]:
    standard = model.get_prices(moment)
    entry: dict[str, Any] = _rates(standard, 0)
    if not entry:
        return {}
    has_batch = any(
        v.when == BATCH and (v.constraint is None or v.constraint.active(moment))
        for v in model.price_variants or ()
    )
    batch = model.get_prices(moment, BATCH) if has_batch else None
    if batch is not None:
        entry["batch"] = _rates(batch, 0)
    tiers = []
    for above in _thresholds(standard):
        tier: dict[str, Any] = {"above": above, **_rates(standard, above)}
        if batch is not None:
            tier["batch"] = _rates(batch, above)
        tiers.append(tier)
    return entry | ({"tiers": tiers} if tiers else {})


def _thresholds(prices: Any) -> list[int]:
    held = [getattr(prices, name, None) for name in RATES.values()]
    return sorted({tier.start for price in held for tier in getattr(price, "tiers", ())})


def _rates(prices: Any, above: int) -> dict[str, str]:
    """The four rates of a request with more than `above` input tokens."""
    found = {}
    for key, name in RATES.items():
        price = getattr(prices, name, None)
        if price is None:
            continue
        if hasattr(price, "tiers"):
            reached = [tier.price for tier in price.tiers if tier.start <= above]
            price = reached[-1] if above and reached else price.base
        found[key] = _digits(price)
    return found


def _digits(amount: Decimal) -> str:
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _also(model: Any) -> list[str]:
    names: set[str] = set()
    for prices in (
        [entry.prices for entry in _conditional(model)] if _conditional(model) else [model.prices]
    ):
        names |= {k for k, v in prices.__dict__.items() if v is not None and not k.startswith("_")}
    others = names - set(RATES.values())
    words = {ALSO.get(name, "images, sound, video or pages") for name in others}
    return sorted(words)


def written(content: Mapping[str, Any]) -> str:
    """The file's text, with a line for each model, so that a change is seen in a comparison."""
    lines = ["{"]
    head = [(key, value) for key, value in content.items() if key != "providers"]
    lines += [f" {_json(key)}: {_json(value)}," for key, value in head]
    lines.append(' "providers": {')
    blocks = []
    for provider_id, provider in content["providers"].items():
        about = {key: value for key, value in provider.items() if key != "models"}
        rows = ",\n".join(
            f"   {_json(model)}: {_json(row)}" for model, row in provider["models"].items()
        )
        inner = "".join(f"   {_json(key)}: {_json(value)},\n" for key, value in about.items())
        blocks.append(f'  {_json(provider_id)}: {{\n{inner}   "models": {{\n{rows}\n   }}\n  }}')
    lines.append(",\n".join(blocks))
    lines += [" }", "}", ""]
    return "\n".join(lines)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file."""
    from genai_prices.data import providers

    parser = argparse.ArgumentParser(description="Write prices/tokens.json")
    parser.add_argument("--as-of", type=date.fromisoformat, help="release day of the package")
    given = parser.parse_args(arguments)
    installed = version(PACKAGE)
    if given.as_of:
        as_of = given.as_of.isoformat()
    else:
        held = json.loads(TARGET.read_text(encoding="utf-8"))
        if held["version"] != installed:
            parser.error(f"the package is now {installed}: give its release day as --as-of")
        as_of = held["as_of"]
    TARGET.write_text(written(book(providers, installed, as_of)), encoding="utf-8")


if __name__ == "__main__":
    main()
