"""The live proposal of the intake: each part with its reason, and a way to have it otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from selector.domain import words
from selector.domain.problem import SelectorError, UsageError
from selector.domain.span import Span
from selector.intake.answers import answers_of
from selector.intake.loading import TO_SET, figure_wanted
from selector.intake.proposal import (
    Figure,
    LeftOut,
    Proposal,
    ProposedAlternative,
    ProposedRequirement,
    Said,
)
from selector.intake.proposing import propose
from selector.intake.rules._when import JUDGEMENT
from selector.intake.writing import write
from selector.ui.parts import intake_kept as kept
from selector.ui.parts.html import lines, notice, page, section, text, unmarked
from selector.ui.parts.intake_form import entry
from selector.ui.state import State

OPENED = (
    "This is your working copy of what was proposed: each change is kept, and its link is in the "
    "address."
)
LABELS = {
    "requests_per_month": "Requests a month",
    "input_tokens": "Tokens of a request",
    "output_tokens": "Tokens of its answer",
    "batch_share": "Share that waits for a batch",
    "peak_to_mean": "Busiest time against the mean",
    "replicas": "Copies kept running",
    "months": "Months looked at",
    "users": "People",
    "region": "Where they are",
    "purpose": "Purpose",
}


def draw(state: State) -> None:
    """Draw what follows from the answers as they stand."""
    try:
        proposal = propose(
            answers_of(state.answered, state.library.dictionary()), state.library, state.wishes
        )
    except UsageError as error:
        st.html(notice(str(error)))
        return
    with st.container(key="intake_proposal"):
        _head(state, proposal)
        _requirements(proposal)
        _alternatives(state, proposal)
        _criteria(state, proposal)
        _load(state, proposal)
        _told(proposal)


def _head(state: State, proposal: Proposal) -> None:
    counts = (
        _counted(len(proposal.alternatives), "alternative"),
        _counted(len(proposal.requirements), "requirement"),
        f"criteria “{proposal.criteria_name}”",
    )
    with st.container(key="intake_head"):
        _head_inside(state, proposal, counts)


def _head_inside(state: State, proposal: Proposal, counts: Sequence[str]) -> None:
    st.html(
        page(
            f'<h2 class="big">{text(proposal.title)}</h2>',
            f'<p class="q">{text(proposal.question)}</p>',
            f'<p class="how" role="status">{text(", ".join(counts))}.</p>',
        )
    )
    open_it, keep_it = st.columns(2)
    raw = write(proposal)
    open_it.button(
        "Open this decision",
        key="intake_open",
        type="primary",
        on_click=lambda: _open(raw, proposal),
        width="stretch",
    )
    keep_it.download_button(
        "Download the file", raw, f"{proposal.id}.yaml", "application/yaml", width="stretch"
    )
    if state.intake_refused:
        st.html(notice(state.intake_refused))


def _open(raw: str, proposal: Proposal) -> None:
    """Make the proposal a decision of the visitor's own, and go and see what it says."""
    state = State()
    try:
        state.adopt(raw.encode(), f"{proposal.id}.yaml")
    except SelectorError as error:
        state.refuse_intake(str(error))
    else:
        state.refuse_intake("")
        state.tell_next(OPENED)
        state.go("decision")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


# --- requirements ---------------------------------------------------------------------------------


def _requirements(proposal: Proposal) -> None:
    how = (
        "An alternative that fails one is knocked out; what is not proven stays, marked. Take out "
        "what you can live without."
    )
    st.html(page(section("Requirements", how)))
    out = [part for part in proposal.without if isinstance(part, ProposedRequirement)]
    for requirement in (*proposal.requirements, *out):
        _ticked(
            requirement.id,
            requirement.says,
            requirement.reason,
            requirement.source,
            requirement not in out,
            kept.take_out,
        )
    if not proposal.requirements and not out:
        st.html(page('<p class="why">None follows from the answers so far.</p>'))


def _ticked(
    part: str,
    label: str,
    reason: str,
    source: str,
    is_in: bool,
    take_out: Callable[[str, bool], None],
) -> None:
    """A part with a box to take it out, and its reason below."""
    key = f"intake_part_{part}"
    kept.seed(key, is_in)
    st.checkbox(
        unmarked(label),
        key=key,
        on_change=lambda: take_out(part, not kept.touched(key)),
    )
    st.html(page(f'<p class="why">{text(reason)}{_source(source)}</p>'))


def _source(source: str) -> str:
    if not source or source == JUDGEMENT:
        return ""
    return f' <span class="quiet">{text(source[0].upper() + source[1:])}.</span>'


# --- alternatives ---------------------------------------------------------------------------------


def _alternatives(state: State, proposal: Proposal) -> None:
    how = (
        "They differ in kind and model, and were chosen by stated rules, not by who would rank "
        "first. What you have today is among them."
    )
    st.html(page(section("Alternatives", how)))
    out = [part for part in proposal.without if isinstance(part, ProposedAlternative)]
    for alternative in (*proposal.alternatives, *out):
        asked_for = alternative.id in state.wishes.also
        _ticked(
            alternative.id,
            alternative.name,
            alternative.reason,
            "",
            alternative not in out,
            _leave_again if asked_for else kept.take_out,
        )
    if proposal.left_out:
        _left_out(proposal.left_out)


def _leave_again(offer: str, is_out: bool) -> None:
    kept.put_in(offer, not is_out)


def _left_out(rows: Sequence[LeftOut]) -> None:
    folded = st.expander(
        f"Left out, of other vendors: {len(rows)}", key="intake_left_out", on_change="rerun"
    )
    if folded.open:
        with folded:
            for row in rows:
                _ticked(row.id, row.name, row.reason, "", False, _leave_again)


# --- criteria and weights -------------------------------------------------------------------------


def _criteria(state: State, proposal: Proposal) -> None:
    st.html(
        page(section("Criteria and weights", "What is weighed, and how much each part counts."))
    )
    known = state.library.criteria_ids()
    key = "intake_criteria"
    kept.seed(key, proposal.criteria)
    st.selectbox(
        "Criteria set",
        known,
        format_func=lambda name: state.library.criteria_set(name).name,
        key=key,
        on_change=lambda: State().wish(criteria=kept.touched(key), points={}),
    )
    st.html(
        page(
            f'<p class="why">{text(proposal.criteria_reason.text)}'
            f"{_source(proposal.criteria_reason.source)}</p>"
        )
    )
    if state.wishes.criteria:
        st.button(
            "Back to the set proposed",
            key="intake_criteria_back",
            on_click=lambda: State().wish(criteria="", points={}),
        )
    said = " · ".join(f"{w.name} {w.points}" for w in proposal.weights)
    st.html(page(f'<p class="why">{text(said)}, of 100 points.</p>'))
    folded = st.expander("Why each weight, and change it", key="intake_weights", on_change="rerun")
    if folded.open:
        with folded:
            for weight in proposal.weights:
                left, right = st.columns([1, 1.8], vertical_alignment="center")
                with left:
                    entry(
                        state,
                        f"intake_points_{weight.criterion}",
                        unmarked(weight.name),
                        str(weight.points),
                        _points_taker(weight.criterion),
                    )
                right.html(page(f'<p class="why">{text(weight.reason)}</p>'))
            if state.wishes.points:
                st.button(
                    "Back to the weights proposed",
                    key="intake_points_back",
                    on_click=lambda: State().wish(points={}),
                )


def _points_taker(group: str) -> Callable[[float | None], None]:
    def take(value: float | None) -> None:
        if value is not None and not 0 <= value <= 100:
            raise UsageError("write points from 0 to 100")
        kept.set_points(group, value)

    return take


# --- the load -------------------------------------------------------------------------------------


def _load(state: State, proposal: Proposal) -> None:
    st.html(page(section("Load and cost", "What the bills are made for.")))
    if not proposal.workload:
        st.html(page('<p class="why">No volume is given, so no bill can be made yet.</p>'))
    else:
        shown = {f.key: _shown(f.value) for f in proposal.workload}
        first = f"{shown['requests_per_month']} requests a month"
        tokens = f"{shown['input_tokens']} tokens each, answers of {shown['output_tokens']}"
        st.html(page(f'<p class="why">{text(first)}, {text(tokens)}.</p>'))
        folded = st.expander("Each figure, and change it", key="intake_load", on_change="rerun")
        if folded.open:
            with folded:
                for figure in proposal.workload:
                    _figure(state, figure)
    amount = proposal.budget if proposal.budget is not None else proposal.worst_cost
    if amount is not None:
        name = "Budget a month" if proposal.budget is not None else "Scale of cost ends at"
        said = f"{name}: {words.number(amount)} USD. {proposal.cost_reason}"
        st.html(page(f'<p class="why">{text(said)}</p>'))


def _figure(state: State, figure: Figure) -> None:
    left, right = st.columns([1, 1.8], vertical_alignment="center")
    label = LABELS.get(figure.key, figure.key)
    if figure.key in TO_SET:
        own = state.wishes.figures.get(figure.key)
        with left:
            entry(
                state,
                f"intake_figure_{figure.key}",
                label,
                "" if own is None else words.number(own),
                _figure_taker(figure.key),
                placeholder=_shown(figure.value),
            )
    else:
        shown = _shown(figure.value)
        said = shown.upper() if figure.key == "region" else shown
        left.html(page(f'<p class="why">{text(label)}<br><b>{text(said)}</b></p>'))
    mark = "Assumed. " if figure.assumed else ""
    right.html(page(f'<p class="why">{mark}{text(figure.reason)}</p>'))


def _figure_taker(key: str) -> Callable[[float | None], None]:
    def take(value: float | None) -> None:
        if value is not None and (wanted := figure_wanted(key, value)):
            raise UsageError(wanted)
        kept.set_figure(key, value)

    return take


def _shown(value: Span | float | str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Span) and not value.is_exact:
        return f"{words.number(value.low)} to {words.number(value.high)}"
    return words.number(value.likely if isinstance(value, Span) else value)


# --- what is told besides -------------------------------------------------------------------------


def _told(proposal: Proposal) -> None:
    if proposal.assumptions:
        how = "Nobody answered, so this is taken for granted. Answer, and it goes."
        items = lines(text(said) for said in proposal.assumptions)
        st.html(page(section("Assumed", how, items)))
    items = lines(_note(note) for note in proposal.notes)
    st.html(page(section("To know", "", items)))


def _note(note: Said) -> str:
    return f"{text(note.text)}{_source(note.source)}"
