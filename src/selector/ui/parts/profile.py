"""A vendor's profile: what is known by group of facts, what is stale or disputed, its offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from selector.catalog.coverage import Coverage
from selector.domain import words as plain
from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary, FactDefinition
from selector.domain.vendor import Vendor
from selector.report import facts
from selector.ui.parts import fact
from selector.ui.parts.html import lines, link, section, share_bar, tag, text

KINDS = {
    "managed-platform": "managed platform",
    "model-api": "model API",
    "open-weight-stack": "open-weight stack",
    "component": "component",
    "status-quo": "as it is today",
}
UNGROUPED = "Other facts"


def groups_of(dictionary: Dictionary) -> dict[str, list[FactDefinition]]:
    """Return the dictionary's facts by group, both in its order."""
    found: dict[str, list[FactDefinition]] = {}
    for definition in dictionary.values():
        found.setdefault(definition.group or UNGROUPED, []).append(definition)
    return found


def profile(row: Coverage, dictionary: Dictionary, today: date, is_own: bool) -> str:
    """Return the whole profile; groups of facts and offers unfold."""
    vendor = row.vendor
    home = link(vendor.homepage, vendor.homepage) if vendor.homepage else ""
    about = " · ".join(
        part for part in (text(vendor.provider), text(KINDS[vendor.kind]), home) if part
    )
    mark = tag("yours, this session only", "plain") if is_own else ""
    return "".join(
        (
            f'<h2 class="big">{text(vendor.name)} {mark}</h2>',
            f'<p class="how">{about}</p><p class="sub">{text(vendor.summary)}</p>',
            _groups(row, dictionary, today),
            _disputes(vendor, dictionary, today),
            _stale(row, dictionary, today),
            _offers(vendor, dictionary, today),
        )
    )


def _groups(row: Coverage, dictionary: Dictionary, today: date) -> str:
    parts = []
    for group, definitions in groups_of(dictionary).items():
        known, applicable = row.groups.get("" if group == UNGROUPED else group, (0, 0))
        told = f"{known} of {applicable}" if applicable else "does not apply"
        bar = share_bar(known / applicable if applicable else 0.0, told)
        inside = _group_facts(row.vendor, definitions, dictionary, today)
        parts.append(
            f'<details class="group"><summary><span>{text(group)}</span>{bar}</summary>'
            f"{inside}</details>"
        )
    how = (
        f"Of the {row.applicable} facts that apply to it, {row.known} are known. "
        "Open a group for its facts, each with source and date."
    )
    return section("What is known", how, *parts)


def _group_facts(
    vendor: Vendor, definitions: list[FactDefinition], dictionary: Dictionary, today: date
) -> str:
    rows, silent = [], []
    for definition in definitions:
        name = definition.id
        if name in vendor.facts:
            rows.append(fact_row(name, vendor.facts[name], dictionary, today))
        elif offered := [(o.name, o.facts[name]) for o in vendor.offers if name in o.facts]:
            told = "<br>".join(
                f"{text(offer)}: <b>{text(facts.value_text(evidence, definition))}</b>"
                for offer, evidence in offered
            )
            rows.append(
                f'<tr><td>{text(definition.name)}</td><td colspan="2">{told}'
                "<small>It differs by offer; the sources stand below, with each.</small></td></tr>"
            )
        else:
            silent.append(definition.name)
    told = table_of(rows) if rows else ""
    if silent:
        told += f'<p class="how"><b>Not looked for yet:</b> {text("; ".join(silent))}.</p>'
    return told


def _named(vendor: Vendor) -> list[tuple[str, str, Evidence]]:
    """Every fact with where it stands: its offer's name (empty for all offers), id, evidence."""
    found = [("", name, evidence) for name, evidence in vendor.facts.items()]
    for offer in vendor.offers:
        found += [(offer.name, name, evidence) for name, evidence in offer.facts.items()]
    return found


def _called(name: str, offer: str, dictionary: Dictionary) -> str:
    definition = dictionary.get(name)
    told = f"<b>{text(definition.name if definition else name)}</b>"
    return f"{told} <span>· {text(offer)}</span>" if offer else told


def _disputes(vendor: Vendor, dictionary: Dictionary, today: date) -> str:
    items = []
    for offer, name, evidence in _named(vendor):
        if evidence.state != "disputed":
            continue
        definition = dictionary.get(name)
        said = "".join(
            f'<div class="account">{text(facts.value_text(account, definition))}: '
            f"{fact.source_links(account)} <span>{fact.dates(account, definition, today)}</span>"
            "</div>"
            for account in evidence.accounts
        )
        why = f"<div><span>{text(evidence.note)}</span></div>" if evidence.note else ""
        items.append(f"{_called(name, offer, dictionary)} {tag('disputed')}{said}{why}")
    how = "Good sources disagree; both accounts are kept, and results span them."
    return section("Where sources disagree", how, lines(items)) if items else ""


def _stale(row: Coverage, dictionary: Dictionary, today: date) -> str:
    found = []
    for offer, name, evidence in _named(row.vendor):
        if (
            name in row.stale
            and evidence.as_of
            and dictionary[name].is_stale(evidence.as_of, today)
        ):
            age = (today - evidence.as_of).days - dictionary[name].shelf_life_days
            found.append((age, offer, name, evidence.as_of))
    items = [
        f"{_called(name, offer, dictionary)} <span>· {age:,} days past its "
        f"{dictionary[name].shelf_life_days}, dated {plain.day(dated)}</span>"
        for age, offer, name, dated in sorted(found, reverse=True)
    ]
    how = "Look these up again first; until then they count with less confidence."
    return section("Past their shelf life", how, lines(items)) if items else ""


def _offers(vendor: Vendor, dictionary: Dictionary, today: date) -> str:
    if not vendor.offers:
        return ""
    parts = []
    for offer in vendor.offers:
        named = {"model": offer.model, "region": offer.region, "plan": offer.plan}
        what = " · ".join(f"{kind} {name}" for kind, name in named.items() if name)
        count = f"{len(offer.facts)} fact{'' if len(offer.facts) == 1 else 's'} of its own"
        order = {name: place for place, name in enumerate(dictionary)}
        rows = [
            fact_row(name, offer.facts[name], dictionary, today)
            for name in sorted(offer.facts, key=lambda name: order.get(name, len(order)))
        ]
        parts.append(
            f'<details class="group"><summary><span>{text(offer.name)}'
            f'<small>{text(what)}</small></span><span class="quiet">{count}</span></summary>'
            f"{table_of(rows) if rows else ''}</details>"
        )
    how = "What one really chooses: a model, in a region, on a plan. Its facts override the others."
    return section("Its offers", how, *parts)


def table_of(rows: list[str]) -> str:
    """Return rows of facts as a table with its head."""
    head = "<thead><tr><th>Fact</th><th>What is known</th><th>Source and date</th></tr></thead>"
    return f'<table class="plain">{head}<tbody>{"".join(rows)}</tbody></table>'


def fact_row(name: str, evidence: Evidence, dictionary: Dictionary, today: date) -> str:
    """Return one fact as a row: its name, what is known, and where that stands."""
    definition = dictionary.get(name)
    return (
        f"<tr><td>{text(definition.name if definition else name)}</td>"
        f"<td>{value_markup(evidence, definition)}{_remarks(evidence, definition)}</td>"
        f"<td>{where(evidence, definition, today)}</td></tr>"
    )


def value_markup(evidence: Evidence, definition: FactDefinition | None) -> str:
    """Return what is known, marked where it is unknown or disputed."""
    told = text(facts.value_text(evidence, definition))
    if evidence.state == "unknown":
        return f'<span class="open">{told}</span>'
    if evidence.state == "disputed":
        told = text(facts.value_text(evidence, definition).removeprefix("disputed: "))
        return f"{told} {tag('disputed')}"
    return told


def _remarks(evidence: Evidence, definition: FactDefinition | None) -> str:
    note = f"<small>{text(evidence.note)}</small>" if evidence.note else ""
    return note + "".join(f"<small>{text(line)}</small>" for line in history(evidence, definition))


def history(evidence: Evidence, definition: FactDefinition | None) -> list[str]:
    """Return what the fact said before, newest first, in words."""
    return [
        f"Before: {facts.value_text(Evidence('value', value=past.value), definition)} "
        f"({plain.day(past.as_of)})"
        for past in sorted(evidence.history, key=lambda past: past.as_of, reverse=True)
    ]


def where(evidence: Evidence, definition: FactDefinition | None, today: date) -> str:
    """Return the sources, dates and confidence of a fact, each account of a dispute apart."""
    if evidence.accounts:
        return "".join(
            f'<div class="account">{text(facts.value_text(account, definition))}: '
            f"{fact.source_links(account)}"
            f"<small>{fact.dates(account, definition, today)} {fact.confidence_tag(account)}"
            "</small></div>"
            for account in evidence.accounts
        )
    return (
        f"{fact.source_links(evidence)}<small>{fact.dates(evidence, definition, today)} "
        f"{fact.confidence_tag(evidence)}</small>"
    )


def merged(vendor: Vendor, offer_id: str) -> Mapping[str, Evidence]:
    """Return the facts of an offer over its vendor's; the vendor's alone where none is named."""
    offer = vendor.offer(offer_id)
    return {**vendor.facts, **offer.facts} if offer else vendor.facts
