"""What is known of each vendor; any two side by side; a profile of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import streamlit as st

from selector.catalog.coverage import Asked, Coverage, coverage_of
from selector.domain.fact import Dictionary
from selector.domain.problem import InputError, UsageError
from selector.domain.vendor import Vendor
from selector.ui import upload
from selector.ui.parts import profile, table, versus
from selector.ui.parts.html import crumb, notice, page, problems, text
from selector.ui.state import OWN, State

TITLE = "Vendors"
SECTION = ""
ICON = ""

PROFILES, PAIR, BRING = "Profiles", "Compare two", "Bring your own"
SHOWN: Mapping[str, versus.Which] = {
    "Differences": "differences",
    "All facts": "everything",
    "Gaps": "gaps",
}


def show(state: State) -> None:
    """Draw the page."""
    dictionary = state.library.dictionary()
    vendors, broken = _vendors(state)
    own = len(state.own_profiles)
    many = f"{len(vendors)} profiles{f', {own} of them yours' if own else ''}"
    head = crumb("Vendors", f"{many}, {len(dictionary)} facts in the dictionary")
    title = st.empty()  # each view has its own; the choice of views stands beneath it
    view = _choose_view(state)
    for error in broken:
        st.html(problems(error, "A vendor's profile"))
    if view == BRING:
        title.html(page(head, _TITLE_OF_BRING))
        _bring(state, Asked(vendors.values(), dictionary))
    elif not vendors:
        title.html(page(head, "<h1>No profiles are here</h1>"))
    elif view == PAIR:
        _pair(state, vendors, dictionary, title, head)
    else:
        title.html(page(head, _TITLE_OF_PROFILES))
        _profiles(state, vendors, dictionary)


def _vendors(state: State) -> tuple[dict[str, Vendor], list[InputError]]:
    """Every profile by its key, one's own first, then by name; and what cannot be read."""
    found, broken = {}, []
    for vendor_id in state.library.vendor_ids():
        try:
            found[vendor_id] = state.library.vendor(vendor_id)
        except InputError as error:
            broken.append(error)
    by_name = sorted(found.items(), key=lambda item: item[1].name.casefold())
    return dict(state.own_profiles) | dict(by_name), broken


def _choose_view(state: State) -> str:
    views = (PROFILES, PAIR, BRING)
    key = "vendors_view"
    chosen = st.segmented_control(
        "View",
        views,
        default=state.vendors_view if state.vendors_view in views else PROFILES,
        key=key,
        label_visibility="collapsed",
        required=True,
        on_change=lambda: State().open_vendors_view(st.session_state[key] or PROFILES),
    )
    return chosen or PROFILES


# --- profiles -----------------------------------------------------------------------------------

_TITLE_OF_PROFILES = (
    '<h1>What is known of each vendor</h1><p class="sub tight">Coverage is the share of the '
    "facts asked of its kind that are known; stale ones are past their shelf life. Open a "
    "vendor for its facts and their sources.</p>"
)


def _profiles(state: State, vendors: Mapping[str, Vendor], dictionary: Dictionary) -> None:
    today = date.today()
    asked = Asked(vendors.values(), dictionary)
    rows = {key: coverage_of(vendor, asked.of(vendor), today) for key, vendor in vendors.items()}
    chosen = state.vendor if state.vendor in rows else next(iter(rows))
    listed, shown = st.columns([1, 2.1], gap="large")
    with listed:
        st.html('<span class="vendors-list"></span>')
        table.draw("vendors", _list(rows, chosen), lambda key: State().open_vendor(key))
    questions = asked.of(vendors[chosen])
    with shown:
        st.html(
            page(profile.profile(rows[chosen], questions, today, is_own=chosen.startswith(OWN)))
        )


def _list(rows: Mapping[str, Coverage], chosen: str) -> dict[str, Any]:
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
                    {
                        "id": key,
                        "text": row.vendor.name,
                        "kind": "name",
                        "small": "yours" if key.startswith(OWN) else "",
                    },
                    {"text": f"{100 * row.share:.0f}\u00a0%", "heat": row.share},
                    {"text": str(len(row.stale))},
                ]
            }
            for key, row in rows.items()
        ],
    }


# --- two side by side ---------------------------------------------------------------------------


def _pair(
    state: State, vendors: Mapping[str, Vendor], dictionary: Dictionary, title: Any, head: str
) -> None:
    sides = _sides(vendors)
    first, second = _chosen_pair(state, sides)
    boxes = st.columns(2, gap="medium")
    for place, (box, chosen) in enumerate(zip(boxes, (first, second), strict=True)):
        key = f"vendors_pair_{place}"
        box.selectbox(
            ("One", "The other")[place],
            list(sides),
            index=list(sides).index(chosen),
            format_func=lambda side: sides[side].called,
            key=key,
            on_change=lambda key=key, place=place: State().choose_side(
                place, st.session_state[key], (first, second)
            ),
        )
    which = st.segmented_control(
        "Shown", list(SHOWN), default="Differences", label_visibility="collapsed", required=True
    )
    left, right = sides[first], sides[second]
    found = versus.pairs(left, right, dictionary)
    differing = sum(pair.differs for pair in found)
    facts = "fact" if differing == 1 else "facts"
    names = (left.name, right.name) if left.name != right.name else (left.called, right.called)
    title.html(
        page(
            head,
            f"<h1>{text(names[0])} and {text(names[1])} differ in {differing} {facts}</h1>",
            f'<p class="sub tight">{versus.counts(found, left, right)} '
            "Hatched is unknown. Open a cell for its source and date; of two lists, what only "
            "one has is bold.</p>",
        )
    )
    st.html(
        page(versus.comparison(found, left, right, SHOWN[which or "Differences"], date.today()))
    )


def _sides(vendors: Mapping[str, Vendor]) -> dict[str, versus.Side]:
    """Whatever can be compared, by key: each vendor, and each of its offers."""
    found = {}
    for key, vendor in vendors.items():
        name = f"{vendor.name} (yours)" if key.startswith(OWN) else vendor.name
        found[key] = versus.Side(name, "", vendor.facts)
        for offer in vendor.offers:
            facts = profile.merged(vendor, offer.id)
            found[f"{key}/{offer.id}"] = versus.Side(name, offer.name, facts)
    return found


def _chosen_pair(state: State, sides: Mapping[str, versus.Side]) -> tuple[str, str]:
    """The two that were chosen; else the open vendor and those that lead the decision."""
    kept = [side for side in state.pair if side in sides]
    if len(kept) == 2:
        return cast(tuple[str, str], tuple(kept))
    candidates = [state.vendor] if state.vendor else []
    try:
        by_id = {a.id: a for a in state.analysis.alternatives}
        leading = [by_id[row.alternative] for row in state.analysis.ranking[:2]]
    except InputError:
        leading = []  # the pages of the decision tell what is wrong with it
    if state.vendor:  # a vendor beside a vendor, an offer beside an offer
        candidates += [a.vendor for a in leading]
    else:
        candidates += [f"{a.vendor}/{a.offer}" if a.offer else a.vendor for a in leading]
    candidates = [side for side in dict.fromkeys([*candidates, *sides]) if side in sides]
    return candidates[0], candidates[min(1, len(candidates) - 1)]


# --- one's own ----------------------------------------------------------------------------------

_TITLE_OF_BRING = (
    '<h1>Bring a vendor of your own</h1><p class="sub tight">Fill in the template, and bring it '
    "here: what is wrong is told with its line. It joins the list and the comparison for this "
    "session; nothing is stored, and a reload of the page forgets it.</p>"
)
UPLOADED = "profile_upload"


def _bring(state: State, asked: Asked) -> None:
    get, give = st.columns([1, 2.1], gap="large")
    with get:
        st.html(
            page(
                "<h2>1 · Fill in the template</h2>",
                '<p class="how">Each key is explained where it stands. A fact has a source, or it '
                "is unknown.</p>",
            )
        )
        st.download_button(
            "Download the template", upload.template(), "my-vendor.yaml", "application/yaml"
        )
    with give:
        st.html(page("<h2>2 · Bring your profile</h2>"))
        st.file_uploader(
            "A profile as YAML, at most 2 MB",
            type=["yaml", "yml"],
            key=UPLOADED,
            on_change=_received,
        )
        outcome = state.upload_outcome
        if isinstance(outcome, InputError):
            st.html(problems(outcome, "This profile", "bring it again"))
        elif outcome:
            st.html(notice(outcome, "ok" if state.upload_worked else ""))
        for key, vendor in state.own_profiles.items():
            row = coverage_of(vendor, asked.of(vendor))
            name, gone = st.columns([3, 1], vertical_alignment="center")
            told = f"{row.known} of {row.applicable} facts known, {len(vendor.offers)} offers"
            name.html(page(f"<b>{text(vendor.name)}</b> <span class='quiet'>· {told}</span>"))
            gone.button(
                "Remove", key=f"remove_{key}", on_click=lambda key=key: State().remove_profile(key)
            )


def _received() -> None:
    state = State()
    sent = st.session_state.get(UPLOADED)
    if sent is None:
        state.tell_upload("")
        return
    try:
        vendor = upload.read_profile(sent.getvalue(), sent.name, state.library.dictionary())
        state.add_profile(vendor)
    except InputError as error:
        state.tell_upload(error)
    except UsageError as error:
        state.tell_upload(str(error))
    else:
        told = f"{vendor.name} is now in the list of profiles and in the comparison."
        state.tell_upload(told, worked=True)
