"""The items of bills as a table, with the column names of FOCUS, the FinOps specification."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from selector.report.money import Money

if TYPE_CHECKING:
    from selector.analysis.cost import AlternativeCost, Line

Row = Mapping[str, Any]

FOCUS = (
    "BilledCost",
    "BillingCurrency",
    "BillingPeriodEnd",
    "BillingPeriodStart",
    "ChargeCategory",
    "ChargeDescription",
    "ChargeFrequency",
    "ContractedUnitPrice",
    "PricingQuantity",
    "PricingUnit",
    "ServiceName",
    "SkuId",
    "x_Alternative",
    "x_Assumption",
    "x_Confidence",
    "x_Confidential",
    "x_CostHigh",
    "x_CostLow",
    "x_Source",
    "x_Unknown",
)
"""Columns of the items: those of FOCUS that an estimate can fill, and our own, marked by x_."""


def item(line: "Line", money: Money) -> dict[str, Any]:
    """One line of a bill as plain data, its amounts in the currency shown."""
    sources = dict.fromkeys(str(s) for p in line.rests_on for s in p.basis.sources)
    assumed = dict.fromkeys(p.basis.assumption for p in line.rests_on if p.basis.assumption)
    price, monthly = line.unit_price, line.monthly
    return {
        "item": line.item,
        "category": line.category,
        "monthly": None if monthly is None else money(monthly.likely),
        "low": None if monthly is None else money(monthly.low),
        "high": None if monthly is None else money(monthly.high),
        "quantity": round(line.quantity.likely, 9),
        "unit": line.unit,
        "unit_price": None if price is None else round(price.likely * money.factor, 12),
        "source": next(iter(sources), "; ".join(assumed)),
        "sources": list(sources),
        "assumptions": list(assumed),
        "sku": next((p.row for p in line.rests_on if p.row), ""),
        "rests_on": [p.name for p in line.rests_on],
        "confidence": line.confidence,
        "confidential": line.is_confidential,
        "unknown": line.unknown,
    }


_TOLD = ("item", "category", "confidential", "alternative", "frequency")
CONFIDENTIAL = "confidential"


def redacted_item(item: Row) -> dict[str, Any]:
    """The item as it stands: where it is confidential, without figures, reasons and sources."""
    if not item["confidential"]:
        return dict(item)
    blank: dict[str, Any] = {
        key: [] if isinstance(value, list) else None for key, value in item.items()
    }
    texts = dict.fromkeys(("unit", "source", "sku", "confidence", "unknown"), CONFIDENTIAL)
    return {**blank, **texts, **{key: item[key] for key in _TOLD if key in item}}


def rows(
    bills: Mapping[str, "AlternativeCost"], money: Money, confidential: bool = True
) -> Iterable[Row]:
    """The items of all bills, one after the other, each with its alternative.

    Without `confidential` those that rest on what was negotiated in confidence have no figures.
    """
    for name, bill in bills.items():
        for lines, frequency in ((bill.items, "Recurring"), (bill.once, "One-Time")):
            for line in lines:
                row = {**item(line, money), "alternative": name, "frequency": frequency}
                yield row if confidential else redacted_item(row)


def focus_csv(items: Iterable[Row], currency: str, start: date) -> str:
    """The items of the month that begins on `start` as CSV."""
    end = start + min(timedelta(days=365 / 12), date.max - start)
    target = io.StringIO()
    writer = csv.DictWriter(target, FOCUS, lineterminator="\n")
    writer.writeheader()
    for row in items:
        writer.writerow(_focus(row, currency, start, end))
    return target.getvalue()


def _focus(item: Row, currency: str, start: date, end: date) -> dict[str, Any]:
    is_credit = item["category"] == "terms" and (item["monthly"] or 0) < 0
    return {
        "BilledCost": "" if item["monthly"] is None else item["monthly"],
        "BillingCurrency": currency,
        "BillingPeriodEnd": f"{end.isoformat()}T00:00:00Z",
        "BillingPeriodStart": f"{start.isoformat()}T00:00:00Z",
        "ChargeCategory": "Credit" if is_credit else "Usage",
        "ChargeDescription": _safe(item["item"]),
        "ChargeFrequency": item["frequency"]
        if item["frequency"] == "One-Time" or item["category"] in ("people", "whole", "terms")
        else "Usage-Based",
        "ContractedUnitPrice": "" if item["unit_price"] is None else item["unit_price"],
        "PricingQuantity": "" if item["quantity"] is None else item["quantity"],
        "PricingUnit": _safe(item["unit"]),
        "ServiceName": item["category"],
        "SkuId": _safe(item["sku"]),
        "x_Alternative": item["alternative"],
        "x_Assumption": _safe("; ".join(item["assumptions"])),
        "x_Confidence": item["confidence"],
        "x_Confidential": str(item["confidential"]).lower(),
        "x_CostHigh": "" if item["high"] is None else item["high"],
        "x_CostLow": "" if item["low"] is None else item["low"],
        "x_Source": _safe("; ".join(item["sources"])),
        "x_Unknown": _safe(item["unknown"]),
    }


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
