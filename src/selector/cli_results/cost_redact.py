"""The data of `selector cost` without what rests on prices that were negotiated in confidence."""

from collections.abc import Mapping
from typing import Any

from selector.cli_output import Data
from selector.report.focus import redacted_item

_KEPT = ("name", "models", "unknown", "notes", "knocked_out")  # no amount and no price in them
_EMPTY: Mapping[str, Any] = {
    "monthly": None, "low": None, "high": None, "monthly_mean": None, "total": None,
    "per_1000_requests": None, "known_subtotal": None, "ranges": {}, "one_time": None,
    "by_month": {}, "sensitivity": [], "levers": [], "worth": None, "payback_months": None,
    "confidence": None, "confidential": True,
}  # fmt: skip


def redacted(data: Data, today: str = "") -> Data:
    """The same without confidential amounts, and without what would tell them by a difference.

    `today` is the id of the status quo: what it costs stands in the payback of the others.
    """
    bills = data["alternatives"]
    secret = {name for name, bill in bills.items() if _is_secret(bill)}
    kept = {name: _redacted(bill) if name in secret else bill for name, bill in bills.items()}
    if today in secret:
        kept = {name: {**bill, "payback_months": None} for name, bill in kept.items()}
    rows = [row for row in data["break_even"] if not {row["alternative"], row["against"]} & secret]
    over = [] if secret else data["over_horizon"]
    return {
        **data,
        "redacted": True,
        "confidential": bool(secret),
        "alternatives": kept,
        "break_even": rows,
        "over_horizon": over,
    }


def _is_secret(bill: Data) -> bool:
    """Whether anything of it is confidential, be it in no item of the first month."""
    return bill["confidential"] or any(p["confidential"] for p in bill["figures"].values())


def _redacted(bill: Data) -> Data:
    return {
        **{key: bill[key] for key in _KEPT},
        **_EMPTY,
        **{kind: [redacted_item(row) for row in bill[kind]] for kind in ("items", "once")},
        "figures": {
            name: figure for name, figure in bill["figures"].items() if not figure["confidential"]
        },
    }
