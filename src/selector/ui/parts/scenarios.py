"""Sets of weights side by side: who leads in each, in what order, and what weighs differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from selector.analysis import Analysis
from selector.analysis.scenarios import Weighed, sets_of, weighed
from selector.domain import words as plain
from selector.domain.problem import InputError, SelectorError
from selector.report import words
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import page, problems, section, tag, text
from selector.ui.state import State

CHOSEN = "set_chosen"  # under which key the page has the set that was chosen
DIFFER = 3  # weights that are named of each set
KINDS = {"scenario": "scenario", "preset": "role", "stakeholder": "stakeholder"}


def draw(state: State) -> None:
    """Draw the table, and what can be done with a set."""
    analysis = state.analysis
    found = rows(state)
    with st.container(key="sets"):
        st.html(page(table(analysis, found)))
        named = {(row.kind, row.name): _label(row) for row in found if row.kind != "own"}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if named:
                kind, _ = st.selectbox(
                    "A set of weights", list(named), format_func=named.__getitem__, key=CHOSEN
                )
                st.button("Look at it", key="set_load", on_click=_load)
                if kind == "scenario":
                    st.button("Rename …", key="set_rename", on_click=_rename)
                    st.button("Remove", key="set_remove", on_click=_remove)
            st.button("Keep these weights …", key="set_keep", on_click=ask_name)
        tell(st.session_state.get("set_wrong"))
    if "set_naming" in st.session_state:
        _name(st.session_state.pop("set_naming"))


def rows(state: State) -> list[Weighed]:
    """The visitor's weights where they are others than the file's, the file's, and all sets."""
    base, own = state.base, state.analysis
    usual = own.with_shares(base.shares)  # of what is shown: other stacks may be the best by it
    found = [weighed(usual, usual, "", "own")]
    for kind, name, points in sets_of(base):
        try:
            shares = base.with_weights(points).shares
            found.append(weighed(own.with_shares(shares), usual, name, kind))
        except SelectorError:  # points that leave siblings without any weight: no ranking
            continue
    mine = weighed(own, usual, "yours", "own")
    is_new = all(
        any(abs(row.shares[n] - x) > 1e-5 for n, x in mine.shares.items()) for row in found
    )
    return [mine, *found] if is_new else found


def table(analysis: Analysis, found: list[Weighed]) -> str:
    """Return who leads in each set by how much, and the whole order, in colours of their own."""
    called = words.labels(analysis.decision)
    names = {node.id: node.name for node in analysis.decision.criteria.walk()}
    firsts = {first for row in found for first in row.firsts}
    if len(firsts) == 1:
        who = called[next(iter(firsts))].short
        told = f"{who} comes first in all of them."
    else:
        count = sum(row.firsts == found[0].firsts for row in found)
        told = (
            f"{_names(called, found[0].firsts)} comes first in {count} of these {len(found)} sets."
        )
    items = []
    for row in found:
        places = "".join(
            f'<li style="--c:{colour_of(analysis, r.alternative)}"><i aria-hidden="true"></i>'
            f'<span title="{text(r.name)}">{text(called[r.alternative].short)}</span></li>'
            for r in row.ranking
        )
        lead = _lead(row)
        kind = tag(KINDS[row.kind], "plain") if row.kind in KINDS else ""
        items.append(
            f'<div class="set" role="listitem"><div class="nm">{text(set_name(row))} {kind}'
            f"<small>{text(_differs(row, names))}</small></div>"
            f'<ol class="order">{places}</ol><span class="lead">{text(lead)}</span></div>'
        )
    is_sum = words.is_weighted_sum(analysis)
    by = ", and by how many points of 100 the first leads" if is_sum else ""
    how = (
        f"{told} Each line is a set of weights: its order from the first on{by}. In brackets what "
        "a weight is by the file."
    )
    return section("Side by side", how, f'<div class="sets" role="list">{"".join(items)}</div>')


def _lead(row: Weighed) -> str:
    """By how much the first leads, in points as the scores of both are shown elsewhere."""
    if row.lead is None:
        return ""
    if row.lead <= words.LEVEL:
        return "level"
    ahead = plain.apart(*(each.score or 0.0 for each in row.ranking[:2]))
    return f"leads by {plain.points(ahead) if ahead else 'less than 0.1'}"


def set_name(row: Weighed) -> str:
    """Return what a set is called."""
    if row.kind == "own":
        return "Your weights now" if row.name else "As in the file"
    return words.preset_name(row.name) if row.kind == "preset" else row.name


def _label(row: Weighed) -> str:
    return f"{set_name(row)} ({KINDS[row.kind]})"


def _names(called: Mapping[str, words.Label], ids: tuple[str, ...]) -> str:
    return plain.listed([called[name].short for name in ids])


def _differs(row: Weighed, names: Mapping[str, str]) -> str:
    """The weights that differ most from the file's."""
    told = [
        f"{names[part.criterion]} {words.percent(part.share, part.usual)} "
        f"({words.percent(part.usual, part.share)})"
        for part in row.differs[:DIFFER]
    ]
    rest = len(row.differs) - len(told)
    if not told:
        return "" if row.kind == "own" and not row.name else "as in the file"
    return ", ".join([*told, *([f"{rest} more"] if rest else [])])


# --- what can be done with a set ------------------------------------------------------------------
# It is done to the set that stands there now: a quick hand is ahead of what was drawn.


def _load() -> None:
    state = State()
    for row in rows(state):
        if (row.kind, row.name) == st.session_state[CHOSEN]:
            state.load_weights({name: 100 * share for name, share in row.shares.items()})


def _rename() -> None:
    kind, name = st.session_state[CHOSEN]
    if kind == "scenario":
        ask_name(name)


def _remove() -> None:
    kind, name = st.session_state[CHOSEN]
    if kind == "scenario":
        _try(lambda state: state.remove_scenario(name))


def ask_name(name: str = "") -> None:
    """Ask at the next run under what name to keep the weights, or which a scenario is to have."""
    st.session_state["set_naming"] = name
    st.session_state.pop("set_wrong", None)


@st.dialog("A set of weights under a name")
def _name(name: str) -> None:
    """Ask for a name, until it can be taken."""
    with st.form("set_naming", border=False):
        given = st.text_input("Name", value=name, max_chars=60, placeholder="A lean year")
        done = st.form_submit_button("Rename" if name else "Keep these weights", type="primary")
    if not done:
        return
    state = State()
    try:
        if name:
            state.rename_scenario(name, given)
        else:
            state.keep_scenario(given)
    except SelectorError as error:
        tell(error)
        return
    st.rerun()


def _try(change: Callable[[State], None]) -> None:
    st.session_state.pop("set_wrong", None)
    try:
        change(State())
    except SelectorError as error:
        st.session_state["set_wrong"] = error


def tell(error: SelectorError | None) -> None:
    """Say what was not taken, and what would be right."""
    if isinstance(error, InputError):
        st.html(problems(error, "The change", "try again"))
    elif error is not None:
        st.html(page(f'<div class="alert" role="alert">{text(sentence(str(error)))}</div>'))


def sentence(words_: str) -> str:
    """Return a message as a sentence."""
    return f"{words_[:1].upper()}{words_[1:].rstrip('.')}."
