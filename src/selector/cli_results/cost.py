"""`selector cost`: bills item by item, break-even volumes, what would lower them; as data."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data
from selector.cli_results.cost_redact import redacted
from selector.domain.pricing import Basis
from selector.domain.problem import UsageError
from selector.domain.span import Span
from selector.domain.workload import Workload
from selector.report.bills import first_month_only, over_horizon
from selector.report.focus import item
from selector.report.money import Money, money_of

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.analysis.cost import AlternativeCost, BreakEvenRow, Cost, Effect
    from selector.cost.break_even import Moved
    from selector.cost.plan import Parameter


def changes(sets: Iterable[str]) -> dict[str, Span]:
    """`name=value` or `name=low..high` (or `low..likely..high`) as figures by name."""
    found = {}
    for given in sets:
        name, sign, text = given.partition("=")
        try:
            parts = [float(part) for part in text.split("..")] if sign else []
        except ValueError:
            parts = []
        is_finite = all(abs(part) < float("inf") for part in parts)
        if 2 <= len(parts) <= 3 and is_finite and parts != sorted(parts):
            wanted = "..".join(f"{part:.15g}" for part in sorted(parts))
            raise UsageError(
                f"--set {given}: the low end is above the high; write {name.strip()}={wanted}"
                if parts[0] > parts[-1]
                else f"--set {given}: the likely figure is not between low and high"
            )
        if not 1 <= len(parts) <= 3 or not is_finite:
            raise UsageError(
                f"--set {given}: not a figure; write --set name=value or name=low..high, "
                "such as utilisation=0.4..0.6"
            )
        middle = parts[1] if len(parts) == 3 else (parts[0] + parts[-1]) / 2
        found[name.strip()] = Span(parts[0], middle, parts[-1])
    return found


def data(analysis: "Analysis", redact: bool = False) -> Data:
    """All that the cost of a decision's alternatives tells, in the decision's currency.

    With `redact` what was negotiated in confidence is left out.
    """
    cost, decision = analysis.cost(), analysis.decision
    given = decision.business.currency
    money = money_of(decision)
    out = {row.alternative for row in analysis.excluded}
    bills = cost.alternatives
    if analysis.composed is not None:
        from selector.report import stacked

        bills = stacked.bills(analysis)
    status_quo = next((a.id for a in decision.alternatives if a.kind == "status-quo"), "")
    found = {
        "decision": decision.id,
        "title": decision.title,
        "question": decision.question,
        "as_of": decision.day,
        "version": analysis.version,
        "workload": None if decision.workload is None else _workload(decision.workload),
        "currency": money.code,
        "exchange": None
        if given is None
        else {
            "usd": given.usd,
            "as_of": given.as_of,
            "sources": [str(source) for source in given.sources],
        },
        "discount_rate": decision.business.discount_rate,
        "confidential": any(bill.is_confidential for bill in bills.values()),
        "redacted": redact,
        "alternatives": {
            name: {**_bill(bill, money), "knocked_out": name in out} for name, bill in bills.items()
        },
        "assumptions": _assumptions(cost),
        "over_horizon": over_horizon(analysis),
        "break_even": [_break_even(row, analysis) for row in cost.break_even],
        "warnings": analysis.warnings,
    }
    if not redact:
        return found
    from selector.report.exports.confidence import secret_bills, warnings
    from selector.report.exports.hushed import hushed

    told = warnings(analysis, secret_bills(analysis))
    return redacted(found, status_quo) | {"version": hushed(analysis).version, "warnings": told}


def _assumptions(cost: "Cost") -> Data:
    """Every assumption that a bill or a lever rests on, with its reason."""
    decision = cost.decision
    levers = [lever for bill in cost.alternatives.values() for lever in bill.levers]
    used = {name for lever in levers for name in lever.rests_on}
    for bill in cost.alternatives.values():
        used |= {p.row for p in bill.parameters.values() if p.row in decision.assumed}
    rows = {name: row for name, row in decision.assumed.items() if name in used}
    return {
        name: {
            "name": row.name,
            "unit": row.unit,
            "value": _figure(cost.assumed[name]),
            "own": name in decision.assumptions,
            "reason": row.basis.assumption,
            "sources": [str(source) for source in row.basis.sources],
            "confidence": row.basis.confidence,
        }
        for name, row in rows.items()
    }


def _figure(span: Span) -> float | Data:
    return span.likely if span.is_exact else dict(zip(Span._fields, span, strict=True))


def _workload(workload: Workload) -> Data:
    figures: Data = {}
    for name in Workload._fields:
        value = getattr(workload, name)
        if isinstance(value, Span):
            figures[name] = _figure(value)
        elif value is not None and name in ("months", "region", "purpose"):
            figures[name] = value
    figures["defaults"] = sorted(set(figures) - workload.given)
    return figures


def _bill(bill: "AlternativeCost", money: Money) -> Data:
    monthly = bill.monthly

    def likely(span: Span | None) -> float | None:
        return None if span is None else money(span.likely)

    low, middle, high = ([money(each) for each in months] for months in bill.by_month)
    return {
        "name": bill.name,
        "models": [{**used._asdict(), "share": _figure(used.share)} for used in bill.models],
        "monthly": likely(monthly),
        "low": None if monthly is None else money(monthly.low),
        "high": None if monthly is None else money(monthly.high),
        "monthly_mean": likely(bill.monthly_mean),
        "total": likely(bill.total),
        "per_1000_requests": likely(bill.per_1000_requests),
        "known_subtotal": money(bill.known_subtotal.likely),
        "unknown": list(bill.unknown),
        "ranges": {
            name: money.span(getattr(bill, name))
            for name in ("monthly_mean", "total", "per_1000_requests", "known_subtotal", "one_time")
        },
        "one_time": money(bill.one_time.likely),
        "items": [item(line, money) for line in bill.items],
        "once": [item(line, money) for line in bill.once],
        "by_month": {"low": low, "likely": middle, "high": high},
        "notes": [note._asdict() for note in bill.notes],
        "sensitivity": [_effect(effect, money) for effect in bill.effects],
        "levers": [
            {
                "lever": lever.id,
                "name": lever.name,
                "saving": money.span(lever.saving),
                "rests_on": list(lever.rests_on),
                "caution": lever.caution,
                "sources": [str(source) for source in lever.basis.sources],
            }
            for lever in bill.levers
        ],
        "worth": None
        if bill.worth is None
        else {
            "monthly": money.span(bill.worth.monthly),
            "total": money.span(bill.worth.total),
            "payback_months": bill.worth.payback_months,
        },
        "payback_months": bill.payback_months,
        "confidence": bill.confidence,
        "confidential": bill.is_confidential,
        "figures": {name: _parameter(p) for name, p in bill.parameters.items()},
    }


def _effect(effect: "Effect", money: Money) -> Data:
    return {
        **_ends(effect.parameter),
        "at_low": money(effect.at_low),
        "at_high": money(effect.at_high),
    }


def _ends(parameter: "Parameter") -> Data:
    """A figure and the two ends that it is moved to."""
    return {
        "figure": parameter.name,
        "name": parameter.label,
        "unit": parameter.unit,
        "low": parameter.span.low,
        "high": parameter.span.high,
    }


def _parameter(parameter: "Parameter") -> Data:
    basis: Basis = parameter.basis
    return {
        "name": parameter.label,
        "unit": parameter.unit,
        "value": _figure(parameter.span),
        "origin": parameter.origin,
        "default": parameter.is_default,
        "sources": [str(source) for source in basis.sources],
        "as_of": basis.as_of,
        "confidence": basis.confidence,
        "assumption": basis.assumption,
        "confidential": basis.confidential,
        "note": basis.note,
    }


def _break_even(row: "BreakEvenRow", analysis: "Analysis") -> Data:
    found, cost = row.found, analysis.cost()
    return {
        "alternative": row.alternative,
        "against": row.against,
        "requests_per_month": None if found.requests is None else round(found.requests, 3),
        "crossings": [round(crossing.requests, 3) for crossing in found.crossings],
        "searched_to": None if found.searched_to == float("inf") else round(found.searched_to, 3),
        "rests_on": [_moved(moved) for moved in _moves(row, cost)],
        "of_the_first_month": first_month_only(analysis, (row.alternative, row.against)),
    }


def _moves(row: "BreakEvenRow", cost: "Cost") -> Iterable["Moved"]:
    """What the volume rests on, where one's own hosting comes to beat a model by the token."""
    plans = [cost.planned[name] for name in (row.alternative, row.against)]
    hosted, by_token = (planned.plan if planned is not None else None for planned in plans)
    if row.found.requests is None or not row.found.crossings or hosted is None:
        return ()
    if hosted.hosting is None or by_token is None or by_token.tokens is None:
        return ()
    return cost.moved(row.alternative, row.against)


def _moved(moved: "Moved") -> Data:
    return {
        **_ends(moved.parameter),
        "at_low": None if moved.at_low is None else round(moved.at_low, 3),
        "at_high": None if moved.at_high is None else round(moved.at_high, 3),
    }


def rows_of(data: Data) -> Iterable[Mapping[str, Any]]:
    """The items of all bills, one after the other, each with its alternative."""
    for name, bill in data["alternatives"].items():
        for row in bill["items"]:
            yield {**row, "alternative": name, "frequency": "Recurring"}
        for row in bill["once"]:
            yield {**row, "alternative": name, "frequency": "One-Time"}
