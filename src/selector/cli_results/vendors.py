"""`selector vendors` and `selector vendor`: what is known of whom, as data and in words."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data, bold, columns, terminal_width
from selector.domain import words
from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary, FactDefinition
from selector.domain.vendor import Vendor

if TYPE_CHECKING:
    from selector.catalog.coverage import Coverage


def vendors(rows: Sequence["Coverage"]) -> Data:
    """All vendors with their coverage."""
    return {
        "vendors": [
            {
                "id": row.vendor.id,
                "name": row.vendor.name,
                "kind": row.vendor.kind,
                "facts": row.stated,
                "known": row.known,
                "coverage": row.share,
                "stale": len(row.stale),
                "stale_facts": list(row.stale),
                "groups": {
                    group: {"known": known, "applicable": applicable}
                    for group, (known, applicable) in row.groups.items()
                },
                "offers": [offer.id for offer in row.vendor.offers],
            }
            for row in rows
        ]
    }


def vendors_table(data: Data) -> Iterable[str]:
    """The vendors for people."""
    rows = [
        [
            v["id"],
            v["name"],
            v["kind"],
            str(v["known"]),
            f"{100 * v['coverage']:.0f} %",
            str(v["stale"]),
        ]
        for v in data["vendors"]
    ]
    yield from columns(
        ["Id", "Vendor", "Kind", "Facts known", "Coverage", "Stale"], rows, {3, 4, 5}
    )


def vendor(record: Vendor, dictionary: Dictionary) -> Data:
    """One vendor with all facts."""
    return {
        "id": record.id,
        "name": record.name,
        "provider": record.provider,
        "kind": record.kind,
        "summary": record.summary,
        "homepage": record.homepage,
        "facts": {f: _fact(e, dictionary[f]) for f, e in record.facts.items()},
        "offers": [
            {
                "id": offer.id,
                "name": offer.name,
                "model": offer.model,
                "region": offer.region,
                "plan": offer.plan,
                "facts": {f: _fact(e, dictionary[f]) for f, e in offer.facts.items()},
            }
            for offer in record.offers
        ],
    }


def _fact(evidence: Evidence, definition: FactDefinition) -> Data:
    given = {
        "name": definition.name,
        "unit": definition.unit,
        "state": evidence.state,
        "value": list(evidence.value) if isinstance(evidence.value, tuple) else evidence.value,
        "low": evidence.low,
        "likely": evidence.likely,
        "high": evidence.high,
        "open": list(evidence.open_choices),
        "disputed": [_fact(account, definition) for account in evidence.accounts],
        "judgement": evidence.is_judgement,
        "reason": evidence.reason,
        "by": evidence.by,
        "sources": [str(source) for source in evidence.sources],
        "locator": evidence.locator,
        "tier": evidence.tier,
        "as_of": evidence.as_of,
        "as_of_kind": evidence.as_of_kind,
        "retrieved": evidence.retrieved,
        "confidence": evidence.confidence,
        "note": evidence.note,
    }
    required = ("name", "state", "value", "sources", "as_of", "confidence")
    return {
        key: value
        for key, value in given.items()
        # Identity, for a low end of 0.0 says something, though it equals False.
        if key in required or not (value is None or value is False or value in ("", []))
    }


def vendor_table(data: Data) -> Iterable[str]:
    """One vendor for people: each fact, its source and date."""
    yield bold(data["name"]) + (f" ({data['provider']})" if data["provider"] else "")
    if data["summary"]:
        yield data["summary"]
    yield from _facts_table(data["facts"])
    for offer in data["offers"]:
        yield ""
        about = " · ".join(filter(None, (offer["model"], offer["region"], offer["plan"])))
        yield bold(f"Offer {offer['id']}: {offer['name']}") + (f" ({about})" if about else "")
        yield from _facts_table(offer["facts"])


def _facts_table(facts: Data) -> Iterable[str]:
    if not facts:
        return
    rows = []
    for fact in facts.values():
        for part in (fact, *fact.get("disputed", [])):
            where = ", ".join(part["sources"]) or part.get("note", "")
            dated = words.day(part["as_of"]) if isinstance(part["as_of"], date) else ""
            name = fact["name"] if part is fact else "  one source"
            rows.append([name, said_fact(part), dated, part["confidence"] if dated else "", where])
    head = ["Fact", "Value", "As of", "Confidence", "Source"]
    if terminal_width() is None:
        yield from columns(head, rows, set())
        return
    # A terminal is too narrow for addresses, which must stay whole: each has a line of its own.
    first, *lines = columns(head[:-1], [row[:-1] for row in rows], set())
    yield first
    for line, row in zip(lines, rows, strict=True):
        yield line
        if row[-1]:
            yield f"    {row[-1]}"


def said_fact(fact: Data) -> str:
    """A fact's value in words."""
    if fact["state"] == "disputed":
        return "disputed: " + " or ".join(said_fact(account) for account in fact["disputed"])
    if fact["state"] != "value":
        return str(fact["state"]).replace("_", " ")
    value = fact["value"]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        is_open = f"; unknown: {', '.join(fact['open'])}" if "open" in fact else ""
        return words.plain(", ".join(value) or "none") + words.plain(is_open)
    if isinstance(value, int | float):
        return words.with_unit(words.number(value), fact.get("unit", ""))
    if value is None:
        return words.with_unit(_ends(fact["low"], fact["high"]), fact.get("unit", ""))
    return words.day(value) if isinstance(value, date) else words.plain(str(value))


def _ends(low: Any, high: Any) -> str:
    if isinstance(low, float):
        return words.span(low, high)
    return f"{words.plain(low)} to {words.plain(high)}"


def conflicts(records: Sequence[Vendor], dictionary: Dictionary) -> Data:
    """Every fact, of a vendor or an offer, whose sources disagree."""
    return {
        "conflicts": [
            {"vendor": record.id, "offer": offer, "fact": fact, **_fact(evidence, dictionary[fact])}
            for record in records
            for offer, facts in (("", record.facts), *((o.id, o.facts) for o in record.offers))
            for fact, evidence in facts.items()
            if evidence.state == "disputed"
        ]
    }


def conflicts_table(data: Data) -> Iterable[str]:
    """One line for each conflict, with what each source says."""
    for row in data["conflicts"]:
        who = f"{row['vendor']}, {row['offer']}" if row["offer"] else row["vendor"]
        yield bold(f"{who}: {row['name']}")
        for account in row["disputed"]:
            dated = words.day(account["as_of"]) if account["as_of"] else "undated"
            yield f"  {said_fact(account)} ({dated}, {', '.join(account['sources'])})"
    if not data["conflicts"]:
        print("No fact is disputed.", file=sys.stderr)
