"""`selector cost` in words: the models first, then the bills, break-even volumes and levers."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from selector.cli_output import Data, bold, columns
from selector.cli_results.cost import rows_of
from selector.domain import words

_SHOWN = 3  # levers, and figures that matter most, of each alternative


def amount(value: float | None, code: str) -> str:
    """An amount as people read it: cents below a thousand, else whole; a dash where unknown."""
    if value is None:
        return "–"
    text = f"{abs(value):,.2f}" if abs(value) < 1000 else f"{abs(value):,.0f}"
    return f"{chr(0x2212) if value < 0 else ''}{text} {code}"


def table(data: Data) -> Iterable[str]:
    """The bills for people."""
    code = data["currency"]
    yield bold(data["question"] or data["title"])
    yield ""
    if data["workload"] is None:
        yield "The decision describes no workload, so there is no bill."
        return
    yield bold("Models assumed")
    yield from columns(
        ["Alternative", "Model", "At", "Runs on"],
        [
            [
                bill["name"] if used["role"] == "main" else f"  {used['role']}",
                " ".join(filter(None, (used["model"], used["precision"]))),
                used["provider"],
                used["runs_on"],
            ]
            for bill in data["alternatives"].values()
            for used in bill["models"]
        ],
        set(),
    )
    yield ""
    yield from _summary(data, code)
    for bill in data["alternatives"].values():
        yield ""
        yield from _bill(bill, code)
    yield ""
    yield from _break_even(data)
    if data["confidential"]:
        yield "Negotiated prices are confidential: do not pass these figures on."
    if data["exchange"] is not None:
        rate = data["exchange"]
        yield f"1 {code} = {rate['usd']} US dollars, as of {words.day(rate['as_of'])}."
    yield f"Prices as of {words.day(data['as_of'])} · version {data['version']}"


def _summary(data: Data, code: str) -> Iterable[str]:
    load = data["workload"]["requests_per_month"]
    likely = load if isinstance(load, float) else load["likely"]
    months = data["workload"]["months"]
    yield bold(f"Bills, first month of {words.number(likely)} requests")
    rows = []
    for bill in data["alternatives"].values():
        known = bill["monthly"] is not None
        spread = f"{amount(bill['low'], '')}to {amount(bill['high'], '')}".strip()
        rows.append(
            [
                bill["name"] + (" (knocked out)" if bill["knocked_out"] else ""),
                amount(bill["monthly"], code)
                if known
                else f"at least {amount(bill['known_subtotal'], code)}",
                spread if known and bill["low"] != bill["high"] else "",
                amount(bill["monthly_mean"], code),
                amount(bill["total"], code),
                amount(bill["per_1000_requests"], code),
            ]
        )
    head = ["Alternative", "First month", "could be", "Mean month", f"{months} months"]
    yield from columns([*head, "1,000 requests"], rows, {1, 2, 3, 4, 5})


def _bill(bill: Data, code: str) -> Iterable[str]:
    yield bold(bill["name"])
    for unknown in bill["unknown"]:
        yield f"  Unknown: {unknown}"
    rows = []
    for item in (*bill["items"], *bill["once"]):
        marks = [
            *(["assumed"] if item["assumptions"] else []),
            *(["confidential"] if item["confidential"] else []),
        ]
        price = item["unit_price"]
        rows.append(
            [
                f"  {item['item']}",
                amount(item["monthly"], code),
                words.number(float(f"{item['quantity']:.6g}")),
                item["unit"],
                "–" if price is None else words.number(float(f"{price:.6g}")),
                ", ".join(marks),
                item["source"] if item["sources"] else "",
            ]
        )
    if rows:
        head = ["  Item", "A month", "Quantity", "Unit", "Unit price", "", "Source"]
        yield from columns(head, rows, {1, 2, 4})
    said = {"fails": "Not so:", "unproven": "Not sure:", "told": "Note:"}
    for note in bill["notes"]:
        yield f"  {said.get(note['verdict'], 'Checked:')} {note['text']}"
    for effect in bill["sensitivity"][:_SHOWN]:
        ends = f"{_plain(effect['low'])} to {_plain(effect['high'])} {effect['unit']}".rstrip()
        yield (
            f"  {effect['name']} of {ends}: "
            f"{amount(effect['at_low'], code)} to {amount(effect['at_high'], code)} a month"
        )
    for lever in bill["levers"][:_SHOWN]:
        saving = lever["saving"]
        ends = f" ({amount(saving['low'], '')}to {amount(saving['high'], '').strip()})"
        is_range = saving["low"] != saving["high"]
        yield (
            f"  {lever['name']}: saves {amount(saving['likely'], code)}"
            f"{ends if is_range else ''} a month"
        )
    yield from _worth(bill, code)


def _worth(bill: Data, code: str) -> Iterable[str]:
    if (worth := bill["worth"]) is not None:
        net = worth["monthly"]
        back = worth["payback_months"]
        when = {None: "not within the horizon", 0: "at once"}.get(back, f"after {back} months")
        yield f"  Worth less cost: {amount(net['likely'], code)} a month; paid back {when}"
    if (back := bill["payback_months"]) is not None:
        yield f"  Against what you have today it is paid back after {back} months"


def _plain(value: float) -> str:
    return words.number(float(f"{value:.6g}"))


def _break_even(data: Data) -> Iterable[str]:
    names = {key: bill["name"] for key, bill in data["alternatives"].items()}
    rows = [row for row in data["break_even"] if row["crossings"]]
    if not rows:
        return
    yield bold("From how many requests a month on it is cheaper")
    shown = []
    for row in rows:
        volume = row["requests_per_month"]
        if volume is None:
            continue
        crossings = len(row["crossings"])
        more = f"{crossings} crossings" if crossings > 1 else ""
        shown.append([names[row["alternative"]], names[row["against"]], f"{volume:,.0f}", more])
    yield from columns(["Alternative", "than", "from", ""], shown, {2})
    yield ""


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


def focus_csv(data: Data) -> str:
    """The items with the column names of FOCUS, the FinOps Open Cost and Usage Specification."""
    start = data["as_of"]
    end = start + timedelta(days=365 / 12)
    target = io.StringIO()
    writer = csv.DictWriter(target, FOCUS, lineterminator="\n")
    writer.writeheader()
    for item in rows_of(data):
        figures = data["alternatives"][item["alternative"]]["figures"]
        writer.writerow(_focus(item, figures, data["currency"], start, end))
    return target.getvalue()


def _focus(
    item: Mapping[str, Any], figures: Mapping[str, Any], currency: str, start: date, end: date
) -> dict[str, Any]:
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
        "PricingQuantity": item["quantity"],
        "PricingUnit": item["unit"],
        "ServiceName": item["category"],
        "SkuId": item["rests_on"][0] if item["rests_on"] else "",
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
