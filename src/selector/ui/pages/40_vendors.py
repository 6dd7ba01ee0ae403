"""What is known of each vendor, fact by fact, with source and date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from selector.catalog.coverage import Coverage, coverage_of
from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary
from selector.domain.problem import InputError
from selector.domain.vendor import Vendor
from selector.ui.parts import fact, table
from selector.ui.parts.html import crumb, link, page, problems, section, text
from selector.ui.state import State

TITLE = "Vendors"
SECTION = ""
ICON = ""

KINDS = {
    "managed-platform": "managed platform",
    "model-api": "model API",
    "open-weight-stack": "open-weight stack",
    "component": "component",
    "status-quo": "as it is today",
}


def show(state: State) -> None:
    """Draw the page."""
    dictionary = state.library.dictionary()
    rows, broken = _coverage(state, dictionary)
    st.html(
        page(
            crumb("Vendors", f"{len(rows)} profiles, {len(dictionary)} facts in the dictionary"),
            "<h1>What is known of each vendor</h1>",
            '<p class="sub tight">Coverage is the share of the dictionary\'s facts that are known; '
            "stale ones are past their shelf "
            "life. Open a vendor for its facts and their sources.</p>",
        )
    )
    for error in broken:
        st.html(problems(error, "A vendor's profile"))
    if not rows:
        return
    known = {row.vendor.id: row.vendor for row in rows}
    chosen = state.vendor if state.vendor in known else next(iter(known))
    listed, profile = st.columns([1, 2.1], gap="large")
    with listed:
        table.draw("vendors", _list(rows, chosen), lambda vendor_id: State().open_vendor(vendor_id))
    with profile:
        st.html(page(_profile(known[chosen], dictionary)))


def _coverage(state: State, dictionary: Dictionary) -> tuple[list[Coverage], list[InputError]]:
    rows, broken = [], []
    for vendor_id in state.library.vendor_ids():
        try:
            rows.append(coverage_of(state.library.vendor(vendor_id), dictionary))
        except InputError as error:
            broken.append(error)
    return rows, broken


def _list(rows: list[Coverage], chosen: str) -> dict[str, Any]:
    return {
        "label": "Vendors",
        "columns": [
            {"text": "Vendor"},
            {"text": "Coverage", "title": "Known facts of those that apply to it"},
            {"text": "Stale", "title": "Facts past their shelf life"},
        ],
        "chosen": chosen,
        "rows": [
            {
                "cells": [
                    {"id": row.vendor.id, "text": row.vendor.name, "kind": "name"},
                    {"text": f"{100 * row.share:.0f} %", "heat": row.share},
                    {"text": str(len(row.stale))},
                ]
            }
            for row in rows
        ],
    }


def _profile(vendor: Vendor, dictionary: Dictionary) -> str:
    home = link(vendor.homepage, vendor.homepage) if vendor.homepage else ""
    about = " · ".join(
        part for part in (text(vendor.provider), text(KINDS[vendor.kind]), home) if part
    )
    parts = [
        f'<h2 class="big">{text(vendor.name)}</h2>',
        f'<p class="how">{about}</p><p class="sub">{text(vendor.summary)}</p>',
        section("Facts for all its offers", "", _facts(vendor.facts, dictionary)),
    ]
    for offer in vendor.offers:
        what = ", ".join(part for part in (offer.model, offer.region, offer.plan) if part)
        how = f"{what}. These facts override those above." if offer.facts else f"{what}."
        parts.append(section(f"Offer: {offer.name}", how, _facts(offer.facts, dictionary)))
    return "".join(parts)


def _facts(facts: Mapping[str, Evidence], dictionary: Dictionary) -> str:
    if not facts:
        return ""
    today = date.today()
    order = {name: place for place, name in enumerate(dictionary)}
    rows = "".join(
        _fact_row(name, facts[name], dictionary, today)
        for name in sorted(facts, key=lambda name: order.get(name, len(order)))
    )
    head = "<thead><tr><th>Fact</th><th>What is known</th><th>Source and date</th></tr></thead>"
    return f'<table class="plain">{head}<tbody>{rows}</tbody></table>'


def _fact_row(name: str, evidence: Evidence, dictionary: Dictionary, today: date) -> str:
    definition = dictionary.get(name)
    note = f"<small>{text(evidence.note)}</small>" if evidence.note else ""
    places = [fact.source_links(each) for each in (evidence, *evidence.accounts)]
    where = "<br>".join(place for place in places if place)
    return (
        f"<tr><td>{text(definition.name if definition else name)}</td>"
        f"<td>{text(fact.value_text(evidence, definition))} {note}</td>"
        f"<td>{where}<small>{fact.dates(evidence, definition, today)} "
        f"{fact.confidence_tag(evidence)}</small></td></tr>"
    )
