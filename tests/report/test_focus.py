"""The items of bills as CSV: what spreadsheets and calendars must not stumble over."""

import csv
import io
from datetime import date
from typing import Any

from selector.report import focus

ITEM: dict[str, Any] = {
    "item": "=1+1",
    "category": "tokens",
    "monthly": -5.0,
    "low": -6.0,
    "high": -4.0,
    "quantity": 1.0,
    "unit": "@month",
    "unit_price": -5.0,
    "sources": ["+https"],
    "assumptions": ["-why"],
    "sku": "=cmd/model",
    "confidence": "high",
    "confidential": False,
    "unknown": "",
    "alternative": "a",
    "frequency": "Recurring",
}


def row(start: date) -> dict[str, str]:
    (only,) = csv.DictReader(io.StringIO(focus.focus_csv([ITEM], "USD", start)))
    return only


def test_no_text_is_taken_for_a_formula_and_numbers_stay_numbers() -> None:
    found = row(date(2026, 11, 24))
    numbers = {"BilledCost", "ContractedUnitPrice", "x_CostHigh", "x_CostLow", "PricingQuantity"}
    texts = {name: text for name, text in found.items() if name not in numbers}
    assert not [name for name, text in texts.items() if text.startswith(("=", "+", "-", "@"))]
    assert all(float(found[name]) for name in numbers)


def test_a_month_at_the_end_of_the_calendar_ends_there() -> None:
    assert row(date(9999, 12, 31))["BillingPeriodEnd"] == "9999-12-31T00:00:00Z"
    assert row(date(2026, 11, 24))["BillingPeriodEnd"] == "2026-12-24T00:00:00Z"
