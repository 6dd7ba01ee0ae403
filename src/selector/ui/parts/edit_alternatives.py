"""Edit: the alternatives, added from vendors or made by oneself, renamed and removed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.decision import Alternative
from selector.domain.problem import InputError
from selector.report import words
from selector.ui.edits import alternatives
from selector.ui.parts import answer, edit_facts
from selector.ui.parts import edit_form as form
from selector.ui.parts.html import page, section, tag, text, unmarked
from selector.ui.state import State

FORM = "alternatives"
NONE = "None of these"
KINDS = {
    "status-quo": "what we have today",
    "managed-platform": "managed platform",
    "model-api": "model API",
    "open-weight-stack": "open weights that we run",
    "component": "component",
}


def draw(state: State) -> None:
    """Draw the list, what can be added, and the facts given by oneself."""
    _list(state, state.filed)
    _from_vendors(state)
    _own(state)
    edit_facts.draw(state)


# --- the list -----------------------------------------------------------------------------------


def _list(state: State, analysis: Analysis) -> None:
    found = analysis.decision.alternatives
    n = len(found)
    how = (
        "The place in this list is the colour, on every page: a new one joins at the end and takes "
        "the next colour; those below one that is removed move up."
    )
    title = "1 alternative" if n == 1 else f"{n} alternatives"
    st.html(page(section(title, how if n else "None yet: add some below.")))
    with st.container(key="edit_list"):
        for place, alternative in enumerate(found):
            _row(state, analysis, place, alternative)
    if n:
        _today(state, analysis)
    form.wrong_elsewhere(state, FORM, ("offers", "own_name", *(f"name_{i}" for i in range(n))))


def _today(state: State, analysis: Analysis) -> None:
    """Which of them is what one has today."""
    names = {place: a.name for place, a in enumerate(analysis.decision.alternatives)}
    form.choice(
        state, FORM, "today", "What we have today", [None, *names],
        alternatives.status_quo(state.data), {None: NONE, **names},
        form.taking(
            FORM,
            lambda state: alternatives.stand_for_today(state.data, form.value(FORM, "today")),
        ),
        placeholder=NONE,
    )  # fmt: skip


def _row(state: State, analysis: Analysis, place: int, alternative: Alternative) -> None:
    name, about, up, down, gone = st.columns([5, 4.4, 1.3, 1.5, 1.4], vertical_alignment="center")
    item = state.data["alternatives"][place]
    own = item.get("name") if isinstance(item, dict) else None
    with name:
        field = f"name_{place}"

        def renamed() -> None:
            form.take(
                FORM,
                lambda state: alternatives.rename(
                    state.data, place, str(form.value(FORM, field) or "")
                ),
            )

        form.line(
            state, FORM, field, f"Name of {alternative.name}", str(own or ""), renamed,
            label_visibility="collapsed", placeholder=alternative.name,
        )  # fmt: skip
    about.html(page(_about(analysis, alternative)))

    last = len(analysis.decision.alternatives) - 1
    for column, by, label, is_end in (
        (up, -1, "Move up", place == 0), (down, 1, "Move down", place == last),
    ):  # fmt: skip
        column.button(
            label,
            key=f"edit_{label.split()[1]}_{place}",
            on_click=form.taking(
                FORM,
                lambda state, by=by: alternatives.move(state.data, place, by),  # type: ignore[misc]
                f"{alternative.name} is moved.",
            ),
            disabled=is_end,
            help=f"{label}: {unmarked(alternative.name)}",
            use_container_width=True,
        )

    def removed() -> None:
        form.take(
            FORM,
            lambda state: alternatives.remove(state.data, place),
            f"{alternative.name} is taken out.",
        )

    gone.button(
        "Remove",
        key=f"edit_remove_{place}",
        on_click=removed,
        help=f"Take out {unmarked(alternative.name)}",
        use_container_width=True,
    )


def _about(analysis: Analysis, alternative: Alternative) -> str:
    colour = answer.colour_of(analysis, alternative.id)
    parts = [KINDS.get(alternative.kind, ""), alternative.model, alternative.region,
             alternative.plan]  # fmt: skip
    what = " · ".join(part for part in parts if part) or "given by this decision"
    out = [row for row in analysis.excluded if row.alternative == alternative.id]
    mark = f" {tag('knocked out')}" if out else ""
    why = f"<small>{text(' '.join(row.reason for row in out))}</small>" if out else ""
    return (
        f'<div class="swatch" style="--c:{colour}"><i aria-hidden="true"></i>'
        f"<span>{text(what)}{mark}{why}</span></div>"
    )


# --- from vendors -------------------------------------------------------------------------------


def offers(state: State) -> Mapping[tuple[str, str], str]:
    """Every offer of every vendor, and every vendor as a whole, as they are called in the list."""
    found: dict[tuple[str, str], str] = {}
    for vendor_id in state.library.vendor_ids():
        try:
            vendor = state.library.vendor(vendor_id)
        except InputError:
            continue  # the page Vendors tells what is wrong with it
        kind = KINDS.get(vendor.kind, plain.plain(vendor.kind))
        for offer in vendor.offers:
            parts = [f"{vendor.name}, {offer.name}", kind, offer.model, offer.region]
            found[vendor.id, offer.id] = " · ".join(part for part in parts if part)
        found[vendor.id, ""] = f"{vendor.name} as a whole · {kind} · no model chosen"
    return found


def _from_vendors(state: State) -> None:
    st.html(
        page(
            section(
                "Add from vendors",
                "Type a vendor, a model or a region to find an offer; choose as many as you like.",
            )
        )
    )
    options = offers(state)
    key = form.seeded(FORM, "offers", [])
    left, right = st.columns([6, 1.4], vertical_alignment="bottom")
    with left:
        st.multiselect(
            "Offers",
            list(options),
            key=key,
            format_func=lambda pair: options[pair],
            placeholder="Such as Mistral, Llama 70B or Frankfurt",
            label_visibility="collapsed",
        )

    def added() -> None:
        chosen = list(form.value(FORM, "offers") or ())
        shared = alternatives.shared_cost(State().data)
        count = "1 is added." if len(chosen) == 1 else f"{len(chosen)} are added."
        more = " They bear the cost that all others share, as their files say." if shared else ""
        made = form.take(
            FORM, lambda state: alternatives.add_offers(state.data, chosen), f"{count}{more}"
        )
        if made:
            form.clear(FORM, offers=[])

    right.button("Add", key="edit_add_offers", on_click=added, use_container_width=True)
    form.wrong(state, FORM, "offers")


# --- one's own ----------------------------------------------------------------------------------


def _own(state: State) -> None:
    st.html(
        page(
            section(
                "Add one of your own",
                "What you have today, or what no profile describes. It starts with everything "
                "unknown: give its facts below, its performances under Scores.",
            )
        )
    )
    name, kind, go = st.columns([3.6, 2.4, 1.4], vertical_alignment="bottom")
    with name:
        form.line(state, FORM, "own_name", "Name", placeholder="What we have today")
    with kind:
        form.choice(state, FORM, "own_kind", "What it is", list(alternatives.KINDS), "status-quo",
                    alternatives.KINDS)  # fmt: skip

    def added() -> None:
        name = str(form.value(FORM, "own_name") or "")
        kind = str(form.value(FORM, "own_kind") or "status-quo")
        made = form.take(
            FORM,
            lambda state: alternatives.add_own(state.data, name, kind),
            f"{' '.join(name.split())} is added, with everything unknown.",
        )
        if made:
            form.clear(FORM, own_name="")

    go.button("Add it", key="edit_add_own", on_click=added, use_container_width=True)


def called(analysis: Analysis) -> dict[str, str]:
    """Short names by id."""
    return {i: label.short for i, label in words.labels(analysis.decision).items()}
